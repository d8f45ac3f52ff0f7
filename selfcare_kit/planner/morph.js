// Changes what is on the page into what new HTML says, keeping every element that stays: so the
// focus, a half-typed text and an opened detail survive each answer of the kernel.

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

// The next child without a key that could become what is wanted; those with keys find their own place.
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
  // What is told on the page alone is nothing the kernel knows of.
  if (from.hasAttribute("data-keep")) return;
  morphChildren(from, to, unfinished);
  morphField(from, unfinished);
}

function morphAttributes(from, to) {
  for (const { name, value } of [...to.attributes]) {
    // Whoever opened a detail closes it again himself.
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

// The attribute is what the kernel holds; the property is what the user sees.
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

// Ids begin with "@view": each view of a widget has its own.
function nameIds(content, view) {
  for (const name of ["id", "name", "aria-labelledby", "aria-describedby"]) {
    for (const node of content.querySelectorAll(`[${name}^="@view"]`)) {
      node.setAttribute(name, node.getAttribute(name).replace("@view", view));
    }
  }
}

// Replaces the content of an element. `unfinished` are fields somebody is typing in.
function morph(el, html, view, unfinished) {
  const wanted = document.createElement("template");
  wanted.innerHTML = html;
  nameIds(wanted.content, view);
  const focused = document.activeElement;
  morphChildren(el, wanted.content, unfinished);
  // An element that is moved loses the focus.
  if (focused && focused !== document.activeElement && el.contains(focused)) focused.focus({ preventScroll: true });
}
