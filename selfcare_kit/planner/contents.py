"""The bar above the sections: where the visit stands, and the way to each section."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.export.read import KINDS
from selfcare_kit.planner.pane import Deed
from selfcare_kit.planner.section import Section, text_of
from selfcare_kit.planner.visit.state import PlannerState
from selfcare_kit.planner.visit.words import ACTION_WORDS, clock


class Place(NamedTuple):
    """A section in the bar: `state` is done, wait, alarm or empty, `words` say how far it is."""

    section: str
    title: str
    state: str = ""
    words: str = ""


class ContentsBar(Section):
    """Stays in sight; tells which guide is open and that nobody has reviewed it yet."""

    template = "contents.html"

    def values(self) -> dict[str, Any]:
        """Return the guide, the sections, and what sends the client elsewhere at once."""
        state = self.state
        return {
            "guide": state.guide,
            "places": self._places(),
            "accept": ",".join(KINDS),
            "grave": state.grave,
            "grave_words": state.obstacle if state.is_grave else "",
            "action_words": ACTION_WORDS,
        }

    def do_open(self, deed: Deed, buffers: list[Any]) -> None:
        """Open a saved routine or handout."""
        content = bytes(buffers[0]) if buffers else b""
        self.act(lambda: self.state.open(content, text_of(deed)))

    def _places(self) -> tuple[Place, ...]:
        state = self.state
        routine, found = state.routine, state.found
        steps = f"{len(routine)} · {clock(routine.total_seconds)}" if routine.steps else ""
        obstacle = state.obstacle
        return (
            Place("safety", "Safety", _safety_state(state), _safety_words(state)),
            Place("symptoms", "Where", "done" if found else "", ", ".join(_sides(state))),
            Place("suggestions", "Points", "", str(len(found)) if found else ""),
            Place("steps", "Routine", _steps_state(state), f"{steps} · check sides" if state.side_conflicts else steps),
            Place("preview", "Preview"),
            Place("download", "Hand out", "wait" if obstacle else "done", "has to wait" if obstacle else "ready"),
        )


def _steps_state(state: PlannerState) -> str:
    if state.side_conflicts:
        return "wait"
    return "done" if state.routine.steps else ""


def _safety_state(state: PlannerState) -> str:
    if state.is_grave:
        return "alarm"
    return "done" if state.is_screened_today else "wait"


def _safety_words(state: PlannerState) -> str:
    if state.screening and state.screening.action != "go":
        return str(state.screening.action)
    return "asked today" if state.is_screened_today else "to be asked"


def _sides(state: PlannerState) -> list[str]:
    areas = state.complaint.areas if state.complaint else ()
    return list(dict.fromkeys(each.side for each in areas))
