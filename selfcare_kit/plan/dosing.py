"""The step a guide proposes for a point, as far as the judge allows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selfcare_kit.errors import DoseError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Point
from selfcare_kit.model.dose import Dose, areas_dosed, check_dose
from selfcare_kit.model.step import Step
from selfcare_kit.plan.changes import describe_changes
from selfcare_kit.safety.verdict import Judge

# Less than this is not worth a step of its own.
MIN_SECONDS = 30


def own_step(point: Point, side: str) -> Step:
    """Return the step that the guide has for a point, whatever the answers."""
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


def propose(point: str, side: str, judge: Judge, others: Sequence[Step] = ()) -> Step:
    """Return the step for a point as the judge allows it, in the time that other steps leave its areas.

    Where nothing is allowed, or no time is left, it is the guide's own, and the routine refuses it.
    """
    own = own_step(judge.guide.point(point), side)
    step = judge.verdict(own).step or own
    left = judge.guide.dose.max_area_seconds - _most_used(step, others, judge.guide)
    return replace(step, seconds=min(step.seconds, left)) if left >= MIN_SECONDS else step


def shared_out(steps: Sequence[Step], guide: Guide) -> tuple[Step, ...]:
    """Return steps, each with its share of the time that an area and side may get."""
    places = [_places(step, guide) for step in steps]
    crowd: dict[tuple[str, str], int] = {}
    for own in places:
        crowd |= {place: crowd.get(place, 0) + 1 for place in own}
    most = guide.dose.max_area_seconds
    shares = (min(most // crowd[place] for place in own) for own in places)
    return tuple(replace(step, seconds=min(step.seconds, share)) for step, share in zip(steps, shares, strict=True))


def brought_up_to_date(steps: Sequence[Step], judge: Judge) -> tuple[tuple[Step, ...], tuple[str, ...]]:
    """Return steps that were made under other rules as today's allow them, and what that changed, in sentences."""
    guide = judge.guide
    allowed = tuple(step for step in (adapt(step, judge) for step in steps) if step is not None)
    try:
        check_dose(allowed, guide.dose, guide.areas_dosed)
    except DoseError:
        allowed = shared_out(tuple(_within(step, guide.dose) for step in allowed), guide)
    return allowed, describe_changes(steps, allowed, guide)


def adapt(step: Step, judge: Judge) -> Step | None:
    """Return a step as the judge allows it, the same where it is allowed; None when it has to be left out."""
    return judge.verdict(step).step


def _within(step: Step, dose: Dose) -> Step:
    days = max(step.every_days_min, dose.every_days_min)
    return replace(
        step,
        pressure=min(step.pressure, dose.max_pressure),
        every_days_min=days,
        every_days_max=max(step.every_days_max, days),
    )


def _most_used(step: Step, others: Sequence[Step], guide: Guide) -> int:
    """Return the seconds that other steps use in the busiest place that a step works."""
    used: dict[tuple[str, str], int] = {}
    for other in others:
        for place in _places(other, guide):
            used[place] = used.get(place, 0) + other.seconds
    return max((used.get(place, 0) for place in _places(step, guide)), default=0)


def _places(step: Step, guide: Guide) -> list[tuple[str, str]]:
    return areas_dosed(step, guide.areas_dosed)
