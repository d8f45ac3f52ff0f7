"""Shorts: an opaque piece of cloth with waistband, hems and seams, and the lines of the body that it hides.

Waist and hem run level around the body and sag a little where they pass in front of it, as cloth that is seen from
slightly above: how far depends on how squarely that side of the trunk or leg faces the viewer, so that the curve is
right in every view.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import ops
from skimage.measure import find_contours

from .camera import View
from .charts import AXIS_HEIGHT, AXIS_X, AXIS_Z
from .curves import Cubics, corners, fit, flatten, mirror, resample, reverse, smooth, spline
from .outline import Outline, half_ring
from .strokes import tapered

# Heights on the standing body at the sides, and how much lower it is in front of the viewer, in cm.
WAIST, WAIST_SAG, BAND = 98.3, 1.5, 2.1
HEM, HEM_SAG, STITCH = 72.6, 1.6, 1.0
TRUNK_AXIS = 1.5
EDGE_WIDTH, SEAM_WIDTH, STITCH_WIDTH = 0.2, 0.15, 0.11
UNDER_STROKE = 0.05
# The seams, each as points of the view that sees it best: at the outer side, down the middle behind and in front.
SEAMS = {
    "side": [[-0.2, 96.6], [-0.5, 88.0], [-0.9, 80.0], [-0.9, 71.5]],
    "back": [[0.0, 95.2], [0.0, 90.0], [0.0, 84.6]],
    "front": [[0.0, 95.2], [0.0, 90.0], [0.0, 85.4]],
}
# Below it the legs of the shorts part: where one passes in front of the other a line stays.
CROTCH = 83.0


@dataclass
class Cloth:
    """The shorts in one view: the cloth as a polygon in cm, and the lines on it as (points, width)."""

    polygon: shapely.Geometry
    lines: list[tuple[np.ndarray, float]]


def cut_cloth(view: View, outline: Outline, seams: list[np.ndarray]) -> Cloth:
    """Return the shorts of a view.

    Parameters
    ----------
    view, outline
        The view and its outline.
    seams : list of numpy.ndarray
        Seams that the view sees, as polylines in cm.
    """
    coarse = view.coarse(2)
    over_hem, under_waist = _heights(coarse)
    body = outline.polygon.buffer(-UNDER_STROKE)
    rings = [ring for ring in _level(coarse, np.minimum(over_hem, under_waist)) if len(ring) > 40]
    cloth = shapely.union_all([shapely.Polygon(ring).buffer(0) for ring in rings]).intersection(outline.polygon)
    cloth = shapely.union_all([part for part in getattr(cloth, "geoms", [cloth]) if part.area > 20])
    near = cloth.buffer(0.4)
    lines: list[tuple[np.ndarray, float]] = []
    for field, width in (
        (under_waist, EDGE_WIDTH),
        (over_hem, EDGE_WIDTH),
        (under_waist - BAND, SEAM_WIDTH),
        (over_hem - STITCH, STITCH_WIDTH),
    ):
        for ring in _level(coarse, field):
            # The level of waist and hem is found beyond the cloth as well.
            lines += [
                (points, width)
                for points in _inside(smooth(ring, 0.4, 0.12), body, 2.0)
                if near.contains(shapely.LineString(points))
            ]
    inner = cloth.buffer(-0.05)
    for seam in seams:
        lines += [(points, SEAM_WIDTH) for points in _inside(seam, inner, 1.5)]
    return Cloth(cloth, lines)


def _inside(points: np.ndarray, area: shapely.Geometry, shortest: float) -> list[np.ndarray]:
    """Return the parts of a line that lie in an area, those that are long enough."""
    run = shapely.LineString(points).intersection(area)
    parts = getattr(run, "geoms", [run])
    merged = ops.linemerge([part for part in parts if part.geom_type == "LineString" and not part.is_empty])
    return [np.array(part.coords) for part in getattr(merged, "geoms", [merged]) if part.length > shortest]


def _heights(view: View) -> tuple[np.ndarray, np.ndarray]:
    """Return for every pixel how far the skin is above the hem and below the waist, negative on the arms."""
    rows, columns = view.nearest_body
    x, y, z = np.moveaxis(view.standing[rows, columns], -1, 0)
    is_arm = view.arm_share[rows, columns] > 0.5
    leg_x = np.sign(x) * np.interp(y, AXIS_HEIGHT, AXIS_X)
    leg = _facing(view, x - leg_x, z - np.interp(y, AXIS_HEIGHT, AXIS_Z))
    trunk = _facing(view, x, z - TRUNK_AXIS)
    over_hem = y - HEM + HEM_SAG * leg
    under_waist = WAIST - WAIST_SAG * trunk - y
    return np.where(is_arm, -1.0, over_hem), np.where(is_arm, -1.0, under_waist)


def _facing(view: View, across: np.ndarray, ahead: np.ndarray) -> np.ndarray:
    """Return how squarely the side of an upright round body faces the viewer that lies this way from its axis."""
    toward = view.rotation[2]
    size = np.maximum(np.hypot(across, ahead), 1e-6)
    return np.maximum(0.0, (across * toward[0] + ahead * toward[2]) / size)


def _level(view: View, field: np.ndarray) -> list[np.ndarray]:
    """Return the lines in cm on which a field is 0."""
    padded = np.pad(field, 2, constant_values=-1.0)
    return [view.to_centimetres(ring[:, ::-1] - 2 + 0.5) for ring in find_contours(padded, 0.0)]


def curves_of(cloth: Cloth, symmetric: bool) -> list[Cubics]:
    """Return the cloth as closed curves."""
    curves = []
    for part in getattr(cloth.polygon, "geoms", [cloth.polygon]):
        ring = resample(np.array(part.exterior.coords), 0.15)
        if symmetric:
            half = resample(half_ring(ring), 0.15)
            curve = fit(half, 0.06, 3, corners(half, 4, 35))
            curves.append(curve + reverse(mirror(curve)))
        else:
            curves.append(fit(ring, 0.06, 3, corners(ring, 4, 35)))
    return curves


def seam_curves(cloth: Cloth, tolerance: float, symmetric: bool) -> list[Cubics]:
    """Return the lines on the cloth as filled shapes, in a symmetric view those of one half and their mirror images."""
    shapes = []
    for points, width in cloth.lines:
        # A shape laid over its mirror image would cancel it out.
        if not symmetric or np.abs(points[:, 0]).max() < 0.05:
            shapes.append(tapered(points, width, tolerance))
            continue
        run = shapely.LineString(points).intersection(shapely.box(0, -10, 99, 200))
        for part in getattr(run, "geoms", [run]):
            if part.length < 1:
                continue
            half = np.array(part.coords)
            half = half if half[0, 0] < half[-1, 0] else half[::-1]
            shape = tapered(half, width, tolerance, half=half[0, 0] < 0.05)
            shapes += [shape, mirror(shape)]
    return shapes


def seam_points(name: str) -> np.ndarray:
    """Return an authored seam as a polyline in cm of its own view."""
    return flatten(spline(SEAMS[name]), 12)
