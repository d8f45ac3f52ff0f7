// The order of the figure's regions, and the region that a key leads to.

function middleOf(region) {
  const { x, y, width, height } = region.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}

// From top to bottom, and from left to right at about the same height.
function inReadingOrder(view) {
  const placed = [...view.querySelectorAll(".region")].map((region) => [region, ...middleOf(region)]);
  const row = view.getBoundingClientRect().height / 24 || 1;
  const rowOf = (each) => Math.round(each[2] / row);
  return placed.sort((a, b) => rowOf(a) - rowOf(b) || a[1] - b[1]).map(([region]) => region);
}

// Undefined for a key that does not navigate, null where there is no region.
function nextRegion(regions, region, key) {
  const at = regions.indexOf(region);
  const view = (each) => each.closest("[data-view]");
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (step) return regions[at + step] ?? null;
  if (key === "Home") return regions[0];
  if (key === "End") return regions.at(-1);
  if (key === "PageDown") return regions.slice(at).find((each) => view(each) !== view(region)) ?? null;
  if (key === "PageUp") {
    const before = regions.slice(0, at).findLast((each) => view(each) !== view(region));
    return before ? regions.find((each) => view(each) === view(before)) : null;
  }
  const down = { ArrowUp: -1, ArrowDown: 1 }[key];
  return down ? nearestRegion(regions.filter((each) => view(each) === view(region)), region, down) : undefined;
}

// The nearest region of the same view above or below; a sideways distance counts more.
function nearestRegion(regions, region, down) {
  const [x, y] = middleOf(region);
  let best = null;
  for (const each of regions) {
    const [ex, ey] = middleOf(each);
    const along = (ey - y) * down;
    const distance = along + 2.5 * Math.abs(ex - x);
    if (each !== region && along > 1 && (!best || distance < best.distance)) best = { each, distance };
  }
  return best?.each ?? null;
}
