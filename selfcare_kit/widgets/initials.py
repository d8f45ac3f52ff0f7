"""What a clinician's initials stand for: each thing to look at, as far as it reached when they were given."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from selfcare_kit.complaint import Complaint
from selfcare_kit.model import sides_touched
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.findings import Finding


class Look(NamedTuple):
    """Something a clinician has to look at, and where: areas of an answer, or areas and sides of a complaint."""

    id: str
    action: str
    places: frozenset[tuple[str, str]]

    def covers(self, other: Look) -> bool:
        """Tell whether whoever looked at this has looked at all of another."""
        return (self.id, self.action) == (other.id, other.action) and self.places >= other.places


def look_at(each: Finding | Alert, complaint: Complaint | None) -> Look:
    """Return what there is to look at.

    Parameters
    ----------
    each : Finding or Alert
        What asks for it.
    complaint : Complaint or None
        Which knows the sides of an alert's areas.

    Returns
    -------
    Look
        As far as it reaches now.
    """
    if isinstance(each, Finding):
        return Look(each.id, each.action, frozenset((area, "") for area in each.blocked_areas))
    told = complaint.areas if complaint else ()
    places = ((one.area, side) for one in told if one.area in each.areas for side in sides_touched(one.side))
    return Look(each.id, each.action, frozenset(places))


def looks_at(items: Iterable[Finding | Alert], complaint: Complaint | None) -> frozenset[Look]:
    """Return all there is to look at.

    Parameters
    ----------
    items : iterable of Finding or Alert
        What asks for it.
    complaint : Complaint or None
        Which knows the sides.

    Returns
    -------
    frozenset of Look
        As far as each reaches now.
    """
    return frozenset(look_at(each, complaint) for each in items)
