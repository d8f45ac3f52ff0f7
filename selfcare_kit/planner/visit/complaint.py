"""Changes of a visit's complaint: where it hurts, on which side, and what it feels like."""

from __future__ import annotations

from dataclasses import replace

from selfcare_kit.errors import check_choice
from selfcare_kit.model.sides import SIDES
from selfcare_kit.planner.visit.visit import Symptoms, Visit

# An area touched on neither side has none, and one touched on left and right is on both.
SIDE_OF_TOUCHED = {frozenset(): "", frozenset({"left"}): "left", frozenset({"right"}): "right"}


def choose_area(visit: Visit, area: str, is_chosen: bool = True) -> Visit:
    """Choose an area on the shared side, or remove it."""
    area = visit.guide.area(area)
    return replace(visit, areas=_areas_with(visit, area)) if is_chosen else _without(visit, area)


def toggle_area(visit: Visit, area: str, side: str) -> Visit:
    """Choose an area on one side, or remove it there, as a click on the figure does.

    The first of left and right that is clicked becomes the shared side; the midline never does.
    """
    area = visit.guide.area(area)
    check_choice("side", side, ("left", "right", "midline"))
    if side == "midline":
        # The midline is the area's own side, whatever side is shared.
        wanted = "" if area in visit.areas else "midline"
    else:
        wanted = SIDE_OF_TOUCHED.get(frozenset(visit.touched_sides(area)) ^ {side}, "both")
    if not wanted:
        return _without(visit, area)
    shared = visit.shared_side or (wanted if wanted != "midline" else "")
    is_shared = wanted == shared and wanted != "midline" and area not in visit.own_sides
    return replace(
        visit,
        areas=_areas_with(visit, area),
        shared_side=shared,
        is_side_clicked=visit.is_side_clicked or not visit.shared_side,
        own_sides=visit.own_sides if is_shared else {**visit.own_sides, area: wanted},
    )


def choose_side(visit: Visit, side: str, area: str = "") -> Visit:
    """Choose the client's own side for one area, or the shared side."""
    check_choice("side", side, SIDES)
    if not area:
        return replace(visit, shared_side=side, is_side_clicked=False)
    check_choice("area", area, visit.areas)
    # An own side that equals the shared one stays its own: it must not follow the next change of that.
    return replace(visit, own_sides={**visit.own_sides, area: side})


def set_sensation(visit: Visit, sensation: str, is_present: bool = True, area: str = "") -> Visit:
    """Add or remove a sensation, of an area that is described separately or of all others."""
    id = visit.guide.records.sensations[sensation].id
    symptoms = _symptoms(visit, area)
    order = list(visit.guide.records.sensations)
    present = {*symptoms.sensations, id} if is_present else {*symptoms.sensations} - {id}
    return _with_symptoms(visit, area, symptoms._replace(sensations=tuple(sorted(present, key=order.index))))


def set_pain(visit: Visit, pain: int | None, area: str = "") -> Visit:
    """Set the pain, 0 to 10 or None when it was not asked, of an area that is described separately or of all others."""
    return _with_symptoms(visit, area, _symptoms(visit, area)._replace(pain=pain))


def describe_separately(visit: Visit, area: str, is_separate: bool = True) -> Visit:
    """Give an area symptoms of its own, beginning with the shared ones, or the shared ones again."""
    check_choice("area", area, visit.areas)
    others = {other: symptoms for other, symptoms in visit.own_symptoms.items() if other != area}
    return replace(visit, own_symptoms={**others, area: visit.symptoms_of(area)} if is_separate else others)


def _symptoms(visit: Visit, area: str) -> Symptoms:
    return visit.own_symptoms[check_choice("area", area, visit.own_symptoms)] if area else visit.shared_symptoms


def _with_symptoms(visit: Visit, area: str, symptoms: Symptoms) -> Visit:
    if area:
        return replace(visit, own_symptoms={**visit.own_symptoms, area: symptoms})
    return replace(visit, shared_symptoms=symptoms)


def _areas_with(visit: Visit, area: str) -> tuple[str, ...]:
    return visit.areas if area in visit.areas else (*visit.areas, area)


def _without(visit: Visit, area: str) -> Visit:
    """Return a visit without an area, its side and its symptoms."""
    is_last = visit.areas == (area,) and visit.is_side_clicked
    return replace(
        visit,
        areas=tuple(other for other in visit.areas if other != area),
        own_sides={other: side for other, side in visit.own_sides.items() if other != area},
        own_symptoms={other: symptoms for other, symptoms in visit.own_symptoms.items() if other != area},
        shared_side="" if is_last else visit.shared_side,
        is_side_clicked=visit.is_side_clicked and not is_last,
    )
