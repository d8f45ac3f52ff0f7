"""The legend of a figure: rows of a symbol and its words, in columns beside the panels."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from selfcare_kit.body.scene.scene import Key, Label, Rect

# In cm of a figure 120 cm high.
LEGEND_SIZE = 2.5
LEGEND_LETTERS = 30
LINE_HEIGHT = 1.3
ROW_SPACE = 0.55
# Generous on purpose: the fonts of readers differ.
LETTER_WIDTH = 0.57


class LegendRow(NamedTuple):
    """A line of the legend: its symbol and its words."""

    kind: str
    symbol: str
    text: str
    colour: str = ""
    is_dashed: bool = False


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


def legend_beside(box: Rect, rows: Sequence[LegendRow], scale: float) -> tuple[list[Key], list[Label], Rect]:
    """Write a legend beside a figure.

    Parameters
    ----------
    box : tuple of float
        What the panels fill.
    rows : sequence of LegendRow
        From top to bottom.
    scale : float
        How many times as large as in a figure 120 cm high.

    Returns
    -------
    tuple
        Its symbols, its lines, and the box with the legend in it.
    """
    keys: list[Key] = []
    labels: list[Label] = []
    size = LEGEND_SIZE * scale
    written = [(row, wrap(row.text)) for row in rows]
    needed = sum(_row_height(text, size) for _, text in written)
    top = min(box[3], (box[1] + box[3] + needed) / 2)
    left, y, right = box[2] + 1.5 * size, top, box[2]
    for row, text in written:
        if y < top and y - _row_height(text, size) < box[1]:
            left, y = right + size, top
        key_x = left + 0.75 * size
        keys.append(Key(row.kind, key_x, y - 0.65 * size, size, row.symbol, row.colour, row.is_dashed))
        for number, line in enumerate(text):
            at = y - size - number * LINE_HEIGHT * size
            labels.append(Label("legend", left + 2.1 * size, at, line, size, "start", False))
        y -= _row_height(text, size)
        right = max(right, left + (2.1 + max(map(len, text)) * LETTER_WIDTH) * size)
    return keys, labels, (box[0], box[1], right, box[3])


def _row_height(text: Sequence[str], size: float) -> float:
    return (len(text) * LINE_HEIGHT + ROW_SPACE) * size
