"""Measure everything and write `benchmarks/results.json`; the exit code says whether all bars hold."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.figure import figure_results

RESULTS = Path(__file__).with_name("results.json")


def main() -> int:
    """Print a line for each measurement and return 1 when a bar was missed."""
    results = []
    for result in figure_results():
        print(f"{'ok  ' if result.passed else 'MISS'} {result.ratio:9.2f} {result.bar:>8}  {result.name}", flush=True)
        results.append(result.to_dict())
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0 if all(result["pass"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
