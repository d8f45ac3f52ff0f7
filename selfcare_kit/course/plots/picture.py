"""What the figures of a course share: one that shows itself, its colours and letters, and places in mm from the top.

No pyplot: a figure belongs to whoever asked for it, and is gone when they are done with it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

INK, QUIET, LINE, PALE = "#1a2730", "#5b6972", "#c9d2d8", "#6f8fab"
# Less pain and more pain, and the fields in which they are clear. Each has another lightness, for grey print.
LESS, MORE, LESS_FIELD, MORE_FIELD = "#0b4f8a", "#b4541f", "#e3edf6", "#f9efe8"
MM = 1 / 25.4
POINT_MM = 25.4 / 72
# Letters as on the client's pages; the last comes with matplotlib.
FONTS = ("Arial", "Liberation Sans", "Arimo", "DejaVu Sans")
DPI = 144
# In an SVG of matplotlib: what it says about itself, the fonts of a text, and the name of a part.
_ABOUT = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_FAMILY = f"'(?:{'|'.join(FONTS)})'"
_FAMILIES = re.compile(f"{_FAMILY}(?:, {_FAMILY})*")
_ID = re.compile(r' id="([^"]*)"')
HALO = [withStroke(linewidth=2.4, foreground="white")]


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """Return those of the fonts that this computer has."""
    have = {font.name for font in fontManager.ttflist}
    return tuple(name for name in FONTS if name in have)


@lru_cache(maxsize=2048)
def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide a text is, in mm."""
    font = FontProperties(family=families(), size=size, weight=weight)
    return TextToPath().get_text_width_height_descent(text, font, ismath=False)[0] * POINT_MM


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Return a text as lines of at most a width in mm; a word that is longer stands by itself."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size, weight) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


class CourseFigure(Figure):
    """A figure that a notebook shows as a picture, with places in mm from its left and top edges.

    Parameters
    ----------
    width, height : float
        In mm.
    title : str
        What a saved file is titled.
    """

    def __init__(self, width: float, height: float, title: str) -> None:
        super().__init__(figsize=(width * MM, height * MM), dpi=DPI, facecolor="white")
        self.width_mm, self.height_mm, self.title = width, height, title

    def panel(self, left: float, top: float, width: float, height: float) -> Axes:
        """Return new axes at a place in mm, without a frame."""
        box = (left / self.width_mm, 1 - (top + height) / self.height_mm)
        ax = self.add_axes((*box, width / self.width_mm, height / self.height_mm))
        ax.tick_params(length=0, colors=QUIET)
        for spine in ax.spines.values():
            spine.set_visible(False)
        ax.set_facecolor("none")
        return ax

    def write(self, x: float, y: float, text: str, *, size: float = 8, colour: str = INK, **properties: Any) -> Text:
        """Write a text at a place in mm, its middle at that height."""
        place = (x / self.width_mm, 1 - y / self.height_mm)
        return self.text(*place, text, **letters(size, colour, va="center", **properties))

    def to_svg(self) -> str:
        """Return the figure as SVG to be put into a page: its letters are text, and it is the same every time."""
        settings = {"svg.fonttype": "none", "svg.hashsalt": self.title}
        out = io.StringIO()
        with matplotlib.rc_context(settings):
            self.savefig(out, format="svg", metadata={"Date": None})
        text = _ABOUT.sub("", out.getvalue())
        # Whoever opens the page may have others of the fonts, all as wide as the one that was measured.
        text = _FAMILIES.sub(", ".join([*map(repr, FONTS), "sans-serif"]), text)
        # A page may have each name once; only what is drawn more than once is called by its name.
        text = _ID.sub(lambda match: match[0] if f"#{match[1]}" in text else "", text)
        return text[text.index("<svg") :]

    def _repr_png_(self) -> bytes:
        out = io.BytesIO()
        self.savefig(out, format="png", metadata={"Software": None})
        return out.getvalue()


def letters(size: float, colour: str, **properties: Any) -> dict[str, Any]:
    """Return the properties of a text, in which a dollar sign is a dollar sign."""
    return {
        "fontsize": size, "color": colour, "fontfamily": list(families()), "parse_math": False, "clip_on": False,
        **properties,
    }  # fmt: skip


def free_rows(places: Iterable[float], widths: Iterable[float], gap: float, rows: int) -> list[int | None]:
    """Return for labels, each centred on its place, the first row in which it touches none before it; None for no room.

    Examples
    --------
    >>> free_rows([0, 4, 6, 30], [10, 10, 10, 10], gap=1, rows=2)
    [0, 1, None, 0]
    """
    ends = [float("-inf")] * rows
    found: list[int | None] = []
    for place, width in zip(places, widths, strict=True):
        row = next((row for row, end in enumerate(ends) if place - width / 2 >= end + gap), None)
        if row is not None:
            ends[row] = place + width / 2
        found.append(row)
    return found
