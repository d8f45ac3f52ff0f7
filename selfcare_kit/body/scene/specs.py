"""What a panel is to show, in cm of its view."""

from __future__ import annotations

from typing import NamedTuple

from selfcare_kit.body.place.atlas import Crop, View
from selfcare_kit.body.place.places import PlaceInView
from selfcare_kit.body.scene.scene import Shape


class MarkSpec(NamedTuple):
    """A point to mark in a panel, on a side, as the view shows it."""

    id: str
    kind: str
    text: str
    side: str
    title: str
    seen: tuple[PlaceInView, ...]
    has_arrow: bool


class ValueSpec(NamedTuple):
    """A number to write at (x, y) in cm of the view, for an area at (at_x, at_y)."""

    x: float
    y: float
    text: str
    at_x: float
    at_y: float


class PanelSpec(NamedTuple):
    """A view to show, and what on it."""

    view: View
    side: str
    crop: Crop
    scale: float
    shapes: tuple[Shape, ...]
    values: tuple[ValueSpec, ...]
    marks: tuple[MarkSpec, ...]
    has_shorts: bool
