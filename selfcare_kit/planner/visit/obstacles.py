"""What still stands between a visit and its handout: all of it, each with the place where it is removed."""

from __future__ import annotations

from typing import NamedTuple

from selfcare_kit.planner.visit.derive import Derived, questions_by_id
from selfcare_kit.planner.visit.words import count_of, name_of_concern, refusal_in_words


class Obstacle(NamedTuple):
    """One thing that stands in the way: in words, and the section and the element in it where it is removed."""

    words: str
    section: str
    key: str = "heading"


def obstacles_of(now: Derived) -> tuple[Obstacle, ...]:
    """Return what stands in the way of the handout, in the order of a visit; empty when it can go."""
    if now.refusal is None:
        return ()
    found = (*_urgent(now), *_of_complaint(now), *_of_safety(now), *_of_steps(now))
    return found or (Obstacle(refusal_in_words(now.refusal, now.visit.guide), "steps"),)


def _urgent(now: Derived) -> list[Obstacle]:
    names = ", ".join(name_of_concern(each, now.visit.guide) for each in now.urgent)
    return [Obstacle(f"No self-massage today: {names}", "safety", "urgent")] if names else []


def _of_complaint(now: Derived) -> list[Obstacle]:
    areas = now.visit.guide.records.areas
    return [Obstacle(f"Choose the side: {areas[id].label}", "symptoms", id) for id in now.visit.areas_without_side]


def _of_safety(now: Derived) -> list[Obstacle]:
    visit, questions = now.visit, questions_by_id(now.visit)
    found = [Obstacle(f"Say where: {questions[id].short_label or id}", "safety", id) for id in now.pending]
    if visit.asked_on not in (None, now.today):
        found.append(Obstacle(f"Safety: asked on {visit.asked_on}, to be asked again", "safety"))
    elif now.to_ask or visit.asked_on is None:
        found.append(Obstacle(f"Safety: {len(now.to_ask)} of {len(questions)} questions not asked today", "safety"))
    if now.not_cleared and not now.urgent:
        names = ", ".join(name_of_concern(each, visit.guide) for each in now.not_cleared)
        found.append(Obstacle(f"A clinician looks first: {names}", "safety", "initials-field"))
    return found


def _of_steps(now: Derived) -> list[Obstacle]:
    if not now.steps:
        return [Obstacle("No step yet", "suggestions")]
    if now.side_conflicts:
        count = len({each.point for each in now.side_conflicts})
        are = "are" if count > 1 else "is"
        return [Obstacle(f"{count_of(count, 'step')} {are} on the side on which nothing hurts", "steps", "sides-move")]
    return []
