"""The density of a handout: a count of lines chooses it, the style sheets do the rest.

No height is measured: a line is a number of letters. A wrong estimate costs a second page, which is laid out as one:
the help boxes and the diary go there together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from selfcare_kit.export.handout.cards import Card
from selfcare_kit.export.handout.content import HandoutContent
from selfcare_kit.export.handout.guidance import Help
from selfcare_kit.export.handout.progress import ProgressTexts
from selfcare_kit.guide.short_texts import plain

# Width and height of the papers in mm, and the margin of all of them.
SIZES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
MARGIN = 7.0
# The most lines of a step's text that fit on a page at each density.
MAX_LINES = {
    "A4": {"roomy": 53.0, "close": 55.8, "closest": 58.4},
    "Letter": {"roomy": 45.0, "close": 50.0, "closest": 53.2},
}
ONE_PAGE = ("roomy", "close", "closest")
# The most lines of cards on the front of a duplex page, whose pictures are wider and whose type is larger.
MAX_DUPLEX_LINES = {"A4": 47, "Letter": 43}
DUPLEX_PICTURE, DUPLEX_LETTERS = 9.5, 0.92
# With more steps than these the figure is above the cards, not beside them.
MAX_BESIDE = 6
# Letters in a mm of a step's text, of the rules, of the help boxes and of the small print, as wide as Arial.
STEP_LETTERS, RULE_LETTERS, HELP_LETTERS, SMALL_LETTERS = 0.535, 0.52, 0.64, 0.69
# Widths of a card that hold no text, in mm.
PICTURE = 24.5
AROUND_TEXT = 5.2
# In lines: the heading of a card with its margins, a picture, a picture's caption, a figure with its caption.
HEADING, PICTURE_LINES, CAPTION, FIGURE, FIGURE_CLOSE = 2.0, 6.3, 1.1, 15.0, 12.0
DIARY, DIARY_WITH_PAIN, PROGRESS_ROW = 3.0, 5.2, 1.7
SMALL = 0.87


def density_of(content: HandoutContent, paper: str, column: float, *, has_figure: bool = True) -> str:
    """Return the density of a page, as the style sheets call it.

    "roomy", "close" and "closest" are one page, "duplex" and "duplex small" a sheet, and "many" has the figure above
    the cards. `column` is the width in mm of what is beside the cards: the figure with the rules, or the rules alone.
    """
    if len(content.cards) > MAX_BESIDE:
        return "many"
    width = SIZES[paper][0] - 2 * MARGIN
    lines = lines_of(content, width, column, has_figure=has_figure)
    for name, limit in MAX_LINES[paper].items():
        if name == "closest":
            lines = lines_of(content, width, column, has_figure=has_figure, runs_on=True)
        if lines <= limit:
            return name
    text = (_text_width(width, column) - DUPLEX_PICTURE) * DUPLEX_LETTERS
    front = sum(_card_lines(card, text) for card in content.cards)
    return "duplex" if front <= MAX_DUPLEX_LINES[paper] else "duplex small"


def lines_of(
    content: HandoutContent, width: float, column: float, *, has_figure: bool = True, runs_on: bool = False
) -> float:
    """Return how long a page is, in lines of a step's text; of the cards and what is beside them the longer counts.

    Widths are in mm, that of the page without its margins. Where a page `runs_on`, "where" and "how" share their lines.
    """
    cards = sum(_card_lines(card, _text_width(width, column), runs_on) for card in content.cards)
    rules = [*content.care, *(line.text for line in content.dose), *content.rules]
    figure = (FIGURE_CLOSE if runs_on else FIGURE) if has_figure else 0.0
    small = SMALL * (0.88 if runs_on else 1.0)
    beside = small * (_count(rules, column * RULE_LETTERS) + 0.18 * len(rules) + 2) + figure
    footer = _count(["".join(text for text, _ in content.footer)], width * SMALL_LETTERS)
    head = 1.0 * content.has_clinic
    return (
        head
        + max(cards, beside)
        + SMALL * _help_lines(content.help, width)
        + 0.8 * footer
        + _progress_lines(content.progress)
        + _diary_lines(content, width)
    )


def _progress_lines(progress: ProgressTexts | None) -> float:
    if progress is None:
        return 0.0
    rows = sum(len(group.rows) for group in progress.groups)
    return 1.5 + PROGRESS_ROW * rows + 1.1 * len(progress.groups) + bool(progress.days) + SMALL * len(progress.notes)


def _diary_lines(content: HandoutContent, width: float) -> float:
    if not content.sessions:
        return 0.0
    if not content.diary_rows:
        return DIARY
    return DIARY_WITH_PAIN + _count([f"{content.label['diary']}   {content.diary_hint}"], width * HELP_LETTERS)


# The boxes are the same on every page of a clinic for clients who came with the same.
@lru_cache(maxsize=256)
def _help_lines(help: tuple[Help, ...], width: float) -> int:
    """Return how many lines of small text the help boxes take: the first by itself, the others side by side."""
    others = help[1:]
    first = sum(_rows(box.items, width, columns_of(box.items, width)) for box in help[:1])
    return first + _lines_side_by_side(others, width, share_of(others, width))


@lru_cache(maxsize=256)
def columns_of(items: tuple[str, ...], width: float) -> int:
    """Return in how many columns the items of the emergency box take the fewest lines."""
    return min((2, 3), key=lambda columns: _rows(items, width, columns))


@lru_cache(maxsize=256)
def share_of(boxes: tuple[Help, ...], width: float) -> float:
    """Return the share of the width that the first of two boxes needs so that both are as low as can be."""
    shares = (0.5, 0.54, 0.58, 0.62) if len(boxes) > 1 else (1.0,)
    return min(shares, key=lambda share: _lines_side_by_side(boxes, width, share))


def _lines_side_by_side(boxes: Sequence[Help], width: float, share: float) -> int:
    shares = (share, 1 - share)
    counts = (_count(box.items, (width * s - 8) * HELP_LETTERS) for box, s in zip(boxes, shares, strict=False))
    return max(counts, default=0)


def _rows(items: Sequence[str], width: float, columns: int) -> int:
    return math.ceil(_count(items, (width / columns - 7) * HELP_LETTERS) / columns)


def _text_width(width: float, column: float) -> float:
    return width - column - 2.5 - PICTURE - AROUND_TEXT


def _card_lines(card: Card, width: float, runs_on: bool = False) -> float:
    letters = width * STEP_LETTERS - (14 * len(card.videos) if card.videos else 0)
    where_and_how = [f"Where: {card.where}", f"How: {card.how}"]
    texts = [
        *([" ".join(where_and_how)] if runs_on else where_and_how),
        *(["    " + " ".join(card.care)] if card.care else []),
    ]
    texts += ["Note: " + card.note] if card.note else []
    heading = len(card.name) + len(card.side) + 3 + len(card.how_long) + len(card.days)
    lines = HEADING + (heading > letters - 22) + _count(texts, letters)
    picture = (PICTURE_LINES + (CAPTION if card.picture.caption else 0.0)) if card.picture else 0.0
    return max(lines, picture, *(video.size / 4.4 + 2 for video in card.videos), 0.0)


def _count(texts: Sequence[str], letters: float) -> int:
    return sum(math.ceil(len(plain(text)) / letters) for text in texts)
