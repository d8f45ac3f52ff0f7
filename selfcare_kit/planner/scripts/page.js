// The view of the page: the handout in a frame that runs no script and asks for nothing, as wide as its column.

const PAGE_WIDTH = 820;

export default {
  render({ model, el }) {
    const frame = document.createElement("iframe");
    frame.title = "The page as it will be printed, without the name";
    frame.setAttribute("sandbox", "");
    frame.hidden = true;
    const words = document.createElement("p");
    words.className = "selfcare-empty";
    el.classList.add("selfcare-page");
    const larger = document.createElement("button");
    larger.type = "button";
    larger.className = "selfcare-button selfcare-small";
    larger.textContent = "Larger";
    larger.setAttribute("aria-pressed", "false");
    larger.addEventListener("click", () => {
      larger.setAttribute("aria-pressed", String(el.classList.toggle("selfcare-is-large")));
    });
    el.append(words, frame, larger);
    let shown = "";
    const channel = openChannel(model, (message, _, { isOld }) => {
      if (message.page === undefined || isOld()) return;
      words.textContent = message.words;
      frame.hidden = larger.hidden = !message.page;
      if (message.page === shown) return;
      shown = message.page;
      frame.srcdoc = shown;
    });
    const scale = () => {
      const factor = el.clientWidth / PAGE_WIDTH;
      frame.style.cssText = `width:${PAGE_WIDTH}px;height:${el.clientHeight / factor}px;transform:scale(${factor})`;
    };
    // Made in the kernel only while somebody sees it.
    let isWanted = false;
    const watcher = new ResizeObserver(() => {
      const isSeen = el.clientWidth > 0;
      if (isSeen) scale();
      if (isSeen === isWanted) return;
      isWanted = isSeen;
      channel.send({ do: "want", value: isWanted });
    });
    watcher.observe(el);
    return () => {
      watcher.disconnect();
      channel.close();
    };
  },
};
