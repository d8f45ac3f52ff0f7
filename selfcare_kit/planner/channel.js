// The way between a view and the kernel: messages only. Nothing is set on the model, so that nothing
// a clinician types or ticks can be saved with the notebook.

// Longer than the slowest file takes.
const PATIENCE = 20000;

function openChannel(model, el, onMessage) {
  const view = Math.random().toString(36).slice(2, 10);
  let asked = 0;
  let answered = 0;
  let waiting = 0;
  const silence = document.createElement("p");
  silence.className = "selfcare-error selfcare-silence";
  silence.setAttribute("role", "alert");
  const receive = (message, buffers) => {
    const isMine = message.to === view;
    if (isMine && message.seq) answered = message.seq;
    if (answered >= asked) {
      clearTimeout(waiting);
      silence.remove();
    }
    // While an answer is on its way, what comes before it is older than what the user did.
    onMessage(message, buffers, { isMine, isOld: () => answered < asked });
  };
  const complain = () => {
    silence.textContent = "The planner does not answer. What was downloaded is safe; to go on, open the planner again.";
    (el.closest(".selfcare-planner") ?? el).prepend(silence);
  };
  model.on("msg:custom", receive);
  return {
    view,
    send(what, buffers) {
      asked += 1;
      clearTimeout(waiting);
      waiting = setTimeout(complain, PATIENCE);
      model.send({ ...what, from: view, seq: asked }, undefined, buffers);
    },
    close() {
      clearTimeout(waiting);
      model.off("msg:custom", receive);
    },
  };
}
