"""What a figure shows: a frozen scene of layers, which the renderers only draw.

A scene counts in cm with y up. In the scene of one view they are the cm of that view, so what
`locate` returns can be drawn over it; the panels of a plate are scaled and set side by side.
"""

# Annotations are not postponed here: those of a named tuple would be compiled one by one at import.
from typing import NamedTuple

from selfcare_kit.body.atlas import Drawing
from selfcare_kit.body.style import Style

Rect = tuple[float, float, float, float]


class Shape(NamedTuple):
    """A path drawn in a panel: a region, a shade, a muscle or a pain zone.

    All but muscles are cut to the outline of the body, or to `clip` where that is less.
    """

    kind: str
    d: str
    is_flipped: bool
    area: str
    side: str
    title: str
    fill: str
    opacity: float
    stroke: str = ""
    is_dashed: bool = False
    clip: str = ""


class Panel(NamedTuple):
    """One view in the scene; the origin of the view stands at (x, y), `scale` times as large."""

    view: str
    side: str
    crop: str
    title: str
    unit_cm: float
    scale: float
    is_flipped: bool
    x: float
    y: float
    frame: Rect
    is_cropped: bool
    drawing: Drawing
    fades: tuple[Rect, ...]
    shapes: tuple[Shape, ...]
    shorts: str


FADE_STEPS = 14


def fade_bands(start: float, end: float, beyond: float) -> list[tuple[float, float, float]]:
    """Return white bands (from, to, opacity) that together fade a drawing out.

    Each band reaches to the end, over the ones before it, so that no seam can show between two.

    Parameters
    ----------
    start, end : float
        Where the drawing is full, and where nothing of it is left.
    beyond : float
        How much further the bands reach, over the line at the cut.

    Returns
    -------
    list of tuple of float
        The widest band first.
    """
    step = (end - start) / FADE_STEPS
    last = end + (beyond if end > start else -beyond)
    return [(start + step * i, last, 1 / (FADE_STEPS - i)) for i in range(FADE_STEPS)]


class Disc(NamedTuple):
    """A search area: the place of a point is somewhere in it."""

    x: float
    y: float
    radius: float
    is_dashed: bool
    id: str
    side: str


class Lane(NamedTuple):
    """A band to work along, from the first place to the second."""

    x: float
    y: float
    end_x: float
    end_y: float
    width: float
    has_arrow: bool
    id: str
    side: str


class Leader(NamedTuple):
    """A line from a place to its label, when the label had to stand beside it."""

    x: float
    y: float
    end_x: float
    end_y: float
    kind: str


class Mark(NamedTuple):
    """A label: a number in a circle, or the code of an acupoint beside its diamond.

    (x, y) is where the label is, (at_x, at_y) the place it stands for.
    """

    kind: str
    x: float
    y: float
    radius: float
    text: str
    is_hollow: bool
    at_x: float
    at_y: float
    id: str
    side: str
    title: str


class Label(NamedTuple):
    """A line of text, (x, y) at its base line; kind is title, letter, value, legend or note."""

    kind: str
    x: float
    y: float
    text: str
    size: float
    anchor: str
    is_bold: bool


class Key(NamedTuple):
    """A sign of the legend: mark, acupoint, disc, lane, muscle, primary or spillover."""

    kind: str
    x: float
    y: float
    size: float
    text: str
    colour: str
    is_dashed: bool


class Scene(NamedTuple):
    """All that is drawn, lowest layer first, with its words for those who cannot see it.

    Lines are drawn `line_scale` and marks `pin_scale` times as large as in a figure 120 cm high.
    """

    box: Rect
    title: str
    description: str
    style: Style
    line_scale: float
    pin_scale: float
    panels: tuple[Panel, ...]
    lanes: tuple[Lane, ...]
    discs: tuple[Disc, ...]
    leaders: tuple[Leader, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    keys: tuple[Key, ...]

    @property
    def width(self) -> float:
        """Width in cm of the scene."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Height in cm of the scene."""
        return self.box[3] - self.box[1]
