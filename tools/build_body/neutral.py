"""Make the neutral body: 170 cm, of no particular sex, exactly symmetric, smooth where a drawing needs no detail.

Units from here on: cm, x to the body's left, y up from the floor, z to the front.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse

from .human import BaseMesh, Rig, morph
from .sources import HumanFiles

STATURE = 170.0


@dataclass(frozen=True)
class Neighbours:
    """Which vertices of the skin touch, as a matrix, and which vertices are skin at all."""

    matrix: sparse.csr_matrix
    degree: np.ndarray
    used: np.ndarray

    @classmethod
    def of(cls, quads: np.ndarray, count: int) -> Neighbours:
        """Return the neighbours along the edges of the quads."""
        pairs = np.concatenate([quads[:, [i, (i + 1) % 4]] for i in range(4)])
        pairs = np.unique(np.concatenate([pairs, pairs[:, ::-1]]), axis=0)
        matrix = sparse.csr_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(count, count))
        used = np.zeros(count, bool)
        used[np.unique(quads)] = True
        return cls(matrix, np.maximum(np.asarray(matrix.sum(axis=1)), 1), used)

    def relax(self, values: np.ndarray, amount: np.ndarray, times: int) -> np.ndarray:
        """Return values moved towards the mean of their neighbours, by an amount of 0 to 1 per vertex."""
        values = values.reshape(len(values), -1)
        amount = np.where(self.used, amount, 0)[:, None]
        for _ in range(times):
            values = values * (1 - amount) + amount * (self.matrix @ values / self.degree)
        return values


def symmetrise(vertices: np.ndarray, base: BaseMesh) -> np.ndarray:
    """Return the mean of the body and its mirror image."""
    return (vertices + vertices[base.mirror] * [-1, 1, 1]) / 2


def neutral_body(files: HumanFiles, base: BaseMesh, rig: Rig, neighbours: Neighbours) -> np.ndarray:
    """Return the vertices of the neutral body in cm.

    The trunk and limbs are a little to the male side of the middle; the depth of the chest is taken from the male
    shape and then smoothed, so that nothing of the chest or groin is modelled that the drawing should not show.
    """
    settings = {"muscle": 0.55, "weight": 0.46, "ideal": 0.55}
    middle = _to_centimetres(morph(files, base, gender=0.62, **settings), neighbours.used)
    flat = _to_centimetres(morph(files, base, gender=1.0, **settings), neighbours.used)
    breast = rig.weight_of("breast")
    share = neighbours.relax((breast > 0.02).astype(float), np.full(len(middle), 0.5), 8)[:, 0]
    body = middle.copy()
    body[:, 2] = middle[:, 2] * (1 - share) + flat[:, 2] * share
    body[:, 0] = middle[:, 0] * (1 - 0.5 * share) + flat[:, 0] * 0.5 * share
    body = symmetrise(body, base)
    body = neighbours.relax(body, np.clip(breast * 6, 0, 1) * 0.6, 120)
    body = neighbours.relax(body, 0.8 * _mask(body, 7.6, 122.5, 3.68, 3.68, 0), 250)
    body = neighbours.relax(body, 0.6 * _mask(body, 0, 118, 9, 8, 0.1), 60)
    body = neighbours.relax(body, 0.6 * _mask(body, 0, 86, 5, 6, 0.1), 60)
    return symmetrise(body, base)


def _mask(body: np.ndarray, x: float, y: float, width: float, height: float, cut: float) -> np.ndarray:
    """Return a soft spot on the front of the body, 1 in its middle."""
    radius = ((np.abs(body[:, 0]) - x) / width) ** 2 + ((body[:, 1] - y) / height) ** 2
    return np.where(body[:, 2] > 2, np.clip(np.exp(-radius) - cut, 0, 1), 0)


def _to_centimetres(vertices: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Return the vertices with the soles at 0 and the crown at the stature."""
    low, high = vertices[used, 1].min(), vertices[used, 1].max()
    return (vertices - [0, low, 0]) * (STATURE / (high - low))
