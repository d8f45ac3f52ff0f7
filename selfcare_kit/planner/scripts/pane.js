// The view of a pane: shows the HTML that the kernel sends, and sends an event for each click and each value put in. An
// element's `data-do` names the event; its other data attributes go along.

function openPane({ model, el, onMorphed = () => {} }) {
  const unfinished = new Set();
  const inbox = [];
  const channel = openChannel(model, el, receive);
  const listening = new AbortController();
  const on = (name, listener, options = {}) => el.addEventListener(name, listener, { signal: listening.signal, ...options });
  el.classList.add("selfcare-pane");

  // The body figure's answer arrives at the same time and matters more: its frame is painted before any pane changes.
  function receive(...message) {
    if (inbox.push(message) === 1) afterFrame(() => inbox.splice(0).forEach((each) => handle(...each)));
  }

  async function handle(message, buffers, { isMine, isOld }) {
    if (message.forget) forgetPrivates(el, unfinished);
    if (message.html !== undefined && !isOld()) {
      morph(el, message.html, channel.view, unfinished);
      onMorphed(el);
      filterLists(el);
    }
    if (!isMine) return;
    if (message.focus) focusOn(message.focus);
    if (message.file) (message.file.print ? printPage(buffers[0]) : saveFile(message.file, buffers[0]));
    if (message.copy !== undefined) channel.send({ do: "copied", value: await copyText(message.copy) });
  }

  function focusOn(key) {
    el.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  function send(target, value, more, buffers) {
    const { do: event, id, area, name } = target.dataset;
    // A private field's text leaves the page only when a button is pressed.
    const privates = Object.fromEntries(
      [...el.querySelectorAll("[data-private]")].map((field) => [field.dataset.private, field.value]),
    );
    channel.send({ do: event, id, area, name, value, ...(target.dataset.with ? { with: privates } : {}), ...more }, buffers);
  }

  on("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && button.getAttribute("aria-disabled") !== "true") {
      if (button.dataset.busy) showBusy(el, button.dataset.busy);
      send(button);
    }
    if (button?.dataset.do === "look") showFigure(el);
    const jump = event.target.closest("[data-jump]");
    if (jump) jumpTo(el, jump.dataset);
    event.target.closest("[data-dismiss]")?.parentElement.remove();
    const choose = event.target.closest("button[data-choose-file]");
    if (choose) choose.parentElement.querySelector("input[type=file]").click();
  });
  on("input", (event) => {
    if (event.target.matches("[data-filter]")) {
      filterLists(el);
      el.querySelector(`[data-told="${event.target.dataset.filter}"]`).textContent = "";
    }
    if (event.target.matches("input:not([type=checkbox], [type=radio], [type=file]), textarea")) unfinished.add(event.target);
  });
  on("change", async (event) => {
    const field = event.target;
    unfinished.delete(field);
    if (!field.matches("[data-do]")) return;
    if (field.type === "file") {
      const { name, content } = await readFile(field);
      send(field, name, {}, [content]);
    } else {
      send(field, field.type === "checkbox" ? field.checked : field.value);
    }
  });
  on("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-filter]")) tickMatch(event.target, el);
    if (event.key === "Escape" && event.target.matches("[data-filter]")) {
      event.target.value = "";
      filterLists(el);
    }
  });
  on("toggle", (event) => (event.target.dataset.seen = "yes"), { capture: true });
  watchHighlight(on, (id) => channel.send({ do: "look", id }));
  channel.send({ do: "ready" });
  return {
    channel,
    on,
    send,
    close() {
      listening.abort();
      channel.close();
    },
  };
}

// What was typed for the previous client is in no HTML, so new HTML cannot replace it.
function forgetPrivates(el, unfinished) {
  for (const field of el.querySelectorAll("[data-private]")) {
    field.value = "";
    unfinished.delete(field);
  }
}

// The timeout is for a page out of sight, which paints no frames.
function afterFrame(callback) {
  let isDone = false;
  const once = () => {
    if (!isDone) callback();
    isDone = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, 100);
}

// Shows the pain of a point on the body figure once the pointer or the focus has rested on it a moment.
function watchHighlight(on, highlight) {
  let timer = 0;
  const schedule = (event) => {
    const row = event.target.closest?.("[data-look]");
    clearTimeout(timer);
    if (!row || row.classList.contains("selfcare-is-looked")) return;
    timer = setTimeout(() => highlight(row.dataset.look), 60);
  };
  on("pointerover", schedule);
  on("focusin", schedule);
}

// Goes to another section of the same planner: to an element of it by its key, or to its heading.
function jumpTo(el, { jump, to }) {
  const heading = el.closest(".selfcare-planner")?.querySelector(`[data-section="${jump}"]`);
  const found = to && heading?.closest("section").querySelector(`[data-key="${CSS.escape(to)}"]`);
  const target = found || heading;
  target?.scrollIntoView({ block: found ? "center" : "start", behavior: "smooth" });
  target?.focus({ preventScroll: true });
}

// Making a file can take some seconds.
function showBusy(el, text) {
  const line = el.querySelector("[data-key=status]");
  line.innerHTML = "<p class='selfcare-done'></p>";
  line.firstChild.textContent = text;
}

// On a narrow page the figure is not beside the points, so it may be out of sight.
function showFigure(el) {
  el.closest(".selfcare-planner")?.querySelector(".selfcare-map")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

// Shows only the items of its list that match a search field; ticked ones stay in sight.
function filterLists(el) {
  for (const field of el.querySelectorAll("[data-filter]")) {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const items = [...el.querySelectorAll(`${field.dataset.filter} [data-words]`)];
    const found = items.filter((item) => words.every((word) => item.dataset.words.includes(word)));
    for (const item of items) {
      const isTicked = item.querySelector("input")?.checked;
      item.hidden = !found.includes(item) && !(words.length && isTicked);
    }
    for (const group of el.querySelectorAll(`${field.dataset.filter} [data-group]`)) {
      group.hidden = ![...group.querySelectorAll("[data-words]")].some((item) => !item.hidden);
    }
    const none = el.querySelector(`[data-none="${field.dataset.filter}"]`);
    if (none) none.hidden = found.length > 0;
  }
}

// Enter ticks the area that matches best; where several match equally it ticks none and shows a message.
function tickMatch(field, el) {
  const query = field.value.toLowerCase().trim().replace(/\s+/g, " ");
  if (!query) return;
  const items = [...el.querySelectorAll(`${field.dataset.filter} [data-words]:not([hidden])`)];
  const words = query.split(" ");
  const label = (item) => item.textContent.toLowerCase().trim();
  const isNamed = (item) => words.every((word) => label(item).split(/\W+/).some((part) => part.startsWith(word)));
  const matching = items.filter((item) => words.every((word) => item.dataset.words.includes(word)));
  const ranks = [(item) => label(item) === query, isNamed, () => true];
  const found = ranks.map((rank) => matching.filter(rank)).find((some) => some.length) ?? [];
  const status = el.querySelector(`[data-told="${field.dataset.filter}"]`);
  if (found.length === 1) {
    const box = found[0].querySelector("input");
    if (!box.checked) box.click();
    status.textContent = `${found[0].textContent.trim()} is ticked.`;
  } else if (found.length) {
    status.textContent = `${found.length} areas fit: type more, or tick one.`;
  }
  field.select();
}
