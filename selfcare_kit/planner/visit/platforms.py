"""Where a planner can run, and what it can do there: the one record that decides what is offered.

`docs/one-file.md` has it as a table. A page that runs Python in the browser has no package with a compiled part, so
what matplotlib and WeasyPrint make is left out there; and it has no disk of its own.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from selfcare_kit.export.kinds import KINDS
from selfcare_kit.export.read import READABLE


@dataclass(frozen=True)
class Platform:
    """Where a planner runs, and what it can do there."""

    label: str
    # The kinds of file that can be written, and those that can be opened.
    writes: frozenset[str]
    reads: tuple[str, ...]
    # Whether the settings and templates of the clinic stay when it is closed, and whether any picture can be a logo.
    keeps_settings: bool
    takes_pictures: bool
    # Whether a page that is reloaded, or a cell that is run again, offers the visit that was not finished.
    survives_reload: bool
    # Seconds to wait after the figure's message: long enough for the browser to paint it before it works on what the
    # other parts send.
    head_start: float


# Measured on two processors: 26 to 36 ms from a click to the painted picture; with half of the start, up to 48.
_SERVER = {
    "writes": frozenset(KINDS), "reads": READABLE, "keeps_settings": True, "takes_pictures": True,
    "survives_reload": True, "head_start": 0.02,
}  # fmt: skip
PLATFORMS: dict[str, Platform] = {
    "lab": Platform("JupyterLab", **_SERVER),
    "page": Platform("page (Voila)", **_SERVER),
    # Waiting there keeps a processor busy, and the page paints in a thread of its own.
    "file": Platform(
        "one file", writes=frozenset(KINDS) - {"pdf", "png", "xlsx"}, reads=READABLE, keeps_settings=False,
        takes_pictures=False, survives_reload=False, head_start=0.0,
    ),
}  # fmt: skip


def this_platform() -> Platform:
    """Return where this Python runs."""
    if sys.platform == "emscripten":
        return PLATFORMS["file"]
    return PLATFORMS["page" if os.environ.get("SERVER_SOFTWARE", "").startswith("voila") else "lab"]
