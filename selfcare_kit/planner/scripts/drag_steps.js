// Drags steps by their grip, with a mouse, a pen or a finger. The kernel changes the order when a step is dropped; the
// buttons do the same by keyboard.

function watchDrag({ el, on, channel }) {
  let dragged = null;
  const bodies = () => [...el.querySelectorAll("tbody[data-step]")];

  function indexAt(y) {
    const others = bodies().filter((body) => body !== dragged);
    const after = others.findIndex((body) => {
      const box = body.getBoundingClientRect();
      return y < box.y + box.height / 2;
    });
    return after < 0 ? others.length : after;
  }

  function showDrop(index) {
    const others = bodies().filter((body) => body !== dragged);
    for (const body of bodies()) body.classList.remove("selfcare-before", "selfcare-after");
    if (index < others.length) others[index].classList.add("selfcare-before");
    else others.at(-1)?.classList.add("selfcare-after");
  }

  function endOnEscape(event) {
    if (event.key === "Escape") end();
  }

  function end() {
    removeEventListener("keydown", endOnEscape, { capture: true });
    dragged?.classList.remove("selfcare-dragged");
    for (const body of bodies()) body.classList.remove("selfcare-before", "selfcare-after");
    dragged = null;
  }

  on("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    dragged = grip.closest("tbody");
    dragged.classList.add("selfcare-dragged");
    // On the window, since the focus may be anywhere.
    addEventListener("keydown", endOnEscape, { capture: true });
  });
  on("pointermove", (event) => dragged && showDrop(indexAt(event.clientY)));
  on("pointerup", (event) => {
    if (!dragged) return;
    const index = indexAt(event.clientY);
    const step = dragged;
    end();
    if (index !== Number(step.dataset.place)) channel.send({ do: "move", id: step.dataset.step, value: index });
  });
  on("pointercancel", end);
}

export default {
  render(view) {
    const pane = openPane(view);
    watchDrag({ el: view.el, on: pane.on, channel: pane.channel });
    return pane.close;
  },
};
