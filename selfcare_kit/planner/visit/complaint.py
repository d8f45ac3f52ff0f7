"""Where it hurts and what it feels like, put into a visit; what may change the steps is said by the session."""

from __future__ import annotations

from dataclasses import replace

from selfcare_kit.errors import check_choice
from selfcare_kit.model.sides import SIDES
from selfcare_kit.planner.visit.visit import Feeling, Visit

JOINED = {frozenset(): "", frozenset({"left"}): "left", frozenset({"right"}): "right"}


def choose_area(visit: Visit, area: str, is_chosen: bool = True) -> Visit:
    """Choose an area, or take it back; it has the shared side."""
    area = visit.guide.area(area)
    return replace(visit, areas=_with(visit, area)) if is_chosen else _without(visit, area)


def toggle_place(visit: Visit, area: str, side: str) -> Visit:
    """Choose an area on one side of the body, or take it back, as a click on the figure does.

    The first of left and right that is clicked becomes the shared side; what lies on the midline has that as a side
    of its own.
    """
    area = visit.guide.area(area)
    check_choice("side", side, ("left", "right", "midline"))
    if side == "midline":
        # It lies on both sides whatever was clicked before it or after it.
        wanted = "" if area in visit.areas else "midline"
    else:
        wanted = JOINED.get(frozenset(visit.places_of(area)) ^ {side}, "both")
    if not wanted:
        return _without(visit, area)
    shared = visit.side or (wanted if wanted != "midline" else "")
    is_shared = wanted == shared and wanted != "midline" and area not in visit.sides
    return replace(
        visit,
        areas=_with(visit, area),
        side=shared,
        is_side_clicked=visit.is_side_clicked or not visit.side,
        sides=visit.sides if is_shared else {**visit.sides, area: wanted},
    )


def choose_side(visit: Visit, side: str, area: str = "") -> Visit:
    """Choose the client's own side of one area, or of all that have none of their own."""
    check_choice("side", side, SIDES)
    if not area:
        return replace(visit, side=side, is_side_clicked=False)
    check_choice("area", area, visit.areas)
    # A side of its own that happens to be the shared one stays its own: it must not follow the next change.
    return replace(visit, sides={**visit.sides, area: side})


def feel(visit: Visit, sensation: str, is_felt: bool = True, area: str = "") -> Visit:
    """Say whether something is felt, in an area that feels different or in all that do not."""
    row = visit.guide.records.sensations[sensation]
    now = _feeling(visit, area)
    order = list(visit.guide.records.sensations)
    felt = {*now.sensations, row.id} if is_felt else {*now.sensations} - {row.id}
    return _with_feeling(visit, area, now._replace(sensations=tuple(sorted(felt, key=order.index))))


def rate(visit: Visit, pain: int | None, area: str = "") -> Visit:
    """Say how strong the pain is, 0 to 10 or None when it was not asked, in one area or in all that do not differ."""
    return _with_feeling(visit, area, _feeling(visit, area)._replace(pain=pain))


def let_differ(visit: Visit, area: str, is_different: bool = True) -> Visit:
    """Let an area feel different from the others, beginning with what they feel, or like them again."""
    check_choice("area", area, visit.areas)
    others = {each: feeling for each, feeling in visit.feelings.items() if each != area}
    return replace(visit, feelings={**others, area: visit.feeling_of(area)} if is_different else others)


def _feeling(visit: Visit, area: str) -> Feeling:
    return visit.feelings[check_choice("area", area, visit.feelings)] if area else visit.feeling


def _with_feeling(visit: Visit, area: str, feeling: Feeling) -> Visit:
    if area:
        return replace(visit, feelings={**visit.feelings, area: feeling})
    return replace(visit, feeling=feeling)


def _with(visit: Visit, area: str) -> tuple[str, ...]:
    return visit.areas if area in visit.areas else (*visit.areas, area)


def _without(visit: Visit, area: str) -> Visit:
    """Return a visit without an area and all that was said of it."""
    is_last = visit.areas == (area,) and visit.is_side_clicked
    return replace(
        visit,
        areas=tuple(each for each in visit.areas if each != area),
        sides={each: side for each, side in visit.sides.items() if each != area},
        feelings={each: feeling for each, feeling in visit.feelings.items() if each != area},
        side="" if is_last else visit.side,
        is_side_clicked=visit.is_side_clicked and not is_last,
    )
