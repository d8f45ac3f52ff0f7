"""The outline of a view: a clean silhouette as closed Bezier curves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy import ndimage
from skimage.measure import find_contours

from .camera import View
from .curves import Cubics, corners, fit, fit_closed, flatten, mirror, resample, reverse, smooth

# A corner turns by this many degrees between the chords of CORNER_REACH steps on either side.
CORNER_REACH, CORNER = 4, 55.0


@dataclass(frozen=True)
class Finish:
    """How finely a view is drawn; lengths in cm."""

    outline_tolerance: float = 0.04
    outline_step: float = 0.12
    gap: float = 0.13
    smoothing: float = 0.08
    tone_blur: float = 0.8
    tone_tolerance: float = 0.15
    tone_rim: tuple[float, float] = (1.5, 6.0)
    shortest_line: float = 0.9
    region_smoothing: float = 0.3
    region_tolerance: float = 0.05


FOOT_FINISH = Finish(
    outline_tolerance=0.015,
    outline_step=0.05,
    gap=0.02,
    smoothing=0.12,
    tone_blur=0.25,
    tone_tolerance=0.05,
    tone_rim=(0.5, 2.5),
    shortest_line=0.45,
    region_smoothing=0.14,
    region_tolerance=0.02,
)


@dataclass(frozen=True)
class Outline:
    """The outline: closed curves, the same as a polygon, and the pixels inside."""

    curves: list[Cubics]
    polygon: shapely.Geometry
    mask: np.ndarray


def trace(view: View, finish: Finish, symmetric: bool) -> Outline:
    """Return the outline of a view."""
    mask = _fill_pinholes(_close(view.mask, finish.gap * view.pixels), view.pixels)
    rings = [ring for ring in _contours(view, mask) if shapely.Polygon(ring).area > 2]
    if symmetric:
        curves = [_symmetric_curve(rings[0], finish)]
    else:
        curves = [_closed_curve(smooth(ring, finish.smoothing, 0.04, True), finish) for ring in rings]
    polygon = shapely.Polygon()
    for curve in curves:
        # A ring inside another is a hole: the gap between the legs of the oblique view.
        polygon = polygon.symmetric_difference(shapely.Polygon(flatten(curve)).buffer(0))
    return Outline(curves, polygon, mask)


def stroke_parts(curves: list[Cubics], cut: float | None) -> list[tuple[Cubics, bool]]:
    """Return the parts of an outline that are drawn as a line.

    Parameters
    ----------
    curves : list
        The closed curves of the outline.
    cut : float or None
        The y at which the body is cut off; what lies there is no outline.

    Returns
    -------
    list
        (curve, closed) pairs.
    """
    parts = []
    for curve in curves:
        artificial = [cut is not None and _on_cut(cubic, cut) for cubic in curve]
        if not any(artificial):
            parts.append((curve, True))
            continue
        last = max(i for i, bad in enumerate(artificial) if bad)
        run: Cubics = []
        for offset in range(1, len(curve) + 1):
            index = (last + offset) % len(curve)
            if artificial[index] and run:
                parts.append((run, False))
                run = []
            elif not artificial[index]:
                run.append(curve[index])
    return parts


def _on_cut(cubic: np.ndarray, cut: float) -> bool:
    return min(cubic[0, 1], cubic[3, 1]) > cut - 0.35


def _close(mask: np.ndarray, radius: float) -> np.ndarray:
    """Return the mask with gaps narrower than twice the radius filled."""
    padded = np.pad(mask, 30)
    grown = ndimage.distance_transform_edt(~padded) <= int(radius)
    return ((ndimage.distance_transform_edt(grown) > int(radius)) | padded)[30:-30, 30:-30]


def _fill_pinholes(mask: np.ndarray, pixels: float) -> np.ndarray:
    """Return the mask without holes smaller than half a square cm."""
    labels, count = ndimage.label(~mask)
    sizes = ndimage.sum(~mask, labels, range(count + 1))
    return mask | np.isin(labels, np.flatnonzero((sizes > 0) & (sizes < 0.5 * pixels**2)))


def _contours(view: View, mask: np.ndarray) -> list[np.ndarray]:
    """Return the rings around the mask in cm, the longest first."""
    field = ndimage.gaussian_filter(np.pad(mask.astype(float), 8), 1.5)
    rings = [view.to_centimetres(ring[:, ::-1] - 8 + 0.5) for ring in find_contours(field, 0.5)]
    return sorted(rings, key=len, reverse=True)


def half_ring(ring: np.ndarray) -> np.ndarray:
    """Return the x >= 0 part of a closed ring that crosses the midline twice, from its top to its bottom."""
    ring = ring[:-1] if np.allclose(ring[0], ring[-1]) else ring
    following = np.roll(ring, -1, axis=0)
    crossing = np.flatnonzero((ring[:, 0] < 0) != (following[:, 0] < 0))
    share = (ring[crossing, 0] / (ring[crossing, 0] - following[crossing, 0]))[:, None]
    places = ring[crossing] * (1 - share) + following[crossing] * share
    top, bottom = int(places[:, 1].argmax()), int(places[:, 1].argmin())
    if following[crossing[top], 0] < 0:
        return half_ring(ring[::-1])
    count = (crossing[bottom] - crossing[top]) % len(ring)
    middle = ring[(crossing[top] + 1 + np.arange(count)) % len(ring)]
    half = np.r_[places[[top]], middle, places[[bottom]]]
    half[[0, -1], 0] = 0
    return half


def _symmetric_curve(ring: np.ndarray, finish: Finish) -> Cubics:
    """Return a closed curve whose halves mirror each other."""
    half = resample(half_ring(ring), finish.outline_step)
    curve = fit(half, finish.outline_tolerance, 4, corners(half, CORNER_REACH, CORNER))
    return curve + reverse(mirror(curve))


def _closed_curve(ring: np.ndarray, finish: Finish) -> Cubics:
    """Return a closed curve with corners where the ring has them."""
    ring = resample(ring, finish.outline_step)[:-1]
    wrapped = np.r_[ring[-12:], ring, ring[:12]]
    sharp = sorted({(i - 12) % len(ring) for i in corners(wrapped, CORNER_REACH, CORNER)})
    if not sharp:
        return fit_closed(ring, finish.outline_tolerance, 4)
    turned = np.r_[ring[sharp[0] :], ring[: sharp[0] + 1]]
    return fit(turned, finish.outline_tolerance, 4, [i - sharp[0] for i in sharp[1:]])
