"""A plain face: brows, eyes and a mouth as short strokes that lie on the skin."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..curves import lengths
from .figure import Figure
from .polylines import runs
from .scene import Art, Stroke
from .sight import Sight

# Lines of the standing body's left half, seen from the front; the mouth runs across.
LINES = {
    "brow": [(1.9, 159.6), (3.2, 160.1), (4.7, 159.7)],
    "eye": [(2.1, 157.9), (2.8, 158.35), (3.6, 158.3), (4.3, 157.9)],
    "mouth": [(-2.1, 150.6), (-0.9, 150.35), (0.9, 150.35), (2.1, 150.6)],
}


@lru_cache(maxsize=2)
def _attached(figure: Figure) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return triangles and shares of the points of every line."""
    return []


def add_face(sight: Sight, art: Art, unit: float) -> None:
    """Add what is seen of the face, where it is large enough to be read."""
    for corners, shares in _attached(sight.figure):
        line = np.einsum("nc,ncx->nx", shares, sight.points[corners])
        shown = sight.visible(line, 0.4) & (sight.normals[corners[:, 0], 2] > 0.25)
        for a, b in runs(shown, lengths(line[:, :2]), 0.0, 0.3 * unit):
            art.strokes.append(Stroke("face", line[a : b + 1, :2]))
