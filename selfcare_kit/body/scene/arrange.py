"""Where the panels of a figure stand, and how large its words and marks are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from selfcare_kit.body.place.atlas import Crop, View
from selfcare_kit.body.scene.legend import LETTER_WIDTH, wrap
from selfcare_kit.body.scene.scene import Rect

# Sizes in cm of a figure 120 cm high.
FULL_HEIGHT = 120.0
# From this height up, marks are as large as their search area allows.
PIN_HEIGHT = 72.0
MAX_UNIT = 1.12
MAX_PIN = 1.25
MIN_UNIT = MIN_PIN = 0.2
MARK_RADIUS = 1.5
TITLE_SIZE = 3.0
TITLE_LINE = 1.1
LETTER_SIZE = 3.6
SPACE = 4.5
MAX_ROWS = (0, 2, 3)
# Reckoned so many times: larger words make a figure larger, which on paper makes them smaller.
ROUNDS = 6
# Marks and words may be so much smaller than reckoned; larger than MAX_TEXT nothing is tried.
SLACK = 1.035
# They grow by more than they lack, so that it does not take many rounds.
HASTE = 1.04
MAX_TEXT = 6.0
# 7 and 8 points and a little more: marks beside the body make a figure wider than was reckoned.
MIN_TEXT_MM = 7.3 * 25.4 / 72
MIN_NUMBER_MM = 8.3 * 25.4 / 72
# Of the radius of a mark, by the letters of the longest number.
NUMBER_SIZES = (1.55, 1.55, 1.35, 1.0)
# A title may be a little wider than its panel before it takes a second line.
TITLE_REACH = 1.2
TITLE_LETTERS = 12


class Room(NamedTuple):
    """The room of a figure on paper in mm: there its titles are 7 pt or more, its numbers 8 pt."""

    width: float
    height: float

    def scale(self, box: Rect) -> float:
        """Return how many mm a cm of a scene becomes in it."""
        return min(self.width / (box[2] - box[0]), self.height / (box[3] - box[1]))


class Sizes(NamedTuple):
    """How many times as large as in a figure 120 cm high lines, words and marks are.

    `number` is the size of a number, of the radius of its mark; `rows` how many rows the panels
    stand in, 0 for one with the small ones stacked at its end.
    """

    line: float
    text: float
    pin: float
    number: float
    rows: int = 0

    def on_paper(self, mm: float) -> Sizes:
        """Return sizes that can still be read when a cm of the scene is so many mm on paper."""
        text = MIN_TEXT_MM / (TITLE_SIZE * mm)
        pin = MIN_NUMBER_MM / (MARK_RADIUS * self.number * mm)
        return self._replace(text=max(self.text, text), pin=max(self.pin, pin))

    def times(self, factor: float) -> Sizes:
        """Return words and marks so many times as large."""
        return self._replace(text=factor * self.text, pin=factor * self.pin)

    def exceed(self, other: Sizes) -> bool:
        """Return whether something in other is too small to be read where these sizes are needed."""
        return max(self.pin / other.pin, self.text / other.text) > SLACK and other.text < MAX_TEXT


class PanelView(NamedTuple):
    """A view before anything is drawn on it: its frame, and where R and L are lettered, in cm of the scene."""

    view: View
    side: str
    crop: Crop
    scale: float
    frame: Rect
    letters: tuple[tuple[str, float, float], ...]


def letters_of(panel_view: PanelView, sizes: Sizes) -> list[tuple[str, float, float]]:
    """Return where R and L are lettered: the larger they are, the further away from the body."""
    away = 0.45 * LETTER_SIZE * (sizes.text - sizes.line)
    middle = (panel_view.frame[0] + panel_view.frame[2]) / 2
    return [(letter, x + (away if x > middle else -away), y) for letter, x, y in panel_view.letters]


@lru_cache(maxsize=256)
def panel_view_of(view: View, side: str, crop: Crop, scale: float) -> PanelView:
    """Return a view as it is drawn `scale` times as large."""
    frame = tuple(scale * v for v in view.box(crop, side))
    places = view.letters(crop, side).items()
    return PanelView(view, side, crop, scale, frame, tuple((letter, scale * x, scale * y) for letter, (x, y) in places))


class PlacedPanel(NamedTuple):
    """Where a panel stands: its frame and the box with its title and marks, both moved by (x, y)."""

    x: float
    y: float
    frame: Rect
    box: Rect
    title: tuple[str, ...]


class PanelRows(NamedTuple):
    """Panels set side by side, before anything is marked on them."""

    sizes: Sizes
    panels: tuple[PlacedPanel, ...]


def unit_of(height: float) -> float:
    """Return how many times as wide lines are as in a figure 120 cm high."""
    return min(MAX_UNIT, max(MIN_UNIT, height / FULL_HEIGHT))


def text_unit_of(height: float) -> float:
    """Return how many times as large words are as in a figure 120 cm high: titles of views one size, side by side."""
    return max(MIN_UNIT, height / FULL_HEIGHT)


# The same for all routines that need the same views.
@lru_cache(maxsize=256)
def panel_rows_of(
    panel_views: tuple[PanelView, ...], titles: tuple[str, ...], longest: int, room: Room | None, rows: int = 0
) -> PanelRows:
    """Set panels side by side, with words and marks that can be read.

    Parameters
    ----------
    panel_views : tuple of PanelView
        From left to right.
    titles : tuple of str
        The words above each.
    longest : int
        Letters of the longest number that will be marked.
    room : Room, optional
        Where the figure will be printed.
    rows : int, default=0
        How many rows they stand in; 0 for one with the small ones stacked at its end.

    Returns
    -------
    PanelRows
        Sizes, and where the panels stand.
    """
    height = max(panel_view.frame[3] - panel_view.frame[1] for panel_view in panel_views)
    unit = unit_of(height)
    pin = min(MAX_PIN, max(MIN_PIN, height / PIN_HEIGHT))
    natural = Sizes(unit, text_unit_of(height), pin, NUMBER_SIZES[min(longest, len(NUMBER_SIZES) - 1)], rows)
    bare = [()] * len(panel_views)
    sizes = natural
    for _ in range(ROUNDS if room else 0):
        mm = room.scale(padded(box_of(arrange(panel_views, titles, bare, sizes)), unit))
        sizes = natural.on_paper(mm)
    return PanelRows(sizes, arrange(panel_views, titles, bare, sizes))


@lru_cache(maxsize=256)
def rows_for(
    panel_views: tuple[PanelView, ...], titles: tuple[str, ...], longest: int, room: Room | None
) -> tuple[int, ...]:
    """Return in how many rows panels could stand in a room, what makes the bare panels largest first."""
    if room is None:
        return (0,)
    found = []
    for rows in MAX_ROWS[: len(panel_views)]:
        sizes, panels = panel_rows_of(panel_views, titles, longest, room, rows)
        # Fewer rows are plainer: more have to be worth it.
        found.append((room.scale(padded(box_of(panels), sizes.line)) * (1.0 if rows else 1.1), -rows))
    return tuple(-rows for _, rows in sorted(found, reverse=True))


def arrange(
    panel_views: Sequence[PanelView],
    titles: Sequence[str],
    spots: Sequence[Sequence[tuple[float, float]]],
    sizes: Sizes,
) -> tuple[PlacedPanel, ...]:
    """Set panels with their marks side by side.

    Parameters
    ----------
    panel_views : sequence of PanelView
        From left to right.
    titles : sequence of str
        The words above each.
    spots : sequence of sequence of point
        Where the marks of each are.
    sizes : Sizes
        How large words and marks are.

    Returns
    -------
    tuple of PlacedPanel
        One for each.
    """
    size = TITLE_SIZE * sizes.text
    frames = [panel_view.frame for panel_view in panel_views]
    lines, boxes = [], []
    for panel_view, title, marked in zip(panel_views, titles, spots, strict=True):
        x0, y0, x1, y1 = panel_view.frame
        line = wrap(title, max(TITLE_LETTERS, int(TITLE_REACH * (x1 - x0) / (LETTER_WIDTH * size))))
        half = max((x1 - x0) / 2, max(map(len, line)) * LETTER_WIDTH * size / 2)
        middle = (x0 + x1) / 2
        box = (middle - half, y0, middle + half, y1 + (0.8 + len(line) * TITLE_LINE) * size)
        reach = 0.4 * LETTER_SIZE * sizes.text
        across = [x for _, x, _ in letters_of(panel_view, sizes)] or [middle]
        box = (min(box[0], min(across) - reach), box[1], max(box[2], max(across) + reach), box[3])
        lines.append(line)
        boxes.append(with_marks(box, marked, 0.0, 0.0, sizes))
    if len(panel_views) == 1:
        origins = [(0.0, 0.0)]
    elif sizes.rows:
        origins = _pack_rows(panel_views, boxes, sizes)
    else:
        origins = _pack(panel_views, boxes, sizes.line)
    return tuple(
        PlacedPanel(x, y, _moved(frame, x, y), _moved(box, x, y), line)
        for frame, box, line, (x, y) in zip(frames, boxes, lines, origins, strict=True)
    )


def with_marks(box: Rect, spots: Sequence[tuple[float, float]], dx: float, dy: float, sizes: Sizes) -> Rect:
    """Return a box that also holds the marks of a panel that stands at (dx, dy)."""
    x0, y0, x1, y1 = box
    reach = (MARK_RADIUS + 0.6) * sizes.pin
    for x, y in spots:
        x0, x1 = min(x0, x + dx - reach), max(x1, x + dx + reach)
        y0, y1 = min(y0, y + dy - reach), max(y1, y + dy + reach)
    return (x0, y0, x1, y1)


def _moved(box: Rect, x: float, y: float) -> Rect:
    return (box[0] + x, box[1] + y, box[2] + x, box[3] + y)


def box_of(panels: Sequence[PlacedPanel]) -> Rect:
    """Return the smallest box around panels."""
    x0, y0, x1, y1 = zip(*(panel.box for panel in panels), strict=True)
    return (min(x0), min(y0), max(x1), max(y1))


def padded(box: Rect, unit: float) -> Rect:
    """Return a box with some room around it."""
    return (box[0] - unit, box[1] - unit, box[2] + unit, box[3] + unit)


def _pack(panel_views: Sequence[PanelView], sizes: Sequence[Rect], unit: float) -> list[tuple[float, float]]:
    """Set tall panels in a row and stack short ones, pairs of one view together, in columns after it."""
    space = SPACE * unit
    tallest = max(y1 - y0 for _, y0, _, y1 in sizes)
    origins: list[tuple[float, float]] = [(0.0, 0.0)] * len(panel_views)
    left = 0.0
    groups: dict[str, list[int]] = {}
    for i, (x0, y0, x1, y1) in enumerate(sizes):
        if y1 - y0 > 0.62 * tallest:
            origins[i] = (left - x0, -y0)
            left += x1 - x0 + space
        else:
            groups.setdefault(panel_views[i].view.name, []).append(i)
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


def _pack_rows(panel_views: Sequence[PanelView], boxes: Sequence[Rect], sizes: Sizes) -> list[tuple[float, float]]:
    """Set panels in rows of about the same width, pairs of one view together."""
    space = SPACE * sizes.line
    groups: dict[str, list[int]] = {}
    for i, panel_view in enumerate(panel_views):
        groups.setdefault(panel_view.view.name, []).append(i)
    total = sum(x1 - x0 + space for x0, _, x1, _ in boxes)
    rows: list[list[int]] = [[]]
    done = 0.0
    for members in groups.values():
        wide = sum(boxes[i][2] - boxes[i][0] + space for i in members)
        if rows[-1] and done + wide / 2 > total / sizes.rows * len(rows):
            rows.append([])
        rows[-1] += members
        done += wide
    origins = [(0.0, 0.0)] * len(panel_views)
    top = 0.0
    for row in rows:
        left = -sum(boxes[i][2] - boxes[i][0] + space for i in row) / 2
        for i in row:
            x0, _, x1, y1 = boxes[i]
            origins[i] = (left - x0, top - y1)
            left += x1 - x0 + space
        top -= max(boxes[i][3] - boxes[i][1] for i in row) + space
    return origins
