"""The line at the foot: what the last change did, or why it was refused."""

from __future__ import annotations

from typing import Any

from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.sections.section import Section


class StatusSection(Section):
    """The message about the last change, whichever part of the planner it was made in."""

    template = "status.html"

    def values(self) -> dict[str, Any]:
        """Return whether the change can be undone."""
        return {"can_undo": self.session.is_last_undoable}

    def do_undo(self, _: Event) -> str:
        """Undo the last change."""
        return self.session.undo()
