"""Many steps changed at once, each as far as it may be, with a sentence for each value that is not as asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from selfcare_kit.errors import (
    InvalidValueError,
    Named,
    Phrase,
    check_choice,
    check_whole_number,
    parts_of,
    quoted,
    worded,
)
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.limits import HARD_MAX_SECONDS, MAX_REST_DAYS
from selfcare_kit.model.step import CHANGEABLE, Step
from selfcare_kit.plan.dosing import areas_and_sides
from selfcare_kit.plan.values.allowed import NUMBERS, change_value, time_is_shared
from selfcare_kit.safety.verdict import Judge

# What a value depends on is changed before it.
ORDER = ("side", "mode", "tool", "position", "note", "every_days_min", "every_days_max", "pressure", "seconds")
Steps = tuple[Step, ...]


class HeldBack(NamedTuple):
    """A value of a step that a change of many steps could not set, or not all the way.

    `asked` is the value that was asked for, `value` the one that the step has, and `why` a clause that says why.
    """

    point: str
    side: str
    name: str
    asked: str | int
    value: str | int
    why: Phrase

    def sentence(self, name: Callable[[Named], str] = str) -> str:
        """Return it as a sentence; `name` returns what the reader calls an id or a value, the id when left out."""
        now, asked = self._named(self.value), self._named(self.asked)
        what = (Named("point", self.point), f" {self.side}: ", Named("value", self.name))
        return worded((*what, " is ", now, ", not ", asked, ", as ", *parts_of(self.why), "."), name)

    def __str__(self) -> str:
        return self.sentence()

    def _named(self, value: str | int) -> str | Named:
        return Named(self.name, str(value)) if self.name in ("tool", "position") else str(value)


def change_steps(
    steps: Steps, chosen: Sequence[int], values: Mapping[str, Any], by: Mapping[str, int] | None, judge: Judge
) -> tuple[Steps, tuple[HeldBack, ...]]:
    """Return the steps, those at the chosen indices changed as far as they may be, and what was held back."""
    _check_values(values, judge.guide)
    differences = _checked_differences(by, values)
    asked = {index: _asked_of(steps[index], values, differences) for index in chosen}
    now = list(steps)
    why: dict[tuple[int, str], Phrase] = {}
    for index, name in _in_order(steps, asked):
        others = (*now[:index], *now[index + 1 :])
        now[index], why[index, name] = change_value(now[index], name, asked[index][name], others, judge)
    _lengthen(now, {index: own["seconds"] for index, own in asked.items() if "seconds" in own}, why, judge)
    held_back = (
        HeldBack(now[index].point, now[index].side, name, value, getattr(now[index], name), why[index, name])
        for index, own in asked.items()
        for name, value in own.items()
        if getattr(now[index], name) != value
    )
    return tuple(now), tuple(held_back)


def _check_values(values: Mapping[str, Any], guide: Guide) -> None:
    """Refuse names and values that no step may have."""
    for name in values:
        check_choice("what to change", name, CHANGEABLE)
    # A step with all of the days lets a single one of the two be checked.
    replace(Step(point="", side="both", every_days_min=1, every_days_max=MAX_REST_DAYS), **values)
    for name, table in (("tool", guide.records.tools), ("position", guide.records.positions)):
        if name in values and values[name] not in table:
            raise guide.unknown(f"{name}s", values[name])


def _checked_differences(by: Mapping[str, int] | None, values: Mapping[str, Any]) -> Mapping[str, int]:
    """Return what to add to the numbers of each step, checked to be whole numbers of values that are not set, too."""
    if not isinstance(by, Mapping | None):
        allowed = "must be what to add to each number"
        raise InvalidValueError.of("by", allowed, given=quoted(by), advice='write by={"pressure": -1}')
    for name, difference in (by or {}).items():
        check_choice("what to change by a difference", name, [each for each in NUMBERS if each not in values])
        check_whole_number(f"by[{name!r}]", difference, -HARD_MAX_SECONDS, HARD_MAX_SECONDS)
    return by or {}


def _asked_of(step: Step, values: Mapping[str, Any], differences: Mapping[str, int]) -> dict[str, Any]:
    return {**values, **{name: getattr(step, name) + difference for name, difference in differences.items()}}


def _in_order(steps: Steps, asked: Mapping[int, Mapping[str, Any]]) -> list[tuple[int, str]]:
    """Return which value of which step is changed when: what gets milder before all, so that it is in nobody's way."""
    milder = [
        (index, name)
        for name in ("pressure", "seconds")
        for index, own in asked.items()
        if name in own and own[name] < getattr(steps[index], name)
    ]
    # Longer times share what their areas have left: see `_lengthen`.
    return [*milder, *((index, name) for name in ORDER[:-1] for index, own in asked.items() if name in own)]


def _lengthen(now: list[Step], asked: Mapping[int, int], why: dict[tuple[int, str], Phrase], judge: Judge) -> None:
    """Lengthen steps to the seconds asked for, as far as each may be alone, and all in the time of their areas."""
    alone = {
        index: change_value(now[index], "seconds", seconds, (), judge)
        for index, seconds in asked.items()
        if seconds > now[index].seconds
    }
    why.update({(index, "seconds"): changed.why for index, changed in alone.items()})
    most = {index: changed.step.seconds for index, changed in alone.items()}
    seconds_now, full = _in_turn(now, most, judge.guide)
    for index, seconds in seconds_now.items():
        now[index] = replace(now[index], seconds=seconds)
    why.update({(index, "seconds"): time_is_shared(each, judge.guide) for index, each in full.items()})


def _in_turn(
    steps: Sequence[Step], most: Mapping[int, int], guide: Guide
) -> tuple[dict[int, int], dict[int, tuple[str, str]]]:
    """Return the seconds of some steps, each a second longer in turn while there is time, and which area is full."""
    areas = {index: areas_and_sides(step, guide) for index, step in enumerate(steps)}
    used = Counter({each: 0 for own in areas.values() for each in own})
    for index, step in enumerate(steps):
        used.update(dict.fromkeys(areas[index], step.seconds))
    seconds = {index: steps[index].seconds for index in most}
    full: dict[int, tuple[str, str]] = {}
    growing = [index for index in most if seconds[index] < most[index]]
    while growing:
        for index in growing:
            spent = next((each for each in areas[index] if used[each] >= guide.dose.max_area_seconds), None)
            if spent is None:
                seconds[index] += 1
                used.update(areas[index])
            else:
                full[index] = spent
        growing = [index for index in growing if index not in full and seconds[index] < most[index]]
    return seconds, full
