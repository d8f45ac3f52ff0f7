"""Lines that swell and taper like a pen's, as filled shapes."""

from __future__ import annotations

import numpy as np

from .curves import Cubics, fit, lengths, resample

TIP = 0.02


def tapered(points: np.ndarray, width: float, tolerance: float = 0.02, half: bool = False) -> Cubics:
    """Return the closed shape of a tapered line.

    Parameters
    ----------
    points : numpy.ndarray
        A polyline.
    width : float
        Greatest width in cm, in the middle.
    tolerance : float
        How far the shape may be from the ideal one, in cm.
    half : bool
        Begin at the greatest width: the line is one half of a line.
    """
    points = resample(points, min(0.15, lengths(points)[-1] / 12))
    along = lengths(points)
    along = along / along[-1]
    if half:
        along = 0.5 + along / 2
    tangent = np.gradient(points, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
    half = (np.sin(np.pi * along) ** 0.7 * width / 2 + TIP * np.minimum(1, 20 * np.minimum(along, 1 - along)))[:, None]
    side = np.c_[-tangent[:, 1], tangent[:, 0]] * half
    return fit(points + side, tolerance, 3) + fit((points - side)[::-1], tolerance, 3)
