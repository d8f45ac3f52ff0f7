"""The list of decisions."""

from __future__ import annotations

from pathlib import Path

INTRODUCTION = """\
# Decisions

Why things are as they are, each in about ten lines: what was wrong or open, what was decided, and what speaks against it. A later one may
replace an earlier one, and says so.
"""


def decisions_index(decisions: list[Path]) -> str:
    """Return the page that lists the decisions, in their order."""
    return "\n".join([INTRODUCTION, "```{toctree}", ":maxdepth: 1", "", *(each.stem for each in decisions), "```", ""])
