"""On which side of the body the steps of a routine are done, and which sides a clinician has confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selfcare_kit.errors import InvalidValueError, Named, check_choice, check_text
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import adapt
from selfcare_kit.safety.explained import SideConflict, side_conflicts, side_for, unambiguous_side
from selfcare_kit.safety.verdict import Judge


def side_of_new_step(point: str, complaint: Complaint | None, guide: Guide) -> str:
    """Return the side on which a point is added for a complaint; refuse to guess it."""
    id = guide.point(point).id
    side = unambiguous_side(id, complaint, guide)
    if side:
        return side
    allowed, advice = "must be left, right or both", f"say which, as in add({id!r}, side='left')"
    raise InvalidValueError.of(("the side of ", Named("point", id)), allowed, given="none", advice=advice)


def on_side(
    steps: Sequence[Step], side: str | None, conflicts: Iterable[SideConflict], judge: Judge
) -> tuple[Step, ...]:
    """Return all steps on a side, or without one those in conflict where it hurts; two that meet become the first."""
    if side is not None:
        check_choice("side", side, STEP_SIDES)
    points_in_conflict = {conflict.point for conflict in conflicts}
    result: list[Step] = []
    for step in steps:
        if side is not None:
            new_side = side
        elif step.point in points_in_conflict:
            new_side = side_for(step.point, judge.complaint, judge.guide)
        else:
            new_side = step.side
        if not any(earlier.overlaps(step.point, new_side) for earlier in result):
            changed = step.changed(side=new_side)
            # The sensations there may call for a milder step than those of the other side.
            result.append(adapt(changed, judge) or changed)
    return tuple(result)


def checked_confirmations(confirmed: object) -> tuple[str, ...]:
    """Return the keys of confirmed conflicts, each checked to be text."""
    keys = tuple(confirmed) if isinstance(confirmed, tuple | list) else (confirmed,)
    for key in keys:
        check_text("sides_confirmed", key)
    return keys


def still_confirmed(
    confirmed: tuple[str, ...], steps: Sequence[Step], complaint: Complaint | None, guide: Guide
) -> tuple[str, ...]:
    """Return the confirmed keys that are in conflict now: a confirmation holds for the conflict it was given for."""
    if not confirmed or complaint is None:
        return confirmed
    keys = {conflict.key for conflict in side_conflicts(steps, complaint, guide)}
    return tuple(key for key in confirmed if key in keys)
