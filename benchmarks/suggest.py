"""The time of a suggestion compared with the simplest ranking, and with a merge in pandas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import selfcare_kit as kit
from benchmarks.harness import Result, at_most, measure

AREAS = ("buttock_center", "thigh_outer", "calf_outer", "foot_top")


def suggest_results() -> Iterator[Result]:
    """Yield a result for each bar of the suggestions."""
    yield at_most("suggest, four areas / a dict and a sort", ours, dict_and_sort(), 6)
    yield measure("suggest, four areas: a merge in pandas / ours", merge_in_pandas(), ours, 10)


def ours() -> kit.Suggestions:
    """Suggest points for four areas."""
    return kit.suggest(AREAS, side="left", sensations=["ache"])


def dict_and_sort() -> Callable[[], list[tuple[str, float]]]:
    """Return a function that adds weights by point and sorts, without checks and reasons."""
    index: dict[str, list[tuple[str, float]]] = {}
    for row in kit.load_guide().table("referrals"):
        weight = (2.0 if row["kind"] == "primary" else 1.0) * (1.0 if row["certain"] == "yes" else 0.5)
        index.setdefault(row["area"], []).append((row["point"], weight))

    def rank() -> list[tuple[str, float]]:
        scores: Counter[str] = Counter()
        for area in AREAS:
            for point, weight in index[area]:
                scores[point] += weight
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))

    return rank


def merge_in_pandas() -> Callable[[], object]:
    """Return a function that ranks with a merge, a sum and a sort of data frames."""
    import pandas as pd

    referrals = kit.load_guide().referrals.reset_index()
    weights = referrals["kind"].map({"primary": 2.0, "spillover": 1.0})
    referrals["weight"] = weights * referrals["certain"].map({"yes": 1.0, "no": 0.5})
    chosen = pd.DataFrame({"area": AREAS})
    return lambda: referrals.merge(chosen, on="area").groupby("point")["weight"].sum().sort_values(ascending=False)
