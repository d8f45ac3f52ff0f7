"""How a point can be worked: which tools suit a mode, and which positions suit a tool."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Point
from selfcare_kit.guide.records import Technique
from selfcare_kit.model.step import Step


class Ways(NamedTuple):
    """How a step can be worked as it is now: tools that suit its mode, positions that suit its tool."""

    tools: tuple[str, ...]
    positions: tuple[str, ...]


def techniques_of(mode: str, guide: Guide) -> tuple[Technique, ...]:
    """Return the guide's techniques of a mode."""
    return guide.records.techniques_of_modes.get(mode, ())


def mode_for_tool(point: Point, tool: str, guide: Guide) -> str:
    """Return the point's own mode when a technique of the guide does it with that tool, else hold."""
    suits = any(tool in each.tools for each in techniques_of(point.mode, guide))
    return point.mode if suits else "hold"


def ways_of(step: Step, guide: Guide) -> Ways:
    """Return the tools and positions that suit a step, in the guide's order; its own are always among them.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> ways_of(Step("fibl_1", "left", mode="scrape", tool="long_handle"), load_guide()).tools
    ('scraping_tool', 'long_handle')
    """
    point = guide.point(step.point)
    made = techniques_of(step.mode, guide)
    tools = {tool for each in made for tool in each.tools} | {step.tool}
    tools |= set() if made else set(point.tools)
    places = {place for each in made if step.tool in each.tools for place in each.positions}
    # The point's own position is that of its own technique's tools.
    own = guide.records.techniques.get(point.technique)
    is_own = own is not None and step.tool in own.tools
    places |= {step.position, "any"} | ({point.position} if is_own or not places else set())
    return Ways(
        tuple(id for id in guide.records.tools if id in tools),
        tuple(id for id in guide.records.positions if id in places),
    )


def fitted(step: Step, guide: Guide) -> Step:
    """Return a step with a tool and a position that suit its mode, where its own do not."""
    point = guide.point(step.point)
    made = techniques_of(step.mode, guide)
    suiting = [tool for each in made for tool in each.tools]
    if suiting and step.tool not in suiting:
        step = replace(step, tool=next((tool for tool in point.tools if tool in suiting), suiting[0]))
    places = [place for each in made if step.tool in each.tools for place in each.positions]
    if places and step.position not in (*places, point.position):
        step = replace(step, position=places[0])
    return step


def other_ways(step: Step, point: Point, guide: Guide) -> Iterator[Step]:
    """Yield a step in the other ways in which its point can be worked, those first in which the least is changed."""
    for mode in dict.fromkeys((step.mode, mode_for_tool(point, step.tool, guide), "hold")):
        made = techniques_of(mode, guide)
        for tool in dict.fromkeys((step.tool, *point.tools)):
            suiting = [each for each in made if tool in each.tools]
            if made and not suiting:
                continue
            # What the point's own technique says of a tool goes before what others say of it.
            own = guide.records.techniques.get(point.technique)
            spoken = [own] if own is not None and tool in own.tools else suiting
            places = dict.fromkeys(place for each in spoken for place in each.positions)
            if tool == step.tool:
                places = {step.position: None, **places}
            elif tool in point.tools and point.position in places:
                places = {point.position: None, **places}
            for position in places or (step.position,):
                yield replace(step, mode=mode, tool=tool, position=position)
