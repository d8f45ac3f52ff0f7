"""The order of points for a complaint, and the choice for one short routine (docs/decisions/003-ranking.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from selfcare_kit.guide.guide import Guide, built_in
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.point import Point
from selfcare_kit.guide.records import Referral
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.safety.explained import paths_of, points_on

# Points of different muscles on one area and side: each gets 40 seconds of the guide's 120.
MAX_PER_AREA = 3
# The limit for a further point of a muscle that is chosen already: each gets 60 seconds.
MAX_PER_AREA_TWICE = 2
# A guide that leaves these out of [suggest] has the kit's, or what is felt mainly would count no more than what may be.
WEIGHTS = ("primary", "spillover", "uncertain", "several")

# Pairs of point id and score, best first.
Ranking = tuple[tuple[str, float], ...]


class WeightedReferral(NamedTuple):
    """A referral with the weight and the support that it adds to its point."""

    weight: float
    support: int
    referral: Referral


def rank_points(complaint: Complaint, guide: Guide) -> tuple[Ranking, dict[str, list[Referral]]]:
    """Return the points that explain a complaint, best first with their scores, and the matching referrals of each."""
    bonus = float(_weights(guide)["several"])
    by_area = _referrals_by_area(guide)
    scores: dict[str, float] = {}
    supports: dict[str, int] = {}
    matching: dict[str, list[Referral]] = {}
    sides: dict[str, set[str]] = {}
    for area in complaint.areas:
        sides_in_pain = sides_touched(area.side)
        for weight, support, referral in by_area.get(area.area, ()):
            point = referral.point
            if point in scores:
                # One point explains two areas only where they hurt on the same side.
                scores[point] += weight + (0.0 if sides[point].isdisjoint(sides_in_pain) else bonus)
                supports[point] += support
                sides[point].update(sides_in_pain)
                matching[point].append(referral)
            else:
                scores[point], supports[point] = weight, support
                sides[point], matching[point] = set(sides_in_pain), [referral]
    return _sorted(scores, supports, complaint, guide), matching


def _sorted(scores: dict[str, float], supports: dict[str, int], complaint: Complaint, guide: Guide) -> Ranking:
    """Return a ranking by score, then support, then the guide's order; on a path the hip comes before the foot."""
    order, stages = _point_order(guide)
    paths = paths_of(complaint, guide)
    if not paths:
        keys = {point: (-round(score, 6), -supports[point], order[point]) for point, score in scores.items()}
        return tuple((point, scores[point]) for point in sorted(keys, key=keys.__getitem__))
    path_order: dict[str, int] = {}
    for path in paths:
        for point in points_on(path):
            path_order.setdefault(point, len(path_order))
    all_scores = {**dict.fromkeys(path_order, 0.0), **scores}
    last = len(path_order)

    def key(item: tuple[str, float]) -> tuple[Any, ...]:
        point, score = item
        tie = (-supports.get(point, 0), path_order.get(point, last), order[point])
        return (stages[point], -round(score, 6), *tie)

    return tuple(sorted(all_scores.items(), key=key))


def split_by_muscle(ids: Iterable[str], points: Mapping[str, Point]) -> tuple[list[str], list[str]]:
    """Return the first point of each muscle, and the further points, both in the given order."""
    first: list[str] = []
    further: list[str] = []
    muscles: set[str] = set()
    for id in ids:
        muscle = points[id].muscle_id
        (further if muscle in muscles else first).append(id)
        muscles.add(muscle)
    return first, further


def best_points(
    ranking: Ranking,
    count: int,
    points: Mapping[str, Point],
    is_allowed: Callable[[str], bool],
    side: Callable[[str], str],
) -> list[str]:
    """Return the ids of allowed points for one short routine: each muscle once before any comes twice.

    No area and side gets more points than its time is enough for.
    """
    chosen: list[str] = []
    further: list[str] = []
    muscles: set[str] = set()
    counts: Counter[tuple[str, str]] = Counter()

    def add_if_time_is_left(id: str, max_per_area: int) -> None:
        areas_and_sides = [(points[id].area, each) for each in sides_touched(side(id))]
        if all(counts[area_and_side] < max_per_area for area_and_side in areas_and_sides):
            chosen.append(id)
            counts.update(areas_and_sides)

    for id, _ in ranking:
        if len(chosen) >= count:
            return chosen
        if is_allowed(id):
            muscle = points[id].muscle_id
            if muscle in muscles:
                further.append(id)
            else:
                add_if_time_is_left(id, MAX_PER_AREA)
            muscles.add(muscle)
    for id in further:
        if len(chosen) < count:
            add_if_time_is_left(id, MAX_PER_AREA_TWICE)
    return chosen


@kept_by_guide(at_most=1)
def _referrals_by_area(guide: Guide) -> dict[str, list[WeightedReferral]]:
    weights = _weights(guide)
    by_area: dict[str, list[WeightedReferral]] = {}
    for referral in guide.records.referrals:
        weighted = WeightedReferral(_weight(referral, weights), referral.support or 0, referral)
        by_area.setdefault(referral.area, []).append(weighted)
    return by_area


def _weights(guide: Guide) -> dict[str, Any]:
    usual = built_in().settings["suggest"]
    return {**{name: usual[name] for name in WEIGHTS}, **guide.settings.get("suggest", {})}


def _weight(referral: Referral, weights: Mapping[str, Any]) -> float:
    weight = float(weights[referral.kind])
    if not referral.certain:
        weight *= float(weights["uncertain"])
    factors: Sequence[float] = weights.get("support", ())
    if referral.support is None or not factors:
        return weight
    return weight * float(factors[min(referral.support, len(factors) - 1)])


@kept_by_guide(at_most=1)
def _point_order(guide: Guide) -> tuple[dict[str, tuple[bool, bool, int]], dict[str, int]]:
    """Return the sort keys of points with equal scores, and their stages in the guide, both by point id."""
    in_template = {step["point"] for step in guide.settings.get("template", {}).get("steps", ())}
    points = guide.point_values.values()
    order = {
        point.id: (point.id not in in_template, point.scope != "guide", number) for number, point in enumerate(points)
    }
    return order, {point.id: guide.records.areas[point.area].stage for point in points}
