"""Pain zones as they are drawn spot by spot, as plain values: shapes of the two kinds that a figure shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from selfcare_kit.body.picker import ViewGrid
from selfcare_kit.body.place.atlas import XYZ
from selfcare_kit.body.place.places import SURFACES
from selfcare_kit.body.place.propose import rule_from_nearest
from selfcare_kit.body.place.zones import ZONE_KINDS, Zone, ZoneNode, ZoneShape, zones_of
from selfcare_kit.errors import check_choice
from selfcare_kit.guide.cells import Row
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.schema import tables

KIND_LABELS = {"primary": "Felt mainly", "spillover": "Felt too"}
# How wide a shape may be at a spot, in cm, and the step from one width to the next.
NARROWEST, WIDEST, STEP = 1.0, 16.0, 0.5
# Between two spots an area counts that lies under so many places of the way.
PARTS = 4


class ZoneKey(NamedTuple):
    """What tells a zone from the others of its point."""

    kind: str
    number: int
    surface: str

    @classmethod
    def of(cls, zone: Zone) -> ZoneKey:
        """Return the key of a zone."""
        return cls(zone.kind, zone.number, zone.surface)


@dataclass(frozen=True)
class Pain:
    """The zones drawn for a point, the shape that the next spot belongs to, and how wide it will be there in cm.

    `last` is the zone whose last spot was drawn last; None when the next one begins afresh.
    """

    zones: tuple[Zone, ...] = ()
    shape: int = 1
    width: float = 4.0
    last: ZoneKey | None = None


NO_PAIN = Pain()


def draw(pain: Pain, kind: str, grid: ViewGrid, x: float, y: float) -> Pain:
    """Draw a shape on to a spot of a view; another surface of the body is another side of the same shape."""
    check_choice("kind", kind, ZONE_KINDS)
    xyz, surface = grid.skin_at(x, y)
    key = ZoneKey(kind, pain.shape, grid.view if grid.view in SURFACES else surface)
    node = ZoneNode(xyz, pain.width / 2)
    if any(ZoneKey.of(zone) == key for zone in pain.zones):
        drawn = (z._replace(nodes=(*z.nodes, node)) if ZoneKey.of(z) == key else z for z in pain.zones)
        return replace(pain, zones=tuple(drawn), last=key)
    return replace(pain, zones=(*pain.zones, Zone("", *key, (node,))), last=key)


def widen(pain: Pain, by: float) -> Pain:
    """Make the shape wider, or narrower, at the spot drawn last and at those to come."""
    width = min(max(round(pain.width + by, 1), NARROWEST), WIDEST)
    zones = tuple(_wide(zone, width) if ZoneKey.of(zone) == pain.last else zone for zone in pain.zones)
    return replace(pain, width=width, zones=zones)


def begin(pain: Pain, kind: str) -> Pain:
    """Begin another shape of a kind."""
    check_choice("kind", kind, ZONE_KINDS)
    return replace(pain, shape=max((z.number for z in pain.zones if z.kind == kind), default=0) + 1, last=None)


def clear(pain: Pain, kind: str) -> Pain:
    """Remove all shapes of a kind."""
    return begin(replace(pain, zones=tuple(zone for zone in pain.zones if zone.kind != kind)), kind)


def pain_of(guide: Guide, point: str) -> Pain:
    """Return the zones that a guide has for a point."""
    zones = zones_of(guide).get(point, ())
    return Pain(tuple(zone._replace(point="") for zone in zones))


def zone_rows(pain: Pain, point: str, landmarks: Mapping[str, XYZ], guide: Guide | None = None) -> tuple[Row, ...]:
    """Return the zones as rows of `zones.csv`; a zone that is as the guide has it keeps its rows."""
    names = tables()["zones"].names
    kept = {ZoneKey.of(zone): zone for zone in pain_of(guide, point).zones} if guide else {}
    rows: list[Row] = []
    for zone in pain.zones:
        key = ZoneKey.of(zone)
        if guide and kept.get(key) == zone:
            own = (row for row in guide.table("zones") if row["point"] == point)
            rows += [row for row in own if (row["kind"], int(row["zone"]), row["surface"]) == key]
            continue
        for number, node in enumerate(zone.nodes, start=1):
            rule = rule_from_nearest(landmarks, node.xyz, zone.surface)
            offsets = {"offset_lateral": rule.lateral, "offset_up": rule.up, "offset_front": rule.front}
            told = {
                "point": point, "kind": zone.kind, "zone": str(zone.number), "node": str(number),
                "from_landmark": rule.from_landmark, "surface": zone.surface, "radius_cm": f"{node.radius:g}",
                **{name: f"{value:g}" if value else "" for name, value in offsets.items()},
            }  # fmt: skip
            rows.append({name: told.get(name, "") for name in names})
    return tuple(rows)


@lru_cache(maxsize=64)
def shapes_in(zones: tuple[Zone, ...], grid: ViewGrid) -> tuple[ZoneShape, ...]:
    """Return zones as a view draws them."""
    return grid.shapes_of(zones)


def areas_under(pain: Pain, kind: str, grids: Mapping[str, ViewGrid]) -> tuple[str, ...]:
    """Return the areas in which the middle of the shapes of a kind lies, in the order in which they are met."""
    found: dict[str, None] = {}
    for zone in pain.zones:
        if zone.kind == kind:
            grid = grids[zone.surface]
            found |= dict.fromkeys(grid.area_at(*spot) for spot in _way(zone, grid))
    return tuple(area for area in found if area)


def _way(zone: Zone, grid: ViewGrid) -> Iterable[tuple[float, float]]:
    spots = [grid.project(node.xyz) for node in zone.nodes]
    yield spots[0]
    for (ax, ay), (bx, by) in pairwise(spots):
        for part in range(1, PARTS + 1):
            yield ax + (bx - ax) * part / PARTS, ay + (by - ay) * part / PARTS


def _wide(zone: Zone, width: float) -> Zone:
    *before, last = zone.nodes
    return zone._replace(nodes=(*before, last._replace(radius=width / 2)))
