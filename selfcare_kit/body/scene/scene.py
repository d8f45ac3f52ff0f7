"""What a figure shows: a frozen scene of layers, which the renderers only draw.

A scene counts in cm with y up. In the scene of one view they are the cm of that view, so what
`locate` returns can be drawn over it; the panels of a plate are scaled and set side by side.
"""

# Annotations are not postponed here: those of a named tuple would be compiled one by one at import.
from typing import NamedTuple

from selfcare_kit.body.place.atlas import Crop, Drawing, Shorts
from selfcare_kit.body.scene.style import CROSS, CROSS_SHARE, Style

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
    """One view in the scene; the origin of the view stands at (x, y), `scale` times as large.

    What lies outside the box, in cm of the view's left drawing, is cut off; None where nothing does.
    """

    view: str
    side: str
    crop: Crop
    title: str
    unit_cm: float
    scale: float
    is_flipped: bool
    x: float
    y: float
    frame: Rect
    box: Rect | None
    drawing: Drawing
    shapes: tuple[Shape, ...]
    shorts: Shorts | None


FADE_STEPS = 10


class Fade(NamedTuple):
    """Where panels side by side fade out: full at `start`, nothing is left at `end`, and so on to `last`."""

    x: float
    end_x: float
    start: float
    end: float
    last: float

    @property
    def bands(self) -> list[tuple[float, float]]:
        """White bands (from where, opacity), the widest first, that together fade the drawing out.

        Each reaches to `last`, over the ones before it, so that no seam can show between two.
        """
        step = (self.end - self.start) / FADE_STEPS
        return [(self.start + step * i, 1 / (FADE_STEPS - i)) for i in range(FADE_STEPS)]


class Disc(NamedTuple):
    """A search area: the place of a point is somewhere in it, most likely at the cross in its middle."""

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

    (x, y) is where the label is, (at_x, at_y) the place it stands for, `size` that of the text.
    """

    kind: str
    x: float
    y: float
    radius: float
    text: str
    size: float
    is_hollow: bool
    at_x: float
    at_y: float
    id: str
    side: str
    title: str


class Label(NamedTuple):
    """A line of text, (x, y) at its base line; kind is title, letter, value or legend."""

    kind: str
    x: float
    y: float
    text: str
    size: float
    anchor: str
    is_bold: bool


class Key(NamedTuple):
    """A symbol of the legend: mark, acupoint, muscle, primary or spillover."""

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
    fades: tuple[Fade, ...]
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
    def cross_arm(self) -> float:
        """How far the crosses reach across from their middle: all alike, each within its search area."""
        return min((CROSS * self.pin_scale, *(CROSS_SHARE * disc.radius for disc in self.discs)))

    @property
    def height(self) -> float:
        """Height in cm of the scene."""
        return self.box[3] - self.box[1]
