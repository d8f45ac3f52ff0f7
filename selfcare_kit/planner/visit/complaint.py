"""Changes of a visit's complaint: where it hurts, on which side, and what it feels like."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


def describe_area(visit: Visit, area: str, side: str, sensations: Iterable[str], pain: int | None) -> Visit:
    """Choose an area with what was said of it: its side, unless that is empty, sensations, and pain."""
    visit = choose_area(visit, area)
    if side:
        visit = choose_side(visit, side, visit.guide.area(area))
    for sensation in sensations:
        visit = set_sensation(visit, sensation, area=visit.guide.area(area))
    return visit if pain is None else set_pain(visit, pain, visit.guide.area(area))


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
    changed = replace(
        visit,
        areas=_areas_with(visit, area),
        shared_side=shared,
        is_side_clicked=visit.is_side_clicked or not visit.shared_side,
        own_sides=visit.own_sides if is_shared else {**visit.own_sides, area: wanted},
    )
    return _without_pains_of_other_sides(visit, changed)


def choose_side(visit: Visit, side: str, area: str = "") -> Visit:
    """Choose the client's own side for one area, or the shared side."""
    check_choice("side", side, SIDES)
    if not area:
        changed = replace(visit, shared_side=side, is_side_clicked=False)
    else:
        check_choice("area", area, visit.areas)
        # An own side that equals the shared one stays its own: it must not follow the next change of that.
        changed = replace(visit, own_sides={**visit.own_sides, area: side})
    return _without_pains_of_other_sides(visit, changed)


def _without_pains_of_other_sides(before: Visit, after: Visit) -> Visit:
    """Return a return visit without the pain of an area whose side has changed: the other side is another series."""
    if before.last_routine is None:
        return after
    moved = [area for area in after.areas if before.side_of(area) not in ("", after.side_of(area))]
    return replace(
        after, symptoms={**after.symptoms, **{area: after.symptoms_of(area)._replace(pain=None) for area in moved}}
    )


def set_sensation(visit: Visit, sensation: str, is_present: bool = True, area: str = "") -> Visit:
    """Add or remove a sensation of an area, or of all areas chosen."""
    id = visit.guide.records.sensations[sensation].id
    order = list(visit.guide.records.sensations)

    def changed(symptoms: Symptoms) -> Symptoms:
        present = {*symptoms.sensations, id} if is_present else {*symptoms.sensations} - {id}
        return symptoms._replace(sensations=tuple(sorted(present, key=order.index)))

    return _with_symptoms(visit, area, changed)


def set_pain(visit: Visit, pain: int | None, area: str = "") -> Visit:
    """Set the pain of an area, or of all areas chosen: 0 to 10, or None when it was not asked."""
    return _with_symptoms(visit, area, lambda symptoms: symptoms._replace(pain=pain))


def _with_symptoms(visit: Visit, area: str, changed: Callable[[Symptoms], Symptoms]) -> Visit:
    areas = (check_choice("area", area, visit.areas),) if area else visit.areas
    return replace(visit, symptoms={**visit.symptoms, **{each: changed(visit.symptoms_of(each)) for each in areas}})


def _areas_with(visit: Visit, area: str) -> tuple[str, ...]:
    return visit.areas if area in visit.areas else (*visit.areas, area)


def _without(visit: Visit, area: str) -> Visit:
    """Return a visit without an area, its side and its symptoms."""
    is_last = visit.areas == (area,) and visit.is_side_clicked
    return replace(
        visit,
        areas=tuple(other for other in visit.areas if other != area),
        own_sides={other: side for other, side in visit.own_sides.items() if other != area},
        symptoms={other: symptoms for other, symptoms in visit.symptoms.items() if other != area},
        shared_side="" if is_last else visit.shared_side,
        is_side_clicked=visit.is_side_clicked and not is_last,
    )
