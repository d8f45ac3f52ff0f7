"""The small icons of a handout: a clock, a calendar, tools, and the scale of pressure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

MAX_PRESSURE = 10

_LINE = 'fill="none" stroke="[mark]" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'
_DRAWN = {
    "clock": f'<g {_LINE}><circle cx="10" cy="11.5" r="7.5"/><path d="M10 7v4.5l3 2M8 1.5h4"/></g>',
    "care": '<path d="M10 1 19.5 19H.5z" fill="[warning]" stroke="[ink]" stroke-width="1.6" stroke-linejoin="round"/>'
    '<path d="M10 7v6M10 15v2" stroke="[ink]" stroke-width="2.2"/>',
    "days": f'<path {_LINE} d="M2 4h16v14H2zM2 8h16M6 2v4M14 2v4"/>',
    "massage_ball": '<circle cx="10" cy="10" r="8.5"/><path d="M3.5 5c5 2 5 9 0 10.5M16.5 5c-5 2-5 9 0 10.5" '
    'fill="none" stroke="#fff" stroke-width="1.4"/>',
    "small_firm_ball": '<circle cx="10" cy="10" r="5.8"/>',
    "knobbed_tool": '<circle cx="5.5" cy="14.5" r="4"/><path d="M7 11.5 15 3l2.5 2.5-8 8z"/>',
    "scraping_tool": '<path d="M3 13C2 6 9 2 17 3c2 4-1 7-5 8-3 1-2 5-5 6-2 1-4-1-4-4z"/>',
    "long_handle": '<path d="M3 15.5 12 6.5c-1-3 3-6 5.5-3.5s-.5 6.5-3.5 5.5l-9 9z"/>',
    "opposite_knee": f'<path {_LINE.replace("1.8", "3")} d="M2 18 10 4l8 14"/>',
    "supported_fingers": f'<path {_LINE} d="M4 18V9c0-2 3-2 3 0V4c0-2 3-2 3 0v4-5c0-2 3-2 3 0v6-4c0-2 3-2 3 0v8'
    'c0 3-2 5-5 5"/>',
}

# The colours of the style sheets, written into the drawings: WeasyPrint applies no style inside of a data address.
COLOURS = {"mark": "#0b4f8a", "ink": "#1a2730", "quiet": "#47565f", "warning": "#ffd873"}
GREYS = {"mark": "#000", "ink": "#000", "quiet": "#000", "warning": "#fff"}


def icon_styles(names: Iterable[str], *, is_grey: bool = False) -> Any:
    """Return the CSS that draws icons, each before the words of its class; names without an icon are left out.

    They are drawn by CSS and not in the page: a word stands beside each, and a screen reader reads the word alone.
    """
    from markupsafe import Markup

    found = (name for name in dict.fromkeys(names) if name in _DRAWN)
    return Markup("".join(_style(name, is_grey) for name in found))


@lru_cache(maxsize=64)
def _style(name: str, is_grey: bool) -> str:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="[mark]">{_DRAWN[name]}</svg>'
    for role, colour in (GREYS if is_grey else COLOURS).items():
        svg = svg.replace(f"[{role}]", colour)
    safe = svg.replace('"', "'").replace("#", "%23").replace("<", "%3C").replace(">", "%3E")
    return f'.{name}::before{{background-image:url("data:image/svg+xml,{safe}")}}'


@lru_cache(maxsize=64)
def scale(pressure: int, description: str, is_grey: bool = False) -> Any:
    """Return the scale of pressure from 1 to 10 as SVG: rising bars, filled up to the step's own pressure."""
    from markupsafe import Markup, escape

    def bars(numbers: range) -> str:
        return "".join(f"M{7 * n} {13 - n}h5v{3 + n}h-5z" for n in numbers)

    colours = GREYS if is_grey else COLOURS
    return Markup(
        f'<svg viewBox="-1 -8 71 25" role="img" aria-label="{escape(description)}">'
        f'<path fill="{colours["mark"]}" d="{bars(range(pressure))}"/>'
        f'<path fill="none" stroke="{colours["quiet"]}" stroke-width=".8" d="{bars(range(pressure, MAX_PRESSURE))}"/>'
        f'<text x="{7 * pressure - 4.5}" y="{10.5 - pressure}" text-anchor="middle" font-size="11" font-weight="bold" '
        f'font-family="Arial,Liberation Sans,sans-serif" fill="{colours["ink"]}">{pressure}</text></svg>'
    )
