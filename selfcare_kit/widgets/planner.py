"""The notebook app: six sections in the order of a visit, put together."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as W  # noqa: N812

from selfcare_kit.errors import SelfcareError
from selfcare_kit.guide import Guide
from selfcare_kit.routine import Routine
from selfcare_kit.widgets.keyguard import KeyGuard
from selfcare_kit.widgets.output import DownloadSection, PreviewSection
from selfcare_kit.widgets.parts import Parts
from selfcare_kit.widgets.safety import SafetySection
from selfcare_kit.widgets.section import Section
from selfcare_kit.widgets.state import PlannerState
from selfcare_kit.widgets.steps import StepSection
from selfcare_kit.widgets.suggestions import SuggestionSection
from selfcare_kit.widgets.symptoms import SymptomSection

PLAIN_TEXT = "SelfCare planner"


class Planner(W.VBox):
    """The planner: safety questions, complaint, suggestions, routine, preview, download.

    It shows itself at the end of a cell. Nothing typed into it is written anywhere but into the
    files that are downloaded.

    Parameters
    ----------
    routine : Routine, optional
        To begin with; its safety answers count only when they are of today.
    guide : Guide, optional
        The routine's own, or the built-in one.

    Examples
    --------
    >>> planner = Planner()
    >>> planner.state.choose_areas(["thigh_outer"])
    ''
    >>> len(planner.routine)
    0
    """

    def __init__(self, routine: Routine | None = None, *, guide: Guide | None = None) -> None:
        self.state = PlannerState(routine, guide)
        self._is_refreshing = False
        parts = Parts()
        made = [
            section(self.state, parts, self._act)
            for section in (
                SafetySection, SymptomSection, SuggestionSection, StepSection, PreviewSection, DownloadSection,
            )
        ]  # fmt: skip
        self.safety, self.symptoms, self.suggestions, self.steps, self.preview, self.output = made
        self._sections: list[Section] = made
        head = parts.html(_head(self.state.guide), name="head")
        children = [KeyGuard(layout=parts.layout), head, *(section.widget for section in made)]
        super().__init__(children, layout=parts.layout, _dom_classes=("selfcare-planner",))
        self._refresh()

    @property
    def routine(self) -> Routine:
        """The current routine, as far as the safety answers allow it."""
        return self.state.routine

    @property
    def message(self) -> str:
        """What was said last about something done or refused; empty when nothing was."""
        return " ".join(section.said for section in self._sections if section.said)

    def __repr__(self) -> str:
        return PLAIN_TEXT

    def _repr_mimebundle_(self, **options: Any) -> Any:
        # The usual text tells the values of all fields, and it is saved with the notebook.
        bundle = super()._repr_mimebundle_(**options)
        if isinstance(bundle, dict):
            bundle["text/plain"] = PLAIN_TEXT
        return bundle

    def _act(self, section: Section, change: Callable[[], str | None]) -> None:
        if self._is_refreshing:
            return
        said, is_error = "", False
        try:
            said = change() or ""
        except SelfcareError as error:
            said, is_error = str(error), True
        except Exception as error:
            said, is_error = f"that did not work ({type(error).__name__} inside the planner); please report it.", True
            raise
        finally:
            for other in self._sections:
                other.say(said if other is section else "", is_error=is_error)
            self._refresh()

    def _refresh(self) -> None:
        # Filling a field looks like typing into it; what it then calls has to be ignored.
        self._is_refreshing = True
        try:
            for section in self._sections:
                section.refresh()
        finally:
            self._is_refreshing = False


def _head(guide: Guide) -> str:
    version = escape(f"{guide.title}, version {guide.version}")
    reviewed = f"reviewed by {escape(guide.reviewed_by)}" if guide.reviewed_by else "not reviewed by a clinician yet"
    return f"<h2>SelfCare planner</h2><p>Guide: {version}, <b>{reviewed}</b>.</p>"
