"""A part of the planner: what it shows of the state, and what it does with what is done in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

from selfcare_kit.errors import InvalidValueError
from selfcare_kit.planner.html import render
from selfcare_kit.planner.pane import Channel, Deed, Pane
from selfcare_kit.planner.visit.state import PlannerState
from selfcare_kit.planner.visit.words import in_words

Act = Callable[..., None]


class Part:
    """Something of the planner that shows the state.

    Parameters
    ----------
    state : PlannerState
        What it shows and changes.
    act : callable
        Runs a change and lets all parts show what came of it; a part never calls the state's
        methods outside of it, so no error can go unseen.
    """

    widget: Channel

    def __init__(self, state: PlannerState, act: Act) -> None:
        self.state = state
        self._act = act
        self.said = ""
        self.is_refused = False

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

    def glance(self, change: Callable[[], str | None]) -> None:
        """Run a change of what is shown only; what was said stays.

        Parameters
        ----------
        change : callable
            What it returns is not shown.
        """
        self._act(self, change, is_glance=True)

    def say(self, text: str, *, is_error: bool = False) -> None:
        """Take the sentence that is shown with the next refresh.

        Parameters
        ----------
        text : str
            Empty for none.
        is_error : bool, default=False
            True for what was refused.
        """
        told = in_words(text, self.state.guide)
        # A sentence may begin with the name of a file.
        is_word = re.match(r"[a-z]+(?![\w.])", told)
        self.said = told[:1].upper() + told[1:] if is_word else told
        self.is_refused = is_error


class Section(Part):
    """One numbered part of the planner, as a pane of HTML.

    A subclass names its `template` and gives the `values` that go in. What can be done in it is
    its methods `do_...`, by the word in an element's `data-do`.

    Parameters
    ----------
    state : PlannerState
        What it shows and changes.
    act : callable
        As for `Part`.
    **traits
        What every widget takes.
    """

    template: ClassVar[str]
    pane: ClassVar[type[Pane]] = Pane

    def __init__(self, state: PlannerState, act: Act, **traits: Any) -> None:
        super().__init__(state, act)
        self.widget: Pane = self.pane(self._on_deed, **traits)
        self.focus = ""
        self._filled: dict[str, Any] = {}
        self._html = ""

    def values(self) -> dict[str, Any]:
        """Return what the template shows."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Fill the template and show it."""
        focus, self.focus = self.focus, ""
        values = {**self.values(), "said": self.said, "is_refused": self.is_refused}
        if values != self._filled:
            self._filled, self._html = values, render(self.template, values)
        self.widget.show(self._html, focus)

    def _on_deed(self, deed: Deed, buffers: list[Any]) -> None:
        method = getattr(self, f"do_{deed.get('do')}", None)
        if method is None:
            raise InvalidValueError(f"a section does only what its methods do_... say, got {deed.get('do')!r}.")
        method(deed, buffers)


def text_of(deed: Deed, name: str = "value") -> str:
    """Return a word that came with a deed; empty when there is none.

    Parameters
    ----------
    deed : mapping of str to object
        What was done.
    name : str, default="value"
        Which word.

    Returns
    -------
    str
        The word.
    """
    value = deed.get(name)
    return value if isinstance(value, str) else ""


def number_of(deed: Deed, what: str) -> int:
    """Return the whole number that was typed.

    Parameters
    ----------
    deed : mapping of str to object
        What was done.
    what : str
        What the number is called in the message.

    Returns
    -------
    int
        The number.

    Raises
    ------
    InvalidValueError
        If it is none.
    """
    typed = text_of(deed).strip()
    try:
        return int(typed)
    except ValueError:
        raise InvalidValueError(f"{what} must be a whole number, got {typed[:20]!r}; type digits.") from None
