"""A drawing as data: whole units, one path string of M, c, l and z for each kind of line and tone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely

from ..curves import Cubics, corners, fit, fit_closed, lengths, line, resample
from ..paths import PathWriter
from .scene import LINES, TONES, Art

UNITS = 480
TOLERANCE = {
    "skin": 2.0,
    "aid": 1.2,
    "top": 1.6,
    "shorts": 1.6,
    "hair": 1.6,
    "shadow": 2.0,
    "ball": 0.5,
    "tool": 0.7,
    "lane": 0.6,
    "accent": 0.6,
}
STRAIGHT = ("furniture", "prop", "ground", "hatch")


def pack(art: Art) -> dict:
    """Return a drawing as plain data, 480 units along its longer side, y down.

    Returns
    -------
    dict
        `size`, `tones` and `lines` by kind, and `lenses` as (x, y, radius).
    """
    unit = art.size / UNITS
    x0, y0, x1, y1 = art.box
    write = PathWriter(unit)
    corner = np.array([x0, y1])
    tones, lines = {}, {}
    for kind in TONES:
        rings = [ring for tone in art.tones if tone.kind == kind for ring in tone.rings]
        d = write.curves([_curve(ring - corner, True, kind, unit) for ring in rings])
        if d:
            tones[kind] = d
    for kind in LINES:
        found = [stroke for stroke in art.strokes if stroke.kind == kind]
        d = "".join(write.curve(c, s.closed) for s in found if (c := _curve(s.line - corner, s.closed, kind, unit)))
        if d:
            lines[kind] = d
    lenses = [[round(v / unit) for v in (x - x0, y1 - y, r)] for x, y, r in art.lenses]
    size = [round((x1 - x0) / unit), round((y1 - y0) / unit)]
    return {"size": size, "tones": tones, "lines": lines, "lenses": lenses}


def _curve(points: np.ndarray, closed: bool, kind: str, unit: float) -> Cubics:
    """Return the cubics along a polyline, a closed one without a kink where it has none."""
    if closed and not np.allclose(points[0], points[-1]):
        points = np.r_[points, points[:1]]
    if kind in STRAIGHT or len(points) <= 6:
        if len(points) > 2:
            points = np.array(shapely.LineString(points).simplify(1.6 * unit).coords)
        return [line(a, b) for a, b in pairwise(points)]
    tolerance = TOLERANCE.get(kind, 1.2 if closed else 1.0) * unit
    even = resample(points, max(lengths(points)[-1] / 500, 1.5 * unit))
    if not closed:
        return fit(even, tolerance, 5, corners(even, 4, 60) if len(even) > 9 else [])
    ring = even[:-1]
    wrapped = np.r_[ring[-12:], ring, ring[:12]]
    sharp = sorted({(i - 12) % len(ring) for i in corners(wrapped, 4, 60)}) if len(ring) > 24 else []
    if not sharp:
        return fit_closed(ring, tolerance, 5, 3) if len(ring) > 12 else [line(a, b) for a, b in pairwise(points)]
    turned = np.r_[ring[sharp[0] :], ring[: sharp[0] + 1]]
    return fit(turned, tolerance, 5, [i - sharp[0] for i in sharp[1:]])
