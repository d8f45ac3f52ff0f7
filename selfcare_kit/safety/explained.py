"""What of a complaint a point can explain, and so the side on which it is worked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from operator import attrgetter
from typing import Any, NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.model.complaint import AreaComplaint, Complaint
from selfcare_kit.model.sides import BODY_SIDES, sides_touched
from selfcare_kit.model.step import Step

# So many points are named in a sentence; of more, one less and how many others.
MAX_NAMED = 5


class SideConflict(NamedTuple):
    """A step, or half of one, on a side on which nothing hurts that its point can explain."""

    point: str
    side: str
    hurts: tuple[str, ...]

    @property
    def key(self) -> str:
        """Point and side, as they are kept once a clinician has confirmed them."""
        return f"{self.point} {self.side}"

    def __str__(self) -> str:
        return told_conflicts((self,))


def explained_by(point: str, complaint: Complaint, guide: Guide) -> tuple[AreaComplaint, ...]:
    """Return the areas of a complaint that a point's referrals explain, or to which a path over it leads."""
    referred = guide.records.areas_referred.get(point, frozenset())
    led = _led_to(guide, complaint).get(point, frozenset())
    return tuple(each for each in complaint.areas if each.area in referred or each.area in led)


def points_explaining(areas: Collection[str], complaint: Complaint, guide: Guide) -> set[str]:
    """Return the points that explain one of some areas of a complaint."""
    referred = {point for point, own in guide.records.areas_referred.items() if not own.isdisjoint(areas)}
    led = {point for point, own in _led_to(guide, complaint).items() if not own.isdisjoint(areas)}
    return referred | led


def side_for(point: str, complaint: Complaint, guide: Guide) -> str:
    """Return the side on which a point is worked for a complaint: where what it explains hurts, or else anything."""
    explained = explained_by(point, complaint, guide) or complaint.areas
    # What lies on the midline says nothing about the side where another area does.
    sides = {side for each in explained if each.side != "midline" for side in sides_touched(each.side)}
    return sides.pop() if len(sides) == 1 else "both"


def side_in_no_doubt(point: str, complaint: Complaint | None, guide: Guide) -> str:
    """Return the side of what a point can explain, else of a complaint on one side; empty when neither says it."""
    if complaint is None:
        return ""
    if explained_by(point, complaint, guide):
        return side_for(point, complaint, guide)
    sides = {each.side for each in complaint.areas} - {"midline"}
    if len(sides) > 1:
        return ""
    return sides.pop() if sides else "both"


def side_conflicts(steps: Iterable[Step], complaint: Complaint | None, guide: Guide) -> tuple[SideConflict, ...]:
    """Return the steps that work a side on which nothing hurts; an area on the midline conflicts with nothing."""
    if complaint is None:
        return ()
    found = []
    for step in steps:
        explained = explained_by(step.point, complaint, guide) or complaint.areas
        hurts = {side for each in explained for side in sides_touched(each.side)}
        told = tuple(side for side in BODY_SIDES if side in hurts)
        found += [SideConflict(step.point, side, told) for side in sides_touched(step.side) if side not in hurts]
    return tuple(found)


def told_conflicts(conflicts: Iterable[SideConflict], name: Callable[[SideConflict], str] = attrgetter("point")) -> str:
    """Return in words which points are worked on which wrong side, without a full stop; `name` names a step."""
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for each in conflicts:
        groups.setdefault((each.side, each.hurts), []).append(name(each))
    return "; ".join(_told_group(side, hurts, names) for (side, hurts), names in groups.items())


def _told_group(side: str, hurts: tuple[str, ...], names: list[str]) -> str:
    if len(names) > MAX_NAMED:
        names = [*names[: MAX_NAMED - 1], f"{len(names) - MAX_NAMED + 1} others"]
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    are, they = ("are", "they") if len(names) > 1 else ("is", "it")
    return f"{listed} {are} worked on the {side} side, and what {they} can explain hurts on the {' and '.join(hurts)}"


def paths_of(complaint: Complaint, guide: Guide) -> list[dict[str, Any]]:
    """Return the guide's paths that lead to an area of the complaint that feels so."""
    paths = guide.settings.get("paths", ())
    return [path for path in paths if any(leads_along(path, each) for each in complaint.areas)]


def leads_along(path: dict[str, Any], area: AreaComplaint) -> bool:
    """Return whether a path leads to an area that feels so."""
    return area.area in path["areas"] and not set(path["sensations"]).isdisjoint(area.sensations)


def points_on(path: dict[str, Any]) -> tuple[str, ...]:
    """Return the points of a path, in its order."""
    return (*path.get("first", ()), *path.get("then", ()))


# Nearly always the same complaint is asked about again, for the next point.
@kept_by_guide(at_most=1)
def _led_to(guide: Guide, complaint: Complaint) -> dict[str, frozenset[str]]:
    """Return the areas of a complaint to which paths lead, by the points on them."""
    led: dict[str, set[str]] = {}
    for path in paths_of(complaint, guide):
        areas = {each.area for each in complaint.areas if leads_along(path, each)}
        for point in points_on(path):
            led.setdefault(point, set()).update(areas)
    return {point: frozenset(areas) for point, areas in led.items()}
