"""Directions and turns that the scenes are made of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..pose import turn_matrix

X, Y, Z = np.eye(3)


class NotConverged(RuntimeError):
    """A solver could not bring body and thing together within its tolerance."""


def unit(vector: np.ndarray) -> np.ndarray:
    """Return a vector of length 1."""
    vector = np.asarray(vector, float)
    return vector / max(np.linalg.norm(vector), 1e-12)


def square_to(vector: np.ndarray, axis: np.ndarray) -> np.ndarray:
    """Return the direction of a vector without its part along an axis."""
    axis = unit(axis)
    return unit(np.asarray(vector, float) - axis * (np.asarray(vector, float) @ axis))


def frame_of(main: np.ndarray, side: np.ndarray) -> np.ndarray:
    """Return the rotation whose columns are a direction, a second one made square to it, and their product."""
    main = unit(main)
    side = square_to(side, main)
    return np.stack([main, side, np.cross(main, side)], axis=1)


def turn(axis: np.ndarray, degrees: float) -> np.ndarray:
    """Return the rotation about an axis."""
    return turn_matrix(np.asarray(axis, float), np.radians(degrees))


def angle(first: np.ndarray, second: np.ndarray) -> float:
    """Return the angle between two directions in degrees."""
    return float(np.degrees(np.arccos(np.clip(unit(first) @ unit(second), -1, 1))))


def solve(step: Callable[[], float], tolerance: float, what: str, times: int = 14) -> float:
    """Repeat a step that corrects itself and returns its error, until the error is small.

    Parameters
    ----------
    step : callable
        Does one correction and returns how far it was off, in cm.
    tolerance : float
        The largest error that is accepted.
    what : str
        Named in the message.
    times : int
        How often at most.

    Returns
    -------
    float
        The error that is left.

    Raises
    ------
    NotConverged
        If the error stays above the tolerance.
    """
    error = np.inf
    for _ in range(times):
        error = abs(step())
        if error <= tolerance:
            return error
    raise NotConverged(f"{what} is {error:.2f} cm off after {times} corrections, {tolerance} allowed")
