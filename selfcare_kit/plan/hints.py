"""What makes a routine hard to keep: too long, up and down, one area twice; and that it works both sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import attrgetter

from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.sides import STEP_SIDES, sides_touched
from selfcare_kit.model.step import Step


def find_hints(
    steps: Sequence[Step],
    guide: Guide,
    made_with_version: str = "",
    complaint: Complaint | None = None,
    name: Callable[[Step], str] = attrgetter("point"),
) -> tuple[str, ...]:
    """Find what the clinician may want to change before handing a routine over.

    Parameters
    ----------
    steps : sequence of Step
        In the order they are done.
    guide : Guide
        Whose limits count.
    made_with_version : str, default=""
        Version of the guide the routine was made with.
    complaint : Complaint, optional
        What it is for.
    name : callable, optional
        Names a step; by the id of its point when left out.

    Returns
    -------
    tuple of str
        One sentence each; empty when there is nothing to say.
    """
    found = (
        _too_many(steps, guide),
        _too_long(steps, guide),
        _up_and_down(steps, guide),
        *_same_area(steps, guide, name),
        both_sides_hint(steps, complaint),
        _other_version(guide, made_with_version),
    )
    return tuple(hint for hint in found if hint)


def both_sides_hint(steps: Sequence[Step], complaint: Complaint | None) -> str:
    """Say that both sides are worked for places that do not hurt on the same side; empty where they do."""
    hurt = {each.side for each in complaint.areas} - {"midline"} if complaint else set()
    worked = {side for step in steps for side in sides_touched(step.side)}
    if len(hurt) < 2 or len(worked) < 2:
        return ""
    counts = [(sum(step.side == side for step in steps), side) for side in STEP_SIDES]
    told = ", ".join(
        f"{count} on {'both sides' if side == 'both' else f'the {side}'}" for count, side in counts if count
    )
    return f"Both sides are worked, as not all that hurts is on one side; of the steps, {told}."


def _too_many(steps: Sequence[Step], guide: Guide) -> str:
    if len(steps) <= guide.dose.max_steps:
        return ""
    return f"{len(steps)} steps are a lot to remember; {guide.dose.max_steps} or fewer are kept more often."


def _too_long(steps: Sequence[Step], guide: Guide) -> str:
    minutes = sum(step.total_seconds for step in steps) / 60
    if minutes <= guide.dose.max_minutes:
        return ""
    return f"One session takes about {minutes:.0f} minutes; aim for {guide.dose.max_minutes} or less."


def _up_and_down(steps: Sequence[Step], guide: Guide) -> str:
    positions = guide.records.positions
    postures = [positions[step.position].posture for step in steps if step.position in positions]
    runs = [posture for posture, _ in groupby(each for each in postures if each != "any")]
    if len(runs) <= len(set(runs)):
        return ""
    return (
        f"The client changes between {', '.join(dict.fromkeys(runs))} {len(runs) - 1} times; "
        "put steps of the same position together."
    )


def _same_area(steps: Sequence[Step], guide: Guide, name: Callable[[Step], str]) -> list[str]:
    places: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        for side in sides_touched(step.side):
            places.setdefault((step.area, side), []).append(step)
    hints: dict[tuple[str, ...], str] = {}
    for (area, _), there in places.items():
        if len(there) > 1:
            names = tuple(name(step) for step in there)
            seconds = sum(step.seconds for step in there)
            hints.setdefault(
                (area, *names),
                f"{', '.join(names)} lie in the same area ({guide.records.areas[area].client}): "
                f"{seconds} of {guide.dose.max_area_seconds} seconds a side are used there.",
            )
    return list(hints.values())


def _other_version(guide: Guide, made_with: str) -> str:
    if made_with in ("", guide.version):
        return ""
    return f"This routine was made with version {made_with} of the guide; version {guide.version} is open now."
