"""A section of the planner: a heading, a body, and one line for what was done or refused."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as W  # noqa: N812

from selfcare_kit.widgets.parts import Parts
from selfcare_kit.widgets.state import PlannerState

Act = Callable[["Section", Callable[[], "str | None"]], None]


class Section:
    """One numbered part of the planner; a subclass fills `body` and says how to `refresh`.

    Parameters
    ----------
    state : PlannerState
        What it shows and changes.
    parts : Parts
        Makes its widgets.
    act : callable
        Runs a change and shows what came of it; a section never calls the state's methods
        outside of it, so no error can go unseen.
    """

    title = ""

    def __init__(self, state: PlannerState, parts: Parts, act: Act) -> None:
        self.state = state
        self.parts = parts
        self._act = act
        self.said = ""
        self._line = parts.html(name="said")
        self.widget = parts.stack(parts.html(f"<h3>{self.title}</h3>"), *self.build(), self._line, name="section")

    def build(self) -> tuple[W.Widget, ...]:
        """Make the widgets of the section.

        Returns
        -------
        tuple of ipywidgets.Widget
            From top to bottom.
        """
        raise NotImplementedError

    def refresh(self) -> None:
        """Show what the state says now."""
        raise NotImplementedError

    def act(self, change: Callable[[], str | None]) -> None:
        """Run a change of the state, and show what came of it.

        Parameters
        ----------
        change : callable
            Returns a sentence or nothing.
        """
        self._act(self, change)

    def say(self, text: str, *, is_error: bool = False) -> None:
        """Show a sentence in the section's line.

        Parameters
        ----------
        text : str
            Empty clears the line.
        is_error : bool, default=False
            True for what was refused.
        """
        self.said = text[:1].upper() + text[1:]
        # An alert is read out when it is put in; a status only when its place was there before.
        kind = "error" if is_error else "done"
        self._line.value = f'<p class="selfcare-{kind}" role="alert">{escape(self.said)}</p>' if text else ""
