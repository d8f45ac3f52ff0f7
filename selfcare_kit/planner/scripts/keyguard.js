// Lab listens for shortcuts on the document while a key event bubbles, so stopping it at the planner's box is enough. The
// attribute is for listeners in the capture phase, which look for it on the focused element only.

const ATTRIBUTE = "data-lm-suppress-shortcuts";

// Saving the notebook may go through, or the browser would offer to save the page instead.
const isSave = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s";

function mark(event) {
  if (event.target instanceof Element) event.target.setAttribute(ATTRIBUTE, "true");
}

function stop(event) {
  if (isSave(event)) {
    event.target.removeAttribute(ATTRIBUTE);
    return;
  }
  mark(event);
  event.stopPropagation();
}

function render({ el }) {
  const listening = new AbortController();
  el.style.display = "none";
  // The planner's box exists only once this view is in the page.
  requestAnimationFrame(() => {
    const planner = el.closest(".selfcare-planner");
    if (!planner) return;
    // A click on blank space then focuses the planner, not the notebook's cell.
    planner.tabIndex = -1;
    planner.setAttribute("role", "region");
    planner.setAttribute("aria-label", "SelfCare planner");
    planner.addEventListener("focusin", mark, { signal: listening.signal });
    planner.addEventListener("keydown", stop, { signal: listening.signal });
  });
  return () => listening.abort();
}

export default { render };
