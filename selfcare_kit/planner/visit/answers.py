"""The safety answers, put into a visit: what applies and where, and what a clinician who looked says of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

from selfcare_kit.errors import check_choice, check_text
from selfcare_kit.planner.visit.derive import derive, question_rows
from selfcare_kit.planner.visit.initials import RuledOut, concern_of, concerns_of
from selfcare_kit.planner.visit.visit import Visit
from selfcare_kit.safety.screening import Screening


def answer(visit: Visit, id: str, is_yes: bool) -> Visit:
    """Take one safety answer."""
    ids = tuple(question_rows(visit))
    check_choice("question", id, ids)
    yes = tuple(each for each in ids if (is_yes if each == id else each in visit.yes))
    return replace(visit, yes=yes, where={each: areas for each, areas in visit.where.items() if each in yes})


def confirm_answers(visit: Visit) -> Visit:
    """Record that all questions were asked today, and only those ticked apply."""
    return replace(visit, asked_on=datetime.date.today())


def name_areas(visit: Visit, id: str, areas: Iterable[str]) -> Visit:
    """Say which areas an answer that was ticked is about."""
    check_choice("answer", id, visit.yes)
    return replace(visit, where={**visit.where, id: tuple(visit.guide.area(area) for area in areas)})


def agree(visit: Visit, initials: str) -> Visit:
    """Take the initials of the clinician who looked at everything that asks for it; empty for nobody."""
    # Refused now rather than when the answers are confirmed.
    agreed = Screening(agreed_by=initials).agreed_by
    now = derive(visit)
    return replace(visit, agreed_by=agreed, agreed_on=concerns_of(now.to_look_at if agreed else (), now.complaint))


def agree_on(visit: Visit, id: str, words: str) -> Visit:
    """Take what was ruled out for one finding or alert, such as "pulses good, both feet; AB"; empty for nothing.

    The initials are added where they stand for all.
    """
    now = derive(visit)
    concerns = {each.id: concern_of(each, now.complaint) for each in now.to_look_at}
    check_choice("finding", id, concerns)
    others = {each: words for each, words in visit.agreed.items() if each != id}
    if not check_text("agreed", words).strip():
        return replace(visit, agreed=others)
    ((_, text),) = Screening(agreed=((id, words),)).agreed
    return replace(visit, agreed={**others, id: RuledOut(text, concerns[id])})
