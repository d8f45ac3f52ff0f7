// The view of the body figure: each region is a checkbox, for a pointer, for keys and for a screen reader. A click shows
// at once; numbers and pain zones come with the kernel's answer.

// Puts what can be clicked, and the fading edge and the letters above it, into a picture of its own above the other: a click then makes
// the browser lay out and paint only that. The dashed lines between regions stay where they are: they take long to paint.
function splitOff(picture) {
  const above = picture.cloneNode(false);
  for (const view of picture.querySelectorAll("[data-view]")) {
    const regions = view.querySelector(".regions");
    let moved = regions.cloneNode(true);
    for (let group = regions.parentNode; group !== picture; group = group.parentNode) {
      const copy = group.cloneNode(false);
      copy.removeAttribute("id");
      copy.append(moved);
      moved = copy;
    }
    for (const region of regions.children) for (const name of ["id", "class"]) region.removeAttribute(name);
    view.removeAttribute("data-view");
    above.append(moved);
  }
  above.append(...picture.querySelectorAll(".fade, .letters, .titles"));
  picture.after(above);
  return above;
}

class BodyMapView {
  constructor({ model, el }) {
    this.el = el;
    this.zones = new Map();
    this.picture = null;
    this.listening = new AbortController();
    this.channel = openChannel(model, (...message) => this.receive(...message));
    el.classList.add("selfcare-map");
    el.addEventListener("click", (event) => this.click(event), { signal: this.listening.signal });
    el.addEventListener("keydown", (event) => this.pressKey(event), { signal: this.listening.signal });
    for (const name of ["pointerover", "focusin"]) {
      el.addEventListener(name, (event) => this.showName(event), { signal: this.listening.signal });
    }
    for (const name of ["pointerleave", "focusout"]) {
      el.addEventListener(name, () => (this.name.hidden = true), { signal: this.listening.signal });
    }
    this.channel.send({ do: "ready" });
  }

  close() {
    this.listening.abort();
    this.channel.close();
  }

  async receive(message, buffers, { isOld }) {
    if (message.zones) {
      this.zones.set(message.of, message.zones);
      if (this.svg && this.picture?.looked === message.of) this.drawZones(message.of);
    }
    if (message.chart) this.build(await decompress(buffers[0]));
    if (message.picture && !isOld()) {
      this.picture = message.picture;
      this.draw();
    }
  }

  build({ svg, panels, areas, radius, pain }) {
    this.el.innerHTML = `<div class="selfcare-map-figure">${svg}</div>`;
    const picture = this.el.querySelector("svg");
    this.panels = panels;
    this.radius = radius;
    this.pain = pain;
    for (const name of ["id", "width", "height", "role", "aria-labelledby"]) picture.removeAttribute(name);
    picture.querySelectorAll("title, desc").forEach((words) => words.remove());
    this.whole = picture.getAttribute("viewBox");
    this.bodies = [...picture.querySelectorAll("[data-view]")];
    this.svg = splitOff(picture);
    picture.setAttribute("aria-hidden", "true");
    this.svg.setAttribute("role", "group");
    this.svg.setAttribute("aria-label", "Body figure: choose where it hurts. Left and right arrow go from area to area, up and down to the one above or below, page keys to another view; Space chooses.");
    for (const words of this.svg.querySelectorAll("text")) words.setAttribute("aria-hidden", "true");
    const views = [...this.svg.querySelectorAll("[data-view]")];
    views.forEach((view, index) => {
      view.setAttribute("role", "group");
      view.setAttribute("aria-label", panels[index].name);
    });
    this.regions = views.flatMap((view, index) => inReadingOrder(view).map((region) => {
      const side = region.dataset.side;
      const place = `${areas[region.dataset.area]}${side === "midline" ? "" : `, ${side}`}`;
      region.setAttribute("role", "checkbox");
      region.setAttribute("aria-checked", "false");
      region.setAttribute("aria-label", `${place} (${panels[index].name})`);
      region.setAttribute("tabindex", "-1");
      region.dataset.name = place;
      return region;
    }));
    this.tabStop = this.regions[0];
    this.tabStop?.setAttribute("tabindex", "0");
    this.groups = views.map((view, index) => this.zoneGroup(view, index));
    this.marks = svgElement("svg", { class: "selfcare-marks", "aria-hidden": "true" }, this.svg.parentNode);
    this.marks.setAttribute("viewBox", this.whole);
    this.layers = [picture, this.svg, this.marks];
    this.words = [...this.svg.querySelectorAll("text")];
    this.name = document.createElement("div");
    this.name.className = "selfcare-map-name";
    this.name.hidden = true;
    this.name.setAttribute("aria-hidden", "true");
    this.legend = document.createElement("div");
    this.legend.className = "selfcare-map-legend";
    this.caption = document.createElement("p");
    this.add = document.createElement("button");
    this.add.type = "button";
    this.add.className = "selfcare-button";
    this.add.textContent = "Add";
    this.add.addEventListener("click", () => this.channel.send({ do: "add", of: this.picture.add }));
    this.closer = document.createElement("button");
    this.closer.type = "button";
    this.closer.className = "selfcare-button selfcare-flat";
    this.closer.setAttribute("aria-pressed", "false");
    this.closer.textContent = "Closer";
    this.closer.title = "Show the part of the body where the marks crowd, or all of it again";
    this.closer.addEventListener("click", () => this.zoom(!this.isCloser));
    this.legend.append(this.caption, this.add, this.closer);
    this.el.append(this.name, this.legend);
    this.draw();
  }

  // Zones are drawn below the regions, in the units of their view, clipped to its outline.
  zoneGroup(view, index) {
    const { clip, space, dot } = this.panels[index];
    const drawing = view.querySelector("g > g");
    const id = `${this.channel.view}-${index}`;
    const defs = svgElement("defs", {}, drawing);
    const rise = 0.866 * space;
    const pattern = svgElement("pattern", {
      id: `${id}-dots`, width: space, height: 2 * rise, patternUnits: "userSpaceOnUse",
    }, defs);
    svgElement("path", {
      stroke: this.pain, "stroke-width": dot, "stroke-linecap": "round",
      d: `M${space / 4} ${rise / 2}h0M${(3 * space) / 4} ${1.5 * rise}h0`,
    }, pattern);
    const group = svgElement("g", { class: "selfcare-zones", "aria-hidden": "true" }, drawing);
    const regions = drawing.querySelector(".regions");
    if (clip) {
      svgElement("path", { d: clip }, svgElement("clipPath", { id: `${id}-clip` }, defs));
      group.setAttribute("clip-path", `url(#${id}-clip)`);
    } else if (regions.hasAttribute("clip-path")) {
      group.setAttribute("clip-path", regions.getAttribute("clip-path"));
    }
    regions.before(group);
    return { group, dots: `url(#${id}-dots)` };
  }

  draw() {
    if (!this.svg || !this.picture) return;
    const { picked, marks, looked, words, add } = this.picture;
    if (this.caption.textContent !== words) this.caption.textContent = words;
    this.add.hidden = !add;
    this.closer.hidden = !marks.length;
    if (this.isCloser) this.zoom(marks.length > 0);
    this.add.setAttribute("aria-label", `Add: ${words}`);
    const chosen = new Set(picked);
    for (const region of this.regions) {
      this.check(region, chosen.has(`${region.dataset.area}.${region.dataset.side}`));
    }
    this.drawMarks();
    this.drawZones(looked);
  }

  drawMarks() {
    const { marks, looked } = this.picture;
    this.marks.replaceChildren();
    const [point, side] = looked.split(".");
    const isLooked = (mark) => mark[5] === point && [mark[6], "both"].includes(side);
    for (const mark of [...marks].sort((a, b) => isLooked(a) - isLooked(b))) this.drawMark(mark, isLooked(mark));
  }

  // A close-up of the view with the most marks; signs keep their size on the screen, so that they stand apart.
  zoom(isCloser) {
    this.isCloser = isCloser;
    this.closer.setAttribute("aria-pressed", String(isCloser));
    const whole = this.whole.split(" ").map(Number);
    const box = isCloser ? this.crowd(whole) : whole;
    for (const each of this.layers) {
      each.setAttribute("viewBox", box.join(" "));
      each.classList.toggle("selfcare-is-closer", isCloser);
    }
    this.scale = box[2] / whole[2];
    for (const words of this.words) {
      words.dataset.size ??= parseFloat(getComputedStyle(words).fontSize);
      words.style.fontSize = `${words.dataset.size * this.scale}px`;
    }
    this.drawMarks();
  }

  // The box around the marks of the view that has the most of them, in the proportions of the whole.
  crowd([, , width, height]) {
    const views = this.bodies.map((body) => this.boxOf(body));
    const inside = (view) => this.picture.marks.filter(([, , x, y]) => x >= view[0] && x <= view[2] && y >= view[1] && y <= view[3]);
    const marks = views.map(inside).reduce((most, some) => (some.length > most.length ? some : most), []);
    const [xs, ys] = [marks.map((mark) => mark[2]), marks.map((mark) => mark[3])];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const share = Math.min(1, Math.max(0.3, (right - left) / width + 0.16, (bottom - top) / height + 0.12));
    const [w, h] = [width * share, height * share];
    return [clamp((left + right - w) / 2, 0, width - w), clamp((top + bottom - h) / 2, 0, height - h), w, h].map(Math.round);
  }

  boxOf(view) {
    const { x, y, width, height } = view.getBBox();
    const { a, d, e, f } = view.transform.baseVal.consolidate()?.matrix ?? { a: 1, d: 1, e: 0, f: 0 };
    const [ys, ye] = [d * y + f, d * (y + height) + f];
    return [a * x + e, Math.min(ys, ye), a * (x + width) + e, Math.max(ys, ye)];
  }

  check(region, isChosen) {
    const checked = String(isChosen);
    if (region.getAttribute("aria-checked") !== checked) region.setAttribute("aria-checked", checked);
  }

  drawMark([x, y, atX, atY, symbol, point, side, isSmall, isStep], isLooked) {
    const states = { step: isStep, looked: isLooked, small: isSmall };
    const names = Object.keys(states).filter((state) => states[state]).map((state) => ` selfcare-is-${state}`).join("");
    // Nearer, there is room beside the place itself.
    if (this.isCloser) [x, y] = [atX + (x - atX) * this.scale, atY + (y - atY) * this.scale];
    const radius = this.radius * (this.isCloser ? this.scale : 1);
    const group = svgElement("g", { class: `selfcare-mark${names}`, "data-point": point, "data-side": side }, this.marks);
    if (x !== atX || y !== atY) svgElement("path", { d: `M${atX} ${atY}L${x} ${y}` }, group);
    // A small mark has no room for its symbol; the highlighted one shows it anyway.
    const isWritten = !isSmall || isLooked || this.isCloser;
    svgElement("circle", { cx: x, cy: y, r: isWritten ? radius : radius / 2.4 }, group);
    if (!isWritten) return;
    const size = (symbol.length > 1 ? 1.25 : 1.5) * radius;
    svgElement("text", { x, y: y + 0.36 * size, "font-size": size }, group).textContent = symbol;
  }

  // Zones are large, so they are drawn again only for another point.
  drawZones(looked) {
    const zones = this.zones.get(looked);
    if (looked && !zones) this.requestZones(looked);
    if (zones === this.drawn) return;
    this.drawn = zones;
    for (const { group } of this.groups) group.replaceChildren();
    for (const [index, kind, d, isFlipped] of zones ?? []) {
      const { group, dots } = this.groups[index];
      const look = kind === "primary" ? { fill: this.pain, "fill-opacity": 0.5 } : { fill: dots };
      const turn = isFlipped ? { transform: "scale(-1 1)" } : {};
      svgElement("path", { class: kind, d, stroke: this.pain, "vector-effect": "non-scaling-stroke", ...look, ...turn }, group);
    }
  }

  // The kernel sends zones once; a view that opened later has to request them.
  requestZones(looked) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.picture.looked === looked && !this.zones.has(looked)) this.channel.send({ do: "zones", of: looked });
    }, 300);
  }

  click(event) {
    // A mark never chooses what lies beneath it.
    const mark = event.target.closest(".selfcare-mark");
    if (mark) return this.clickMark(mark.dataset);
    const region = event.target.closest(".region");
    if (region) this.toggle(region);
  }

  // A click keeps a point's pain in sight; a second one adds the point.
  clickMark({ point, side }) {
    const key = `${point}.${side}`;
    if (this.kept === key && this.picture.add === key) this.channel.send({ do: "add", of: key });
    else this.channel.send({ do: "look", of: key });
    this.kept = key;
  }

  toggle(region) {
    const { area, side } = region.dataset;
    const isChosen = region.getAttribute("aria-checked") !== "true";
    for (const same of this.regions) {
      if (same.dataset.area === area && same.dataset.side === side) this.check(same, isChosen);
    }
    this.channel.send({ do: "toggle", area, side });
    this.focus(region);
  }

  focus(region) {
    // A pointer has given it the focus already; to give it once more would make the page do its layout at once.
    if (this.tabStop !== region) {
      this.tabStop.setAttribute("tabindex", "-1");
      region.setAttribute("tabindex", "0");
      this.tabStop = region;
    }
    if (document.activeElement !== region) region.focus({ preventScroll: true });
  }

  pressKey(event) {
    const region = event.target.closest(".region");
    if (!region || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextRegion(this.regions, region, event.key);
    if (event.key === " " || event.key === "Enter") this.toggle(region);
    else if (next === undefined) return;
    else if (next) this.focus(next);
    event.preventDefault();
  }

  // Pointing at a mark shows its pain, once the pointer has rested on it a moment.
  point(event) {
    const mark = event.target.closest?.(".selfcare-mark");
    clearTimeout(this.pointing);
    if (!mark || mark.classList.contains("selfcare-is-looked")) return;
    const of = `${mark.dataset.point}.${mark.dataset.side}`;
    this.pointing = setTimeout(() => this.channel.send({ do: "look", of }), 60);
  }

  showName(event) {
    if (event.type === "pointerover") this.point(event);
    const region = event.target.closest?.(".region");
    if (!this.name) return;
    this.name.hidden = !region;
    if (!region) return;
    this.name.textContent = region.dataset.name;
    // Measured with the frame's own layout: at once it would make the page do its layout twice.
    requestAnimationFrame(() => this.placeName(region));
  }

  placeName(region) {
    const box = region.getBoundingClientRect();
    const frame = this.el.getBoundingClientRect();
    this.name.style.left = `${Math.min(Math.max(box.x + box.width / 2 - frame.x, 60), frame.width - 60)}px`;
    this.name.style.top = `${box.y - frame.y}px`;
  }
}

export default {
  render(view) {
    const map = new BodyMapView(view);
    return () => map.close();
  },
};
