// The way between a view and the kernel: messages only. Nothing is set on the model, so that nothing
// a clinician types or ticks can be saved with the notebook.

function openChannel(model, onMessage) {
  const view = Math.random().toString(36).slice(2, 10);
  let asked = 0;
  let answered = 0;
  const receive = (message, buffers) => {
    const isMine = message.to === view;
    if (isMine && message.seq) answered = message.seq;
    // While an answer is on its way, what comes before it is older than what the user did.
    onMessage(message, buffers, { isMine, isOld: answered < asked });
  };
  model.on("msg:custom", receive);
  return {
    view,
    send(what, buffers) {
      asked += 1;
      model.send({ ...what, from: view, seq: asked }, undefined, buffers);
    },
    close: () => model.off("msg:custom", receive),
  };
}
