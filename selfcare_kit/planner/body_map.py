"""The body figure to click on: areas are chosen on it, and the suggested points are marked.

The figure is sent to a view once, compressed; after that only lists of ids and numbers are.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from selfcare_kit.body.chart import Chart, chart_of, words_of
from selfcare_kit.body.place.zones import zones_of
from selfcare_kit.body.scene.style import STYLES
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.planner.channel import Channel, Event, joined_scripts
from selfcare_kit.planner.sections.section import Part
from selfcare_kit.planner.visit.complaint import toggle_area
from selfcare_kit.planner.visit.offers import Offer
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.steps import add
from selfcare_kit.planner.visit.words import NOTHING_HIGHLIGHTED, SHOWN_PAIN


class BodyMapWidget(Channel):
    """The widget of the figure; the class `BodyMapView` in `scripts/body_map.js` is its view."""

    _esm = joined_scripts("channel.js", "regions.js", "svg.js", "body_map.js")

    def __init__(self, chart: Chart, **traits: Any) -> None:
        super().__init__(**traits)
        self.chart = chart
        self.picture: dict[str, Any] = {"picked": [], "marks": [], "looked": "", "words": "", "add": ""}

    def current(self) -> dict[str, Any]:
        """Return a message with what is shown on the figure now."""
        return {"picture": self.picture}

    def opening(self) -> tuple[dict[str, Any], list[bytes]]:
        """Return a message with what is shown on the figure now, and the compressed figure."""
        chart = self.chart
        labels = {area.id: area.label for area in chart.guide.records.areas.values()}
        panels = [
            {"name": words_of(key), "clip": panel.clip, "space": panel.dot_space, "dot": panel.dot_size}
            for key, panel in zip(chart.keys, chart.panels, strict=True)
        ]
        values = {
            "svg": chart.svg, "panels": panels, "areas": labels, "radius": chart.mark_radius,
            "pain": STYLES["colour"].pain,
        }  # fmt: skip
        return {"chart": True, **self.current()}, [zlib.compress(json.dumps(values).encode())]

    def show(self, picture: dict[str, Any]) -> None:
        """Show a picture: `picked` regions as "area.side", `marks`, and the `looked` point as "point.side"."""
        if picture != self.picture or self.has_waiting_view:
            self.picture = picture
            self.send_to_all(self.current())

    def show_zones(self, key: str) -> None:
        """Show where the pain of a "point.side" is felt."""
        point, _, side = key.partition(".")
        self.send({"zones": self.chart.zones(point, side), "of": key})


class BodyMapPart(Part):
    """The figure in the planner, in step with the list of areas and the suggested points."""

    def __init__(self, session: Session, **traits: Any) -> None:
        super().__init__(session)
        self.widget = BodyMapWidget(chart_of(session.guide), **traits)
        self._sent: set[str] = set()

    def refresh(self) -> None:
        """Show the areas chosen, the points suggested for them, and the pain of the highlighted one."""
        session, now, chart = self.session, self.session.now, self.widget.chart
        looked_at = session.highlighted_offer
        highlighted = looked_at.key if looked_at else ""
        # A point that may not be pressed has no mark, unless it is highlighted; none has while anything is urgent.
        # The highlighted point and those in the routine come first, so that there is room for their marks.
        offers = [offer for offer in session.offers if offer.is_offered or offer.key == highlighted]
        offers = [] if now.is_urgent else sorted(offers, key=lambda each: (each.key != highlighted, not each.is_step))
        marks = chart.marks([(offer.symbol, offer.point, offer.side) for offer in offers])
        steps = {(step.point, side) for step in now.steps for side in sides_touched(step.side)}
        highlighted = "" if now.is_urgent else highlighted
        self.widget.show(
            {
                "picked": [f"{area}.{side}" for area in now.visit.areas for side in self._sides(area)],
                "marks": [[*mark, int((mark.point, mark.side) in steps)] for mark in marks],
                "looked": highlighted,
                "words": _caption(looked_at, session),
                "add": _addable(looked_at, session),
            }
        )
        if highlighted and highlighted not in self._sent:
            self._sent.add(highlighted)
            self.widget.show_zones(highlighted)

    def _sides(self, area: str) -> tuple[str, ...]:
        is_paired = self.session.guide.records.areas[area].paired
        return self.session.visit.touched_sides(area) if is_paired else ("midline",)

    def do_toggle(self, event: Event) -> str:
        """Choose an area on one side, or remove it there."""
        message = self.session.do(toggle_area, str(event.get("area")), str(event.get("side")))
        self.session.take_in_hand(self.session.guide.area(str(event.get("area"))))
        return message

    def do_look(self, event: Event) -> None:
        """Show where the pain of a mark's point is felt."""
        self.session.highlight(str(event.get("of")))

    def do_add(self, event: Event) -> str:
        """Add a mark's point to the routine."""
        point, _, side = str(event.get("of")).partition(".")
        return self.session.do(add, point, side)

    def do_zones(self, event: Event) -> None:
        """Send where a point's pain is felt to a view that opened after it was sent to the others."""
        self.widget.show_zones(str(event.get("of")))


def _addable(offer: Offer | None, session: Session) -> str:
    """Return the key of the highlighted point if it can be added, else nothing."""
    return offer.key if offer and offer.is_offered and not offer.is_step and not session.now.is_urgent else ""


def _caption(offer: Offer | None, session: Session) -> str:
    """Return the text below the figure."""
    if offer is None or session.now.is_urgent:
        return NOTHING_HIGHLIGHTED
    label = f"{offer.symbol} {session.guide.point_values[offer.point].label}, {offer.side}"
    return f"{label}: {SHOWN_PAIN}" if offer.point in zones_of(session.guide) else f"{label}."
