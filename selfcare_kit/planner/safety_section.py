"""Section 1: the safety questions with their answers, and what a clinician who looked ruled out."""

from __future__ import annotations

from typing import Any

from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.section import Section, text_of
from selfcare_kit.planner.visit import answers
from selfcare_kit.planner.visit.derive import questions_by_id
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import ACTION_WORDS
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.findings import Finding
from selfcare_kit.safety.questions import question_groups


class SafetySection(Section):
    """The questions in groups; they close to one line once all were asked."""

    template = "safety.html"

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session, **traits)
        self.is_open = not session.now.is_screened_today
        self._groups = question_groups(session.guide)
        self._areas = tuple(session.guide.records.areas.values())

    def values(self) -> dict[str, Any]:
        """Return the questions, their answers, what follows from them, and whether all were asked today."""
        now = self.session.now
        visit = now.visit
        is_done = now.is_screened_today
        last = visit.last_routine.screening if visit.last_routine else None
        return {
            "groups": self._groups,
            "areas": self._areas,
            "action_words": ACTION_WORDS,
            "yes": visit.yes,
            "where": visit.where,
            "pending": now.pending,
            "ticked": bool(visit.yes),
            "asked_on": visit.asked_on,
            "applies": self._labels(visit.yes) or "none of them applies",
            "findings": now.findings,
            "last_yes": last.yes if last else (),
            "last_applied": self._labels(last.yes) if last else "",
            "last_date": last.date.isoformat() if last else "",
            "is_done": is_done,
            "is_open": self.is_open or not is_done,
            "concerns": [self._concern(item) for item in now.to_clear],
            "agreed_by": visit.agreed_by,
        }

    def _labels(self, ids: tuple[str, ...]) -> str:
        questions = questions_by_id(self.session.visit)
        return "; ".join(f"{id} {questions[id].label}" for id in ids if id in questions)

    def _concern(self, item: Finding | Alert) -> dict[str, str]:
        """Return a finding or an alert to look at, with what was ruled out for it."""
        records, ruled_out = self.session.guide.records, self.session.visit.ruled_out.get(item.id)
        if isinstance(item, Finding):
            label = item.label
        else:
            label = (records.sensations if item.id in records.sensations else records.nerves)[item.id].label
        return {"id": item.id, "label": label, "text": ruled_out.text if ruled_out else ""}

    def do_answer(self, event: Event) -> str:
        """Set an answer to yes or no."""
        return self.session.do(answers.answer, text_of(event, "id"), event.get("value") is True)

    def do_place(self, event: Event) -> str:
        """Add an area to those an answer is about, or remove it."""
        id, area = text_of(event, "id"), text_of(event, "area")
        others = [each for each in self.session.visit.where.get(id, ()) if each != area]
        return self.session.do(answers.name_areas, id, [*others, area] if event.get("value") is True else others)

    def do_confirm(self, _: Event) -> str:
        """Record that all questions were asked."""
        # An answer whose areas still have to be named stays in sight.
        self.is_open = bool(self.session.now.pending)
        self.focus = "" if self.is_open else "open"
        return self.session.do(answers.confirm_answers)

    def do_open(self, _: Event) -> None:
        """Open the questions, or close them."""
        self.is_open = not self.is_open

    def do_agree(self, event: Event) -> str:
        """Set the initials of the clinician who looked."""
        return self.session.do(answers.set_initials, text_of(event))

    def do_rule_out(self, event: Event) -> str:
        """Set what was ruled out for one finding or alert."""
        return self.session.do(answers.rule_out, text_of(event, "name"), text_of(event))
