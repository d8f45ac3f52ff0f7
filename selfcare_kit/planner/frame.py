"""The invisible widget around the planner: its stylesheets, its keys, its height, and whether the kernel still answers.

JupyterLab's shortcuts also work on a focused button inside an output: there, `x` cuts the cell and
the planner with it. So no key that is pressed in the planner reaches the notebook.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from selfcare_kit.planner.channel import Channel, Event, joined_scripts
from selfcare_kit.planner.pane import OFFER, PANE_SCRIPT, SCRIPT_NAME
from selfcare_kit.planner.sections.section import Part, text_of
from selfcare_kit.planner.visit.session import Session

FOLDER = Path(__file__).parent
STYLES = ("base", "layout", "where", "stages", "steps", "narrow")


class Frame(Channel):
    """An invisible widget, the first in the planner's box; `scripts/frame.js` is its view."""

    _esm = "".join(
        (SCRIPT_NAME, joined_scripts("shared.js"), PANE_SCRIPT, OFFER, joined_scripts("guard.js", "frame.js"))
    )
    _css = "\n".join((FOLDER / "styles" / f"{name}.css").read_text("utf-8") for name in STYLES)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        # A record of the steps that are in no file yet, which the page keeps in case the kernel ends, and its words.
        self.record = b""
        self.words = ""

    def current(self) -> dict[str, Any]:
        """Return a message without news, which answers whether the kernel is there."""
        return {}

    def opening(self) -> tuple[dict[str, Any], list[bytes]]:
        """Return a message with what is to be kept, and the record."""
        return ({"keep": self.words}, [self.record]) if self.record else ({}, [])

    def keep(self, record: bytes, words: str) -> None:
        """Let the page keep a record of the steps in its memory; empty when there is nothing to keep."""
        if record != self.record:
            self.record, self.words = record, words
            self.send({"keep": words}, [record])


class FramePart(Part):
    """What the page keeps for the case that the kernel ends, and its question whether the kernel is there."""

    quiet = frozenset({"ping"})

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session)
        self.widget = Frame(**traits)

    def refresh(self) -> None:
        """Let the page keep the steps that are in no file yet."""
        session = self.session
        if session.is_kept_dropped:
            session.is_kept_dropped = False
            self.widget.send({"keep": ""}, [b""])
        if session.is_at_risk:
            self.widget.keep(session.now.routine.to_json().encode(), session.called)
        else:
            self.widget.keep(b"", "")

    def do_ping(self, _: Event) -> None:
        """Do nothing but answer."""

    def do_offer(self, event: Event) -> None:
        """Take what the page kept from a kernel that has ended."""
        if event["buffers"] and not self.session.is_at_risk:
            self.session.kept = (text_of(event), bytes(event["buffers"][0]))


# The session of the planner that was opened last, by guide, in this kernel's memory only.
_last: dict[str, Session] = {}


def unfinished(session: Session) -> Session | None:
    """Return the session of an earlier planner with steps that are in no file yet, and remember this one."""
    earlier, _last[session.guide.id] = _last.get(session.guide.id), session
    return earlier if earlier is not None and earlier.is_at_risk and not session.now.steps else None
