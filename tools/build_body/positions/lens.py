"""The lens: a circle beside the figure that enlarges where the body is touched."""

from __future__ import annotations

import numpy as np
import shapely
from scipy import ndimage

from ..curves import resample
from .figure import Figure
from .polylines import pieces
from .scene import Art, Scene, Stroke, Tone

RADIUS = 0.21
POWER = 2.5
GAP = 3.0
# Tried in turn until a free place is found: radius as a share of the wanted one, and how much the picture may grow.
TRIES = ((1, 1.0), (0.85, 1.0), (1, 1.15), (0.85, 1.25), (0.85, 1.45))
CELLS = 1.5
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


def place_lens(figure: Figure, scene: Scene, box: tuple) -> tuple[tuple, tuple | None]:
    """Return the picture's box, grown where it must be, and centre and radius of the lens."""
    room = _Room(figure, scene, box)
    size = max(box[2] - box[0], box[3] - box[1])
    target = scene.flat(scene.target)
    for share, growth in TRIES:
        radius = RADIUS * share * size
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
            score = 2.0 * crossed + far + 0.35 * (wide - (x1 - x0)) + 0.35 * (tall - (y1 - y0))
            if best is None or score < best[0]:
                best = (score, cx, cy)
    return None if best is None else np.array(best[1:])


def add_lens(figure: Figure, scene: Scene, art: Art, lens: tuple) -> None:
    """Add the lens, what it shows, and the thin line that ties it to its place."""
    from .drawing import DOT, dot, flat_art

    cx, cy, radius = lens
    inset = scene.inset
    turn, reach = (scene.turn, radius / POWER) if inset is None else (inset.turn, inset.reach)
    target = (scene.target @ turn.T)[:2]
    small = (target[0] - reach, target[1] - reach, target[0] + reach, target[1] + reach)
    props = None if inset is None else [prop for prop in scene.props if prop.kind in inset.props]
    inner = flat_art(figure, scene, turn, small, DETAIL, None if inset is None else inset.faces, props, PIXELS)
    if inset is None:
        inner.strokes += [Stroke("ground", np.asarray(line)) for line in scene.ground]
    _add_cut(art, inner, target, np.array([cx, cy]), radius, radius / reach)
    if scene.dot:
        art.tones.append(dot(np.array([cx, cy]), DOT * radius / reach * 0.8 * art.size / 100))
    here = scene.flat(scene.target)
    ring = radius / POWER * 0.55
    art.lenses += [(cx, cy, radius), (*here, ring)]
    way = np.array([cx, cy]) - here
    way /= max(np.linalg.norm(way), 1e-9)
    art.strokes.append(Stroke("lens", np.array([here + way * ring, np.array([cx, cy]) - way * radius])))


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
        least = 0.5 if stroke.kind == "ground" else 2.0
        for part in pieces(shapely.LineString(moved(stroke.line)).intersection(circle), least):
            art.strokes.append(Stroke(stroke.kind, part))
