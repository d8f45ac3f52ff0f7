"""What a course tells its client: for each place and each activity the first answer and the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from selfcare_kit.course.change import activity_change_that_matters, change_that_matters
from selfcare_kit.course.visits import CourseVisit, Visits
from selfcare_kit.errors import InvalidValueError
from selfcare_kit.export.handout.progress import Kind, Progress, Reading, Tone
from selfcare_kit.plan.plan import Plan


def progress_of(course: Visits) -> Progress:
    """Return a course for its client."""
    outcomes = [visit.outcome for visit in course.visits]
    known = [each for each in outcomes if each.days_done is not None and each.days_planned is not None]
    return Progress(
        first=course.visits[0].date,
        last=course.visits[-1].date,
        readings=(*_pains(course), *_activities(course)),
        days_done=sum(each.days_done for each in known) if known else None,
        days_planned=sum(each.days_planned for each in known) if known else None,
    )


def progress_with(course: Visits, routine: Plan) -> Progress | None:
    """Return a course up to the visit of a routine, for its handout; None where nothing was asked twice.

    Raises
    ------
    InvalidValueError
        If the course is of another client.
    """
    if course.code.casefold() != routine.code.casefold():
        raise InvalidValueError(
            f"course must be of the routine's client, {routine.code or 'who has no code'}, got that of {course.code}; "
            "read the course of this client."
        )
    progress = progress_of(replace(course, visits=_up_to(course.visits, routine)))
    return progress if any(reading.tone != "once" for reading in progress.readings) else None


def _up_to(visits: Iterable[CourseVisit], routine: Plan) -> tuple[CourseVisit, ...]:
    """Return the visits before a routine's day, and that of the routine itself, whether it was saved already or not."""
    before = tuple(visit for visit in visits if visit.date < routine.date)
    today = CourseVisit(date=routine.date, steps=routine.steps, outcome=routine.outcome)
    return (*before, replace(today, complaint=routine.complaint) if routine.complaint else today)


def _pains(course: Visits) -> Iterator[Reading]:
    for area, side in course.areas:
        yield from _reading(course, "pain", area, side, course.pains(area, side))


def _activities(course: Visits) -> Iterator[Reading]:
    for label in course.activities:
        scores = [
            next((each.score for each in visit.outcome.activities if each.label == label), None)
            for visit in course.visits
        ]
        yield from _reading(course, "can", label, "", scores)


def _reading(course: Visits, kind: Kind, name: str, side: str, values: Sequence[int | None]) -> Iterator[Reading]:
    """Yield what was asked; nothing where it never was."""
    told = [(value, visit.date) for value, visit in zip(values, course.visits, strict=True) if value is not None]
    if told:
        (first, _), (now, date) = told[0], told[-1]
        tone = _tone(kind, first, now) if len(told) > 1 else "once"
        yield Reading(kind, name, side, first, now, tone, None if date == course.visits[-1].date else date)


def _tone(kind: Kind, first: int, now: int) -> Tone:
    if first == now:
        return "same"
    if kind == "pain":
        is_clear, is_better = change_that_matters(first, now) != "", now < first
    else:
        is_clear, is_better = activity_change_that_matters(first, now), now > first
    if is_better:
        return "clearly_better" if is_clear else "a_little_better"
    return "clearly_worse" if is_clear else "a_little_worse"
