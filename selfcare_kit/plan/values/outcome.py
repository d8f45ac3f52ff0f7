"""Changing what was found at a visit, in the ways in which it is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from selfcare_kit.errors import InvalidValueError, check_choice, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.outcome import Activity, Outcome
from selfcare_kit.model.step import Step


def outcome_with(outcome: Outcome, values: Mapping[str, Any], steps: Sequence[Step], guide: Guide) -> Outcome:
    """Return an outcome with other values; steps may be named by their point, and activities be a mapping."""
    names = [field.name for field in fields(Outcome)]
    for name in values:
        check_choice("what was found", name, names)
    given = {name: value for name, value in values.items() if value is not None or getattr(Outcome(), name) is None}
    # A value of None takes back what was said.
    given |= {name: () for name in values if name not in given}
    for name in ("helped", "sore"):
        if name in given:
            given[name] = tuple(_keys(name, given[name], steps, guide))
    if isinstance(given.get("activities"), Mapping):
        given["activities"] = tuple(Activity(label, score) for label, score in given["activities"].items())
    return replace(outcome, **given)


def _keys(name: str, given: Any, steps: Sequence[Step], guide: Guide) -> Iterator[Any]:
    """Yield each step that is named as point id and side; what is neither is left for the outcome to refuse."""
    for each in (given,) if isinstance(given, str) else given:
        if isinstance(each, str):
            id = guide.point(each).id
            sides = [step.side for step in steps if step.point == id]
            if len(sides) != 1:
                have = "has a step on each side" if sides else "has no step in this routine"
                raise InvalidValueError(
                    f"{name} must name steps with their side, got {quoted(each)}, which {have}; "
                    f"write [({id!r}, 'left')]."
                )
            yield id, sides[0]
        else:
            yield each


def unasked(complaint: Complaint | None) -> Complaint | None:
    """Return a complaint without its pains, as they were of another day."""
    return complaint and Complaint(tuple(replace(each, pain=None) for each in complaint.areas))
