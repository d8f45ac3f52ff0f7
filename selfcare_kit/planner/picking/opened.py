"""A point of a guide that is opened in a picker: the guide with what is picked, its card, and saving it."""

from __future__ import annotations

from typing import NamedTuple

from selfcare_kit.body.place.places import places_of
from selfcare_kit.check.edited_guide import save_point, with_place
from selfcare_kit.errors import InvalidValueError
from selfcare_kit.export.handout.handout import preview_html
from selfcare_kit.guide.cells import Row
from selfcare_kit.guide.guide import Guide
from selfcare_kit.planner.picking.pain import zone_rows
from selfcare_kit.planner.picking.picking import Picking, row_of
from selfcare_kit.routine import Routine

SIDE = "left"


class OpenedPoint(NamedTuple):
    """A point of a guide, and what was picked when it was opened or saved last."""

    guide: Guide
    point: str
    before: Picking

    @property
    def can_be_saved(self) -> bool:
        """Whether the guide is somebody's own."""
        return not self.guide.is_built_in

    def changes(self, picking: Picking) -> tuple[Row | None, tuple[Row, ...] | None]:
        """Return the row of the place and those of the zones; None for what is as it was."""
        place = None
        if picking.rule is not None and picking.rule != self.before.rule:
            place = row_of(picking.rule, self.point)
        is_drawn = picking.pain.zones != self.before.pain.zones
        landmarks = places_of(self.guide).landmarks
        return place, zone_rows(picking.pain, self.point, landmarks, self.guide) if is_drawn else None

    def with_changes(self, picking: Picking) -> Guide:
        """Return the guide in memory with what is picked."""
        place, zones = self.changes(picking)
        tables: dict[str, list[Row]] = {}
        if place is not None:
            tables["places"] = with_place(self.guide.table("places"), place)
        if zones is not None:
            tables["zones"] = [*(row for row in self.guide.table("zones") if row["point"] != self.point), *zones]
        return self.guide.with_rows(**tables) if tables else self.guide

    def card(self, picking: Picking) -> str:
        """Return the card of the point with its place on the figure, as a page of HTML for who writes the guide."""
        return preview_html(Routine(guide=self.with_changes(picking)).add(self.point, SIDE))

    def saved(self, picking: Picking) -> tuple[OpenedPoint, tuple[str, ...]]:
        """Write what is picked into the guide's folder; return the point as it is then, and the names of the files."""
        place, zones = self.changes(picking)
        if place is None and zones is None:
            raise InvalidValueError(f"there is nothing to save, got {self.point} as the guide has it; change it first.")
        names = save_point(self.guide, self.point, place, zones)
        return OpenedPoint(Guide(self.guide.folder), self.point, picking), names
