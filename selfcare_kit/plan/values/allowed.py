"""One value of a step, changed as far as the judge, the guide's dose and the time of its areas allow.

Whether a value is allowed is always asked of the judge, for the whole step with that value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from selfcare_kit.errors import Named, Phrase
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.techniques import fitted, is_described, ways_of
from selfcare_kit.model.limits import MAX_REST_DAYS
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import MIN_SECONDS, areas_and_sides, seconds_left
from selfcare_kit.safety.verdict import Judge

NUMBERS = ("seconds", "pressure", "every_days_min", "every_days_max")
NO_WAY = "the guide does not say how that is done at this point"
# What another value may bring with it; a milder dose it always may.
_MAY_CHANGE = {
    "side": ("mode", "tool", "position"),
    "mode": ("tool", "position"),
    "tool": ("position",),
    "position": (),
}


class Changed(NamedTuple):
    """A step with a value changed; `why` is empty when the value is as asked, else it says why it is not."""

    step: Step
    why: Phrase = ""


class Limit(NamedTuple):
    """The lowest or highest number that something allows, and what it is."""

    number: int
    why: Phrase


def change_value(step: Step, name: str, value: str | int, others: Sequence[Step], judge: Judge) -> Changed:
    """Return a step with one value changed as far as it may be, next to the other steps of its routine."""
    if getattr(step, name) == value:
        return Changed(step)
    if name in NUMBERS:
        return _change_number(step, name, value, others, judge)
    if name == "note":
        return Changed(replace(step, note=value))
    return _change_choice(step, name, value, others, judge)


def limits_of(
    step: Step, name: str, wanted: int, others: Sequence[Step], judge: Judge
) -> tuple[Limit, tuple[Limit, ...]]:
    """Return what keeps a number of a step from being lower, and what from being as high as wanted."""
    dose, point = judge.guide.dose, judge.guide.point(step.point)
    if name == "pressure":
        most = dose.max_pressure
        of_judge = _limits_of_judge(step, name, min(wanted, most), judge)
        return Limit(1, "1 of 10 is the least"), (Limit(most, f"{most} of 10 is the most in this guide"), *of_judge)
    if name == "seconds":
        most = point.max_seconds
        of_point = Limit(most, f"{most} seconds on each side are the most for this point in this guide")
        of_judge = _limits_of_judge(step, name, min(wanted, most), judge)
        return Limit(1, "1 second is the least"), (of_point, *of_judge, _limit_of_areas(step, others, judge.guide))
    most_days = (Limit(MAX_REST_DAYS, f"{MAX_REST_DAYS} days are the most"),)
    if name == "every_days_min":
        days = dose.every_days_min
        return Limit(days, f"a point rests at least {days} days in this guide"), most_days
    return Limit(step.every_days_min, f"it rests at least {step.every_days_min} days"), most_days


def _limits_of_judge(step: Step, name: str, wanted: int, judge: Judge) -> tuple[Limit, ...]:
    """Return the judge's limit of a number, if it does not allow the step with the wanted one."""
    verdict = judge.verdict(replace(step, **{name: max(wanted, 1)}))
    if verdict.objection is None or verdict.step is None:
        return ()
    return (Limit(getattr(verdict.step, name), verdict.objection.problem),)


def _limit_of_areas(step: Step, others: Sequence[Step], guide: Guide) -> Limit:
    """Return the seconds that other steps leave in the areas of a step."""
    fullest = min(areas_and_sides(step, guide), key=lambda each: _left_in(each, others, guide))
    return Limit(_left_in(fullest, others, guide), time_is_shared(fullest, guide))


def _left_in(area_and_side: tuple[str, str], others: Sequence[Step], guide: Guide) -> int:
    used = sum(other.seconds for other in others if area_and_side in areas_and_sides(other, guide))
    return guide.dose.max_area_seconds - used


def time_is_shared(area_and_side: tuple[str, str], guide: Guide) -> Phrase:
    """Return a clause that says how much time the steps of an area and side have together."""
    area, side = area_and_side
    return ("all steps on ", Named("area", area), f" {side} have {guide.dose.max_area_seconds} seconds together")


def _change_number(step: Step, name: str, value: int, others: Sequence[Step], judge: Judge) -> Changed:
    least, most = limits_of(step, name, value, others, judge)
    number, why = value, ""
    for limit in most:
        if number > limit.number:
            number, why = limit
    if number < least.number:
        number, why = least
    new = {name: number}
    # Longer rest raises its upper end, too, rather than being refused because of it.
    if name == "every_days_min":
        new["every_days_max"] = max(step.every_days_max, number)
    return Changed(replace(step, **new), why)


def _change_choice(step: Step, name: str, value: str, others: Sequence[Step], judge: Judge) -> Changed:
    guide = judge.guide
    if name == "side" and any(other.overlaps(step.point, value) for other in others):
        return Changed(step, "the point has another step there")
    wanted = _with_value(step, name, value, guide)
    if wanted is None:
        return Changed(step, NO_WAY)
    verdict = judge.verdict(wanted)
    if verdict.step is None or not _keeps(verdict.step, wanted, name):
        return Changed(step, verdict.objection.problem if verdict.objection else "")
    new = verdict.step
    left = seconds_left(new, others, guide)
    if left < min(MIN_SECONDS, new.seconds):
        return Changed(step, _limit_of_areas(new, others, guide).why)
    return Changed(new if new.seconds <= left else replace(new, seconds=left))


def _with_value(step: Step, name: str, value: str, guide: Guide) -> Step | None:
    """Return a step with another value and what fits it; None where the guide has no words for its point worked so."""
    wanted = replace(step, **{name: value})
    if name == "position":
        return wanted if value in ways_of(step, guide).positions else None
    if name == "side":
        return wanted
    wanted = fitted(wanted, guide)
    return wanted if getattr(wanted, name) == value and is_described(wanted, guide) else None


def _keeps(new: Step, wanted: Step, name: str) -> bool:
    """Return whether what the judge allows instead keeps the value that was asked for, and those it has to keep."""
    kept = {"side", "mode", "tool", "position"}.difference(_MAY_CHANGE[name])
    return all(getattr(new, each) == getattr(wanted, each) for each in kept)
