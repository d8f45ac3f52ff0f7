"""The lens: a circle beside the figure that enlarges where the body is touched."""

from __future__ import annotations

import numpy as np
import shapely
from scipy import ndimage

from ..curves import resample
from .chart import Chart
from .figure import Figure
from .polylines import pieces
from .scene import Art, Scene, Stroke, Tone, arrow

RADIUS = 0.21
POWER = 2.2
GAP = 3.0
# A line that stays outside this share of the radius runs along the rim and says nothing.
RIM = 0.9
# The arrow of a lane in the lens: from, to and the size of its head, as shares of its reach.
LANE = (-0.1, 0.8, 0.16)
# Tried in turn until a free place is found: radius as a share of the wanted one, and how much the picture may grow.
TRIES = ((1, 1.0), (0.85, 1.0), (1, 1.15), (0.85, 1.25), (0.85, 1.45))
CELLS = 1.5
# The dot on a chart, as a share of the radius of the lens.
CHART_DOT = 0.075
DETAIL = 1.8
PIXELS = 560


class _Room:
    """Which places around a picture are taken."""

    def __init__(self, figure: Figure, scene: Scene, box: tuple):
        size = max(box[2] - box[0], box[3] - box[1])
        self.low = np.array([box[0] - size, box[1] - size])
        count = ((np.array([box[2], box[3]]) + size - self.low) * CELLS).astype(int) + 1
        self.taken = np.zeros(count[::-1], bool)
        for vertices, faces in [(scene.body, figure.faces), *((p.vertices, p.faces) for p in scene.props)]:
            self._fill(scene.flat(vertices)[faces])
        for line in (*scene.ground, *scene.marks, *scene.lane):
            self._mark(resample(np.asarray(line), 0.5))
        self.clear = ndimage.distance_transform_edt(~self.taken) / CELLS - 1.5

    def _fill(self, corners: np.ndarray) -> None:
        steps = 2 if len(corners) > 500 else 24
        for i in range(steps + 1):
            for j in range(steps + 1 - i):
                share = np.array([i, j, steps - i - j])[None, :, None] / steps
                self._mark((corners * share).sum(axis=1))

    def _mark(self, points: np.ndarray) -> None:
        column, row = ((points - self.low) * CELLS).astype(int).T
        self.taken[np.clip(row, 0, self.taken.shape[0] - 1), np.clip(column, 0, self.taken.shape[1] - 1)] = True

    def at(self, points: np.ndarray) -> np.ndarray:
        """Return how far places are from what is taken."""
        column, row = ((np.atleast_2d(points) - self.low) * CELLS).astype(int).T
        return self.clear[row, column]


def place_lens(figure: Figure, scene: Scene, box: tuple, wanted: float = RADIUS) -> tuple[tuple, tuple | None]:
    """Return the picture's box, grown where it must be, and centre and radius of the lens."""
    room = _Room(figure, scene, box)
    size = max(box[2] - box[0], box[3] - box[1])
    target = scene.flat(scene.target)
    for share, growth in TRIES:
        radius = wanted * share * size
        centre = _free_place(room, box, target, radius, size * growth)
        if centre is not None:
            r = radius + GAP
            wider = (
                min(box[0], centre[0] - r), min(box[1], centre[1] - r),
                max(box[2], centre[0] + r), max(box[3], centre[1] + r),
            )  # fmt: skip
            return wider, (*centre, radius)
    return box, None


def _free_place(room: _Room, box: tuple, target: np.ndarray, radius: float, largest: float) -> np.ndarray | None:
    """Return the free place nearest to the target whose connector crosses the body least."""
    x0, y0, x1, y1 = box
    r = radius + GAP
    spare = (largest - (x1 - x0), largest - (y1 - y0))
    best = None
    for cx in np.arange(x0 - spare[0] + r, x1 + spare[0] - r + 0.1, 2.0):
        for cy in np.arange(y0 + r, y1 + spare[1] - r + 0.1, 2.0):
            wide, tall = max(x1, cx + r) - min(x0, cx - r), max(y1, cy + r) - y0
            if max(wide, tall) > largest * 1.001 or room.at((cx, cy))[0] < r:
                continue
            way = target + np.linspace(0, 1, 40)[:, None] * (np.array([cx, cy]) - target)
            far = np.hypot(cx - target[0], cy - target[1])
            crossed = (room.at(way) < 0).mean() * far
            score = 4.0 * crossed + far + 0.35 * (wide - (x1 - x0)) + 0.35 * (tall - (y1 - y0))
            if best is None or score < best[0]:
                best = (score, cx, cy)
    return None if best is None else np.array(best[1:])


def add_lens(figure: Figure, scene: Scene, art: Art, lens: tuple, chart: Chart | None = None) -> None:
    """Add the lens, what it shows, and the thin line that ties it to its place."""
    cx, cy, radius = lens
    if chart is None:
        _add_scene(figure, scene, art, lens)
    else:
        _add_chart(figure, art, lens, chart)
    here = scene.flat(scene.target)
    ring = radius / POWER * 0.55
    art.lenses += [(cx, cy, radius), (*here, ring)]
    way = np.array([cx, cy]) - here
    way /= max(np.linalg.norm(way), 1e-9)
    art.strokes.append(Stroke("lens", np.array([here + way * ring, np.array([cx, cy]) - way * radius])))


def _add_scene(figure: Figure, scene: Scene, art: Art, lens: tuple) -> None:
    """Add the scene enlarged, or what its own inset shows of it."""
    from .drawing import DOT, dot, flat_art

    cx, cy, radius = lens
    inset = scene.inset
    turn, reach = (scene.turn, radius / POWER) if inset is None else (inset.turn, inset.reach)
    target = ((scene.target if inset is None else inset.centre) @ turn.T)[:2]
    small = (target[0] - reach, target[1] - reach, target[0] + reach, target[1] + reach)
    props = None if inset is None else [prop for prop in scene.props if prop.kind in inset.props]
    inner = flat_art(figure, scene, turn, small, DETAIL, None if inset is None else inset.faces, props, PIXELS)
    if inset is None:
        inner.strokes += [Stroke("ground", np.asarray(line)) for line in scene.ground]
        inner.strokes += [Stroke("lane", line) for line in _lane_in_lens(scene, target, reach)]
    _add_cut(art, inner, target, np.array([cx, cy]), radius, radius / reach)
    if scene.dot:
        art.tones.append(dot(np.array([cx, cy]), DOT * radius / reach * 0.8 * art.size / 100))


def _add_chart(figure: Figure, art: Art, lens: tuple, chart: Chart) -> None:
    """Add a part of the standing body with a dot on the place; of the other side the outline alone, in thin lines."""
    from .drawing import dot, flat_art

    cx, cy, radius = lens
    still = Scene(figure.stand, [], chart.turn, chart.place)
    target, reach = still.flat(chart.centre), chart.reach
    small = (*(target - reach), *(target + reach))
    inner = flat_art(figure, still, chart.turn, small, chart.detail, chart.faces, [], PIXELS)
    if chart.other is not None:
        apart = Scene(figure.stand - chart.apart, [], chart.turn, chart.place)
        beside = flat_art(figure, apart, chart.turn, small, chart.detail, chart.other, [], PIXELS)
        inner.strokes += [Stroke("seam", s.line, s.closed) for s in beside.strokes if s.kind == "outline"]
    inner.strokes += [Stroke("seam", still.flat(line)) for line in chart.marks]
    _add_cut(art, inner, target, np.array([cx, cy]), radius, radius / reach)
    place = (still.flat(chart.place) - target) * radius / reach + [cx, cy]
    art.tones.append(dot(place, CHART_DOT * radius))


def _lane_in_lens(scene: Scene, target: np.ndarray, reach: float) -> list:
    """Return an arrow the way of the lane, beside what touches."""
    if not scene.lane:
        return []
    start, end = np.asarray(scene.lane[0])
    way = (end - start) / np.linalg.norm(end - start)
    aside = start - target
    aside = aside - way * (aside @ way)
    from_here = target + aside + way * LANE[0] * reach
    return arrow(from_here, from_here + way * (LANE[1] - LANE[0]) * reach, LANE[2] * reach)


def _add_cut(art: Art, inner: Art, target: np.ndarray, centre: np.ndarray, radius: float, power: float) -> None:
    """Add an enlarged drawing, cut to the circle."""
    circle = shapely.Point(centre).buffer(radius, 48)

    def moved(points: np.ndarray) -> np.ndarray:
        return (np.asarray(points) - target) * power + centre

    for tone in inner.tones:
        rings = []
        for ring in tone.rings:
            shape = shapely.Polygon(moved(ring)).buffer(0).intersection(circle)
            parts = getattr(shape, "geoms", [shape])
            rings += [np.array(p.exterior.coords) for p in parts if p.geom_type == "Polygon" and p.area > 1]
        if rings:
            art.tones.append(Tone(tone.kind, rings))
    for stroke in inner.strokes:
        least = 0.5 if stroke.kind in ("ground", "hatch") else 2.0
        for part in pieces(shapely.LineString(moved(stroke.line)).intersection(circle), least):
            if shapely.LineString(part).distance(shapely.Point(centre)) > RIM * radius:
                continue
            art.strokes.append(Stroke(stroke.kind, part))
