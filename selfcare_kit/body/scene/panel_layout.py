"""Where panels stand and where their numbers are written: neither on each other nor on what matters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from selfcare_kit.body.geometry import paths
from selfcare_kit.body.geometry.layout import LabelSpec, place_labels
from selfcare_kit.body.place.atlas import View
from selfcare_kit.body.place.places import PlaceInView
from selfcare_kit.body.scene.arrange import (
    HASTE,
    LETTER_SIZE,
    MARK_RADIUS,
    PanelView,
    PlacedPanel,
    Room,
    Sizes,
    arrange,
    box_of,
    letters_of,
    padded,
    panel_rows_of,
    panel_view_of,
    rows_for,
    with_marks,
)
from selfcare_kit.body.scene.legend import LETTER_WIDTH
from selfcare_kit.body.scene.scene import Rect
from selfcare_kit.body.scene.specs import MarkSpec, PanelSpec
from selfcare_kit.body.scene.words import ENGLISH, FigureWords

DIAMOND = 0.85
CODE_SIZE = 2.1
LANE_WIDTH = 3.0
LABEL_MARGIN = 5.0
# Between two labels.
GAP = 0.35
# Numbers keep off pain zones, which are looked through in steps of so many cm.
FELT_CELL = 1.4
# Rows of panels are better than others if words need be only so large.
ENOUGH = 0.9


class PanelLayout(NamedTuple):
    """Where everything stands: for each panel its view, the spots of its marks, and its own place."""

    sizes: Sizes
    panel_views: tuple[PanelView, ...]
    spots: list[list[tuple[float, float]]]
    panels: tuple[PlacedPanel, ...]


def lay_out(
    specs: Sequence[PanelSpec], words: FigureWords = ENGLISH, room: Room | None = None, longest: int = 0
) -> PanelLayout:
    """Find the places of panels and marks.

    Parameters
    ----------
    specs : sequence of PanelSpec
        The panels, from left to right.
    words : FigureWords, optional
        Titles and letters; English when left out.
    room : Room, optional
        Where the figure will be seen.
    longest : int, default=0
        Letters of the longest number that is still to come; those of the specs count anyway.

    Returns
    -------
    PanelLayout
        In the order of the specs.
    """
    titles = tuple([words.title(spec.view.name, spec.side) for spec in specs])
    if any(spec.shapes or spec.values for spec in specs):
        return _layout.__wrapped__(tuple(specs), titles, room, longest)
    return _layout(tuple([_bare(spec) for spec in specs]), titles, room, longest)


def _bare(spec: PanelSpec) -> PanelSpec:
    """Return what the places of a panel and its marks depend on, where there is nothing else on it."""
    marks = [
        MarkSpec(
            "",
            mark.kind,
            mark.text if mark.kind == "acupoint" else "0" * len(mark.text),
            mark.side,
            "",
            mark.seen,
            False,
        )
        for mark in spec.marks
    ]
    return PanelSpec(spec.view, spec.side, spec.crop, spec.scale, (), (), tuple(marks), False)


# A figure is drawn again and again while doses and words change, with its marks where they are.
@lru_cache(maxsize=256)
def _layout(specs: tuple[PanelSpec, ...], titles: tuple[str, ...], room: Room | None, longest: int) -> PanelLayout:
    letters = [len(mark.text) for spec in specs for mark in spec.marks if mark.kind != "acupoint"]
    panel_views = tuple(panel_view_of(spec.view, spec.side, spec.crop, spec.scale) for spec in specs)
    longest = max(letters, default=longest)
    best: PanelLayout | None = None
    for rows in rows_for(panel_views, titles, longest, room):
        arranged = panel_rows_of(panel_views, titles, longest, room, rows)
        found = _enlarged(PanelLayout(arranged.sizes, panel_views, [], arranged.panels), specs, titles, room)
        if best is None or found.sizes.text < ENOUGH * best.sizes.text:
            best = found
        # Rows that were reckoned with and have become little worse are not compared with others.
        if best.sizes.text < arranged.sizes.text / ENOUGH:
            break
    return best


def _enlarged(
    arranged: PanelLayout, specs: Sequence[PanelSpec], titles: Sequence[str], room: Room | None
) -> PanelLayout:
    """Place the marks on panels, and enlarge words and marks until they can be read in the room."""
    sizes, panel_views, _, panels = arranged
    spots, panels = _place_all(specs, panel_views, titles, panels, sizes)
    # Marks that found room only beside the body make a figure wider, and all in it smaller on paper.
    while room and (larger := sizes.on_paper(room.scale(padded(box_of(panels), sizes.line)))).exceed(sizes):
        sizes = larger.times(HASTE)
        spots, panels = _place_all(specs, panel_views, titles, panels, sizes)
    return PanelLayout(sizes, panel_views, spots, panels)


def _place_all(
    specs: Sequence[PanelSpec],
    panel_views: Sequence[PanelView],
    titles: Sequence[str],
    panels: tuple[PlacedPanel, ...],
    sizes: Sizes,
) -> tuple[list[list[tuple[float, float]]], tuple[PlacedPanel, ...]]:
    """Place the marks, and set the panels further apart where those do not fit into them."""
    spots = [_place_marks(*each, sizes) for each in zip(specs, panel_views, strict=True)]
    written = [
        [*spot, *((spec.scale * each.x, spec.scale * each.y) for each in spec.values)]
        for spec, spot in zip(specs, spots, strict=True)
    ]
    if all(
        with_marks(panel.box, spot, panel.x, panel.y, sizes) == panel.box
        for panel, spot in zip(panels, written, strict=True)
    ):
        return spots, panels
    return spots, arrange(panel_views, titles, written, sizes)


def lettered_place(seen: Sequence[PlaceInView]) -> PlaceInView:
    """Return the place of a point that is written at: the middle one."""
    return seen[len(seen) // 2]


def anchor_of(seen: Sequence[PlaceInView]) -> tuple[float, float]:
    """Where the label of a point belongs: its middle place, a third down a lane."""
    each = seen[len(seen) // 2]
    if each.end is None:
        return each.x, each.y
    return each.x + 0.3 * (each.end[0] - each.x), each.y + 0.3 * (each.end[1] - each.y)


def label_specs(spec: PanelSpec, panel_view: PanelView, sizes: Sizes, is_beside: bool = True) -> list[LabelSpec]:
    """Return where the marks of a panel would like to be written, in cm of the scene from the panel's origin.

    Numbers stand beside the search area of their point, or on it where a page shows that otherwise.
    """
    wanted = []
    pin = sizes.pin
    radius = MARK_RADIUS * pin
    for mark in spec.marks:
        x, y = anchor_of(mark.seen)
        x = spec.scale * (x if mark.side == "left" else -x)
        if mark.kind == "acupoint":
            half = len(mark.text) * LETTER_WIDTH * CODE_SIZE * pin / 2
            wanted.append(LabelSpec(x, spec.scale * y, half, CODE_SIZE * pin / 2, DIAMOND * pin, False))
        else:
            glyph = _reach(mark, spec.scale) if is_beside else 0.4 * pin
            own = other_spots(mark, spec.scale) if is_beside else ()
            sides = _own_side(panel_view.view, x)
            wanted.append(LabelSpec(x, spec.scale * y, radius, radius, glyph, not is_beside, *sides, own))
    return wanted


def _reach(mark: MarkSpec, scale: float) -> float:
    """Return how far the search area or the lane of a point reaches around the place its number belongs to."""
    each = mark.seen[len(mark.seen) // 2]
    return scale * (each.place.uncertainty_cm if each.end is None else LANE_WIDTH / 2)


def letter_boxes(panel_view: PanelView, sizes: Sizes) -> list[Rect]:
    """Return what the letters of a panel take, in the same cm."""
    return [letter_box(x, y, sizes.text) for _, x, y in letters_of(panel_view, sizes)]


def _place_marks(spec: PanelSpec, panel_view: PanelView, sizes: Sizes) -> Sequence[tuple[float, float]]:
    if not spec.marks:
        return []
    margin, frame = LABEL_MARGIN * sizes.pin, panel_view.frame
    bounds = (frame[0] - margin, frame[1], frame[2] + margin, frame[3])
    taken = (*letter_boxes(panel_view, sizes), *_felt_boxes(spec))
    return place_labels(label_specs(spec, panel_view, sizes), bounds, GAP * sizes.pin, taken, frame)


def other_spots(mark: MarkSpec, s: float) -> tuple[Rect, ...]:
    """Return what the search areas and the lane of a point take besides the place that is written at."""
    if len(mark.seen) == 1 and mark.seen[0].end is None:
        return ()
    taken = []
    way = s if mark.side == "left" else -s
    for seen in mark.seen:
        if seen.end is not None:
            half = s * LANE_WIDTH / 2
            steps = max(1, math.ceil(math.dist((seen.x, seen.y), seen.end) / LANE_WIDTH))
            for i in range(steps + 1):
                x = way * (seen.x + i / steps * (seen.end[0] - seen.x))
                y = s * (seen.y + i / steps * (seen.end[1] - seen.y))
                taken.append((x - half, y - half, x + half, y + half))
        elif seen is not lettered_place(mark.seen):
            half = s * seen.place.uncertainty_cm
            taken.append((way * seen.x - half, s * seen.y - half, way * seen.x + half, s * seen.y + half))
    return tuple(taken)


def _felt_boxes(spec: PanelSpec) -> list[Rect]:
    """Return small boxes that together cover the pain zones of a panel."""
    taken = []
    s, half = spec.scale, FELT_CELL / 2
    for shape in spec.shapes:
        if shape.kind not in ("primary", "spillover"):
            continue
        rings = paths.flatten(shape.d, spec.view.unit_cm, 2)
        is_turned = shape.is_flipped != (spec.side == "right" and not spec.view.is_symmetric)
        way = -s if is_turned else s
        for x, y in paths.grid(_bounds(rings), FELT_CELL):
            if paths.contains(rings, x, y):
                taken.append((way * x - s * half, s * (y - half), way * x + s * half, s * (y + half)))
    return taken


def _bounds(rings: Sequence[Sequence[tuple[float, float]]]) -> Rect:
    x0, y0, x1, y1 = zip(*(paths.bounds([ring]) for ring in rings), strict=True)
    return (min(x0), min(y0), max(x1), max(y1))


def _own_side(view: View, x: float) -> tuple[float, float]:
    """Return between which x a number stays that would else say the other side of the body."""
    if not view.is_symmetric or not x:
        return -math.inf, math.inf
    return (0.0, math.inf) if x > 0 else (-math.inf, 0.0)


def letter_box(x: float, y: float, text: float) -> Rect:
    """Return what a letter takes."""
    half = LETTER_SIZE * text * 0.5
    return (x - half, y - half, x + half, y + half)
