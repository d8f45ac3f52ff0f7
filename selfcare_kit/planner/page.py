"""The page itself beside the routine: the handout as it will be printed, once it may go to the client."""

from __future__ import annotations

from typing import Any

from selfcare_kit.errors import SelfcareError
from selfcare_kit.export.kinds import make_file
from selfcare_kit.planner.channel import Channel, Event, joined_scripts
from selfcare_kit.planner.sections.download import DownloadSection
from selfcare_kit.planner.sections.section import Part
from selfcare_kit.planner.visit.obstacles import obstacles_of
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import refusal_in_words

NOT_YET = "The page appears here when nothing stands in its way: "


class PageWidget(Channel):
    """The widget of the page; `scripts/page.js` shows it in a frame in which nothing is executed."""

    _esm = joined_scripts("channel.js", "page.js")

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.page = ""
        self.words = ""

    def current(self) -> dict[str, Any]:
        """Return a message with the page."""
        return {"page": self.page, "words": self.words}

    def show(self, page: str, words: str) -> None:
        """Show a page, or words while there is none; what is shown already is not sent again."""
        if (page, words) != (self.page, self.words) or self.has_waiting_view:
            self.page, self.words = page, words
            self.send_to_all(self.current())


class PagePart(Part):
    """The live page: the handout without the client's name, made again when anything on it changes."""

    quiet = frozenset({"want"})

    def __init__(self, session: Session, download: DownloadSection, **traits: Any) -> None:
        super().__init__(session)
        self.widget = PageWidget(**traits)
        self._download = download
        self._made: tuple[Any, ...] = ()
        self._page = self._words = ""
        # Nobody looks while the page is out of sight.
        self._is_wanted = False

    def do_want(self, event: Event) -> None:
        """Make the page from now on, or no more."""
        self._is_wanted = event.get("value") is True

    def refresh(self) -> None:
        """Show the page of the routine, or what still stands in its way."""
        if not self._is_wanted:
            return
        now = self.session.now
        if now.refusal is not None:
            self.widget.show("", NOT_YET + "; ".join(each.words for each in obstacles_of(now)) + ".")
            return
        options = self._download.page_options
        inputs = (now.routine, now.today, self.session.clinic_file, self.session.clinic_changes, *options.values())
        if inputs != self._made:
            self._made, self._page, self._words = inputs, "", ""
            try:
                made = make_file(now.routine, "html", today=now.today, clinic=self.session.clinic_file, **options)
                self._page = made.content.decode()
            except SelfcareError as error:
                self._words = f"The page cannot be made: {refusal_in_words(error, self.session.guide)}"
        self.widget.show(self._page, self._words)
