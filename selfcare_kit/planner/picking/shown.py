"""The words beside the figure of a place picker: where the spot lies, its rules, and landmarks to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import dist
from typing import Any

from selfcare_kit.body.picker import ViewGrid
from selfcare_kit.body.place.atlas import XYZ, atlas
from selfcare_kit.body.place.propose import is_felt
from selfcare_kit.export.review.landmark_words import landmark_labels
from selfcare_kit.guide.guide import Guide
from selfcare_kit.planner.picking.opened import OpenedPoint
from selfcare_kit.planner.picking.pain import KIND_LABELS, areas_under
from selfcare_kit.planner.picking.picking import OWN, PLACE, TOOLS, Picking, words_of

VIEWS = {
    "front": "Front", "back": "Back", "side": "Side", "oblique": "Oblique", "inner": "Inner leg", "sole": "Sole",
    "foot_top": "Top of foot",
}  # fmt: skip
SURFACES = {
    "front": "front of the body", "back": "back of the body", "side": "outer side", "inner": "inner side",
    "sole": "sole", "foot_top": "top of the foot",
}  # fmt: skip
NOTHING = "Click the body where the place is, or press an arrow key on it."
BEGIN = "Click along where the pain is felt: each click draws the zone on. With the keyboard move there, then Enter."


def values_of(
    picking: Picking, guide: Guide, grids: Mapping[str, ViewGrid], opened: OpenedPoint | None, *, is_seen: bool
) -> dict[str, Any]:
    """Return the values of the template `picker.html`; `is_seen` says whether the view shows the place."""
    picked, landmarks = picking.picked, grids[picking.view].landmarks
    rules = [words_of(rule, guide) for rule in picked.rules] if picked else []
    own = words_of(picking.rule, guide) if picking.rule and picking.chosen == OWN else None
    where = _where(picking, is_seen=is_seen)
    if opened and opened.count > 1:
        where += f" Place 1 of {opened.count}: the others are in places.csv, and stay."
    return {
        "views": [(name, VIEWS.get(name, name)) for name in atlas().views], "view": picking.view,
        "area": atlas().areas.get(picked.area, "") if picked else "", "where": where, "rules": rules,
        "chosen": picking.chosen, "own_words": own, "own": picking.own,
        "landmarks": _choices(guide, landmarks, picked.xyz) if picked else [],
        "tools": list(TOOLS.items()), "tool": picking.tool, "pain": picking.pain,
        "pain_words": [] if picking.tool == PLACE else _pain_words(picking, guide, grids, opened),
        "has_kind": any(zone.kind == picking.tool for zone in picking.pain.zones),
        "point": opened.point if opened else "", "can_be_saved": bool(opened and opened.can_be_saved),
    }  # fmt: skip


def _pain_words(picking: Picking, guide: Guide, grids: Mapping[str, ViewGrid], opened: OpenedPoint | None) -> list[str]:
    """Return what is drawn of the chosen kind, which areas lie under it, and which the point's table does not name."""
    zones = [zone for zone in picking.pain.zones if zone.kind == picking.tool]
    if not zones:
        return [BEGIN]
    count, spots = len({zone.number for zone in zones}), sum(len(zone.nodes) for zone in zones)
    areas = areas_under(picking.pain, picking.tool, grids)
    words = [f"{_count(count, 'shape')}, {_count(spots, 'spot')}, over: {_names(areas)}."]
    if opened:
        felt = {row.area for row in guide.records.referrals if (row.point, row.kind) == (opened.point, picking.tool)}
        missing = [area for area in areas if area not in felt]
        if missing:
            words.append(f'Not named in referrals.csv as "{KIND_LABELS[picking.tool].lower()}": {_names(missing)}.')
    return words


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'s' * (number != 1)}"


def _names(areas: Iterable[str]) -> str:
    return ", ".join(atlas().areas.get(area, area).lower() for area in areas) or "no area"


def _where(picking: Picking, *, is_seen: bool) -> str:
    """Return where the spot lies, as the label of the figure tells it."""
    if picking.spot is None:
        return NOTHING
    spot = f"{VIEWS.get(picking.view, picking.view)} view, x {picking.spot[0]:g}, y {picking.spot[1]:g} cm"
    if picking.picked is None:
        return f"{spot}: no skin to pick here. Move on, or take another view."
    if not is_seen:
        return f"{spot}: the place is on the other side of the body here ({SURFACES[picking.picked.surface]})."
    return f"{spot}; {SURFACES[picking.picked.surface]}. Told for the client's left; the right is its mirror image."


def _choices(guide: Guide, landmarks: Mapping[str, XYZ], place: XYZ) -> list[tuple[str, str]]:
    """Return the landmarks a hand can feel, the nearest first."""
    labels = landmark_labels(guide)
    near = sorted(filter(is_felt, landmarks), key=lambda id: dist(landmarks[id], place))
    return [(id, f"{labels.get(id, id)} ({round(dist(landmarks[id], place))} cm)") for id in near]
