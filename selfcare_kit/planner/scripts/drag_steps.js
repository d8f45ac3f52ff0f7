// Drags steps by their grip, with a mouse, a pen or a finger. The kernel changes the order when a step is dropped; the
// buttons do the same by keyboard.

function watchDrag({ el, on, channel }) {
  let dragged = null;
  const rows = () => [...el.querySelectorAll("li[data-step]")];

  function indexAt(y) {
    const others = rows().filter((row) => row !== dragged);
    const after = others.findIndex((row) => {
      const box = row.getBoundingClientRect();
      return y < box.y + box.height / 2;
    });
    return after < 0 ? others.length : after;
  }

  function showDrop(index) {
    const others = rows().filter((row) => row !== dragged);
    for (const row of rows()) row.classList.remove("selfcare-before", "selfcare-after");
    if (index < others.length) others[index].classList.add("selfcare-before");
    else others.at(-1)?.classList.add("selfcare-after");
  }

  function endOnEscape(event) {
    if (event.key === "Escape") end();
  }

  function end() {
    removeEventListener("keydown", endOnEscape, { capture: true });
    dragged?.classList.remove("selfcare-dragged");
    for (const row of rows()) row.classList.remove("selfcare-before", "selfcare-after");
    dragged = null;
  }

  on("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    dragged = grip.closest("li");
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
