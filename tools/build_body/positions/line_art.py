"""From what is seen to strokes: the outline, the contours inside it, and where limbs touch.

Sizes are shares of the picture's own size (`unit` is 1 % of it): what counts is what 3 cm of paper can hold.
"""

from __future__ import annotations

import numpy as np
import shapely
from scipy import ndimage

from ..curves import lengths, resample, smooth
from .figure import LEFT, NONE, RIGHT
from .polylines import joined, opened, pieces, runs, stitched, zero_lines
from .scene import Art, Stroke
from .sight import NOTHING, Sight

# Lines nearer than this run into one; a line shorter than this that ends at no other is dropped.
SPACE, LOOSE, TIED = 1.0, 6.0, 1.6


def add_lines(sight: Sight, art: Art, unit: float) -> list[shapely.LinearRing]:
    """Add outline and inner lines; return the rings of the outline."""
    rings = [smooth(ring, 0.5 * unit, 0.12 * unit, True) for ring in _outline(sight, unit)]
    _add_outline(sight, art, unit, rings)
    outline = [shapely.LinearRing(ring) for ring in rings]
    inner = _contours(sight, unit, outline)
    taken = [s.line for s in art.strokes] + inner
    inner += _touching(sight, unit, taken)
    art.strokes += [Stroke("face" if _on_head(sight, line) else "inner", line) for line in stitched(inner, unit)]
    return outline


def _outline(sight: Sight, unit: float) -> list[np.ndarray]:
    """Return the rings around the body; gaps narrower than a line, between fingers, are closed."""
    radius = 0.45 * unit * sight.px
    padded = np.pad(sight.body.mask, 40)
    grown = ndimage.distance_transform_edt(~padded) <= radius
    closed = ((ndimage.distance_transform_edt(grown) > radius) | padded)[40:-40, 40:-40]
    return sight.rings(closed, 1.5, least=7 * unit**2)


def _add_outline(sight: Sight, art: Art, unit: float, rings: list[np.ndarray]) -> None:
    """Add the outline where no prop stands before it."""
    nearest = ndimage.distance_transform_edt(~sight.body.mask, return_distances=False, return_indices=True)
    front = ndimage.maximum_filter(np.where(sight.owner > 0, sight.depth, NOTHING), 3)
    for line in rings:
        row, column = sight.cells(line)
        own = sight.body.depth[nearest[0][row, column], nearest[1][row, column]]
        shown = (front[row, column] < own + 0.3) & sight.inside(line, 0.4 * unit)
        if shown.all():
            art.strokes.append(Stroke("outline", line, True))
            continue
        line, shown = opened(line, shown)
        for a, b in runs(shown, lengths(line), 0.8 * unit, 1.0 * unit):
            art.strokes.append(Stroke("outline", line[a : b + 1]))


def _contours(sight: Sight, unit: float, outline: list) -> list[np.ndarray]:
    """Return the contours inside the outline: where one part of the body passes before another."""
    found = []
    for line in zero_lines(sight.points, sight.normals[:, 2], sight.faces):
        line = resample(line, 0.1 * unit)
        soft = ndimage.gaussian_filter1d(line, 4, axis=0, mode="nearest")
        for a, b in runs(sight.visible(line, 0.35), lengths(soft[:, :2]), 1.2 * unit, 2.0 * unit):
            found.append(soft[a : b + 1, :2])

    def shortest(line: np.ndarray, on_face: float) -> float:
        return (on_face if _on_head(sight, line) else 2.6) * unit

    taken = shapely.union_all(outline).buffer(0.55 * unit) if outline else shapely.Polygon()
    kept = []
    for line in sorted(found, key=lambda line: -lengths(line)[-1]):
        size = lengths(line)[-1]
        is_knot = size < 4.6 * unit and np.linalg.norm(line[-1] - line[0]) < 0.5 * size
        if is_knot or size < shortest(line, 5.0):
            continue
        for part in pieces(shapely.LineString(line).difference(taken), 0):
            size = lengths(part)[-1]
            if size < shortest(part, 6.6) or (size < LOOSE * unit and not _is_tied(part, outline, kept, TIED * unit)):
                continue
            kept.append(smooth(joined(part, outline, 1.3 * unit), 0.5 * unit, 0.12 * unit))
            taken = taken.union(shapely.LineString(part).buffer(SPACE * unit))
    return kept


def _is_tied(line: np.ndarray, outline: list, kept: list[np.ndarray], reach: float) -> bool:
    """Return whether a line begins or ends at another one; a short one in the open is a speck."""
    others = [*outline, *(shapely.LineString(each) for each in kept)]
    ends = [shapely.Point(line[0]), shapely.Point(line[-1])]
    return any(other.distance(end) < reach for other in others for end in ends)


def _on_head(sight: Sight, line: np.ndarray) -> bool:
    """Return whether a line lies on the head: chin and cheeks are drawn lightly there, as the face is."""
    row, column = sight.cells(line)
    return bool(sight.head[row, column].mean() > 0.5)


def _touching(sight: Sight, unit: float, taken: list[np.ndarray]) -> list[np.ndarray]:
    """Return the edges of forearms and hands where they touch another part, which leaves no contour there."""
    near = shapely.union_all([shapely.LineString(line).buffer(0.9 * unit) for line in taken])
    kept = []
    for limb in (LEFT, RIGHT):
        mask = ndimage.binary_opening(sight.limb == limb, iterations=2)
        other = (sight.limb == NONE) | (sight.limb == LEFT + RIGHT - limb)
        other = ndimage.binary_dilation(other, iterations=4)
        for ring in sight.rings(mask, 1.5, least=2 * unit**2):
            line = smooth(ring, 0.4 * unit, 0.12 * unit, True)
            beside = other[sight.cells(line)]
            if not beside.all():
                line, beside = opened(line, beside)
            for a, b in runs(beside, lengths(line), 0.8 * unit, 1.5 * unit):
                if b > a:
                    rest = shapely.LineString(line[a : b + 1]).difference(near)
                    kept += [smooth(part, 0.3 * unit, 0.12 * unit) for part in pieces(rest, 1.3 * unit)]
    return kept
