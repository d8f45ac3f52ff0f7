"""A plain face: lids, the nose's base and a mouth as short strokes that lie on the skin."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..curves import lengths, resample, smooth
from .clothes import read_clothes
from .figure import Figure
from .polylines import runs
from .pose import Pose
from .scene import Art, Stroke
from .sight import Sight

STEP = 0.18
# A stroke is drawn where the skin faces the viewer at least so much.
FACING = 0.45
MIN_SIZE = 0.25


@lru_cache(maxsize=1)
def _attached(figure: Figure) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Return triangles and shares of the points of every line, found from in front of the body at rest."""
    body = Pose(figure).fine()
    corners = body[figure.faces]
    middle = corners.mean(axis=1)
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    front = np.flatnonzero((normals[:, 2] > 0) & (middle[:, 1] > 147) & (middle[:, 2] > 8))
    found = []
    for points in read_clothes()["face"].values():
        line = smooth(np.array(points, float), 0.25, STEP)
        for way in (1, -1) if line[:, 0].min() > 0 else (1,):
            flat = resample(line, STEP) * [way, 1]
            nearest = [front[np.argmin(((middle[front, :2] - place) ** 2).sum(axis=1))] for place in flat]
            found.append((figure.faces[nearest], _shares(corners[nearest], flat)))
    return tuple(found)


def _shares(corners: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return how near each place is to the three corners of its triangle, seen from in front."""
    a, b, c = (corners[:, i, :2] for i in range(3))
    matrix = np.stack([b - a, c - a], axis=2)
    u, v = np.linalg.solve(matrix, (places - a)[..., None])[..., 0].T
    shares = np.clip(np.stack([1 - u - v, u, v], axis=1), 0, 1)
    return shares / shares.sum(axis=1, keepdims=True)


def add_face(sight: Sight, art: Art, unit: float) -> None:
    """Add what is seen of the face."""
    for corners, shares in _attached(sight.figure):
        line = np.einsum("nc,ncx->nx", shares, sight.points[corners])
        facing = np.einsum("nc,nc->n", shares, sight.normals[corners][..., 2])
        shown = sight.visible(line, 0.6) & (facing > FACING)
        for a, b in runs(shown, lengths(line[:, :2]), 0.1 * unit, MIN_SIZE * unit):
            art.strokes.append(Stroke("face", smooth(line[a : b + 1, :2], 0.2, 0.1)))
