"""From wishes to a scene: panels set side by side, labels placed, a legend written beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from selfcare_kit.body.geometry import paths
from selfcare_kit.body.geometry.layout import Wish, place_labels
from selfcare_kit.body.place.atlas import Crop, View
from selfcare_kit.body.place.places import FACING, Seen, facing_of
from selfcare_kit.body.scene.arrange import (
    HASTE,
    LETTER_SIZE,
    MARK_RADIUS,
    TITLE_LINE,
    TITLE_SIZE,
    Placed,
    Room,
    Sizes,
    Stand,
    arrange,
    box_of,
    ground_of,
    letters_of,
    padded,
    rows_for,
    stand_of,
    with_marks,
)
from selfcare_kit.body.scene.legend import LETTER_WIDTH, LegendRow, legend_beside
from selfcare_kit.body.scene.scene import Disc, Fade, Key, Label, Lane, Leader, Mark, Panel, Rect, Scene, Shape
from selfcare_kit.body.scene.style import Style
from selfcare_kit.body.scene.words import ENGLISH, FigureWords

DIAMOND = 0.85
CODE_SIZE = 2.1
CODE_LETTERS = 1.1  # of the radius of a mark
VALUE_SIZE = 2.3
LANE_WIDTH = 3.0
LABEL_MARGIN = 5.0
# Between two labels.
GAP = 0.35
# Numbers keep off pain zones, which are looked through in steps of so many cm.
FELT_CELL = 1.4
# Rows of panels are better than others if words need be only so large.
ENOUGH = 0.9


class MarkWish(NamedTuple):
    """A point to mark in a panel, on a side, as the view shows it."""

    id: str
    kind: str
    text: str
    side: str
    title: str
    seen: tuple[Seen, ...]
    has_arrow: bool


class ValueWish(NamedTuple):
    """A number to write at (x, y) in cm of the view, for an area at (at_x, at_y)."""

    x: float
    y: float
    text: str
    at_x: float
    at_y: float


class PanelWish(NamedTuple):
    """A view to show, and what on it."""

    view: View
    side: str
    crop: Crop
    scale: float
    shapes: tuple[Shape, ...]
    values: tuple[ValueWish, ...]
    marks: tuple[MarkWish, ...]
    has_shorts: bool


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
    wishes: Sequence[PanelWish],
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
    wishes : sequence of PanelWish
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
    sizes, stands, spots, panels = settle(wishes, words, room)
    layers = Layers.empty()
    for wish, stand, spot, panel in zip(wishes, stands, spots, panels, strict=True):
        _add_panel(layers, wish, stand, panel, words, sizes)
        add_marks(layers, wish, spot, panel.x, panel.y, sizes)
    box = box_of(panels)
    if legend:
        keys, labels, box = legend_beside(box, legend, sizes.text)
        layers.keys.extend(keys)
        layers.labels.extend(labels)
    box = padded(box, sizes.line)
    return Scene(box, title, description, style, sizes.line, sizes.pin, *(tuple(layer) for layer in layers))


class Settled(NamedTuple):
    """Where everything stands: for each panel its view, the spots of its marks, and its own place."""

    sizes: Sizes
    stands: tuple[Stand, ...]
    spots: list[list[tuple[float, float]]]
    panels: tuple[Placed, ...]


def settle(
    wishes: Sequence[PanelWish], words: FigureWords = ENGLISH, room: Room | None = None, longest: int = 0
) -> Settled:
    """Find the places of panels and marks.

    Parameters
    ----------
    wishes : sequence of PanelWish
        The panels, from left to right.
    words : FigureWords, optional
        Titles and letters; English when left out.
    room : Room, optional
        Where the figure will be seen.
    longest : int, default=0
        Letters of the longest number that is still to come; those of the wishes count anyway.

    Returns
    -------
    Settled
        In the order of the wishes.
    """
    titles = tuple([words.title(wish.view.name, wish.side) for wish in wishes])
    if any(wish.shapes or wish.values for wish in wishes):
        return _settled.__wrapped__(tuple(wishes), titles, room, longest)
    return _settled(tuple([_bare(wish) for wish in wishes]), titles, room, longest)


def _bare(wish: PanelWish) -> PanelWish:
    """Return what the places of a panel and its marks depend on, where there is nothing else on it."""
    marks = [
        MarkWish(
            "",
            mark.kind,
            mark.text if mark.kind == "acupoint" else "0" * len(mark.text),
            mark.side,
            "",
            mark.seen,
            False,
        )
        for mark in wish.marks
    ]
    return PanelWish(wish.view, wish.side, wish.crop, wish.scale, (), (), tuple(marks), False)


# A figure is drawn again and again while doses and words change, with its marks where they are.
@lru_cache(maxsize=256)
def _settled(wishes: tuple[PanelWish, ...], titles: tuple[str, ...], room: Room | None, longest: int) -> Settled:
    letters = [len(mark.text) for wish in wishes for mark in wish.marks if mark.kind != "acupoint"]
    stands = tuple(stand_of(wish.view, wish.side, wish.crop, wish.scale) for wish in wishes)
    longest = max(letters, default=longest)
    best: Settled | None = None
    for rows in rows_for(stands, titles, longest, room):
        ground = ground_of(stands, titles, longest, room, rows)
        found = _enlarged(Settled(ground.sizes, stands, [], ground.panels), wishes, titles, room)
        if best is None or found.sizes.text < ENOUGH * best.sizes.text:
            best = found
        # Rows that were reckoned with and have become little worse are not compared with others.
        if best.sizes.text < ground.sizes.text / ENOUGH:
            break
    return best


def _enlarged(ground: Settled, wishes: Sequence[PanelWish], titles: Sequence[str], room: Room | None) -> Settled:
    """Place the marks on panels, and enlarge words and marks until they can be read in the room."""
    sizes, stands, _, panels = ground
    spots, panels = _settle(wishes, stands, titles, panels, sizes)
    # Marks that found room only beside the body make a figure wider, and all in it smaller on paper.
    while room and (larger := sizes.on_paper(room.scale(padded(box_of(panels), sizes.line)))).exceed(sizes):
        sizes = larger.times(HASTE)
        spots, panels = _settle(wishes, stands, titles, panels, sizes)
    return Settled(sizes, stands, spots, panels)


def _settle(
    wishes: Sequence[PanelWish],
    stands: Sequence[Stand],
    titles: Sequence[str],
    panels: tuple[Placed, ...],
    sizes: Sizes,
) -> tuple[list[list[tuple[float, float]]], tuple[Placed, ...]]:
    """Place the marks, and set the panels further apart where those do not fit into them."""
    spots = [_place_marks(*each, sizes) for each in zip(wishes, stands, strict=True)]
    written = [
        [*spot, *((wish.scale * each.x, wish.scale * each.y) for each in wish.values)]
        for wish, spot in zip(wishes, spots, strict=True)
    ]
    if all(
        with_marks(panel.box, spot, panel.x, panel.y, sizes) == panel.box
        for panel, spot in zip(panels, written, strict=True)
    ):
        return spots, panels
    return spots, arrange(stands, titles, written, sizes)


def _lettered(seen: Sequence[Seen]) -> Seen:
    """Return the place of a point that is written at: the middle one."""
    return seen[len(seen) // 2]


def _anchor(seen: Sequence[Seen]) -> tuple[float, float]:
    """Where the label of a point belongs: its middle place, a third down a lane."""
    each = seen[len(seen) // 2]
    if each.end is None:
        return each.x, each.y
    return each.x + 0.3 * (each.end[0] - each.x), each.y + 0.3 * (each.end[1] - each.y)


def label_wishes(wish: PanelWish, stand: Stand, sizes: Sizes, is_beside: bool = True) -> list[Wish]:
    """Return where the marks of a panel would like to be written, in cm of the scene from the panel's origin.

    Numbers stand beside the search area of their point, or on it where a page shows that otherwise.
    """
    wanted = []
    pin = sizes.pin
    radius = MARK_RADIUS * pin
    for mark in wish.marks:
        x, y = _anchor(mark.seen)
        x = wish.scale * (x if mark.side == "left" else -x)
        if mark.kind == "acupoint":
            half = len(mark.text) * LETTER_WIDTH * CODE_SIZE * pin / 2
            wanted.append(Wish(x, wish.scale * y, half, CODE_SIZE * pin / 2, DIAMOND * pin, False))
        else:
            glyph = _reach(mark, wish.scale) if is_beside else 0.4 * pin
            own = _other_spots(mark, wish.scale) if is_beside else ()
            sides = _own_side(stand.view, x)
            wanted.append(Wish(x, wish.scale * y, radius, radius, glyph, not is_beside, *sides, own))
    return wanted


def _reach(mark: MarkWish, scale: float) -> float:
    """Return how far the search area or the lane of a point reaches around the place its number belongs to."""
    each = mark.seen[len(mark.seen) // 2]
    return scale * (each.place.uncertainty_cm if each.end is None else LANE_WIDTH / 2)


def letter_boxes(stand: Stand, sizes: Sizes) -> list[Rect]:
    """Return what the letters of a panel take, in the same cm."""
    return [_letter_box(x, y, sizes.text) for _, x, y in letters_of(stand, sizes)]


def _place_marks(wish: PanelWish, stand: Stand, sizes: Sizes) -> Sequence[tuple[float, float]]:
    if not wish.marks:
        return []
    margin, frame = LABEL_MARGIN * sizes.pin, stand.frame
    bounds = (frame[0] - margin, frame[1], frame[2] + margin, frame[3])
    taken = (*letter_boxes(stand, sizes), *_felt_boxes(wish))
    return place_labels(label_wishes(wish, stand, sizes), bounds, GAP * sizes.pin, taken, frame)


def _other_spots(mark: MarkWish, s: float) -> tuple[Rect, ...]:
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
        elif seen is not _lettered(mark.seen):
            half = s * seen.place.uncertainty_cm
            taken.append((way * seen.x - half, s * seen.y - half, way * seen.x + half, s * seen.y + half))
    return tuple(taken)


def _felt_boxes(wish: PanelWish) -> list[Rect]:
    """Return small boxes that together cover the pain zones of a panel."""
    taken = []
    s, half = wish.scale, FELT_CELL / 2
    for shape in wish.shapes:
        if shape.kind not in ("primary", "spillover"):
            continue
        rings = paths.flatten(shape.d, wish.view.unit_cm, 2)
        is_turned = shape.is_flipped != (wish.side == "right" and not wish.view.is_symmetric)
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


def _letter_box(x: float, y: float, text: float) -> Rect:
    half = LETTER_SIZE * text * 0.5
    return (x - half, y - half, x + half, y + half)


def _add_panel(layers: Layers, wish: PanelWish, stand: Stand, panel: Placed, words: FigureWords, sizes: Sizes) -> None:
    view, s = wish.view, wish.scale
    drawing, box = view.drawing(wish.crop), view.box(wish.crop)
    is_flipped = wish.side == "right" and not view.is_symmetric
    layers.panels.append(
        Panel(
            view.name, wish.side, wish.crop, " ".join(panel.title), view.unit_cm, s, is_flipped, panel.x, panel.y,
            panel.frame, None if box == view.box() else box, drawing, wish.shapes,
            view.shorts if wish.has_shorts else None,
        )
    )  # fmt: skip
    last = layers.panels[-2] if len(layers.panels) > 1 else None
    is_next = last is not None and last.crop == wish.crop
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
        for letter, x, y in letters_of(stand, sizes)
    )
    size = VALUE_SIZE * sizes.text
    layers.labels.extend(
        Label("value", s * each.x + panel.x, s * each.y + panel.y - 0.35 * size, each.text, size, "middle", True)
        for each in wish.values
    )
    for each in wish.values:
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
    layers: Layers, wish: PanelWish, spots: Sequence[tuple[float, float]], dx: float, dy: float, sizes: Sizes
) -> None:
    """Put the marks of a panel that stands at (dx, dy) on their layers: search areas, lanes, leaders, numbers."""
    s, pin = wish.scale, sizes.pin
    radius = MARK_RADIUS * pin
    for mark, (x, y) in zip(wish.marks, spots, strict=True):
        way = 1 if mark.side == "left" else -1
        is_hollow = facing_of(mark.seen) < FACING
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
        size = radius * (CODE_LETTERS if mark.kind == "acupoint" else sizes.number)
        layers.marks.append(
            Mark(mark.kind, x, y, radius, mark.text, size, is_hollow, ax, ay, mark.id, mark.side, mark.title)
        )
        _add_leader(layers, mark, (ax, ay), (x, y), pin, _reach(mark, s), radius)


def _other_diamonds(mark: MarkWish, across: float, up: float, dx: float, dy: float, pin: float) -> list[Mark]:
    """Return diamonds without a code, for the places of an acupoint besides the one that is lettered."""
    lettered = mark.seen[len(mark.seen) // 2]
    spots = [(across * seen.x + dx, up * seen.y + dy) for seen in mark.seen if seen is not lettered]
    radius = MARK_RADIUS * pin
    return [Mark(mark.kind, x, y, radius, "", radius, False, x, y, mark.id, mark.side, mark.title) for x, y in spots]


def _add_leader(
    layers: Layers,
    mark: MarkWish,
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
