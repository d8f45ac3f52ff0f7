export default {
  async render(view) {
    const { openPane, watchDrag } = await shared(SCRIPT).ready;
    const pane = openPane(view);
    watchDrag({ el: view.el, on: pane.on, channel: pane.channel });
    return pane.close;
  },
};
