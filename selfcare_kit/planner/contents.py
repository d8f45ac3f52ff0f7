"""The bar above the sections: where the visit stands, and the way to each section."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.export.read import ENDINGS
from selfcare_kit.planner.pane import Event
from selfcare_kit.planner.section import Section, text_of
from selfcare_kit.planner.visit.derive import Derived
from selfcare_kit.planner.visit.opening import open_file
from selfcare_kit.planner.visit.words import ACTION_WORDS, SECTIONS, clock


class Place(NamedTuple):
    """A section in the bar: `state` is done, wait, alarm or empty, `words` say how far it is."""

    section: str
    state: str = ""
    words: str = ""

    @property
    def title(self) -> str:
        """What the section is called in the bar."""
        return SECTIONS[self.section]


class ContentsBar(Section):
    """Stays in sight; tells which guide is open and that nobody has reviewed it yet."""

    template = "contents.html"

    def values(self) -> dict[str, Any]:
        """Return the guide, the sections, and what sends the client elsewhere at once."""
        now = self.session.now
        return {
            "guide": self.session.guide,
            "places": self._places(),
            "accept": ",".join(ENDINGS),
            "grave": now.grave,
            "grave_words": now.obstacle if now.is_grave else "",
            "action_words": ACTION_WORDS,
        }

    def do_open(self, event: Event, buffers: list[Any]) -> None:
        """Open a saved routine or handout."""
        content = bytes(buffers[0]) if buffers else b""
        self.act(lambda: self.session.begin(open_file, content, text_of(event)))

    def _places(self) -> tuple[Place, ...]:
        now = self.session.now
        routine, found = now.routine, now.found
        steps = f"{len(routine)} · {clock(routine.total_seconds)}" if routine.steps else ""
        obstacle = now.obstacle
        return (
            Place("safety", _safety_state(now), _safety_words(now)),
            Place("symptoms", "done" if found else "", ", ".join(_sides(now))),
            Place("suggestions", "", str(len(found)) if found else ""),
            Place("steps", _steps_state(now), f"{steps} · check sides" if now.side_conflicts else steps),
            Place("preview"),
            Place("download", "wait" if obstacle else "done", "has to wait" if obstacle else "ready"),
        )


def _steps_state(now: Derived) -> str:
    if now.side_conflicts:
        return "wait"
    return "done" if now.steps else ""


def _safety_state(now: Derived) -> str:
    if now.is_grave:
        return "alarm"
    return "done" if now.is_screened_today else "wait"


def _safety_words(now: Derived) -> str:
    if now.screening and now.screening.action != "go":
        return str(now.screening.action)
    return "asked today" if now.is_screened_today else "to be asked"


def _sides(now: Derived) -> list[str]:
    areas = now.complaint.areas if now.complaint else ()
    return list(dict.fromkeys(each.side for each in areas))
