"""Charts: ways to write places of the skin as two numbers, so that areas and muscles are authored once.

The chart `leg` unrolls the left half of the body around an axis that runs up through ankle, knee, hip and flank:
its x is the angle in degrees (0 front, 90 outer, 180 back, 270 inner), its y the height in cm. The other charts are
flat: `sagittal` (z, y), `frontal` (x, y) and `plan` (x, z). All of them are taken on the standing body and on its
left half; a place of the right half is mirrored first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from skimage.draw import polygon as fill

from .curves import flatten, spline

AXIS_HEIGHT = np.array([0.0, 10, 22, 34, 46, 52, 58, 70, 82, 88, 94, 100, 106, 118, 130, 175])
AXIS_X = np.array([11.3, 11.5, 11.8, 11.8, 11.5, 10.6, 9.9, 9.5, 9.0, 8.4, 8.0, 7.6, 7.2, 7.2, 7.2, 7.2])
AXIS_Z = np.array([1.8, 1.8, 0.9, 0.5, 1.6, 3.4, 4.0, 4.2, 2.8, 1.4, 1.4, 1.8, 2.2, 2.2, 2.2, 2.2])
FIRST_ANGLE = -60.0

# Smallest and largest chart x and y, and cells a unit.
EXTENT = {
    "leg": ((-60.0, 300.0), (0.0, 175.0), (4.0, 10.0)),
    "sagittal": ((-16.0, 24.0), (-1.0, 175.0), (20.0, 20.0)),
    "frontal": ((-1.0, 42.0), (-1.0, 175.0), (20.0, 20.0)),
    "plan": ((-1.0, 42.0), (-16.0, 24.0), (20.0, 20.0)),
}
FACING = {
    "any": None,
    "front": (2, 1),
    "back": (2, -1),
    "outer": (0, 1),
    "inner": (0, -1),
    "up": (1, 1),
    "down": (1, -1),
}


@dataclass(frozen=True)
class Places:
    """Many places on the standing body with their outward normals; chart coordinates are worked out once."""

    points: np.ndarray
    normals: np.ndarray
    _known: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)

    def on(self, chart: str) -> tuple[np.ndarray, np.ndarray]:
        """Return chart x and y."""
        if chart not in self._known:
            self._known[chart] = coordinates(self.points, chart)
        return self._known[chart]


def coordinates(places: np.ndarray, chart: str) -> tuple[np.ndarray, np.ndarray]:
    """Return chart x and y of places on the standing body (an array whose last axis is x, y, z)."""
    x, y, z = np.abs(places[..., 0]), places[..., 1], places[..., 2]
    if chart == "sagittal":
        return z, y
    if chart == "frontal":
        return x, y
    if chart == "plan":
        return x, z
    across = x - np.interp(y, AXIS_HEIGHT, AXIS_X)
    ahead = z - np.interp(y, AXIS_HEIGHT, AXIS_Z)
    angle = np.degrees(np.arctan2(across, ahead))
    return np.where(angle < FIRST_ANGLE, angle + 360, angle), y


class Stencil:
    """A closed shape on a chart, which can tell for many places at once whether they lie inside.

    Parameters
    ----------
    chart : str
        Name of the chart.
    points : list
        Authored points in chart coordinates.
    smooth : bool, default=True
        Whether the points are joined by a smooth curve or by straight lines.
    facing : str, default="any"
        Only places whose skin faces this way are inside.
    slack : float, default=0
        How far the skin may be turned away from that direction and still count, as a cosine.
    below, behind : float, optional
        Only places lower, or further back, than this, in cm, are inside.
    """

    def __init__(
        self,
        chart: str,
        points: list,
        smooth: bool = True,
        facing: str = "any",
        slack: float = 0.0,
        below: float = np.inf,
        behind: float = np.inf,
    ):
        self.chart, self.facing, self.slack = chart, FACING[facing], slack
        self.below, self.behind = below, behind
        (x0, x1), (y0, y1), (per_x, per_y) = EXTENT[chart]
        self._origin, self._scale = np.array([x0, y0]), np.array([per_x, per_y])
        size = np.rint((np.array([x1, y1]) - self._origin) * self._scale).astype(int)
        line = flatten(spline(points, closed=True), 12) if smooth else np.asarray(points, float)
        cells = (line - self._origin) * self._scale - 0.5
        self._image = np.zeros(size[::-1], bool)
        rows, columns = fill(cells[:, 1], cells[:, 0], self._image.shape)
        self._image[rows, columns] = True

    def holds(self, places: Places) -> np.ndarray:
        """Return whether places lie inside."""
        x, y = places.on(self.chart)
        column = np.clip(((x - self._origin[0]) * self._scale[0]).astype(int), 0, self._image.shape[1] - 1)
        row = np.clip(((y - self._origin[1]) * self._scale[1]).astype(int), 0, self._image.shape[0] - 1)
        inside = self._image[row, column] & (places.points[:, 1] < self.below) & (places.points[:, 2] < self.behind)
        if self.facing is not None:
            axis, sign = self.facing
            toward = places.normals[:, axis] * sign
            if axis == 0:
                toward = toward * np.where(places.points[:, 0] < 0, -1, 1)
            inside &= toward > -self.slack
        return inside
