"""The points: what has to be ruled out first, then the suggested points, each with its reasons on request."""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.model.actions import severest
from selfcare_kit.plan.suggest.suggestion import Suggestion
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.sections.section import Section, text_of
from selfcare_kit.planner.visit import steps
from selfcare_kit.planner.visit.derive import Derived, questions_by_id
from selfcare_kit.planner.visit.offers import BEST, Offer
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import (
    ACTION_WORDS,
    GRADE_WORDS,
    NO_AREA_YET,
    NO_SIDE_YET,
    SIDE_LETTERS,
    STATUS_WORDS,
    capitalised,
    count_of,
    in_words,
    name_and_place,
    name_of_concern,
)

ALSO, NOT_TODAY = "Also possible", "Not today"


class Alarm(NamedTuple):
    """A finding or an alert shown before any point: what to do, why, and which questions to ask again."""

    key: str
    action: str
    text: str
    asks: str


class SuggestionsSection(Section):
    """The alarms, a button for the best points, and a line for each point."""

    template = "suggestions.html"

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session, **traits)
        # The key of the offer whose reasons are shown.
        self._opened = ""

    def values(self) -> dict[str, Any]:
        """Return the alarms and the points for the complaint."""
        session, now = self.session, self.session.now
        alarms = self._alarms()
        is_open = session.stage == "points"
        lines = [self._line(offer) for offer in session.offers] if is_open else []
        return {
            "alarms": alarms,
            "alarm_words": _alarm_words(now),
            "worst": severest(alarm.action for alarm in alarms),
            "action_words": ACTION_WORDS,
            "announced": _announced(alarms),
            "hint": self._hint() if is_open else "",
            "summary": self._summary(),
            "in_routine": bool(now.steps),
            "is_open": is_open,
            "lines": lines,
            "groups": _groups(lines),
            "highlighted": session.highlighted,
            "best": [line["is_step"] for line in lines[:BEST] if line["is_offered"]],
            "more": self._more(),
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

    def _summary(self) -> str:
        now = self.session.now
        if now.suggestions is None:
            return "" if self.session.stage == "points" else self._hint()
        steps = f", {len(now.steps)} in the routine" if now.steps else ""
        return f"{len(now.suggestions)} can explain it{steps}"

    def _hint(self) -> str:
        now = self.session.now
        if now.suggestions is not None:
            return now.suggestions.message
        return NO_SIDE_YET if now.visit.areas else NO_AREA_YET

    def _more(self) -> str:
        if self.session.shows_all:
            return "Show fewer"
        hidden = len(self.session.now.suggestions or ()) - len(self.session.offers)
        return f"Show {hidden} more, with what is not allowed today" if hidden > 0 else ""

    def _line(self, offer: Offer) -> dict[str, Any]:
        suggestion = offer.suggestion
        name, place = name_and_place(suggestion.label)
        tool = self.session.guide.records.tools.get(suggestion.tool)
        # What explains none of the areas comes from a path of the guide, which its reason says.
        path = "" if suggestion.explains or not suggestion.reasons else suggestion.reasons[-1].rstrip(".")
        facts = (path, tool.label.lower() if tool else "", ", ".join(suggestion.acupoints))
        is_open = offer.key == self._opened
        return {
            "key": offer.key,
            "symbol": offer.symbol,
            "point": suggestion.point,
            "label": suggestion.label,
            "name": name,
            "place": place,
            "side": suggestion.side,
            "side_letters": SIDE_LETTERS[suggestion.side],
            "explains": [_explained(each.grade, each.label) for each in suggestion.explains],
            "facts": " · ".join(filter(None, facts)),
            "status_words": STATUS_WORDS[suggestion.status],
            "is_offered": suggestion.is_offered,
            "is_step": offer.is_step,
            "is_open": is_open,
            "alternative": f"Add: {_short(suggestion.alternative.label)}" if suggestion.alternative else "",
            # A point that is not offered shows why instead of its reasons.
            "reasons": self._reasons(offer, suggestion),
            "near": ", ".join(suggestion.acupoints) if suggestion.is_offered else "",
            "evidence": _evidence(suggestion) if is_open else [],
            "cautions": [str(caution) for caution in suggestion.cautions] if suggestion.is_offered else [],
        }

    def _reasons(self, offer: Offer, suggestion: Suggestion) -> str:
        if suggestion.is_offered:
            return " ".join(suggestion.reasons)
        objection = offer.suggestions.offering.verdict(offer.point).objection
        return f"{capitalised(in_words(objection.phrase, self.session.guide))}." if objection else ""

    def do_open(self, event: Event) -> None:
        """Open the points, or close them in favour of the safety questions."""
        self.session.stage = "safety" if text_of(event) == "close" else "points"

    def do_best(self, _: Event) -> str:
        """Add the best points."""
        return self.session.do(steps.add_best)

    def do_add(self, event: Event) -> str:
        """Add a point."""
        return self.session.do(steps.add, text_of(event, "id"))

    def do_add_other(self, event: Event) -> str:
        """Add a point with the tool that is allowed there when its own are not."""
        return self.session.do(steps.add_with_other_tool, text_of(event, "id"))

    def do_more(self, _: Event) -> None:
        """Show all points, or the first few."""
        self.session.show_all(not self.session.shows_all)

    def do_look(self, event: Event) -> None:
        """Show on the figure where a point's pain is felt."""
        self.session.highlight(text_of(event, "id"))

    def do_why(self, event: Event) -> None:
        """Show the reasons and the sources of a point, or close them."""
        key = text_of(event, "id")
        self._opened = "" if key == self._opened else key
        self.session.highlight(key)


def _groups(lines: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the lines as the best, those also possible, and those that are not allowed today."""
    offered = [line for line in lines if line["is_offered"]]
    groups = (
        ("", offered[:BEST]),
        (ALSO, offered[BEST:]),
        (NOT_TODAY, [line for line in lines if not line["is_offered"]]),
    )
    return [(title, members) for title, members in groups if members]


def _explained(grade: str, label: str) -> tuple[str, str, bool]:
    """Return an area that a point explains: how its dot looks, its label, and whether the sources are unsure."""
    return ("spread" if grade == "spread" else "main", label.lower(), grade == "uncertain")


def _short(label: str) -> str:
    """Return the label of a tool as a button has room for it: its last word."""
    return label.split()[-1].lower()


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


def _alarm_words(now: Derived) -> str:
    """Return what has to be known before any point, in a line: of patterns of nerves the first is named."""
    guide = now.visit.guide
    nerves = [alert for alert in now.alerts if alert.id in guide.records.nerves]
    others = [each for each in (*now.findings, *now.alerts) if each not in nerves and each.action != "caution"]
    others += [alert for alert in now.alerts if alert not in nerves and alert.action == "caution"]
    names = dict.fromkeys(name_of_concern(each, guide).lower() for each in others)
    patterns = [guide.records.nerves[each.id].label.lower() for each in nerves]
    more = f" and {count_of(len(patterns) - 1, 'more pattern')}" if len(patterns) > 1 else ""
    return "; ".join((*names, *(f"{name}{more}" for name in patterns[:1])))


def _announced(alarms: list[Alarm]) -> str:
    """Return what a screen reader announces: what to do, and the id that asks for it."""
    return " ".join(f"{ACTION_WORDS[alarm.action]}: {alarm.key}." for alarm in alarms)
