"""How a handout is set so that it stays on one page: as roomy as its texts allow, with as large a figure.

The heights are reckoned from the widths of letters; the sizes that count are here, and the style
sheets take them from here as custom properties. A test compares what is reckoned with a browser.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from selfcare_kit.export.guidance import Help
from selfcare_kit.export.measure import MM_A_POINT, Run, count_lines, level

STEP = 12.0
TITLE = 19.0
SMALLEST = 9.0
# Width and height of a page in mm.
PAGES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
# Kept free: another font may break a line where none was reckoned.
SPARE = 2.5
COLUMN_GAP = 6.0
BOX_GAP = 5.0
NUMBER = 11.0
TALLEST_FIGURE = 96.0
# How much of a page's width a figure may take, by its panels, the most wished for first.
FIGURE_SHARES = ((0.0,), (0.26, 0.22), (0.45, 0.36, 0.3), (0.5, 0.43, 0.36, 0.3, 0.24))
RULES_SIZES = (11.5, 11.0, 10.5, 10.0, 9.5, 9.2, 9.0)
LIST_COLUMN = 62.0
# They leave some of the figure's height free: with a wider font they grow, and the figure gives way.
RULES_FILL = 0.86
# Of a code with its words, and from them to the text.
VIDEO_TEXT = 27.0
VIDEO_WIDTH = 29.0
NARROWEST_BOX = 38.0
# Boxes side by side are made wider and narrower so many times, until they are about as high.
LEVELLED = 6
ALIKE = 0.54

Paragraph = tuple[Run, ...]


class Setting(NamedTuple):
    """One way to set a page: line heights of steps and small print, size of that, room around a step in mm.

    `is_list` sets the reasons to call for help one below the other, `is_dense` runs the
    paragraphs of a step on, `least` is how high the figure has to be, as a share of the page, and
    `margin` that of the paper in mm.
    """

    name: str
    lead: float
    small: float
    tight: float
    gap: float
    is_list: bool
    is_dense: bool
    least: float
    margin: float = 12.0

    def page(self, paper: str) -> tuple[float, float]:
        """Return width and height of a page without its margins, in mm."""
        width, height = PAGES[paper]
        return width - 2 * self.margin, height - 2 * self.margin


SETTINGS = (
    Setting("roomy", 1.2, 9.5, 1.17, 1.5, True, False, 0.3),
    Setting("open", 1.15, 9.5, 1.13, 1.2, False, False, 0.27),
    Setting("close", 1.1, 9.0, 1.08, 0.9, False, False, 0.23),
    Setting("dense", 1.08, 9.0, 1.07, 0.6, False, True, 0.2),
    Setting("tight", 1.04, 9.0, 1.05, 0.4, False, True, 0.15, 9.0),
)
SPREAD = Setting("spread", 1.13, 9.2, 1.1, 1.0, True, False, 0.3)
PICTURED = Setting("pictured", 1.13, 9.5, 1.15, 1.5, True, False, 0.19)


class StepContent(NamedTuple):
    """What a step holds: its heading, its paragraphs, and how high its videos are in mm."""

    heading: Paragraph
    paragraphs: tuple[Paragraph, ...]
    videos: float


class Content(NamedTuple):
    """All texts of a page whose length differs from page to page.

    `head` is the title, `who` the line under it and `clinic` the height of the clinic's block, if
    there is one; `rules` are blocks of paragraphs, a heading first; `diary` is empty where there is none.
    """

    head: Paragraph
    who: Paragraph
    clinic: float
    rules: tuple[tuple[Paragraph, ...], ...]
    dose: Paragraph
    steps: tuple[StepContent, ...]
    help: tuple[Help, ...]
    diary: Paragraph
    has_tags: bool
    footer: Paragraph


class Box(NamedTuple):
    """A box of help: its width in mm, and how many columns its list has."""

    help: Help
    width: int
    columns: int
    is_list: bool


class Layout(NamedTuple):
    """How a page is set; `figure` is the room of the figure in mm, `is_spread` when others follow it."""

    setting: Setting
    paper: str
    beside: tuple[Box, ...]
    later: tuple[Box, ...]
    figure: tuple[float, float]
    is_spread: bool
    height: float = 0.0

    def rules_size(self, rules: tuple[tuple[Paragraph, ...], ...], figure: float) -> tuple[float, int]:
        """Return the largest size for the rules beside a figure of that width, and their columns.

        Parameters
        ----------
        rules : tuple of tuple of Paragraph
            As in `Content`.
        figure : float
            Width in mm; 0 for none.

        Returns
        -------
        tuple
            Points, and how many columns.
        """
        # To half a millimetre: pages with figures of about the same width are then reckoned once.
        width = math.floor(2 * (self.setting.page(self.paper)[0] - (figure + BOX_GAP if figure else 0))) / 2
        columns = 2 if figure else 3
        for size in RULES_SIZES:
            if rules_height(rules, size, width, columns, self.setting) <= RULES_FILL * self.figure[1]:
                return size, columns
        return SMALLEST, columns


def choose_layout(content: Content, paper: str, panels: int) -> Layout:
    """Choose how a page is set.

    Parameters
    ----------
    content : Content
        What stands on it.
    paper : {"A4", "Letter"}
        Paper size.
    panels : int
        How many panels the figure beside the rules has; 0 for no figure.

    Returns
    -------
    Layout
        The roomiest that stays on one page, or one for several pages.
    """
    shares = FIGURE_SHARES[min(panels, len(FIGURE_SHARES) - 1)]
    for setting in SETTINGS:
        width, height = setting.page(paper)
        beside, rest = _best_split(content, setting, width)
        used = rest + _around(content, setting, width)
        free = height - SPARE - used
        for share in shares:
            if share and setting.least * height > free:
                continue
            room = width * (1 - share) - (BOX_GAP if share else 0)
            rules = rules_height(content.rules, SMALLEST, room, 2 if share else 3, setting)
            if rules <= free * (1.0 if setting is SETTINGS[-1] else RULES_FILL):
                high = min(TALLEST_FIGURE, free)
                boxes = _beside(content.help[:beside], setting, (width - COLUMN_GAP) / 2)
                later = _below(content.help[beside:], setting, width)
                return Layout(setting, paper, boxes, later, (width * share, high), False, used + high)
    return long_layout(content, paper, panels)


def long_layout(content: Content, paper: str, panels: int, setting: Setting = SPREAD) -> Layout:
    """Return a layout for as many pages as the texts need.

    Parameters
    ----------
    content : Content
        What stands on them.
    paper : {"A4", "Letter"}
        Paper size.
    panels : int
        How many panels the figure beside the rules has; 0 for no figure.
    setting : Setting, optional
        `SPREAD`, or `PICTURED` for steps with a picture each.

    Returns
    -------
    Layout
        With the figure as high as the setting says, and no lower than the rules beside it.
    """
    width, height = setting.page(paper)
    share = FIGURE_SHARES[min(panels, len(FIGURE_SHARES) - 1)][0]
    room = width * (1 - share) - (BOX_GAP if share else 0)
    rules = rules_height(content.rules, SMALLEST, room, 2 if share else 3, setting)
    later = _below(content.help, setting, width)
    return Layout(setting, paper, (), later, (width * share, max(setting.least * height, rules)), True)


@lru_cache(maxsize=2048)
def rules_height(
    rules: tuple[tuple[Paragraph, ...], ...], size: float, width: float, columns: int, setting: Setting
) -> float:
    """Return how high the rules are, set in columns.

    Parameters
    ----------
    rules : tuple of tuple of Paragraph
        Blocks with a heading each.
    size : float
        Points.
    width : float
        Of all columns, in mm.
    columns : int
        How many.
    setting : Setting
        Their line height.

    Returns
    -------
    float
        In mm.
    """
    column = (width - BOX_GAP * (columns - 1)) / columns
    return level(_rules_heights(rules, size, column, setting), columns)


def _rules_heights(
    rules: tuple[tuple[Paragraph, ...], ...], size: float, column: float, setting: Setting
) -> list[float]:
    heights: list[float] = []
    for number, block in enumerate(rules):
        heights += _block_heights(block, size, column, setting.tight, number == 0, setting.is_dense)
    return heights


# Most blocks are the same on every page of a guide.
@lru_cache(maxsize=8192)
def _block_heights(
    block: tuple[Paragraph, ...], size: float, column: float, tight: float, is_first: bool, is_dense: bool
) -> tuple[float, ...]:
    heading, *items = block
    indent = 1.15 * size * MM_A_POINT if is_first and not is_dense else 0.0
    if is_first and is_dense:
        items = [_joined(items, size)]
    # A heading stays with what follows it.
    top = 1.1 * size * 1.2 * MM_A_POINT + (0.0 if is_first else 1.0) if heading else 1.0
    heights = []
    for item in items:
        lines = count_lines(tuple(run._replace(size=size) for run in item), column - indent)
        heights.append(top + lines * size * tight * MM_A_POINT + 0.3)
        top = 0.0
    return tuple(heights)


def _around(content: Content, setting: Setting, width: float) -> float:
    """Return the height of all that stands above and below the steps, without the figure and the rules."""
    small = setting.small * setting.tight * MM_A_POINT
    room = width - (80 if content.clinic else 55)
    title = count_lines(content.head, room) * TITLE * 1.1 * MM_A_POINT
    who = 10 * 1.13 * MM_A_POINT * (count_lines(content.who, room) if content.clinic else 1)
    header = max(title + who, content.clinic) if content.clinic else max(title, who)
    dose = count_lines(content.dose, width - 4) * STEP * 1.15 * MM_A_POINT + 2.0
    diary = count_lines(content.diary, width) * small + 0.8 + 1.2 + 7.4 + 2.4 + 0.9 + (0.5 if content.has_tags else 0)
    diary = diary if content.diary else 0.0
    footer = count_lines(content.footer, width) * SMALLEST * setting.tight * MM_A_POINT + 1.1
    return header + 1.6 + 2 + 2 + dose + diary + footer


@lru_cache(maxsize=4096)
def _step_height(step: StepContent, setting: Setting, column: float) -> float:
    line = STEP * setting.lead * MM_A_POINT
    heading = count_lines(step.heading, column - NUMBER - (VIDEO_WIDTH if step.videos else 0))
    top = max(9.0, heading * STEP * 1.1 * MM_A_POINT) + 0.6
    paragraphs = (_joined(step.paragraphs, STEP),) if setting.is_dense else step.paragraphs
    lines = 0
    # Lines beside a code are shorter.
    beside = math.ceil(max(0.0, step.videos - top) / line)
    for paragraph in paragraphs:
        lines += count_lines(paragraph, column, max(0, beside - lines), column - VIDEO_WIDTH)
    return max(top + lines * line, step.videos) + 2 * setting.gap + 0.26


def _joined(paragraphs: Sequence[Paragraph], size: float) -> Paragraph:
    return tuple(run for paragraph in paragraphs for run in (*paragraph, Run(" ", size)))


@lru_cache(maxsize=4096)
def _box_height(box: Help, setting: Setting, width: float) -> float:
    size = setting.small
    line = size * setting.tight * MM_A_POINT
    around = 2.4 + 0.26
    if box.name == "emergency":
        width, around = width - 4, 2 + 0.7 + 2
    if not setting.is_list:
        items = "".join(f" •\u00a0{item}" for item in box.items)
        runs = (Run(f"{box.title} ", 10.5, True), *_lead(box, size), Run(items, size))
        return around + count_lines(runs, width) * line + 0.8
    columns = _list_columns(width)
    column = (width - BOX_GAP * (columns - 1)) / columns - 1.15 * size * MM_A_POINT
    items = [count_lines((Run(item, size),), column) * line for item in box.items]
    lead = count_lines(_lead(box, size), width) * line if box.text else 0
    return around + 10.5 * 1.2 * MM_A_POINT + lead + level(items, columns)


def _lead(box: Help, size: float) -> Paragraph:
    before, number, after = box.lead
    return Run(before, size), Run(number, size, True), Run(after, size)


def _list_columns(width: float) -> int:
    return max(1, int(width // LIST_COLUMN))


def _beside(help: Sequence[Help], setting: Setting, width: float) -> tuple[Box, ...]:
    """Return boxes one below the other in a column."""
    return tuple(Box(each, round(width), _list_columns(width), setting.is_list) for each in help)


def _below(help: Sequence[Help], setting: Setting, width: float) -> tuple[Box, ...]:
    """Return boxes in rows over all columns."""
    boxes = []
    for row in _rows(help, setting):
        for each, share in zip(row, _shares(row, setting, width), strict=True):
            boxes.append(Box(each, round(share), _list_columns(share), setting.is_list))
    return tuple(boxes)


@lru_cache(maxsize=1024)
def _shares(help: tuple[Help, ...], setting: Setting, width: float) -> list[float]:
    """Return how wide boxes side by side are, so that they become about as high as each other."""
    free = width - COLUMN_GAP * (len(help) - 1)
    if len(help) < 2:
        return [free] * len(help)
    shares = [free / len(help)] * len(help)
    for _ in range(LEVELLED):
        heights = [_box_height(box, setting, share) for box, share in zip(help, shares, strict=True)]
        wanted = [share * height**0.5 for share, height in zip(shares, heights, strict=True)]
        shares = [max(NARROWEST_BOX, free * each / sum(wanted)) for each in wanted]
        shares = [free * share / sum(shares) for share in shares]
    # Two that are nearly alike stand in line with the columns above.
    if len(help) == 2 and max(shares) < ALIKE * free:
        shares = [free / 2] * 2
    return [float(round(share)) for share in shares]


def _rows(help: Sequence[Help], setting: Setting) -> list[tuple[Help, ...]]:
    """Return which boxes stand side by side: lists need more width than running text."""
    found = tuple(help)
    if setting.is_list and len(found) > 2:
        return [found[:1], found[1:]]
    return [found] if found else []


def _rows_height(help: tuple[Help, ...], setting: Setting, width: float) -> float:
    total = 0.0
    for row in _rows(help, setting):
        shares = _shares(row, setting, width)
        total += max(_box_height(box, setting, share) for box, share in zip(row, shares, strict=True))
    return total + 1.0 if help else 0.0


def _best_split(content: Content, setting: Setting, width: float) -> tuple[int, float]:
    """Choose how many boxes of help stand in the columns after the steps; return that, and how high it all is.

    The rest stands side by side below both columns. A browser fills columns evenly but never
    breaks a step, so the boxes are what can level them.
    """
    column = (width - COLUMN_GAP) / 2
    steps = [_step_height(step, setting, column) for step in content.steps]
    splits = _help_heights(content.help, setting, width)
    heights = [level([*steps, *beside], 2) + 1 + below for beside, below in splits]
    best = min(range(len(heights)), key=heights.__getitem__)
    return best, heights[best]


# The boxes are the same on every page of a guide.
@lru_cache(maxsize=256)
def _help_heights(
    help: tuple[Help, ...], setting: Setting, width: float
) -> tuple[tuple[tuple[float, ...], float], ...]:
    """Return for each number of boxes beside the steps how high these are, and how high the rest is below."""
    column = (width - COLUMN_GAP) / 2
    boxes = tuple(_box_height(box, setting, column) for box in help)
    return tuple((boxes[:count], _rows_height(help[count:], setting, width)) for count in range(len(help) + 1))
