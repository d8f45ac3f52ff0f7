"""Changes of a visit's safety answers: what applies, where, and what a clinician who looked ruled out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from selfcare_kit.errors import check_choice, check_text
from selfcare_kit.planner.visit.derive import derive, questions_by_id
from selfcare_kit.planner.visit.initials import RuledOut, concern_of, concerns_of
from selfcare_kit.planner.visit.visit import Visit
from selfcare_kit.safety.screening import Screening


def answer(visit: Visit, id: str, is_yes: bool) -> Visit:
    """Set one safety answer to yes or no."""
    ids = tuple(questions_by_id(visit))
    check_choice("question", id, ids)
    yes = tuple(each for each in ids if (is_yes if each == id else each in visit.yes))
    return replace(visit, yes=yes, where={each: areas for each, areas in visit.where.items() if each in yes})


def confirm_answers(visit: Visit, ids: Iterable[str] | None = None, how: str = "") -> Visit:
    """Record that questions, all when left out, were asked today in a way, and only those ticked apply."""
    known, today = tuple(questions_by_id(visit)), visit.today
    asked = {check_choice("question", id, known): how for id in (known if ids is None else ids)}
    # What was asked on another day counts for nothing today; a visit is of the day on which its questions are asked.
    known_today = visit.asked if visit.asked_on == today else {}
    draft = visit.draft if visit.draft.date == today else replace(visit.draft, date=today)
    return replace(visit, draft=draft, asked={**known_today, **asked}, asked_on=today)


def answer_no(visit: Visit, id: str, how: str = "") -> Visit:
    """Record that one question was asked and does not apply."""
    return confirm_answers(answer(visit, id, False), (id,), how)


def take_back(visit: Visit, ids: Iterable[str]) -> Visit:
    """Record that questions were not asked, whatever was answered."""
    gone = frozenset(check_choice("question", id, tuple(questions_by_id(visit))) for id in ids)
    yes = tuple(id for id in visit.yes if id not in gone)
    where = {id: areas for id, areas in visit.where.items() if id in yes}
    return replace(visit, yes=yes, where=where, asked={id: how for id, how in visit.asked.items() if id not in gone})


def name_areas(visit: Visit, id: str, areas: Iterable[str]) -> Visit:
    """Set the areas that an answer given as yes is about."""
    check_choice("answer", id, visit.yes)
    return replace(visit, where={**visit.where, id: tuple(visit.guide.area(area) for area in areas)})


def set_initials(visit: Visit, initials: str) -> Visit:
    """Set the initials of the clinician who looked at every finding and alert that asks for it; empty for none."""
    # A screening refuses wrong initials now rather than when the answers are confirmed.
    agreed_by = Screening(agreed_by=initials).agreed_by
    now = derive(visit)
    concerns = concerns_of(now.to_clear if agreed_by else (), now.complaint)
    return replace(visit, agreed_by=agreed_by, agreed_concerns=concerns)


def rule_out(visit: Visit, id: str, text: str) -> Visit:
    """Set what was ruled out for one finding or alert; empty for nothing."""
    now = derive(visit)
    concerns = {each.id: concern_of(each, now.complaint) for each in now.to_clear}
    check_choice("finding", id, concerns)
    others = {other: entry for other, entry in visit.ruled_out.items() if other != id}
    if not check_text("agreed", text).strip():
        return replace(visit, ruled_out=others)
    ((_, checked),) = Screening(agreed=((id, text),)).agreed
    return replace(visit, ruled_out={**others, id: RuledOut(checked, concerns[id])})
