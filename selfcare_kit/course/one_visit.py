"""Whether two files hold the same visit, and what they hold together: a handout knows less than a record."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from selfcare_kit.course.visits import CourseVisit
from selfcare_kit.model.outcome import Outcome


def merged(one: CourseVisit, other: CourseVisit) -> CourseVisit | None:
    """Return what two files of one code and day hold together; None where they contradict each other.

    A title may differ: it is what a page is headed with, and not what was done.
    """
    outcome = _merged_outcome(one.outcome, other.outcome)
    if outcome is None or (one.steps, one.complaint) != (other.steps, other.complaint):
        return None
    return replace(one, outcome=outcome, title=one.title or other.title, files=(*one.files, *other.files))


def _merged_outcome(one: Outcome, other: Outcome) -> Outcome | None:
    values: dict[str, Any] = {}
    for field in fields(Outcome):
        mine, theirs, empty = getattr(one, field.name), getattr(other, field.name), getattr(Outcome(), field.name)
        if mine not in (empty, theirs) and theirs != empty:
            return None
        values[field.name] = theirs if mine == empty else mine
    return Outcome(**values)
