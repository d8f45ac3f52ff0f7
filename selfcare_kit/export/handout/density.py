"""How closely a handout is set: a count of lines chooses, the style sheet does the rest.

No height is measured. A line is so many letters, and a wrong guess costs a second page that is laid out as one: safety
and diary go there together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from selfcare_kit.export.handout.cards import Card
from selfcare_kit.export.handout.guidance import Help
from selfcare_kit.export.handout.words import HandoutWords
from selfcare_kit.guide.short_texts import plain

# Width and height in mm, and the margin of all of them.
SIZES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
MARGIN = 7.0
# So many lines of a step's text a page holds at most when it is set so.
LIMITS = {
    "A4": {"roomy": 53.0, "close": 55.8, "closest": 58.4},
    "Letter": {"roomy": 45.0, "close": 50.0, "closest": 53.2},
}
ONE_PAGE = ("roomy", "close", "closest")
# So many lines of cards the front of a duplex page holds in its larger type, and how much less of a line stands there.
DUPLEX_FRONT = {"A4": 47, "Letter": 43}
DUPLEX_PICTURE, DUPLEX_LETTERS = 9.5, 0.92
# More steps than these stand below the figure, not beside it.
MAX_BESIDE = 6
# How many letters stand in a mm of a step's text, of the rules, of the signs and of the small print, as Arial is wide.
STEP_LETTERS, RULE_LETTERS, HELP_LETTERS, SMALL_LETTERS = 0.535, 0.52, 0.64, 0.69
# What is not text in a card, in mm.
PICTURE = 24.5
AROUND_TEXT = 5.2
# In lines: the heading of a card and the room around it, the least that a picture takes, a figure with its caption.
HEADING, PICTURE_LINES, FIGURE, FIGURE_CLOSE = 2.0, 6.3, 15.0, 12.0
SMALL = 0.87


def density_of(words: HandoutWords, paper: str, column: float, *, has_figure: bool = True) -> str:
    """Return how closely a page is set, in words that the style sheet knows.

    "roomy", "close" and "closest" are one page, "duplex" and "duplex small" a sheet, and "many" has the figure above
    the cards. `column` is the width in mm of what stands beside the cards: the figure with the rules, or the rules.
    """
    if len(words.cards) > MAX_BESIDE:
        return "many"
    width = SIZES[paper][0] - 2 * MARGIN
    lines = lines_of(words, width, column, has_figure=has_figure)
    for name, limit in LIMITS[paper].items():
        if name == "closest":
            lines = lines_of(words, width, column, has_figure=has_figure, runs_on=True)
        if lines <= limit:
            return name
    text = (_text_width(width, column) - DUPLEX_PICTURE) * DUPLEX_LETTERS
    front = sum(_card_lines(card, text) for card in words.cards)
    return "duplex" if front <= DUPLEX_FRONT[paper] else "duplex small"


def lines_of(
    words: HandoutWords, width: float, column: float, *, has_figure: bool = True, runs_on: bool = False
) -> float:
    """Return how long a page is, in lines of a step's text; what stands beside something longer does not count.

    Widths are in mm, that of the page without its margins. Where a page `runs_on`, "where" and "how" share their lines.
    """
    cards = sum(_card_lines(card, _text_width(width, column), runs_on) for card in words.cards)
    rules = [*words.care, *(line.text for line in words.dose), *words.rules]
    figure = (FIGURE_CLOSE if runs_on else FIGURE) if has_figure else 0.0
    small = SMALL * (0.88 if runs_on else 1.0)
    beside = small * (_count(rules, column * RULE_LETTERS) + 0.18 * len(rules) + 2) + figure
    footer = _count(["".join(text for text, _ in words.footer)], width * SMALL_LETTERS)
    head = 1.0 * words.has_clinic
    return (
        head
        + max(cards, beside)
        + SMALL * _help_lines(words.help, width)
        + 0.8 * footer
        + (3.0 if words.sessions else 0.0)
    )


# The boxes are the same on every page of a clinic for clients who came with the same.
@lru_cache(maxsize=256)
def _help_lines(help: tuple[Help, ...], width: float) -> int:
    """Return how many lines of small text the boxes of help take: the first by itself, the others side by side."""
    others = help[1:]
    first = sum(_rows(box.items, width, columns_of(box.items, width)) for box in help[:1])
    return first + _less_lines(others, width, share_of(others, width))


@lru_cache(maxsize=256)
def columns_of(items: tuple[str, ...], width: float) -> int:
    """Return in how many columns the signs of an emergency take the fewest lines."""
    return min((2, 3), key=lambda columns: _rows(items, width, columns))


@lru_cache(maxsize=256)
def share_of(boxes: tuple[Help, ...], width: float) -> float:
    """Return which share of the width the first of two boxes has when both are as low as can be."""
    shares = (0.5, 0.54, 0.58, 0.62) if len(boxes) > 1 else (1.0,)
    return min(shares, key=lambda share: _less_lines(boxes, width, share))


def _less_lines(boxes: Sequence[Help], width: float, share: float) -> int:
    shares = (share, 1 - share)
    counts = (_count(box.items, (width * s - 8) * HELP_LETTERS) for box, s in zip(boxes, shares, strict=False))
    return max(counts, default=0)


def _rows(items: Sequence[str], width: float, columns: int) -> int:
    return math.ceil(_count(items, (width / columns - 7) * HELP_LETTERS) / columns)


def _text_width(width: float, column: float) -> float:
    return width - column - 2.5 - PICTURE - AROUND_TEXT


def _card_lines(card: Card, width: float, runs_on: bool = False) -> float:
    letters = width * STEP_LETTERS - (14 * len(card.videos) if card.videos else 0)
    way = [f"Where: {card.where}", f"How: {card.how}"]
    texts = [*([" ".join(way)] if runs_on else way), *(["    " + " ".join(card.care)] if card.care else [])]
    texts += ["Note: " + card.note] if card.note else []
    heading = len(card.name) + len(card.side) + 3 + len(card.how_long) + len(card.days)
    lines = HEADING + (heading > letters - 22) + _count(texts, letters)
    return max(lines, PICTURE_LINES if card.picture else 0.0, *(video.size / 4.4 + 2 for video in card.videos), 0.0)


def _count(texts: Sequence[str], letters: float) -> int:
    return sum(math.ceil(len(plain(text)) / letters) for text in texts)
