"""Curves: splines through authored points, cubic Beziers fitted to polylines, and the path strings of the data files.

A curve is a list of cubics, each a 4 x 2 array in cm. The fitting is Schneider's method.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import ndimage
from scipy.interpolate import CubicSpline

Cubics = list[np.ndarray]


def evaluate(cubic: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return the points of one cubic at parameters of 0 to 1."""
    at = at[:, None]
    rest = 1 - at
    return rest**3 * cubic[0] + 3 * at * rest**2 * cubic[1] + 3 * at**2 * rest * cubic[2] + at**3 * cubic[3]


def flatten(curve: Cubics, steps: int = 10) -> np.ndarray:
    """Return a polyline along a curve."""
    at = np.linspace(0, 1, steps + 1)
    parts = [evaluate(cubic, at)[int(i > 0) :] for i, cubic in enumerate(curve)]
    return np.concatenate(parts)


def lengths(points: np.ndarray) -> np.ndarray:
    """Return the length along a polyline at each of its points."""
    return np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]


def resample(points: np.ndarray, step: float) -> np.ndarray:
    """Return a polyline with points at even distances of about `step`."""
    along = lengths(points)
    at = np.linspace(0, along[-1], max(2, int(np.ceil(along[-1] / step)) + 1))
    return np.stack([np.interp(at, along, column) for column in points.T], axis=1)


def smooth(points: np.ndarray, radius: float, step: float = 0.1, closed: bool = False) -> np.ndarray:
    """Return a polyline smoothed by a Gaussian along its length; open ends stay where they are."""
    even = resample(points, step)
    if closed:
        even = even[:-1]
    mode = "wrap" if closed else "nearest"
    soft = ndimage.gaussian_filter1d(even, radius / step, axis=0, mode=mode)
    if closed:
        return np.r_[soft, soft[:1]]
    soft[0], soft[-1] = even[0], even[-1]
    return soft


def spline(points: np.ndarray, closed: bool = False) -> Cubics:
    """Return a smooth curve through authored points."""
    points = np.asarray(points, float)
    if closed:
        points = np.r_[points, points[:1]]
    if len(points) == 2:
        return [line(points[0], points[1])]
    knots = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1) ** 0.5)]
    way = CubicSpline(knots, points, bc_type="periodic" if closed else "natural")
    cubics = []
    for start, end in pairwise(knots):
        third = (end - start) / 3
        cubics.append(
            np.array([way(start), way(start) + way(start, 1) * third, way(end) - way(end, 1) * third, way(end)])
        )
    return cubics


def line(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return a straight cubic."""
    return np.array([start, start * 2 / 3 + end / 3, start / 3 + end * 2 / 3, end])


def reverse(curve: Cubics) -> Cubics:
    """Return a curve that runs the other way."""
    return [cubic[::-1] for cubic in curve[::-1]]


def mirror(curve: Cubics) -> Cubics:
    """Return a curve reflected in the midline, running the same way."""
    return [cubic * [-1, 1] for cubic in curve]


def split(cubic: np.ndarray, at: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the two halves of a cubic, by de Casteljau."""
    first = cubic[:-1] + at * np.diff(cubic, axis=0)
    second = first[:-1] + at * np.diff(first, axis=0)
    middle = second[0] + at * (second[1] - second[0])
    return (
        np.array([cubic[0], first[0], second[0], middle]),
        np.array([middle, second[1], first[2], cubic[3]]),
    )


def corners(points: np.ndarray, reach: int, degrees: float) -> list[int]:
    """Return the sharp turns of an evenly sampled polyline."""
    count = len(points)
    turn = np.zeros(count)
    before = points[reach : count - reach] - points[: count - 2 * reach]
    after = points[2 * reach :] - points[reach : count - reach]
    size = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1) + 1e-12
    turn[reach : count - reach] = np.degrees(np.arccos(np.clip((before * after).sum(axis=1) / size, -1, 1)))
    peak = ndimage.maximum_filter1d(turn, 2 * reach + 1)
    return [int(i) for i in np.flatnonzero((turn > degrees) & (turn == peak))]


def fit(points: np.ndarray, tolerance: float, reach: int = 4, breaks: list[int] = ()) -> Cubics:
    """Return cubics along an open polyline.

    Parameters
    ----------
    points : numpy.ndarray
        Evenly sampled polyline.
    tolerance : float
        Largest distance of the polyline from the curve, in cm.
    reach : int
        How many points a tangent looks ahead.
    breaks : list of int
        Points where the curve may have a corner.
    """
    points = np.asarray(points, float)
    marks = [0, *(b for b in breaks if 0 < b < len(points) - 1), len(points) - 1]
    curve: Cubics = []
    for start, end in pairwise(marks):
        part = points[start : end + 1]
        if len(part) < 2:
            continue
        ahead = min(reach, len(part) - 1)
        _fit(part, _unit(part[ahead] - part[0]), _unit(part[-1 - ahead] - part[-1]), tolerance, reach, curve)
    return curve


def fit_closed(points: np.ndarray, tolerance: float, reach: int = 3, pieces: int = 4) -> Cubics:
    """Return cubics along a smooth closed polyline, without a kink where they join."""
    points = points[:-1] if np.allclose(points[0], points[-1]) else points
    count = len(points)
    marks = [round(i * count / pieces) for i in range(pieces)]
    curve: Cubics = []
    for start, end in pairwise([*marks, marks[0] + count]):
        part = points[np.arange(start, end + 1) % count]
        leaving = points[(start + reach) % count] - points[(start - reach) % count]
        arriving = points[(end + reach) % count] - points[(end - reach) % count]
        _fit(part, _unit(leaving), -_unit(arriving), tolerance, reach, curve)
    return curve


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / max(np.linalg.norm(vector), 1e-12)


def _fit(points, leaving, arriving, tolerance, reach, curve: Cubics) -> None:
    """Append cubics for one smooth stretch, halving it where one does not fit."""
    if len(points) == 2:
        third = np.linalg.norm(points[1] - points[0]) / 3
        curve.append(np.array([points[0], points[0] + leaving * third, points[1] + arriving * third, points[1]]))
        return
    along = lengths(points)
    at = along / along[-1]
    for _ in range(6):
        cubic = _least_squares(points, at, leaving, arriving)
        errors = np.linalg.norm(evaluate(cubic, at) - points, axis=1)
        worst = int(errors.argmax())
        if errors[worst] < tolerance:
            curve.append(cubic)
            return
        if errors[worst] > tolerance * 8:
            break
        at = _reparameterise(cubic, points, at)
    worst = min(max(worst, 1), len(points) - 2)
    tangent = _unit(points[min(len(points) - 1, worst + reach)] - points[max(0, worst - reach)])
    _fit(points[: worst + 1], leaving, -tangent, tolerance, reach, curve)
    _fit(points[worst:], tangent, arriving, tolerance, reach, curve)


def _least_squares(points, at, leaving, arriving) -> np.ndarray:
    """Return the cubic with given ends and end directions that is nearest to the points."""
    weights = [(1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3]
    first, second = leaving * weights[1][:, None], arriving * weights[2][:, None]
    cross = (first * second).sum()
    matrix = np.array([[(first * first).sum(), cross], [cross, (second * second).sum()]])
    rest = points - points[0] * (weights[0] + weights[1])[:, None] - points[-1] * (weights[2] + weights[3])[:, None]
    chord = np.linalg.norm(points[-1] - points[0])
    arms = np.array([chord / 3, chord / 3])
    if abs(np.linalg.det(matrix)) > 1e-12:
        solved = np.linalg.solve(matrix, [(first * rest).sum(), (second * rest).sum()])
        if (solved > 1e-3 * chord).all() and (solved < 1.5 * lengths(points)[-1]).all():
            arms = solved
    return np.array([points[0], points[0] + leaving * arms[0], points[-1] + arriving * arms[1], points[-1]])


def _reparameterise(cubic, points, at) -> np.ndarray:
    """Return parameters moved by one Newton step towards the nearest points of the cubic."""
    first = 3 * np.diff(cubic, axis=0)
    second = 2 * np.diff(first, axis=0)
    place, t = evaluate(cubic, at) - points, at[:, None]
    speed = (1 - t) ** 2 * first[0] + 2 * t * (1 - t) * first[1] + t * t * first[2]
    bend = (1 - t) * second[0] + t * second[1]
    below = (speed * speed).sum(axis=1) + (place * bend).sum(axis=1)
    below[np.abs(below) < 1e-12] = 1
    return np.clip(at - (place * speed).sum(axis=1) / below, 0, 1)
