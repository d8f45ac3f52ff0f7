"""A client's visits in order, as plain values that today's rules do not judge: the past is kept as it was."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.outcome import Outcome
from selfcare_kit.model.step import Step

# An area with the client's own side of it: one series of pains.
AreaKey = tuple[str, str]


class Unread(NamedTuple):
    """A file that is not part of a course, and why: one sentence."""

    file: str
    reason: str


@dataclass(frozen=True)
class CourseVisit:
    """One visit: the routine that was given, what was felt, and what was found since the visit before.

    Parameters
    ----------
    date : datetime.date
        The day of the routine.
    steps : tuple of Step, default=()
        The routine's steps as they were written.
    complaint : Complaint
        Areas, each with side, sensations and pain.
    outcome : Outcome
        What was asked beside pain.
    title : str, default=""
        The routine's title.
    changes : tuple of str, default=()
        What of the routine was changed since the visit before, one sentence each; empty at the first visit.
    files : tuple of str, default=()
        Names of the files that hold it, in one or more kinds.
    """

    date: datetime.date
    steps: tuple[Step, ...] = ()
    complaint: Complaint = field(default_factory=Complaint)
    outcome: Outcome = field(default_factory=Outcome)
    title: str = ""
    changes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def pain(self) -> dict[AreaKey, int | None]:
        """Pain from 0 to 10 by area and side, in the order of the complaint; None where it was not asked."""
        return {(each.area, each.side): each.pain for each in self.complaint.areas}


@dataclass(frozen=True)
class Visits:
    """The visits of one client, without the ways out; `Course` describes the parameters."""

    code: str
    visits: tuple[CourseVisit, ...] = ()
    unread: tuple[Unread, ...] = ()
    guide: Guide = field(default_factory=load_guide, compare=False, repr=False)
    # Those of `unread` that are known to be of this client: another one's file must not be named on this one's page.
    contradicting: tuple[Unread, ...] = field(default=(), compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.visits)

    @property
    def areas(self) -> tuple[AreaKey, ...]:
        """Every area with its side that was ever asked about, in the order in which they came up."""
        return tuple(dict.fromkeys(key for visit in self.visits for key in visit.pain))

    @property
    def activities(self) -> tuple[str, ...]:
        """Labels of all activities, in the order in which they came up."""
        return tuple(dict.fromkeys(each.label for visit in self.visits for each in visit.outcome.activities))

    @property
    def scores(self) -> tuple[str, ...]:
        """Labels of all scores, in the order in which they came up."""
        return tuple(dict.fromkeys(each.label for visit in self.visits for each in visit.outcome.scores))

    def pains(self, area: str, side: str) -> tuple[int | None, ...]:
        """Return the pain in an area, visit by visit.

        Parameters
        ----------
        area : str
            Area id.
        side : {"left", "right", "both", "midline"}
            The client's own side.

        Returns
        -------
        tuple of int or None
            One for each visit; None where it was not asked.
        """
        return tuple(visit.pain.get((area, side)) for visit in self.visits)

    def changes(self) -> tuple[tuple[datetime.date, tuple[str, ...]], ...]:
        """Return what of the routine was changed at each visit but the first.

        Returns
        -------
        tuple of (datetime.date, tuple of str)
            The day of the visit, and one sentence for each change; none where the routine stayed the same.
        """
        return tuple((visit.date, visit.changes) for visit in self.visits[1:])
