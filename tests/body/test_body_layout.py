"""Labels never overlap, stay in their bounds, and stay at their place when they can."""

import math
import random

import pytest

from selfcare_kit.body.geometry.layout import LabelSpec, _cross, place_labels

BOUNDS = (-20.0, 0.0, 20.0, 120.0)


def overlaps(specs, spots):
    return [
        (i, j)
        for i, (a, p) in enumerate(zip(specs, spots, strict=True))
        for j, (b, q) in enumerate(zip(specs, spots, strict=True))
        if i < j and math.dist(p, q) < a.half_width + b.half_width - 1e-9
    ]


def crowd(count, spread, seed=7):
    rng = random.Random(seed)
    return [LabelSpec(rng.gauss(0, spread), rng.gauss(80, spread), 1.8, 1.8, 0.4) for _ in range(count)]


def test_labels_with_room_stay_at_their_place():
    specs = [LabelSpec(0, 20 * i, 2, 2, 0.4) for i in range(5)]
    assert place_labels(specs, BOUNDS, 0.3) == [(w.x, w.y) for w in specs]


@pytest.mark.parametrize("spread", [0.0, 0.5, 2.0, 6.0])
def test_twelve_crowded_labels_do_not_overlap(spread):
    specs = crowd(12, spread)
    assert overlaps(specs, place_labels(specs, BOUNDS, 0.3)) == []


@pytest.mark.parametrize("seed", range(5))
def test_even_a_hundred_labels_do_not_overlap(seed):
    specs = crowd(100, 4.0, seed)
    assert overlaps(specs, place_labels(specs, BOUNDS, 0.3)) == []


def test_no_label_covers_the_place_of_another():
    specs = crowd(12, 3.0)
    spots = place_labels(specs, BOUNDS, 0.3)
    for i, spot in enumerate(spots):
        for j, spec in enumerate(specs):
            if i != j:
                assert math.dist(spot, (spec.x, spec.y)) >= 1.8


def test_a_moved_label_stays_near_when_there_is_room():
    specs = [LabelSpec(0, 60, 2, 2, 0.4), LabelSpec(1, 60, 2, 2, 0.4)]
    for spec, spot in zip(specs, place_labels(specs, BOUNDS, 0.3), strict=True):
        assert math.dist((spec.x, spec.y), spot) < 8


def test_labels_keep_off_what_is_taken():
    ((x, y),) = place_labels([LabelSpec(0, 60, 2, 2, 0.4)], BOUNDS, 0.3, taken=[(-1, 59, 1, 61)])
    assert max(abs(x), abs(y - 60)) >= 3


def test_the_same_wishes_get_the_same_places():
    specs = crowd(30, 3.0)
    assert place_labels(specs, BOUNDS, 0.3) == place_labels(specs, BOUNDS, 0.3)


def test_nothing_to_place_is_nothing_placed():
    assert place_labels([], BOUNDS, 0.3) == []


def test_the_leaders_of_a_few_crowded_numbers_do_not_cross():
    for seed in range(20):
        specs = crowd(4, 1.0, seed)
        spots = place_labels(specs, BOUNDS, 0.3)
        lines = [(w.x, w.y, *spot) for w, spot in zip(specs, spots, strict=True) if spot != (w.x, w.y)]
        assert not [1 for i, a in enumerate(lines) for b in lines[:i] if _cross(*a, *b)]
