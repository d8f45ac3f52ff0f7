"""A sketch: filled and drawn paths in one box, in the order in which they are drawn, without a word in them."""

# Annotations are not postponed here: those of a named tuple would be compiled one by one at import.
from typing import NamedTuple

from selfcare_kit.body.draw.svg_page import escape


class Layer(NamedTuple):
    """Paths of one look: a fill, a line, or both; no colour is the empty string."""

    kind: str
    d: str
    fill: str = ""
    stroke: str = ""
    width: float = 0.0


class Ring(NamedTuple):
    """A circle that is drawn and not filled."""

    x: float
    y: float
    radius: float
    stroke: str
    width: float


class Sketch(NamedTuple):
    """Layers and rings from back to front; `is_flipped` turns all of it into its mirror image."""

    width: int
    height: int
    title: str
    parts: tuple[Layer | Ring, ...]
    is_flipped: bool = False


def sketch_svg(sketch: Sketch) -> str:
    """Return a sketch as SVG text, whose only words are its title."""
    title = escape(sketch.title)
    body = "".join(_part(part) for part in sketch.parts)
    if sketch.is_flipped:
        body = f'<g transform="matrix(-1 0 0 1 {sketch.width} 0)">{body}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sketch.width} {sketch.height}" role="img" '
        f'aria-label="{title}"><g fill="none" stroke-linecap="round" stroke-linejoin="round">{body}</g></svg>'
    )


def _part(part: Layer | Ring) -> str:
    line = f' stroke="{part.stroke}" stroke-width="{part.width:g}"' if part.stroke else ""
    if isinstance(part, Ring):
        return f'<circle cx="{part.x:g}" cy="{part.y:g}" r="{part.radius:g}"{line}/>'
    fill = f' fill="{part.fill}" fill-rule="evenodd"' if part.fill else ""
    return f'<path{fill}{line} d="{part.d}"/>'
