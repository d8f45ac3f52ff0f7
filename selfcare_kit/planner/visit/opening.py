"""How a visit begins: with a routine, or with a file of the last visit."""

from __future__ import annotations

import datetime
from dataclasses import replace

from selfcare_kit.errors import InvalidValueError
from selfcare_kit.model.complaint import AreaComplaint
from selfcare_kit.planner.visit.derive import derive, questions_by_id
from selfcare_kit.planner.visit.initials import RuledOut, concern_of
from selfcare_kit.planner.visit.visit import Outcome, Symptoms, Visit
from selfcare_kit.planner.visit.words import count_of
from selfcare_kit.routine import Routine, routine_from_bytes
from selfcare_kit.safety.screening import Screening


def begin_with(visit: Visit, routine: Routine) -> Outcome:
    """Replace the visit by a routine with its complaint, and with its safety answers if they are of today."""
    guide = visit.guide
    if routine.guide_id != guide.id:
        raise InvalidValueError(
            f"the routine must be of guide {guide.id!r}, got one of {routine.guide_id!r}; "
            "leave guide out, or load the guide it was made with."
        )
    opened = new_visit(replace(routine, guide=guide))
    screening = routine.screening
    if screening is not None and screening.date == datetime.date.today():
        opened = _with_answers(opened, screening)
    return Outcome(opened, derive(opened).changes_by_answers)


def open_file(visit: Visit, content: bytes, name: str) -> Outcome:
    """Open a file that this kit exported, with its complaint; the safety questions have to be asked again."""
    saved = routine_from_bytes(content, name, guide=visit.guide)
    opened = replace(begin_with(visit, replace(saved, screening=None)).visit, last_routine=saved)
    message = f"Opened a routine of {count_of(len(saved), 'step')}, made on {saved.date}."
    if saved.screening is None:
        return Outcome(opened, f"{message} Ask the safety questions.")
    return Outcome(opened, f"{message} Its safety answers are of {saved.screening.date}: ask the questions again.")


def new_visit(routine: Routine) -> Visit:
    """Return a visit of today with a saved routine and its complaint, without its safety answers."""
    areas = routine.complaint.areas if routine.complaint else ()
    # The first area's symptoms become the shared ones; areas that differ keep their own.
    first = areas[0] if areas else AreaComplaint("", "midline")
    symptoms = {each.area: Symptoms(each.sensations, each.pain) for each in areas}
    shared = Symptoms(first.sensations, first.pain)
    # Never the midline: areas that come in pairs and are chosen later would lie on it, unasked.
    side = next((each.side for each in areas if each.side != "midline"), "")
    return Visit(
        draft=replace(routine, complaint=None, screening=None, date=datetime.date.today()),
        areas=tuple(symptoms),
        shared_side=side,
        own_sides={each.area: each.side for each in areas if each.side != side},
        shared_symptoms=shared,
        own_symptoms={area: own for area, own in symptoms.items() if own != shared},
    )


def _with_answers(visit: Visit, screening: Screening) -> Visit:
    """Return a visit with the answers of a screening; all are asked again where one was left out or set aside."""
    is_complete = set(questions_by_id(visit)) <= set(screening.asked)
    answered = replace(
        visit,
        yes=screening.yes,
        where=dict(screening.where),
        asked_on=screening.date if is_complete else None,
        agreed_by=screening.agreed_by,
    )
    now = derive(answered)
    concerns = [concern_of(each, now.complaint) for each in now.to_clear]
    words = dict(screening.agreed)
    ruled_out = {concern.id: RuledOut(words[concern.id], concern) for concern in concerns if concern.id in words}
    return replace(answered, agreed_concerns=frozenset(concerns), ruled_out=ruled_out)
