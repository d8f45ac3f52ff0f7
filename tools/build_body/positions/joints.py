"""How far knees and hips are bent, from rings of the skin that are carried along."""

from __future__ import annotations

import numpy as np

from .figure import Figure
from .vectors import angle

# The furthest that a thigh comes towards the trunk, the bend of the spine with it, in degrees.
TRUNK_MOST = 146.0


def joints(figure: Figure, body: np.ndarray) -> list[tuple[float, float]]:
    """Return how far each knee is bent, and each thigh towards the trunk, in degrees."""

    def middle(height: float, side: float) -> np.ndarray:
        return body[figure.ring(height, side)].mean(axis=0)

    trunk = (middle(118, 1) + middle(118, -1) - middle(102, 1) - middle(102, -1)) / 2
    found = []
    for side in (1.0, -1.0):
        thigh, knee, ankle = (middle(height, side) for height in (72, 50, 9))
        found.append((angle(knee - thigh, ankle - knee), 180 - angle(trunk, knee - thigh)))
    return found
