"""What numb, tingling, burning, weak or swollen means here: told before any point is offered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from selfcare_kit.complaint import AreaComplaint, Complaint
from selfcare_kit.guide import Guide
from selfcare_kit.model import severest, sides_touched
from selfcare_kit.tables import split


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
    """Find what a complaint's sensations ask to be ruled out.

    Parameters
    ----------
    complaint : Complaint
        Where it hurts and what it feels like.
    guide : Guide
        Whose sensations and nerves tables speak.

    Returns
    -------
    tuple of Alert
        Severest first; empty when no sensation asks for one.
    """
    felt = [_felt(each, guide) for each in complaint.areas if each.sensations]
    if not felt:
        return ()
    found = [*_sensation_alerts(felt, guide), *_nerve_alerts(felt, guide)]
    order = {action: rank for rank, action in enumerate(("emergency", "urgent", "refer", "caution"))}
    return tuple(sorted(found, key=lambda alert: order[alert.action]))


class _Felt(NamedTuple):
    """What is felt in an area, and the sides of the body it is felt on."""

    area: str
    sensations: frozenset[str]
    sides: frozenset[str]


def _felt(each: AreaComplaint, guide: Guide) -> _Felt:
    # A place on the midline belongs to both sides, whatever side was said of it.
    is_paired = guide.row("areas", each.area)["paired"] == "yes"
    return _Felt(each.area, frozenset(each.sensations), frozenset(sides_touched(each.side if is_paired else "both")))


def _areas_with(felt: Iterable[_Felt], sensations: Collection[str]) -> tuple[tuple[str, ...], bool]:
    """Return the areas that feel so, and whether they lie on both sides."""
    found = [each for each in felt if not each.sensations.isdisjoint(sensations)]
    sides = {side for each in found for side in each.sides}
    return tuple(each.area for each in found), len(sides) > 1


def _sensation_alerts(felt: list[_Felt], guide: Guide) -> list[Alert]:
    found = []
    # Numb on the left and tingling or weak on the right is still a matter of both sides.
    alarming = {row["id"] for row in guide.table("sensations") if row["alert_both_sides_action"]}
    _, any_both_sides = _areas_with(felt, alarming)
    for row in guide.table("sensations"):
        areas, _ = _areas_with(felt, (row["id"],))
        both_sides = any_both_sides and row["id"] in alarming
        action = row["alert_both_sides_action"] if both_sides else ""
        action = severest(each for each in (row["alert_action"], action) if each)
        if areas and action != "go":
            found.append(Alert(row["id"], action, row["alert_message"], areas, split(row["alert_asks"])))
    return found


def _nerve_alerts(felt: list[_Felt], guide: Guide) -> list[Alert]:
    found = []
    for row in guide.table("nerves"):
        near = split(row["areas"])
        areas, both_sides = _areas_with([each for each in felt if each.area in near], split(row["sensations"]))
        needed = split(row["with_one_of"])
        is_met = bool(areas) and (not needed or not set(needed).isdisjoint(areas))
        if is_met and (both_sides or row["both_sides"] != "yes"):
            text = f"{row['label']}: think of {row['think_of']}. {row['next']}"
            found.append(Alert(row["id"], row["action"], text, areas, split(row["asks"])))
    return found
