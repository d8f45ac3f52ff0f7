"""Timing on a shared machine: two functions are timed in turn, and the ratio is taken within each round.

A slow moment affects both functions of a round alike, so that their ratio is more reliable than two separate
timings. The result is the median over the rounds.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

ROUNDS = 9
SECONDS_A_CASE = 0.05
TRIES = 3


@dataclass(frozen=True)
class Result:
    """One row of the report: the median ratio of the first try, and whether one of the tries met the bar."""

    name: str
    ratio: float
    bar: str
    passed: bool

    def to_dict(self) -> dict[str, object]:
        """Return the values by their names in the report."""
        values = asdict(self)
        values["pass"] = values.pop("passed")
        return values


def paired_ratio(slow: Callable[[], object], fast: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median over some rounds of how many times as long `slow` takes as `fast`."""
    loops = {case: _loops_for(case) for case in (slow, fast)}
    ratios = []
    for number in range(rounds):
        order = [slow, fast]
        random.Random(number).shuffle(order)
        seconds = {case: _time(case, loops[case]) for case in order}
        ratios.append(seconds[slow] / seconds[fast])
    return statistics.median(ratios)


def at_most(name: str, ours: Callable[[], object], floor: Callable[[], object], bar: float) -> Result:
    """Compare a function of the kit with a lower bound; the ratio must not exceed the bar in one of three tries."""
    return judged(name, lambda: paired_ratio(ours, floor), bar)


def judged(name: str, ratio: Callable[[], float], bar: float) -> Result:
    """Measure a ratio that must not exceed the bar, up to three times while it does."""
    ratios = [ratio()]
    while ratios[-1] > bar and len(ratios) < TRIES:
        ratios.append(ratio())
    return Result(name, round(ratios[0], 2), f"<= {bar:g}", ratios[-1] <= bar)


def measure(name: str, slow: Callable[[], object], fast: Callable[[], object], at_least: float) -> Result:
    """Compare another package (slow) with the kit (fast); the ratio must reach the bar in one of three tries."""
    ratios = [paired_ratio(slow, fast)]
    while ratios[-1] < at_least and len(ratios) < TRIES:
        ratios.append(paired_ratio(slow, fast))
    return Result(name, round(ratios[0], 2), f">= {at_least:g}", ratios[-1] >= at_least)


def _loops_for(case: Callable[[], object]) -> int:
    case()
    start = time.perf_counter()
    case()
    return max(1, min(20_000, int(SECONDS_A_CASE / max(time.perf_counter() - start, 1e-7))))


def _time(case: Callable[[], object], loops: int) -> float:
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        for _ in range(loops):
            case()
        return (time.perf_counter() - start) / loops
    finally:
        gc.enable()
