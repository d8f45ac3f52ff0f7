"""The bar above the sections: where the visit stands, and the way to each section."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.widgets.section import Section
from selfcare_kit.widgets.words import clock


class Place(NamedTuple):
    """A section in the bar: `state` is done, wait or empty, `words` say how far it is."""

    section: str
    title: str
    state: str = ""
    words: str = ""


class ContentsBar(Section):
    """Stays in sight; tells which guide is open and that nobody has reviewed it yet."""

    template = "contents.html"

    def values(self) -> dict[str, Any]:
        """Return the guide and the sections."""
        return {"guide": self.state.guide, "places": self._places()}

    def _places(self) -> tuple[Place, ...]:
        state = self.state
        routine, found = state.routine, state.found
        steps = f"{len(routine)} · {clock(routine.total_seconds)}" if routine.steps else ""
        obstacle = state.obstacle
        return (
            Place("safety", "Safety", "done" if state.is_screened_today else "wait", _safety_words(state)),
            Place("symptoms", "Where", "done" if found else "", ", ".join(_sides(state))),
            Place("suggestions", "Points", "", str(len(found)) if found else ""),
            Place("steps", "Routine", "done" if routine.steps else "", steps),
            Place("preview", "Preview"),
            Place("download", "Hand out", "wait" if obstacle else "done", "has to wait" if obstacle else "ready"),
        )


def _safety_words(state: Any) -> str:
    if state.screening and state.screening.action != "go":
        return str(state.screening.action)
    return "asked today" if state.is_screened_today else "to be asked"


def _sides(state: Any) -> list[str]:
    areas = state.complaint.areas if state.complaint else ()
    return list(dict.fromkeys(each.side for each in areas))
