// Changes the page into new HTML while keeping the elements that stay, so that focus, half-typed text and opened details
// survive each answer of the kernel.

const keyOf = (node) => node.dataset?.key ?? "";
const isAlike = (a, b) => a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

function morphChildren(from, to, unfinished) {
  const keyed = new Map([...from.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let at = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const key = keyOf(wanted);
    const have = key ? keyed.get(key) : nextPlain(at, wanted);
    if (have && isAlike(have, wanted)) {
      if (have === at) at = at.nextSibling;
      else from.insertBefore(have, at);
      morphNode(have, wanted, unfinished);
    } else {
      from.insertBefore(wanted, at);
    }
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

// The next child without a key that is alike; children with a key are found by it.
function nextPlain(at, wanted) {
  while (at && keyOf(at)) at = at.nextSibling;
  return at && isAlike(at, wanted) ? at : null;
}

function morphNode(from, to, unfinished) {
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return;
  }
  if (from.outerHTML === to.outerHTML && !("value" in from)) {
    morphFields(from, unfinished);
    return;
  }
  morphAttributes(from, to);
  // The page fills this element itself; the kernel does not know its content.
  if (from.hasAttribute("data-keep")) return;
  morphChildren(from, to, unfinished);
  morphField(from, unfinished);
}

function morphAttributes(from, to) {
  // A step that is being dragged stays so.
  if (from.classList.contains("selfcare-dragged")) to.classList.add("selfcare-dragged");
  for (const { name, value } of [...to.attributes]) {
    // A detail that the user opened or closed stays as it is.
    if (from.getAttribute(name) !== value && !(name === "open" && from.dataset.seen)) from.setAttribute(name, value);
  }
  for (const { name } of [...from.attributes]) {
    const isOwn = name === "data-seen" || name === "data-lm-suppress-shortcuts" || (name === "open" && from.dataset.seen);
    if (!to.hasAttribute(name) && !isOwn) from.removeAttribute(name);
  }
}

function morphFields(root, unfinished) {
  for (const field of root.querySelectorAll("input, select, textarea")) morphField(field, unfinished);
}

// The attribute is the kernel's value; the property is what the user sees.
function morphField(field, unfinished) {
  if (unfinished.has(field) || field.hasAttribute("data-private")) return;
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) {
    field.checked = field.hasAttribute("checked");
  } else if (field instanceof HTMLInputElement && field.type !== "file") {
    const value = field.getAttribute("value") ?? "";
    if (field.value !== value) field.value = value;
  } else if (field instanceof HTMLSelectElement) {
    const chosen = [...field.options].findIndex((option) => option.hasAttribute("selected"));
    field.selectedIndex = Math.max(chosen, 0);
  }
}

// Ids in the HTML begin with "@view", since each view of a widget needs its own.
function replaceIds(content, view) {
  for (const name of ["id", "name", "aria-labelledby", "aria-describedby", "aria-controls"]) {
    for (const node of content.querySelectorAll(`[${name}^="@view"]`)) {
      node.setAttribute(name, node.getAttribute(name).replace("@view", view));
    }
  }
}

// Replaces the content of an element; `unfinished` are fields the user is typing in.
function morph(el, html, view, unfinished) {
  const wanted = document.createElement("template");
  wanted.innerHTML = html;
  replaceIds(wanted.content, view);
  const focused = document.activeElement;
  morphChildren(el, wanted.content, unfinished);
  // An element that is moved loses the focus.
  if (focused && focused !== document.activeElement && el.contains(focused)) focused.focus({ preventScroll: true });
}
