"""Few cases in which every two values of different kinds occur together, in place of all that can be combined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import Any


def pairs_of(case: Sequence[Any]) -> set[tuple[int, int, int, int]]:
    """Return every two values of a case, given as numbers, each with the kind it is of."""
    return {(i, case[i], j, case[j]) for i, j in combinations(range(len(case)), 2)}


def pairwise(*kinds: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Choose cases, one value of each kind, so that every two values of different kinds occur in one of them.

    Each next case is the one with the most pairs that have not occurred yet, the first of these in the order of
    `itertools.product`: the same cases every time. About as many as the two longest kinds multiplied.
    """
    every = [(case, pairs_of(case)) for case in product(*(range(len(kind)) for kind in kinds))]
    missing, chosen = set().union(*(pairs for _, pairs in every)), []
    while missing:
        case, pairs = max(every, key=lambda each: len(each[1] & missing))
        missing -= pairs
        chosen.append(tuple(kind[number] for kind, number in zip(kinds, case, strict=True)))
    return chosen
