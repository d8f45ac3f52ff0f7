"""A point of a guide that is opened in a picker: the guide with what is picked, its card, and saving it."""

from __future__ import annotations

from dataclasses import replace
from math import dist
from typing import NamedTuple

from selfcare_kit.body.place.places import places_of
from selfcare_kit.check.edited_guide import can_be_changed, save_point
from selfcare_kit.errors import InvalidValueError
from selfcare_kit.export.handout.handout import preview_html
from selfcare_kit.guide.cells import Row
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.tables import PointRows, rows_of_point
from selfcare_kit.planner.picking.pain import RowsOfZones, ZoneKey, pain_of, zone_rows
from selfcare_kit.planner.picking.picking import Picking, row_of
from selfcare_kit.routine import Routine

SIDE = "left"
# What a row of a place tells of where it is; all else stays as it was.
TOLD = (
    "from_landmark", "to_landmark", "fraction", "offset_lateral", "offset_up", "offset_front", "offset_unit", "surface",
)  # fmt: skip
# A place that is told anew may move by so much, in cm, and is still the one that its source speaks of.
SAME_PLACE = 0.5


class OpenedPoint(NamedTuple):
    """A point of a guide, what was picked when it was opened or saved last, and its rows in the files then."""

    guide: Guide
    point: str
    before: Picking
    rows: PointRows

    @classmethod
    def of(cls, guide: Guide, point: str, picking: Picking) -> OpenedPoint:
        """Return a point as the files of its guide have it now."""
        return cls(guide, point, picking, rows_of_point(guide.folder, point))

    @property
    def can_be_saved(self) -> bool:
        """Whether the guide is somebody's own."""
        return can_be_changed(self.guide)

    @property
    def count(self) -> int:
        """How many rows of places the point has; the first is the one that is moved."""
        return len(self.rows.places)

    def changes(self, picking: Picking) -> tuple[tuple[Row, ...] | None, tuple[Row, ...] | None]:
        """Return the rows of the point's places and of its zones; None for what is as it was."""
        places = zones = None
        if picking.rule is not None and picking.rule != self.before.rule:
            first, *others = self.rows.places
            places = (self._moved(first, picking), *others)
        if picking.pain.zones != self.before.pain.zones:
            zones = zone_rows(picking.pain, self.point, places_of(self.guide).landmarks, self.kept_zones())
        return places, zones

    def _moved(self, row: Row, picking: Picking) -> Row:
        """Return a row with the place that is picked; one that moved is an own estimate, whatever it was before."""
        told = row_of(picking.rule, self.point) if picking.rule else {}
        was, now = self.before.picked, picking.picked
        is_same = was is not None and now is not None and dist(was.xyz, now.xyz) <= SAME_PLACE
        own = {} if is_same else {"basis": "", "source": ""}
        return {**row, **{name: told[name] for name in TOLD}, **own}

    def kept_zones(self) -> RowsOfZones:
        """Return the nodes of each zone with their rows in the file."""
        rows: dict[ZoneKey, list[Row]] = {}
        for row in self.rows.zones:
            rows.setdefault(ZoneKey(row["kind"], int(row["zone"]), row["surface"]), []).append(row)
        zones = {ZoneKey.of(zone): zone for zone in self.before.pain.zones}
        return {
            key: tuple(zip(zones[key].nodes, sorted(found, key=lambda row: int(row["node"])), strict=True))
            for key, found in rows.items()
        }

    def card(self, picking: Picking) -> str:
        """Return the card of the point with its place on the figure, as a page of HTML for who writes the guide."""
        guide = self.guide.with_point(self.point, *self.changes(picking))
        return preview_html(Routine(guide=guide).add(self.point, SIDE))

    def saved(self, picking: Picking) -> tuple[OpenedPoint, Picking, tuple[str, ...]]:
        """Write what is picked into the guide's folder; return point and picking as they are then, and the files."""
        places, zones = self.changes(picking)
        if places is None and zones is None:
            missing = "no place is picked" if picking.rule is None else f"{self.point} is as the guide has it"
            raise InvalidValueError(f"there is nothing to save: {missing}; change it first.")
        names = save_point(self.guide, self.point, places, zones, self.rows)
        guide = Guide(self.guide.folder)
        # As the table tells it, to a millimeter: what is not touched from here on keeps its rows.
        zones = pain_of(guide, self.point).zones
        kept = replace(picking, pain=replace(picking.pain, zones=zones))
        return OpenedPoint.of(guide, self.point, kept), kept, names
