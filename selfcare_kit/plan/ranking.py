"""Which points fit a complaint best, and which of them make one short routine: docs/decisions/003-ranking.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.point import Point
from selfcare_kit.guide.records import Referral
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.safety.explained import paths_of, points_on

# Of different muscles, and of one that is there already: so each point gets 40 seconds of the guide's 120, or 60.
MAX_PER_AREA = 3
MAX_PER_AREA_TWICE = 2

Ranking = tuple[tuple[str, float], ...]
Place = tuple[str, str]


class Weighed(NamedTuple):
    """A referral and what it counts."""

    weight: float
    support: int
    referral: Referral


def rank_points(complaint: Complaint, guide: Guide) -> tuple[Ranking, dict[str, list[Referral]]]:
    """Return the points that explain a complaint with their scores, best first, and what each of them explains."""
    several = float(guide.settings.get("suggest", {}).get("several", 0.0))
    referrals = _referrals_by_area(guide)
    scores: dict[str, float] = {}
    supports: dict[str, int] = {}
    hits: dict[str, list[Referral]] = {}
    sides: dict[str, set[str]] = {}
    for each in complaint.areas:
        felt = sides_touched(each.side)
        for weight, support, hit in referrals.get(each.area, ()):
            point = hit.point
            if point in scores:
                # One point explains two areas only where they hurt on the same side.
                shared = 0.0 if sides[point].isdisjoint(felt) else several
                scores[point] += weight + shared
                supports[point] += support
                sides[point].update(felt)
                hits[point].append(hit)
            else:
                scores[point], supports[point], sides[point], hits[point] = weight, support, set(felt), [hit]
    return _in_order(scores, supports, complaint, guide), hits


def _in_order(scores: dict[str, float], supports: dict[str, int], complaint: Complaint, guide: Guide) -> Ranking:
    """Sort by score, then by support, then as the guide has them; along a path the hip comes before the foot."""
    order, stages = _point_order(guide)
    paths = paths_of(complaint, guide)
    if not paths:
        keys = {point: (-round(score, 6), -supports[point], order[point]) for point, score in scores.items()}
        return tuple((point, scores[point]) for point in sorted(keys, key=keys.__getitem__))
    path_order: dict[str, int] = {}
    for path in paths:
        for point in points_on(path):
            path_order.setdefault(point, len(path_order))
    every = {**dict.fromkeys(path_order, 0.0), **scores}
    last = len(path_order)

    def key(item: tuple[str, float]) -> tuple[Any, ...]:
        point, score = item
        tie = (-supports.get(point, 0), path_order.get(point, last), order[point])
        return (stages[point], -round(score, 6), *tie)

    return tuple(sorted(every.items(), key=key))


def muscles_once(points: Iterable[str], values: Mapping[str, Point]) -> tuple[list[str], list[str]]:
    """Split points into the first of each muscle and the others, each in the same order."""
    first: list[str] = []
    again: list[str] = []
    seen: set[str] = set()
    for point in points:
        muscle = values[point].muscle_id
        (again if muscle in seen else first).append(point)
        seen.add(muscle)
    return first, again


def best_points(
    ranking: Ranking,
    count: int,
    values: Mapping[str, Point],
    is_allowed: Callable[[str], bool],
    side: Callable[[str], str],
) -> list[str]:
    """Return the points of one short routine: each muscle once before any comes twice.

    Only what may be pressed takes a place, and no area and side is given more points than its time suffices for.
    """
    chosen: list[str] = []
    seen: set[str] = set()
    again: list[str] = []
    places: dict[Place, int] = {}

    def take(point: str, most: int) -> None:
        touched = [(values[point].area, each) for each in sides_touched(side(point))]
        if all(places.get(place, 0) < most for place in touched):
            chosen.append(point)
            places.update({place: places.get(place, 0) + 1 for place in touched})

    for point, _ in ranking:
        if len(chosen) >= count:
            return chosen
        if is_allowed(point):
            muscle = values[point].muscle_id
            if muscle in seen:
                again.append(point)
            else:
                take(point, MAX_PER_AREA)
            seen.add(muscle)
    for point in again:
        if len(chosen) < count:
            take(point, MAX_PER_AREA_TWICE)
    return chosen


@kept_by_guide(at_most=1)
def _referrals_by_area(guide: Guide) -> dict[str, list[Weighed]]:
    weights = guide.settings.get("suggest", {})
    index: dict[str, list[Weighed]] = {}
    for each in guide.records.referrals:
        index.setdefault(each.area, []).append(Weighed(_weight(each, weights), each.support or 0, each))
    return index


def _weight(hit: Referral, weights: Mapping[str, Any]) -> float:
    weight = float(weights.get(hit.kind, 1.0))
    if not hit.certain:
        weight *= float(weights.get("uncertain", 0.5))
    factors: Sequence[float] = weights.get("support", ())
    if hit.support is None or not factors:
        return weight
    return weight * float(factors[min(hit.support, len(factors) - 1)])


@kept_by_guide(at_most=1)
def _point_order(guide: Guide) -> tuple[dict[str, tuple[bool, bool, int]], dict[str, int]]:
    """Return where points of the same score come, and at which stage of the guide, by point id."""
    own = {step["point"] for step in guide.settings.get("template", {}).get("steps", ())}
    points = guide.point_values.values()
    order = {each.id: (each.id not in own, each.scope != "guide", number) for number, each in enumerate(points)}
    return order, {each.id: guide.records.areas[each.area].stage for each in points}
