"""Saying in a clinician's words what is different between two lists of steps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from selfcare_kit.errors import quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import CHANGEABLE, Step

WORDS = {
    "every_days_min": "least days between sessions",
    "every_days_max": "most days between sessions",
}


def describe_changes(before: Sequence[Step], now: Sequence[Step], guide: Guide) -> tuple[str, ...]:
    """Say what was removed, added, changed or moved.

    Parameters
    ----------
    before, now : sequence of Step
        The earlier and the later steps.
    guide : Guide
        Whose points, tools and positions they name.

    Returns
    -------
    tuple of str
        One sentence each; empty when they are the same.
    """
    # Both sides in one step, and a step for each, are told apart side by side.
    split = {point for point, side in {step.key for step in before} ^ {step.key for step in now} if side == "both"}
    before, now = _sides_apart(before, split), _sides_apart(now, split)
    earlier = _earlier(before, now)
    kept = [earlier[step.key] for step in now if step.key in earlier]
    changes = [f"Removed: {_name(step, guide)}." for step in before if step not in kept]
    for step in now:
        if step.key in earlier:
            changes += _details(earlier[step.key], step, guide)
        else:
            changes.append(f"Added: {_name(step, guide)}, {step.mode} {step.seconds} s.")
    if kept != [step for step in before if step in kept]:
        changes.append("Changed: the order of the steps.")
    return tuple(changes)


def _sides_apart(steps: Sequence[Step], points: Collection[str]) -> list[Step]:
    """Return the steps, with one for each side of these points."""
    return [
        each
        for step in steps
        for each in ([step.changed(side=side) for side in sides_touched(step.side)] if step.point in points else [step])
    ]


def _earlier(before: Sequence[Step], now: Sequence[Step]) -> dict[tuple[str, str], Step]:
    """Return for each step, by its key, what it was before: the same place, or else its point on another side."""
    old, new = {step.key: step for step in before}, {step.key: step for step in now}
    earlier = {key: old[key] for key in new if key in old}
    gone = [step for step in before if step.key not in new]
    for step in now:
        moved = [each for each in gone if each.point == step.point]
        if step.key not in old and len(moved) == 1:
            earlier[step.key] = moved[0]
            gone.remove(moved[0])
    return earlier


def _details(old: Step, new: Step, guide: Guide) -> list[str]:
    return [
        f"Changed: {_name(new, guide)}: {WORDS.get(detail, detail)} "
        f"from {_value(old, detail, guide)} to {_value(new, detail, guide)}."
        for detail in CHANGEABLE
        if getattr(old, detail) != getattr(new, detail)
    ]


def _name(step: Step, guide: Guide) -> str:
    """Name a step; a point that the guide no longer has by its id."""
    point = guide.point_values.get(step.point)
    return f"{point.label} ({step.point}), {step.side}" if point else f"{step.point}, {step.side}"


def _value(step: Step, detail: str, guide: Guide) -> Any:
    value = getattr(step, detail)
    if detail in ("tool", "position"):
        found = (guide.records.tools if detail == "tool" else guide.records.positions).get(value)
        return found.label.lower() if found else value or "none"
    if detail == "note":
        return quoted(value) if value else "none"
    return value
