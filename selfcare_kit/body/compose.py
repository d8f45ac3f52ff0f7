"""From wishes to a scene: panels set side by side, labels placed, a legend written beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from selfcare_kit.body.atlas import View
from selfcare_kit.body.layout import Wish, place_labels
from selfcare_kit.body.places import FACING, Seen
from selfcare_kit.body.scene import Disc, Key, Label, Lane, Leader, Mark, Panel, Rect, Scene, Shape
from selfcare_kit.body.style import Style

# Sizes in cm of a figure 120 cm high.
FULL_HEIGHT = 120.0
# From this height up, marks are as large as their search area allows.
PIN_HEIGHT = 72.0
LARGEST_UNIT = 1.12
LARGEST_PIN = 1.25
SMALLEST_UNIT = 0.2
MARK_RADIUS = 1.5
DIAMOND = 0.85
CODE_SIZE = 2.1
TITLE_SIZE = 3.0
LETTER_SIZE = 3.6
LEGEND_SIZE = 2.5
LANE_WIDTH = 3.0
LABEL_MARGIN = 5.0
SPACE = 4.5
# Generous on purpose: the fonts of readers differ.
LETTER_WIDTH = 0.57
LEGEND_LETTERS = 30
LINE_HEIGHT = 1.3
ROW_SPACE = 0.55

TITLES = {
    ("front", ""): "Front",
    ("back", ""): "Back",
    ("side", "left"): "Left side",
    ("side", "right"): "Right side",
    ("oblique", "left"): "Left side, from behind",
    ("oblique", "right"): "Right side, from behind",
    ("inner", "left"): "Left leg, inner side",
    ("inner", "right"): "Right leg, inner side",
    ("sole", "left"): "Left sole",
    ("sole", "right"): "Right sole",
    ("foot_top", "left"): "Left foot, from above",
    ("foot_top", "right"): "Right foot, from above",
}


class MarkWish(NamedTuple):
    """A point to mark in a panel, on a side, as the view shows it."""

    id: str
    kind: str
    text: str
    side: str
    title: str
    seen: tuple[Seen, ...]
    has_arrow: bool


class PanelWish(NamedTuple):
    """A view to show, and what on it."""

    view: View
    side: str
    crop: str
    scale: float
    shapes: tuple[Shape, ...]
    values: tuple[tuple[float, float, str], ...]
    marks: tuple[MarkWish, ...]
    has_shorts: bool


class LegendRow(NamedTuple):
    """A line of the legend: its sign and its words."""

    kind: str
    sign: str
    text: str
    colour: str = ""
    is_dashed: bool = False


class _Layers(NamedTuple):
    panels: list[Panel]
    lanes: list[Lane]
    discs: list[Disc]
    leaders: list[Leader]
    marks: list[Mark]
    labels: list[Label]
    keys: list[Key]


def panel_title(view: View, side: str) -> str:
    """Return the words above a panel."""
    return TITLES.get((view.name, "" if view.is_symmetric else side), view.name.replace("_", " ").capitalize())


def compose(
    wishes: Sequence[PanelWish], legend: Sequence[LegendRow], style: Style, title: str, description: str
) -> Scene:
    """Make the scene of one or more panels.

    Parameters
    ----------
    wishes : sequence of PanelWish
        The panels, from left to right.
    legend : sequence of LegendRow
        Written beside the panels; empty for none.
    style : Style
        The look.
    title, description : str
        The figure in words.

    Returns
    -------
    Scene
        Ready to draw.
    """
    frames = [tuple(v * wish.scale for v in wish.view.box(wish.crop, wish.side)) for wish in wishes]
    height = max(frame[3] - frame[1] for frame in frames)
    unit = min(LARGEST_UNIT, max(SMALLEST_UNIT, height / FULL_HEIGHT))
    pin = min(LARGEST_PIN, max(SMALLEST_UNIT, height / PIN_HEIGHT))
    layers = _Layers([], [], [], [], [], [], [])
    spots = [_place_marks(wish, frame, pin, unit) for wish, frame in zip(wishes, frames, strict=True)]
    sizes = [_extent(*each, pin, unit) for each in zip(wishes, frames, spots, strict=True)]
    origins = [(0.0, 0.0)] if len(wishes) == 1 else _pack(wishes, sizes, unit)
    box = None
    for wish, frame, spot, size, (dx, dy) in zip(wishes, frames, spots, sizes, origins, strict=True):
        _add_panel(layers, wish, frame, dx, dy, unit)
        _add_marks(layers, wish, spot, dx, dy, pin)
        box = _join(box, (size[0] + dx, size[1] + dy, size[2] + dx, size[3] + dy))
    if legend:
        box = _add_legend(layers, legend, box, unit)
    return Scene(_pad(box, unit), title, description, style, unit, pin, *(tuple(layer) for layer in layers))


def _pad(box: Rect, unit: float) -> Rect:
    return (box[0] - unit, box[1] - unit, box[2] + unit, box[3] + unit)


def _join(a: Rect | None, b: Rect) -> Rect:
    return b if a is None else (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))


def _anchor(seen: Sequence[Seen]) -> tuple[float, float]:
    """Where the label of a point belongs: its middle place, a third down a lane."""
    each = seen[len(seen) // 2]
    if each.end is None:
        return each.x, each.y
    return each.x + 0.3 * (each.end[0] - each.x), each.y + 0.3 * (each.end[1] - each.y)


def _place_marks(wish: PanelWish, frame: Rect, pin: float, unit: float) -> list[tuple[float, float]]:
    if not wish.marks:
        return []
    wanted = []
    radius = MARK_RADIUS * pin
    for mark in wish.marks:
        x, y = _anchor(mark.seen)
        x = wish.scale * (x if mark.side == "left" else -x)
        if mark.kind == "acupoint":
            half = len(mark.text) * LETTER_WIDTH * CODE_SIZE * pin / 2
            wanted.append(Wish(x, wish.scale * y, half, CODE_SIZE * pin / 2, DIAMOND * pin, False))
        else:
            wanted.append(Wish(x, wish.scale * y, radius, radius, 0.4 * pin))
    margin = LABEL_MARGIN * pin
    bounds = (frame[0] - margin, frame[1], frame[2] + margin, frame[3])
    return place_labels(wanted, bounds, 0.35 * pin, [_letter_box(x, y, unit) for _, x, y in _letters(wish)])


def _letters(wish: PanelWish) -> list[tuple[str, float, float]]:
    s = wish.scale
    return [(letter, s * x, s * y) for letter, (x, y) in wish.view.letters(wish.crop, wish.side).items()]


def _letter_box(x: float, y: float, unit: float) -> Rect:
    half = LETTER_SIZE * unit * 0.5
    return (x - half, y - half, x + half, y + half)


def _extent(wish: PanelWish, frame: Rect, spots: Sequence[tuple[float, float]], pin: float, unit: float) -> Rect:
    x0, y0, x1, y1 = frame
    half = len(panel_title(wish.view, wish.side)) * LETTER_WIDTH * TITLE_SIZE * unit / 2
    middle = (x0 + x1) / 2
    x0, x1 = min(x0, middle - half), max(x1, middle + half)
    reach = (MARK_RADIUS + 0.6) * pin
    for x, y in spots:
        x0, x1 = min(x0, x - reach), max(x1, x + reach)
        y0, y1 = min(y0, y - reach), max(y1, y + reach)
    return (x0, y0, x1, y1 + 1.9 * TITLE_SIZE * unit)


def _pack(wishes: Sequence[PanelWish], sizes: Sequence[Rect], unit: float) -> list[tuple[float, float]]:
    """Set tall panels in a row and stack short ones, pairs of one view together, in columns after it."""
    space = SPACE * unit
    tallest = max(y1 - y0 for _, y0, _, y1 in sizes)
    origins: list[tuple[float, float]] = [(0.0, 0.0)] * len(wishes)
    left = 0.0
    groups: dict[str, list[int]] = {}
    for i, (x0, y0, x1, y1) in enumerate(sizes):
        if y1 - y0 > 0.62 * tallest:
            origins[i] = (left - x0, -y0)
            left += x1 - x0 + space
        else:
            groups.setdefault(wishes[i].view.name, []).append(i)
    top, column = tallest, 0.0
    for members in groups.values():
        high = max(sizes[i][3] - sizes[i][1] for i in members)
        if top - high < -1e-6:
            left, top, column = left + column + space, tallest, 0.0
        at = left
        for i in members:
            origins[i] = (at - sizes[i][0], top - sizes[i][3])
            at += sizes[i][2] - sizes[i][0] + space
        column = max(column, at - space - left)
        top -= high + space
    return origins


def _add_panel(layers: _Layers, wish: PanelWish, frame: Rect, dx: float, dy: float, unit: float) -> None:
    view, s = wish.view, wish.scale
    drawing = view.drawing(wish.crop)
    placed = (frame[0] + dx, frame[1] + dy, frame[2] + dx, frame[3] + dy)
    is_flipped = wish.side == "right" and not view.is_symmetric
    way = -1 if is_flipped else 1
    fades = tuple((way * s * x0 + dx, s * y0 + dy, way * s * x1 + dx, s * y1 + dy) for x0, y0, x1, y1 in drawing.fade)
    title = panel_title(view, wish.side)
    is_cropped = view.box(wish.crop) != view.box()
    layers.panels.append(
        Panel(
            view.name, wish.side, wish.crop, title, view.unit_cm, s, is_flipped, dx, dy, placed, is_cropped, drawing,
            fades, wish.shapes, view.shorts if wish.has_shorts else "",
        )
    )  # fmt: skip
    size = TITLE_SIZE * unit
    layers.labels.append(
        Label("title", (placed[0] + placed[2]) / 2, placed[3] + 0.6 * size, title, size, "middle", False)
    )
    size = LETTER_SIZE * unit
    layers.labels.extend(
        Label("letter", x + dx, y + dy - 0.36 * size, letter, size, "middle", True) for letter, x, y in _letters(wish)
    )
    layers.labels.extend(
        Label("value", s * x + dx, s * y + dy - 0.8 * unit, text, 2.3 * unit, "middle", True)
        for x, y, text in wish.values
    )


def _add_marks(
    layers: _Layers, wish: PanelWish, spots: Sequence[tuple[float, float]], dx: float, dy: float, pin: float
) -> None:
    s = wish.scale
    for mark, (x, y) in zip(wish.marks, spots, strict=True):
        way = 1 if mark.side == "left" else -1
        is_hollow = mark.seen[0].facing < FACING
        for seen in mark.seen:
            px, py = way * s * seen.x + dx, s * seen.y + dy
            if seen.end is not None:
                ex, ey = way * s * seen.end[0] + dx, s * seen.end[1] + dy
                layers.lanes.append(Lane(px, py, ex, ey, LANE_WIDTH * s, mark.has_arrow, mark.id, mark.side))
            elif mark.kind != "acupoint":
                layers.discs.append(Disc(px, py, s * seen.place.uncertainty_cm, is_hollow, mark.id, mark.side))
        ax, ay = _anchor(mark.seen)
        ax, ay = way * s * ax + dx, s * ay + dy
        x, y = x + dx, y + dy
        if mark.kind == "acupoint":
            layers.marks.extend(_other_diamonds(mark, way * s, s, dx, dy, pin))
        radius = MARK_RADIUS * pin
        layers.marks.append(Mark(mark.kind, x, y, radius, mark.text, is_hollow, ax, ay, mark.id, mark.side, mark.title))
        _add_leader(layers, mark, (ax, ay), (x, y), pin)


def _other_diamonds(mark: MarkWish, across: float, up: float, dx: float, dy: float, pin: float) -> list[Mark]:
    """Return diamonds without a code, for the places of an acupoint besides the one that is lettered."""
    lettered = mark.seen[len(mark.seen) // 2]
    spots = [(across * seen.x + dx, up * seen.y + dy) for seen in mark.seen if seen is not lettered]
    return [Mark(mark.kind, x, y, MARK_RADIUS * pin, "", False, x, y, mark.id, mark.side, mark.title) for x, y in spots]


def _add_leader(
    layers: _Layers, mark: MarkWish, start: tuple[float, float], end: tuple[float, float], pin: float
) -> None:
    distance = math.dist(start, end)
    if mark.kind == "acupoint":
        half = len(mark.text) * LETTER_WIDTH * CODE_SIZE * pin / 2
        if distance > half + 3 * DIAMOND * pin:
            layers.leaders.append(Leader(*start, *end, mark.kind))
    elif distance > 1e-6:
        layers.leaders.append(Leader(*start, *end, mark.kind))


@lru_cache(maxsize=1024)
def wrap(text: str, letters: int = LEGEND_LETTERS) -> tuple[str, ...]:
    """Break a text into lines of at most so many letters, between words where it can."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines) or ("",)


def _add_legend(layers: _Layers, rows: Iterable[LegendRow], box: Rect, unit: float) -> Rect:
    size = LEGEND_SIZE * unit
    written = [(row, wrap(row.text)) for row in rows]
    needed = sum(_row_height(text, size) for _, text in written)
    top = min(box[3], (box[1] + box[3] + needed) / 2)
    left, y, right = box[2] + 1.5 * size, top, box[2]
    for row, text in written:
        if y < top and y - _row_height(text, size) < box[1]:
            left, y = right + size, top
        key_x = left + 0.75 * size
        layers.keys.append(Key(row.kind, key_x, y - 0.65 * size, size, row.sign, row.colour, row.is_dashed))
        for number, line in enumerate(text):
            at = y - size - number * LINE_HEIGHT * size
            layers.labels.append(Label("legend", left + 2.1 * size, at, line, size, "start", False))
        y -= _row_height(text, size)
        right = max(right, left + (2.1 + max(map(len, text)) * LETTER_WIDTH) * size)
    return (box[0], box[1], right, box[3])


def _row_height(text: Sequence[str], size: float) -> float:
    return (len(text) * LINE_HEIGHT + ROW_SPACE) * size
