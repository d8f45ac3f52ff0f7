"""The figure of a routine, as the files that a clinician keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfcare_kit.routine import Routine


def figure_svg(routine: Routine) -> str:
    """Return the figure of a routine as SVG."""
    return routine.figure().to_svg()


def figure_png(routine: Routine) -> bytes:
    """Return the figure of a routine as PNG."""
    return routine.figure().to_png()
