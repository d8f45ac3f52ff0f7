"""Section 3: what has to be ruled out first, then the suggested points, each with its reasons."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.model.actions import severest
from selfcare_kit.plan.suggest.suggestion import Suggestion
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.section import Section, text_of
from selfcare_kit.planner.visit import steps
from selfcare_kit.planner.visit.derive import questions_by_id
from selfcare_kit.planner.visit.offers import SHOWN_AT_FIRST, Offer
from selfcare_kit.planner.visit.words import (
    ACTION_WORDS,
    GRADE_WORDS,
    NO_AREA_YET,
    NO_SIDE_YET,
    STATUS_WORDS,
    capitalised,
    count_of,
    in_words,
)


class Alarm(NamedTuple):
    """A finding or an alert shown before any point: what to do, why, and which questions to ask again."""

    key: str
    action: str
    text: str
    asks: str


class SuggestionsSection(Section):
    """The alarms, buttons to begin with, and a line for each point."""

    template = "suggestions.html"

    def values(self) -> dict[str, Any]:
        """Return the alarms and the points for the complaint."""
        session, suggestions = self.session, self.session.now.suggestions
        alarms = self._alarms()
        return {
            "alarms": alarms,
            "worst": severest(alarm.action for alarm in alarms),
            "action_words": ACTION_WORDS,
            "announced": _announced(alarms),
            "hint": self._hint(),
            "lines": [self._line(offer) for offer in session.offers],
            "highlighted": session.highlighted,
            "count": len(suggestions) if suggestions else 0,
            "shown_at_first": SHOWN_AT_FIRST,
            "shows_all": session.shows_all,
        }

    def _alarms(self) -> list[Alarm]:
        """Return the findings that a clinician has to know, then what the sensations ask to be ruled out."""
        now = self.session.now
        questions = questions_by_id(now.visit)
        alarms = [
            Alarm(finding.id, finding.action, f"{finding.label}: {finding.message}", "")
            for finding in now.findings
            if finding.action != "caution"
        ]
        for alert in now.alerts:
            asks = "; ".join(f"{id} {questions[id].label}" for id in alert.asks if id in questions)
            alarms.append(Alarm(alert.id, alert.action, alert.text, asks))
        return alarms

    def _hint(self) -> str:
        now = self.session.now
        if now.suggestions is not None:
            return now.suggestions.message
        if not now.visit.areas:
            return NO_AREA_YET
        return NO_SIDE_YET

    def _line(self, offer: Offer) -> dict[str, Any]:
        suggestion = offer.suggestion
        # A point that is not offered shows why instead of its reasons.
        cautions = [str(caution) for caution in suggestion.cautions] if suggestion.is_offered else []
        return {
            "key": offer.key,
            "symbol": offer.symbol,
            "point": suggestion.point,
            "label": suggestion.label,
            "side": suggestion.side,
            "status_words": STATUS_WORDS[suggestion.status],
            "is_offered": suggestion.is_offered,
            "is_careful": suggestion.status == "caution",
            "is_step": offer.is_step,
            "reasons": " ".join(suggestion.reasons) if suggestion.is_offered else self._objection(offer),
            "near": ", ".join(suggestion.acupoints) if suggestion.is_offered else "",
            "evidence": _evidence(suggestion) if self.session.shows_evidence_of(offer.key) else [],
            "cautions": cautions,
            "count": f"{count_of(len(cautions), 'thing')} to mind",
        }

    def _objection(self, offer: Offer) -> str:
        """Return why a point is not offered."""
        objection = offer.suggestions.offering.verdict(offer.point).objection
        return f"{capitalised(in_words(objection.phrase, self.session.guide))}." if objection else ""

    def do_best(self, _: Event) -> str:
        """Add the best points."""
        return self.session.do(steps.add_best)

    def do_template(self, _: Event) -> str:
        """Begin with the guide's own sequence."""
        return self.session.do(steps.start_from_template)

    def do_add(self, event: Event) -> str:
        """Add a point."""
        return self.session.do(steps.add, text_of(event, "id"))

    def do_more(self, _: Event) -> None:
        """Show all points, or the first few."""
        self.session.show_all(not self.session.shows_all)

    def do_look(self, event: Event) -> None:
        """Show on the figure where a point's pain is felt."""
        self.session.highlight(text_of(event, "id"))


def _evidence(suggestion: Suggestion) -> list[str]:
    """Return the sources on a point: a line for each area it explains, then how common it is."""
    lines = []
    for area in suggestion.explains:
        note = f" {area.note}" if area.note else ""
        lines.append(f"{area.label} ({GRADE_WORDS[area.grade]}): {'; '.join(area.sources)}.{note}")
    for finding in suggestion.prevalence:
        text = str(finding)
        lines.append(f"{text[:1].upper()}{text[1:]}: {'; '.join(finding.sources)}. {finding.note}".rstrip())
    return lines


def _announced(alarms: list[Alarm]) -> str:
    """Return what a screen reader announces: what to do, and the id that asks for it."""
    return " ".join(f"{ACTION_WORDS[alarm.action]}: {alarm.key}." for alarm in alarms)
