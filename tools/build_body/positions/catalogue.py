"""Which pictures there are: every way in which the guide lets a point be worked, and the scene of each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from selfcare_kit.guide.techniques import other_ways
from selfcare_kit.plan.dosing import own_step

from .points import GuidePoint

if TYPE_CHECKING:
    from selfcare_kit.guide.guide import Guide

    from .figure import Figure
    from .scene import Scene

AUTHORED = Path(__file__).resolve().parents[1] / "authored" / "position_ways.toml"
HAMSTRINGS = ("biceps_femoris", "semitendinosus")


@dataclass(frozen=True)
class Way:
    """A point worked in a position with a tool; the default ways must have a picture."""

    point: GuidePoint
    position: str
    tool: str
    is_default: bool

    @property
    def key(self) -> str:
        """What the picture is called in its point's file."""
        return f"{self.position}/{self.tool}"

    @property
    def name(self) -> str:
        """What the picture is called in messages."""
        return f"{self.point.id}/{self.key}"

    @property
    def kind(self) -> str:
        """The module that makes its scene."""
        if self.tool == "massage_ball":
            return {"wall_standing": "wall", "floor_lying": "floor"}.get(self.position, "seat")
        if self.tool == "small_firm_ball" and self.point.technique == "sole_ball":
            return "seat"
        return "knee" if self.tool == "opposite_knee" else "reach"

    @property
    def postures(self) -> list[str]:
        """The postures that a hand may reach from, for a way of the kind `reach`."""
        if self.position == "lying_on_back":
            return ["supine"]
        chair = ways()["chair"]
        return chair["point"].get(self.point.id) or chair["surface"][self.point.surface]


@lru_cache(maxsize=1)
def ways() -> dict:
    """Return the authored table of ways."""
    return tomllib.loads(AUTHORED.read_text(encoding="utf-8"))


def all_ways(points: dict[str, GuidePoint], guide: Guide) -> list[Way]:
    """Return every way in which a point may be pressed, point by point; the first way of each tool is its default."""
    also = [(point, row["position"], row["tool"]) for row in ways()["also"] for point in row["points"]]
    found = []
    for point in points.values():
        if point.show_only:
            continue
        value = guide.point(point.id)
        pairs: dict[tuple[str, str], bool] = {}
        for step in other_ways(own_step(value, "left"), value, guide):
            is_first = step.tool not in {tool for _, tool in pairs}
            pairs.setdefault((step.position, step.tool), is_first and step.tool in point.tools)
        for id, position, tool in also:
            if id == point.id:
                pairs.setdefault((position, tool), False)
        found += [Way(point, position, tool, default) for (position, tool), default in pairs.items()]
    return found


def reason_missing(way: Way) -> str:
    """Return why a way has no picture by the authored table, empty where it should have one."""
    for row in ways()["missing"]:
        fits = row["position"] == way.position
        fits &= way.tool in row.get("tools", [way.tool]) and way.point.id in row.get("points", [way.point.id])
        if fits:
            return row["reason"]
    return ""


def scene_of(figure: Figure, way: Way) -> Scene:
    """Return the scene of a way.

    Raises
    ------
    NotConverged
        If body and tool cannot be brought together.
    """
    from . import floor, knee, reach, seat, wall
    from .contact import attach
    from .postures import table

    point = way.point
    spot = attach(figure, point.place, point.surface)
    ends = tuple(attach(figure, end, point.surface) for end in point.lane) if point.lane else None
    radius = table()["balls"].get(way.tool, 0.0)
    if way.kind == "wall":
        approach = ways()["approach"].get(point.id)
        return wall.at_wall(figure, spot, radius, None if approach is None else np.array(approach), ends)
    if way.kind == "floor":
        return floor.on_floor(figure, spot, radius)
    if way.kind == "seat":
        if way.tool == "massage_ball":
            is_thigh = point.muscle in HAMSTRINGS
            return seat.thigh_on_ball(figure, spot) if is_thigh else seat.buttock_on_ball(figure, spot, radius)
        return (seat.sole_standing if way.position == "standing_foot" else seat.sole_on_ball)(figure, spot, radius)
    if way.kind == "knee":
        return knee.over_knee(figure, spot)
    return reach.reach(figure, spot, way.tool, way.postures, ends)


class NothingChosen(LookupError):
    """What was asked for is the beginning of no name."""


def chosen(found: list, only: list[str]) -> list:
    """Return the ways and postures whose name begins with one of the given words; all where none is given.

    Raises
    ------
    NothingChosen
        If no name begins with one of the words.
    """
    for word in only:
        if not any(way.name.startswith(word) for way in found):
            raise NothingChosen(f"--only must be the beginning of a name such as {found[0].name}, got {word!r}.")
    return [way for way in found if not only or any(way.name.startswith(word) for word in only)]
