"""Section 2: where it hurts and what it feels like, for all areas or for one of them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Area
from selfcare_kit.planner.pane import Event
from selfcare_kit.planner.section import Act, Section, number_of, text_of
from selfcare_kit.planner.visit import complaint
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.visit import Feeling
from selfcare_kit.planner.visit.words import MIDLINE, PAINS, SIDES

_WORD = re.compile(r"\w+")


class Line(NamedTuple):
    """An area that was chosen, and what is said of it."""

    area: str
    label: str
    side: str
    sides: tuple[tuple[str, str], ...]
    feeling: Feeling
    differs: bool
    told: str


class SymptomSection(Section):
    """A searchable list of areas, one description for all, and another for an area that differs."""

    template = "symptoms.html"

    def __init__(self, session: Session, act: Act, **traits: Any) -> None:
        super().__init__(session, act, **traits)
        self._groups = _groups(session.guide)
        self._example = _search_example(session.guide)

    def values(self) -> dict[str, Any]:
        """Return the areas in groups, the shared description, and a line for each area chosen."""
        visit = self.session.visit
        return {
            "groups": self._groups,
            "search_example": self._example,
            "chosen": visit.areas,
            "sides": SIDES if visit.side != "midline" else (*SIDES, MIDLINE),
            "side": visit.side,
            "sensations": tuple(self.session.guide.records.sensations.values()),
            "pains": PAINS,
            "shared": visit.feeling,
            "lines": [self._line(area) for area in visit.areas],
        }

    def _line(self, area: str) -> Line:
        visit, guide = self.session.visit, self.session.guide
        row = guide.records.areas[area]
        feeling = visit.feeling_of(area)
        side = visit.side_of(area)
        sides = SIDES if row.paired and side != "midline" else (*SIDES, MIDLINE)
        return Line(area, row.label, side, sides, feeling, area in visit.feelings, _told(feeling, guide))

    def do_area(self, event: Event, _: Any) -> None:
        """Choose an area, or take it back."""
        self.do(complaint.choose_area, text_of(event, "id"), event.get("value") is True)

    def do_leave(self, event: Event, _: Any) -> None:
        """Take an area back."""
        self.focus = "search"
        self.do(complaint.choose_area, text_of(event, "area"), False)

    def do_side(self, event: Event, _: Any) -> None:
        """Choose a side."""
        self.do(complaint.choose_side, text_of(event), text_of(event, "area"))

    def do_feel(self, event: Event, _: Any) -> None:
        """Take what is felt, or not."""
        self.do(complaint.feel, text_of(event, "id"), event.get("value") is True, text_of(event, "area"))

    def do_rate(self, event: Event, _: Any) -> None:
        """Take how strong the pain is."""
        area = text_of(event, "area")
        self.act(lambda: self.session.do(complaint.rate, number_of(event, "pain") if text_of(event) else None, area))

    def do_differ(self, event: Event, _: Any) -> None:
        """Let an area feel different, or like the others."""
        area = text_of(event, "area")
        self.do(complaint.let_differ, area, area not in self.session.visit.feelings)


def _groups(guide: Guide) -> list[tuple[str, list[tuple[Area, str]]]]:
    areas = guide.records.areas.values()
    named = {area.id: f"{area.label} {area.client} {';'.join(area.synonyms)}".lower() for area in areas}
    taken = set(_WORD.findall(" ".join(named.values())))
    rows = [(area, " ".join((named[area.id], *_nerve_words(area.id, taken, guide)))) for area in areas]
    return [(group, list(each)) for group, each in groupby(rows, key=lambda pair: pair[0].group)]


def _search_example(guide: Guide) -> str:
    """Return words of the guide's own that may be searched for: what an area is also called, and a nerve."""
    synonyms = (word for area in guide.records.areas.values() for word in area.synonyms)
    nerves = (nerve.think_of.split()[0] for nerve in guide.records.nerves.values() if nerve.think_of)
    words = (next(synonyms, ""), next(nerves, ""))
    return " or ".join(filter(None, words))


def _nerve_words(area: str, taken: set[str], guide: Guide) -> list[str]:
    """Return what is thought of when an area is numb, such as sciatica or L5, without the words that name areas."""
    nerves = (each for each in guide.records.nerves.values() if area in each.areas)
    words = _WORD.findall(" ".join(f"{each.label} {each.think_of}" for each in nerves).lower())
    return [word for word in dict.fromkeys(words) if word not in taken]


def _told(feeling: Feeling, guide: Guide) -> str:
    felt = [guide.records.sensations[id].label.lower() for id in feeling.sensations]
    pain = [] if feeling.pain is None else [f"pain {feeling.pain} of 10"]
    return ", ".join((*felt, *pain))
