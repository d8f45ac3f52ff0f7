// The browser's end of the messages between a view and the kernel; channel.py is the other end. Nothing is set on the
// model, so that nothing a clinician types or ticks can be saved with the notebook.

// Longer than making the slowest file takes.
const TIMEOUT = 20000;

function openChannel(model, el, onMessage) {
  const view = Math.random().toString(36).slice(2, 10);
  let asked = 0;
  let answered = 0;
  let timer = 0;
  const warning = document.createElement("p");
  warning.className = "selfcare-error selfcare-silence";
  warning.setAttribute("role", "alert");
  const receive = (message, buffers) => {
    const isMine = message.to === view;
    if (isMine && message.seq) answered = message.seq;
    if (answered >= asked) {
      clearTimeout(timer);
      warning.remove();
    }
    // A message that arrives before the awaited answer is older than the user's last action.
    onMessage(message, buffers, { isMine, isOld: () => answered < asked });
  };
  const warn = () => {
    warning.textContent = "The planner does not answer. What was downloaded is safe; to go on, open the planner again.";
    (el.closest(".selfcare-planner") ?? el).prepend(warning);
  };
  model.on("msg:custom", receive);
  return {
    view,
    send(event, buffers) {
      asked += 1;
      clearTimeout(timer);
      timer = setTimeout(warn, TIMEOUT);
      model.send({ ...event, from: view, seq: asked }, undefined, buffers);
    },
    close() {
      clearTimeout(timer);
      model.off("msg:custom", receive);
    },
  };
}
