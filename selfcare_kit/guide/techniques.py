"""Ways to work a point: the tools that suit a mode, and the positions that suit a tool."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Point
from selfcare_kit.guide.records import Technique
from selfcare_kit.guide.short_texts import short_how
from selfcare_kit.model.step import Step


class Ways(NamedTuple):
    """The tools that suit the mode of a step, and the positions that suit its tool."""

    tools: tuple[str, ...]
    positions: tuple[str, ...]


def techniques_of(mode: str, guide: Guide) -> tuple[Technique, ...]:
    """Return the guide's techniques of a mode."""
    return guide.records.techniques_of_modes.get(mode, ())


def mode_for_tool(point: Point, tool: str, guide: Guide) -> str:
    """Return the point's own mode when a technique of that mode has the tool, else hold."""
    suits = any(tool in each.tools for each in techniques_of(point.mode, guide))
    return point.mode if suits else "hold"


def ways_of(step: Step, guide: Guide) -> Ways:
    """Return the tools and positions that suit a step, in the guide's order and with its own.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> ways_of(Step("fibl_1", "left", mode="scrape", tool="long_handle"), load_guide()).tools
    ('scraping_tool', 'long_handle')
    """
    point = guide.point(step.point)
    techniques = techniques_of(step.mode, guide)
    tools = {tool for technique in techniques for tool in technique.tools} | {step.tool}
    tools |= set() if techniques else set(point.tools)
    positions = {position for each in techniques if step.tool in each.tools for position in each.positions}
    # The point's own position goes with the tools of its own technique.
    own = guide.records.techniques.get(point.technique)
    is_own = own is not None and step.tool in own.tools
    positions |= {step.position, "any"} | ({point.position} if is_own or not positions else set())
    return Ways(
        tuple(id for id in guide.records.tools if id in tools),
        tuple(id for id in guide.records.positions if id in positions),
    )


def tools_used_nearby(point: Point, guide: Guide) -> tuple[str, ...]:
    """Return other tools that the guide uses at points of the same part of the body, without the firm ones.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> [tools_used_nearby(load_guide().point(id), load_guide()) for id in ("fdb_1", "tfl_1")]
    [('supported_fingers',), ()]
    """
    areas, part = guide.records.areas, guide.records.areas[point.area].group
    nearby = {tool for each in guide.point_values.values() if areas[each.area].group == part for tool in each.tools}
    tools = guide.records.tools.values()
    return tuple(tool.id for tool in tools if tool.id in nearby and not tool.firm and tool.id not in point.tools)


def is_described(step: Step, guide: Guide) -> bool:
    """Return whether the guide says how its point is worked so: as one of the point's own ways, or in a text for it.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> is_described(Step("fdb_1", "left", tool="supported_fingers", position="chair_sitting"), load_guide())
    True
    >>> is_described(Step("tfl_1", "left", tool="opposite_knee", position="chair_sitting"), load_guide())
    False
    """
    point = guide.point(step.point)
    if step.tool in point.tools and step.mode in (point.mode, "hold"):
        return True
    way = {"mode": step.mode, "position": step.position, "tool": step.tool}
    return bool(short_how(guide.texts(guide.language), point, side=step.side, **way))


def fitted(step: Step, guide: Guide) -> Step:
    """Return a step with another tool and position where its own do not suit its mode."""
    point = guide.point(step.point)
    techniques = techniques_of(step.mode, guide)
    tools = [tool for technique in techniques for tool in technique.tools]
    if tools and step.tool not in tools:
        step = replace(step, tool=next((tool for tool in point.tools if tool in tools), tools[0]))
    positions = [position for each in techniques if step.tool in each.tools for position in each.positions]
    if positions and step.position not in (*positions, point.position):
        step = replace(step, position=positions[0])
    return step


def other_ways(step: Step, point: Point, guide: Guide) -> Iterator[Step]:
    """Yield the step in the other ways to work its point, those with the fewest changes first."""
    for mode in dict.fromkeys((step.mode, mode_for_tool(point, step.tool, guide), "hold")):
        techniques = techniques_of(mode, guide)
        for tool in dict.fromkeys((step.tool, *point.tools)):
            suiting = [technique for technique in techniques if tool in technique.tools]
            if techniques and not suiting:
                continue
            # The point's own technique goes before the others with the same tool.
            own = guide.records.techniques.get(point.technique)
            chosen = [own] if own is not None and tool in own.tools else suiting
            positions = dict.fromkeys(position for technique in chosen for position in technique.positions)
            if tool == step.tool:
                positions = {step.position: None, **positions}
            elif tool in point.tools and point.position in positions:
                positions = {point.position: None, **positions}
            for position in positions or (step.position,):
                yield replace(step, mode=mode, tool=tool, position=position)
