// The view of the place picker. A click or a key moves the spot at once; the rule and where else the place is seen come
// with the kernel's answer. The pane beside the figure is like those of the planner.

// The figure's size in pixels, and how much of the body it shows when it comes closer, in cm.
const [FIGURE_WIDTH, FIGURE_HEIGHT, CLOSER] = [300, 560, 50];
// What a view of the same place elsewhere shows around it, in cm; a view of a foot shows all of it.
const [AROUND, FOOT] = [22, 30];
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const [STEP, LEAP] = [0.5, 5];
const VIEW_KEYS = { PageUp: -1, PageDown: 1 };
const HELP = "Arrow keys move the spot by half a centimeter, with Shift by 5. Page keys turn the body, C comes closer, Backspace undoes. P sets the place, M draws where pain is felt mainly, T where it is felt too.";
const HELP_OF = {
  place: "1 to 4 choose how the place is told.",
  pain: "Enter draws the zone on to the spot, plus and minus change its width, N begins a new shape.",
};
const TOOL_KEYS = { p: "place", m: "primary", t: "spillover" };
const DRAWING_KEYS = { "+": "wider", "=": "wider", "-": "narrower", n: "shape" };
// The width of a page in pixels, and how high its card is shown.
const [CARD_WIDTH, CARD_HEIGHT] = [820, 290];

const made = (name, className, parent) => {
  const element = document.createElement(name);
  element.className = className;
  parent.append(element);
  return element;
};

class PlaceFigure {
  constructor({ model, el }) {
    this.isCloser = false;
    this.channel = openChannel(model, (...message) => this.receive(...message));
    this.defs = svgElement("svg", { width: 0, height: 0, "aria-hidden": "true", class: "selfcare-picker-shapes" }, el);
    const body = made("div", "selfcare-picker-body", el);
    this.box = made("div", "selfcare-picker-figure", body);
    this.box.tabIndex = 0;
    this.box.setAttribute("role", "application");
    this.svg = svgElement("svg", { width: FIGURE_WIDTH, height: FIGURE_HEIGHT, "aria-hidden": "true" }, this.box);
    const bar = made("div", "selfcare-bar", body);
    this.closer = made("button", "selfcare-button selfcare-small", bar);
    this.closer.type = "button";
    this.closer.textContent = "Closer";
    this.closer.addEventListener("click", () => this.zoom());
    made("small", "", bar).textContent = "Arrow keys move it; dots are landmarks";
    this.elsewhere = made("div", "selfcare-picker-elsewhere", el);
    this.card = made("div", "selfcare-picker-card", el);
    new ResizeObserver(() => this.scaleCard()).observe(el);
    this.svg.addEventListener("click", (event) => this.click(event));
    this.box.addEventListener("keydown", (event) => this.pressKey(event));
    this.channel.send({ do: "ready" });
  }

  async receive(message, buffers, { isOld }) {
    if (message.figure && !isOld()) this.figure = message.figure;
    // A point that is opened is looked at from near.
    if (message.drawings && this.figure?.isOpened) this.setCloser(true);
    if (message.drawings) this.build(await decompress(buffers[0]));
    if (message.figure && !isOld() && this.drawings) this.draw();
    if (message.figure && !isOld()) this.showCard(message.figure.card);
  }

  build(drawings) {
    this.drawings = drawings;
    const defs = svgElement("defs", {}, this.defs);
    for (const [name, { outline, lines, unit }] of Object.entries(drawings)) {
      const group = svgElement("g", { id: this.idOf(name), transform: `scale(${unit})` }, defs);
      svgElement("path", { d: outline, class: "selfcare-picker-outline" }, group);
      svgElement("path", { d: lines, class: "selfcare-picker-lines" }, group);
      svgElement("path", { d: outline }, svgElement("clipPath", { id: `${this.idOf(name)}-skin` }, defs));
      this.buildPatterns(defs, name, unit);
    }
    this.draw();
  }

  // Lines where pain is felt mainly, dots where it is felt too, as on all figures.
  buildPatterns(defs, view, unit) {
    const pattern = (kind, size) => svgElement("pattern", {
      id: `${this.idOf(view)}-${kind}`, width: size, height: size, patternUnits: "userSpaceOnUse",
      patternTransform: `scale(${1 / unit}) rotate(45)`,
    }, defs);
    svgElement("path", { d: "M0 .5H1", class: "selfcare-picker-hatch" }, pattern("primary", 1));
    svgElement("circle", { cx: 0.5, cy: 0.5, r: 0.22, class: "selfcare-picker-dot" }, pattern("spillover", 1));
  }

  idOf(view) {
    return `${this.channel.view}-${view}`;
  }

  get drawing() {
    return this.drawings[this.figure.view];
  }

  get isFoot() {
    return this.drawing.box[3] - this.drawing.box[1] < FOOT;
  }

  // What the figure shows: x and y of its top left corner, width and height in cm, y down.
  window() {
    const [x0, y0, x1, y1] = this.drawing.box;
    const ratio = FIGURE_WIDTH / FIGURE_HEIGHT;
    const spot = this.spot ?? this.drawing.begin;
    const height = this.isCloser ? (this.isFoot ? 12 : CLOSER) : Math.max(y1 - y0, (x1 - x0) / ratio);
    const width = height * ratio;
    const [x, y] = this.isCloser ? [clamp(spot[0], x0, x1), clamp(spot[1], y0, y1)] : [(x0 + x1) / 2, (y0 + y1) / 2];
    return [x - width / 2, -y - height / 2, width, height];
  }

  draw() {
    if (!this.figure) return;
    // While pain is drawn the cross stays where the hand left it.
    if (!this.isDrawing || this.figure.view !== this.viewOfSpot || !this.spot) this.spot = this.figure.spot;
    this.viewOfSpot = this.figure.view;
    const help = HELP_OF[this.isDrawing ? "pain" : "place"];
    this.box.setAttribute("aria-label", `Body, ${this.figure.view.replace("_", " ")} view. ${help} ${HELP}`);
    this.paint(this.figure);
    this.paintElsewhere();
  }

  // At once, or a key that follows would still set the place.
  takeTool(tool) {
    if (!this.figure) return;
    this.figure = { ...this.figure, tool };
    this.paint(this.figure);
  }

  get isDrawing() {
    return this.figure.tool !== "place";
  }

  paint({ place, line, foot, seen, landmarks, zones, nodes }) {
    const [x, y, width, height] = this.window();
    const pixel = height / FIGURE_HEIGHT;
    this.svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    this.svg.replaceChildren();
    svgElement("use", { href: `#${this.idOf(this.figure.view)}` }, this.svg);
    this.paintZones(this.svg, this.figure.view, zones?.[this.figure.view]);
    this.paintGrid(x, y, width, height, pixel);
    for (const [id, lx, ly] of landmarks ?? []) {
      const dot = svgElement("circle", { cx: lx, cy: -ly, r: 2.5 * pixel, class: "selfcare-picker-landmark" }, this.svg);
      svgElement("title", {}, dot).textContent = id;
    }
    if (line?.length) this.paintRule(line, foot, place, pixel);
    if (place) this.paintCross(this.svg, ...place, pixel, this.drawing.isSymmetric, seen);
    if (this.isDrawing) this.paintBrush(nodes ?? [], pixel);
  }

  // The zones of the client's left, and those of the right in a view that shows both.
  paintZones(parent, view, zones = []) {
    const { unit, isSymmetric } = this.drawings[view];
    for (const way of isSymmetric ? [1, -1] : [1]) {
      const clip = { "clip-path": `url(#${this.idOf(view)}-skin)`, transform: `scale(${way * unit} ${unit})` };
      const group = svgElement("g", clip, parent);
      for (const [kind, d] of zones) {
        svgElement("path", { d, class: `selfcare-picker-zone selfcare-is-${kind}` }, group);
        svgElement("path", { d, fill: `url(#${this.idOf(view)}-${kind})` }, group);
      }
    }
  }

  // The spots of the shape that is drawn, the last one as wide as the next will be, and where a key would draw on.
  paintBrush(nodes, pixel) {
    const group = svgElement("g", { class: "selfcare-picker-brush" }, this.svg);
    for (const [x, y] of nodes) svgElement("circle", { cx: x, cy: -y, r: 2.5 * pixel, class: "selfcare-picker-node" }, group);
    if (!this.spot) return;
    const [x, y, arm] = [this.spot[0], -this.spot[1], 5 * pixel];
    svgElement("circle", { cx: x, cy: y, r: this.figure.width / 2 }, group);
    svgElement("path", { d: `M${x - arm} ${y}h${2 * arm}m${-arm} ${-arm}v${2 * arm}` }, group);
  }

  showCard(html = "") {
    this.card.hidden = !html;
    if (html === this.shownCard) return;
    this.shownCard = html;
    this.card.replaceChildren();
    if (!html) return;
    const frame = made("iframe", "", this.card);
    frame.title = "The card of the point";
    frame.setAttribute("sandbox", "");
    frame.srcdoc = html;
    this.scaleCard();
  }

  scaleCard() {
    const frame = this.card.firstChild;
    if (!frame) return;
    const factor = Math.min(1, this.card.clientWidth / CARD_WIDTH);
    frame.style.cssText = `width:${CARD_WIDTH}px;height:${CARD_HEIGHT}px;transform:scale(${factor})`;
    this.card.style.height = `${CARD_HEIGHT * factor}px`;
  }

  paintGrid(x, y, width, height, pixel) {
    const [small, large] = this.isCloser ? [1, 5] : this.isFoot ? [1, 5] : [5, 10];
    const grid = svgElement("g", { class: "selfcare-picker-grid", "font-size": 11 * pixel }, this.svg);
    const every = (from, to, each) => {
      for (let at = Math.ceil(from / small) * small; at <= to; at += small) each(at, at % large === 0);
    };
    every(x, x + width, (at, isLarge) => {
      svgElement("path", { d: `M${at} ${y}v${height}`, class: isLarge ? "selfcare-is-large" : "" }, grid);
      if (isLarge && at > x + 30 * pixel) svgElement("text", { x: at, y: y + 11 * pixel, "text-anchor": "middle" }, grid).textContent = at;
    });
    every(-y - height, -y, (at, isLarge) => {
      svgElement("path", { d: `M${x} ${-at}h${width}`, class: isLarge ? "selfcare-is-large" : "" }, grid);
      if (isLarge && at < -y - 13 * pixel) svgElement("text", { x: x + 2 * pixel, y: -at - 2 * pixel }, grid).textContent = at;
    });
    for (const [letter, [lx, ly]] of Object.entries(this.drawing.letters)) {
      svgElement("text", { x: lx, y: -ly, "text-anchor": "middle", class: "selfcare-picker-side", "font-size": 18 * pixel }, grid).textContent = letter;
    }
  }

  // From A to B, and from the part of the way that is gone to the place.
  paintRule(line, foot, place, pixel) {
    const group = svgElement("g", { class: "selfcare-picker-rule-lines" }, this.svg);
    if (line.length > 1) svgElement("path", { d: `M${line[0][0]} ${-line[0][1]}L${line[1][0]} ${-line[1][1]}` }, group);
    svgElement("path", { d: `M${foot[0]} ${-foot[1]}L${place[0]} ${-place[1]}`, class: "selfcare-is-aside" }, group);
    line.forEach(([x, y], index) => {
      svgElement("circle", { cx: x, cy: -y, r: 8 * pixel }, group);
      svgElement("text", { x, y: -y + 4 * pixel, "font-size": 11 * pixel, "text-anchor": "middle" }, group).textContent = "AB"[index];
    });
  }

  // A search area of 2 cm with a cross on the spot; the client's right in a view that shows both.
  paintCross(parent, x, y, pixel, isBoth, isSeen = true) {
    const arm = 5 * pixel;
    for (const at of isBoth ? [x, -x] : [x]) {
      const group = svgElement("g", { class: `selfcare-picker-cross${isSeen ? "" : " selfcare-is-behind"}` }, parent);
      svgElement("circle", { cx: at, cy: -y, r: 1 }, group);
      const d = `M${at - arm} ${-y - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`;
      svgElement("path", { d, class: "selfcare-is-halo" }, group);
      svgElement("path", { d }, group);
    }
  }

  paintElsewhere() {
    this.elsewhere.replaceChildren();
    for (const [view, x, y] of this.figure.elsewhere) {
      const { isSymmetric } = this.drawings[view];
      if (isSymmetric && view === this.figure.view) continue;
      const sides = isSymmetric ? [""] : view === this.figure.view ? ["right"] : ["left", "right"];
      for (const side of sides) this.paintSmall(view, side, x, y);
    }
  }

  paintSmall(view, side, x, y) {
    const { box, isSymmetric } = this.drawings[view];
    const [x0, y0, x1, y1] = box;
    const isFoot = y1 - y0 < FOOT;
    const half = isFoot ? (y1 - y0) / 2 : AROUND;
    const [cx, cy] = isFoot ? [(x0 + x1) / 2, (y0 + y1) / 2] : [isSymmetric ? 0 : x, y];
    const words = `${view.replace("_", " ")} view${side ? `, ${side}` : ""}`;
    const figure = made("figure", "", this.elsewhere);
    const small = svgElement("svg", { role: "img", "aria-label": words, viewBox: `${cx - half} ${-cy - half} ${2 * half} ${2 * half}` }, figure);
    const turned = svgElement("g", side === "right" ? { transform: `translate(${2 * cx}) scale(-1 1)` } : {}, small);
    svgElement("use", { href: `#${this.idOf(view)}` }, turned);
    this.paintZones(turned, view, this.figure.zones[view]);
    this.paintCross(turned, x, y, (2 * half) / 130, isSymmetric);
    made("figcaption", "", figure).textContent = words;
  }

  // Shows the spot at once; what belongs to the one before waits for the answer.
  moveTo(x, y) {
    const [x0, y0, x1, y1] = this.drawing.box;
    this.spot = [clamp(x, x0, x1), clamp(y, y0, y1)].map((each) => Math.round(each * 10) / 10);
    if (this.isDrawing) return this.paint(this.figure);
    this.paint({ place: this.spot, landmarks: this.figure.landmarks, zones: this.figure.zones });
    this.send("spot");
  }

  send(act) {
    this.channel.send({ do: act, view: this.figure.view, x: this.spot[0], y: this.spot[1] });
  }

  click(event) {
    if (!this.figure) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    this.moveTo(x, -y);
    if (this.isDrawing) this.send("node");
  }

  zoom() {
    this.setCloser(!this.isCloser);
    this.paint(this.figure);
  }

  setCloser(isCloser) {
    this.isCloser = isCloser;
    this.closer.textContent = isCloser ? "Whole body" : "Closer";
  }

  pressKey(event) {
    if (!this.figure || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move && !this.spot) this.moveTo(...this.drawing.begin);
    else if (move) {
      const far = event.shiftKey ? LEAP : STEP;
      this.moveTo(this.spot[0] + far * move[0], this.spot[1] + far * move[1]);
    } else if (VIEW_KEYS[event.key]) this.turn(VIEW_KEYS[event.key]);
    else if (event.key.toLowerCase() === "c") this.zoom();
    else if (event.key === "Backspace") this.channel.send({ do: "undo" });
    else if (!this.isDrawing) return;
    else if (event.key === "Enter" || event.key === " ") this.spot && this.send("node");
    else if (DRAWING_KEYS[event.key.toLowerCase()]) this.channel.send({ do: DRAWING_KEYS[event.key.toLowerCase()] });
    else return;
    event.preventDefault();
  }

  turn(by) {
    const views = Object.keys(this.drawings);
    const next = views[(views.indexOf(this.figure.view) + by + views.length) % views.length];
    this.channel.send({ do: "view", value: next });
  }
}

// 1 to 3 choose a proposal, 4 one's own landmarks, letters what a click sets, wherever nothing is chosen from a list.
function chooseByKey(event, pane) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, pre")) return;
  const tool = TOOL_KEYS[event.key.toLowerCase()];
  const key = { 1: "rule-1", 2: "rule-2", 3: "rule-3", 4: "rule-own" }[event.key] ?? (tool && `tool-${tool}`);
  const radio = key && pane.querySelector(`[data-key="${key}"]`);
  if (!radio) return;
  radio.click();
  event.preventDefault();
}

function render({ model, el }) {
  el.classList.add("selfcare-planner", "selfcare-picker");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", "Place picker");
  const pane = document.createElement("div");
  const figure = new PlaceFigure({ model, el });
  el.append(pane);
  const opened = openPane({ model, el: pane });
  el.addEventListener("focusin", mark);
  el.addEventListener("change", ({ target }) => target.dataset.do === "tool" && figure.takeTool(target.value));
  // As in the planner, no key that is pressed here reaches the notebook.
  el.addEventListener("keydown", (event) => {
    if (isSave(event)) return event.target.removeAttribute(ATTRIBUTE);
    mark(event);
    event.stopPropagation();
    chooseByKey(event, pane);
  });
  return () => {
    figure.channel.close();
    opened.close();
  };
}

export default { render };
