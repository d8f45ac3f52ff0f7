"""Section 1: the safety questions, what an answer asks for, and where it applies."""

from __future__ import annotations

from typing import Any

from selfcare_kit.planner.pane import Deed
from selfcare_kit.planner.section import Act, Section, text_of
from selfcare_kit.planner.visit.state import PlannerState
from selfcare_kit.planner.visit.words import ACTION_WORDS
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.findings import Finding
from selfcare_kit.safety.questions import question_groups


class SafetySection(Section):
    """The questions in groups; closed to one line once they were asked."""

    template = "safety.html"

    def __init__(self, state: PlannerState, act: Act, **traits: Any) -> None:
        super().__init__(state, act, **traits)
        self.is_open = not state.is_screened_today
        self._groups = question_groups(state.guide)
        self._areas = tuple(state.guide.records.areas.values())

    def values(self) -> dict[str, Any]:
        """Return the questions with their answers, and whether all were asked today."""
        state = self.state
        visit = state.visit
        is_done = state.is_screened_today
        last = visit.last.screening if visit.last else None
        return {
            "groups": self._groups,
            "areas": self._areas,
            "action_words": ACTION_WORDS,
            "yes": visit.yes,
            "where": visit.where,
            "pending": state.pending,
            "ticked": bool(visit.yes),
            "asked_on": visit.asked_on,
            "told": self._named(visit.yes) or "none of them applies",
            "findings": state.screening.findings if state.screening else (),
            "last_yes": last.yes if last else (),
            "last_told": self._named(last.yes) if last else "",
            "last_date": last.date.isoformat() if last else "",
            "is_done": is_done,
            "is_open": self.is_open or not is_done,
            "looks": [self._look(each) for each in state.looks],
            "agreed_by": visit.agreed_by,
        }

    def _named(self, ids: tuple[str, ...]) -> str:
        rows = self.state.question_rows
        return "; ".join(f"{id} {rows[id].label}" for id in ids if id in rows)

    def _look(self, each: Finding | Alert) -> dict[str, str]:
        """Return something to look at, with what was ruled out of it."""
        guide, said = self.state.guide, self.state.visit.agreed.get(each.id)
        spoken = guide.records.sensations if each.id in guide.records.sensations else guide.records.nerves
        label = each.label if isinstance(each, Finding) else spoken[each.id].label
        return {"id": each.id, "label": label, "words": said.text if said else ""}

    def do_answer(self, deed: Deed, _: Any) -> None:
        """Take an answer."""
        self.act(lambda: self.state.answer(text_of(deed, "id"), deed.get("value") is True))

    def do_place(self, deed: Deed, _: Any) -> None:
        """Take an area an answer is about, or take it back."""
        id, area = text_of(deed, "id"), text_of(deed, "area")
        named = [each for each in self.state.visit.where.get(id, ()) if each != area]
        self.act(lambda: self.state.name_areas(id, [*named, area] if deed.get("value") is True else named))

    def do_confirm(self, _: Deed, __: Any) -> None:
        """Record that all questions were asked."""
        # What still needs its places stays in sight, until it is closed by hand.
        self.is_open = bool(self.state.pending)
        self.focus = "" if self.is_open else "open"
        self.act(self.state.confirm_answers)

    def do_open(self, _: Deed, __: Any) -> None:
        """Open the questions, or close them."""
        self.is_open = not self.is_open
        self.glance(lambda: None)

    def do_agree(self, deed: Deed, _: Any) -> None:
        """Take the initials."""
        self.act(lambda: self.state.agree(text_of(deed)))

    def do_rule_out(self, deed: Deed, _: Any) -> None:
        """Take what was ruled out for one finding."""
        self.act(lambda: self.state.agree_on(text_of(deed, "name"), text_of(deed)))
