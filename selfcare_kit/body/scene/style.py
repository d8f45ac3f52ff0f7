"""The colours and strengths of a figure, one set for each style.

Marks, lanes, pain zones and acupoints differ in shape as well as in colour, so nothing is shown by
colour alone. The colours are chosen to stay apart for colour-blind readers and in grey.
"""

# Annotations are not postponed here: those of a named tuple would be compiled one by one at import.
from typing import NamedTuple

# The dots of a spillover zone in cm of a figure 120 cm high: from one to the next, and how large.
DOT_SPACE = 1.05
DOT_SIZE = 0.42
# The hatching of a primary zone in the same cm: from line to line, and how wide one is.
HATCH_SPACE = 1.15
HATCH_SIZE = 0.3
# The same in the symbol of the legend: from where to where, y down, in half widths of the symbol.
KEY_HATCH = ((-1.0, 0.2, 0.0, -0.8), (-0.8, 0.8, 0.8, -0.8), (0.0, 0.8, 1.0, -0.2))
# How wide the edge of a shape is, and that of a symbol in the legend, in the same cm.
KEY_LINE = 0.14
# The cross on a spot in cm of a figure 120 cm high: from its middle to an end across, its line and the halo around it;
# it is at most so large a share of its search area.
CROSS, CROSS_LINE, CROSS_HALO = 0.62, 0.3, 0.6
CROSS_SHARE = 0.42
SHAPE_LINES = {"muscle": 0.14, "primary": 0.14, "spillover": 0.14, "shade": 0.07, "region": 0.07}


class Style(NamedTuple):
    """One look: colours as hex, widths in cm of a figure 120 cm high."""

    line: str
    accent: str
    tones: tuple[str, ...]
    skin: str
    mark: str
    disc: str
    acupoint: str
    pain: str
    text: str
    soft: str
    shorts: str
    seam: str
    line_width: float
    disc_opacity: float
    search_opacity: float
    pain_opacity: float
    muscles: tuple[tuple[str, str], ...]
    muscle: str
    shades: tuple[str, str]


_MUSCLES = {
    "gluteus_maximus": "#8a9a5b",
    "gluteus_medius": "#e09a5b",
    "gluteus_minimus": "#b9628a",
    "piriformis": "#8e5aa8",
    "tensor_fasciae_latae": "#2f9189",
    "vastus_lateralis": "#4d7fb8",
    "quadratus_lumborum": "#c1962f",
    "gastrocnemius": "#7fae62",
    "soleus": "#4f8f7a",
    "fibularis_longus": "#7a6fb0",
    "fibularis_brevis": "#9a83c4",
    "tibialis_anterior": "#c07f9a",
    "iliotibial_band": "#9aa4ae",
    "biceps_femoris": "#b07a52",
}

STYLES: dict[str, Style] = {
    "colour": Style(
        line="#39424c",
        accent="#5d666f",
        tones=("#e4e0db", "#e9e6e2", "#efece9", "#f4f2f0", "#f9f8f6"),
        skin="#f4f2ef",
        mark="#0b4f8a",
        disc="#2f7fc1",
        acupoint="#7b2d6b",
        pain="#cf4a1c",
        text="#27303a",
        soft="#5d666f",
        shorts="#d5dde4",
        seam="#6f7f8d",
        line_width=0.26,
        disc_opacity=0.26,
        search_opacity=0.12,
        pain_opacity=0.22,
        muscles=tuple(_MUSCLES.items()),
        muscle="#8a7f77",
        shades=("#fde3cf", "#a63603"),
    ),
    "greyscale": Style(
        line="#303030",
        accent="#5e5e5e",
        tones=("#dcdcdc", "#e3e3e3", "#ebebeb", "#f2f2f2", "#f8f8f8"),
        skin="#f2f2f2",
        mark="#111111",
        disc="#444444",
        acupoint="#333333",
        pain="#555555",
        text="#1a1a1a",
        soft="#555555",
        shorts="#d2d2d2",
        seam="#6e6e6e",
        line_width=0.26,
        disc_opacity=0.22,
        search_opacity=0.1,
        pain_opacity=0.2,
        muscles=(),
        muscle="#777777",
        shades=("#ececec", "#3c3c3c"),
    ),
    "high_contrast": Style(
        line="#000",
        accent="#000",
        tones=(),
        skin="#ffffff",
        mark="#000",
        disc="#000",
        acupoint="#000",
        pain="#000",
        text="#000",
        soft="#000",
        shorts="#e4e4e4",
        seam="#000",
        line_width=0.36,
        disc_opacity=0.16,
        search_opacity=0.0,
        pain_opacity=0.12,
        muscles=(),
        muscle="#000",
        shades=("#f2f2f2", "#4a4a4a"),
    ),
}


def shade_colour(style: Style, value: float) -> str:
    """Return the colour of an area for a strength from 0 to 10, light to dark.

    Parameters
    ----------
    style : Style
        The look.
    value : float
        0 to 10.

    Returns
    -------
    str
        Hex.
    """
    low, high = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in style.shades)
    t = value / 10
    return "#" + "".join(f"{round(a + t * (b - a)):02x}" for a, b in zip(low, high, strict=True))


def muscle_colour(style: Style, muscle: str) -> str:
    """Return the colour of a muscle; one the style does not know gets a neutral one."""
    return dict(style.muscles).get(muscle, style.muscle)
