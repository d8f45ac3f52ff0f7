"""Writing the results: `benchmarks/results.json`, and the table in `docs/performance.md`."""

from __future__ import annotations

import datetime
import json
import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.harness import Result

RESULTS = Path(__file__).with_name("results.json")
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"
PACKAGES = (
    "selfcare-kit", "numpy", "pandas", "matplotlib", "jinja2", "ipywidgets", "anywidget", "anatomapa", "mplsoccer",
)  # fmt: skip


def write_results(results: Sequence[Result]) -> None:
    """Write the results as a list of name, ratio, bar and pass."""
    RESULTS.write_text(json.dumps([result.to_dict() for result in results], indent=1) + "\n", encoding="utf-8")


def write_page(results: Sequence[Result]) -> None:
    """Put the results, the day and the versions between the two marks of the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + table(results) + END + after, encoding="utf-8")


def table(results: Sequence[Result]) -> str:
    """Return the results as a table in Markdown, with the day and the versions."""
    rows = (
        f"| {result.name} | {result.ratio:,g} | {result.bar} | {'yes' if result.passed else 'no'} |"
        for result in results
    )
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    lines = (
        f"Measured on {datetime.date.today()} with Python {platform.python_version()} and {os.cpu_count()} processors; "
        f"{versions}.",
        "",
        "| what | measured | bar | held |",
        "|---|---|---|---|",
        *rows,
    )
    return "\n".join(lines) + "\n"
