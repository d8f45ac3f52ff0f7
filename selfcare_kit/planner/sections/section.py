"""A part of the planner: a widget, what it shows of the session, and a method `do_...` for each of its events."""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from selfcare_kit.errors import InvalidValueError, Named
from selfcare_kit.planner.channel import Channel, Event
from selfcare_kit.planner.pane import Pane
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import capitalised

TEMPLATES = Path(__file__).parents[1] / "templates"


class Part:
    """A part of the planner; the planner passes it the events of its widget and refreshes it after every event."""

    widget: Channel
    # Events that change nothing which other parts show.
    quiet: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, session: Session) -> None:
        self.session = session
        self.notice = ""
        self.is_refused = False

    def handle(self, event: Event) -> str | None:
        """Call the method `do_...` that an event names; return its message, or None to keep the messages shown."""
        message: str | None = getattr(self, f"do_{event.get('do')}")(event)
        return message

    def notify(self, message: str, *, is_error: bool = False) -> None:
        """Set the message, empty for none, that the next refresh shows."""
        self.notice = capitalised(message)
        self.is_refused = is_error

    def refresh(self) -> None:
        """Show the current state of the session."""
        raise NotImplementedError


class Section(Part):
    """A part that fills a template into a pane; a subclass gives the template's name and its values."""

    template: ClassVar[str]
    pane: ClassVar[type[Pane]] = Pane

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session)
        self.widget: Pane = self.pane(**traits)
        # The `data-key` of the element to focus after the next refresh.
        self.focus = ""
        self._values: dict[str, Any] = {}
        self._html = ""
        self._opened_count = session.opened_count

    def values(self) -> dict[str, Any]:
        """Return the values of the template."""
        raise NotImplementedError

    def begin_anew(self) -> None:
        """Forget what was chosen here for the routine before: the next one may be another client's."""

    def refresh(self) -> None:
        """Fill the template, if its values changed, and show it."""
        if self._opened_count != self.session.opened_count:
            self._opened_count = self.session.opened_count
            self.begin_anew()
        focus, self.focus = self.focus, ""
        values = {**self.values(), "notice": self.notice, "is_refused": self.is_refused}
        if values != self._values:
            self._values, self._html = values, filled(self.template, values)
        self.widget.show(self._html, focus)


def text_of(event: Event, name: str = "value") -> str:
    """Return a text of an event; empty when there is none."""
    value = event.get(name)
    return value if isinstance(value, str) else ""


def number_of(event: Event, name: str) -> int:
    """Return the whole number that was typed; `name` is what an error calls it."""
    typed = text_of(event).strip()
    try:
        return int(typed)
    except ValueError:
        named = Named("value", name)
        error = InvalidValueError.of(named, "must be a whole number", given=repr(typed[:20]), advice="type digits")
        raise error from None


def day_of(event: Event) -> datetime.date | None:
    """Return the day by the clock of the browser that sent an event; None when it says none."""
    try:
        return datetime.date.fromisoformat(text_of(event, "day"))
    except ValueError:
        return None


def filled(template: str, values: dict[str, Any]) -> str:
    """Return a template of `templates/` with values filled in, escaped."""
    return _environment().get_template(template).render(values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
