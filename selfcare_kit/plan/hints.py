"""Hints for the clinician: what makes a routine hard to keep, and that it works both sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.sides import STEP_SIDES, sides_touched
from selfcare_kit.model.step import Step
from selfcare_kit.plan.postures import posture_runs


def find_hints(
    steps: Sequence[Step],
    guide: Guide,
    made_with_version: str = "",
    complaint: Complaint | None = None,
    name: Callable[[Step], str] = attrgetter("point"),
) -> tuple[str, ...]:
    """Return sentences on what to consider before a routine is handed over; `name` returns how to name a step."""
    hints = (
        _hint_of_count(steps, guide),
        _hint_of_duration(steps, guide),
        _hint_of_postures(steps, guide),
        *_hints_of_areas(steps, guide, name),
        both_sides_hint(steps, complaint),
        _hint_of_version(guide, made_with_version),
    )
    return tuple(hint for hint in hints if hint)


def both_sides_hint(steps: Sequence[Step], complaint: Complaint | None) -> str:
    """Return a hint that both sides are worked because the areas hurt on different sides; empty otherwise."""
    sides_in_pain = {area.side for area in complaint.areas} - {"midline"} if complaint else set()
    sides_worked = {side for step in steps for side in sides_touched(step.side)}
    if len(sides_in_pain) < 2 or len(sides_worked) < 2:
        return ""
    counts = [(sum(step.side == side for step in steps), side) for side in STEP_SIDES]
    listed = ", ".join(
        f"{count} on {'both sides' if side == 'both' else f'the {side}'}" for count, side in counts if count
    )
    return f"Both sides are worked, as not all that hurts is on one side; of the steps, {listed}."


def _hint_of_count(steps: Sequence[Step], guide: Guide) -> str:
    if len(steps) <= guide.dose.max_steps:
        return ""
    return f"{len(steps)} steps are a lot to remember; {guide.dose.max_steps} or fewer are kept more often."


def _hint_of_duration(steps: Sequence[Step], guide: Guide) -> str:
    minutes = sum(step.total_seconds for step in steps) / 60
    if minutes <= guide.dose.max_minutes:
        return ""
    return f"One session takes about {minutes:.0f} minutes; aim for {guide.dose.max_minutes} or less."


def _hint_of_postures(steps: Sequence[Step], guide: Guide) -> str:
    runs = posture_runs(steps, guide)
    if len(runs) <= len(set(runs)):
        return ""
    return (
        f"The client changes between {', '.join(dict.fromkeys(runs))} {len(runs) - 1} times; "
        "put steps of the same position together."
    )


def _hints_of_areas(steps: Sequence[Step], guide: Guide, name: Callable[[Step], str]) -> list[str]:
    by_area_and_side: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        for side in sides_touched(step.side):
            by_area_and_side.setdefault((step.area, side), []).append(step)
    hints: dict[tuple[str, ...], str] = {}
    for (area, _), steps_there in by_area_and_side.items():
        if len(steps_there) > 1:
            names = tuple(name(step) for step in steps_there)
            seconds = sum(step.seconds for step in steps_there)
            # One hint for two sides with the same steps.
            hints.setdefault(
                (area, *names),
                f"{', '.join(names)} lie in the same area ({guide.records.areas[area].client}): "
                f"{seconds} of {guide.dose.max_area_seconds} seconds a side are used there.",
            )
    return list(hints.values())


def _hint_of_version(guide: Guide, made_with: str) -> str:
    if made_with in ("", guide.version):
        return ""
    return f"This routine was made with version {made_with} of the guide; version {guide.version} is open now."
