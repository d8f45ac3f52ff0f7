"""What the lens shows where the posture does not tell the place: a part of the standing body with a dot on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .contact import SURFACES, Spot
from .figure import Figure
from .points import GuidePoint
from .postures import table
from .vectors import square_to, unit


@dataclass(frozen=True, eq=False)
class Chart:
    """A part of the standing body before a camera.

    `reach` is half of what the lens holds, in cm; `place` is the point on it, `faces` what is shown of the left side or
    of both, `other` what is shown of the right in thin lines, moved aside by `apart`; `marks` are polylines in space,
    `detail` above 1 drops more, `share` is the radius of the lens as a share of the picture.
    """

    turn: np.ndarray
    centre: np.ndarray
    reach: float
    place: np.ndarray
    faces: np.ndarray
    other: np.ndarray | None = None
    apart: np.ndarray | None = None
    marks: tuple[np.ndarray, ...] = ()
    detail: float = 1.0
    share: float | None = None


def rules_of(point: str) -> dict | None:
    """Return the authored rules of the chart that a point's lens shows, None where it enlarges the scene."""
    return next((row for row in table()["lens"].values() if point in row["points"]), None)


def chart_of(figure: Figure, point: GuidePoint, spot: Spot, rules: dict | None) -> Chart | None:
    """Return the chart by its rules: seen from `toward`, `up` upwards, of the skin between two heights."""
    if rules is None:
        return None
    toward = unit(np.array(rules["toward"], float))
    up = unit(square_to(np.array(rules["up"], float), toward))
    low, high = rules["heights"]
    height, x = figure.stand[:, 1], figure.stand[:, 0]
    part = (height > low) & (height < high) & (figure.arm < rules.get("arm", 0.3))

    def faces(chosen: np.ndarray) -> np.ndarray:
        return figure.faces[chosen[figure.faces].all(axis=1)]

    legs = rules["shows"]
    return Chart(
        np.stack([np.cross(up, toward), up, toward]), np.array(rules["centre"], float), rules["reach"],
        _on_skin(figure, point, spot), faces(part if legs == "both" else part & (x > 0)),
        faces(part & (x < 0)) if legs == "other_thin" else None,
        np.array(rules.get("apart", [0, 0, 0]), float),
        (*_lines(rules), *(_across(figure, height, toward) for height in rules.get("creases", []))),
        rules.get("detail", 1.0), rules.get("share"),
    )  # fmt: skip


def _on_skin(figure: Figure, point: GuidePoint, spot: Spot) -> np.ndarray:
    """Return the point's own place, moved along its surface's direction to the skin; a spot is off by a triangle."""
    place, way = np.array(point.place, float), np.array(SURFACES[point.surface])
    return place + way * ((spot.at(figure.stand) - place) @ way)


def _lines(rules: dict) -> list[np.ndarray]:
    return [np.array(line, float) for line in rules.get("marks", [])]


def _across(figure: Figure, height: float, toward: np.ndarray) -> np.ndarray:
    """Return a crease across the side of the left leg that is seen, from edge to edge but for a gap."""
    ring = figure.stand[figure.ring(height, 1.0)]
    ring = ring[(ring - ring.mean(axis=0)) @ toward > 0]
    along = np.cross([0.0, 1.0, 0.0], toward)
    ring = ring[np.argsort(ring @ along)]
    ends = ring[[0, -1]]
    share = np.linspace(0.2, 0.8, 9)[:, None]
    sag = 0.7 * (1 - (2 * np.linspace(0, 1, 9)[:, None] - 1) ** 2) * np.array([0.0, -1.0, 0.0])
    flat = ends[0] + share * (ends[1] - ends[0])
    flat[:, 1] = height
    return flat + sag
