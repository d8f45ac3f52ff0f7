"""Muscle shapes of a view: the authored shapes where the view sees them."""

from __future__ import annotations

import numpy as np
import shapely
from scipy import ndimage
from skimage.measure import find_contours

from .camera import View
from .charts import Places
from .curves import Cubics, fit_closed, resample, smooth
from .labels import read_authored, stencil_of
from .outline import Finish, Outline

UNDER_STROKE = 0.1
# A muscle seen from its edge, or only by a corner, is left out of a view.
MIN_SHARE = 0.17
NARROWEST = 0.5


class MusclePainter:
    """The authored muscles, ready to be found in views."""

    def __init__(self) -> None:
        authored = read_authored("muscles")
        self.deep = {key: entry.get("deep", False) for key, entry in authored.items()}
        # A deep muscle lies under other skin in each line of sight: a shape may be for some views only.
        self._stencils = {
            key: [(stencil_of(shape), shape.get("views")) for shape in entry["shape"]]
            for key, entry in authored.items()
        }

    def shapes(
        self, name: str, view: View, outline: Outline, finish: Finish, right: bool
    ) -> dict[str, shapely.Geometry]:
        """Return the part of every muscle that a view sees, as polygons in cm.

        Parameters
        ----------
        name : str
            The view's name.
        view, outline, finish
            The view, its outline and how finely it is drawn.
        right : bool
            Take the half of the body whose view x is positive (a symmetric view), else the body's left.
        """
        body = outline.polygon.buffer(-UNDER_STROKE)
        own = view.mask & (view.arm_share < 0.5)
        side = view.standing[..., 0] * (view.rotation[0, 0] if right else 1)
        own &= side > 0
        places = Places(view.standing[own], view.standing_normals[own])
        found = {}
        for key, stencils in self._stencils.items():
            inside = np.zeros(own.shape)
            held = [stencil.holds(places) for stencil, views in stencils if views is None or name in views]
            if not held:
                continue
            inside[own] = np.any(held, axis=0)
            if inside.any():
                shape = _trace(view, inside, finish.region_smoothing).intersection(body)
                if not shape.is_empty:
                    found[key] = shape
        return found


def _trace(view: View, inside: np.ndarray, radius: float) -> shapely.Geometry:
    """Return a mask as polygons, smoothed and without crumbs."""
    soft = ndimage.gaussian_filter(np.pad(inside, 4), radius * 0.5 * view.pixels)
    parts = []
    for ring in find_contours(soft, 0.5):
        if len(ring) > 8 and np.allclose(ring[0], ring[-1]):
            polygon = shapely.Polygon(view.to_centimetres(ring[:, ::-1] - 4 + 0.5)).buffer(0)
            parts.append(polygon)
    joined = shapely.union_all(parts).buffer(radius).buffer(-2 * radius).buffer(radius)
    return joined


def keep_well_seen(found: dict[str, dict[str, shapely.Geometry]]) -> dict[str, dict[str, shapely.Geometry]]:
    """Return the muscles of every view without those it shows much worse than another view.

    A shape is left out where it is narrow, or small compared with the view that shows it best.
    """
    best: dict[str, float] = {}
    for shapes in found.values():
        for key, shape in shapes.items():
            best[key] = max(best.get(key, 0), shape.area)
    return {
        view: {
            key: shape
            for key, shape in shapes.items()
            if shape.area > MIN_SHARE * best[key] and not shape.buffer(-NARROWEST / 2).is_empty
        }
        for view, shapes in found.items()
    }


def curves(shape: shapely.Geometry, outline: Outline, finish: Finish) -> list[Cubics]:
    """Return the curves of a muscle, the crumbs left out, inside the outline."""
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]
    largest = max(part.area for part in parts)
    inside = outline.polygon.buffer(-UNDER_STROKE)
    found = []
    for part in parts:
        if part.area > 0.15 * largest:
            ring = smooth(np.array(part.exterior.coords), finish.region_smoothing, 0.1, True)
            # Smoothing may have carried the shape over a notch of the outline.
            clipped = shapely.Polygon(ring).buffer(0).intersection(inside)
            clipped = max(getattr(clipped, "geoms", [clipped]), key=lambda piece: piece.area)
            even = resample(np.array(clipped.exterior.coords), finish.region_smoothing / 3)
            found.append(fit_closed(even, finish.region_tolerance))
    return found
