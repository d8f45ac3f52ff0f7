"""From specifications to a scene: panels set side by side, marks drawn, a legend written beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from selfcare_kit.body.place.places import FACING, facing_of
from selfcare_kit.body.scene.arrange import (
    LETTER_SIZE,
    MARK_RADIUS,
    TITLE_LINE,
    TITLE_SIZE,
    PanelView,
    PlacedPanel,
    Room,
    Sizes,
    box_of,
    letters_of,
    padded,
)
from selfcare_kit.body.scene.legend import LETTER_WIDTH, LegendRow, legend_beside
from selfcare_kit.body.scene.panel_layout import CODE_SIZE, DIAMOND, LANE_WIDTH, _reach, anchor_of, lay_out
from selfcare_kit.body.scene.scene import Disc, Fade, Key, Label, Lane, Leader, Mark, Panel, Rect, Scene
from selfcare_kit.body.scene.specs import MarkSpec, PanelSpec
from selfcare_kit.body.scene.style import Style
from selfcare_kit.body.scene.words import ENGLISH, FigureWords

CODE_LETTERS = 1.1  # of the radius of a mark
VALUE_SIZE = 2.3


class Layers(NamedTuple):
    """What is drawn on one level, level by level, while a scene is made."""

    panels: list[Panel]
    fades: list[Fade]
    lanes: list[Lane]
    discs: list[Disc]
    leaders: list[Leader]
    marks: list[Mark]
    labels: list[Label]
    keys: list[Key]

    @classmethod
    def empty(cls) -> Layers:
        """Return layers with nothing on them."""
        return cls(*([] for _ in cls._fields))


def compose(
    specs: Sequence[PanelSpec],
    legend: Sequence[LegendRow],
    style: Style,
    title: str,
    description: str,
    words: FigureWords = ENGLISH,
    room: Room | None = None,
) -> Scene:
    """Make the scene of one or more panels.

    Parameters
    ----------
    specs : sequence of PanelSpec
        The panels, from left to right.
    legend : sequence of LegendRow
        Written beside the panels; empty for none.
    style : Style
        The look.
    title, description : str
        The figure in words.
    words : FigureWords, optional
        Titles and letters; English when left out.
    room : Room, optional
        Where the figure will be printed; words and numbers become as large as a reader needs there.

    Returns
    -------
    Scene
        Ready to draw.
    """
    sizes, panel_views, spots, panels = lay_out(specs, words, room)
    layers = Layers.empty()
    for spec, panel_view, spot, panel in zip(specs, panel_views, spots, panels, strict=True):
        _add_panel(layers, spec, panel_view, panel, words, sizes)
        add_marks(layers, spec, spot, panel.x, panel.y, sizes)
    box = box_of(panels)
    if legend:
        keys, labels, box = legend_beside(box, legend, sizes.text)
        layers.keys.extend(keys)
        layers.labels.extend(labels)
    box = padded(box, sizes.line)
    return Scene(box, title, description, style, sizes.line, sizes.pin, *(tuple(layer) for layer in layers))


def _add_panel(
    layers: Layers, spec: PanelSpec, panel_view: PanelView, panel: PlacedPanel, words: FigureWords, sizes: Sizes
) -> None:
    view, s = spec.view, spec.scale
    drawing, box = view.drawing(spec.crop), view.box(spec.crop)
    is_flipped = spec.side == "right" and not view.is_symmetric
    layers.panels.append(
        Panel(
            view.name, spec.side, spec.crop, " ".join(panel.title), view.unit_cm, s, is_flipped, panel.x, panel.y,
            panel.frame, None if box == view.box() else box, drawing, spec.shapes,
            view.shorts if spec.has_shorts else None,
        )
    )  # fmt: skip
    last = layers.panels[-2] if len(layers.panels) > 1 else None
    is_next = last is not None and last.crop == spec.crop
    for _, start, _, end in drawing.fade:
        _add_fade(layers.fades, panel.frame, s * start + panel.y, s * end + panel.y, sizes.line, is_next)
    size = TITLE_SIZE * sizes.text
    middle, top = (panel.frame[0] + panel.frame[2]) / 2, panel.frame[3] + 0.6 * size
    layers.labels.extend(
        Label("title", middle, top + row * TITLE_LINE * size, line, size, "middle", False)
        for row, line in enumerate(reversed(panel.title))
    )
    size = LETTER_SIZE * sizes.text
    layers.labels.extend(
        Label("letter", x + panel.x, y + panel.y - 0.36 * size, words.letters[letter], size, "middle", True)
        for letter, x, y in letters_of(panel_view, sizes)
    )
    size = VALUE_SIZE * sizes.text
    layers.labels.extend(
        Label("value", s * each.x + panel.x, s * each.y + panel.y - 0.35 * size, each.text, size, "middle", True)
        for each in spec.values
    )
    for each in spec.values:
        if away := abs(each.x - each.at_x):
            start = (s * each.at_x + panel.x, s * each.at_y + panel.y)
            share = 1 - size * len(each.text) * LETTER_WIDTH / away
            end = (start[0] + share * s * (each.x - each.at_x), start[1] + share * s * (each.y - each.at_y))
            layers.leaders.append(Leader(*start, *end, "value"))


def _add_fade(fades: list[Fade], frame: Rect, start: float, end: float, line: float, is_next: bool) -> None:
    beyond = 1.2 * line
    x0, x1 = frame[0] - beyond, frame[2] + beyond
    for i, fade in enumerate(fades):
        # Panels of one kind that fade at the same height stand in one row, with nothing between them.
        if is_next and (fade.start, fade.end) == (start, end):
            fades[i] = fade._replace(x=min(fade.x, x0), end_x=max(fade.end_x, x1))
            return
    fades.append(Fade(x0, x1, start, end, end + (beyond if end > start else -beyond)))


def add_marks(
    layers: Layers, spec: PanelSpec, spots: Sequence[tuple[float, float]], dx: float, dy: float, sizes: Sizes
) -> None:
    """Put the marks of a panel that stands at (dx, dy) on their layers: search areas, lanes, leaders, numbers."""
    s, pin = spec.scale, sizes.pin
    radius = MARK_RADIUS * pin
    for mark, (x, y) in zip(spec.marks, spots, strict=True):
        way = 1 if mark.side == "left" else -1
        is_hollow = facing_of(mark.seen) < FACING
        for seen in mark.seen:
            px, py = way * s * seen.x + dx, s * seen.y + dy
            if seen.end is not None:
                ex, ey = way * s * seen.end[0] + dx, s * seen.end[1] + dy
                layers.lanes.append(Lane(px, py, ex, ey, LANE_WIDTH * s, mark.has_arrow, mark.id, mark.side))
            elif mark.kind != "acupoint":
                layers.discs.append(Disc(px, py, s * seen.place.uncertainty_cm, is_hollow, mark.id, mark.side))
        ax, ay = anchor_of(mark.seen)
        ax, ay = way * s * ax + dx, s * ay + dy
        x, y = x + dx, y + dy
        if mark.kind == "acupoint":
            layers.marks.extend(_other_diamonds(mark, way * s, s, dx, dy, pin))
        size = radius * (CODE_LETTERS if mark.kind == "acupoint" else sizes.number)
        layers.marks.append(
            Mark(mark.kind, x, y, radius, mark.text, size, is_hollow, ax, ay, mark.id, mark.side, mark.title)
        )
        _add_leader(layers, mark, (ax, ay), (x, y), pin, _reach(mark, s), radius)


def _other_diamonds(mark: MarkSpec, across: float, up: float, dx: float, dy: float, pin: float) -> list[Mark]:
    """Return diamonds without a code, for the places of an acupoint besides the one that is lettered."""
    lettered = mark.seen[len(mark.seen) // 2]
    spots = [(across * seen.x + dx, up * seen.y + dy) for seen in mark.seen if seen is not lettered]
    radius = MARK_RADIUS * pin
    return [Mark(mark.kind, x, y, radius, "", radius, False, x, y, mark.id, mark.side, mark.title) for x, y in spots]


def _add_leader(
    layers: Layers,
    mark: MarkSpec,
    start: tuple[float, float],
    end: tuple[float, float],
    pin: float,
    reach: float,
    radius: float,
) -> None:
    distance = math.dist(start, end)
    if mark.kind == "acupoint":
        half = len(mark.text) * LETTER_WIDTH * CODE_SIZE * pin / 2
        if distance > half + 3 * DIAMOND * pin:
            layers.leaders.append(Leader(*start, *end, mark.kind))
    elif distance > reach + radius:
        # From the edge of the search area, so that the cross in its middle stays clear.
        share = reach / distance
        x, y = (a + share * (b - a) for a, b in zip(start, end, strict=True))
        layers.leaders.append(Leader(x, y, *end, mark.kind))
