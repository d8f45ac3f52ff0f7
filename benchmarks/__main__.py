"""Run all benchmarks; the exit code is 0 when every bar is met.

Writes `benchmarks/results.json` and the table of `docs/performance.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from benchmarks.batch import batch_results
from benchmarks.figure import figure_results
from benchmarks.growth import growth_results
from benchmarks.handout import handout_results
from benchmarks.harness import Result
from benchmarks.planner import planner_results
from benchmarks.report import write_page, write_results
from benchmarks.start import start_results
from benchmarks.suggest import suggest_results

# The batch comes last, as it takes longest.
PARTS: tuple[Callable[[], Iterator[Result]], ...] = (
    start_results,
    suggest_results,
    figure_results,
    handout_results,
    planner_results,
    growth_results,
    batch_results,
)


def main() -> int:
    """Print a line for each result and return 1 when a bar was missed."""
    results = []
    for part in PARTS:
        for result in part():
            print(
                f"{'ok  ' if result.passed else 'MISS'} {result.ratio:10.2f} {result.bar:>10}  {result.name}",
                flush=True,
            )
            results.append(result)
    write_results(results)
    write_page(results)
    return 0 if all(result.passed for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
