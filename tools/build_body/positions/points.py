"""The guide's points as the build needs them: places of the standing body, and how each is worked."""

from __future__ import annotations

from dataclasses import dataclass

from selfcare_kit.body.place.places import places_of
from selfcare_kit.guide.guide import Guide


@dataclass(frozen=True)
class GuidePoint:
    """A point: where it is (place and surface), its lane if it has one, and the ways that the guide works it."""

    id: str
    muscle: str
    surface: str
    place: tuple[float, float, float]
    lane: tuple[tuple, tuple] | None
    technique: str
    position: str
    tools: tuple[str, ...]
    show_only: bool


def read_points(guide: Guide) -> dict[str, GuidePoint]:
    """Return all points of a guide by id; a point of several spots is pressed at its first."""
    places = places_of(guide)
    found = {}
    for row in guide.table("points"):
        spot = places.of(row["id"])[0]
        lane = next((p for p in places.of(row["id"], along=True) if p.end), None)
        ends = (tuple(lane.xyz), tuple(lane.end)) if lane else None
        found[row["id"]] = GuidePoint(
            row["id"], row["muscle"], spot.surface, tuple(spot.xyz), ends,
            row["technique"], row["position"], tuple(row["tools"].split(";")), row["show_only"] == "yes",
        )  # fmt: skip
    return found
