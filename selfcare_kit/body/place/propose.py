"""Telling a place on the skin by landmarks, as a hand would find it: some natural rules, or one by two given landmarks.

A rule is natural when a hand feels its landmarks on the same side of the body, when they are near and few, when its
fraction is one that people say (halfway, a third), and when little is left to add. It begins at the nearer landmark.
What is left is rounded to half a centimeter, except straight out to the skin, which nobody has to feel for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import dist
from typing import NamedTuple

from selfcare_kit.body.place.atlas import XYZ, atlas
from selfcare_kit.body.place.places import SURFACES

OFFSETS = ("lateral", "up", "front")
# The offset that only brings a place onto the skin, by surface.
OUTWARD = {"back": 2, "front": 2, "side": 0, "inner": 0, "sole": 1, "foot_top": 1}
STEP, FINE = 0.5, 0.1
# What a fraction costs: the easier it is to say, the less.
FRACTIONS = {
    1 / 2: 0.0, 1 / 3: 0.3, 2 / 3: 0.3, 1 / 4: 0.3, 3 / 4: 0.3, 1 / 5: 0.6, 2 / 5: 0.6, 3 / 5: 0.6, 4 / 5: 0.6,
    **{tenth / 10: 0.9 for tenth in (1, 3, 7, 9)},
}  # fmt: skip
# Heights of the parts of the body in cm: a rule does not lead from one to another. Neighbors overlap at a joint.
SEGMENTS = {
    "head and neck": (138, 172), "chest and shoulder": (112, 148), "pelvis and back": (84, 122), "thigh": (45.5, 98.2),
    "leg": (6.5, 51), "foot": (-2, 9.5),
}  # fmt: skip
# The arm hangs beside the trunk: so far from the midline from a height on, and everything farther out than the trunk.
ARM_FROM, SHOULDER, BESIDE_TRUNK = 16.5, 112.0, 20.0
# Landmarks from which no hand goes to another part, such as to a thigh, with the heights of the places they tell.
TELLS = {
    "umbilicus": (96, 150), "pubic_symphysis": (92, 150), "patella_apex": (0, 54),
    **dict.fromkeys(("patella_base", "patella_base_lateral"), (50, 172)),
    **dict.fromkeys(("sacral_hiatus", "sacral_hiatus_lateral", "coccyx_tip"), (82, 105)),
    **dict.fromkeys(("l1_spine", "l2_spine", "l3_spine", "l4_spine", "l5_spine"), (98, 125)),
    **dict.fromkeys(("greater_trochanter", "greater_trochanter_top"), (45, 105)),
}  # fmt: skip
FOOT_BELOW = 9.0
FOOT_SURFACES, ANKLE = ("sole", "foot_top"), 14.0
# In cm, for a spot on the body and on a foot: how far a landmark may be, how long a line, how far aside it may lead.
REACH, LONGEST, ASIDE = (10.0, 4.0), (52.0, 26.0), (6.0, 2.5)
# A landmark felt only on the other side of the body tells no place, and none so many cm round the corner.
OPPOSITE = {"front": "back", "back": "front", "side": "inner", "inner": "side", "sole": "foot_top", "foot_top": "sole"}
FARTHEST_ROUND = (12.0, 4.0)
# What it costs to feel for a landmark on another surface, and for each cm round the corner.
OTHER_SURFACE, ROUND = 1.2, 0.3
# What a line costs, and each cm of it; what one that people measure spares; one landmark alone that is out of reach;
# a landmark that is in all rules. What costs more than the last is no help to anybody.
LINE, LENGTH, KNOWN_LINE, FAR, SAME, MAX_COST = 1.4, 0.03, 0.9, 4.0, 3.0, 7.0


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
    felt = _felt(landmarks, place, surface)
    if not felt:
        return ()
    # A landmark on another surface is the nearest only where there is none on this one.
    nearest = min(felt, key=lambda id: (not _is_felt_on(id, surface), dist(felt[id], place)))
    rules = sorted(_rules(felt, place, surface, frozenset(lines), nearest), key=lambda rule: rule.cost)
    chosen = [next(rule for rule in rules if rule.from_landmark == nearest)]
    while len(chosen) < count:
        used = [_ends(rule) for rule in chosen]
        left = [rule for rule in rules if rule.cost < MAX_COST and _ends(rule) not in used]
        if not left:
            break
        chosen.append(min(left, key=lambda rule: rule.cost + _sameness(_ends(rule), used)))
    return tuple(sorted(chosen, key=lambda rule: rule.cost))


def _sameness(ends: set[str], used: Sequence[set[str]]) -> float:
    """Return what it costs that a landmark is in all of the rules: three ways are to differ."""
    return SAME if len(used) > 1 and any(all(id in each for each in used) for id in ends) else 0.0


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
    felt = [id for id in landmarks if is_felt(id)]
    near = [id for id in felt if _segments(landmarks[id]) & own] or felt
    nearest = min(near, key=lambda id: dist(landmarks[id], place))
    return _rule(landmarks, place, surface, nearest, "", 0.0, step=FINE)


def _felt(landmarks: Mapping[str, XYZ], place: XYZ, surface: str) -> dict[str, XYZ]:
    """Return the landmarks that a hand feels and by which a place may be told: none is reached through the body."""
    own, farthest = _segments(place), FARTHEST_ROUND[place[1] < FOOT_BELOW]
    found = {}
    for id, xyz in landmarks.items():
        low, high = TELLS.get(id, (-100, 200))
        is_round = not _is_felt_on(id, surface)
        is_beyond = is_round and (_across(xyz, place, surface) > farthest or _felt_on(id) == (OPPOSITE[surface],))
        if is_felt(id) and low <= place[1] <= high and _segments(xyz) & own and not is_beyond:
            found[id] = xyz
    return found


def is_felt(id: str) -> bool:
    """Return whether a hand feels a landmark anywhere; one of an author's own is taken to be felt."""
    return _felt_on(id) != ()


def _felt_on(id: str) -> tuple[str, ...] | None:
    known = atlas().landmark_values.get(id)
    return known.felt_on if known else None


def _is_felt_on(id: str, surface: str) -> bool:
    """Return whether a hand feels a landmark on a surface; one of an author's own is taken to be felt on any."""
    felt_on = _felt_on(id)
    return felt_on is None or surface in felt_on


def _rules(
    felt: Mapping[str, XYZ], place: XYZ, surface: str, lines: frozenset[frozenset[str]], nearest: str
) -> Iterator[PlaceRule]:
    is_foot = place[1] < FOOT_BELOW
    own = _segments(place)
    for id, xyz in felt.items():
        rule = _rule(felt, place, surface, id, "", 0.0)
        away = _in_plane(xyz, place, surface)
        # Straight out to the skin is not all that is left to go where it lies round the corner.
        around = 0.0 if _is_felt_on(id, surface) else ROUND * _across(xyz, place, surface)
        far = FAR if away > REACH[is_foot] else 0.0
        yield rule._replace(cost=_cost(rule, felt, place) + 0.1 * away + far + around)
    for pair in combinations(felt, 2):
        start, end = sorted(pair, key=lambda id: (id != nearest, dist(felt[id], place)))
        if not _segments(felt[start]) & _segments(felt[end]) & own:
            continue
        along, length, aside = _along(felt[start], felt[end], place, surface)
        if not (0.05 < along < 0.95 and 4.0 / (1 + is_foot) < length < LONGEST[is_foot] and aside < ASIDE[is_foot]):
            continue
        for fraction in sorted(FRACTIONS, key=lambda each: abs(each - along))[:3]:
            rule = _rule(felt, place, surface, start, end, fraction)
            cost = _cost(rule, felt, place) + FRACTIONS[fraction] + LINE + LENGTH * length
            yield rule._replace(cost=cost - (KNOWN_LINE if frozenset(pair) in lines else 0.0))


def _ends(rule: PlaceRule) -> set[str]:
    return {rule.from_landmark, rule.to_landmark} - {""}


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
    around = sum(_around(id, landmarks[id], place, rule.surface, unit) for id in _ends(rule))
    return sum(0.9 + 0.45 * each / unit for each in offsets if each) + around


def _around(id: str, xyz: XYZ, place: XYZ, surface: str, unit: float) -> float:
    """Return what it costs that a landmark lies round the corner of a place."""
    across = _across(xyz, place, surface) / unit
    if _is_felt_on(id, surface):
        return 0.2 * max(0.0, across - 5.0)
    return OTHER_SURFACE + ROUND * across


def _across(xyz: XYZ, place: XYZ, surface: str) -> float:
    """Return how far from a place a landmark lies straight into the body or out of it."""
    return abs(_dot(SURFACES[surface], [a - b for a, b in zip(xyz, place, strict=True)]))


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
    is_arm = place[0] > BESIDE_TRUNK or (place[0] > ARM_FROM and place[1] > SHOULDER)
    found = {"arm"} if is_arm else set()
    if place[0] <= BESIDE_TRUNK:
        found |= {name for name, (low, high) in SEGMENTS.items() if low <= place[1] <= high}
    return found


def _dot(a: Iterable[float], b: Iterable[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))
