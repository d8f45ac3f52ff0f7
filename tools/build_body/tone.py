"""Soft tone: areas of equal brightness under lamps at and above the viewer, as nested shapes from dark to light."""

from __future__ import annotations

import numpy as np
import shapely
from scipy import ndimage
from skimage.measure import find_contours

from .camera import View
from .curves import Cubics, fit, fit_closed, mirror, resample, reverse, smooth
from .outline import Finish, Outline, half_ring

LEVELS = (0.50, 0.66, 0.79, 0.89)
UNDER_STROKE = 0.08
LIFT = 0.5
DEPTH_STEP = 1.0


def tones(view: View, outline: Outline, finish: Finish, symmetric: bool, smallest: float) -> list[list[Cubics]]:
    """Return, for every level, closed curves to be filled by the even-odd rule.

    The shapes keep inside the outline, so that a drawing needs no clipping.
    """
    coarse = view.coarse(2)
    light = _light(coarse, outline.mask[::2, ::2], finish)
    if symmetric:
        light = (light + _mirrored(coarse, light)) / 2
    inside = outline.polygon.buffer(-UNDER_STROKE)
    levels = []
    for level in LEVELS:
        shape = _shape(coarse, light, level, smallest).intersection(inside)
        shape = shape.buffer(-0.25 * finish.tone_blur).buffer(0.25 * finish.tone_blur)
        levels.append(_curves(shape, finish, symmetric, smallest))
    return levels


def _light(view: View, mask: np.ndarray, finish: Finish) -> np.ndarray:
    """Return the brightness of every pixel.

    It is soft, and lifted away from the outline and other edges, where dark patches would only look dirty.
    """
    weight = view.mask.astype(float)
    radius = finish.tone_blur * view.pixels
    below = np.maximum(ndimage.gaussian_filter(weight, radius), 1e-6)
    light = ndimage.gaussian_filter(view.lit * weight, radius) / below
    near = ndimage.maximum_filter(view.depth, 3) - ndimage.minimum_filter(np.where(view.mask, view.depth, np.inf), 3)
    depth = ndimage.distance_transform_edt(mask & ~(near > DEPTH_STEP)) / view.pixels
    start, end = finish.tone_rim
    inner = np.clip((depth - start) / (end - start), 0, 1)
    lift = LIFT * inner * inner * (3 - 2 * inner)
    lifted = ndimage.gaussian_filter((light + (1 - light) * lift) * weight, radius / 2)
    return np.where(mask, lifted / np.maximum(ndimage.gaussian_filter(weight, radius / 2), 1e-6), 0)


def _mirrored(view: View, image: np.ndarray) -> np.ndarray:
    """Return the image reflected in the midline of the view."""
    columns = np.arange(view.width)
    x = view.box[0] + (columns + 0.5) / view.pixels
    return image[:, np.clip(np.rint((-x - view.box[0]) * view.pixels - 0.5).astype(int), 0, view.width - 1)]


def _shape(view: View, light: np.ndarray, level: float, smallest: float) -> shapely.Geometry:
    """Return where the picture is at least as light as a level."""
    shape = shapely.Polygon()
    for ring in find_contours(np.pad(light, 4), level):
        ring = view.to_centimetres(ring[:, ::-1] - 4 + 0.5)
        if len(ring) > 8 and np.allclose(ring[0], ring[-1]):
            polygon = shapely.Polygon(ring).buffer(0)
            if polygon.area > smallest:
                shape = shape.symmetric_difference(polygon)
    return shape


def _curves(shape: shapely.Geometry, finish: Finish, symmetric: bool, smallest: float) -> list[Cubics]:
    """Return the rings of a shape as curves; a symmetric shape is drawn from its left half."""
    curves = []
    for ring in _rings(shape):
        if shapely.Polygon(ring).area < smallest:
            continue
        across = symmetric and ring[:, 0].min() < -0.02 and ring[:, 0].max() > 0.02
        if across:
            half = resample(smooth(half_ring(ring), finish.tone_blur * 0.6), 0.25)
            curve = fit(half, finish.tone_tolerance, 3)
            curves.append(curve + reverse(mirror(curve)))
        elif not symmetric or ring[:, 0].mean() > 0:
            curve = fit_closed(smooth(ring, finish.tone_blur * 0.6, closed=True)[::2], finish.tone_tolerance)
            curves += [curve, mirror(curve)] if symmetric else [curve]
    return curves


def _rings(shape: shapely.Geometry) -> list[np.ndarray]:
    """Return exteriors and holes."""
    polygons = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon" and not part.is_empty]
    return [np.array(ring.coords) for part in polygons for ring in (part.exterior, *part.interiors)]
