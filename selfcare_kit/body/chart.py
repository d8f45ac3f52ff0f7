"""The body chart: views side by side on which every area of a guide can be pointed at.

The chart itself never changes; what does (numbered marks, a point's pain zones) is told apart from
it, so that a page shows it without a new drawing. Like every figure it is made by `compose` and
drawn by `svg`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import islice
from math import dist
from typing import NamedTuple

from selfcare_kit.body.arrange import MARK_RADIUS, SPACE, Room
from selfcare_kit.body.atlas import View, atlas
from selfcare_kit.body.compose import (
    GAP,
    Layers,
    MarkWish,
    PanelWish,
    Settled,
    add_marks,
    compose,
    label_wishes,
    letter_boxes,
    settle,
)
from selfcare_kit.body.layout import Wish, place_labels
from selfcare_kit.body.legend import LETTER_WIDTH
from selfcare_kit.body.places import places_of
from selfcare_kit.body.plate import PanelKey, best_panel, is_tall, panels_for
from selfcare_kit.body.scene import Mark, Rect, Scene
from selfcare_kit.body.style import DOT_SIZE, DOT_SPACE, STYLES
from selfcare_kit.body.svg import UNIT_CM, to_svg
from selfcare_kit.body.wishes import Stage, all_regions, names_of, sides_of
from selfcare_kit.body.words import ENGLISH
from selfcare_kit.body.zones import own_side, zone_shapes
from selfcare_kit.guide import Guide

VIEWS = ("front", "back", "side", "inner", "sole", "foot_top")
# The height of a view of a leg or a foot, beside a body 120 cm high.
SMALL_HEIGHT = 62.0
LARGEST_SCALE = 2.2
# About the room of half a laptop's screen, in mm.
ROOM = Room(132.0, 150.0)
# Signs are a letter or a number of one digit; the few longer ones are written smaller.
LONGEST = 1
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
        down, any other the whole of it.

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
        self._wishes = [self._wish(key) for key in keys]
        self._settled: Settled = settle(self._wishes, room=ROOM, longest=LONGEST)

    def _wish(self, key: PanelKey) -> PanelWish:
        view = atlas().view(key.view)
        stage = Stage(view, "left" if key.side == "both" else key.side, self.crop, sides_of(key.side))
        areas = set(self.guide.area_ids)
        shapes = (
            shape
            for shape in all_regions(stage, STYLES["colour"])
            # A view of one leg may show some of the other behind it; that is pointed at in its own view.
            if shape.area in areas and (key.side == "both" or shape.side in (key.side, "midline"))
        )
        return PanelWish(view, key.side, self.crop, _scale(view, self.crop), tuple(shapes), (), (), False)

    @cached_property
    def scene(self) -> Scene:
        """What is drawn: views, regions and letters."""
        about = "Left and right are the client's own."
        return compose(self._wishes, (), STYLES["colour"], "Body chart", about, room=ROOM)

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
        return MARK_RADIUS * self._settled.sizes.pin / UNIT_CM

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
        places, names = places_of(self.guide), names_of(self.guide)
        wanted: dict[PanelKey, list[MarkWish]] = {}
        for sign, point, both in points:
            for side in sides_of(both):
                if not any(key in self.keys for key, _ in panels_for(places, point, side)):
                    continue
                key = best_panel(places, point, side, self.keys)
                seen = places.seen(point, key.view)
                title = f"{sign}: {names[point][1]}, {side}"
                wanted.setdefault(key, []).append(MarkWish(point, "point", sign, side, title, seen, False))
        wishes = {
            index: self._wishes[index]._replace(marks=tuple(wanted[key]))
            for index, key in enumerate(self.keys)
            if key in wanted
        }
        return tuple(self._written(wishes))

    def _written(self, wishes: dict[int, PanelWish]) -> list[ChartMark]:
        """Write the marks of all panels at once, so that none gets in the way of another panel's."""
        stands, sizes, panels = self._settled.stands, self._settled.sizes, self._settled.panels
        labels: list[Wish] = []
        for index, wish in wishes.items():
            panel = panels[index]
            margin = 0.5 * SPACE * sizes.line
            left, right = panel.frame[0] - margin, panel.frame[2] + margin
            for each in label_wishes(wish, stands[index], sizes):
                labels.append(
                    each._replace(
                        x=each.x + panel.x, y=each.y + panel.y, least_x=max(left, each.least_x + panel.x),
                        most_x=min(right, each.most_x + panel.x),
                    )
                )  # fmt: skip
        spots = iter(place_labels(labels, self.scene.box, GAP * sizes.pin, self._taken))
        layers = Layers.empty()
        for index, wish in wishes.items():
            x, y = panels[index].x, panels[index].y
            own = [(at_x - x, at_y - y) for at_x, at_y in islice(spots, len(wish.marks))]
            add_marks(layers, wish, own, x, y, sizes)
        return [self._mark(mark, FARTHEST * sizes.pin) for mark in layers.marks]

    def _mark(self, mark: Mark, farthest: float) -> ChartMark:
        left, top = self.scene.box[0], self.scene.box[3]
        is_small = dist((mark.x, mark.y), (mark.at_x, mark.at_y)) > farthest
        x, y = (mark.at_x, mark.at_y) if is_small else (mark.x, mark.y)
        units = (round(value / UNIT_CM) for value in (x - left, top - y, mark.at_x - left, top - mark.at_y))
        return ChartMark(*units, mark.text, mark.id, mark.side, is_small)

    @cached_property
    def _taken(self) -> list[Rect]:
        """What titles and the letters R and L take on the whole chart."""
        settled = self._settled
        letters = [
            (x0 + panel.x, y0 + panel.y, x1 + panel.x, y1 + panel.y)
            for stand, panel in zip(settled.stands, settled.panels, strict=True)
            for x0, y0, x1, y1 in letter_boxes(stand, settled.sizes)
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
            for each in sides_of(side):
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
    shown = {region.area for view in VIEWS for region in body.view(view).regions("lower")}
    is_above = {area for area in guide.area_ids if area in body.areas} - shown
    return "whole" if is_above or not shown & set(guide.area_ids) else "lower"


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
    return min(LARGEST_SCALE, SMALL_HEIGHT / (y1 - y0))


def words_of(key: PanelKey) -> str:
    """Return what a panel is called."""
    return ENGLISH.title(key.view, key.side)
