"""Smooth a mesh of quads by one step of Catmull-Clark subdivision."""

from __future__ import annotations

import numpy as np


def subdivide(vertices: np.ndarray, quads: np.ndarray, *attributes: np.ndarray) -> tuple:
    """Return the subdivided mesh with its attributes.

    Parameters
    ----------
    vertices : numpy.ndarray
        Positions.
    quads : numpy.ndarray
        Four vertex indices a face.
    *attributes : numpy.ndarray
        Values per vertex, which are interpolated linearly.

    Returns
    -------
    tuple
        Positions, quads, then one array per attribute; vertices no face uses are dropped.
    """
    count = len(vertices)
    sides = np.stack([np.c_[quads[:, i], quads[:, (i + 1) % 4]] for i in range(4)], axis=1)
    edges, edge_of = np.unique(np.sort(sides.reshape(-1, 2), axis=1), axis=0, return_inverse=True)
    edge_of = edge_of.reshape(len(quads), 4)
    faces_of_edge = np.bincount(edge_of.ravel(), minlength=len(edges))
    face_points = vertices[quads].mean(axis=1)
    middles = vertices[edges].mean(axis=1)
    face_sum = _scatter(edge_of.ravel(), np.repeat(face_points, 4, axis=0), len(edges))
    inner = (faces_of_edge == 2)[:, None]
    edge_points = np.where(inner, (2 * middles + face_sum) / 4, middles)
    moved = _move(vertices, quads, edges, face_points, middles, inner[:, 0])
    positions = np.concatenate([moved, edge_points, face_points])
    here = count + np.arange(len(edges))
    faces = count + len(edges) + np.arange(len(quads))
    finer = np.stack(
        [np.c_[quads[:, i], here[edge_of[:, i]], faces, here[edge_of[:, i - 1]]] for i in range(4)], axis=1
    ).reshape(-1, 4)
    finer_attributes = [
        np.concatenate([values, values[edges].mean(axis=1), values[quads].mean(axis=1)]) for values in attributes
    ]
    used, index = np.unique(finer, return_inverse=True)
    return (positions[used], index.reshape(-1, 4), *(values[used] for values in finer_attributes))


def _scatter(index: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    """Return the sum of the values that go to each index."""
    return np.stack([np.bincount(index, column, minlength=count) for column in values.T], axis=1)


def _move(
    vertices: np.ndarray,
    quads: np.ndarray,
    edges: np.ndarray,
    face_points: np.ndarray,
    middles: np.ndarray,
    inner: np.ndarray,
) -> np.ndarray:
    """Return the old vertices at their smoothed places."""
    count = len(vertices)
    face_count = np.bincount(quads.ravel(), minlength=count)[:, None]
    face_sum = _scatter(quads.ravel(), np.repeat(face_points, 4, axis=0), count)
    edge_count = np.bincount(edges.ravel(), minlength=count)[:, None]
    edge_sum = _scatter(edges.ravel(), np.repeat(middles, 2, axis=0), count)
    with np.errstate(divide="ignore", invalid="ignore"):
        smooth = (face_sum / face_count + 2 * edge_sum / edge_count + (face_count - 3) * vertices) / face_count
    rim = edges[~inner]
    rim_count = np.bincount(rim.ravel(), minlength=count)[:, None]
    rim_sum = _scatter(rim.ravel(), np.repeat(middles[~inner], 2, axis=0), count)
    moved = np.where(face_count > 0, smooth, vertices)
    on_rim = rim_count > 0
    return np.where(on_rim, (rim_sum / np.maximum(rim_count, 1) + vertices) / 2, moved)


def triangles(quads: np.ndarray) -> np.ndarray:
    """Return two triangles for every quad."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def vertex_normals(vertices: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Return unit normals, weighted by the size of the faces around a vertex."""
    corners = vertices[faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    total = _scatter(faces.ravel(), np.repeat(normals, 3, axis=0), len(vertices))
    size = np.linalg.norm(total, axis=1, keepdims=True)
    return total / np.where(size == 0, 1, size)
