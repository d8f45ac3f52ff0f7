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


class Concern(NamedTuple):
    """Something a clinician has to look at, and where: areas of an answer, or areas and sides of a complaint."""

    id: str
    action: str
    places: frozenset[tuple[str, str]]

    def covers(self, other: Concern) -> bool:
        """Tell whether whoever looked at this has looked at all of another."""
        return (self.id, self.action) == (other.id, other.action) and self.places >= other.places


class RuledOut(NamedTuple):
    """What was ruled out of one thing to look at, as it was typed, and how far that reached then."""

    text: str
    concern: Concern

    def signed(self, initials: str) -> str:
        """Return the words with the initials at their end, unless they stand in them."""
        is_there = not initials or initials in _WORD.findall(self.text)
        return self.text if is_there else f"{self.text.rstrip(' .;,')}; {initials}"


def still_ruled_out(ruled_out: Mapping[str, RuledOut], concerns: Iterable[Concern]) -> dict[str, RuledOut]:
    """Return what was ruled out of what is still a concern and has not grown since."""
    now = {each.id: each for each in concerns}
    return {id: each for id, each in ruled_out.items() if id in now and each.concern.covers(now[id])}


def concern_of(each: Finding | Alert, complaint: Complaint | None) -> Concern:
    """Return a finding or an alert as far as it reaches now; a complaint knows the sides of an alert's areas."""
    if isinstance(each, Finding):
        return Concern(each.id, each.action, frozenset((area, "") for area in each.blocked_areas))
    areas = complaint.areas if complaint else ()
    places = ((one.area, side) for one in areas if one.area in each.areas for side in sides_touched(one.side))
    return Concern(each.id, each.action, frozenset(places))


def concerns_of(items: Iterable[Finding | Alert], complaint: Complaint | None) -> frozenset[Concern]:
    """Return findings and alerts as far as each reaches now."""
    return frozenset(concern_of(each, complaint) for each in items)
