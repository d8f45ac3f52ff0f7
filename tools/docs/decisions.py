"""The decisions: their pages, and the page that lists them."""

from __future__ import annotations

from pathlib import Path

INTRODUCTION = """\
# Decisions

Why things are as they are, each in about ten lines: what was wrong or open, what was decided, and what speaks against
it. A later one may replace an earlier one, and says so.
"""
# Listed here and not in the navigation of each page, which they would make long, and the building of it slow.
APART = "---\norphan: true\n---\n\n"


def decisions_index(decisions: list[Path]) -> str:
    """Return the page that lists the decisions, in their order."""
    titles = {path: path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for path in decisions}
    return "\n".join([INTRODUCTION, *(f"- [{title}]({path.name})" for path, title in titles.items()), ""])
