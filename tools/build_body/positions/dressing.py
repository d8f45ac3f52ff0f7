"""Tones and seams of the clothes, marks of the face, and the props of a scene."""

from __future__ import annotations

import numpy as np
import shapely
from scipy import ndimage

from ..curves import lengths, resample, smooth
from .clothes import HAIR, SHORTS, TOP
from .polylines import joined, pieces, runs, zero_lines
from .scene import Art, Stroke, Tone
from .sight import NOTHING, Sight

HATCH = 3.4


def add_skin(sight: Sight, art: Art, unit: float, aid: np.ndarray | None) -> None:
    """Add the tone of the body, and that of the part of it that presses."""
    masks = {"skin": sight.owner == 0}
    if aid is not None:
        masks["aid"] = masks["skin"] & (sight.body.interpolate(aid)[..., 0] > 0)
    for kind, mask in masks.items():
        rings = [smooth(ring, 0.4 * unit, 0.15 * unit, True) for ring in sight.rings(mask, 1.5, 0.8 * unit**2)]
        if rings:
            art.tones.append(Tone(kind, rings))
        if kind == "aid":
            art.strokes += _hatched(art, unit, rings)


def _hatched(art: Art, unit: float, rings: list[np.ndarray]) -> list[Stroke]:
    """Return slanting lines that fill rings: a tone for prints without grey."""
    shape = shapely.union_all([shapely.Polygon(ring).buffer(-0.6 * unit) for ring in rings])
    x0, y0, x1, y1 = art.box
    wide = x1 - x0 + y1 - y0
    lines = [shapely.LineString([(x, y0), (x - wide, y0 + wide)]) for x in np.arange(x0, x0 + 2 * wide, HATCH * unit)]
    found = [part for line in lines for part in pieces(line.intersection(shape), unit)]
    return [Stroke("hatch", part) for part in found]


def add_clothes(sight: Sight, art: Art, unit: float, outline: list) -> None:
    """Add tones and seams of shorts, top and hair."""
    image = sight.body.interpolate(sight.figure.depth)
    seen = sight.owner == 0
    hair = seen & (image[..., HAIR] > 0)
    top = seen & (image[..., TOP] > 0) & ~hair
    shorts = seen & (image[..., SHORTS] > 0) & ~top
    for kind, mask in (("top", top), ("shorts", shorts), ("hair", hair)):
        mask = ndimage.binary_opening(mask, iterations=2)
        rings = [smooth(ring, 0.3 * unit, 0.15 * unit, True) for ring in sight.rings(mask, 1.5, 0.8 * unit**2)]
        if rings:
            art.tones.append(Tone(kind, rings))
    near = [shapely.LineString(s.line).buffer(0.7 * unit) for s in art.strokes if s.kind == "inner"]
    near = shapely.union_all([*near, *(ring.buffer(0.25 * unit) for ring in outline)])
    for column in (TOP, SHORTS, HAIR):
        for line in zero_lines(sight.points, sight.figure.depth[:, column], sight.faces):
            line = resample(line, 0.1 * unit)
            shown = sight.visible(line, 0.5)
            if column == SHORTS:  # the top hangs over their waist
                shown &= image[..., TOP][sight.cells(line)] <= 0
            soft = ndimage.gaussian_filter1d(line, 6, axis=0, mode="nearest")
            for a, b in runs(shown, lengths(soft[:, :2]), 1.0 * unit, 2.0 * unit):
                for part in pieces(shapely.LineString(soft[a : b + 1, :2]).difference(near), 1.8 * unit):
                    part = smooth(joined(part, outline, 0.8 * unit), 0.4 * unit, 0.12 * unit)
                    art.strokes.append(Stroke("seam", part))


def add_props(sight: Sight, art: Art, unit: float) -> None:
    """Add the tones of the props, and the edges of the furniture; the parts of one tool are one shape."""
    groups: dict[tuple, list[int]] = {}
    for i, (prop, _) in enumerate(sight.props, 1):
        groups.setdefault((prop.kind,) if prop.kind == "tool" else (prop.kind, i), []).append(i)
    for (kind, *_), numbers in groups.items():
        mask = np.isin(sight.owner, numbers)
        rings = [smooth(ring, 0.15 * unit, 0.1 * unit, True) for ring in sight.rings(mask, 0.8, 0.05 * unit**2)]
        if not rings:
            continue
        art.tones.append(Tone(kind, rings))
        prop = sight.props[numbers[0] - 1][0]
        if prop.edges:
            _add_edges(sight, art, unit, prop, shapely.union_all([shapely.LinearRing(r) for r in rings]))


def _add_edges(sight: Sight, art: Art, unit: float, prop, rim: shapely.Geometry) -> None:
    rim = rim.buffer(0.5 * unit)
    depth = ndimage.minimum_filter(np.where(sight.owner >= 0, sight.depth, NOTHING), 3)
    for edge in prop.edges:
        line = resample(edge @ sight.turn.T, 0.15 * unit)
        shown = line[:, 2] + 0.4 >= depth[sight.cells(line[:, :2])]
        for a, b in runs(shown, lengths(line[:, :2]), 0.8 * unit, 0.9 * unit):
            rest = shapely.LineString(line[[a, b], :2]).difference(rim)
            if rest.geom_type == "LineString" and rest.length > 1.5 * unit:
                art.strokes.append(Stroke("prop", line[[a, b], :2]))
