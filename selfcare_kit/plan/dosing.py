"""The step and the dose of a point: what the guide proposes, as far as the judge and the time of its areas allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfcare_kit.errors import DoseError, UnknownIdError, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Point
from selfcare_kit.guide.techniques import mode_for_tool
from selfcare_kit.model.dose import Dose, areas_dosed, check_dose
from selfcare_kit.model.step import Step
from selfcare_kit.plan.changes import describe_changes
from selfcare_kit.review.states import held_points
from selfcare_kit.safety.verdict import Judge

# A shorter step is not proposed.
MIN_SECONDS = 30
# What a step can be proposed with, other than the guide's own.
WAY = ("mode", "tool", "position")


def own_step(point: Point, side: str) -> Step:
    """Return the guide's own step for a point, whatever the safety answers."""
    return Step(
        point=point.id,
        side=side,
        mode=point.mode,
        seconds=point.seconds,
        pressure=point.pressure,
        tool=point.tools[0],
        position=point.position,
        every_days_min=point.every_days_min,
        every_days_max=point.every_days_max,
        muscle=point.muscle,
        area=point.area,
    )


def step_in_a_way(point: Point, side: str, guide: Guide, **way: str) -> Step:
    """Return the guide's own step for a point with another mode, tool or position; a tool brings a mode that fits."""
    if "tool" in way:
        way = {"mode": mode_for_tool(point, way["tool"], guide), **way}
    return own_step(point, side).changed(**way)


def propose(point: str, side: str, judge: Judge, others: Sequence[Step] = (), **way: str) -> Step:
    """Return the step for a point as the judge allows it, in the time that other steps leave in its areas.

    `way` may name its mode, tool and position; the judge may allow another one only. Where nothing is allowed, or no
    time is left, it is a step that the routine will refuse with its reason.
    """
    wanted = step_in_a_way(judge.guide.point(point), side, judge.guide, **way)
    step = judge.verdict(wanted).step or wanted
    left = seconds_left(step, others, judge.guide)
    return replace(step, seconds=min(step.seconds, left)) if left >= MIN_SECONDS else step


def shared_out(steps: Sequence[Step], guide: Guide) -> tuple[Step, ...]:
    """Return the steps, each with at most its share of the time that its areas may get on a side."""
    areas = [areas_and_sides(step, guide) for step in steps]
    counts = Counter(area_and_side for own in areas for area_and_side in set(own))
    most = guide.dose.max_area_seconds
    shares = (min(most // counts[area_and_side] for area_and_side in own) for own in areas)
    return tuple(replace(step, seconds=min(step.seconds, share)) for step, share in zip(steps, shares, strict=True))


def fitted_step(values: Mapping[str, Any], guide: Guide, told: list[str]) -> Mapping[str, Any] | None:
    """Return the values of a step of another version of the guide; None where its point is gone.

    For a tool or position that is gone it gets the point's own. A sentence about each is added to what is told.
    """
    name = f"{quoted(values['point'])} {values.get('side', '')}".strip()
    try:
        point = guide.point(values["point"])
    except UnknownIdError:
        told.append(f"Left out: the step {name}, as version {guide.version} of the guide has no such point.")
        return None
    own = {"tool": point.tools[0] if point.tools else "", "position": point.position}
    known = {"tool": guide.records.tools, "position": guide.records.positions}
    gone = [each for each in own if values.get(each) and values[each] not in known[each]]
    for each in gone:
        told.append(
            f"Changed: the step {name} has the {each} {own[each]!r}, as version {guide.version} of the guide has no "
            f"{quoted(values[each])}."
        )
    return {**values, **{each: own[each] for each in gone}}


def brought_up_to_date(steps: Sequence[Step], judge: Judge) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """Return steps of other rules as today's rules allow them, and a sentence for each change."""
    guide = judge.guide
    allowed = tuple(step for step in (adapt(_shortened(step, guide), judge) for step in steps) if step is not None)
    try:
        check_dose(allowed, guide.dose, guide.areas_dosed)
    except DoseError:
        allowed = shared_out(tuple(_limited(step, guide.dose) for step in allowed), guide)
    return allowed, describe_changes(steps, allowed, guide, lambda step: judge.verdict(step).reason)


def without_held(steps: Sequence[Step], judge: Judge) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """Return steps without those whose points reviewers hold back, and a sentence for each that is left out."""
    held = held_points(judge.guide)
    kept = tuple(step for step in steps if step.point not in held)
    if len(kept) == len(steps):
        return tuple(steps), ()
    return kept, describe_changes(steps, kept, judge.guide, lambda step: judge.verdict(step).reason)


def adapt(step: Step, judge: Judge) -> Step | None:
    """Return a step as the judge allows it, unchanged where possible; None when it has to be left out."""
    return judge.verdict(step).step


def _shortened(step: Step, guide: Guide) -> Step:
    """Return a step with no more seconds than its point may get."""
    return replace(step, seconds=min(step.seconds, guide.point(step.point).max_seconds))


def _limited(step: Step, dose: Dose) -> Step:
    """Return a step with no more pressure and no less rest than the dose allows."""
    days = max(step.every_days_min, dose.every_days_min)
    return replace(
        step,
        pressure=min(step.pressure, dose.max_pressure),
        every_days_min=days,
        every_days_max=max(step.every_days_max, days),
    )


def seconds_left(step: Step, others: Sequence[Step], guide: Guide) -> int:
    """Return the seconds that other steps leave in that area and side of a step where they use most."""
    used: Counter[tuple[str, str]] = Counter()
    for other in others:
        for area_and_side in areas_and_sides(other, guide):
            used[area_and_side] += other.seconds
    most_used = max((used[area_and_side] for area_and_side in areas_and_sides(step, guide)), default=0)
    return guide.dose.max_area_seconds - most_used


def areas_and_sides(step: Step, guide: Guide) -> list[tuple[str, str]]:
    """Return the areas, each with a side of the body, in which the seconds of a step count."""
    return areas_dosed(step, guide.areas_dosed)
