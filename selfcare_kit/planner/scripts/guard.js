// Lab listens for shortcuts on the document while a key event bubbles, so stopping it at the planner's box is enough. The
// attribute is for listeners in the capture phase, which look for it on the focused element only.

const ATTRIBUTE = "data-lm-suppress-shortcuts";

// Saving the notebook may go through, or the browser would offer to save the page instead.
const isSave = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s";

function mark(event) {
  if (event.target instanceof Element) event.target.setAttribute(ATTRIBUTE, "true");
}
