"""Where it hurts and what each area feels like."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.records import Area
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.sections.section import Section, number_of, text_of
from selfcare_kit.planner.visit import complaint
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.visit import Symptoms, Visit
from selfcare_kit.planner.visit.words import MIDLINE_CHOICE, PAIN_CHOICES, SIDE_CHOICES

_WORD = re.compile(r"\w+")


class AreaLine(NamedTuple):
    """An area that was chosen, with its side and symptoms."""

    area: str
    label: str
    side: str
    sides: tuple[tuple[str, str], ...]
    symptoms: Symptoms
    is_open: bool
    summary: str
    last_pain: str


class WhereBar(Section):
    """The head of the first column, which shows the body, the list of areas or the page."""

    template = "where.html"

    def values(self) -> dict[str, Any]:
        """Return nothing: the choice is the page's own."""
        return {}


class SymptomsSection(Section):
    """A searchable list of areas, and a line for each area chosen; the one in hand shows what it feels like."""

    template = "symptoms.html"

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session, **traits)
        self._groups = _groups(session.guide)
        self._example = _search_example(session.guide)

    def values(self) -> dict[str, Any]:
        """Return the areas in groups, and a line for each area chosen."""
        visit = self.session.visit
        return {
            "groups": self._groups,
            "search_example": self._example,
            "chosen": visit.areas,
            "sides": SIDE_CHOICES,
            "side": visit.shared_side,
            "sensations": tuple(self.session.guide.records.sensations.values()),
            "pains": PAIN_CHOICES,
            # The area chosen last comes first, as it is the one to describe.
            "lines": [self._line(area) for area in reversed(visit.areas)],
        }

    def _line(self, area: str) -> AreaLine:
        visit, guide = self.session.visit, self.session.guide
        record = guide.records.areas[area]
        symptoms = visit.symptoms_of(area)
        side = visit.side_of(area)
        sides = SIDE_CHOICES if record.paired and side != "midline" else (*SIDE_CHOICES, MIDLINE_CHOICE)
        is_open = area == self.session.area_in_hand
        summary = _summary(side, symptoms, guide)
        return AreaLine(area, record.label, side, sides, symptoms, is_open, summary, _last_pain(visit, area))

    def do_area(self, event: Event) -> str:
        """Choose an area, or remove it."""
        area = text_of(event, "id")
        message = self.session.do(complaint.choose_area, area, event.get("value") is True)
        self.session.take_in_hand(area)
        return message

    def do_leave(self, event: Event) -> str:
        """Remove an area."""
        self.focus = "heading"
        return self.session.do(complaint.choose_area, text_of(event, "area"), False)

    def do_look(self, event: Event) -> None:
        """Show what an area feels like, or close it."""
        area = text_of(event, "area")
        self.session.take_in_hand("" if area == self.session.area_in_hand else area)

    def do_side(self, event: Event) -> str:
        """Choose the side of an area, or the shared side."""
        return self.session.do(complaint.choose_side, text_of(event), text_of(event, "area"))

    def do_feel(self, event: Event) -> str:
        """Add or remove a sensation."""
        is_present = event.get("value") is True
        return self.session.do(complaint.set_sensation, text_of(event, "id"), is_present, text_of(event, "area"))

    def do_rate(self, event: Event) -> str:
        """Set the pain."""
        pain = number_of(event, "pain") if text_of(event) else None
        return self.session.do(complaint.set_pain, pain, text_of(event, "area"))


@kept_by_guide(at_most=1)
def _groups(guide: Guide) -> tuple[tuple[str, tuple[tuple[Area, str], ...]], ...]:
    areas = guide.records.areas.values()
    names = {area.id: f"{area.label} {area.client} {';'.join(area.synonyms)}".lower() for area in areas}
    taken = set(_WORD.findall(" ".join(names.values())))
    searchable = [(area, " ".join((names[area.id], *_nerve_words(area.id, taken, guide)))) for area in areas]
    return tuple((group, tuple(pairs)) for group, pairs in groupby(searchable, key=lambda pair: pair[0].group))


def _search_example(guide: Guide) -> str:
    """Return an example for the search field from the guide: a synonym of an area, and a nerve problem."""
    synonyms = (word for area in guide.records.areas.values() for word in area.synonyms)
    nerves = (nerve.think_of.split()[0] for nerve in guide.records.nerves.values() if nerve.think_of)
    words = (next(synonyms, ""), next(nerves, ""))
    return " or ".join(filter(None, words))


def _nerve_words(area: str, taken: set[str], guide: Guide) -> list[str]:
    """Return the words by which the guide names nerves of an area, without words that name areas."""
    nerves = (nerve for nerve in guide.records.nerves.values() if area in nerve.areas)
    words = _WORD.findall(" ".join(f"{nerve.label} {nerve.think_of}" for nerve in nerves).lower())
    return [word for word in dict.fromkeys(words) if word not in taken]


def _last_pain(visit: Visit, area: str) -> str:
    """Return the pain of an area at the last visit, and the day; empty where none was opened or asked."""
    last = visit.last_routine
    areas = last.complaint.areas if last and last.complaint else ()
    pains = [each.pain for each in areas if each.area == area and each.pain is not None]
    return f"{pains[0]} on {last.date}" if last and pains else ""


def _summary(side: str, symptoms: Symptoms, guide: Guide) -> str:
    sensations = [guide.records.sensations[id].label.lower() for id in symptoms.sensations]
    pain = [] if symptoms.pain is None else [f"pain {symptoms.pain}"]
    return " · ".join(filter(None, (side, ", ".join((*sensations, *pain)))))
