"""How a visit begins: with a routine, or with a file of the last visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selfcare_kit.course.read import course_from_contents
from selfcare_kit.errors import InvalidValueError
from selfcare_kit.planner.visit.derive import derive, questions_by_id
from selfcare_kit.planner.visit.initials import RuledOut, concern_of
from selfcare_kit.planner.visit.visit import ChangedVisit, Symptoms, Visit
from selfcare_kit.planner.visit.words import count_of
from selfcare_kit.routine import Routine, routine_from_bytes
from selfcare_kit.safety.screening import Screening

# As many as the line at the foot has room for.
MAX_CHANGES = 3


def begin_with(visit: Visit, routine: Routine) -> ChangedVisit:
    """Replace the visit by a routine with its complaint, and with its safety answers if they are of today."""
    guide = visit.guide
    if routine.guide_id != guide.id:
        raise InvalidValueError(
            f"the routine must be of guide {guide.id!r}, got one of {routine.guide_id!r}; "
            "leave guide out, or load the guide it was made with."
        )
    opened = new_visit(visit, replace(routine, guide=guide))
    screening = routine.screening
    if screening is not None and screening.date == visit.today:
        opened = _with_answers(opened, screening)
    return ChangedVisit(opened, derive(opened).changes_by_answers)


def open_file(visit: Visit, content: bytes, name: str) -> ChangedVisit:
    """Open a file that this kit exported, with its complaint; the safety questions and the pain are asked again."""
    saved = routine_from_bytes(content, name, guide=visit.guide)
    opened = replace(begin_with(visit, replace(saved, screening=None)).visit, last_routine=saved)
    message = f"Opened a routine of {count_of(len(saved), 'step')}, made on {saved.date}."
    if saved.screening is None:
        message = f"{message} Ask the safety questions."
    else:
        message = f"{message} Its safety answers are of {saved.screening.date}: ask the questions again."
    return ChangedVisit(opened, " ".join((message, *_shortened(saved.changed_on_reading))))


def open_files(visit: Visit, files: Sequence[tuple[str, bytes]]) -> ChangedVisit:
    """Open the latest of one client's files, and keep the others as the visits before it."""
    # Files of two folders may have one name.
    contents: dict[str, bytes] = {}
    for number, (name, content) in enumerate(files, start=1):
        contents[name if name not in contents else f"{number}/{name}"] = content
    course = course_from_contents(contents.items(), visit.guide)
    latest, before = course.visits[-1], course.visits[:-1]
    opened, message = open_file(visit, contents[latest.files[0]], latest.files[0])
    # One kind of file may know more of what was found than another.
    outcome = latest.outcome
    last: Routine | None = replace(opened.last_routine, outcome=outcome) if opened.last_routine else None
    if latest.date != visit.today:
        outcome = outcome.for_next_visit()
    elif before:
        # What is of today is compared with the visit before.
        name = before[-1].files[0]
        last = replace(routine_from_bytes(contents[name], name, guide=visit.guide), outcome=before[-1].outcome)
        before = before[:-1]
    opened = replace(opened, draft=replace(opened.draft, outcome=outcome), last_routine=last, earlier=before)
    count = count_of(len(course) - 1, "visit")
    unread = " ".join(each.reason for each in course.unread)
    return ChangedVisit(opened, f"{message} {count} before it. {unread}".rstrip())


def _shortened(changes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first few changes, and how many more there are: the hints list them all."""
    more = len(changes) - MAX_CHANGES
    return changes if more <= 1 else (*changes[:MAX_CHANGES], f"{count_of(more, 'more change')}: see the hints.")


def new_client(visit: Visit) -> ChangedVisit:
    """Begin with nothing, for another client."""
    draft = Routine(guide=visit.guide, date=visit.today)
    return ChangedVisit(Visit(draft, browser_day=visit.browser_day), "A new client.")


def resume(visit: Visit, earlier: Visit) -> ChangedVisit:
    """Go on with an earlier visit of the same guide as it was."""
    if earlier.guide.id != visit.guide.id:
        raise InvalidValueError(
            f"the visit must be of guide {visit.guide.id!r}, got one of {earlier.guide.id!r}; open its file instead."
        )
    return ChangedVisit(replace(earlier, browser_day=visit.browser_day), "Here is the unfinished plan again.")


def new_visit(before: Visit, routine: Routine) -> Visit:
    """Return a visit of the day of another, with a saved routine and its complaint, without its safety answers."""
    areas = routine.complaint.areas if routine.complaint else ()
    # Never the midline: areas that come in pairs and are chosen later would lie on it, unasked.
    side = next((each.side for each in areas if each.side != "midline"), "")
    is_of_today = routine.date == before.today
    return Visit(
        draft=replace(
            routine,
            complaint=None,
            screening=None,
            date=before.today,
            outcome=routine.outcome if is_of_today else routine.outcome.for_next_visit(),
        ),
        areas=tuple(each.area for each in areas),
        shared_side=side,
        own_sides={each.area: each.side for each in areas if each.side != side},
        # A number of another day would be taken for today's.
        symptoms={each.area: Symptoms(each.sensations, each.pain if is_of_today else None) for each in areas},
        last_routine=None if is_of_today else routine,
        browser_day=before.browser_day,
    )


def _with_answers(visit: Visit, screening: Screening) -> Visit:
    """Return a visit with the answers of a screening; one that was left out or set aside is still to be asked."""
    answered = replace(
        visit,
        yes=screening.yes,
        where=dict(screening.where),
        asked={id: dict(screening.how).get(id, "") for id in screening.asked if id in questions_by_id(visit)},
        asked_on=screening.date,
        agreed_by=screening.agreed_by,
    )
    now = derive(answered)
    concerns = [concern_of(each, now.complaint) for each in now.to_clear]
    words = dict(screening.agreed)
    ruled_out = {concern.id: RuledOut(words[concern.id], concern) for concern in concerns if concern.id in words}
    return replace(answered, agreed_concerns=frozenset(concerns), ruled_out=ruled_out)
