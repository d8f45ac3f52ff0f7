// A pane shows the HTML that the kernel writes, and tells the kernel what is done in it: every element
// with `data-do` says by that word what it does, and sends its other data along.

function openPane({ model, el, onMorphed = () => {} }) {
  const unfinished = new Set();
  const inbox = [];
  const channel = openChannel(model, el, receive);
  const listening = new AbortController();
  const on = (name, listener, options = {}) => el.addEventListener(name, listener, { signal: listening.signal, ...options });
  el.classList.add("selfcare-pane");

  // The body figure's answer arrives at the same time, and is what the eye waits for: the frame that shows it
  // goes out before any pane is written.
  function receive(...arrived) {
    if (inbox.push(arrived) === 1) afterFrame(() => inbox.splice(0).forEach((each) => open(...each)));
  }

  async function open(message, buffers, { isMine, isOld }) {
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
    const { do: act, id, area, name } = target.dataset;
    // A private field's text leaves the page with the press of a button only.
    const privates = Object.fromEntries(
      [...el.querySelectorAll("[data-private]")].map((field) => [field.dataset.private, field.value]),
    );
    channel.send({ do: act, id, area, name, value, ...(target.dataset.with ? { with: privates } : {}), ...more }, buffers);
  }

  on("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && button.getAttribute("aria-disabled") !== "true") {
      if (button.dataset.busy) tellBusy(el, button.dataset.busy);
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
    if (event.key === "Enter" && event.target.matches("[data-filter]")) tickFound(event.target, el);
    if (event.key === "Escape" && event.target.matches("[data-filter]")) {
      event.target.value = "";
      filterLists(el);
    }
  });
  on("toggle", (event) => (event.target.dataset.seen = "yes"), { capture: true });
  watchLooks(on, (id) => channel.send({ do: "look", id }));
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

// What was typed for the client before is in no HTML that could replace it.
function forgetPrivates(el, unfinished) {
  for (const field of el.querySelectorAll("[data-private]")) {
    field.value = "";
    unfinished.delete(field);
  }
}

// A page out of sight draws no frames.
function afterFrame(go) {
  let hasGone = false;
  const once = () => {
    if (!hasGone) go();
    hasGone = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, 100);
}

// What the pointer or the focus is on is shown on the body figure, once it has rested there a moment.
function watchLooks(on, look) {
  let timer = 0;
  const notice = (event) => {
    const row = event.target.closest?.("[data-look]");
    clearTimeout(timer);
    if (!row || row.classList.contains("selfcare-is-looked")) return;
    timer = setTimeout(() => look(row.dataset.look), 60);
  };
  on("pointerover", notice);
  on("focusin", notice);
}

// To another section of the same planner: to what is named in it, or to its heading.
function jumpTo(el, { jump, to }) {
  const heading = el.closest(".selfcare-planner")?.querySelector(`[data-section="${jump}"]`);
  const found = to && heading?.closest("section").querySelector(`[data-key="${CSS.escape(to)}"]`);
  const target = found || heading;
  target?.scrollIntoView({ block: found ? "center" : "start", behavior: "smooth" });
  target?.focus({ preventScroll: true });
}

// A file can take some seconds.
function tellBusy(el, words) {
  const line = el.querySelector("[data-key=status]");
  line.innerHTML = "<p class='selfcare-done'></p>";
  line.firstChild.textContent = words;
}

// On a narrow page the figure is not beside the points.
function showFigure(el) {
  el.closest(".selfcare-planner")?.querySelector(".selfcare-map")?.scrollIntoView({ block: "nearest", behavior: "smooth" });
}

// A search field narrows the list it names; what is ticked stays in sight.
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

// Enter ticks the one area that is called so; of several it ticks none, and says so.
function tickFound(field, el) {
  const wanted = field.value.toLowerCase().trim().replace(/\s+/g, " ");
  if (!wanted) return;
  const items = [...el.querySelectorAll(`${field.dataset.filter} [data-words]:not([hidden])`)];
  const words = wanted.split(" ");
  const label = (item) => item.textContent.toLowerCase().trim();
  const isNamed = (item) => words.every((word) => label(item).split(/\W+/).some((part) => part.startsWith(word)));
  const matching = items.filter((item) => words.every((word) => item.dataset.words.includes(word)));
  const ranks = [(item) => label(item) === wanted, isNamed, () => true];
  const found = ranks.map((rank) => matching.filter(rank)).find((some) => some.length) ?? [];
  const told = el.querySelector(`[data-told="${field.dataset.filter}"]`);
  if (found.length === 1) {
    const box = found[0].querySelector("input");
    if (!box.checked) box.click();
    told.textContent = `${found[0].textContent.trim()} is ticked.`;
  } else if (found.length) {
    told.textContent = `${found.length} areas fit: type more, or tick one.`;
  }
  field.select();
}
