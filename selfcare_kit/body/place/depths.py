"""Where on the body a spot of a view lies, read from the grids of depths that `tools/build_body` made."""

from __future__ import annotations

import json
from functools import lru_cache
from math import floor
from pathlib import Path

from selfcare_kit.body.place.atlas import XYZ, View, atlas

# So far beside a spot the skin is asked which way it faces, in cells.
BESIDE = 1.0


class Depths:
    """The depth of the nearest skin in each view, for the body as it stands.

    Parameters
    ----------
    folder : Path
        A folder in the format of `data/body`, with `depths.json`.
    """

    def __init__(self, folder: Path) -> None:
        data = json.loads((folder / "depths.json").read_bytes())
        self._views = data["views"]
        self._cells: dict[str, dict[tuple[int, int], float]] = {}
        self._per_cm = data["per_cm"]

    def skin_at(self, view: View, x: float, y: float) -> XYZ | None:
        """Return the place of the skin that a view shows at a spot in cm; None where it shows none, or a moved arm."""
        if not view.contains(x, y):
            return None
        depth = self._depth(view.name, x, y)
        return None if depth is None else _lifted(view, x, y, depth)

    def normal_at(self, view: View, x: float, y: float) -> XYZ:
        """Return which way the skin faces at a spot; straight at the viewer where the grid is too coarse to say."""
        step = BESIDE * self._views[view.name]["cell_cm"]
        beside = [self._depth(view.name, x + dx, y + dy) for dx, dy in ((-step, 0), (step, 0), (0, -step), (0, step))]
        if None in beside:
            return view.toward_viewer
        left, right, below, above = (_lifted(view, 0.0, 0.0, depth or 0.0) for depth in beside)
        across, up, toward = _axes(view)
        rise_x = sum((b - a) * c for a, b, c in zip(left, right, toward, strict=True)) / (2 * step)
        rise_y = sum((b - a) * c for a, b, c in zip(below, above, toward, strict=True)) / (2 * step)
        normal = [c - rise_x * a - rise_y * b for a, b, c in zip(across, up, toward, strict=True)]
        size = sum(part * part for part in normal) ** 0.5
        return (normal[0] / size, normal[1] / size, normal[2] / size)

    def _depth(self, name: str, x: float, y: float) -> float | None:
        """Return the depth between the cells around a spot, as far as they have skin."""
        grid, cells = self._views[name], self._of(name)
        column, row = (x - grid["origin"][0]) / grid["cell_cm"], (y - grid["origin"][1]) / grid["cell_cm"]
        left, low = floor(column), floor(row)
        total = weights = 0.0
        for i, share_x in ((left, left + 1 - column), (left + 1, column - left)):
            for j, share_y in ((low, low + 1 - row), (low + 1, row - low)):
                depth = cells.get((i, j))
                if depth is not None:
                    total, weights = total + share_x * share_y * depth, weights + share_x * share_y
        return total / weights if weights > 0 else None

    def _of(self, name: str) -> dict[tuple[int, int], float]:
        if name not in self._cells:
            cells = {}
            for row, runs in enumerate(self._views[name]["rows"]):
                for column, *steps in runs:
                    depth = 0
                    for number, step in enumerate(steps):
                        depth += step
                        cells[column + number, row] = depth / self._per_cm
            self._cells[name] = cells
        return self._cells[name]


@lru_cache(maxsize=1)
def depths() -> Depths:
    """Return the depths of the kit's body, read once."""
    return Depths(atlas().folder)


def _axes(view: View) -> tuple[XYZ, XYZ, XYZ]:
    (ax, ay, az, _), (bx, by, bz, _) = view.camera
    return (ax, ay, az), (bx, by, bz), view.toward_viewer


def _lifted(view: View, x: float, y: float, depth: float) -> XYZ:
    """Return the place that a view shows at a spot, so far toward the viewer; the three axes are at right angles."""
    across, up, toward = _axes(view)
    (*_, x0), (*_, y0) = view.camera
    found = [(x - x0) * a + (y - y0) * b + depth * c for a, b, c in zip(across, up, toward, strict=True)]
    return (found[0], found[1], found[2])
