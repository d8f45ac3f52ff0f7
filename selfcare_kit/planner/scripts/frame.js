// The view of the frame: keys, height, and whether the kernel still answers.

const PING = 5000;
// A kernel that makes a file answers later than this only if something is wrong.
const LATE = 15000;
// Heights in pixels: what may stand above the planner, a cell's edge below it, its own least one, and where rows get denser.
const [MOST_ABOVE, BELOW, LEAST_HEIGHT, DENSE] = [120, 12, 520, 740];
const KEYS = [
  ["/ or Ctrl K", "add anything"], ["1", "where it hurts"], ["2", "safety questions"], ["3", "points"],
  ["4", "routine"], ["5", "hand out"], ["P", "body or page"], ["A", "add the best five"], ["G", "group by position"],
  ["Ctrl Z, Ctrl Shift Z", "undo, redo"], ["Ctrl P", "print"], ["O", "open last visit"],
  ["Arrows, Space", "on the figure: from area to area, choose"], ["Y, N", "on a question: yes, no"],
  ["+, -, [, ]", "on a step: pressure, seconds"], ["L, R, B", "on a step: left, right, both sides"],
  ["X, Delete", "on a step: select, take out"], ["Up, Down", "from question to question, point to point, step to step"], ["Alt Up, Alt Down", "move a step"],
];

// The page's own memory, which outlives a kernel, but not the page: the steps that are in no file yet.
const kept = (globalThis.selfcareKept ??= { record: null, words: "" });

const isTyping = (target) => target.matches("input:not([type=checkbox], [type=radio]), textarea, select");

function nameOf(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const modifiers = [event.ctrlKey || event.metaKey ? "ctrl" : "", event.shiftKey && event.ctrlKey ? "shift" : ""];
  return [...modifiers, key].filter(Boolean).join("+");
}

function press(planner, event) {
  const name = nameOf(event);
  if (event.altKey || (isTyping(event.target) && !name.startsWith("ctrl+"))) return false;
  if (!name.startsWith("ctrl+") && name.length === 1 && planner.dataset.singleKeys === "off") return false;
  if (name === "ctrl+z" && isTyping(event.target)) return false;
  const stages = { 1: "where", 2: "safety", 3: "suggestions", 4: "steps", 5: "download" };
  const wanted = name === "ctrl+k" ? "/" : name;
  if (stages[wanted]) return goTo(planner, stages[wanted]);
  if (wanted === "p") return showOther(planner);
  const found = [...planner.querySelectorAll(`[data-shortcut="${CSS.escape(wanted)}"]`)].find((each) => each.offsetParent);
  if (!found) return false;
  if (found.matches("input")) found.focus();
  else found.click();
  return true;
}

function goTo(planner, section) {
  const heading = planner.querySelector(`[data-section="${section}"]`);
  const stage = heading?.closest(".selfcare-stage");
  if (stage && !stage.classList.contains("selfcare-is-open")) stage.querySelector("[data-key=open]")?.click();
  // To the first thing to do there, once it is drawn.
  const first = { safety: "[data-ask] input", suggestions: ".selfcare-points .selfcare-fold", steps: ".selfcare-steps .selfcare-fold", download: "[data-key=client]", where: ".region[tabindex='0']" }[section];
  const act = () => (planner.querySelector(first) ?? heading)?.focus();
  act();
  if (!planner.querySelector(first)) setTimeout(act, 400);
  return true;
}

function showOther(planner) {
  const [body, , page] = planner.querySelectorAll("input[data-shown]");
  const other = page.checked ? body : page;
  other.click();
  return true;
}

function showKeys(planner) {
  const dialog = document.createElement("dialog");
  dialog.className = "selfcare-keys";
  dialog.setAttribute("aria-label", "Keys");
  const rows = KEYS.map(([key, words]) => `<dt><kbd>${key}</kbd></dt><dd>${words}</dd>`).join("");
  dialog.innerHTML = `<h3>Keys</h3><dl>${rows}</dl><label class="selfcare-check"><input type="checkbox"> Single letters and digits work as keys</label><button type="button" class="selfcare-button">Close</button>`;
  const box = dialog.querySelector("input");
  box.checked = planner.dataset.singleKeys !== "off";
  box.addEventListener("change", () => (planner.dataset.singleKeys = box.checked ? "on" : "off"));
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  planner.append(dialog);
  dialog.showModal();
}

// The planner is as high as what scrolls around it, so that only its lists scroll.
function watchHeight(planner, signal) {
  let box = planner.parentElement;
  while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
  if (box === document.body || box === document.documentElement) box = null;
  const fit = () => {
    const height = box ? box.clientHeight : innerHeight;
    // What stands above it in a notebook, such as its line of code, stays in sight if there is room.
    const above = box ? planner.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop : 0;
    const used = box && above < MOST_ABOVE ? above : 0;
    const fitting = Math.max(height - used - (box?.matches(".jp-WindowedPanel-outer") ? BELOW : 0), LEAST_HEIGHT);
    planner.style.setProperty("--selfcare-height", `${Math.floor(fitting)}px`);
    planner.classList.toggle("selfcare-is-dense", fitting < DENSE);
  };
  const watcher = new ResizeObserver(fit);
  watcher.observe(box ?? document.documentElement);
  addEventListener("resize", fit, { signal });
  fit();
  return () => watcher.disconnect();
}

// One banner says that the kernel is gone, with the steps to take along.
function showLost(planner, isLost) {
  planner.querySelector(".selfcare-lost")?.remove();
  if (!isLost) return;
  const banner = document.createElement("div");
  banner.className = "selfcare-lost selfcare-strip";
  banner.setAttribute("role", "alert");
  const words = document.createElement("span");
  words.innerHTML = "<b>Not connected.</b> ";
  words.append(kept.record ? `${kept.words}: safe in this page, but cannot be changed. Open the planner again, or` : "Open the planner again.");
  banner.append(words);
  if (kept.record) {
    const save = document.createElement("button");
    save.type = "button";
    save.className = "selfcare-button";
    save.textContent = "Save these steps as a file";
    save.addEventListener("click", () => saveFile({ name: "routine_unsaved.json", type: "application/json" }, kept.record));
    banner.append(save);
  }
  planner.append(banner);
}

function render({ model, el }) {
  const listening = new AbortController();
  const { signal } = listening;
  const endings = [];
  el.style.display = "none";
  let planner = null;
  let answeredAt = Date.now();
  const channel = openChannel(model, (message, buffers) => {
    answeredAt = Date.now();
    if (planner?.querySelector(".selfcare-lost")) showLost(planner, false);
    if (message.keep === undefined) return;
    Object.assign(kept, { record: message.keep ? new Uint8Array(buffers[0].buffer ?? buffers[0]) : null, words: message.keep });
  });
  // What the page still keeps from a kernel that has ended is offered to this one.
  channel.send({ do: "ready" });
  // Tells the day at once.
  channel.send({ do: "ping" });
  if (kept.record) channel.send({ do: "offer", value: kept.words }, [kept.record]);
  const beat = setInterval(() => {
    if (Date.now() - answeredAt > LATE && planner && !planner.querySelector(".selfcare-lost")) showLost(planner, true);
    channel.send({ do: "ping" });
  }, PING);
  // The planner's box exists only once this view is in the page.
  requestAnimationFrame(() => {
    planner = el.closest(".selfcare-planner");
    if (!planner) return;
    // A click on blank space then focuses the planner, not the notebook's cell.
    planner.tabIndex = -1;
    planner.setAttribute("role", "region");
    planner.setAttribute("aria-label", "SelfCare planner");
    planner.addEventListener("focusin", mark, { signal });
    planner.addEventListener("keydown", (event) => {
      if (isSave(event)) return event.target.removeAttribute(ATTRIBUTE);
      mark(event);
      event.stopPropagation();
      const menu = event.key === "Escape" && event.target.closest("details.selfcare-menu[open]");
      if (event.key === "Escape") event.target.closest(".selfcare-dialog")?.querySelector("[data-key=close]")?.click();
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      if (!event.defaultPrevented && press(planner, event)) event.preventDefault();
    }, { signal });
    planner.addEventListener("click", (event) => event.target.closest("[data-help]") && showKeys(planner), { signal });
    planner.addEventListener("click", (event) => {
      // A menu closes with a click beside it, and with a choice from it.
      for (const menu of planner.querySelectorAll("details.selfcare-menu[open]")) {
        if (menu.contains(event.target) && !event.target.closest(".selfcare-pop .selfcare-item")) continue;
        const isByKey = menu.contains(event.target) && event.detail === 0;
        menu.open = false;
        if (isByKey) menu.querySelector("summary").focus();
      }
    }, { signal });
    planner.addEventListener("click", (event) => {
      event.target.closest("[data-dock]")?.closest(".selfcare-finishing").classList.toggle("selfcare-is-docked");
    }, { signal });
    addEventListener("beforeunload", (event) => {
      if (planner.querySelector("[data-at-risk]")) event.preventDefault();
    }, { signal });
    endings.push(watchHeight(planner, signal));
    // As a page, the keys work before anything was clicked.
    if (document.activeElement === document.body) planner.focus({ preventScroll: true });
  });
  return () => {
    clearInterval(beat);
    listening.abort();
    endings.forEach((end) => end());
    channel.close();
  };
}

export default { render };
