"""Section 2: where it hurts and what it feels like, for all areas or for one of them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any, NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.rows import Area
from selfcare_kit.planner.pane import Deed
from selfcare_kit.planner.section import Act, Section, number_of, text_of
from selfcare_kit.planner.visit.state import PlannerState
from selfcare_kit.planner.visit.visit import Feeling

SIDES = (("left", "Left"), ("right", "Right"), ("both", "Both"))
MIDLINE = ("midline", "Midline")
_WORD = re.compile(r"\w+")
PAINS = (("", "not asked"), *((level, str(level)) for level in range(11)))


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

    def __init__(self, state: PlannerState, act: Act, **traits: Any) -> None:
        super().__init__(state, act, **traits)
        self._groups = _groups(state.guide)

    def values(self) -> dict[str, Any]:
        """Return the areas in groups, the shared description, and a line for each area chosen."""
        visit = self.state.visit
        return {
            "groups": self._groups,
            "chosen": visit.areas,
            "sides": SIDES if visit.side != "midline" else (*SIDES, MIDLINE),
            "side": visit.side,
            "sensations": tuple(self.state.guide.records.sensations.values()),
            "pains": PAINS,
            "shared": visit.feeling,
            "lines": [self._line(area) for area in visit.areas],
        }

    def _line(self, area: str) -> Line:
        visit, guide = self.state.visit, self.state.guide
        row = guide.records.areas[area]
        feeling = visit.feeling_of(area)
        side = visit.side_of(area)
        sides = SIDES if row.paired and side != "midline" else (*SIDES, MIDLINE)
        return Line(area, row.label, side, sides, feeling, area in visit.feelings, _told(feeling, guide))

    def do_area(self, deed: Deed, _: Any) -> None:
        """Choose an area, or take it back."""
        self.act(lambda: self.state.choose_area(text_of(deed, "id"), deed.get("value") is True))

    def do_leave(self, deed: Deed, _: Any) -> None:
        """Take an area back."""
        self.focus = "search"
        self.act(lambda: self.state.choose_area(text_of(deed, "area"), False))

    def do_side(self, deed: Deed, _: Any) -> None:
        """Choose a side."""
        self.act(lambda: self.state.choose_side(text_of(deed), text_of(deed, "area")))

    def do_feel(self, deed: Deed, _: Any) -> None:
        """Take what is felt, or not."""
        self.act(lambda: self.state.feel(text_of(deed, "id"), deed.get("value") is True, text_of(deed, "area")))

    def do_rate(self, deed: Deed, _: Any) -> None:
        """Take how strong the pain is."""
        self.act(lambda: self.state.rate(number_of(deed, "pain") if text_of(deed) else None, text_of(deed, "area")))

    def do_differ(self, deed: Deed, _: Any) -> None:
        """Let an area feel different, or like the others."""
        area = text_of(deed, "area")
        self.act(lambda: self.state.let_differ(area, area not in self.state.visit.feelings))


def _groups(guide: Guide) -> list[tuple[str, list[tuple[Area, str]]]]:
    areas = guide.records.areas.values()
    named = {area.id: f"{area.label} {area.client} {';'.join(area.synonyms)}".lower() for area in areas}
    taken = set(_WORD.findall(" ".join(named.values())))
    rows = [(area, " ".join((named[area.id], *_nerve_words(area.id, taken, guide)))) for area in areas]
    return [(group, list(each)) for group, each in groupby(rows, key=lambda pair: pair[0].group)]


def _nerve_words(area: str, taken: set[str], guide: Guide) -> list[str]:
    """Return what is thought of when an area is numb, such as sciatica or L5, without the words that name areas."""
    nerves = (each for each in guide.records.nerves.values() if area in each.areas)
    words = _WORD.findall(" ".join(f"{each.label} {each.think_of}" for each in nerves).lower())
    return [word for word in dict.fromkeys(words) if word not in taken]


def _told(feeling: Feeling, guide: Guide) -> str:
    felt = [guide.records.sensations[id].label.lower() for id in feeling.sensations]
    pain = [] if feeling.pain is None else [f"pain {feeling.pain} of 10"]
    return ", ".join((*felt, *pain))
