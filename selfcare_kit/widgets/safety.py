"""Section 1: the safety questions, what an answer asks for, and where it applies."""

from __future__ import annotations

from typing import Any

from selfcare_kit.questions import question_groups
from selfcare_kit.widgets.pane import Deed
from selfcare_kit.widgets.section import Act, Section, text_of
from selfcare_kit.widgets.state import PlannerState
from selfcare_kit.widgets.words import ACTION_WORDS


class SafetySection(Section):
    """The questions in groups; closed to one line once they were asked."""

    template = "safety.html"

    def __init__(self, state: PlannerState, act: Act, **traits: Any) -> None:
        super().__init__(state, act, **traits)
        self.is_open = not state.is_screened_today
        self._groups = question_groups(state.guide)
        self._areas = state.guide.table("areas")
        self._labels = {row["id"]: row["label"] for row in self._areas}

    def values(self) -> dict[str, Any]:
        """Return the questions with their answers, and whether all were asked today."""
        state = self.state
        visit = state.visit
        is_done = state.is_screened_today
        applies = "; ".join(f"{id} {state.question_rows[id]['label']}" for id in visit.yes)
        return {
            "groups": self._groups,
            "areas": self._areas,
            "labels": self._labels,
            "action_words": ACTION_WORDS,
            "yes": visit.yes,
            "where": visit.where,
            "pending": state.pending,
            "ticked": bool(visit.yes),
            "asked_on": visit.asked_on,
            "told": applies or "none of them applies",
            "is_done": is_done,
            "is_open": self.is_open or not is_done,
            "wants_initials": state.wants_initials or bool(visit.agreed_by),
            "agreed_by": visit.agreed_by,
        }

    def do_answer(self, deed: Deed, _: Any) -> None:
        """Take an answer."""
        self.act(lambda: self.state.answer(text_of(deed, "id"), deed.get("value") is True))

    def do_place(self, deed: Deed, _: Any) -> None:
        """Take an area an answer is about."""
        self._name_areas(text_of(deed, "id"), lambda named: (*named, text_of(deed)))

    def do_leave(self, deed: Deed, _: Any) -> None:
        """Take an area back."""
        area = text_of(deed, "area")
        self._name_areas(text_of(deed, "id"), lambda named: tuple(each for each in named if each != area))

    def _name_areas(self, id: str, change: Any) -> None:
        named = self.state.visit.where.get(id, ())
        self.act(lambda: self.state.name_areas(id, dict.fromkeys(change(named))))

    def do_confirm(self, _: Deed, __: Any) -> None:
        """Record that all questions were asked."""
        self.is_open = False
        self.focus = "open"
        self.act(self.state.confirm_answers)

    def do_open(self, _: Deed, __: Any) -> None:
        """Open the questions, or close them."""
        self.is_open = not self.is_open
        self.glance(lambda: None)

    def do_agree(self, deed: Deed, _: Any) -> None:
        """Take the initials."""
        self.act(lambda: self.state.agree(text_of(deed)))
