"""The planner: its sections and the body figure put together, and each event passed to its part."""

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
from selfcare_kit.planner.contents_bar import ContentsBar
from selfcare_kit.planner.download_section import DownloadSection
from selfcare_kit.planner.keyguard import KeyGuard
from selfcare_kit.planner.preview_section import PreviewSection
from selfcare_kit.planner.safety_section import SafetySection
from selfcare_kit.planner.section import Part
from selfcare_kit.planner.steps_section import StepsSection
from selfcare_kit.planner.suggestions_section import SuggestionsSection
from selfcare_kit.planner.symptoms_section import SymptomsSection
from selfcare_kit.planner.visit.opening import begin_with
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import refusal_in_words
from selfcare_kit.routine import Routine

# Seconds to wait, so that the kernel's sending thread gets the figure's message out before the other parts, which take
# some 14 ms. Measured: the picture arrives after 1.1 times the echo of a Label with the wait, 2.1 times without.
HEAD_START = 0.001

_log = logging.getLogger(__name__)


class Planner(W.VBox):
    """The planner: safety questions, complaint, suggestions, routine, preview, download.

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
        self.contents = ContentsBar(self.session, **traits)
        self.safety = SafetySection(self.session, **traits)
        self.symptoms = SymptomsSection(self.session, **traits)
        self.suggestions = SuggestionsSection(self.session, **traits)
        self.steps = StepsSection(self.session, **traits)
        self.preview = PreviewSection(self.session, **traits)
        self.download = DownloadSection(self.session, **traits)
        # The figure first: it answers a click before everything else is worked out.
        self._parts: tuple[Part, ...] = (
            self.body_map, self.contents, self.safety, self.symptoms, self.suggestions, self.steps, self.preview,
            self.download,
        )  # fmt: skip
        for part in self._parts:
            part.widget.listen(partial(self._on_event, part))
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
        """The message about the last change or refusal; empty for none."""
        return " ".join(part.notice for part in self._parts if part.notice)

    def __repr__(self) -> str:
        return PLAIN_TEXT

    def _repr_mimebundle_(self, **options: Any) -> Any:
        # The usual text contains the values of all fields, and is saved with the notebook.
        bundle = super()._repr_mimebundle_(**options)
        if isinstance(bundle, dict):
            bundle["text/plain"] = PLAIN_TEXT
        return bundle

    def _on_event(self, part: Part, event: Event) -> None:
        message: str | None
        is_error = True
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
        self._refresh()

    def _refresh(self) -> None:
        self.body_map.refresh()
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
