"""Things as small closed meshes: balls, boxes, tubes, a scraping tool."""

from __future__ import annotations

import numpy as np

from .scene import Prop
from .vectors import unit

# Sides of boxes are divided into pieces of this size, in cm.
CELL = 5.0


def ball(centre: np.ndarray, radius: float, kind: str = "ball") -> Prop:
    """Return a ball."""
    rings, parts = 24, 40
    a = np.linspace(0, np.pi, rings + 1)[:, None]
    b = np.linspace(0, 2 * np.pi, parts, endpoint=False)[None, :]
    points = np.stack([np.sin(a) * np.cos(b), np.cos(a) + 0 * b, np.sin(a) * np.sin(b)], axis=-1).reshape(-1, 3)
    return Prop(kind, np.asarray(centre) + radius * points, _grid(rings + 1, parts))


def _grid(rings: int, parts: int) -> np.ndarray:
    i, j = np.meshgrid(np.arange(rings - 1), np.arange(parts), indexing="ij")
    a, b = (i * parts + j).ravel(), (i * parts + (j + 1) % parts).ravel()
    return np.concatenate([np.c_[a, b, b + parts], np.c_[a, b + parts, a + parts]])


def box(low: np.ndarray, high: np.ndarray, kind: str = "furniture", edges_shown: bool = True) -> Prop:
    """Return a box; all its edges may be drawn, or its outline alone."""
    low, high = np.asarray(low, float), np.asarray(high, float)
    signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    points = (low + high) / 2 + signs * (high - low) / 2
    quads = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    vertices, faces = _divided(points, quads)
    pairs = [(i, j) for i in range(8) for j in range(i + 1, 8) if (signs[i] != signs[j]).sum() == 1]
    edges = tuple(points[i] + np.linspace(0, 1, 60)[:, None] * (points[j] - points[i]) for i, j in pairs)
    return Prop(kind, vertices, _outward(vertices, faces), edges if edges_shown else ())


def _divided(points: np.ndarray, quads: list[tuple]) -> tuple[np.ndarray, np.ndarray]:
    """Return rectangles as small triangles: the z-buffer is slow with large ones."""
    vertices, faces, count = [], [], 0
    for a, b, _, d in quads:
        first, second = points[b] - points[a], points[d] - points[a]
        m, n = (int(np.ceil(np.linalg.norm(side) / CELL)) + 1 for side in (first, second))
        i, j = np.meshgrid(np.arange(m), np.arange(n), indexing="ij")
        vertices.append(points[a] + np.outer(i.ravel() / (m - 1), first) + np.outer(j.ravel() / (n - 1), second))
        corner = (i[:-1, :-1] * n + j[:-1, :-1]).ravel() + count
        faces += [np.c_[corner, corner + n, corner + n + 1], np.c_[corner, corner + n + 1, corner + 1]]
        count += m * n
    return np.concatenate(vertices), np.concatenate(faces)


def _outward(points: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Return the faces of a convex mesh, each seen from outside."""
    corners = points[faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    inward = ((corners.mean(axis=1) - points.mean(axis=0)) * normals).sum(axis=1) < 0
    return np.where(inward[:, None], faces[:, ::-1], faces)


def tube(path: np.ndarray, radius: float | np.ndarray, kind: str = "tool") -> Prop:
    """Return a tube along a polyline; `radius` is a number or one for each point."""
    path = np.asarray(path, float)
    radius = np.broadcast_to(np.asarray(radius, float), len(path))
    parts = 16
    way = np.gradient(path, axis=0)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    side = np.cross(way[0], [0.31, 0.77, 0.55])
    angle = np.linspace(0, 2 * np.pi, parts, endpoint=False)
    rings = []
    for point, direction, size in zip(path, way, radius, strict=True):
        side = unit(side - direction * (side @ direction))
        rings.append(
            point + size * (np.outer(np.cos(angle), side) + np.outer(np.sin(angle), np.cross(direction, side)))
        )
    points = np.concatenate([*rings, path[[0]], path[[-1]]])
    faces = _grid(len(path), parts)
    a, b, c = (points[faces[:, i]] for i in range(3))
    faces = faces[:, ::-1] if (a * np.cross(b, c)).sum() < 0 else faces
    return Prop(kind, points, np.concatenate([faces, _caps(len(path), parts)]))


def _caps(rings: int, parts: int) -> np.ndarray:
    """Return the ends of a tube, seen from both sides."""
    j = np.arange(parts)
    ends = [np.c_[ring * parts + j, ring * parts + (j + 1) % parts, np.full(parts, middle)]
            for ring, middle in ((0, rings * parts), (rings - 1, rings * parts + 1))]  # fmt: skip
    faces = np.concatenate(ends)
    return np.concatenate([faces, faces[:, ::-1]])


def scraper(edge: np.ndarray, along: np.ndarray, up: np.ndarray, long: float = 9.0, high: float = 5.2) -> Prop:
    """Return a scraping tool: a flat plate like half a moon, its straight long edge rounded.

    Parameters
    ----------
    edge : numpy.ndarray
        The middle of the edge that touches the skin.
    along, up : numpy.ndarray
        Along that edge, and from it to the back that is held.
    """
    along, up = unit(along), unit(up)
    thick = np.cross(along, up) * 0.35
    t = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    x = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** 0.7 * long / 2
    y = np.where(np.sin(t) < 0, 0.28 * np.sin(t) * np.cos(x / long * 2), np.abs(np.sin(t)) ** 0.8) * high
    y = (y - y.min()) / np.ptp(y) * high
    outline = edge + np.outer(x, along) + np.outer(y, up)
    points = np.concatenate(
        [outline - thick, outline + thick, [edge + up * high / 2 - thick, edge + up * high / 2 + thick]]
    )
    j, k = np.arange(48), (np.arange(48) + 1) % 48
    sides = np.concatenate([np.c_[j, k, k + 48], np.c_[j, k + 48, j + 48]])
    plates = np.concatenate([np.c_[k, j, np.full(48, 96)], np.c_[j + 48, k + 48, np.full(48, 97)]])
    return Prop("tool", points, _outward(points, np.concatenate([sides, plates])))
