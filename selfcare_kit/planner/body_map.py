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
from selfcare_kit.planner.pane import Channel, Deed, OnDeed, script
from selfcare_kit.planner.section import Act, Part
from selfcare_kit.planner.visit.state import PlannerState


class BodyMapView(Channel):
    """The widget of the figure.

    Parameters
    ----------
    chart : Chart
        What it shows.
    on_deed : callable
        Called with what was done on it.
    """

    _esm = script("channel.js", "regions.js", "body_map.js")

    def __init__(self, chart: Chart, on_deed: OnDeed, **traits: Any) -> None:
        super().__init__(on_deed, **traits)
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
    state : PlannerState
        What it shows and changes.
    act : callable
        Runs a change and lets all parts show what came of it.
    **traits
        What every widget takes.
    """

    def __init__(self, state: PlannerState, act: Act, **traits: Any) -> None:
        super().__init__(state, act)
        self.widget = BodyMapView(chart_of(state.guide), self._on_deed, **traits)
        self._told: set[str] = set()

    def refresh(self) -> None:
        """Show what is chosen, the points that are offered for it, and the pain of the one looked at."""
        state, chart = self.state, self.widget.chart
        offers = state.offers
        looked = state.looked
        # What is in the routine and what is looked at comes first: it must have room. What may not be
        # pressed is not marked, unless it is looked at; and nothing is while something grave is open.
        shown = [offer for offer in offers if offer.is_offered or offer.key == looked]
        shown = [] if state.is_grave else sorted(shown, key=lambda offer: (offer.key != looked, not offer.is_step))
        marks = chart.marks([(offer.sign, offer.point, offer.side) for offer in shown])
        steps = {(step.point, side) for step in state.steps for side in sides_touched(step.side)}
        looked = "" if state.is_grave else looked
        self.widget.show(
            {
                "picked": [f"{area}.{side}" for area in state.visit.areas for side in self._sides(area)],
                "marks": [[*mark, int((mark.point, mark.side) in steps)] for mark in marks],
                "looked": looked,
                "words": _words(state),
            }
        )
        if looked and looked not in self._told:
            self._told.add(looked)
            self.widget.show_zones(looked)

    def _sides(self, area: str) -> tuple[str, ...]:
        is_paired = self.state.guide.records.areas[area].paired
        return self.state.visit.places_of(area) if is_paired else ("midline",)

    def _on_deed(self, deed: Deed, _: Any) -> None:
        if deed.get("do") == "zones":
            self.widget.show_zones(str(deed.get("of")))
        elif deed.get("do") == "toggle":
            self.act(lambda: self.state.toggle_place(str(deed.get("area")), str(deed.get("side"))))


def _words(state: PlannerState) -> str:
    """Write what the figure shows below it."""
    key = state.looked
    looked = next((offer for offer in state.offers if offer.key == key), None)
    if looked is None or state.is_grave:
        return "Click where it hurts; left and right are the client's own."
    label = f"{looked.sign} {state.guide.point_values[looked.point].label}, {looked.side}"
    if looked.point not in zones_of(state.guide):
        return f"{label}."
    return f"{label}: its pain is often felt where the figure is solid orange, sometimes where it is dotted."
