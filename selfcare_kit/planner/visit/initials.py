"""What a clinician's initials and words stand for: each thing to look at, as far as it reached when they were given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.findings import Finding

_WORD = re.compile(r"\w+")


class Look(NamedTuple):
    """Something a clinician has to look at, and where: areas of an answer, or areas and sides of a complaint."""

    id: str
    action: str
    places: frozenset[tuple[str, str]]

    def covers(self, other: Look) -> bool:
        """Tell whether whoever looked at this has looked at all of another."""
        return (self.id, self.action) == (other.id, other.action) and self.places >= other.places


class Said(NamedTuple):
    """What was ruled out of one thing to look at, as it was typed, and how far that reached then."""

    text: str
    look: Look

    def signed(self, initials: str) -> str:
        """Return the words with the initials at their end, unless they stand in them."""
        is_there = not initials or initials in _WORD.findall(self.text)
        return self.text if is_there else f"{self.text.rstrip(' .;,')}; {initials}"


def still_said(said: Mapping[str, Said], looks: Iterable[Look]) -> dict[str, Said]:
    """Return the words for what is there to be looked at and has not grown since."""
    now = {look.id: look for look in looks}
    return {id: each for id, each in said.items() if id in now and each.look.covers(now[id])}


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
