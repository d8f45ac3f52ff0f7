"""The figure of a routine: the plate, for the pages and as files of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selfcare_kit.body import Plate
    from selfcare_kit.plan.plan import Plan


def plate_of(routine: Plan, **style: Any) -> Plate:
    """Return the plate of a routine; `style` are keywords of `Plate`."""
    from selfcare_kit.body import Plate

    routine.require_steps()
    return Plate.of(routine.steps, guide=routine.guide, **style)


def figure_svg(routine: Plan) -> str:
    """Return the figure of a routine as SVG."""
    return plate_of(routine).to_svg()


def figure_png(routine: Plan) -> bytes:
    """Return the figure of a routine as PNG."""
    return plate_of(routine).to_png()
