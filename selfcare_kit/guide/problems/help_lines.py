"""The problems in the lines of a guide's own that are printed one below the other, above all when to get help."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from selfcare_kit.errors import quoted
from selfcare_kit.guide.languages import HELP_BOXES

# Of each box: what its lines say.
SAYS = {"emergency": "when to get help right away", "today": "when to see a doctor today", "stop": "when to stop"}
_LINE = re.compile(r"((?:handout|leaflet)\..+?)\.(\d+)")


def check_help_lines(texts: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Yield the column, the message and whether it is only a note, for each problem of the lines of a guide."""
    for name in HELP_BOXES:
        key = f"handout.{name}.1"
        if key not in texts and f"handout.{name}.short.1" not in texts:
            message = (
                f"{quoted(key)} has no text, and no other guide's lines are printed instead; "
                f"write {SAYS[name]}, one line in each row."
            )
            yield "key", message, name != "emergency"
    yield from _gaps(texts)


def _gaps(texts: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Yield a problem for each line after a number that is missing: nothing would print it."""
    for key in texts:
        line = _LINE.fullmatch(key)
        if line is None or line[2] == "1":
            continue
        before = f"{line[1]}.{int(line[2]) - 1}"
        if before not in texts:
            message = (
                f"{quoted(key)} is printed nowhere, because {quoted(before)} has no text; number lines without a gap."
            )
            yield "key", message, False
