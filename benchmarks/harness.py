"""Timing that survives a shared machine: cases take turns, ratios are taken inside a round.

A slow moment hits all cases of a round alike, so the ratio of two cases in the same round says
more than two separate timings. The median over the rounds is reported.
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
    """One row of the report.

    Parameters
    ----------
    name : str
        What was compared, the slower side first.
    ratio : float
        Median ratio of the first try.
    bar : str
        What has to hold, such as `">= 25"`.
    passed : bool
        Whether one of the tries held it.
    """

    name: str
    ratio: float
    bar: str
    passed: bool

    def to_dict(self) -> dict[str, object]:
        """Return plain values; `pass` is the word of the report."""
        values = asdict(self)
        values["pass"] = values.pop("passed")
        return values


def paired_ratio(slow: Callable[[], object], fast: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return how many times as long `slow` takes as `fast`.

    Parameters
    ----------
    slow, fast : callable
        Without arguments; each is called once to warm up.
    rounds : int, default=9
        How many pairs are measured.

    Returns
    -------
    float
        Median of the ratios.
    """
    loops = {case: _loops_for(case) for case in (slow, fast)}
    ratios = []
    for number in range(rounds):
        order = [slow, fast]
        random.Random(number).shuffle(order)
        seconds = {case: _time(case, loops[case]) for case in order}
        ratios.append(seconds[slow] / seconds[fast])
    return statistics.median(ratios)


def at_most(name: str, ours: Callable[[], object], floor: Callable[[], object], bar: float) -> Result:
    """Compare ours with a floor, up to three times when the bar is missed.

    Parameters
    ----------
    name : str
        What is compared.
    ours, floor : callable
        Ours, and the least that could do it.
    bar : float
        The ratio that must not be passed.

    Returns
    -------
    Result
        With the ratio of the first try.
    """
    return judged(name, lambda: paired_ratio(ours, floor), bar)


def judged(name: str, ratio: Callable[[], float], bar: float) -> Result:
    """Take a ratio up to three times, until it is within its bar.

    Parameters
    ----------
    name : str
        What is compared.
    ratio : callable
        Measures it.
    bar : float
        The ratio that must not be passed.

    Returns
    -------
    Result
        With the ratio of the first try.
    """
    ratios = [ratio()]
    while ratios[-1] > bar and len(ratios) < TRIES:
        ratios.append(ratio())
    return Result(name, round(ratios[0], 2), f"<= {bar:g}", ratios[-1] <= bar)


def measure(name: str, slow: Callable[[], object], fast: Callable[[], object], at_least: float) -> Result:
    """Compare two cases with a bar, up to three times when the bar is missed.

    Parameters
    ----------
    name : str
        What is compared.
    slow, fast : callable
        The peer and ours.
    at_least : float
        The ratio that has to be reached.

    Returns
    -------
    Result
        With the ratio of the first try, which is the honest one to quote.
    """
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
