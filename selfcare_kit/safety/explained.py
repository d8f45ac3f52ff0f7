"""The areas of a complaint that a point can explain, and the side on which the point is worked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from operator import attrgetter
from typing import Any, NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.model.complaint import AreaComplaint, Complaint
from selfcare_kit.model.sides import BODY_SIDES, sides_touched
from selfcare_kit.model.step import Step

# A sentence that would name more points than this ends with a count of the others.
MAX_NAMED = 5


class SideConflict(NamedTuple):
    """A step, or one side of a step, on a side where nothing hurts that its point can explain."""

    point: str
    side: str
    hurts: tuple[str, ...]

    @property
    def key(self) -> str:
        """Point and side, as stored when a clinician confirms them."""
        return f"{self.point} {self.side}"

    def __str__(self) -> str:
        return describe_conflicts((self,))


def explained_by(point: str, complaint: Complaint, guide: Guide) -> tuple[AreaComplaint, ...]:
    """Return the areas of a complaint that a point explains, by its referrals or by a path over it."""
    referred = guide.records.areas_referred.get(point, frozenset())
    on_path = _areas_of_paths(guide, complaint).get(point, frozenset())
    return tuple(each for each in complaint.areas if each.area in referred or each.area in on_path)


def points_explaining(areas: Collection[str], complaint: Complaint, guide: Guide) -> set[str]:
    """Return the points that explain at least one of the given areas of a complaint."""
    referring = {point for point, own in guide.records.areas_referred.items() if not own.isdisjoint(areas)}
    on_path = {point for point, own in _areas_of_paths(guide, complaint).items() if not own.isdisjoint(areas)}
    return referring | on_path


def side_for(point: str, complaint: Complaint, guide: Guide) -> str:
    """Return the side of the areas that a point explains, or else of all areas; "both" when they are on both sides."""
    explained = explained_by(point, complaint, guide) or complaint.areas
    # An area on the midline does not count when another area has a side.
    sides = {side for each in explained if each.side != "midline" for side in sides_touched(each.side)}
    return sides.pop() if len(sides) == 1 else "both"


def unambiguous_side(point: str, complaint: Complaint | None, guide: Guide) -> str:
    """Return the side of the areas that a point explains, else the one side of the complaint; empty when in doubt."""
    if complaint is None:
        return ""
    if explained_by(point, complaint, guide):
        return side_for(point, complaint, guide)
    sides = {each.side for each in complaint.areas} - {"midline"}
    if len(sides) > 1:
        return ""
    return sides.pop() if sides else "both"


def side_conflicts(steps: Iterable[Step], complaint: Complaint | None, guide: Guide) -> tuple[SideConflict, ...]:
    """Return the steps on a side on which nothing hurts; an area on the midline conflicts with neither side."""
    if complaint is None:
        return ()
    conflicts: list[SideConflict] = []
    for step in steps:
        explained = explained_by(step.point, complaint, guide) or complaint.areas
        hurts = {side for each in explained for side in sides_touched(each.side)}
        in_order = tuple(side for side in BODY_SIDES if side in hurts)
        conflicts += [
            SideConflict(step.point, side, in_order) for side in sides_touched(step.side) if side not in hurts
        ]
    return tuple(conflicts)


def describe_conflicts(
    conflicts: Iterable[SideConflict], name_of: Callable[[SideConflict], str] = attrgetter("point")
) -> str:
    """Return in words which points are worked on the wrong side, without a full stop; `name_of` names a step."""
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for conflict in conflicts:
        groups.setdefault((conflict.side, conflict.hurts), []).append(name_of(conflict))
    return "; ".join(_describe_group(side, hurts, names) for (side, hurts), names in groups.items())


def _describe_group(side: str, hurts: tuple[str, ...], names: list[str]) -> str:
    if len(names) > MAX_NAMED:
        names = [*names[: MAX_NAMED - 1], f"{len(names) - MAX_NAMED + 1} others"]
    listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    are, they = ("are", "they") if len(names) > 1 else ("is", "it")
    return f"{listed} {are} worked on the {side} side, and what {they} can explain hurts on the {' and '.join(hurts)}"


def paths_of(complaint: Complaint, guide: Guide) -> list[dict[str, Any]]:
    """Return the guide's paths that lead to an area of the complaint."""
    paths = guide.settings.get("paths", ())
    return [path for path in paths if any(leads_to(path, each) for each in complaint.areas)]


def leads_to(path: dict[str, Any], area: AreaComplaint) -> bool:
    """Return whether a path leads to an area, and is for one of the sensations there."""
    return area.area in path["areas"] and not set(path["sensations"]).isdisjoint(area.sensations)


def points_on(path: dict[str, Any]) -> tuple[str, ...]:
    """Return the points of a path, in its order."""
    return (*path.get("first", ()), *path.get("then", ()))


# The next call is nearly always about the same complaint, for another point.
@kept_by_guide(at_most=1)
def _areas_of_paths(guide: Guide, complaint: Complaint) -> dict[str, frozenset[str]]:
    """Return the areas of a complaint to which paths lead, by the points on those paths."""
    found: dict[str, set[str]] = {}
    for path in paths_of(complaint, guide):
        areas = {each.area for each in complaint.areas if leads_to(path, each)}
        for point in points_on(path):
            found.setdefault(point, set()).update(areas)
    return {point: frozenset(areas) for point, areas in found.items()}
