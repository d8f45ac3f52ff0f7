// Dragging steps: by the grip, with a mouse, a pen or a finger. The order changes when the step is
// dropped, in the kernel; the buttons do the same for whoever uses keys.

function watchDrag({ el, on, channel }) {
  let dragged = null;
  const bodies = () => [...el.querySelectorAll("tbody[data-step]")];

  function placeAt(y) {
    const others = bodies().filter((body) => body !== dragged);
    const after = others.findIndex((body) => {
      const box = body.getBoundingClientRect();
      return y < box.y + box.height / 2;
    });
    return after < 0 ? others.length : after;
  }

  function showPlace(place) {
    const others = bodies().filter((body) => body !== dragged);
    for (const body of bodies()) body.classList.remove("selfcare-before", "selfcare-after");
    if (place < others.length) others[place].classList.add("selfcare-before");
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
    // Whatever has the focus.
    addEventListener("keydown", endOnEscape, { capture: true });
  });
  on("pointermove", (event) => dragged && showPlace(placeAt(event.clientY)));
  on("pointerup", (event) => {
    if (!dragged) return;
    const place = placeAt(event.clientY);
    const step = dragged;
    end();
    if (place !== Number(step.dataset.place)) channel.send({ do: "move", id: step.dataset.step, value: place });
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
