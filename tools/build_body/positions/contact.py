"""Places on the skin that move with it, and skin that gives way to what it touches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from ..subdivide import vertex_normals
from .figure import Figure
from .vectors import unit

SURFACES = {
    "back": (0.0, 0.0, -1.0), "side": (1.0, 0.0, 0.0), "front": (0.0, 0.0, 1.0), "inner": (-1.0, 0.0, 0.0),
    "sole": (0.0, -1.0, 0.0), "foot_top": (0.0, 0.927, 0.375),
}  # fmt: skip
PATCH = 2.5
# How far skin is pushed out beyond a ball's surface, so that the ball is drawn whole, in cm.
CLEAR = 0.05


@dataclass(frozen=True, eq=False)
class Spot:
    """A place on the skin of the left side: a triangle with the shares of its corners, and the skin around it."""

    corner: np.ndarray
    share: np.ndarray
    patch: np.ndarray

    def at(self, body: np.ndarray) -> np.ndarray:
        """Return where the place is on a posed body."""
        return self.share @ body[self.corner]

    def normal(self, body: np.ndarray, faces: np.ndarray) -> np.ndarray:
        """Return where the skin around the place faces."""
        local = faces[np.isin(faces, self.patch).any(axis=1)] if len(faces) > len(self.patch) * 3 else faces
        return unit(vertex_normals(body, local)[self.patch].mean(axis=0))


def attach(figure: Figure, place: np.ndarray, surface: str) -> Spot:
    """Return the spot of the skin that a place of the standing body projects to, along its surface's direction."""
    place, way = np.asarray(place, float), np.asarray(SURFACES[surface])
    corners = figure.stand[figure.faces]
    centres = corners.mean(axis=1)
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    index = np.flatnonzero((figure.arm[figure.faces].max(axis=1) < 0.3) & (normals @ way > 0.25))
    steps = centres[index] - place
    aside = np.linalg.norm(steps - np.outer(steps @ way, way), axis=1)
    near = index[aside < max(0.9, np.sort(aside)[3])]
    best = near[np.argmin(np.abs((centres[near] - place) @ way))]
    a, b, c = figure.stand[figure.faces[best]]
    u, v = np.linalg.lstsq(np.stack([b - a, c - a], axis=1), place - a, rcond=None)[0]
    share = np.clip([1 - u - v, u, v], 0, 1)
    corner = figure.faces[best]
    return Spot(corner, share / share.sum(), _patch(figure, corner))


def _patch(figure: Figure, corner: np.ndarray) -> np.ndarray:
    where = figure.stand[corner].mean(axis=0)
    near = np.linalg.norm(figure.stand - where, axis=1) < PATCH
    near &= figure.stand_normals @ figure.stand_normals[corner].mean(axis=0) > 0.2
    return np.flatnonzero(near & (figure.arm < 0.3))


def dent(body: np.ndarray, centre: np.ndarray, radius: float) -> np.ndarray:
    """Return the skin pushed out of a ball."""
    away = body - centre
    size = np.linalg.norm(away, axis=1)
    inside = size < radius - CLEAR
    moved = body.copy()
    moved[inside] = centre + away[inside] / size[inside, None] * (radius - CLEAR)
    return moved


def rest_on(body: np.ndarray, height: float, chosen: np.ndarray | None = None, soft: float = 1.2) -> np.ndarray:
    """Return the skin flattened where it sinks below a level: flesh rests on floor or seat."""
    y = body[:, 1] - height
    flat = np.where(y < soft, soft * np.exp(np.minimum(y - soft, 0) / soft), y)
    moved = body.copy()
    low = y < soft if chosen is None else (y < soft) & chosen
    moved[low, 1] = np.maximum(flat[low] * 0.85, 0) + height
    return moved


def sunk(figure: Figure, body: np.ndarray, part: np.ndarray, other: np.ndarray) -> float:
    """Return how deep the deepest few of a part's vertices lie inside another part, in cm."""
    part = part[::6]
    tree = cKDTree(body[other])
    distance, index = tree.query(body[part], distance_upper_bound=12.0)
    found = np.isfinite(distance)
    if not found.any():
        return 0.0
    nearest = other[index[found]]
    faces = figure.faces[np.isin(figure.faces, nearest).any(axis=1)]
    normals = vertex_normals(body, faces)[nearest]
    depth = ((body[nearest] - body[part[found]]) * normals).sum(axis=1)
    depth = np.r_[depth, np.zeros((~found).sum())]
    return float(max(np.percentile(depth, 97), 0))


def skin_gap(body: np.ndarray, chosen: np.ndarray, place: np.ndarray) -> float:
    """Return how far the nearest of some vertices is from a place."""
    return float(np.linalg.norm(body[chosen] - place, axis=1).min())
