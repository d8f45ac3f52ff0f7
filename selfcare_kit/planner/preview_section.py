"""Section 5: the numbered figure as it will be printed."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from selfcare_kit.model.step import Step
from selfcare_kit.planner.section import Section
from selfcare_kit.planner.visit.session import Session


class PreviewSection(Section):
    """The numbered figure of the routine, drawn again when a step changes."""

    template = "preview.html"

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session, **traits)
        self._drawn: tuple[Step, ...] = ()
        self._plate: str | Markup = ""

    def values(self) -> dict[str, Any]:
        """Return the figure, and the side conflicts in words."""
        routine = self.session.now.routine
        if routine.steps != self._drawn:
            self._drawn = routine.steps
            self._plate = Markup(routine.figure(shorts=True, legend=False).to_svg()) if routine.steps else ""
        return {"plate": self._plate, "wrong_sides": self.session.now.wrong_sides}
