"""Which way the skin faces at a place of the body, read from the maps that `tools/build_body` made.

A place of a guide says roughly where it lies ("side"); how squarely a view shows it depends on the
skin itself, which turns a good deal within one such surface.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from selfcare_kit.guide.landmarks.body import XYZ

# As in tools/build_body/normals.py, which writes them: the letters from -1 to 1.
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LEAN = {letter: 2 * i / (len(LETTERS) - 1) - 1 for i, letter in enumerate(LETTERS)}


class Skin:
    """The normals of the skin, for the client's left.

    Parameters
    ----------
    data : mapping
        What `skin.json` holds; empty where a body has none.

    Examples
    --------
    >>> Skin({}).normal("side", (15.0, 90.0, 0.0), (1.0, 0.0, 0.0))
    (1.0, 0.0, 0.0)
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._maps: Mapping[str, Any] = data.get("maps", {})
        self.arm_beyond: float = data.get("arm_beyond_cm", 0.0)

    @classmethod
    def of(cls, folder: Path) -> Skin:
        """Return the skin of a body folder."""
        path = folder / "skin.json"
        return cls(json.loads(path.read_bytes()) if path.is_file() else {})

    def normal(self, surface: str, xyz: XYZ, roughly: XYZ) -> XYZ:
        """Return which way the skin faces that lies nearest to a place.

        Parameters
        ----------
        surface : str
            The surface the place is said to lie on.
        xyz : tuple of float
            The place, in cm of the reference body, on the client's left.
        roughly : tuple of float
            The way of the surface as a whole, taken where the maps know no better.

        Returns
        -------
        tuple of float
            A vector of length 1.
        """
        if surface == "side" and xyz[0] > self.arm_beyond:
            surface = "arm"
        found = self._maps.get(surface)
        if found is None:
            return roughly
        across, up, toward = found["camera"]
        cell, (left, low) = found["cell_cm"], found["origin"]
        column, row = (_dot(across, xyz) - left) / cell, (_dot(up, xyz) - low) / cell
        x, y, weight = _mean(found["rows"], row, column)
        if not weight:
            return roughly
        x, y = x / weight, y / weight
        z = max(0.0, 1 - x * x - y * y) ** 0.5
        size = (x * x + y * y + z * z) ** 0.5
        return tuple((x * a + y * b + z * c) / size for a, b, c in zip(across, up, toward, strict=True))


def _dot(a: XYZ, b: XYZ) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _mean(rows: list[list[Any]], row: float, column: float) -> tuple[float, float, float]:
    """Return the lean to the right and up between the four cells around a place, and their weight."""
    x = y = weight = 0.0
    for i in (int(row // 1), int(row // 1) + 1):
        if not 0 <= i < len(rows):
            continue
        first, letters = rows[i]
        for j in (int(column // 1), int(column // 1) + 1):
            at = 2 * (j - first)
            if 0 <= at < len(letters) and letters[at] != " ":
                share = (1 - abs(row - i)) * (1 - abs(column - j)) + 1e-6
                x += share * _LEAN[letters[at]]
                y += share * _LEAN[letters[at + 1]]
                weight += share
    return x, y, weight
