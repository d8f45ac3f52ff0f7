"""The bar above the sections: the state of each one, a button to go there, and a field to open a file."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.export.read import ENDINGS
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.section import Section, text_of
from selfcare_kit.planner.visit.derive import Derived
from selfcare_kit.planner.visit.opening import open_file
from selfcare_kit.planner.visit.words import ACTION_WORDS, SECTIONS, clock


class Entry(NamedTuple):
    """A section in the bar: `state` is done, wait, alarm or empty; `words` say how far it is."""

    section: str
    state: str = ""
    words: str = ""

    @property
    def title(self) -> str:
        """The section's name in the bar."""
        return SECTIONS[self.section]


class ContentsBar(Section):
    """The bar; it stays in sight, and shows which guide is open and whether a clinician has reviewed it."""

    template = "contents.html"

    def values(self) -> dict[str, Any]:
        """Return the guide, the sections, and what is urgent."""
        now = self.session.now
        return {
            "guide": self.session.guide,
            "entries": self._entries(),
            "accept": ",".join(ENDINGS),
            "urgent": now.urgent,
            "urgent_words": now.obstacle if now.is_urgent else "",
            "action_words": ACTION_WORDS,
        }

    def do_open(self, event: Event) -> str:
        """Open a saved routine or handout."""
        content = bytes(event["buffers"][0]) if event["buffers"] else b""
        return self.session.begin(open_file, content, text_of(event))

    def _entries(self) -> tuple[Entry, ...]:
        now = self.session.now
        routine, suggestions = now.routine, now.suggestions
        steps = f"{len(routine)} · {clock(routine.total_seconds)}" if routine.steps else ""
        obstacle = now.obstacle
        return (
            Entry("safety", _safety_state(now), _safety_words(now)),
            Entry("symptoms", "done" if suggestions else "", ", ".join(_sides(now))),
            Entry("suggestions", "", str(len(suggestions)) if suggestions else ""),
            Entry("steps", _steps_state(now), f"{steps} · check sides" if now.side_conflicts else steps),
            Entry("preview"),
            Entry("download", "wait" if obstacle else "done", "has to wait" if obstacle else "ready"),
        )


def _steps_state(now: Derived) -> str:
    if now.side_conflicts:
        return "wait"
    return "done" if now.steps else ""


def _safety_state(now: Derived) -> str:
    if now.is_urgent:
        return "alarm"
    return "done" if now.is_screened_today else "wait"


def _safety_words(now: Derived) -> str:
    if now.screening and now.screening.action != "go":
        return str(now.screening.action)
    return "asked today" if now.is_screened_today else "to be asked"


def _sides(now: Derived) -> list[str]:
    areas = now.complaint.areas if now.complaint else ()
    return list(dict.fromkeys(each.side for each in areas))
