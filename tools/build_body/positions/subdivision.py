"""Catmull-Clark subdivision as one sparse matrix, for a mesh that is divided again and again in other poses."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sparse


def subdivision_matrix(count: int, quads: np.ndarray) -> sparse.csr_matrix:
    """Return the matrix that turns coarse positions into those of `subdivide`, in the same order.

    Parameters
    ----------
    count : int
        How many coarse vertices there are.
    quads : numpy.ndarray
        Four vertex indices a face.
    """
    sides = np.stack([np.c_[quads[:, i], quads[:, (i + 1) % 4]] for i in range(4)], axis=1)
    edges, edge_of = np.unique(np.sort(sides.reshape(-1, 2), axis=1), axis=0, return_inverse=True)
    edge_of = edge_of.reshape(len(quads), 4)
    faces_of_edge = np.bincount(edge_of.ravel(), minlength=len(edges))
    face = _spread(np.repeat(np.arange(len(quads)), 4), quads.ravel(), 0.25, (len(quads), count))
    middle = _spread(np.repeat(np.arange(len(edges)), 2), edges.ravel(), 0.5, (len(edges), count))
    beside = _spread(edge_of.ravel(), np.repeat(np.arange(len(quads)), 4), 1.0, (len(edges), len(quads)))
    inner = (faces_of_edge == 2).astype(float)
    edge = sparse.diags(inner) @ (2 * middle + beside @ face) / 4 + sparse.diags(1 - inner) @ middle
    moved = _moved(count, quads, edges, face, middle, inner > 0)
    here = count + np.arange(len(edges))
    faces = count + len(edges) + np.arange(len(quads))
    finer = [np.c_[quads[:, i], here[edge_of[:, i]], faces, here[edge_of[:, i - 1]]] for i in range(4)]
    used = np.unique(np.stack(finer, axis=1))
    return sparse.vstack([moved, edge, face]).tocsr()[used]


def _spread(rows: np.ndarray, columns: np.ndarray, value: float, shape: tuple[int, int]) -> sparse.csr_matrix:
    return sparse.csr_matrix((np.full(len(rows), value), (rows, columns)), shape=shape)


def _moved(count, quads, edges, face, middle, inner) -> sparse.csr_matrix:
    """Return the matrix of the old vertices' new places."""
    face_count = np.bincount(quads.ravel(), minlength=count)
    at_faces = _spread(quads.ravel(), np.repeat(np.arange(len(quads)), 4), 1.0, (count, len(quads)))
    edge_count = np.bincount(edges.ravel(), minlength=count)
    at_edges = _spread(edges.ravel(), np.repeat(np.arange(len(edges)), 2), 1.0, (count, len(edges)))
    around = np.maximum(face_count, 1)
    smooth = sparse.diags(1 / around**2) @ (at_faces @ face)
    smooth = smooth + sparse.diags(2 / (np.maximum(edge_count, 1) * around)) @ (at_edges @ middle)
    smooth = smooth + sparse.diags((face_count - 3) / around)
    at_rim = at_edges @ sparse.diags((~inner).astype(float))
    rim_count = np.asarray(at_rim.sum(axis=1)).ravel()
    rim = 0.5 * (sparse.diags(1 / np.maximum(rim_count, 1)) @ (at_rim @ middle)) + 0.5 * sparse.eye(count)
    on_rim = (rim_count > 0).astype(float)
    free = ((face_count > 0) & (rim_count == 0)).astype(float)
    loose = ((face_count == 0) & (rim_count == 0)).astype(float)
    return sparse.diags(on_rim) @ rim + sparse.diags(free) @ smooth + sparse.diags(loose)
