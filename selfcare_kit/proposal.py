"""The step a guide proposes for a point, as mild as the safety answers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from selfcare_kit.guide import Guide
from selfcare_kit.model import Point, Step, sides_touched
from selfcare_kit.safety.screening import Screening
from selfcare_kit.tables import split


def propose(
    point_id: str, side: str, guide: Guide, screening: Screening | None, *, most_seconds: int | None = None
) -> Step:
    """Make the step a guide proposes for a point.

    Parameters
    ----------
    point_id : str
        Point id.
    side : {"left", "right", "both"}
        The client's own side.
    guide : Guide
        Whose point it is.
    screening : Screening or None
        Answers that choose another tool, another position or a lower pressure where they must.
    most_seconds : int, optional
        Upper end for the seconds.

    Returns
    -------
    Step
        A new step. Where the answers allow nothing, it is the guide's own, and the gate refuses it.
    """
    point = guide.point(point_id)
    step = Step(
        point=point.id,
        side=side,
        mode=point.mode,
        seconds=min(point.seconds, most_seconds or point.seconds),
        pressure=point.pressure,
        tool=point.tools[0],
        position=point.position,
        every_days_min=point.every_days_min,
        every_days_max=point.every_days_max,
        muscle=point.muscle,
        area=point.area,
    )
    if screening is not None:
        positions = (point.position, *split(guide.row("techniques", point.technique)["positions"]))
        step = _milder(step, point, positions, screening)
    return step if step.mode == "hold" else replace(step, mode=mode_for_tool(point, step.tool, guide))


def _milder(step: Step, point: Point, positions: Iterable[str], screening: Screening) -> Step:
    """Choose the first tool and position that the answers allow in all areas worked, and the pressure."""
    areas = point.areas_worked(step.mode)
    if any(screening.blocking(area) for area in point.sweeps):
        step, areas = replace(step, mode="hold"), point.areas_worked("hold")
    limits = [each.max_pressure for area in areas for each in screening.touching(area) if each.max_pressure]
    return replace(
        step,
        pressure=min([step.pressure, *limits]),
        tool=_first_allowed(screening, areas, "tool", point.tools),
        position=_first_allowed(screening, areas, "position", positions),
    )


def propose_all(chosen: Sequence[tuple[str, str]], guide: Guide, screening: Screening | None) -> tuple[Step, ...]:
    """Make the steps a guide proposes for several points, each with its share of an area's time.

    Parameters
    ----------
    chosen : sequence of (str, str)
        Point ids with their sides, in order.
    guide : Guide
        Whose points they are.
    screening : Screening or None
        The safety answers.

    Returns
    -------
    tuple of Step
        In the same order; the steps of one area and side keep within the guide's dose.
    """
    places = [(guide.point(point).area, side) for point, both in chosen for side in sides_touched(both)]
    steps = []
    for point, side in chosen:
        area = guide.point(point).area
        crowd = max(places.count((area, each)) for each in sides_touched(side))
        share = guide.dose.max_area_seconds // crowd
        steps.append(propose(point, side, guide, screening, most_seconds=share))
    return tuple(steps)


def adapt(step: Step, guide: Guide, screening: Screening | None) -> Step | None:
    """Make a step as mild as safety answers ask for.

    Parameters
    ----------
    step : Step
        The step as it is.
    guide : Guide
        Whose point it is.
    screening : Screening or None
        The answers.

    Returns
    -------
    Step or None
        The same step when nothing speaks against it, a milder one, or None when the point has
        to be left out.
    """
    point = guide.point(step.point)
    if screening is None or not screening.objection_to(step, point):
        return step
    milder = propose(step.point, step.side, guide, screening)
    pressure = min(step.pressure, milder.pressure)
    # What the clinician chose stays as far as it can: the least that has to change is changed.
    ways: tuple[dict[str, Any], ...] = (
        {},
        {"position": milder.position},
        {"tool": milder.tool, "mode": milder.mode},
        {"tool": milder.tool, "mode": milder.mode, "position": milder.position},
    )
    tries = (replace(step, pressure=pressure, **way) for way in ways)
    return next((each for each in tries if not screening.objection_to(each, point)), None)


def mode_for_tool(point: Point, tool: str, guide: Guide) -> str:
    """Choose how a point is worked with a tool.

    Parameters
    ----------
    point : Point
        The point.
    tool : str
        Tool id.
    guide : Guide
        Whose techniques say which tool suits which mode.

    Returns
    -------
    {"hold", "sweep", "scrape"}
        The point's own mode when a technique of the guide does it with that tool, else hold.
    """
    suits = any(row["mode"] == point.mode and tool in split(row["tools"]) for row in guide.table("techniques"))
    return point.mode if suits else "hold"


class Ways(NamedTuple):
    """How a step can be worked as it is now: tools that suit its mode, positions that suit its tool."""

    tools: tuple[str, ...]
    positions: tuple[str, ...]


def ways_of(step: Step, guide: Guide) -> Ways:
    """Return the tools and positions that suit a step.

    Parameters
    ----------
    step : Step
        The step.
    guide : Guide
        Whose techniques say what goes together.

    Returns
    -------
    Ways
        In the guide's order; what the step has now is always among them.

    Examples
    --------
    >>> from selfcare_kit.guide import load_guide
    >>> guide = load_guide()
    >>> ways_of(propose("fibl_1", "left", guide, None).changed(mode="scrape"), guide).tools
    ('scraping_tool', 'long_handle')
    """
    point = guide.point(step.point)
    rows = [row for row in guide.table("techniques") if row["mode"] == step.mode]
    tools = {tool for row in rows for tool in split(row["tools"])} | {step.tool}
    tools |= set() if rows else set(point.tools)
    places = {each for row in rows if step.tool in split(row["tools"]) for each in split(row["positions"])}
    places |= {step.position, point.position, "any"}
    return Ways(
        tuple(row["id"] for row in guide.table("tools") if row["id"] in tools),
        tuple(row["id"] for row in guide.table("positions") if row["id"] in places),
    )


def fitted(step: Step, guide: Guide) -> Step:
    """Give a step a tool and a position that suit its mode, where its own do not.

    Parameters
    ----------
    step : Step
        With a mode or a tool that is new.
    guide : Guide
        Whose techniques say what goes together.

    Returns
    -------
    Step
        The same step where everything suits.
    """
    point = guide.point(step.point)
    rows = [row for row in guide.table("techniques") if row["mode"] == step.mode]
    suiting = [tool for row in rows for tool in split(row["tools"])]
    if suiting and step.tool not in suiting:
        step = replace(step, tool=next((tool for tool in point.tools if tool in suiting), suiting[0]))
    places = [each for row in rows if step.tool in split(row["tools"]) for each in split(row["positions"])]
    if places and step.position not in (*places, point.position):
        step = replace(step, position=places[0])
    return step


def _first_allowed(screening: Screening, areas: Sequence[str], name: str, choices: Iterable[str]) -> str:
    options = tuple(choices)
    free = (each for each in options if not screening.objection_in(areas, **{name: each}))
    return next(free, options[0])
