"""How many lines a text takes on paper, without a browser: letters have known widths.

The widths are those of Helvetica, which Arial and Liberation Sans share; the letters of other
alphabets count as an average one. Nothing here knows what a page looks like.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

MM_A_POINT = 25.4 / 72
PRECISE_MM = 0.005
# In thousandths of the size, from the blank to "~".
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
)  # fmt: skip
_AVERAGE = 0.56
_WIDE = 1.0
_NARROW = {"•": 0.35, "·": 0.28, "\u00a0": 0.28, "\u202f": 0.2, "’": 0.25, "—": 1.0, "œ": 0.94, "æ": 0.89, "…": 1.0}


class Run(NamedTuple):
    """A piece of a text, all of one size in points; blanks at its ends count."""

    text: str
    size: float
    is_bold: bool = False


@lru_cache(maxsize=16384)
def width(word: str, is_bold: bool = False) -> float:
    """Return how wide a word is, in its own size.

    Parameters
    ----------
    word : str
        Any text without line breaks.
    is_bold : bool, default=False
        Whether it is set bold.

    Returns
    -------
    float
        2.0 for two letters as wide as they are high.

    Examples
    --------
    >>> width("ball")
    1.556
    """
    table = _BOLD if is_bold else _REGULAR
    return round(sum(_letter(letter, table) for letter in word), 3)


def _letter(letter: str, table: Sequence[int]) -> float:
    if " " <= letter <= "~":
        return table[ord(letter) - 32] / 1000
    if letter in _NARROW:
        return _NARROW[letter]
    base = unicodedata.normalize("NFD", letter)[0]
    if " " <= base <= "~":
        return table[ord(base) - 32] / 1000
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _AVERAGE


@lru_cache(maxsize=16384)
def count_lines(runs: tuple[Run, ...], room: float, narrow: int = 0, narrow_room: float = 0.0) -> int:
    """Return how many lines a text takes, broken between words as a browser breaks it.

    Parameters
    ----------
    runs : tuple of Run
        Its pieces; a piece with a line feed in it begins new lines there.
    room : float
        Width in mm.
    narrow : int, default=0
        So many lines at the beginning stand beside something.
    narrow_room : float, default=0.0
        Their width in mm.

    Returns
    -------
    int
        1 or more.

    Examples
    --------
    >>> count_lines((Run("Feel for the sore spot.", 12),), 30), count_lines((Run("", 12),), 30)
    (2, 1)
    """
    lines, at, gap = 1, 0.0, 0.0
    for run in runs:
        scale = run.size * MM_A_POINT
        blank = scale * width(" ", run.is_bold)
        # Python would split at blanks that do not break.
        words = run.text.replace("\n", " \n ").split(" ")
        for number, word in enumerate(words):
            gap = blank if number else gap
            if word == "\n":
                lines, at, gap = lines + 1, 0.0, 0.0
                continue
            if not word:
                continue
            wide = scale * width(word, run.is_bold)
            if at and at + gap + wide > (narrow_room if lines <= narrow else room):
                lines, at, gap = lines + 1, 0.0, 0.0
            # A word wider than the room is broken inside.
            lines += int((at + gap + wide) // room) if wide > room else 0
            at = (at + gap + wide) % room if wide > room else at + gap + wide
            gap = 0.0
    return lines


def level(heights: Sequence[float], columns: int) -> float:
    """Return how high columns become that blocks fill in order, as evenly as can be.

    Parameters
    ----------
    heights : sequence of float
        Of the blocks, none of which is broken.
    columns : int
        How many columns.

    Returns
    -------
    float
        Height of the highest column.

    Examples
    --------
    >>> level([3, 2, 2, 1], 2)
    5
    """
    total = sum(heights)
    if columns == 2:
        # The commonest case, and far quicker: the best cut is one of the two around the middle.
        before = 0.0
        for at in accumulate(heights):
            if at >= total - at:
                return round(min(at, total - before), 2)
            before = at
        return 0.0
    low, high = max(total / columns, max(heights, default=0.0)), total
    if _fits(heights, columns, low):
        return float(low)
    while high - low > PRECISE_MM:
        middle = (low + high) / 2
        low, high = (low, middle) if _fits(heights, columns, middle) else (middle, high)
    return round(high, 2)


def _fits(heights: Sequence[float], columns: int, high: float) -> bool:
    used, at = 1, 0.0
    for height in heights:
        if at and at + height > high + 1e-9:
            used, at = used + 1, 0.0
        at += height
    return used <= columns
