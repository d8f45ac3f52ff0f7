// The body figure to point at: each region is a checkbox, for a pointer, for keys and for a screen
// reader. A click shows at once; numbers and pain zones come with the kernel's answer.

const SVG = "http://www.w3.org/2000/svg";

function svgElement(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

async function unpacked(buffer) {
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

class BodyMap {
  constructor({ model, el }) {
    this.el = el;
    this.zones = new Map();
    this.picture = null;
    this.listening = new AbortController();
    this.channel = openChannel(model, el, (...arrived) => this.receive(...arrived));
    el.classList.add("selfcare-map");
    el.addEventListener("click", (event) => this.click(event), { signal: this.listening.signal });
    el.addEventListener("keydown", (event) => this.press(event), { signal: this.listening.signal });
    for (const name of ["pointerover", "focusin"]) {
      el.addEventListener(name, (event) => this.tell(event), { signal: this.listening.signal });
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
    if (message.chart) this.build(await unpacked(buffers[0]));
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

  // Zones lie below the regions, in the units of their view, cut to its outline.
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
    const [point, looker] = looked.split(".");
    const isLooked = (mark) => mark[5] === point && [mark[6], "both"].includes(looker);
    for (const mark of [...marks].sort((a, b) => isLooked(a) - isLooked(b))) this.drawMark(mark, isLooked(mark));
    this.drawZones(looked);
  }

  check(region, isChosen) {
    const told = String(isChosen);
    if (region.getAttribute("aria-checked") !== told) region.setAttribute("aria-checked", told);
  }

  drawMark([x, y, atX, atY, sign, point, side, isSmall, isStep], isLooked) {
    const kinds = { step: isStep, looked: isLooked, small: isSmall };
    const names = Object.keys(kinds).filter((kind) => kinds[kind]).map((kind) => ` selfcare-is-${kind}`).join("");
    const group = svgElement("g", { class: `selfcare-mark${names}`, "data-point": point, "data-side": side }, this.marks);
    if (x !== atX || y !== atY) svgElement("path", { d: `M${atX} ${atY}L${x} ${y}` }, group);
    // There is no room to write it, but what is looked at is told anyway.
    const isWritten = !isSmall || isLooked;
    svgElement("circle", { cx: x, cy: y, r: isWritten ? this.radius : this.radius / 2.4 }, group);
    if (!isWritten) return;
    const size = (sign.length > 1 ? 1.25 : 1.5) * this.radius;
    svgElement("text", { x, y: y + 0.36 * size, "font-size": size }, group).textContent = sign;
  }

  // Zones are large: they are drawn again only when they are another point's.
  drawZones(looked) {
    const zones = this.zones.get(looked);
    if (looked && !zones) this.askFor(looked);
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

  // They come by themselves the first time; a view that opened later has to ask.
  askFor(looked) {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => {
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

  press(event) {
    const region = event.target.closest(".region");
    if (!region || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextRegion(this.regions, region, event.key);
    if (event.key === " " || event.key === "Enter") this.toggle(region);
    else if (next === undefined) return;
    else if (next) this.focus(next);
    event.preventDefault();
  }

  tell(event) {
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
    const map = new BodyMap(view);
    return () => map.close();
  },
};
