"""The planner: its parts put together in columns, and each event passed to its part."""

from __future__ import annotations

import logging
import sys
import time
from functools import partial
from typing import Any

import ipywidgets as W  # noqa: N812  (its own documentation calls it so)

from selfcare_kit.errors import SelfcareError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.jupyter.privacy import PLAIN_TEXT
from selfcare_kit.planner.body_map import BodyMapPart
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.frame import FramePart, unfinished
from selfcare_kit.planner.page import PagePart
from selfcare_kit.planner.sections.clinic import ClinicSection
from selfcare_kit.planner.sections.contents import ContentsBar
from selfcare_kit.planner.sections.download import DownloadSection
from selfcare_kit.planner.sections.safety import SafetySection
from selfcare_kit.planner.sections.section import Part, day_of
from selfcare_kit.planner.sections.since import SinceSection
from selfcare_kit.planner.sections.status import StatusSection
from selfcare_kit.planner.sections.steps import StepsSection
from selfcare_kit.planner.sections.suggestions import SuggestionsSection
from selfcare_kit.planner.sections.symptoms import SymptomsSection, WhereBar
from selfcare_kit.planner.visit.opening import begin_with
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import refusal_in_words
from selfcare_kit.routine import Routine

_log = logging.getLogger(__name__)


class Planner(W.VBox):
    """The planner: where it hurts, safety questions, points, routine and hand-out on one screen.

    It shows itself at the end of a cell. What is typed into it is written only into the files that
    are downloaded. For the same reason IPython keeps no history on disk of what is typed into cells
    of this kernel, from the first planner that is made in it until the kernel ends.

    Parameters
    ----------
    routine : Routine, optional
        The routine to begin with; its safety answers count only when they are of today.
    guide : Guide, optional
        The routine's own, or the built-in one.

    Examples
    --------
    >>> planner = Planner()
    >>> planner.message, len(planner.routine)
    ('', 0)
    """

    def __init__(self, routine: Routine | None = None, *, guide: Guide | None = None) -> None:
        keep_no_history()
        self.session = Session(routine, guide)
        layout = W.Layout(width="auto")
        traits = {"layout": layout}
        self.body_map = BodyMapPart(self.session, **traits)
        self.frame = FramePart(self.session, **traits)
        self.contents = ContentsBar(self.session, **traits)
        self.where = WhereBar(self.session, **traits)
        self.symptoms = SymptomsSection(self.session, **traits)
        self.since = SinceSection(self.session, **traits)
        self.safety = SafetySection(self.session, **traits)
        self.suggestions = SuggestionsSection(self.session, **traits)
        self.steps = StepsSection(self.session, **traits)
        self.download = DownloadSection(self.session, **traits)
        self.clinic = ClinicSection(self.session, **traits)
        self.status = StatusSection(self.session, **traits)
        self.page = PagePart(self.session, self.download, **traits)
        # The figure first: it answers a click before everything else is worked out. The page last: it takes longest.
        self._parts: tuple[Part, ...] = (
            self.body_map, self.contents, self.where, self.symptoms, self.since, self.safety, self.suggestions,
            self.steps, self.download, self.clinic, self.status, self.frame, self.page,
        )  # fmt: skip
        for part in self._parts:
            part.widget.listen(partial(self._on_event, part))
        columns = (
            _box("choosing", (self.where, self.body_map, self.symptoms), layout),
            _box("deciding", (self.since, self.safety, self.suggestions), layout),
            _box("finishing", (self.steps, self.download), layout),
            self.page.widget,
        )
        body = W.Box(columns, layout=layout, _dom_classes=("selfcare-columns",))
        children = [self.frame.widget, self.contents.widget, body, self.clinic.widget, self.status.widget]
        super().__init__(children, layout=layout, _dom_classes=("selfcare-planner",))
        self.contents.earlier = unfinished(self.session)
        self._refresh()

    @property
    def routine(self) -> Routine:
        """The current routine, as far as the safety answers allow it; set it to show another."""
        return self.session.now.routine

    @routine.setter
    def routine(self, routine: Routine) -> None:
        self.session.begin(begin_with, routine)
        self._refresh()

    @property
    def message(self) -> str:
        """The message about the last change or refusal; empty for none."""
        return " ".join(dict.fromkeys(part.notice for part in self._parts if part.notice))

    def __repr__(self) -> str:
        return PLAIN_TEXT

    def _repr_mimebundle_(self, **options: Any) -> Any:
        # The usual text contains the values of all fields, and is saved with the notebook.
        bundle = super()._repr_mimebundle_(**options)
        if isinstance(bundle, dict):
            bundle["text/plain"] = PLAIN_TEXT
        return bundle

    def _on_event(self, part: Part, event: Event) -> None:
        is_new_day = self.session.use_day(day_of(event))
        if event.get("do") in part.quiet:
            part.handle(event)
            if is_new_day:
                self._refresh()
            else:
                part.refresh()
            return
        # What no view has sent, nobody waits for.
        head_start = self.session.platform.head_start if "from" in event else 0.0
        message: str | None
        is_error, self.session.is_last_undoable = True, False
        try:
            message, is_error = part.handle(event), False
        except SelfcareError as error:
            message = refusal_in_words(error, self.session.guide)
        except Exception as error:
            # An error's text may contain what was typed, so only its type is shown.
            message = f"that did not work ({type(error).__name__} inside the planner); please report it."
            _log.debug("An event failed inside the planner.", exc_info=True)
        if message is not None:
            for other in self._parts:
                other.notify(message if other is part else "", is_error=is_error)
            self.status.notify(part.notice, is_error=is_error)
        self._refresh(head_start)

    def _refresh(self, head_start: float = 0.0) -> None:
        before = self.body_map.widget.picture
        self.body_map.refresh()
        if head_start and self.body_map.widget.picture is not before:
            time.sleep(head_start)
        for part in self._parts[1:]:
            part.refresh()


def keep_no_history() -> None:
    """Stop IPython from writing what is typed into cells of this kernel to its history on disk."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    history = getattr(shell, "history_manager", None)
    if history is not None:
        history.enabled = False


def _box(name: str, parts: tuple[Part, ...], layout: W.Layout) -> W.Box:
    return W.Box([part.widget for part in parts], layout=layout, _dom_classes=(f"selfcare-{name}",))
