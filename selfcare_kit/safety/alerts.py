"""What numb, tingling, burning, weak or swollen, or pain that radiates, means: told before any point is offered."""

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
        The least that has to happen.
    text : str
        What it may mean and what to check, for the clinician.
    areas : tuple of str
        Areas of the complaint it speaks of.
    asks : tuple of str
        Red flags and cautions to ask about.
    """

    id: str
    action: str
    text: str
    areas: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.action}: {self.text}"


def find_alerts(complaint: Complaint, guide: Guide) -> tuple[Alert, ...]:
    """Find what a complaint asks to be ruled out.

    Parameters
    ----------
    complaint : Complaint
        Where it hurts, how much, and what it feels like.
    guide : Guide
        Whose sensations and nerves tables speak.

    Returns
    -------
    tuple of Alert
        Severest first; empty when nothing asks for one.
    """
    # Where nothing is said but an area, no sensation and no pain can be met.
    felt = [_felt(each, guide) for each in complaint.areas]
    found = [*_nerve_alerts(felt, guide)]
    if any(each.sensations for each in felt):
        found = [*_sensation_alerts(felt, guide), *found]
    return tuple(sorted(found, key=lambda alert: -ACTIONS.index(alert.action)))


class _Felt(NamedTuple):
    """What is felt in an area, how much it hurts, and the sides of the body it is felt on."""

    area: str
    sensations: frozenset[str]
    sides: frozenset[str]
    pain: int | None


def _felt(each: AreaComplaint, guide: Guide) -> _Felt:
    # A place on the midline belongs to both sides, whatever side was said of it.
    is_paired = guide.records.areas[each.area].paired
    sides = frozenset(sides_touched(each.side if is_paired else "both"))
    return _Felt(each.area, frozenset(each.sensations), sides, each.pain)


def _areas_with(felt: Iterable[_Felt], sensations: Collection[str]) -> tuple[tuple[str, ...], bool]:
    """Return the areas that feel so, and whether they lie on both sides."""
    return _places([each for each in felt if not each.sensations.isdisjoint(sensations)])


def _places(found: Sequence[_Felt]) -> tuple[tuple[str, ...], bool]:
    """Return the areas of what is felt, and whether they lie on both sides."""
    sides = {side for each in found for side in each.sides}
    return tuple(each.area for each in found), len(sides) > 1


def _sensation_alerts(felt: list[_Felt], guide: Guide) -> list[Alert]:
    found = []
    # Numb on the left and tingling or weak on the right is still a matter of both sides.
    sensations = guide.records.sensations.values()
    alarming = {each.id for each in sensations if each.alert_both_sides_action}
    _, any_both_sides = _areas_with(felt, alarming)
    for each in sensations:
        areas, _ = _areas_with(felt, (each.id,))
        both_sides = any_both_sides and each.id in alarming
        action = each.alert_both_sides_action if both_sides else ""
        action = severest(action for action in (each.alert_action, action) if action)
        if areas and action != "go":
            found.append(Alert(each.id, action, each.alert_message, areas, each.alert_asks))
    return found


def _nerve_alerts(felt: list[_Felt], guide: Guide) -> Iterator[Alert]:
    for nerve in guide.records.nerves.values():
        met = [each for each in felt if each.area in nerve.areas and _is_felt(each, nerve)]
        areas, both_sides = _places(met)
        groups = (group for group in (nerve.with_one_of, nerve.also_one_of) if group)
        is_met = bool(met) and all(not set(group).isdisjoint(areas) for group in groups)
        if is_met and (both_sides or not nerve.both_sides):
            text = f"{nerve.label}: think of {nerve.think_of}. {nerve.next}"
            yield Alert(nerve.id, nerve.action, text, areas, nerve.asks)


def _is_felt(each: _Felt, nerve: Nerve) -> bool:
    if nerve.sensations and each.sensations.isdisjoint(nerve.sensations):
        return False
    return nerve.pain_min is None or (each.pain is not None and each.pain >= nerve.pain_min)
