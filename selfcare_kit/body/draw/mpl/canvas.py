"""Where artists are added, and how long a scene's cm is on paper."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, Transform

from selfcare_kit.body.geometry import paths
from selfcare_kit.body.scene.scene import Scene
from selfcare_kit.errors import MissingLettersWarning, needs_font

WIDE_FONT = 0.92  # DejaVu is wider than the fonts of a page
DIGIT_MIDDLE = 0.365  # half the height of a digit, of the size of the font
INCHES_HIGH = 7.0
POINTS = 72.0
# Layers from low to high; within a layer later is on top.
Z = {
    "skin": 1.0, "tone": 1.1, "shorts": 1.2, "shade": 1.3, "spillover": 1.4, "primary": 1.5, "lines": 1.6, "seams": 1.7,
    "muscle": 1.8, "outline": 2.0, "region": 2.1, "fade": 2.3, "lane": 3.0, "disc": 3.2, "cross": 3.3, "leader": 3.5,
    "letter": 3.7, "mark": 4.0, "mark_text": 4.1, "legend": 5.0, "legend_text": 5.1,
}  # fmt: skip


@lru_cache(maxsize=1024)
def path_of(d: str, unit_cm: float) -> Path:
    """Turn a path string of the atlas into a matplotlib path, in cm, y up."""
    vertices: list[paths.XY] = []
    codes: list[int] = []
    for subpath in paths.parse(d, unit_cm):
        vertices.append(subpath.start)
        codes.append(Path.MOVETO)
        for segment in subpath.segments:
            vertices.extend(segment)
            codes.extend([Path.LINETO] if len(segment) == 1 else [Path.CURVE4] * 3)
        if subpath.closed:
            vertices.append(subpath.start)
            codes.append(Path.CLOSEPOLY)
    return Path(vertices, codes) if vertices else Path([(0.0, 0.0)])


class Canvas:
    """Where artists go, and how long a scene's cm is on paper.

    The holder is an axes, or a whole figure, which is quicker where nobody asks for the axes.
    With `glyphs` texts are gathered as shapes, which is quicker still, and drawn at the end.
    """

    def __init__(self, scene: Scene, holder: Axes | Figure, data: Transform, points: float, glyphs: bool) -> None:
        self.holder = holder
        self.data = data
        self.points = points
        self.style = scene.style
        self.unit = scene.line_scale
        self.pin_unit = scene.pin_scale
        self.glyphs: dict[tuple[float, str, float], list[Path]] | None = {} if glyphs else None
        self.missing = ""

    @classmethod
    def on_axes(cls, scene: Scene, ax: Axes) -> Canvas:
        """Return a canvas on axes, which then count in cm of the scene."""
        x0, y0, x1, y1 = scene.box
        ax.set_xlim(x0, x1)
        ax.set_ylim(y0, y1)
        ax.set_aspect("equal")
        ax.set_axis_off()
        window = ax.get_position()
        wide, high = ax.figure.get_size_inches()
        per_cm = min(window.width * wide / scene.width, window.height * high / scene.height)
        return cls(scene, ax, ax.transData, per_cm * POINTS, False)

    @classmethod
    def on_figure(cls, scene: Scene, figure: Figure, glyphs: bool) -> Canvas:
        """Return a canvas on a whole figure, without axes."""
        data = Affine2D().translate(-scene.box[0], -scene.box[1]).scale(1 / scene.width, 1 / scene.height)
        return cls(scene, figure, data + figure.transFigure, INCHES_HIGH / scene.height * POINTS, glyphs)

    def line(self, cm: float) -> float:
        """Return the width in points of a line of so many cm in a figure 120 cm high."""
        return cm * self.unit * self.points

    def pin(self, cm: float) -> float:
        """Return the same of a mark's line, which grows with the marks."""
        return cm * self.pin_unit * self.points

    def add(self, artist: Artist, layer: str, gid: str) -> Artist:
        """Add an artist to a layer."""
        artist.set(zorder=Z[layer], gid=gid)
        return self.holder.add_artist(artist)

    def add_paths(self, found: list[Path], layer: str, gid: str, **properties: object) -> None:
        """Add paths in cm of the scene."""
        self.add(PathCollection(found, transform=self.data, **properties), layer, gid)

    def add_circles(
        self, places: Iterable[paths.XY], radii: Iterable[float], layer: str, gid: str, **properties: object
    ) -> None:
        """Add circles by their middles and radii."""
        circle = Path.unit_circle()
        found = [Path(circle.vertices * r + place, circle.codes) for place, r in zip(places, radii, strict=True)]
        self.add_paths(found, layer, gid, **properties)

    def add_lines(self, runs: list[list[paths.XY]], layer: str, gid: str, **properties: object) -> None:
        """Add lines through points."""
        self.add(LineCollection(runs, transform=self.data, **properties), layer, gid)

    def write(
        self, place: paths.XY, text: str, cm: float, colour: str, layer: str, gid: str, *,
        ha: str = "center", va: str = "baseline", weight: str = "normal", halo: float = 0.0,
    ) -> None:  # fmt: skip
        """Write a text at a place, `cm` high."""
        if not text.strip():
            return
        self.missing += letters_without_glyph(text, weight)
        if self.glyphs is None:
            # A dollar sign is a dollar sign, not the start of a formula.
            written = Text(
                *place, text, fontsize=cm * self.points, color=colour, ha=ha, fontweight=weight, parse_math=False,
                va="center_baseline" if va == "center" else va, transform=self.data, clip_on=False,
            )  # fmt: skip
            if halo:
                written.set_path_effects([withStroke(linewidth=self.pin(halo), foreground="white")])
            self.add(written, layer, gid)
            return
        shape, width = glyphs_of(text, weight)
        x = place[0] - (cm * width / 2 if ha == "center" else 0.0)
        y = place[1] - (DIGIT_MIDDLE * cm if va == "center" else 0.0)
        self.glyphs.setdefault((Z[layer], colour, halo), []).append(Path(shape.vertices * cm + (x, y), shape.codes))

    def finish(self) -> None:
        """Draw the texts that were gathered as shapes, and warn of letters without a font."""
        for (zorder, colour, halo), found in (self.glyphs or {}).items():
            if halo:
                rim = PathCollection(found, transform=self.data, facecolors="white", edgecolors="white", zorder=zorder)
                rim.set_linewidths(self.pin(halo))
                self.holder.add_artist(rim)
            properties = {"facecolors": colour, "linewidths": 0, "zorder": zorder, "gid": "glyphs"}
            self.holder.add_artist(PathCollection(found, transform=self.data, **properties))
        if self.missing:
            warnings.warn(MissingLettersWarning(self.missing, "figure"), stacklevel=4)


@contextmanager
def without_glyph_warnings() -> Iterator[None]:
    """Pass over matplotlib's own words about letters without a font, which it says of some files and not of others."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from")
        yield


@lru_cache(maxsize=2048)
def letters_without_glyph(text: str, weight: str) -> str:
    """Return the letters of a text that no font of matplotlib's choice has; it draws boxes and need not say so."""
    if text.isascii():
        return ""
    families = FontProperties().get_family()
    fonts = [get_font(findfont(FontProperties(family=family, weight=weight))) for family in families]
    return "".join(
        each for each in text if needs_font(each) and not any(font.get_char_index(ord(each)) for font in fonts)
    )


@lru_cache(maxsize=2048)
def glyphs_of(text: str, weight: str) -> tuple[Path, float]:
    """Return a text as a shape of height 1, and its width."""
    with without_glyph_warnings():
        shape = TextPath((0, 0), text, size=100, prop=FontProperties(weight=weight))
    shape = Path(shape.vertices / 100, shape.codes)
    return shape, float(shape.vertices[:, 0].max()) if len(shape.vertices) else 0.0
