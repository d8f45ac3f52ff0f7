"""Section 1: the safety questions, what an answer asks for, and where it applies."""

from __future__ import annotations

from typing import Any

from selfcare_kit.planner.pane import Event
from selfcare_kit.planner.section import Act, Section, text_of
from selfcare_kit.planner.visit import answers
from selfcare_kit.planner.visit.derive import question_rows
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import ACTION_WORDS
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.findings import Finding
from selfcare_kit.safety.questions import question_groups


class SafetySection(Section):
    """The questions in groups; closed to one line once they were asked."""

    template = "safety.html"

    def __init__(self, session: Session, act: Act, **traits: Any) -> None:
        super().__init__(session, act, **traits)
        self.is_open = not session.now.is_screened_today
        self._groups = question_groups(session.guide)
        self._areas = tuple(session.guide.records.areas.values())

    def values(self) -> dict[str, Any]:
        """Return the questions with their answers, and whether all were asked today."""
        now = self.session.now
        visit = now.visit
        is_done = now.is_screened_today
        last = visit.last.screening if visit.last else None
        return {
            "groups": self._groups,
            "areas": self._areas,
            "action_words": ACTION_WORDS,
            "yes": visit.yes,
            "where": visit.where,
            "pending": now.pending,
            "ticked": bool(visit.yes),
            "asked_on": visit.asked_on,
            "told": self._named(visit.yes) or "none of them applies",
            "findings": now.findings,
            "last_yes": last.yes if last else (),
            "last_told": self._named(last.yes) if last else "",
            "last_date": last.date.isoformat() if last else "",
            "is_done": is_done,
            "is_open": self.is_open or not is_done,
            "concerns": [self._concern(each) for each in now.to_look_at],
            "agreed_by": visit.agreed_by,
        }

    def _named(self, ids: tuple[str, ...]) -> str:
        rows = question_rows(self.session.visit)
        return "; ".join(f"{id} {rows[id].label}" for id in ids if id in rows)

    def _concern(self, each: Finding | Alert) -> dict[str, str]:
        """Return something to look at, with what was ruled out of it."""
        guide, ruled_out = self.session.guide, self.session.visit.agreed.get(each.id)
        spoken = guide.records.sensations if each.id in guide.records.sensations else guide.records.nerves
        label = each.label if isinstance(each, Finding) else spoken[each.id].label
        return {"id": each.id, "label": label, "words": ruled_out.text if ruled_out else ""}

    def do_answer(self, event: Event, _: Any) -> None:
        """Take an answer."""
        self.do(answers.answer, text_of(event, "id"), event.get("value") is True)

    def do_place(self, event: Event, _: Any) -> None:
        """Take an area an answer is about, or take it back."""
        id, area = text_of(event, "id"), text_of(event, "area")
        named = [each for each in self.session.visit.where.get(id, ()) if each != area]
        self.do(answers.name_areas, id, [*named, area] if event.get("value") is True else named)

    def do_confirm(self, _: Event, __: Any) -> None:
        """Record that all questions were asked."""
        # What still needs its places stays in sight, until it is closed by hand.
        self.is_open = bool(self.session.now.pending)
        self.focus = "" if self.is_open else "open"
        self.do(answers.confirm_answers)

    def do_open(self, _: Event, __: Any) -> None:
        """Open the questions, or close them."""
        self.is_open = not self.is_open
        self.view_only(lambda: None)

    def do_agree(self, event: Event, _: Any) -> None:
        """Take the initials."""
        self.do(answers.agree, text_of(event))

    def do_rule_out(self, event: Event, _: Any) -> None:
        """Take what was ruled out for one finding."""
        self.do(answers.agree_on, text_of(event, "name"), text_of(event))
