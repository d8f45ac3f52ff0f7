"""The body figure to point at: areas are chosen on it, and the points offered for them are numbered.

The figure itself goes to a view once, packed; what changes is a list of ids and numbers.
"""

from __future__ import annotations

import json
import zlib
from typing import Any

from selfcare_kit.body.chart import Chart, chart_of, words_of
from selfcare_kit.body.place.zones import zones_of
from selfcare_kit.body.scene.style import STYLES
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.planner.pane import Channel, Event, OnEvent, script
from selfcare_kit.planner.section import Act, Part
from selfcare_kit.planner.visit.complaint import toggle_place
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.words import NOTHING_LOOKED_AT, SHOWN_PAIN


class BodyMapView(Channel):
    """The widget of the figure.

    Parameters
    ----------
    chart : Chart
        What it shows.
    on_event : callable
        Called with what was done on it.
    """

    _esm = script("channel.js", "regions.js", "body_map.js")

    def __init__(self, chart: Chart, on_event: OnEvent, **traits: Any) -> None:
        super().__init__(on_event, **traits)
        self.chart = chart
        self.picture: dict[str, Any] = {"picked": [], "marks": [], "looked": "", "words": ""}

    def now(self) -> dict[str, Any]:
        """Return what is shown on the figure now."""
        return {"picture": self.picture}

    def content(self) -> tuple[dict[str, Any], list[bytes]]:
        """Return the figure, packed, and what is shown on it now."""
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
        packed = zlib.compress(json.dumps(values).encode())
        return {"chart": True, **self.now()}, [packed]

    def show(self, picture: dict[str, Any]) -> None:
        """Show what is picked, numbered and looked at.

        Parameters
        ----------
        picture : dict
            `picked` regions as "area.side", `marks`, and the point `looked` at as "point.side".
        """
        if picture != self.picture or self.is_asked:
            self.picture = picture
            self.tell(self.now())

    def show_zones(self, of: str) -> None:
        """Show where the pain of a point is felt.

        Parameters
        ----------
        of : str
            "point.side".
        """
        point, _, side = of.partition(".")
        self.send({"zones": self.chart.zones(point, side), "of": of})


class BodyMap(Part):
    """The figure in the planner: in step with the list of areas, and with the points offered.

    Parameters
    ----------
    session : Session
        What it shows and changes.
    act : callable
        Runs a change and lets all parts show what came of it.
    **traits
        What every widget takes.
    """

    def __init__(self, session: Session, act: Act, **traits: Any) -> None:
        super().__init__(session, act)
        self.widget = BodyMapView(chart_of(session.guide), self._on_event, **traits)
        self._sent: set[str] = set()

    def refresh(self) -> None:
        """Show what is chosen, the points that are offered for it, and the pain of the one looked at."""
        session, now, chart = self.session, self.session.now, self.widget.chart
        looked = session.looked_at
        # What is in the routine and what is looked at comes first: it must have room. What may not be
        # pressed is not marked, unless it is looked at; and nothing is while something grave is open.
        shown = [offer for offer in session.offers if offer.is_offered or offer.key == looked]
        shown = [] if now.is_grave else sorted(shown, key=lambda offer: (offer.key != looked, not offer.is_step))
        marks = chart.marks([(offer.sign, offer.point, offer.side) for offer in shown])
        steps = {(step.point, side) for step in now.steps for side in sides_touched(step.side)}
        looked = "" if now.is_grave else looked
        self.widget.show(
            {
                "picked": [f"{area}.{side}" for area in now.visit.areas for side in self._sides(area)],
                "marks": [[*mark, int((mark.point, mark.side) in steps)] for mark in marks],
                "looked": looked,
                "words": _words(session),
            }
        )
        if looked and looked not in self._sent:
            self._sent.add(looked)
            self.widget.show_zones(looked)

    def _sides(self, area: str) -> tuple[str, ...]:
        is_paired = self.session.guide.records.areas[area].paired
        return self.session.visit.places_of(area) if is_paired else ("midline",)

    def _on_event(self, event: Event, _: Any) -> None:
        if event.get("do") == "zones":
            self.widget.show_zones(str(event.get("of")))
        elif event.get("do") == "toggle":
            self.do(toggle_place, str(event.get("area")), str(event.get("side")))


def _words(session: Session) -> str:
    """Write what the figure shows below it."""
    key = session.looked_at
    looked = next((offer for offer in session.offers if offer.key == key), None)
    if looked is None or session.now.is_grave:
        return NOTHING_LOOKED_AT
    label = f"{looked.sign} {session.guide.point_values[looked.point].label}, {looked.side}"
    if looked.point not in zones_of(session.guide):
        return f"{label}."
    return f"{label}: {SHOWN_PAIN}"
