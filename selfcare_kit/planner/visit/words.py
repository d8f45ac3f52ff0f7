"""Sentences the planner makes of the library's values; plain text, without widgets."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import Step
from selfcare_kit.routine import Routine
from selfcare_kit.safety.explained import SideConflict, told_conflicts

ACTION_WORDS = {
    "caution": "Take care",
    "refer": "A clinician looks first",
    "urgent": "Urgent: today",
    "emergency": "Emergency: now",
}
SIDE_WORDS = {"left": "the left side", "right": "the right side", "both": "both sides"}
GRADE_WORDS = {"main": "main", "spread": "can spread there", "uncertain": "uncertain"}
STATUS_WORDS = {"offer": "", "caution": "with care", "show_only": "show only", "blocked": "blocked"}


def count_of(count: int, noun: str) -> str:
    """Write a number with its noun.

    Parameters
    ----------
    count : int
        How many.
    noun : str
        Takes an "s" in the plural.

    Returns
    -------
    str
        Such as "1 step", "5 steps" or "no step".

    Examples
    --------
    >>> count_of(5, "step")
    '5 steps'
    """
    return f"{count or 'no'} {noun}{'s' if count > 1 else ''}"


def clock(seconds: int) -> str:
    """Write a time.

    Parameters
    ----------
    seconds : int
        The time.

    Returns
    -------
    str
        Such as "5 min" or "5 min 30 s".

    Examples
    --------
    >>> clock(330), clock(300), clock(45)
    ('5 min 30 s', '5 min', '45 s')
    """
    minutes, rest = divmod(seconds, 60)
    parts = (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "")
    return " ".join(part for part in parts if part)


# What the library calls its own values, in the words of the page.
PAGE_WORDS = {
    "agreed_by": "the initials",
    "every_days_min": "days of rest, at least",
    "every_days_max": "days of rest, at most",
}


def in_words(sentence: str, guide: Guide) -> str:
    """Write a sentence of the library in the words of the page: labels for ids and names.

    Parameters
    ----------
    sentence : str
        Such as an error's.
    guide : Guide
        Whose ids have labels.

    Returns
    -------
    str
        The same sentence otherwise.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> in_words("raise every_days_min of 'gmed_2'.", load_guide())
    'raise days of rest, at least of Gluteus medius, mid-crest.'
    """
    labels = _labels_of(guide)
    return _ID.sub(lambda found: labels.get(found[2], found[0]), sentence)


_ID = re.compile(r"(['\"]?)\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\b\1")


@lru_cache(maxsize=8)
def _labels_of(guide: Guide) -> dict[str, str]:
    records, points = guide.records, guide.point_values
    tables = (records.areas, records.tools, records.positions, records.sensations, points)
    labels = {each.id: each.label for table in tables for each in table.values()}
    # Areas, tools and the like stand inside of a sentence, points by their names.
    return PAGE_WORDS | {id: label if id in points else label[:1].lower() + label[1:] for id, label in labels.items()}


def conflicts_in_words(conflicts: Collection[SideConflict], steps: Sequence[Step]) -> str:
    """Say which steps lie on a side on which nothing hurts, by their numbers, without a full stop; empty for none."""
    numbers = {(step.point, side): at for at, step in enumerate(steps, start=1) for side in sides_touched(step.side)}
    told = told_conflicts(conflicts, name=lambda each: f"step {numbers[each.point, each.side]}")
    return told[:1].upper() + told[1:]


def changed_by_answers(before: Routine, after: Routine) -> str:
    """Say what the safety answers changed in a routine, and why.

    Parameters
    ----------
    before, after : Routine
        The same draft under the earlier and under the present answers.

    Returns
    -------
    str
        A sentence for each step; empty when all are the same.
    """
    now = {step.key: step for step in after.steps}
    then = {step.key: step for step in before.steps}
    said: dict[str, list[str]] = {}
    for key, step in then.items():
        what = ""
        if key not in now:
            what = f"Taken out of the routine because of {_reason(step, after)}"
        elif now[key] != step:
            what = f"Changed to {_differences(step, now[key])}"
        if what:
            said.setdefault(what, []).append(_name(step, after))
    back = [_name(step, after) for key, step in now.items() if key not in then]
    if back:
        said["Back in the routine"] = back
    return " ".join(f"{what}: {'; '.join(names)}." for what, names in said.items())


def _name(step: Step, routine: Routine) -> str:
    return f"{routine.guide.point(step.point).label} ({step.side})"


def _reason(step: Step, routine: Routine) -> str:
    why, _, _ = routine.verdict(step).reason.partition(";")
    # What is blocked by where it is needs no place in words: the step has been named.
    _, found, rule = why.partition(" is blocked by ")
    is_about_how = why.startswith(("the tool ", "the mode ", "the position ", "pressure "))
    return (rule if found and not is_about_how else why).replace("_", " ") or "the safety answers"


def _differences(old: Step, new: Step) -> str:
    names = ("tool", "mode", "position", "pressure", "seconds")
    changed = [name for name in names if getattr(old, name) != getattr(new, name)]
    return ", ".join(f"{name} {str(getattr(new, name)).replace('_', ' ')}" for name in changed)
