"""A set of pairs leaves out no pair, and is small."""

from itertools import combinations, product

import pytest
from pairs import pairwise

GRIDS = [
    (("five", "longest"), ("A4", "Letter"), tuple("vwxyz"), ("en", "de", "es", "fr")),
    (("print", "screen"), tuple("vwxyz"), ("en", "de", "es", "fr")),
    ((None, 90), tuple("vwxyz"), (True, False)),
    (tuple("ab"), (0, 1, 2), ("x", "y")),
    ((1, 2, 3), (1, 2, 3), (1, 2, 3), (1, 2, 3)),
    (("one",), ("a", "b")),
]


def pairs_in(cases):
    return {(i, case[i], j, case[j]) for case in cases for i, j in combinations(range(len(case)), 2)}


@pytest.mark.parametrize("kinds", GRIDS)
def test_every_pair_that_the_whole_grid_has_occurs(kinds):
    assert pairs_in(pairwise(*kinds)) == pairs_in(product(*kinds))


@pytest.mark.parametrize("kinds", GRIDS)
def test_the_cases_are_of_the_grid_none_twice_and_little_more_than_its_two_longest_kinds_multiplied(kinds):
    cases, (longest, next_one) = pairwise(*kinds), sorted(map(len, kinds))[-2:]
    assert len(set(cases)) == len(cases)
    assert set(cases) <= set(product(*kinds))
    assert longest * next_one <= len(cases) <= 1.4 * longest * next_one


def test_the_same_cases_are_chosen_every_time():
    assert pairwise(*GRIDS[0]) == pairwise(*GRIDS[0])


def test_values_that_are_equal_are_told_apart_by_their_kind():
    assert set(pairwise((1, 2), (1, 2))) == {(1, 1), (1, 2), (2, 1), (2, 2)}
