// The browser's end of the messages between a view and the kernel; channel.py is the other end. Nothing is set on the
// model, so that nothing a clinician types or ticks can be saved with the notebook.

// The day by the browser's clock, such as 2026-11-29: the kernel may run in another time zone.
function dayHere() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => `${part}`.padStart(2, "0")).join("-");
}

function openChannel(model, onMessage) {
  const view = Math.random().toString(36).slice(2, 10);
  let asked = 0;
  let answered = 0;
  const receive = (message, buffers) => {
    const isMine = message.to === view;
    if (isMine && message.seq) answered = message.seq;
    // A message that arrives before the awaited answer is older than the user's last action.
    onMessage(message, buffers, { isMine, isOld: () => answered < asked });
  };
  model.on("msg:custom", receive);
  return {
    view,
    send(event, buffers) {
      asked += 1;
      model.send({ ...event, from: view, seq: asked, day: dayHere() }, undefined, buffers);
    },
    close() {
      model.off("msg:custom", receive);
    },
  };
}
