// The view of a pane: shows the HTML that the kernel sends, and sends an event for each click and each value put in. An
// element's `data-do` names the event; its other data attributes go along.

function openPane({ model, el, onMorphed = () => {} }) {
  const unfinished = new Set();
  const inbox = [];
  const channel = openChannel(model, receive);
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
    if (message.clear !== undefined) emptyIf(el.querySelector("[role=combobox]"), message.clear);
    else if (!isOld()) deselect(el.querySelector("[role=combobox]"));
    if (message.press) el.closest(".selfcare-planner").querySelector(`[data-key="${message.press}"]`)?.click();
    if (message.copy !== undefined) channel.send({ do: "copied", value: await copyText(message.copy) });
  }

  function focusOn(key) {
    el.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  function send(target, value, more, buffers) {
    const { do: event, id, area, name } = target.dataset;
    value ??= target.dataset.value;
    // A private field's text leaves the page only when a button is pressed.
    const privates = Object.fromEntries(
      [...el.querySelectorAll("[data-private]")].map((field) => [field.dataset.private, field.value]),
    );
    channel.send({ do: event, id, area, name, value, ...(target.dataset.with ? { with: privates } : {}), ...more }, buffers);
  }

  on("click", (event) => {
    const button = event.target.closest("button[data-do], [role=option][data-do]");
    if (button && button.getAttribute("aria-disabled") !== "true") {
      if (button.dataset.busy) showBusy(el, button.dataset.busy);
      send(button);
    }
    const press = event.target.closest("[data-press]");
    if (press) el.closest(".selfcare-planner").querySelector(`[data-key="${press.dataset.press}"]`)?.click();
    const jump = event.target.closest("[data-jump]");
    if (jump) jumpTo(el, jump.dataset);
    const choose = event.target.closest("button[data-choose-file]");
    if (choose) choose.parentElement.querySelector("input[type=file]").click();
  });
  on("input", (event) => {
    if (event.target.matches("[data-filter]")) {
      filterLists(el);
      el.querySelector(`[data-told="${event.target.dataset.filter}"]`).textContent = "";
    }
    if (event.target.dataset.live) channel.send({ do: event.target.dataset.live, value: event.target.value });
    if (event.target.matches("input:not([type=checkbox], [type=radio], [type=file]), textarea")) unfinished.add(event.target);
  });
  on("change", async (event) => {
    const field = event.target;
    unfinished.delete(field);
    if (!field.matches("[data-do]")) return;
    if (field.type === "file") {
      const { names, contents } = await readFiles(field);
      send(field, names, {}, contents);
    } else {
      send(field, field.type === "checkbox" ? field.checked : field.value);
    }
  });
  on("keydown", (event) => {
    if (event.target.matches("[role=combobox]")) pickByKey(event, el, send);
    moveByKey(event, el);
    changeByKey(event, channel);
    answerByKey(event, channel);
    if (event.key === "Enter" && event.target.matches("[data-filter]")) tickMatch(event.target, el);
    if (event.key === "Escape" && event.target.matches("[data-filter]")) {
      event.target.value = "";
      filterLists(el);
    }
  });
  on("toggle", (event) => (event.target.dataset.seen = "yes"), { capture: true });
  watchHighlight(on, (id) => channel.send({ do: "look", id }));
  for (const name of ["pointerover", "focusin"]) on(name, (event) => readOut(event, el));
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
    // New HTML would take a step out of the hand that drags it.
    if (!row || document.querySelector(".selfcare-dragged") || row.classList.contains("selfcare-is-looked")) return;
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
  // What cannot have the focus itself gives it to the first of its fields.
  if (target && document.activeElement !== target) target.querySelector("input, select, button")?.focus({ preventScroll: true });
}

// Making a file can take some seconds.
function showBusy(el, text) {
  const line = el.closest(".selfcare-planner")?.querySelector(".selfcare-foot [data-key=status]");
  if (!line) return;
  line.innerHTML = "<p class='selfcare-done'></p>";
  line.firstChild.textContent = text;
}

// The question of the label that is pointed at, or has the focus, is shown in full below the list.
function readOut(event, el) {
  const question = event.target.closest?.("[data-ask]")?.querySelector("[data-question]");
  const line = el.querySelector("[data-read-text]");
  if (question && line) line.textContent = question.textContent;
}

// Y and N answer the question that has the focus.
function answerByKey(event, channel) {
  const box = event.target.closest("[data-ask] input[data-do=answer]");
  if (!box || event.ctrlKey || event.metaKey || event.altKey) return;
  if (box.closest(".selfcare-planner").dataset.singleKeys === "off") return;
  const key = event.key.toLowerCase();
  if (key !== "y" && key !== "n") return;
  event.preventDefault();
  event.stopPropagation();
  if (key === "n") channel.send({ do: "no", id: box.dataset.id, value: box.closest("fieldset").dataset.key });
  else if (!box.checked) box.click();
}

// Up and Down go from question to question, from point to point and from step to step.
const IN_ROWS = "[data-ask] input[data-do=answer], .selfcare-points .selfcare-fold, .selfcare-steps .selfcare-step .selfcare-fold";

function moveByKey(event, el) {
  const down = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!down || !event.target.matches(IN_ROWS)) return;
  event.preventDefault();
  if (event.altKey) {
    event.target.closest("li")?.querySelector(`[data-key=${down < 0 ? "up" : "down"}]`)?.click();
    return;
  }
  const rows = [...el.querySelectorAll(IN_ROWS)].filter((row) => row.offsetParent);
  rows[rows.indexOf(event.target) + down]?.focus();
}

// On a step: pressure, seconds and side by keys, X selects it, Delete takes it out.
const NUDGES = { "+": ["pressure", "1"], "-": ["pressure", "-1"], "]": ["seconds", "15"], "[": ["seconds", "-15"] };
const SIDES = { l: "left", r: "right", b: "both" };

function changeByKey(event, channel) {
  const row = event.target.closest(".selfcare-steps li");
  if (!row || !event.target.matches(".selfcare-fold") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (row.closest(".selfcare-planner").dataset.singleKeys === "off" && event.key.length === 1) return;
  const key = event.key.toLowerCase();
  const id = row.dataset.step;
  if (NUDGES[key]) channel.send({ do: "nudge", id, name: NUDGES[key][0], value: NUDGES[key][1] });
  else if (SIDES[key]) channel.send({ do: "change", id, name: "side", value: SIDES[key] });
  else if (key === "x") row.querySelector("[data-key=select]").click();
  else if (key === "delete") row.querySelector("[data-key=remove]").click();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// In the search: Up and Down choose a result, Enter takes it, Escape closes the list.
function pickByKey(event, el, send) {
  const options = [...el.querySelectorAll("[role=option]")];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const choose = (index) => {
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    event.target.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  };
  if (event.key === "Enter") pressEnter(event.target, el, send);
  else if (event.key === "ArrowDown" && options.length) choose((at + 1) % options.length);
  else if (event.key === "ArrowUp" && options.length) choose((at - 1 + options.length) % options.length);
  else if (event.key === "Escape" && !event.target.value) event.target.closest(".selfcare-planner").focus();
  else if (event.key === "Escape") clearSearch(event.target, send);
  else return;
  event.preventDefault();
}

function clearSearch(field, send) {
  field.value = "";
  send({ dataset: { do: "find", value: "" } });
}

// What was typed since then stays.
function emptyIf(field, taken) {
  if (field.value.trim() === taken) field.value = "";
}

// What was not taken is typed on; what was typed since then is not selected any more.
function deselect(field) {
  if (!field?.isEntered) return;
  field.isEntered = false;
  field.setSelectionRange(field.selectionEnd, field.selectionEnd);
}

// Enter takes the chosen result of what is typed; while those of an earlier text are shown, the kernel takes the first.
function pressEnter(field, el, send) {
  const typed = field.value.trim();
  if (!typed) return;
  const isShown = el.querySelector("[data-key=results]").dataset.typed === typed;
  const chosen = isShown && el.querySelector("[role=option][aria-selected=true]");
  // Whoever types on at once types the next entry.
  field.select();
  field.isEntered = true;
  send(chosen || { dataset: { do: "enter", value: typed } });
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
