"""Section 2: where it hurts and what it feels like, for all areas together or for one separately."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Area
from selfcare_kit.planner.channel import Event
from selfcare_kit.planner.section import Section, number_of, text_of
from selfcare_kit.planner.visit import complaint
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.visit import Symptoms
from selfcare_kit.planner.visit.words import MIDLINE_CHOICE, PAIN_CHOICES, SIDE_CHOICES

_WORD = re.compile(r"\w+")


class AreaLine(NamedTuple):
    """An area that was chosen, with its side and symptoms."""

    area: str
    label: str
    side: str
    sides: tuple[tuple[str, str], ...]
    symptoms: Symptoms
    is_separate: bool
    summary: str


class SymptomsSection(Section):
    """A searchable list of areas, their shared symptoms, and a line for each area chosen."""

    template = "symptoms.html"

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session, **traits)
        self._groups = _groups(session.guide)
        self._example = _search_example(session.guide)

    def values(self) -> dict[str, Any]:
        """Return the areas in groups, the shared symptoms, and a line for each area chosen."""
        visit = self.session.visit
        return {
            "groups": self._groups,
            "search_example": self._example,
            "chosen": visit.areas,
            "sides": SIDE_CHOICES if visit.shared_side != "midline" else (*SIDE_CHOICES, MIDLINE_CHOICE),
            "side": visit.shared_side,
            "sensations": tuple(self.session.guide.records.sensations.values()),
            "pains": PAIN_CHOICES,
            "shared": visit.shared_symptoms,
            "lines": [self._line(area) for area in visit.areas],
        }

    def _line(self, area: str) -> AreaLine:
        visit, guide = self.session.visit, self.session.guide
        record = guide.records.areas[area]
        symptoms = visit.symptoms_of(area)
        side = visit.side_of(area)
        sides = SIDE_CHOICES if record.paired and side != "midline" else (*SIDE_CHOICES, MIDLINE_CHOICE)
        is_separate = area in visit.own_symptoms
        return AreaLine(area, record.label, side, sides, symptoms, is_separate, _summary(symptoms, guide))

    def do_area(self, event: Event) -> str:
        """Choose an area, or remove it."""
        return self.session.do(complaint.choose_area, text_of(event, "id"), event.get("value") is True)

    def do_leave(self, event: Event) -> str:
        """Remove an area."""
        self.focus = "search"
        return self.session.do(complaint.choose_area, text_of(event, "area"), False)

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

    def do_differ(self, event: Event) -> str:
        """Describe an area separately, or like the others again."""
        area = text_of(event, "area")
        return self.session.do(complaint.describe_separately, area, area not in self.session.visit.own_symptoms)


def _groups(guide: Guide) -> list[tuple[str, list[tuple[Area, str]]]]:
    areas = guide.records.areas.values()
    names = {area.id: f"{area.label} {area.client} {';'.join(area.synonyms)}".lower() for area in areas}
    taken = set(_WORD.findall(" ".join(names.values())))
    searchable = [(area, " ".join((names[area.id], *_nerve_words(area.id, taken, guide)))) for area in areas]
    return [(group, list(pairs)) for group, pairs in groupby(searchable, key=lambda pair: pair[0].group)]


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


def _summary(symptoms: Symptoms, guide: Guide) -> str:
    sensations = [guide.records.sensations[id].label.lower() for id in symptoms.sensations]
    pain = [] if symptoms.pain is None else [f"pain {symptoms.pain} of 10"]
    return ", ".join((*sensations, *pain))
