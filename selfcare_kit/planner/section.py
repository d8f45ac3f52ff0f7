"""A part of the planner: what it shows of the session, and what it does with what is done in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from selfcare_kit.errors import InvalidValueError, Named
from selfcare_kit.planner.html import render
from selfcare_kit.planner.pane import Channel, Event, Pane
from selfcare_kit.planner.visit.session import Change, Session
from selfcare_kit.planner.visit.words import capitalised

Act = Callable[..., None]


class Part:
    """Something of the planner that shows the session.

    Parameters
    ----------
    session : Session
        What it shows and changes.
    act : callable
        Runs a change and lets all parts show what came of it; a part never changes the session
        outside of it, so no error can go unseen.
    """

    widget: Channel

    def __init__(self, session: Session, act: Act) -> None:
        self.session = session
        self._act = act
        self.notice = ""
        self.is_refused = False

    def refresh(self) -> None:
        """Show what the session holds now."""
        raise NotImplementedError

    def act(self, change: Callable[[], str | None]) -> None:
        """Run a change of the session, and show what came of it.

        Parameters
        ----------
        change : callable
            Returns a sentence or nothing.
        """
        self._act(self, change)

    def do(self, change: Change, *arguments: Any, **values: Any) -> None:
        """Do something to the visit, and show what came of it.

        Parameters
        ----------
        change : callable
            Takes a visit and returns another one.
        *arguments, **values
            What else it takes.
        """
        self.act(lambda: self.session.do(change, *arguments, **values))

    def view_only(self, change: Callable[[], str | None]) -> None:
        """Run a change of what is shown only; the last notice stays.

        Parameters
        ----------
        change : callable
            What it returns is not shown.
        """
        self._act(self, change, is_view_only=True)

    def notify(self, text: str, *, is_error: bool = False) -> None:
        """Take the sentence that is shown with the next refresh.

        Parameters
        ----------
        text : str
            Empty for none.
        is_error : bool, default=False
            True for what was refused.
        """
        self.notice = capitalised(text)
        self.is_refused = is_error


class Section(Part):
    """One numbered part of the planner, as a pane of HTML.

    A subclass names its `template` and gives the `values` that go in. What can be done in it is
    its methods `do_...`, by the word in an element's `data-do`.

    Parameters
    ----------
    session : Session
        What it shows and changes.
    act : callable
        As for `Part`.
    **traits
        What every widget takes.
    """

    template: ClassVar[str]
    pane: ClassVar[type[Pane]] = Pane

    def __init__(self, session: Session, act: Act, **traits: Any) -> None:
        super().__init__(session, act)
        self.widget: Pane = self.pane(self._on_event, **traits)
        self.focus = ""
        self._filled: dict[str, Any] = {}
        self._html = ""

    def values(self) -> dict[str, Any]:
        """Return what the template shows."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Fill the template and show it."""
        focus, self.focus = self.focus, ""
        values = {**self.values(), "notice": self.notice, "is_refused": self.is_refused}
        if values != self._filled:
            self._filled, self._html = values, render(self.template, values)
        self.widget.show(self._html, focus)

    def _on_event(self, event: Event, buffers: list[Any]) -> None:
        method = getattr(self, f"do_{event.get('do')}", None)
        if method is None:
            raise InvalidValueError(f"a section does only what its methods do_... say, got {event.get('do')!r}.")
        method(event, buffers)


def text_of(event: Event, name: str = "value") -> str:
    """Return a word that came with an event; empty when there is none.

    Parameters
    ----------
    event : mapping of str to object
        What was done.
    name : str, default="value"
        Which word.

    Returns
    -------
    str
        The word.
    """
    value = event.get(name)
    return value if isinstance(value, str) else ""


def number_of(event: Event, name: str) -> int:
    """Return the whole number that was typed.

    Parameters
    ----------
    event : mapping of str to object
        What was done.
    name : str
        What the library calls the number.

    Returns
    -------
    int
        The number.

    Raises
    ------
    InvalidValueError
        If it is none.
    """
    typed = text_of(event).strip()
    try:
        return int(typed)
    except ValueError:
        named = Named("value", name)
        error = InvalidValueError.of(named, "must be a whole number", given=repr(typed[:20]), advice="type digits")
        raise error from None
