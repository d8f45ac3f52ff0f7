"""The differences between two lists of steps, described in sentences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from selfcare_kit.errors import quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import CHANGEABLE, Step

DETAIL_LABELS = {
    "every_days_min": "least days between sessions",
    "every_days_max": "most days between sessions",
}


def describe_changes(
    before: Sequence[Step], now: Sequence[Step], guide: Guide, reason: Callable[[Step], str] = lambda _: ""
) -> tuple[str, ...]:
    """Return a sentence for each step that was removed, added, changed or moved, with the guide's labels.

    `reason` returns why a step was removed, empty where a person did it.
    """
    # A step on both sides is compared with a step for each side only after it is split into two.
    split = {point for point, side in {step.key for step in before} ^ {step.key for step in now} if side == "both"}
    before, now = _split_sides(before, split), _split_sides(now, split)
    earlier = _earlier_steps(before, now)
    kept = [earlier[step.key] for step in now if step.key in earlier]
    removed = [(step, reason(step)) for step in before if step not in kept]
    changes = [f"Removed: {_label(step, guide)}{f': {why}' if why else ''}." for step, why in removed]
    for step in now:
        if step.key in earlier:
            changes += _changed_details(earlier[step.key], step, guide)
        else:
            changes.append(f"Added: {_label(step, guide)}, {step.mode} {step.seconds} s.")
    if kept != [step for step in before if step in kept]:
        changes.append("Changed: the order of the steps.")
    return tuple(changes)


def _split_sides(steps: Sequence[Step], points: Collection[str]) -> list[Step]:
    """Return the steps, those of some points split into one for each side."""
    result: list[Step] = []
    for step in steps:
        sides = sides_touched(step.side) if step.point in points else (step.side,)
        result += [step.changed(side=side) for side in sides]
    return result


def _earlier_steps(before: Sequence[Step], now: Sequence[Step]) -> dict[tuple[str, str], Step]:
    """Return what each step was before, by its key: the step of that key, or else the only removed one of its point."""
    old, new = {step.key: step for step in before}, {step.key: step for step in now}
    earlier = {key: old[key] for key in new if key in old}
    removed = [step for step in before if step.key not in new]
    for step in now:
        candidates = [other for other in removed if other.point == step.point]
        if step.key not in old and len(candidates) == 1:
            earlier[step.key] = candidates[0]
            removed.remove(candidates[0])
    return earlier


def _changed_details(old: Step, new: Step, guide: Guide) -> list[str]:
    return [
        f"Changed: {_label(new, guide)}: {DETAIL_LABELS.get(detail, detail)} "
        f"from {_value(old, detail, guide)} to {_value(new, detail, guide)}."
        for detail in CHANGEABLE
        if getattr(old, detail) != getattr(new, detail)
    ]


def _label(step: Step, guide: Guide) -> str:
    """Return the label and side of a step; the id alone for a point that the guide no longer has."""
    point = guide.point_values.get(step.point)
    return f"{point.label}, {step.side}" if point else f"{step.point}, {step.side}"


def _value(step: Step, detail: str, guide: Guide) -> Any:
    value = getattr(step, detail)
    if detail in ("tool", "position"):
        found = (guide.records.tools if detail == "tool" else guide.records.positions).get(value)
        return found.label.lower() if found else value or "none"
    if detail == "note":
        return quoted(value) if value else "none"
    return value
