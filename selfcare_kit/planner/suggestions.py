"""Section 3: what has to be ruled out first, then the points offered, each with its reasons."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.guide.records import severest
from selfcare_kit.plan.suggest.suggestion import Suggestion
from selfcare_kit.planner.pane import Event
from selfcare_kit.planner.section import Section, text_of
from selfcare_kit.planner.visit import steps
from selfcare_kit.planner.visit.derive import question_rows
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
    """Something that comes before any point: what to do, why, and what to ask again."""

    key: str
    action: str
    text: str
    asks: str


class SuggestionSection(Section):
    """Alarms, ways to begin, and a row for each point."""

    template = "suggestions.html"

    def values(self) -> dict[str, Any]:
        """Return the alarms and the points for the complaint."""
        session, found = self.session, self.session.now.found
        alarms = self._alarms()
        return {
            "alarms": alarms,
            "worst": severest(alarm.action for alarm in alarms),
            "action_words": ACTION_WORDS,
            "announced": _announced(alarms),
            "hint": self._hint(),
            "rows": [self._row(offer) for offer in session.offers],
            "looked": session.looked_at,
            "count": len(found) if found else 0,
            "shown_at_first": SHOWN_AT_FIRST,
            "shows_all": session.shows_all,
        }

    def _alarms(self) -> list[Alarm]:
        """Return answers that send the client elsewhere, then what the sensations ask to be ruled out."""
        now = self.session.now
        rows = question_rows(now.visit)
        alarms = [
            Alarm(each.id, each.action, f"{each.label}: {each.message}", "")
            for each in now.findings
            if each.action != "caution"
        ]
        for alert in now.alerts:
            asks = "; ".join(f"{id} {rows[id].label}" for id in alert.asks if id in rows)
            alarms.append(Alarm(alert.id, alert.action, alert.text, asks))
        return alarms

    def _hint(self) -> str:
        now = self.session.now
        if now.found is not None:
            return now.found.message
        if not now.visit.areas:
            return NO_AREA_YET
        return NO_SIDE_YET

    def _row(self, offer: Offer) -> dict[str, Any]:
        each = offer.suggestion
        # A point that is not offered says why in the place of its reasons.
        cautions = [str(caution) for caution in each.cautions] if each.is_offered else []
        return {
            "key": offer.key,
            "sign": offer.sign,
            "point": each.point,
            "label": each.label,
            "side": each.side,
            "status_words": STATUS_WORDS[each.status],
            "is_offered": each.is_offered,
            "is_careful": each.status == "caution",
            "is_there": offer.is_step,
            "reasons": " ".join(each.reasons) if each.is_offered else self._objection(offer),
            "near": ", ".join(each.acupoints) if each.is_offered else "",
            "evidence": _evidence(each) if self.session.is_asked_about(offer.key) else [],
            "cautions": cautions,
            "count": f"{count_of(len(cautions), 'thing')} to mind",
        }

    def _objection(self, offer: Offer) -> str:
        """Return why a point is not offered."""
        objection = offer.found.offering.verdict(offer.point).objection
        return f"{capitalised(in_words(objection.phrase, self.session.guide))}." if objection else ""

    def do_best(self, _: Event, __: Any) -> None:
        """Add the best points."""
        self.do(steps.add_best)

    def do_template(self, _: Event, __: Any) -> None:
        """Begin with the guide's own sequence."""
        self.do(steps.start_from_template)

    def do_add(self, event: Event, _: Any) -> None:
        """Add a point."""
        self.do(steps.add, text_of(event, "id"))

    def do_more(self, _: Event, __: Any) -> None:
        """Show all points, or the first few."""
        self.view_only(lambda: self.session.show_all(not self.session.shows_all))

    def do_look(self, event: Event, _: Any) -> None:
        """Show where a point's pain is felt."""
        self.view_only(lambda: self.session.look_at(text_of(event, "id")))


def _evidence(suggestion: Suggestion) -> list[str]:
    """Return who says what of a point: a line for each area it explains, then how common it is."""
    lines = []
    for each in suggestion.explains:
        note = f" {each.note}" if each.note else ""
        lines.append(f"{each.label} ({GRADE_WORDS[each.grade]}): {'; '.join(each.sources)}.{note}")
    for each in suggestion.prevalence:
        lines.append(f"{str(each)[:1].upper()}{str(each)[1:]}: {'; '.join(each.sources)}. {each.note}".rstrip())
    return lines


def _announced(alarms: list[Alarm]) -> str:
    """Write what is read out when it changes: what to do, and why in a word."""
    return " ".join(f"{ACTION_WORDS[alarm.action]}: {alarm.key}." for alarm in alarms)
