"""Telling a place on the skin by landmarks, as a hand would find it: some natural rules, or one by two given landmarks.

A rule is natural when its landmarks are near, few and on the same side of the body, its fraction is one that people
say (halfway, a third), and little is left to add. What is left is rounded to half a centimeter, except straight out
to the skin, which nobody has to feel for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from math import dist
from typing import NamedTuple

from selfcare_kit.body.place.atlas import XYZ
from selfcare_kit.body.place.places import SURFACES

OFFSETS = ("lateral", "up", "front")
# The offset that only brings a place onto the skin, by surface.
OUTWARD = {"back": 2, "front": 2, "side": 0, "inner": 0, "sole": 1, "foot_top": 1}
STEP, FINE = 0.5, 0.1
# Centers of joints lie inside: no hand feels them.
HIDDEN = ("hip_joint", "knee_joint", "ankle_joint")
# What a fraction costs: the easier it is to say, the less.
FRACTIONS = {
    1 / 2: 0.0, 1 / 3: 0.3, 2 / 3: 0.3, 1 / 4: 0.3, 3 / 4: 0.3, 1 / 5: 0.6, 2 / 5: 0.6, 3 / 5: 0.6, 4 / 5: 0.6,
    **{tenth / 10: 0.9 for tenth in (1, 3, 7, 9)},
}  # fmt: skip
# Heights of the parts of the body in cm: a rule does not lead from one to another. Neighbors overlap at a joint.
SEGMENTS = {
    "head and neck": (138, 172), "chest and shoulder": (112, 148), "pelvis and back": (84, 122), "thigh": (46, 107),
    "leg": (5, 50), "foot": (-2, 9.5),
}  # fmt: skip
ARM_BEYOND = 19.0
FOOT_BELOW = 9.0
FOOT_SURFACES, ANKLE = ("sole", "foot_top"), 14.0
# In cm, for a spot on the body and on a foot: how far a landmark may be, how long a line, how far aside it may lead.
REACH, LONGEST, ASIDE = (10.0, 4.0), (52.0, 26.0), (6.0, 2.5)


class PlaceRule(NamedTuple):
    """A place told by landmarks, in cm on the client's left; `cost` is how unnatural it is to say."""

    from_landmark: str
    to_landmark: str
    fraction: float
    lateral: float
    up: float
    front: float
    surface: str
    cost: float = 0.0

    @property
    def answers(self) -> dict[str, object]:
        """What `kit.new_guide` and its file of answers want to know of a place."""
        values = {name: value for name, value in self._asdict().items() if name != "cost"}
        return {name: value for name, value in values.items() if value not in ("", 0.0)}


def surface_at(normal: XYZ, place: XYZ) -> str:
    """Return the surface that skin at a place belongs to, by the way it faces; those of the foot end at the ankle.

    Examples
    --------
    >>> surface_at((0.3, 0.1, -0.9), (8.0, 96.0, -7.0)), surface_at((0.0, 0.9, 0.4), (8.0, 140.0, 7.0))
    ('back', 'front')
    """
    possible = [name for name in SURFACES if name not in FOOT_SURFACES or place[1] < ANKLE]
    return max(possible, key=lambda name: _dot(normal, SURFACES[name]))


def propose_rules(
    landmarks: Mapping[str, XYZ], place: XYZ, surface: str, *, lines: Iterable[frozenset[str]] = (), count: int = 3
) -> tuple[PlaceRule, ...]:
    """Return the most natural rules for a place, no two of which use the same landmarks.

    Parameters
    ----------
    landmarks : mapping
        Places of landmarks by id.
    place : tuple of float
        A place on the skin of the client's left.
    surface : str
        The surface it lies on.
    lines : iterable of frozenset of str, optional
        Pairs of landmarks between which people measure already.
    count : int, default=3
        How many rules at the most.
    """
    lines = frozenset(lines)
    found = sorted(_rules(landmarks, place, surface, lines), key=lambda rule: rule.cost)
    chosen: list[PlaceRule] = []
    for rule in found:
        used = [{each.from_landmark, each.to_landmark} - {""} for each in chosen]
        own = {rule.from_landmark, rule.to_landmark} - {""}
        # Three that differ: not the same landmarks twice, none in all three.
        if own not in used and all(sum(id in each for each in used) < count - 1 for id in own):
            chosen.append(rule)
        if len(chosen) == count:
            break
    return tuple(chosen)


def rule_between(landmarks: Mapping[str, XYZ], place: XYZ, surface: str, start: str, end: str = "") -> PlaceRule:
    """Return the rule by landmarks of one's own choice: the nearest natural fraction, and what is left to add."""
    fraction = 0.0
    if end:
        along, _, _ = _along(landmarks[start], landmarks[end], place, surface)
        fraction = min(FRACTIONS, key=lambda each: abs(each - along))
    return _rule(landmarks, place, surface, start, end, fraction)


def rule_from_nearest(landmarks: Mapping[str, XYZ], place: XYZ, surface: str) -> PlaceRule:
    """Return the rule from the nearest landmark that can be felt, to a millimeter, for shapes that no hand measures."""
    own = _segments(place)
    felt = [id for id in landmarks if id not in HIDDEN]
    near = [id for id in felt if _segments(landmarks[id]) & own] or felt
    nearest = min(near, key=lambda id: dist(landmarks[id], place))
    return _rule(landmarks, place, surface, nearest, "", 0.0, step=FINE)


def _rules(
    landmarks: Mapping[str, XYZ], place: XYZ, surface: str, lines: frozenset[frozenset[str]]
) -> Iterator[PlaceRule]:
    is_foot = place[1] < FOOT_BELOW
    own = _segments(place)
    near = {id: xyz for id, xyz in landmarks.items() if id not in HIDDEN and _segments(xyz) & own}
    for id, xyz in near.items():
        if _in_plane(xyz, place, surface) < REACH[is_foot]:
            rule = _rule(landmarks, place, surface, id, "", 0.0)
            yield rule._replace(cost=_cost(rule, landmarks, place) + 0.1 * _in_plane(xyz, place, surface))
    for start, end in combinations(near, 2):
        if not _segments(near[start]) & _segments(near[end]) & own:
            continue
        along, length, aside = _along(near[start], near[end], place, surface)
        if not (0.05 < along < 0.95 and 4.0 / (1 + is_foot) < length < LONGEST[is_foot] and aside < ASIDE[is_foot]):
            continue
        for fraction in sorted(FRACTIONS, key=lambda each: abs(each - along))[:3]:
            rule = _rule(landmarks, place, surface, start, end, fraction)
            cost = _cost(rule, landmarks, place) + FRACTIONS[fraction] + 0.9 + 0.01 * length
            yield rule._replace(cost=cost - (1.4 if frozenset((start, end)) in lines else 0.0))


def _rule(
    landmarks: Mapping[str, XYZ],
    place: XYZ,
    surface: str,
    start: str,
    end: str,
    fraction: float,
    *,
    step: float = STEP,
) -> PlaceRule:
    first = landmarks[start]
    last = landmarks[end] if end else first
    base = tuple(a + fraction * (b - a) for a, b in zip(first, last, strict=True))
    lateral, up, front = (round(round((a - b) / step) * step, 1) + 0.0 for a, b in zip(place, base, strict=True))
    return PlaceRule(start, end, round(fraction, 4), lateral, up, front, surface)


def _cost(rule: PlaceRule, landmarks: Mapping[str, XYZ], place: XYZ) -> float:
    """Return what the landmarks and the offsets of a rule cost; on a foot a centimeter is twice as far."""
    offsets = [abs(getattr(rule, name)) for i, name in enumerate(OFFSETS) if i != OUTWARD[rule.surface]]
    unit = 0.5 if place[1] < FOOT_BELOW else 1.0
    ends = [landmarks[id] for id in (rule.from_landmark, rule.to_landmark) if id]
    normal, free = SURFACES[rule.surface], 4.0 * unit
    around = sum(max(0.0, abs(_dot(normal, [a - b for a, b in zip(end, place, strict=True)])) - free) for end in ends)
    return sum(0.9 + 0.45 * each / unit for each in offsets if each) + 0.5 * around


def _along(start: XYZ, end: XYZ, place: XYZ, surface: str) -> tuple[float, float, float]:
    """Return how far along a line a place lies, how long it is, and how far aside, as the surface shows it."""
    kept = [i for i in range(3) if i != OUTWARD[surface]]
    line = [end[i] - start[i] for i in kept]
    way = [place[i] - start[i] for i in kept]
    length = sum(part * part for part in line)
    if not length:
        return 0.0, 0.0, dist(way, line)
    along = sum(a * b for a, b in zip(way, line, strict=True)) / length
    return along, length**0.5, dist(way, [along * part for part in line])


def _in_plane(a: XYZ, b: XYZ, surface: str) -> float:
    return dist(*([each[i] for i in range(3) if i != OUTWARD[surface]] for each in (a, b)))


def _segments(place: XYZ) -> set[str]:
    if place[0] > ARM_BEYOND:
        return {"arm"}
    return {name for name, (low, high) in SEGMENTS.items() if low <= place[1] <= high}


def _dot(a: Iterable[float], b: Iterable[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))
