"""What the clinician has put in during a visit: one frozen value from which all else follows.

A change is a function that takes a visit and returns another one, or a `ChangedVisit` where there is a message. A
change that is not allowed raises the library's error, and the visit stays as it was.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from selfcare_kit.course.visits import CourseVisit
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
# Two places on Earth are never further apart; a clock that is, is wrong.
MAX_DAYS_APART = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Visit:
    """Everything the clinician has put in."""

    # The steps as the clinician set them, before the safety answers remove or change any.
    draft: Routine

    # Safety answers ticked, the areas named for each, the questions recorded as asked with how, and the day they were.
    yes: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)
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

    # What it feels like, by area.
    symptoms: Mapping[str, Symptoms] = field(default_factory=dict)

    # The routine of the last visit as it was opened, to show what has changed since, and the visits before that.
    last_routine: Routine | None = None
    earlier: tuple[CourseVisit, ...] = ()

    # The day by the browser's clock; None before a browser has said it.
    browser_day: datetime.date | None = None

    @property
    def today(self) -> datetime.date:
        """The day that counts: the browser's, as the kernel may run in another time zone, unless its clock is wrong."""
        here = datetime.date.today()
        day = self.browser_day
        return day if day is not None and abs(day - here) <= MAX_DAYS_APART else here

    @property
    def routine_before(self) -> Routine | None:
        """The last routine if it is of an earlier day; None at a first visit."""
        last = self.last_routine
        return last if last is not None and last.date < self.today else None

    @property
    def guide(self) -> Guide:
        """The guide whose questions, areas and points these are."""
        return self.draft.guide

    def side_of(self, area: str) -> str:
        """Return the side of an area; empty while none is chosen and the area comes in pairs."""
        unchosen = "" if self.guide.records.areas[area].paired else "midline"
        return self.own_sides.get(area, self.shared_side) or unchosen

    def symptoms_of(self, area: str) -> Symptoms:
        """Return what an area feels like."""
        return self.symptoms.get(area, NO_SYMPTOMS)

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


class ChangedVisit(NamedTuple):
    """A visit after a change, and the message about it; empty for none."""

    visit: Visit
    message: str = ""
