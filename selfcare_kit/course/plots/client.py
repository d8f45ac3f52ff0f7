"""The client's figure: first and last on the scale they were asked on, with words; the same texts as on the handout."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from selfcare_kit.course.plots.picture import (
    LESS,
    LINE,
    QUIET,
    CourseFigure,
    letters,
    wrapped,
)
from selfcare_kit.course.progress import progress_of
from selfcare_kit.course.visits import Visits
from selfcare_kit.export.handout.progress import (
    ProgressGroup,
    ProgressRow,
    ProgressTexts,
    colour_of,
    progress_texts,
)

# In mm, and sizes of letters in points.
WIDTH, EDGE, ZERO, STEP, WORDS = 184.0, 3.0, 66.0, 6.8, 143.0
HEAD, GROUP, ROW, LINE_HEIGHT, NOTE_HEIGHT = 14.0, 10.0, 10.5, 5.0, 4.6
NAME, SMALL = 12.0, 9.5


def client_figure(course: Visits, language: str) -> CourseFigure:
    """Draw a client's course in their own language."""
    texts = progress_texts(progress_of(course), course.guide, language)
    notes = [line for note in texts.notes for line in wrapped(note, WIDTH - 3 * EDGE, SMALL)]
    figure = CourseFigure(WIDTH, _height(texts, notes), texts.title)
    figure.write(EDGE, 6, texts.title, size=17, weight="bold")
    ax = figure.panel(0, 0, WIDTH, figure.height_mm)
    ax.set_xlim(0, WIDTH)
    ax.set_ylim(figure.height_mm, 0)
    ax.set_axis_off()
    ax.plot([EDGE, WIDTH - EDGE], [11.5, 11.5], color=LESS, linewidth=1.4)
    y = HEAD
    for group in texts.groups:
        y = _draw_group(figure, ax, group, y)
    if texts.days:
        figure.write(EDGE, y + 4, texts.days, size=NAME)
        y += 8
    for line in notes:
        y += NOTE_HEIGHT
        figure.write(EDGE, y, line, size=SMALL, colour=QUIET, gid="note")
    return figure


def _height(texts: ProgressTexts, notes: list[str]) -> float:
    groups = sum(GROUP + sum(_row_height(row) for row in group.rows) for group in texts.groups)
    return HEAD + groups + 8 * bool(texts.days) + NOTE_HEIGHT * (len(notes) + 1)


def _lines(row: ProgressRow) -> tuple[list[str], list[str]]:
    return wrapped(row.label, ZERO - EDGE - 10, NAME), wrapped(row.words, WIDTH - WORDS - EDGE, NAME, "bold")


def _row_height(row: ProgressRow) -> float:
    return ROW + LINE_HEIGHT * (max(map(len, _lines(row))) - 1)


def _draw_group(figure: CourseFigure, ax: Axes, group: ProgressGroup, y: float) -> float:
    """Draw the rows of one scale, and return how far down they end."""
    figure.write(EDGE, y + 6, group.title, size=13, colour=LESS, weight="bold")
    figure.write(ZERO, y + 6, f"0  {group.low}", size=SMALL, colour=QUIET)
    figure.write(ZERO + 10 * STEP, y + 6, f"{group.high}  10", size=SMALL, colour=QUIET, ha="right")
    y += GROUP
    for row in group.rows:
        height = _row_height(row)
        _draw_row(figure, ax, row, y + height / 2)
        y += height
    return y


def _draw_row(figure: CourseFigure, ax: Axes, row: ProgressRow, y: float) -> None:
    reading, (label, words) = row.reading, _lines(row)
    colour = colour_of(reading.tone)
    figure.write(EDGE, y, "\n".join(label), size=NAME, linespacing=1.1)
    weight = "bold" if reading.tone.startswith("clearly") else "normal"
    figure.write(WORDS, y, "\n".join(words), size=NAME, colour=colour, weight=weight, linespacing=1.1)
    ax.plot([ZERO, ZERO + 10 * STEP], [y, y], color=LINE, linewidth=5, solid_capstyle="round", zorder=1)
    ax.plot([ZERO + STEP * n for n in range(11)], [y] * 11, "o", markersize=2, color="white", zorder=2)
    start, end = ZERO + STEP * reading.first, ZERO + STEP * reading.now
    if abs(reading.now - reading.first) > 1:
        tip = end - 3.4 if end > start else end + 3.4
        style = "-|>,head_width=.3,head_length=.55"
        arrow = FancyArrowPatch((start, y), (tip, y), arrowstyle=style, mutation_scale=11, shrinkA=0, shrinkB=0)
        arrow.set(color=colour, linewidth=2.2, zorder=3)
        ax.add_patch(arrow)
    if reading.first != reading.now:
        ax.plot([start], [y], "o", markersize=15, mfc="white", mec=colour, mew=1.4, zorder=4, gid="first")
        _number(ax, start, y, reading.first, 10, colour)
    ax.plot([end], [y], "o", markersize=18, color=colour, zorder=4, gid="now")
    _number(ax, end, y, reading.now, 12, "white", weight="bold")


def _number(ax: Axes, x: float, y: float, number: int, size: float, colour: str, **style: str) -> None:
    ax.text(x, y, str(number), **letters(size, colour, ha="center", va="center_baseline", zorder=5, **style))
