"""Changes of what was found since the last visit, and of what the client wants to do again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from selfcare_kit.course.course import Course
from selfcare_kit.course.follow import suggested_changes
from selfcare_kit.course.visits import CourseVisit
from selfcare_kit.errors import InvalidValueError, check_choice
from selfcare_kit.model.outcome import BETTER, Activity, Score
from selfcare_kit.planner.visit.derive import derive
from selfcare_kit.planner.visit.steps import change
from selfcare_kit.planner.visit.visit import ChangedVisit, Visit

# What may be said of a step of the last visit.
STEP_WORDS = ("helped", "sore")


def course_of(visit: Visit) -> Course | None:
    """Return the visits that were opened as a course, None where none was of an earlier day."""
    last = visit.routine_before
    if last is None:
        return None
    seen = CourseVisit(last.date, last.steps, outcome=last.outcome)
    seen = replace(seen, complaint=last.complaint) if last.complaint else seen
    # They are of the client who is here, whatever code is typed by now.
    return Course(visit.draft.code, (*visit.earlier, seen), guide=visit.guide)


def set_found(visit: Visit, name: str, value: int | None) -> ChangedVisit:
    """Set the days planned, the days done or the change felt; None when it was not asked."""
    check_choice("what was found", name, ("days_planned", "days_done", "change"))
    changed = _with(visit, **{name: value})
    done, planned = changed.draft.outcome.days_done, changed.draft.outcome.days_planned
    is_odd = done is not None and planned is not None and done > planned
    return ChangedVisit(changed, f"{done} days done of {planned} planned: check the numbers." if is_odd else "")


def mark_step(visit: Visit, name: str, point: str, side: str, is_so: bool) -> Visit:
    """Say that a step of the last visit helped or was sore, or take that back."""
    check_choice("what was found", name, STEP_WORDS)
    others = [key for key in getattr(visit.draft.outcome, name) if key != (point, side)]
    return _with(visit, **{name: [*others, (point, side)] if is_so else others})


def add_activity(visit: Visit, label: str) -> Visit:
    """Add something that the client wants to do again."""
    return _with(visit, activities=[*visit.draft.outcome.activities, Activity(label)])


def rate_activity(visit: Visit, label: str, score: int | None) -> Visit:
    """Set how well an activity goes, 0 to 10; None when it was not asked."""
    activities = visit.draft.outcome.activities
    check_choice("activity", label, [each.label for each in activities])
    return _with(visit, activities=[Activity(label, score) if each.label == label else each for each in activities])


def drop_activity(visit: Visit, label: str) -> Visit:
    """Leave out an activity."""
    return _with(visit, activities=[each for each in visit.draft.outcome.activities if each.label != label])


def add_score(visit: Visit, label: str, better: str = BETTER[0]) -> Visit:
    """Add a score of the clinic's own."""
    return _with(visit, scores=[*visit.draft.outcome.scores, Score(label, None, better)])


def set_score(visit: Visit, label: str, **values: Any) -> Visit:
    """Set the value of a score, None when it was not taken, or which values are better."""
    scores = visit.draft.outcome.scores
    check_choice("score", label, [each.label for each in scores])
    return _with(visit, scores=[replace(each, **values) if each.label == label else each for each in scores])


def drop_score(visit: Visit, label: str) -> Visit:
    """Leave out a score."""
    return _with(visit, scores=[each for each in visit.draft.outcome.scores if each.label != label])


def accept(visit: Visit, point: str, side: str) -> ChangedVisit:
    """Make the change that is proposed for a step which was sore."""
    now = derive(visit)
    for each in suggested_changes(now.routine, visit.last_routine):
        if (each.point, each.side) == (point, side):
            step = next(step for step in now.steps if step.key == (point, side))
            return change(visit, step, **dict(each.values))
    raise InvalidValueError("a proposal must be one that is shown, got none; the step was changed meanwhile.")


def _with(visit: Visit, **values: Any) -> Visit:
    return replace(visit, draft=visit.draft.with_outcome(**values))
