"""What the clinician has put in during a visit: one frozen value that all else follows from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from selfcare_kit.complaint import AreaComplaint
from selfcare_kit.routine import Routine
from selfcare_kit.screening import Screening


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
        Initials of the clinician who looked at a finding.
    areas : tuple of str
        Areas ticked.
    side : {"", "left", "right", "both", "midline"}
        For areas without words of their own; empty until it is chosen, since a side that
        nobody chose is a wrong side half of the time.
    sensations : tuple of str
        For areas without words of their own.
    pain : int, optional
        For areas without words of their own.
    own : mapping of str to AreaComplaint
        Areas with words of their own.
    """

    draft: Routine
    yes: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked_on: datetime.date | None = None
    agreed_by: str = ""
    areas: tuple[str, ...] = ()
    side: str = ""
    sensations: tuple[str, ...] = ()
    pain: int | None = None
    own: Mapping[str, AreaComplaint] = field(default_factory=dict)


def words_for(visit: Visit, area: str) -> AreaComplaint | None:
    """Return what an area of a visit feels like.

    Parameters
    ----------
    visit : Visit
        The visit.
    area : str
        Area id.

    Returns
    -------
    AreaComplaint or None
        The area's own words or the shared ones; None while no side is chosen.
    """
    if area in visit.own:
        return visit.own[area]
    return AreaComplaint(area, visit.side, visit.sensations, visit.pain) if visit.side else None


def answers_of_today(screening: Screening | None) -> dict[str, Any]:
    """Return what of a screening still counts.

    Parameters
    ----------
    screening : Screening or None
        The safety answers of a routine.

    Returns
    -------
    dict
        Fields of a visit; empty when the answers are not of today.
    """
    if screening is None or screening.date != datetime.date.today():
        return {}
    return {
        "yes": screening.yes,
        "where": dict(screening.where),
        "asked_on": screening.date,
        "agreed_by": screening.agreed_by,
    }


def opened(routine: Routine) -> dict[str, Any]:
    """Return what of a saved routine goes into a visit: all but its safety answers.

    Parameters
    ----------
    routine : Routine
        As it was read.

    Returns
    -------
    dict
        Fields of a visit. The routine starts today.
    """
    draft = replace(routine, complaint=None, screening=None, date=datetime.date.today())
    areas = routine.complaint.areas if routine.complaint else ()
    if not areas:
        return {"draft": draft, "areas": (), "own": {}}
    shared = areas[0]
    return {
        "draft": draft,
        "areas": tuple(each.area for each in areas),
        "side": shared.side,
        "sensations": shared.sensations,
        "pain": shared.pain,
        "own": {each.area: each for each in areas if replace(each, area=shared.area) != shared},
    }
