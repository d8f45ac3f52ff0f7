"""A widget that shows HTML made in the kernel, and sends an event for each click and each value put in."""

from __future__ import annotations

import hashlib
from typing import Any

from selfcare_kit.planner.channel import Channel, joined_scripts

# What all panes need is sent once, with the frame around the planner; each pane has a few lines that wait for it.
PANE_SCRIPT = joined_scripts("morph.js", "channel.js", "files.js", "pane.js", "drag_steps.js")
SCRIPT_NAME = f'const SCRIPT = "{hashlib.sha256(PANE_SCRIPT.encode()).hexdigest()[:12]}";\n'
OFFER = "\nshared(SCRIPT).offer({ openPane, watchDrag });\n"


class Pane(Channel):
    """The widget of a section; `scripts/pane.js` is its view."""

    _esm = SCRIPT_NAME + joined_scripts("shared.js", "plain_pane.js")

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.html = ""

    def current(self) -> dict[str, Any]:
        """Return a message with the HTML."""
        return {"html": self.html}

    def forget(self) -> None:
        """Empty the private fields of all views, whose text is in no HTML."""
        self.send({"forget": True})

    def show(self, html: str, focus: str = "") -> None:
        """Show HTML, and focus the element with a `data-key` in the view that waits; unchanged HTML is not sent.

        The HTML must be escaped; each view replaces `@view` in ids by a word of its own.
        """
        if html == self.html and not self.has_waiting_view:
            return
        self.html = html
        self.send_to_all({"html": html, **({"focus": focus} if focus else {})})


class StepPane(Pane):
    """A pane whose steps can be dragged."""

    _esm = SCRIPT_NAME + joined_scripts("shared.js", "step_pane.js")
