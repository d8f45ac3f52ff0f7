"""Pain zones as they are drawn spot by spot, as plain values: shapes of the two kinds that a figure shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from selfcare_kit.body.picker import ViewGrid
from selfcare_kit.body.place.atlas import XYZ
from selfcare_kit.body.place.places import SURFACES
from selfcare_kit.body.place.propose import rule_from_nearest
from selfcare_kit.body.place.zones import ZONE_KINDS, Zone, ZoneNode, ZoneShape, zones_of
from selfcare_kit.errors import InvalidValueError, check_choice
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
    """The zones drawn for a point, and how wide the shape will be at the next spot, in cm.

    `last` is the zone whose last spot was drawn last: the next of its kind draws its shape on. None begins another.
    """

    zones: tuple[Zone, ...] = ()
    width: float = 4.0
    last: ZoneKey | None = None

    def last_of(self, kind: str) -> ZoneKey | None:
        """Return the zone that was drawn last if it is of a kind."""
        return self.last if self.last and self.last.kind == kind else None

    def next_number(self, kind: str) -> int:
        """Return the number of the shape of a kind that the next spot belongs to: the one in hand, or a new one."""
        last = self.last_of(kind)
        return last.number if last else max((zone.number for zone in self.zones if zone.kind == kind), default=0) + 1


NO_PAIN = Pain()


def draw(pain: Pain, kind: str, grid: ViewGrid, x: float, y: float) -> Pain:
    """Draw a shape on to a spot of a view; another surface of the body is another side of the same shape."""
    check_choice("kind", kind, ZONE_KINDS)
    xyz, _ = grid.skin_at(x, y)
    if grid.view not in SURFACES:
        raise InvalidValueError(
            f"pain must be drawn in a view that looks at one side of the body, got {grid.view}; turn to Side or Back."
        )
    key = ZoneKey(kind, pain.next_number(kind), grid.view)
    node = ZoneNode(xyz, pain.width / 2)
    if any(ZoneKey.of(zone) == key for zone in pain.zones):
        drawn = (z._replace(nodes=(*z.nodes, node)) if ZoneKey.of(z) == key else z for z in pain.zones)
        return replace(pain, zones=tuple(drawn), last=key)
    return replace(pain, zones=(*pain.zones, Zone("", *key, (node,))), last=key)


def widen(pain: Pain, kind: str, by: float) -> Pain:
    """Make a shape of a kind wider, or narrower, at the spot drawn last and at those to come."""
    width = min(max(round(pain.width + by, 1), NARROWEST), WIDEST)
    last = pain.last_of(kind)
    zones = tuple(_wide(zone, width) if ZoneKey.of(zone) == last else zone for zone in pain.zones)
    return replace(pain, width=width, zones=zones)


def begin(pain: Pain) -> Pain:
    """Begin another shape."""
    return replace(pain, last=None)


def clear(pain: Pain, kind: str) -> Pain:
    """Remove all shapes of a kind."""
    return begin(replace(pain, zones=tuple(zone for zone in pain.zones if zone.kind != kind)))


def pain_of(guide: Guide, point: str) -> Pain:
    """Return the zones that a guide has for a point."""
    return Pain(tuple(zone._replace(point="") for zone in zones_of(guide).get(point, ())))


# The nodes of zones with their rows, from node to node.
RowsOfZones = Mapping[ZoneKey, Sequence[tuple[ZoneNode, Row]]]


def zone_rows(pain: Pain, point: str, landmarks: Mapping[str, XYZ], kept: RowsOfZones | None = None) -> tuple[Row, ...]:
    """Return the zones as rows of `zones.csv`; a node that is among those of `kept` in its place keeps its row."""
    rows: list[Row] = []
    for zone in pain.zones:
        old = (kept or {}).get(ZoneKey.of(zone), ())
        number = 0
        for at, node in enumerate(zone.nodes):
            row = old[at][1] if at < len(old) and old[at][0] == node else None
            number = int(row["node"]) if row else number + 1
            rows.append(row or _node_row(zone, number, node, point, landmarks))
    return tuple(rows)


def _node_row(zone: Zone, number: int, node: ZoneNode, point: str, landmarks: Mapping[str, XYZ]) -> Row:
    rule = rule_from_nearest(landmarks, node.xyz, zone.surface)
    offsets = {"offset_lateral": rule.lateral, "offset_up": rule.up, "offset_front": rule.front}
    told = {
        "point": point, "kind": zone.kind, "zone": str(zone.number), "node": str(number),
        "from_landmark": rule.from_landmark, "surface": zone.surface, "radius_cm": f"{node.radius:g}",
        **{name: f"{value:g}" if value else "" for name, value in offsets.items()},
    }  # fmt: skip
    return {name: told.get(name, "") for name in tables()["zones"].names}


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
