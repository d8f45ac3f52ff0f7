export default {
  async render(view) {
    const { openPane } = await shared(SCRIPT).ready;
    return openPane(view).close;
  },
};
