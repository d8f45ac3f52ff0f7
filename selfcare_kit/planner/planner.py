"""The notebook app: six sections in the order of a visit, and the body figure, put together."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from typing import Any

import ipywidgets as W  # noqa: N812  (its own documentation calls it so)

from selfcare_kit.errors import SelfcareError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.jupyter.privacy import PLAIN_TEXT
from selfcare_kit.planner.body_map import BodyMap
from selfcare_kit.planner.contents import ContentsBar
from selfcare_kit.planner.download import DownloadSection
from selfcare_kit.planner.keyguard import KeyGuard
from selfcare_kit.planner.preview import PreviewSection
from selfcare_kit.planner.safety import SafetySection
from selfcare_kit.planner.section import Part
from selfcare_kit.planner.step_table import StepTable
from selfcare_kit.planner.suggestions import SuggestionSection
from selfcare_kit.planner.symptoms import SymptomSection
from selfcare_kit.planner.visit.opening import begin_with
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import refusal_in_words
from selfcare_kit.routine import Routine

# Seconds that the figure gets to be on its way before the other parts, which take some 14 ms, are worked out. Measured
# in one run: its picture arrives after 1.1 times the echo of a Label with them, and after 2.1 times without.
HEAD_START = 0.001

_log = logging.getLogger(__name__)


class Planner(W.VBox):
    """The planner: safety questions, complaint, suggestions, routine, preview, download.

    It shows itself at the end of a cell. Nothing typed into it is written anywhere but into the
    files that are downloaded. For the same reason IPython keeps no history on disk of what is typed
    into cells of this kernel, from the first planner that is made in it until it ends.

    Parameters
    ----------
    routine : Routine, optional
        To begin with; its safety answers count only when they are of today.
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
        # The figure first: it answers a click before everything else is worked out.
        self.body_map = BodyMap(self.session, self._act, **traits)
        self.contents = ContentsBar(self.session, self._act, **traits)
        self.safety = SafetySection(self.session, self._act, **traits)
        self.symptoms = SymptomSection(self.session, self._act, **traits)
        self.suggestions = SuggestionSection(self.session, self._act, **traits)
        self.steps = StepTable(self.session, self._act, **traits)
        self.preview = PreviewSection(self.session, self._act, **traits)
        self.download = DownloadSection(self.session, self._act, **traits)
        self._parts: tuple[Part, ...] = (
            self.body_map, self.contents, self.safety, self.symptoms, self.suggestions, self.steps, self.preview,
            self.download,
        )  # fmt: skip
        choosing = _beside("choosing", (self.body_map, self.symptoms, self.suggestions), layout)
        finishing = _beside("finishing", (self.preview, self.download), layout)
        first, table = (self.contents.widget, self.safety.widget), self.steps.widget
        children = [KeyGuard(layout=layout), *first, choosing, table, finishing]
        super().__init__(children, layout=layout, _dom_classes=("selfcare-planner",))
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
        """What the planner says of what was done or refused last; empty for nothing."""
        return " ".join(part.notice for part in self._parts if part.notice)

    def __repr__(self) -> str:
        return PLAIN_TEXT

    def _repr_mimebundle_(self, **options: Any) -> Any:
        # The usual text tells the values of all fields, and it is saved with the notebook.
        bundle = super()._repr_mimebundle_(**options)
        if isinstance(bundle, dict):
            bundle["text/plain"] = PLAIN_TEXT
        return bundle

    def _act(self, part: Part, change: Callable[[], str | None], *, is_view_only: bool = False) -> None:
        notice, is_error = "", False
        try:
            notice = change() or ""
        except SelfcareError as error:
            notice, is_error = refusal_in_words(error, self.session.guide), True
        except Exception as error:
            # What was typed may be anywhere in an error's text, so only its kind is told.
            kind = type(error).__name__
            notice, is_error = f"that did not work ({kind} inside the planner); please report it.", True
            _log.debug("Something in the planner did not work.", exc_info=True)
        for other in self._parts if not is_view_only or is_error else ():
            other.notify(notice if other is part else "", is_error=is_error)
        self._refresh()

    def _refresh(self) -> None:
        self.body_map.refresh()
        # What is sent leaves by a thread of the kernel's own, which waits as long as this one works.
        time.sleep(HEAD_START)
        for part in self._parts[1:]:
            part.refresh()


def keep_no_history() -> None:
    """Stop IPython from writing what is typed into cells of this kernel to its history on disk."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    history = getattr(shell, "history_manager", None)
    if history is not None:
        history.enabled = False


def _beside(name: str, parts: tuple[Part, ...], layout: W.Layout) -> W.Box:
    return W.Box([part.widget for part in parts], layout=layout, _dom_classes=(f"selfcare-{name}",))
