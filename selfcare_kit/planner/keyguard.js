// Lab listens for shortcuts on the document, on the way up: stopping a key at the planner's box is
// enough. The attribute is for what listens on the way down; it counts on the focused element only.

const ATTRIBUTE = "data-lm-suppress-shortcuts";

// Saving the notebook may go through, or the browser would offer to save the page instead.
const isSave = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s";

function mark(event) {
  if (event.target instanceof Element) event.target.setAttribute(ATTRIBUTE, "true");
}

function hold(event) {
  if (isSave(event)) {
    event.target.removeAttribute(ATTRIBUTE);
    return;
  }
  mark(event);
  event.stopPropagation();
}

function render({ el }) {
  const watched = new AbortController();
  el.style.display = "none";
  // The box is there only once this view is in the page.
  requestAnimationFrame(() => {
    const planner = el.closest(".selfcare-planner");
    if (!planner) return;
    // A click on blank space then focuses the planner, not the notebook's cell.
    planner.tabIndex = -1;
    planner.setAttribute("role", "region");
    planner.setAttribute("aria-label", "SelfCare planner");
    planner.addEventListener("focusin", mark, { signal: watched.signal });
    planner.addEventListener("keydown", hold, { signal: watched.signal });
  });
  return () => watched.abort();
}

export default { render };
