"""Path strings: whole numbers, y down, an absolute M and then only relative c, l and z."""

from __future__ import annotations

import numpy as np

from .curves import Cubics


class PathWriter:
    """Write curves in units of a view.

    Parameters
    ----------
    unit : float
        Size of one unit in cm.
    """

    def __init__(self, unit: float):
        self.unit = unit

    def _whole(self, points: np.ndarray) -> np.ndarray:
        return np.rint(np.asarray(points) * [1 / self.unit, -1 / self.unit]).astype(int)

    def curve(self, curve: Cubics, closed: bool = True) -> str:
        """Return one subpath. A cubic whose handles lie on its chord becomes a line."""
        here = self._whole(curve[0][0])
        parts, command = [f"M{_join(here)}"], ""
        for cubic in curve:
            points = self._whole(cubic[1:])
            if (points[2] == here).all():
                continue
            letter = "l" if _is_straight(here, points) else "c"
            steps = (points[2:] if letter == "l" else points) - here
            numbers = _join(steps.ravel())
            separator = "" if letter != command or numbers.startswith("-") else " "
            parts.append((letter if letter != command else separator) + numbers)
            command, here = letter, points[2]
        return "".join(parts) + ("z" if closed else "")

    def curves(self, curves: list[Cubics], closed: bool = True) -> str:
        """Return several subpaths as one path string."""
        return "".join(self.curve(curve, closed) for curve in curves if curve)


def _is_straight(start: np.ndarray, points: np.ndarray) -> bool:
    """Tell whether a cubic is a straight line to within half a unit."""
    chord = points[2] - start
    size = np.hypot(*chord)
    away = [abs(chord[0] * (p - start)[1] - chord[1] * (p - start)[0]) / max(size, 1) for p in points[:2]]
    along = [(p - start) @ chord / max(size**2, 1) for p in points[:2]]
    return max(away) <= 0.5 and min(along) >= -0.01 and max(along) <= 1.01


def _join(numbers) -> str:
    """Return numbers with the fewest separators."""
    text = ""
    for number in numbers:
        text += ("" if not text or number < 0 else " ") + str(int(number))
    return text
