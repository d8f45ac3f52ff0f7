"""Alerts: what numbness, tingling, burning, weakness, swelling or radiating pain may mean, shown before any point."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Nerve
from selfcare_kit.model.actions import ACTIONS, severest
from selfcare_kit.model.complaint import AreaComplaint, Complaint
from selfcare_kit.model.sides import sides_touched


@dataclass(frozen=True)
class Alert:
    """Something to rule out before a point is pressed.

    Parameters
    ----------
    id : str
        Sensation (`"numb"`) or row of the nerve table (`"N02"`).
    action : {"caution", "refer", "urgent", "emergency"}
        The least that has to be done.
    text : str
        What it may mean and what to check, for the clinician.
    areas : tuple of str
        Areas of the complaint that it applies to.
    asks : tuple of str
        Ids of the red flags and cautions to ask about.
    """

    id: str
    action: str
    text: str
    areas: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.action}: {self.text}"


def find_alerts(complaint: Complaint, guide: Guide) -> tuple[Alert, ...]:
    """Return what has to be ruled out for a complaint.

    Parameters
    ----------
    complaint : Complaint
        Where it hurts, how much, and what it feels like.
    guide : Guide
        Its sensations and nerves tables give the alerts.

    Returns
    -------
    tuple of Alert
        Severest first; empty when there is nothing to rule out.
    """
    symptoms = [_symptoms(each, guide) for each in complaint.areas]
    found = [*_nerve_alerts(symptoms, guide)]
    if any(each.sensations for each in symptoms):
        found = [*_sensation_alerts(symptoms, guide), *found]
    return tuple(sorted(found, key=lambda alert: -ACTIONS.index(alert.action)))


class _Symptoms(NamedTuple):
    """The sensations and the pain in an area, and the sides of the body they are on."""

    area: str
    sensations: frozenset[str]
    sides: frozenset[str]
    pain: int | None


def _symptoms(complaint: AreaComplaint, guide: Guide) -> _Symptoms:
    # An unpaired area belongs to both sides, whatever side was given.
    is_paired = guide.records.areas[complaint.area].paired
    sides = frozenset(sides_touched(complaint.side if is_paired else "both"))
    return _Symptoms(complaint.area, frozenset(complaint.sensations), sides, complaint.pain)


def _areas_with(symptoms: Iterable[_Symptoms], sensations: Collection[str]) -> tuple[tuple[str, ...], bool]:
    """Return the areas with one of some sensations, and whether they are on both sides."""
    return _areas_of([each for each in symptoms if not each.sensations.isdisjoint(sensations)])


def _areas_of(symptoms: Sequence[_Symptoms]) -> tuple[tuple[str, ...], bool]:
    """Return the areas of symptoms, and whether they are on both sides."""
    sides = {side for each in symptoms for side in each.sides}
    return tuple(each.area for each in symptoms), len(sides) > 1


def _sensation_alerts(symptoms: Collection[_Symptoms], guide: Guide) -> list[Alert]:
    found = []
    # Numb on the left and tingling or weak on the right counts as both sides.
    sensations = guide.records.sensations.values()
    alarming = {sensation.id for sensation in sensations if sensation.alert_both_sides_action}
    _, any_both_sides = _areas_with(symptoms, alarming)
    for sensation in sensations:
        areas, _ = _areas_with(symptoms, (sensation.id,))
        both_sides = any_both_sides and sensation.id in alarming
        action = sensation.alert_both_sides_action if both_sides else ""
        action = severest(action for action in (sensation.alert_action, action) if action)
        if areas and action != "go":
            found.append(Alert(sensation.id, action, sensation.alert_message, areas, sensation.alert_asks))
    return found


def _nerve_alerts(symptoms: Collection[_Symptoms], guide: Guide) -> Iterator[Alert]:
    for nerve in guide.records.nerves.values():
        met = [each for each in symptoms if each.area in nerve.areas and _may_come_from(each, nerve)]
        areas, both_sides = _areas_of(met)
        groups = (group for group in (nerve.with_one_of, nerve.also_one_of) if group)
        is_met = bool(met) and all(not set(group).isdisjoint(areas) for group in groups)
        if is_met and (both_sides or not nerve.both_sides):
            text = f"{nerve.label}: think of {nerve.think_of}. {nerve.next}"
            yield Alert(nerve.id, nerve.action, text, areas, nerve.asks)


def _may_come_from(symptoms: _Symptoms, nerve: Nerve) -> bool:
    if nerve.sensations and symptoms.sensations.isdisjoint(nerve.sensations):
        return False
    return nerve.pain_min is None or (symptoms.pain is not None and symptoms.pain >= nerve.pain_min)
