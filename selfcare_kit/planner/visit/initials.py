"""What a clinician's initials and words cover: each finding or alert, as far as it reached when they were given."""

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
    """A finding or an alert that a clinician has to look at, with its areas and sides (an answer has no sides)."""

    id: str
    action: str
    extent: frozenset[tuple[str, str]]

    def covers(self, other: Concern) -> bool:
        """Return whether a clinician who looked at this one has looked at all of another."""
        return (self.id, self.action) == (other.id, other.action) and self.extent >= other.extent


class RuledOut(NamedTuple):
    """What was ruled out for a concern, as it was typed, and the concern as it was then."""

    text: str
    concern: Concern

    def signed(self, initials: str) -> str:
        """Return the text with the initials at its end, unless it contains them."""
        is_signed = not initials or initials in _WORD.findall(self.text)
        return self.text if is_signed else f"{self.text.rstrip(' .;,')}; {initials}"


def still_ruled_out(ruled_out: Mapping[str, RuledOut], concerns: Iterable[Concern]) -> dict[str, RuledOut]:
    """Return what was ruled out for those concerns that are still open and have not grown since."""
    current = {concern.id: concern for concern in concerns}
    return {id: entry for id, entry in ruled_out.items() if id in current and entry.concern.covers(current[id])}


def concern_of(item: Finding | Alert, complaint: Complaint | None) -> Concern:
    """Return a finding or an alert as a concern; the sides of an alert's areas are those of the complaint."""
    if isinstance(item, Finding):
        return Concern(item.id, item.action, frozenset((area, "") for area in item.blocked_areas))
    areas = complaint.areas if complaint else ()
    extent = ((each.area, side) for each in areas if each.area in item.areas for side in sides_touched(each.side))
    return Concern(item.id, item.action, frozenset(extent))


def concerns_of(items: Iterable[Finding | Alert], complaint: Complaint | None) -> frozenset[Concern]:
    """Return findings and alerts as concerns."""
    return frozenset(concern_of(item, complaint) for item in items)
