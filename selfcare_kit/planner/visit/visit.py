"""What the clinician has put in during a visit: one frozen value that all else follows from.

What is done in the planner is a function that takes a visit and returns another one, or an `Outcome` where there is
something to say of it. What is refused raises the library's error, and the visit is as it was.
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


class Feeling(NamedTuple):
    """What an area feels like: sensation ids, and pain from 0 to 10 or None when it was not asked."""

    sensations: tuple[str, ...] = ()
    pain: int | None = None


NOTHING_FELT = Feeling()


@dataclass(frozen=True)
class Visit:
    """Everything the clinician has put in; all else follows from it.

    Parameters
    ----------
    draft : Routine
        The steps as the clinician wants them, before the safety answers take from them.
    yes : tuple of str
        Safety answers ticked.
    where : mapping of str to tuple of str
        Areas named for an answer.
    asked_on : datetime.date, optional
        The day all questions were asked; None while they are not.
    agreed_by : str
        Initials of the clinician who looked at every finding.
    agreed_on : frozenset of Concern
        What was there to be looked at when the initials were given; they stand for nothing else.
    agreed : mapping of str to RuledOut
        What was ruled out for a finding or an alert, by its id.
    areas : tuple of str
        Areas chosen.
    side : {"", "left", "right", "both", "midline"}
        For areas without a side of their own; empty until it is chosen, since a side that
        nobody chose is a wrong side half of the time. An area that does not come in pairs lies on
        the midline until then.
    is_side_clicked : bool
        Whether that side came from a click on the figure; then it goes with the last area.
    feeling : Feeling
        For areas that do not feel different.
    sides : mapping of str to str
        Areas with a side of their own.
    feelings : mapping of str to Feeling
        Areas that feel different.
    last : Routine, optional
        The routine of the last visit, as it was opened; to say what has changed since.
    """

    draft: Routine
    yes: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked_on: datetime.date | None = None
    agreed_by: str = ""
    agreed_on: frozenset[Concern] = frozenset()
    agreed: Mapping[str, RuledOut] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    side: str = ""
    is_side_clicked: bool = False
    feeling: Feeling = NOTHING_FELT
    sides: Mapping[str, str] = field(default_factory=dict)
    feelings: Mapping[str, Feeling] = field(default_factory=dict)
    last: Routine | None = None

    @property
    def guide(self) -> Guide:
        """The guide whose questions, areas and points these are."""
        return self.draft.guide

    def side_of(self, area: str) -> str:
        """Return the side of an area; empty while none is chosen, which only an area that comes in pairs needs."""
        return self.sides.get(area, self.side) or self._side_of_its_own(area)

    def _side_of_its_own(self, area: str) -> str:
        return "" if self.guide.records.areas[area].paired else "midline"

    def feeling_of(self, area: str) -> Feeling:
        """Return what an area feels like."""
        return self.feelings.get(area, self.feeling)

    def complaint_of(self, area: str) -> AreaComplaint | None:
        """Return what is said of an area, None while no side is chosen."""
        side = self.side_of(area)
        return AreaComplaint(area, side, *self.feeling_of(area)) if side else None

    @property
    def sideless(self) -> tuple[str, ...]:
        """Areas chosen of which nobody has said the side yet, so that nothing is known of them."""
        return tuple(area for area in self.areas if not self.side_of(area))

    def places_of(self, area: str) -> tuple[str, ...]:
        """Return the sides of the body on which an area was chosen; empty where it was not."""
        side = self.side_of(area)
        return sides_touched(side) if side and area in self.areas else ()


class Outcome(NamedTuple):
    """A visit after something was done, and what is to be said of it; plain text, empty for nothing."""

    visit: Visit
    sentence: str = ""
