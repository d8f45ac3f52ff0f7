"""What all parts of an SVG share: its units, its lengths, its escaping."""

from __future__ import annotations

from functools import lru_cache

from selfcare_kit.body.scene.scene import Scene

# The unit of the drawing: that of the atlas' whole views, so that their paths need no scaling.
UNIT_CM = 0.05
PIXELS_PER_CM = 6.0
FONT = "Helvetica,Arial,sans-serif"
PER_CM = 1 / UNIT_CM


# The same words and sizes come again and again, hence the caches.
@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """Make a text safe in an element and in a quoted attribute."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        text = text.replace(sign, entity)
    return text


@lru_cache(maxsize=4096)
def short(value: float) -> str:
    """Shorten a number: one decimal at most."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


class Page:
    """The way from scene cm to the drawing's whole units, y down."""

    def __init__(self, scene: Scene, prefix: str) -> None:
        self.left = scene.box[0]
        self.top = scene.box[3]
        self.unit = scene.line_scale * PER_CM
        self.pin_unit = scene.pin_scale * PER_CM
        self.style = scene.style
        self.prefix = prefix

    def x(self, value: float) -> int:
        """Return where a place across stands, in units of the SVG."""
        return round((value - self.left) * PER_CM)

    def y(self, value: float) -> int:
        """Return where a height stands; an SVG counts downwards."""
        return round((self.top - value) * PER_CM)

    def size(self, value: float) -> str:
        """Return a length in cm of the scene."""
        return short(value * PER_CM)

    def pin(self, cm: float) -> str:
        """Return a width of a mark, given for a figure 120 cm high."""
        return short(cm * self.pin_unit)

    def line(self, cm: float) -> str:
        """Return a width given for a figure 120 cm high."""
        return short(cm * self.unit)
