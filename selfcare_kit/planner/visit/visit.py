"""What the clinician has put in during a visit: one frozen value from which all else follows.

A change is a function that takes a visit and returns another one, or an `Outcome` where there is a message. A change
that is not allowed raises the library's error, and the visit stays as it was.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.complaint import AreaComplaint
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.planner.visit.initials import Concern, RuledOut
from selfcare_kit.routine import Routine


class Symptoms(NamedTuple):
    """Sensation ids, and pain from 0 to 10 or None when it was not asked."""

    sensations: tuple[str, ...] = ()
    pain: int | None = None


NO_SYMPTOMS = Symptoms()


@dataclass(frozen=True)
class Visit:
    """Everything the clinician has put in."""

    # The steps as the clinician set them, before the safety answers remove or change any.
    draft: Routine

    # Safety answers ticked, the areas named for each, and the day all questions were asked.
    yes: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked_on: datetime.date | None = None

    # Initials cover only the concerns that were open when they were given; words are kept by the id of their concern.
    agreed_by: str = ""
    agreed_concerns: frozenset[Concern] = frozenset()
    ruled_out: Mapping[str, RuledOut] = field(default_factory=dict)

    # Where it hurts. The shared side is empty until it is chosen, since a side that nobody chose is wrong half of the
    # time; one that came from a click on the figure is dropped with the last area.
    areas: tuple[str, ...] = ()
    shared_side: str = ""
    is_side_clicked: bool = False
    own_sides: Mapping[str, str] = field(default_factory=dict)

    # What it feels like: in all areas, and in those that were described separately.
    shared_symptoms: Symptoms = NO_SYMPTOMS
    own_symptoms: Mapping[str, Symptoms] = field(default_factory=dict)

    # The routine of the last visit as it was opened, to show what has changed since.
    last_routine: Routine | None = None

    @property
    def guide(self) -> Guide:
        """The guide whose questions, areas and points these are."""
        return self.draft.guide

    def side_of(self, area: str) -> str:
        """Return the side of an area; empty while none is chosen and the area comes in pairs."""
        unchosen = "" if self.guide.records.areas[area].paired else "midline"
        return self.own_sides.get(area, self.shared_side) or unchosen

    def symptoms_of(self, area: str) -> Symptoms:
        """Return the symptoms of an area, its own or the shared ones."""
        return self.own_symptoms.get(area, self.shared_symptoms)

    def complaint_of(self, area: str) -> AreaComplaint | None:
        """Return the complaint about an area, None while its side is not chosen."""
        side = self.side_of(area)
        return AreaComplaint(area, side, *self.symptoms_of(area)) if side else None

    @property
    def areas_without_side(self) -> tuple[str, ...]:
        """Areas chosen whose side is not chosen yet, so that no suggestion and no alert covers them."""
        return tuple(area for area in self.areas if not self.side_of(area))

    def touched_sides(self, area: str) -> tuple[str, ...]:
        """Return the sides of the body on which an area was chosen; empty where it was not."""
        side = self.side_of(area)
        return sides_touched(side) if side and area in self.areas else ()


class Outcome(NamedTuple):
    """A visit after a change, and the message about it; empty for none."""

    visit: Visit
    message: str = ""
