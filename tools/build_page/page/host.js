// Shows boxes and anywidgets of a Python that runs in a worker: the few things that the planner uses.

const models = new Map();
const status = document.querySelector("#status");
// A worker from a data: address is bound by this page's content policy and runs from a disk, too. One from a blob: does
// not start from a disk, and one from a file of its own would not be bound.
const worker = new Worker(`data:text/javascript,${encodeURIComponent(document.querySelector("#worker").textContent)}`, { type: "module" });

// What an anywidget sees of its model: messages. No value is synced in either direction.
class Model {
  constructor(id, state) {
    Object.assign(this, { id, state, listeners: new Set() });
  }
  get(name) {
    return this.state[name];
  }
  on(name, listener) {
    if (name !== "msg:custom") throw new Error(`a page without a kernel has messages only, got ${name}`);
    this.listeners.add(listener);
  }
  off(_, listener) {
    this.listeners.delete(listener);
  }
  send(content, _, buffers) {
    worker.postMessage({ id: this.id, data: { method: "custom", content }, buffers });
  }
}

worker.onmessage = ({ data }) => {
  if (data.failed) fail(data.failed);
  if (data.message) receive(JSON.parse(data.message), data.buffers);
  if (data.shown) show(data.shown, document.querySelector("#planner")).then(() => (status.textContent = ""), fail);
};
worker.onerror = (event) => fail(event.message || "the browser refused to start Python");

function fail(reason) {
  status.textContent = `The planner could not be opened: ${reason}`;
}

function receive({ type, id, data }, buffers) {
  if (type === "comm_open") models.set(id, new Model(id, data.state));
  const model = models.get(id);
  if (!model) return;
  if (type === "comm_close") models.delete(id);
  if (data.method === "update") Object.assign(model.state, data.state);
  if (data.method === "custom") {
    const views = buffers.map((each) => new DataView(each.buffer, each.byteOffset, each.byteLength));
    for (const listener of [...model.listeners]) listener(data.content, views);
  }
}

const BOXES = { BoxView: [], HBoxView: ["widget-hbox"], VBoxView: ["widget-vbox"] };

async function show(id, parent) {
  const { _view_name: view, _dom_classes: classes, children, _esm, _css } = models.get(id).state;
  const el = document.createElement("div");
  el.classList.add(...(classes ?? []), "jupyter-widgets");
  parent.append(el);
  if (BOXES[view]) {
    el.classList.add("widget-box", ...BOXES[view]);
    for (const child of children) await show(child.replace("IPY_MODEL_", ""), el);
    return;
  }
  if (view !== "AnyView") throw new Error(`a page without a kernel shows boxes and anywidgets, got ${view}`);
  if (_css) document.head.append(Object.assign(document.createElement("style"), { textContent: _css }));
  const address = URL.createObjectURL(new Blob([_esm], { type: "text/javascript" }));
  const { default: widget } = await import(address);
  URL.revokeObjectURL(address);
  // Some wait for what another one brings.
  Promise.resolve(widget.render({ model: models.get(id), el })).catch(fail);
}

async function unpacked(holder) {
  const letters = atob(holder.textContent);
  const bytes = new Uint8Array(letters.length);
  for (let index = 0; index < letters.length; index += 1) bytes[index] = letters.charCodeAt(index);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function begin() {
  const holders = [...document.querySelectorAll("script[data-part]")];
  const contents = await Promise.all(holders.map(unpacked));
  const parts = Object.fromEntries(holders.map((holder, index) => [holder.dataset.part, contents[index]]));
  holders.forEach((holder) => holder.remove());
  worker.postMessage(parts, contents.map((each) => each.buffer));
}

begin().catch(fail);
