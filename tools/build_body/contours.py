"""Lines inside the outline where one part of the body passes in front of another: toes, ears, arm over trunk."""

from __future__ import annotations

import numpy as np
import shapely
from scipy import ndimage
from shapely import ops

from .camera import View
from .curves import smooth
from .outline import Outline

HIDDEN_BY = 0.35
FROM_OUTLINE = 0.16
BESIDE = 0.16


def occluding_contours(view: View, outline: Outline, shortest: float, symmetric: bool) -> list[np.ndarray]:
    """Return polylines in cm where the surface turns away from the viewer, away from the outline itself.

    Parameters
    ----------
    view, outline
        The view and its outline.
    shortest : float
        Shorter lines are dropped, in cm.
    symmetric : bool
        Whether to return only the client's left half, at the right of a front view.
    """
    starts, ends, first, second = _crossings(view)
    middle = (starts + ends) / 2
    row, column = view.cells(middle[:, :2])
    farthest = ndimage.minimum_filter(np.where(view.mask, view.depth, -1e9), 3)
    inside = ndimage.distance_transform_edt(view.mask)
    shown = (middle[:, 2] + HIDDEN_BY >= farthest[row, column]) & (inside[row, column] >= 2)
    edge = outline.polygon.boundary.buffer(FROM_OUTLINE)
    lines = [
        smooth(points, shortest / 6, shortest / 20)
        for points in _chain(first[shown], second[shown], starts[shown, :2], ends[shown, :2])
    ]
    lines = sorted(map(shapely.LineString, lines), key=lambda line: (-line.length, line.bounds))
    kept: list[np.ndarray] = []
    for line in lines:
        if line.length < shortest:
            break
        rest = line.difference(edge)
        for part in getattr(rest, "geoms", [rest]):
            if part.length >= shortest and not (symmetric and part.centroid.x < 0):
                kept.append(_trim(part, 0.06 * shortest))
                # A second line beside one that is drawn would only make it ragged.
                edge = edge.union(part.buffer(BESIDE * shortest))
    return kept


def _trim(line: shapely.LineString, size: float) -> np.ndarray:
    """Return a line without its very ends, where a contour is least sure of its way."""
    return np.array(ops.substring(line, size, line.length - size).coords)


def _crossings(view: View) -> tuple[np.ndarray, ...]:
    """Return the segments on which the surface turns from front to back, and the mesh edges they end on."""
    toward = view.normals[:, 2]
    faces = view.scene.faces
    faces = faces[(toward[faces].min(axis=1) < 0) & (toward[faces].max(axis=1) >= 0)]
    edges = np.sort(np.stack([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]], axis=1), axis=2)
    low, high = toward[edges[..., 0]], toward[edges[..., 1]]
    crossed = (low < 0) != (high < 0)
    share = np.where(crossed, low / np.where(crossed, low - high, 1), 0)[..., None]
    places = view.points[edges[..., 0]] * (1 - share) + view.points[edges[..., 1]] * share
    pick = np.argsort(~crossed, axis=1, kind="stable")[:, :2]
    rows = np.arange(len(faces))[:, None]
    key = edges[..., 0] * len(toward) + edges[..., 1]
    return places[rows, pick][:, 0], places[rows, pick][:, 1], key[rows, pick][:, 0], key[rows, pick][:, 1]


def _chain(first: np.ndarray, second: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> list[np.ndarray]:
    """Return polylines made of segments that share a mesh edge."""
    beside: dict[int, list[int]] = {}
    place: dict[int, np.ndarray] = {}
    for a, b, start, end in zip(first.tolist(), second.tolist(), starts, ends, strict=True):
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
        place[a], place[b] = start, end
    used: set[tuple[int, int]] = set()

    def follow(chain: list[int]) -> list[int]:
        while True:
            open_ends = [n for n in beside[chain[-1]] if (min(chain[-1], n), max(chain[-1], n)) not in used]
            if not open_ends:
                return chain
            used.add((min(chain[-1], open_ends[0]), max(chain[-1], open_ends[0])))
            chain.append(open_ends[0])

    chains = []
    for start in sorted(beside, key=lambda node: (len(beside[node]) != 1, node)):
        chain = follow([start])
        if len(chain) > 1:
            chains.append(np.array([place[node] for node in chain]))
    return chains
