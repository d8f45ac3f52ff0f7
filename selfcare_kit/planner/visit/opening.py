"""How a visit begins: with a routine that is there, or with a file of the last visit."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from selfcare_kit.errors import InvalidValueError
from selfcare_kit.model.complaint import AreaComplaint
from selfcare_kit.planner.visit.derive import derive, question_rows
from selfcare_kit.planner.visit.initials import RuledOut, concern_of
from selfcare_kit.planner.visit.visit import Feeling, Outcome, Visit
from selfcare_kit.planner.visit.words import count_of
from selfcare_kit.routine import Routine, routine_from_bytes
from selfcare_kit.safety.screening import Screening


def begin_with(visit: Visit, routine: Routine) -> Outcome:
    """Take a routine with its complaint, and with its safety answers if they are of today; nothing else is left."""
    guide = visit.guide
    if routine.guide_id != guide.id:
        raise InvalidValueError(
            f"the routine must be of guide {guide.id!r}, got one of {routine.guide_id!r}; "
            "leave guide out, or load the guide it was made with."
        )
    begun = Visit(**opened(replace(routine, guide=guide)))
    today = answers_of_today(routine.screening, question_rows(begun))
    if today:
        begun = replace(begun, **today)
        # What came with today's answers was agreed for what these ask to be looked at.
        now = derive(begun)
        concerns = [concern_of(each, now.complaint) for each in now.to_look_at]
        words = dict(routine.screening.agreed)
        agreed = {each.id: RuledOut(words[each.id], each) for each in concerns if each.id in words}
        begun = replace(begun, agreed_on=frozenset(concerns), agreed=agreed)
    return Outcome(begun, derive(begun).held_back)


def open_file(visit: Visit, content: bytes, name: str) -> Outcome:
    """Open a file that this kit exported, with its complaint; the safety questions have to be asked again."""
    saved = routine_from_bytes(content, name, guide=visit.guide)
    begun = replace(begin_with(visit, replace(saved, screening=None)).visit, last=saved)
    sentence = f"Opened a routine of {count_of(len(saved), 'step')}, made on {saved.date}."
    if saved.screening is None:
        return Outcome(begun, f"{sentence} Ask the safety questions.")
    return Outcome(begun, f"{sentence} Its safety answers are of {saved.screening.date}: ask the questions again.")


def answers_of_today(screening: Screening | None, ids: Collection[str]) -> dict[str, Any]:
    """Return what of a screening still counts, as fields of a visit; empty when the answers are not of today.

    Where one of all questions was not asked, or was set aside, they have to be asked again.
    """
    if screening is None or screening.date != datetime.date.today():
        return {}
    return {
        "yes": screening.yes,
        "where": dict(screening.where),
        "asked_on": screening.date if set(ids) <= set(screening.asked) else None,
        "agreed_by": screening.agreed_by,
    }


def opened(routine: Routine) -> dict[str, Any]:
    """Return what of a saved routine goes into a visit, as its fields: all but its safety answers; it starts today."""
    draft = replace(routine, complaint=None, screening=None, date=datetime.date.today())
    areas = routine.complaint.areas if routine.complaint else ()
    # What most areas say first is what all of them share; the others keep their own words.
    shared = areas[0] if areas else AreaComplaint("", "midline")
    feelings = {each.area: Feeling(each.sensations, each.pain) for each in areas}
    common = Feeling(shared.sensations, shared.pain)
    # Never the midline: areas that come in pairs and are chosen later would lie on it, unasked.
    side = next((each.side for each in areas if each.side != "midline"), "")
    return {
        "draft": draft,
        "areas": tuple(feelings),
        "side": side,
        "feeling": common,
        "sides": {each.area: each.side for each in areas if each.side != side},
        "feelings": {area: feeling for area, feeling in feelings.items() if feeling != common},
    }
