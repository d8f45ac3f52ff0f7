// The view of the body figure: each region is a checkbox, for a pointer, for keys and for a screen reader. A click shows
// at once; numbers and pain zones come with the kernel's answer.

const SVG = "http://www.w3.org/2000/svg";

function svgElement(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

async function decompress(buffer) {
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

class BodyMapView {
  constructor({ model, el }) {
    this.el = el;
    this.zones = new Map();
    this.picture = null;
    this.listening = new AbortController();
    this.channel = openChannel(model, el, (...message) => this.receive(...message));
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
    this.el.innerHTML = svg;
    this.svg = this.el.querySelector("svg");
    this.panels = panels;
    this.radius = radius;
    this.pain = pain;
    this.svg.removeAttribute("width");
    this.svg.removeAttribute("height");
    this.svg.setAttribute("role", "group");
    this.svg.removeAttribute("aria-labelledby");
    this.svg.setAttribute("aria-label", "Body figure: choose where it hurts. Left and right arrow go from area to area, up and down to the one above or below, page keys to another view; Space chooses.");
    this.svg.querySelectorAll("title, desc").forEach((words) => words.remove());
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
    this.regions[0]?.setAttribute("tabindex", "0");
    this.groups = views.map((view, index) => this.zoneGroup(view, index));
    this.marks = svgElement("g", { class: "selfcare-marks", "aria-hidden": "true" }, this.svg);
    this.name = document.createElement("div");
    this.name.className = "selfcare-map-name";
    this.name.hidden = true;
    this.name.setAttribute("aria-hidden", "true");
    this.legend = document.createElement("p");
    this.legend.className = "selfcare-map-legend";
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
    const outline = drawing.querySelector("clipPath");
    if (clip) {
      svgElement("path", { d: clip }, svgElement("clipPath", { id: `${id}-clip` }, defs));
      group.setAttribute("clip-path", `url(#${id}-clip)`);
    } else if (outline) {
      group.setAttribute("clip-path", `url(#${[...drawing.querySelectorAll("clipPath")].at(-1).id})`);
    }
    drawing.querySelector(".regions").before(group);
    return { group, dots: `url(#${id}-dots)` };
  }

  draw() {
    if (!this.svg || !this.picture) return;
    const { picked, marks, looked, words } = this.picture;
    this.legend.textContent = words;
    const chosen = new Set(picked);
    for (const region of this.regions) {
      this.check(region, chosen.has(`${region.dataset.area}.${region.dataset.side}`));
    }
    this.marks.replaceChildren();
    const [point, side] = looked.split(".");
    const isLooked = (mark) => mark[5] === point && [mark[6], "both"].includes(side);
    for (const mark of [...marks].sort((a, b) => isLooked(a) - isLooked(b))) this.drawMark(mark, isLooked(mark));
    this.drawZones(looked);
  }

  check(region, isChosen) {
    const checked = String(isChosen);
    if (region.getAttribute("aria-checked") !== checked) region.setAttribute("aria-checked", checked);
  }

  drawMark([x, y, atX, atY, symbol, point, side, isSmall, isStep], isLooked) {
    const states = { step: isStep, looked: isLooked, small: isSmall };
    const names = Object.keys(states).filter((state) => states[state]).map((state) => ` selfcare-is-${state}`).join("");
    const group = svgElement("g", { class: `selfcare-mark${names}`, "data-point": point, "data-side": side }, this.marks);
    if (x !== atX || y !== atY) svgElement("path", { d: `M${atX} ${atY}L${x} ${y}` }, group);
    // A small mark has no room for its symbol; the highlighted one shows it anyway.
    const isWritten = !isSmall || isLooked;
    svgElement("circle", { cx: x, cy: y, r: isWritten ? this.radius : this.radius / 2.4 }, group);
    if (!isWritten) return;
    const size = (symbol.length > 1 ? 1.25 : 1.5) * this.radius;
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
    const region = event.target.closest(".region");
    if (region) this.toggle(region);
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
    for (const each of this.regions) each.setAttribute("tabindex", each === region ? "0" : "-1");
    region.focus({ preventScroll: true });
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

  showName(event) {
    const region = event.target.closest?.(".region");
    if (!this.name) return;
    this.name.hidden = !region;
    if (!region) return;
    this.name.textContent = region.dataset.name;
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
