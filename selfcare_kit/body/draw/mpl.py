"""A scene drawn with matplotlib: the only module that imports it. No pyplot, no global state."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D, Transform

from selfcare_kit.body.draw.png import encode_png
from selfcare_kit.body.draw.sketch import Ring, Sketch
from selfcare_kit.body.geometry import paths
from selfcare_kit.body.scene.scene import Fade, Key, Label, Lane, Leader, Mark, Panel, Scene, Shape
from selfcare_kit.body.scene.style import (
    CROSS_HALO,
    CROSS_LINE,
    DOT_SIZE,
    DOT_SPACE,
    HATCH_SIZE,
    HATCH_SPACE,
    KEY_HATCH,
    KEY_LINE,
    SHAPE_LINES,
)
from selfcare_kit.errors import MissingLettersWarning, is_seen

WIDE_FONT = 0.92  # DejaVu is wider than the fonts of a page
DIGIT_MIDDLE = 0.365  # half the height of a digit, of the size of the font
INCHES_HIGH = 7.0
POINTS = 72.0
SKETCH_INCHES = 4.0
# How finely hatching is cut to its zone, in cm.
HATCH_CUT = 0.08
# Layers from low to high; within a layer later is on top.
Z = {
    "skin": 1.0, "tone": 1.1, "shorts": 1.2, "shade": 1.3, "spillover": 1.4, "primary": 1.5, "lines": 1.6, "seams": 1.7,
    "muscle": 1.8, "outline": 2.0, "region": 2.1, "fade": 2.3, "lane": 3.0, "disc": 3.2, "cross": 3.3, "leader": 3.5,
    "letter": 3.7, "mark": 4.0, "mark_text": 4.1, "legend": 5.0, "legend_text": 5.1,
}  # fmt: skip


@lru_cache(maxsize=1024)
def path_of(d: str, unit_cm: float) -> Path:
    """Turn a path string of the atlas into a matplotlib path, in cm, y up."""
    vertices: list[paths.Point] = []
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


class _Canvas:
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
    def on_axes(cls, scene: Scene, ax: Axes) -> _Canvas:
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
    def on_figure(cls, scene: Scene, figure: Figure, glyphs: bool) -> _Canvas:
        data = Affine2D().translate(-scene.box[0], -scene.box[1]).scale(1 / scene.width, 1 / scene.height)
        return cls(scene, figure, data + figure.transFigure, INCHES_HIGH / scene.height * POINTS, glyphs)

    def line(self, cm: float) -> float:
        return cm * self.unit * self.points

    def pin(self, cm: float) -> float:
        return cm * self.pin_unit * self.points

    def add(self, artist: Artist, layer: str, gid: str) -> Artist:
        artist.set(zorder=Z[layer], gid=gid)
        return self.holder.add_artist(artist)

    def add_paths(self, found: list[Path], layer: str, gid: str, **look: object) -> None:
        self.add(PathCollection(found, transform=self.data, **look), layer, gid)

    def add_circles(
        self, places: Iterable[paths.Point], radii: Iterable[float], layer: str, gid: str, **look: object
    ) -> None:
        circle = Path.unit_circle()
        found = [Path(circle.vertices * r + place, circle.codes) for place, r in zip(places, radii, strict=True)]
        self.add_paths(found, layer, gid, **look)

    def add_lines(self, runs: list[list[paths.Point]], layer: str, gid: str, **look: object) -> None:
        self.add(LineCollection(runs, transform=self.data, **look), layer, gid)

    def write(
        self, place: paths.Point, text: str, cm: float, colour: str, layer: str, gid: str, *,
        ha: str = "center", va: str = "baseline", weight: str = "normal", halo: float = 0.0,
    ) -> None:  # fmt: skip
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
        for (zorder, colour, halo), found in (self.glyphs or {}).items():
            if halo:
                rim = PathCollection(found, transform=self.data, facecolors="white", edgecolors="white", zorder=zorder)
                rim.set_linewidths(self.pin(halo))
                self.holder.add_artist(rim)
            look = {"facecolors": colour, "linewidths": 0, "zorder": zorder, "gid": "glyphs"}
            self.holder.add_artist(PathCollection(found, transform=self.data, **look))
        if self.missing:
            warnings.warn(MissingLettersWarning(self.missing, "figure"), stacklevel=4)


@contextmanager
def _told_already() -> Iterator[None]:
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
    return "".join(each for each in text if is_seen(each) and not any(font.get_char_index(ord(each)) for font in fonts))


@lru_cache(maxsize=2048)
def glyphs_of(text: str, weight: str) -> tuple[Path, float]:
    """Return a text as a shape of height 1, and its width."""
    with _told_already():
        shape = TextPath((0, 0), text, size=100, prop=FontProperties(weight=weight))
    shape = Path(shape.vertices / 100, shape.codes)
    return shape, float(shape.vertices[:, 0].max()) if len(shape.vertices) else 0.0


def new_figure(scene: Scene) -> Figure:
    """Return an empty figure of the scene's proportions."""
    return Figure(figsize=(INCHES_HIGH * scene.width / scene.height, INCHES_HIGH), facecolor="white")


def plot(scene: Scene, ax: Axes | None = None) -> Axes:
    """Draw a scene.

    Parameters
    ----------
    scene : Scene
        What to draw.
    ax : matplotlib.axes.Axes, optional
        Where; a new figure's when left out.

    Returns
    -------
    matplotlib.axes.Axes
        The axes, in cm of the scene.
    """
    if ax is None:
        ax = new_figure(scene).add_axes((0, 0, 1, 1))
    _draw(_Canvas.on_axes(scene, ax), scene)
    return ax


def _draw(canvas: _Canvas, scene: Scene) -> None:
    for panel in scene.panels:
        _draw_panel(canvas, panel)
    for fade in scene.fades:
        _draw_fade(canvas, fade)
    for lane in scene.lanes:
        _draw_lane(canvas, lane)
    _draw_discs(canvas, scene)
    _draw_leaders(canvas, scene.leaders)
    _draw_marks(canvas, scene.marks)
    for label in scene.labels:
        _draw_label(canvas, label)
    for key in scene.keys:
        _draw_key(canvas, key)
    canvas.finish()


def to_png(scene: Scene, dpi: int) -> bytes:
    """Return a scene as PNG, without anything that changes from run to run."""
    figure = new_figure(scene)
    figure.set_dpi(dpi)
    agg = FigureCanvasAgg(figure)
    _draw(_Canvas.on_figure(scene, figure, glyphs=True), scene)
    agg.draw()
    return encode_png(np.asarray(agg.buffer_rgba())[:, :, :3], dpi)


def to_pdf(scene: Scene) -> bytes:
    """Return a scene as PDF, without anything that changes from run to run."""
    figure = new_figure(scene)
    pdf = FigureCanvasPdf(figure)
    _draw(_Canvas.on_figure(scene, figure, glyphs=False), scene)
    buffer = io.BytesIO()
    with _told_already():
        pdf.print_pdf(buffer, metadata={"CreationDate": None, "ModDate": None, "Title": scene.title})
    return buffer.getvalue()


def _draw_panel(canvas: _Canvas, panel: Panel) -> None:
    style, drawing = canvas.style, panel.drawing
    way = -1 if panel.is_flipped else 1
    turn = Affine2D().scale(way * panel.scale, panel.scale).translate(panel.x, panel.y) + canvas.data
    name = f"{panel.view}-{panel.side}"
    x0, y0, x1, y1 = panel.frame
    frame = Rectangle((x0, y0), x1 - x0, y1 - y0, transform=canvas.data) if panel.box else None
    outline = path_of(drawing.outline, panel.unit_cm)

    def add(d: str | Path, layer: str, gid: str, inside: Path | None = None, **look: object) -> PathPatch:
        path = path_of(d, panel.unit_cm) if isinstance(d, str) else d
        patch = canvas.add(PathPatch(path, transform=turn, **look), layer, gid)
        # Adding may set the clip to the axes; only now can it be narrowed.
        # A rectangle becomes the clip box, which stays when a path follows it.
        if frame is not None:
            patch.set_clip_path(frame)
        if inside is not None:
            patch.set_clip_path(inside, turn)
        return patch

    add(outline, "skin", f"skin-{name}", facecolor=style.tones[0] if style.tones else style.skin, edgecolor="none")
    for number, (colour, d) in enumerate(zip(style.tones[1:], drawing.tone, strict=False)):
        if d:
            add(d, "tone", f"tone{number}-{name}", inside=outline, facecolor=colour, edgecolor="none")
    for shape in panel.shapes:
        _draw_shape(canvas, panel, shape, add)
    if panel.shorts:
        add(panel.shorts.cloth, "shorts", f"shorts-{name}", inside=outline, facecolor=style.shorts, edgecolor="none")
        add(panel.shorts.seams, "seams", f"seams-{name}", facecolor=style.seam, edgecolor="none")
    lines = drawing.lines + (drawing.dressed if panel.shorts else drawing.bare)
    add(lines, "lines", f"lines-{name}", facecolor=style.accent, edgecolor="none")
    add(
        drawing.outline if drawing.fade else drawing.stroke, "outline", f"outline-{name}", fill=False,
        edgecolor=style.line, linewidth=canvas.line(style.line_width), joinstyle="round", capstyle="round",
    )  # fmt: skip


def _draw_shape(canvas: _Canvas, panel: Panel, shape: Shape, add: Callable[..., PathPatch]) -> None:
    edge = canvas.line(SHAPE_LINES[shape.kind]) if shape.stroke else 0.0
    path = path_of(shape.d, panel.unit_cm)
    if shape.is_flipped:
        path = Path(path.vertices * (-1, 1), path.codes)
    # The face alone is see-through; the edge is not.
    look = {"facecolor": (shape.fill, shape.opacity), "edgecolor": shape.stroke or "none", "linewidth": edge}
    gid = f"{shape.kind}-{shape.area}-{shape.side}"
    body = path_of(shape.clip or panel.drawing.outline, panel.unit_cm)
    patch = add(path, shape.kind, gid, inside=None if shape.kind == "muscle" else body, **look)
    if shape.is_dashed and edge:
        patch.set_linestyle((0, (4, 3)))
    if shape.kind == "spillover":
        unit = canvas.unit / panel.scale
        spots = np.array([*paths.grid(path.get_extents().extents, DOT_SPACE * unit)])
        dots = (Path.circle(spot, DOT_SIZE / 2 * unit) for spot in spots[body.contains_points(spots)])
        add(Path.make_compound_path(*dots), shape.kind, f"{gid}-dots", inside=path, facecolor=shape.fill, linewidth=0)
    elif shape.kind == "primary":
        unit = canvas.unit / panel.scale
        lines = _hatching(path, body, HATCH_SPACE * unit, -1 if shape.is_flipped else 1)
        look = {"facecolor": "none", "edgecolor": shape.fill, "linewidth": canvas.line(HATCH_SIZE), "capstyle": "butt"}
        add(lines, shape.kind, f"{gid}-hatch", **look)


def _hatching(path: Path, body: Path, space: float, way: int) -> Path:
    """Return slanting lines inside two paths, as the pattern of the SVG has them: up to the right, or to the left."""
    x0, y0, x1, y1 = path.get_extents().extents
    step, heights = space * 2**0.5, np.arange(y0, y1, HATCH_CUT)
    low, high = (x0 - y1, x1 - y0) if way > 0 else (-x1 - y1, -x0 - y0)
    vertices = []
    for shift in (np.arange(low // step - 1, high // step + 2) + 0.5) * step:
        places = np.c_[way * (shift + heights), heights]
        # Cut by hand: an artist is cut to one path only.
        inside = np.r_[False, path.contains_points(places) & body.contains_points(places), False].astype(int)
        starts, ends = np.flatnonzero(np.diff(inside) == 1), np.flatnonzero(np.diff(inside) == -1) - 1
        vertices += [each for start, end in zip(starts, ends, strict=True) for each in (places[start], places[end])]
    if not vertices:
        return Path([(0.0, 0.0)])
    return Path(vertices, [Path.MOVETO, Path.LINETO] * (len(vertices) // 2))


def _draw_fade(canvas: _Canvas, fade: Fade) -> None:
    x0, x1, b = fade.x, fade.end_x, fade.last
    bars = [Path([(x0, a), (x1, a), (x1, b), (x0, b), (x0, a)]) for a, _ in fade.bands]
    colours = [(1.0, 1.0, 1.0, opacity) for _, opacity in fade.bands]
    canvas.add_paths(bars, "fade", "fade", facecolors=colours, linewidths=0, antialiaseds=False)


def _draw_lane(canvas: _Canvas, lane: Lane) -> None:
    style = canvas.style
    start, end = (lane.x, lane.y), (lane.end_x, lane.end_y)
    name = f"{lane.id}-{lane.side}"
    wide = lane.width * canvas.points
    look = {"colors": [(style.disc, style.disc_opacity)], "linewidths": wide, "capstyle": "round"}
    canvas.add_lines([[start, end]], "lane", f"lane-{name}", **look)
    if lane.has_arrow:
        dx, dy = end[0] - start[0], end[1] - start[1]
        long = (dx * dx + dy * dy) ** 0.5 or 1.0
        ux, uy, h = dx / long, dy / long, 1.5 * canvas.pin_unit
        tips = [(end[0] - h * ux + w * 0.55 * h * uy, end[1] - h * uy - w * 0.55 * h * ux) for w in (1, -1)]
        look = {"colors": style.mark, "linewidths": canvas.pin(0.3), "joinstyle": "round", "capstyle": "round"}
        canvas.add_lines([[start, end], [tips[0], end, tips[1]]], "lane", f"arrow-{name}", **look)


def _draw_discs(canvas: _Canvas, scene: Scene) -> None:
    style = canvas.style
    for is_dashed, gid in ((False, "discs"), (True, "discs-dashed")):
        discs = [disc for disc in scene.discs if disc.is_dashed == is_dashed]
        if discs:
            canvas.add_circles(
                [(disc.x, disc.y) for disc in discs], [disc.radius for disc in discs], "disc", gid,
                facecolors="none" if is_dashed else [(style.disc, style.search_opacity)], edgecolors=style.mark,
                linewidths=canvas.pin(0.14), linestyles="dashed" if is_dashed else "solid",
            )  # fmt: skip

    arm = scene.cross_arm
    runs = [
        [(disc.x - arm, disc.y + way * arm), (disc.x + arm, disc.y - way * arm)]
        for disc in scene.discs
        for way in (1, -1)
    ]
    for colour, cm in (("white", CROSS_HALO), (style.mark, CROSS_LINE)) if runs else ():
        canvas.add_lines(runs, "cross", "crosses", colors=colour, linewidths=canvas.pin(cm), capstyle="round")


def _draw_leaders(canvas: _Canvas, leaders: tuple[Leader, ...]) -> None:
    style = canvas.style
    for kind, colour in (("acupoint", style.acupoint), ("point", style.mark), ("value", style.text)):
        found = [leader for leader in leaders if leader.kind == kind]
        if not found:
            continue
        runs = [[(a.x, a.y), (a.end_x, a.end_y)] for a in found]
        for tone, cm in (("white", 0.5), (colour, 0.2)):
            canvas.add_lines(runs, "leader", f"leaders-{kind}", colors=tone, linewidths=canvas.pin(cm))


def _draw_marks(canvas: _Canvas, marks: tuple[Mark, ...]) -> None:
    style = canvas.style
    numbers = [mark for mark in marks if mark.kind != "acupoint"]
    if numbers:
        canvas.add_circles(
            [(m.x, m.y) for m in numbers], [m.radius for m in numbers], "mark", "marks",
            facecolors=["white" if m.is_hollow else style.mark for m in numbers],
            edgecolors=[style.mark if m.is_hollow else "white" for m in numbers], linewidths=canvas.pin(0.25),
        )  # fmt: skip
    for mark in marks:
        gid = f"mark-{mark.id}-{mark.side}"
        if mark.kind == "acupoint":
            _draw_diamond(canvas, mark, gid)
        else:
            ink, cm = style.mark if mark.is_hollow else "white", mark.size * WIDE_FONT
            canvas.write((mark.x, mark.y), mark.text, cm, ink, "mark_text", gid, va="center", weight="bold")


def _diamond(x: float, y: float, radius: float) -> list[Path]:
    return [Path([(x, y + radius), (x + radius, y), (x, y - radius), (x - radius, y), (x, y + radius)], closed=True)]


def _draw_diamond(canvas: _Canvas, mark: Mark, gid: str) -> None:
    colour = canvas.style.acupoint
    fill, edge = ("white", colour) if mark.is_hollow else (colour, "white")
    look = {"facecolors": fill, "edgecolors": edge, "linewidths": canvas.pin(0.25)}
    canvas.add_paths(_diamond(mark.at_x, mark.at_y, 0.5 * mark.radius), "mark", f"{gid}-diamond", **look)
    look = {"va": "center", "weight": "bold", "halo": 0.45}
    canvas.write((mark.x, mark.y), mark.text, mark.size, colour, "mark_text", gid, **look)


def _draw_label(canvas: _Canvas, label: Label) -> None:
    colour = canvas.style.soft if label.kind in ("title", "letter") else canvas.style.text
    layer = "letter" if label.kind in ("letter", "value") else "legend"
    ha, weight = {"start": "left", "middle": "center"}[label.anchor], "bold" if label.is_bold else "normal"
    gid = f"{label.kind}-{label.text}"
    canvas.write((label.x, label.y), label.text, label.size * WIDE_FONT, colour, layer, gid, ha=ha, weight=weight)


def _draw_key(canvas: _Canvas, key: Key) -> None:
    style = canvas.style
    x, y, r = key.x, key.y, 0.62 * key.size
    gid = f"key-{key.kind}-{key.text}"
    if key.kind == "mark":
        fill, ink = ("white", style.mark) if key.is_dashed else (style.mark, "white")
        look = {"facecolors": fill, "edgecolors": style.mark, "linewidths": canvas.line(KEY_LINE)}
        canvas.add_circles([(x, y)], [r], "legend", gid, **look)
        canvas.write((x, y), key.text, 1.25 * r, ink, "legend_text", gid, va="center", weight="bold")
    elif key.kind == "acupoint":
        canvas.add_paths(_diamond(x, y, r), "legend", gid, facecolors=style.acupoint, linewidths=0)
    elif key.kind == "spillover":
        spots = [(x + i * 0.55 * r, y + j * 0.55 * r) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        look = {"facecolors": style.pain, "linewidths": 0}
        canvas.add_circles(spots, [DOT_SIZE / 2 * canvas.unit] * len(spots), "legend", gid, **look)
    else:
        fill, opacity = (style.pain, style.pain_opacity) if key.kind == "primary" else (key.colour, 0.32)
        h = 0.8 * r
        box = Path([(x - r, y - h), (x + r, y - h), (x + r, y + h), (x - r, y + h), (x - r, y - h)], closed=True)
        look = {
            "facecolors": [(fill, opacity)],
            "edgecolors": key.colour or "none",
            "linewidths": canvas.line(KEY_LINE),
        }
        canvas.add_paths([box], "legend", gid, linestyles="--" if key.is_dashed else "-", **look)
        if key.kind == "primary":
            runs = [[(x + a * r, y - b * r), (x + c * r, y - e * r)] for a, b, c, e in KEY_HATCH]
            canvas.add_lines(runs, "legend", gid, colors=style.pain, linewidths=canvas.line(HATCH_SIZE))


def plot_sketch(sketch: Sketch, ax: Axes | None = None) -> Axes:
    """Draw a sketch on axes, in its own units with y up; a new figure's when none are given."""
    if ax is None:
        ax = _sketch_figure(sketch).add_axes((0, 0, 1, 1))
    ax.set_xlim(0, sketch.width)
    ax.set_ylim(-sketch.height, 0)
    ax.set_aspect("equal")
    ax.set_axis_off()
    window = ax.get_position()
    wide, high = ax.figure.get_size_inches()
    per_unit = min(window.width * wide / sketch.width, window.height * high / sketch.height)
    _draw_sketch(ax, sketch, ax.transData, per_unit * POINTS)
    return ax


def sketch_png(sketch: Sketch, dpi: int) -> bytes:
    """Return a sketch as PNG, without anything that changes from run to run."""
    figure = _sketch_figure(sketch)
    figure.set_dpi(dpi)
    agg = FigureCanvasAgg(figure)
    plot_sketch(sketch, figure.add_axes((0, 0, 1, 1)))
    agg.draw()
    return encode_png(np.asarray(agg.buffer_rgba())[:, :, :3], dpi)


def sketch_pdf(sketch: Sketch) -> bytes:
    """Return a sketch as PDF, without anything that changes from run to run."""
    figure = _sketch_figure(sketch)
    pdf = FigureCanvasPdf(figure)
    plot_sketch(sketch, figure.add_axes((0, 0, 1, 1)))
    buffer = io.BytesIO()
    pdf.print_pdf(buffer, metadata={"CreationDate": None, "ModDate": None, "Title": sketch.title})
    return buffer.getvalue()


def _sketch_figure(sketch: Sketch) -> Figure:
    scale = SKETCH_INCHES / max(sketch.width, sketch.height)
    return Figure(figsize=(sketch.width * scale, sketch.height * scale), facecolor="white")


def _draw_sketch(ax: Axes, sketch: Sketch, data: Transform, points: float) -> None:
    flip = Affine2D().scale(-1, 1).translate(sketch.width, 0) if sketch.is_flipped else Affine2D()
    for order, part in enumerate(sketch.parts):
        look = {"linewidth": part.width * points, "edgecolor": part.stroke or "none", "zorder": 1 + order / 100}
        if isinstance(part, Ring):
            circle = Path.circle((part.x, -part.y), part.radius)
            patch = PathPatch(circle, facecolor="none", transform=flip + data, gid="lens", **look)
        else:
            look |= {"facecolor": part.fill or "none", "capstyle": "round", "joinstyle": "round"}
            patch = PathPatch(path_of(part.d, 1.0), transform=flip + data, gid=part.kind, **look)
        ax.add_artist(patch)
