"""The body chart: views side by side on which every area of a guide can be pointed at.

The chart itself never changes; what does (numbered marks, a point's pain zones) is told apart from
it, so that a page shows it without a new drawing. Like every figure it is made by `compose` and
drawn by `svg`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from math import dist
from typing import NamedTuple

from selfcare_kit.body.draw.svg import to_svg
from selfcare_kit.body.draw.svg_page import UNIT_CM
from selfcare_kit.body.geometry.layout import LabelSpec, place_labels
from selfcare_kit.body.place.atlas import FRAMES, View, atlas
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.place.zones import own_side, zone_shapes
from selfcare_kit.body.scene.arrange import MARK_RADIUS, SPACE, Room
from selfcare_kit.body.scene.compose import compose
from selfcare_kit.body.scene.framing import is_tall
from selfcare_kit.body.scene.legend import LETTER_WIDTH
from selfcare_kit.body.scene.panel_layout import GAP, PanelLayout, label_specs, lay_out, letter_boxes
from selfcare_kit.body.scene.requests import Stage, all_regions
from selfcare_kit.body.scene.scene import Rect, Scene
from selfcare_kit.body.scene.specs import MarkSpec, PanelSpec
from selfcare_kit.body.scene.style import DOT_SIZE, DOT_SPACE, STYLES
from selfcare_kit.body.scene.words import ENGLISH
from selfcare_kit.body.views import PanelKey, panels_for
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import sides_touched

VIEWS = ("front", "back", "side", "inner", "sole", "foot_top")
# The height of a view of a leg or a foot, beside a body 120 cm high.
SMALL_HEIGHT = 50.0
MAX_SCALE = 2.2
# About the room of the first of three columns on a laptop, in mm.
ROOM = Room(100.0, 120.0)
# Signs are a letter or a number of one digit; the few longer ones are written smaller.
MAX_SIGN_LENGTH = 1
# A sign stands at most so far from its place, in cm of a figure 120 cm high.
FARTHEST = 4.8


class ChartMark(NamedTuple):
    """A sign on the chart: where it is written and the place it stands for, in units of the SVG.

    Where it found no room near its place it `is_small`: only the place is marked.
    """

    x: int
    y: int
    at_x: int
    at_y: int
    sign: str
    point: str
    side: str
    is_small: bool


class ChartZone(NamedTuple):
    """Where a point's pain is felt, in one panel: path data in units of the panel's view."""

    panel: int
    kind: str
    d: str
    is_flipped: bool


class ChartPanel(NamedTuple):
    """A panel of the chart: its view and side, what zones are cut to, and how far dots of a zone are apart."""

    view: str
    side: str
    clip: str
    dot_space: float
    dot_size: float


class Chart:
    """All areas of a guide, in views side by side.

    Parameters
    ----------
    guide : Guide
        Whose areas can be pointed at. A guide for the hips and legs gets the body from the waist
        down, one for what lies above them the upper body, any other the whole of it.

    Examples
    --------
    >>> from selfcare_kit import load_guide
    >>> chart_of(load_guide()).svg.count('data-area="thigh_outer"')
    6
    """

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.crop = _crop(guide)
        keys = [key for view in VIEWS if _has_area(guide, view, self.crop) for key in _panels_of(atlas().view(view))]
        self.keys: tuple[PanelKey, ...] = tuple(keys)
        self._specs = [self._spec(key) for key in keys]
        self._layout: PanelLayout = lay_out(self._specs, room=ROOM, longest=MAX_SIGN_LENGTH)
        self._labels: dict[tuple[str, str], LabelSpec | None] = {}

    def _spec(self, key: PanelKey) -> PanelSpec:
        view = atlas().view(key.view)
        stage = Stage(view, "left" if key.side == "both" else key.side, self.crop, sides_touched(key.side))
        areas = set(self.guide.area_ids)
        shapes = (
            shape
            for shape in all_regions(stage, STYLES["colour"])
            # A view of one leg may show some of the other behind it; that is pointed at in its own view.
            if shape.area in areas and (key.side == "both" or shape.side in (key.side, "midline"))
        )
        return PanelSpec(view, key.side, self.crop, _scale(view, self.crop), tuple(shapes), (), (), False)

    @cached_property
    def scene(self) -> Scene:
        """What is drawn: views, regions and letters."""
        about = "Left and right are the client's own."
        return compose(self._specs, (), STYLES["colour"], "Body chart", about, room=ROOM)

    @cached_property
    def svg(self) -> str:
        """The chart as SVG; every region carries `data-area` and `data-side`."""
        return to_svg(self.scene, "chart")

    @cached_property
    def panels(self) -> tuple[ChartPanel, ...]:
        """The panels in the order in which they are drawn."""
        found = []
        for key, panel in zip(self.keys, self.scene.panels, strict=True):
            unit = self.scene.line_scale / (panel.scale * panel.unit_cm)
            clip = own_side(atlas().view(key.view), self.crop)
            found.append(ChartPanel(*key, clip, DOT_SPACE * unit, DOT_SIZE * unit))
        return tuple(found)

    @property
    def mark_radius(self) -> float:
        """How large a mark's circle is, in units of the SVG."""
        return MARK_RADIUS * self._layout.sizes.pin / UNIT_CM

    def marks(self, points: Iterable[tuple[str, str, str]]) -> tuple[ChartMark, ...]:
        """Return where signs are written: no two overlap, none far from its place or beyond its view.

        Parameters
        ----------
        points : iterable of (str, str, str)
            Sign, point id and side ("left", "right" or "both"), the most important first.

        Returns
        -------
        tuple of ChartMark
            One for each side of each point, in the panel that shows it best.
        """
        wanted = [
            (sign, point, side, label)
            for sign, point, both in points
            for side in sides_touched(both)
            if (label := self._label(point, side)) is not None
        ]
        # All panels at once, so that none gets in the way of another panel's.
        labels = [label for *_, label in wanted]
        spots = place_labels(labels, self.scene.box, GAP * self._layout.sizes.pin, self._taken)
        return tuple(self._mark(*each, spot) for each, spot in zip(wanted, spots, strict=True))

    def _label(self, point: str, side: str) -> LabelSpec | None:
        """Return where the sign of a point would like to stand on the chart; None where no panel shows it."""
        # The chart never changes, and is marked at every click.
        if (point, side) not in self._labels:
            panels = [key for key, _ in panels_for(places_of(self.guide), point, side) if key in self.keys]
            self._labels[point, side] = self._label_in(panels[0], point, side) if panels else None
        return self._labels[point, side]

    def _label_in(self, key: PanelKey, point: str, side: str) -> LabelSpec:
        index, sizes = self.keys.index(key), self._layout.sizes
        panel = self._layout.panels[index]
        mark = MarkSpec(point, "point", "", side, "", places_of(self.guide).in_view(point, key.view), False)
        (label,) = label_specs(
            self._specs[index]._replace(marks=(mark,)), self._layout.panel_views[index], sizes, False
        )
        margin = 0.5 * SPACE * sizes.line
        return label._replace(
            x=label.x + panel.x, y=label.y + panel.y,
            least_x=max(panel.frame[0] - margin, label.least_x + panel.x),
            most_x=min(panel.frame[2] + margin, label.most_x + panel.x),
        )  # fmt: skip

    def _mark(self, sign: str, point: str, side: str, label: LabelSpec, spot: tuple[float, float]) -> ChartMark:
        left, top = self.scene.box[0], self.scene.box[3]
        at = (label.x, label.y)
        is_small = dist(spot, at) > FARTHEST * self._layout.sizes.pin
        x, y = at if is_small else spot
        units = (round(value / UNIT_CM) for value in (x - left, top - y, at[0] - left, top - at[1]))
        return ChartMark(*units, sign, point, side, is_small)

    @cached_property
    def _taken(self) -> list[Rect]:
        """What titles and the letters R and L take on the whole chart."""
        settled = self._layout
        letters = [
            (x0 + panel.x, y0 + panel.y, x1 + panel.x, y1 + panel.y)
            for panel_view, panel in zip(settled.panel_views, settled.panels, strict=True)
            for x0, y0, x1, y1 in letter_boxes(panel_view, settled.sizes)
        ]
        titles = (label for label in self.scene.labels if label.kind == "title")
        halves = ((label, len(label.text) * LETTER_WIDTH * label.size / 2) for label in titles)
        return letters + [(each.x - half, each.y, each.x + half, each.y + each.size) for each, half in halves]

    def zones(self, point: str, side: str) -> tuple[ChartZone, ...]:
        """Return where a point's pain is felt, in every panel that shows it.

        Parameters
        ----------
        point : str
            Point id.
        side : {"left", "right", "both"}
            The client's own side.

        Returns
        -------
        tuple of ChartZone
            Spillover first; empty for a point without zones.
        """
        found = []
        for index, key in enumerate(self.keys):
            view = atlas().view(key.view)
            shown = zone_shapes(self.guide, point, view)
            for each in sides_touched(side):
                if key.side in ("both", each):
                    flipped = key.side == "both" and each == "right"
                    found += [ChartZone(index, kind, d, flipped) for kind, d in shown]
        return tuple(found)


@lru_cache(maxsize=8)
def chart_of(guide: Guide) -> Chart:
    """Return the chart of a guide.

    Parameters
    ----------
    guide : Guide
        A guide.

    Returns
    -------
    Chart
        Made once for each guide.
    """
    return Chart(guide)


def _crop(guide: Guide) -> str:
    body = atlas()
    own = {area for area in guide.area_ids if area in body.areas}
    shown = {region.area for view in VIEWS for region in body.view(view).regions("lower")}
    if own and own <= shown:
        return "lower"
    return "upper" if own and all(_lowest(area) > FRAMES["upper"].low for area in own) else "whole"


def _lowest(area: str) -> float:
    """Return how far down an area reaches in the views of the whole body, in cm above the floor."""
    views = (atlas().view(view) for view in VIEWS if is_tall(atlas().view(view)))
    return min(y for view in views for ring in view.region_rings(area) for _, y in ring)


def _has_area(guide: Guide, view: str, crop: str) -> bool:
    areas = set(guide.area_ids)
    return any(region.area in areas for region in atlas().view(view).regions(crop))


def _panels_of(view: View) -> list[PanelKey]:
    """Return a view's panels, the client's right first: seen from the front it is at the viewer's left."""
    sides = ("both",) if view.is_symmetric else ("right", "left")
    return [PanelKey(view.name, side) for side in sides]


def _scale(view: View, crop: str) -> float:
    if is_tall(view):
        return 1.0
    _, y0, _, y1 = view.box(crop)
    return min(MAX_SCALE, SMALL_HEIGHT / (y1 - y0))


def words_of(key: PanelKey) -> str:
    """Return what a panel is called."""
    return ENGLISH.title(key.view, key.side)
