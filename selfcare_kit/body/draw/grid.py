"""A view of the body with a grid of centimeters on it, to read a spot from."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from math import ceil, floor

from selfcare_kit.body.place.atlas import View
from selfcare_kit.body.place.zones import ZoneShape

# Every how many cm a line is drawn, and one with its number; feet are small.
LINES, FOOT_LINES = (5, 10), (1, 5)
FOOT_HEIGHT = 30.0
PIXELS, FOOT_PIXELS = 6.0, 30.0
# How strongly pain zones are filled, by their kind.
FILLED = {"primary": 0.4, "spillover": 0.15}


def grid_svg(view: View, marks: Iterable[tuple[float, float, str]] = (), zones: Iterable[ZoneShape] = ()) -> str:
    """Return a view as SVG, with numbered lines, pain zones, and marks, each at x and y in cm with its words."""
    x0, y0, x1, y1 = view.box()
    is_foot = y1 - y0 < FOOT_HEIGHT
    small, large = FOOT_LINES if is_foot else LINES
    pixels, size = (FOOT_PIXELS, 0.7) if is_foot else (PIXELS, 2.6)
    drawing = view.drawing()
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{(x1 - x0) * pixels:.0f}" height="{(y1 - y0) * pixels:.0f}" '
        f'viewBox="{x0:g} {-y1:g} {x1 - x0:g} {y1 - y0:g}" role="img" font-family="Arial, sans-serif" '
        f'font-size="{size}"><title>{escape(view.name)} view in centimeters</title>',
        f'<rect x="{x0:g}" y="{-y1:g}" width="{x1 - x0:g}" height="{y1 - y0:g}" fill="#fff"/>',
        f'<g transform="scale({view.unit_cm:g},{view.unit_cm:g})"><path d="{drawing.outline}" fill="#f1efea" '
        f'stroke="#22292f" stroke-width="{0.08 * size / view.unit_cm:g}"/>'
        f'<path d="{drawing.lines}" fill="#3d464d"/></g>',
        *_zones(view, tuple(zones), size),
    ]
    for x in range(ceil(x0 / small) * small, floor(x1) + 1, small):
        parts.append(_line(x, -y1, x, -y0, is_strong=x % large == 0, size=size))
        # The numbers of the heights stand at the left.
        if x % large == 0 and x > x0 + 2 * size:
            parts.append(f'<text x="{x:g}" y="{-y1 + size:g}" text-anchor="middle" fill="#22292f">{x}</text>')
    for y in range(ceil(y0 / small) * small, floor(y1) + 1, small):
        parts.append(_line(x0, -y, x1, -y, is_strong=y % large == 0, size=size))
        if y % large == 0:
            parts.append(f'<text x="{x0 + 0.2 * size:g}" y="{-y - 0.2 * size:g}" fill="#22292f">{y}</text>')
    for letter, (x, y) in view.letters().items():
        parts.append(
            f'<text x="{x:g}" y="{-y:g}" text-anchor="middle" font-weight="bold" font-size="{1.6 * size:g}" '
            f'fill="#5a6670">{escape(letter)}</text>'
        )
    for x, y, words in marks:
        parts.append(
            f'<g><title>{escape(words)}</title><circle cx="{x:g}" cy="{-y:g}" r="{0.35 * size:g}" fill="#0b4f8a" '
            f'stroke="#fff" stroke-width="{0.1 * size:g}"/></g>'
        )
    return "".join([*parts, "</svg>"])


def _zones(view: View, zones: tuple[ZoneShape, ...], size: float) -> Iterable[str]:
    """Yield zones of the client's left, and in a view that shows both sides those of the right, cut to the skin."""
    if zones:
        yield f'<clipPath id="skin-{view.name}"><path d="{view.drawing().outline}"/></clipPath>'
    for way in ((1, -1) if view.is_symmetric else (1,)) if zones else ():
        drawn = "".join(
            f'<path d="{d}" fill-opacity="{FILLED[kind]}" stroke-width="{0.06 * size / view.unit_cm:g}"/>'
            for kind, d in zones
        )
        scale = f"scale({way * view.unit_cm:g},{view.unit_cm:g})"
        yield f'<g clip-path="url(#skin-{view.name})" transform="{scale}" fill="#c2410c" stroke="#9a3412">{drawn}</g>'


def _line(x0: float, y0: float, x1: float, y1: float, *, is_strong: bool, size: float) -> str:
    width = (0.07 if is_strong else 0.03) * size
    return (
        f'<line x1="{x0:g}" y1="{y0:g}" x2="{x1:g}" y2="{y1:g}" stroke="#0b4f8a" stroke-opacity="0.45" '
        f'stroke-width="{width:g}"/>'
    )
