"""What numb, tingling, burning, weak or swollen means here: told before any point is offered."""

from __future__ import annotations

from dataclasses import dataclass

from selfcare_kit.complaint import Complaint
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
    found = [*_sensation_alerts(complaint, guide), *_nerve_alerts(complaint, guide)]
    order = {action: rank for rank, action in enumerate(("emergency", "urgent", "refer", "caution"))}
    return tuple(sorted(found, key=lambda alert: order[alert.action]))


def _areas_with(complaint: Complaint, sensations: tuple[str, ...], guide: Guide) -> tuple[tuple[str, ...], bool]:
    felt = [each for each in complaint.areas if set(each.sensations) & set(sensations)]
    # A place on the midline belongs to both sides, whatever side was said of it.
    paired = {each.area: guide.row("areas", each.area)["paired"] == "yes" for each in felt}
    sides = {side for each in felt for side in sides_touched(each.side if paired[each.area] else "both")}
    return tuple(each.area for each in felt), len(sides) > 1


def _sensation_alerts(complaint: Complaint, guide: Guide) -> list[Alert]:
    found = []
    # Numb on the left and tingling or weak on the right is still a matter of both sides.
    alarming = tuple(row["id"] for row in guide.table("sensations") if row["alert_both_sides_action"])
    _, any_both_sides = _areas_with(complaint, alarming, guide)
    for row in guide.table("sensations"):
        areas, _ = _areas_with(complaint, (row["id"],), guide)
        both_sides = any_both_sides and row["id"] in alarming
        action = row["alert_both_sides_action"] if both_sides else ""
        action = severest(each for each in (row["alert_action"], action) if each)
        if areas and action != "go":
            found.append(Alert(row["id"], action, row["alert_message"], areas, split(row["alert_asks"])))
    return found


def _nerve_alerts(complaint: Complaint, guide: Guide) -> list[Alert]:
    found = []
    all_felt = {sensation for each in complaint.areas for sensation in each.sensations}
    for row in guide.table("nerves"):
        sensations, areas = split(row["sensations"]), split(row["areas"])
        if all_felt.isdisjoint(sensations):
            continue
        near = Complaint(tuple(each for each in complaint.areas if each.area in areas))
        felt, both_sides = _areas_with(near, sensations, guide)
        if felt and (both_sides or row["both_sides"] != "yes"):
            text = f"{row['label']}: think of {row['think_of']}. {row['next']}"
            found.append(Alert(row["id"], row["action"], text, felt, split(row["asks"])))
    return found
