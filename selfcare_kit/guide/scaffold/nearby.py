"""Which cautions are true of a place: by how far away they lie where the tables know, and else by area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import dist
from typing import Any, NamedTuple

from selfcare_kit.guide.guide import built_in
from selfcare_kit.guide.landmarks.body import XYZ, body_landmarks, place_on_way
from selfcare_kit.guide.records import Rule
from selfcare_kit.guide.schema import tables

# The answers about a thing, such as a point, by the names of the questions.
Item = Mapping[str, Any]
# How much nearer it has to be where the area is none of its own, as near the border of two.
OTHER_AREA = 0.5


class Minded(NamedTuple):
    """A caution that may belong to a place: whether it is proposed there, and why or why not."""

    id: str
    label: str
    is_proposed: bool
    why: str


def minded(point: Item, taken: Iterable[str], own: Iterable[Item], landmarks: Iterable[Item]) -> list[Minded]:
    """Return the cautions that ask nothing and may be true of the place of a point.

    One that is known to hold near a landmark goes by the way from there to the search area of the place: in its own
    areas unless that is far, in others where it is short. Where no landmark stands for it, or the place cannot be
    worked out, it goes by area: rather one too many.
    """
    areas, place = {point.get("area"), *point.get("touches", ())}, place_of(point, landmarks)
    known = built_in().records.cautions
    rules = (known[id] for id in taken if id in known and known[id].kind == "anatomy")
    found = [each for each in (_minded(rule, areas, place) for rule in rules) if each]
    found += [
        Minded(each["id"], each.get("label", ""), True, "by area")
        for each in own
        if "id" in each and not each.get("question") and (not each.get("areas") or not areas.isdisjoint(each["areas"]))
    ]
    return found


def _minded(rule: Rule, areas: set[str], place: XYZ | None) -> Minded | None:
    is_in_area = rule.is_everywhere or not areas.isdisjoint(rule.areas)
    if not rule.near or rule.near_cm is None or place is None:
        return Minded(rule.id, rule.label, True, "by area") if is_in_area else None
    body = body_landmarks()
    nearest = min(rule.near, key=lambda id: dist(place, body[id].xyz))
    away = max(0.0, dist(place, body[nearest].xyz) - search_radius())
    is_near = away <= rule.near_cm * (1.0 if is_in_area else OTHER_AREA)
    why = f"{away:.0f} cm away from {body[nearest].label}" + ("" if is_near else f", beyond {rule.near_cm:g} cm")
    return Minded(rule.id, rule.label, is_near, why) if is_near or is_in_area else None


def search_radius() -> float:
    """Return the radius of a search area that nobody set, in cm."""
    return float(tables()["places"].usual["uncertainty_cm"].value)


def place_of(item: Item, landmarks: Iterable[Item]) -> XYZ | None:
    """Return where a place or landmark of the answers lies, in cm for the client's left; None where that is not told.

    Examples
    --------
    >>> place_of({"from_landmark": "asis", "up": -2}, ())
    (12.18, 95.88, 6.55)
    """
    own = {each["id"]: each for each in landmarks if each.get("id")}
    return _place(item, own, frozenset())


def _place(item: Item, own: Mapping[str, Item], passed: frozenset[str]) -> XYZ | None:
    start = _landmark(item.get("from_landmark", ""), own, passed)
    end = _landmark(item["to_landmark"], own, passed) if item.get("to_landmark") else start
    if start is None or end is None:
        return None
    fraction, lateral, up, front = (float(item.get(name) or 0.0) for name in ("fraction", "lateral", "up", "front"))
    return place_on_way(start, end, fraction, (lateral, up, front))


def _landmark(id: str, own: Mapping[str, Item], passed: frozenset[str]) -> XYZ | None:
    if id in own and id not in passed:
        return _place(own[id], own, passed | {id})
    found = body_landmarks().get(id)
    return found.xyz if found else None
