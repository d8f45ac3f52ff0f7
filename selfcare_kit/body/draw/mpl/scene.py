"""A scene drawn with matplotlib, layer by layer."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from selfcare_kit.body.draw.mpl.canvas import INCHES_HIGH, WIDE_FONT, Canvas, path_of, without_glyph_warnings
from selfcare_kit.body.draw.png import encode_png
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

# How finely hatching is cut to its zone, in cm.
HATCH_CUT = 0.08


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
    _draw(Canvas.on_axes(scene, ax), scene)
    return ax


def _draw(canvas: Canvas, scene: Scene) -> None:
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
    _draw(Canvas.on_figure(scene, figure, glyphs=True), scene)
    agg.draw()
    return encode_png(np.asarray(agg.buffer_rgba())[:, :, :3], dpi)


def to_pdf(scene: Scene) -> bytes:
    """Return a scene as PDF, without anything that changes from run to run."""
    figure = new_figure(scene)
    pdf = FigureCanvasPdf(figure)
    _draw(Canvas.on_figure(scene, figure, glyphs=False), scene)
    buffer = io.BytesIO()
    with without_glyph_warnings():
        pdf.print_pdf(buffer, metadata={"CreationDate": None, "ModDate": None, "Title": scene.title})
    return buffer.getvalue()


def _draw_panel(canvas: Canvas, panel: Panel) -> None:
    style, drawing = canvas.style, panel.drawing
    way = -1 if panel.is_flipped else 1
    turn = Affine2D().scale(way * panel.scale, panel.scale).translate(panel.x, panel.y) + canvas.data
    name = f"{panel.view}-{panel.side}"
    x0, y0, x1, y1 = panel.frame
    frame = Rectangle((x0, y0), x1 - x0, y1 - y0, transform=canvas.data) if panel.box else None
    outline = path_of(drawing.outline, panel.unit_cm)

    def add(d: str | Path, layer: str, gid: str, inside: Path | None = None, **properties: object) -> PathPatch:
        path = path_of(d, panel.unit_cm) if isinstance(d, str) else d
        patch = canvas.add(PathPatch(path, transform=turn, **properties), layer, gid)
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


def _draw_shape(canvas: Canvas, panel: Panel, shape: Shape, add: Callable[..., PathPatch]) -> None:
    edge = canvas.line(SHAPE_LINES[shape.kind]) if shape.stroke else 0.0
    path = path_of(shape.d, panel.unit_cm)
    if shape.is_flipped:
        path = Path(path.vertices * (-1, 1), path.codes)
    # The face alone is see-through; the edge is not.
    properties = {"facecolor": (shape.fill, shape.opacity), "edgecolor": shape.stroke or "none", "linewidth": edge}
    gid = f"{shape.kind}-{shape.area}-{shape.side}"
    body = path_of(shape.clip or panel.drawing.outline, panel.unit_cm)
    patch = add(path, shape.kind, gid, inside=None if shape.kind == "muscle" else body, **properties)
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
        properties = {
            "facecolor": "none",
            "edgecolor": shape.fill,
            "linewidth": canvas.line(HATCH_SIZE),
            "capstyle": "butt",
        }
        add(lines, shape.kind, f"{gid}-hatch", **properties)


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


def _draw_fade(canvas: Canvas, fade: Fade) -> None:
    x0, x1, b = fade.x, fade.end_x, fade.last
    bars = [Path([(x0, a), (x1, a), (x1, b), (x0, b), (x0, a)]) for a, _ in fade.bands]
    colours = [(1.0, 1.0, 1.0, opacity) for _, opacity in fade.bands]
    canvas.add_paths(bars, "fade", "fade", facecolors=colours, linewidths=0, antialiaseds=False)


def _draw_lane(canvas: Canvas, lane: Lane) -> None:
    style = canvas.style
    start, end = (lane.x, lane.y), (lane.end_x, lane.end_y)
    name = f"{lane.id}-{lane.side}"
    wide = lane.width * canvas.points
    properties = {"colors": [(style.disc, style.disc_opacity)], "linewidths": wide, "capstyle": "round"}
    canvas.add_lines([[start, end]], "lane", f"lane-{name}", **properties)
    if lane.has_arrow:
        dx, dy = end[0] - start[0], end[1] - start[1]
        long = (dx * dx + dy * dy) ** 0.5 or 1.0
        ux, uy, h = dx / long, dy / long, 1.5 * canvas.pin_unit
        tips = [(end[0] - h * ux + w * 0.55 * h * uy, end[1] - h * uy - w * 0.55 * h * ux) for w in (1, -1)]
        properties = {"colors": style.mark, "linewidths": canvas.pin(0.3), "joinstyle": "round", "capstyle": "round"}
        canvas.add_lines([[start, end], [tips[0], end, tips[1]]], "lane", f"arrow-{name}", **properties)


def _draw_discs(canvas: Canvas, scene: Scene) -> None:
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


def _draw_leaders(canvas: Canvas, leaders: tuple[Leader, ...]) -> None:
    style = canvas.style
    for kind, colour in (("acupoint", style.acupoint), ("point", style.mark), ("value", style.text)):
        found = [leader for leader in leaders if leader.kind == kind]
        if not found:
            continue
        runs = [[(a.x, a.y), (a.end_x, a.end_y)] for a in found]
        for tone, cm in (("white", 0.5), (colour, 0.2)):
            canvas.add_lines(runs, "leader", f"leaders-{kind}", colors=tone, linewidths=canvas.pin(cm))


def _draw_marks(canvas: Canvas, marks: tuple[Mark, ...]) -> None:
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


def _draw_diamond(canvas: Canvas, mark: Mark, gid: str) -> None:
    colour = canvas.style.acupoint
    fill, edge = ("white", colour) if mark.is_hollow else (colour, "white")
    properties = {"facecolors": fill, "edgecolors": edge, "linewidths": canvas.pin(0.25)}
    canvas.add_paths(_diamond(mark.at_x, mark.at_y, 0.5 * mark.radius), "mark", f"{gid}-diamond", **properties)
    properties = {"va": "center", "weight": "bold", "halo": 0.45}
    canvas.write((mark.x, mark.y), mark.text, mark.size, colour, "mark_text", gid, **properties)


def _draw_label(canvas: Canvas, label: Label) -> None:
    colour = canvas.style.soft if label.kind in ("title", "letter") else canvas.style.text
    layer = "letter" if label.kind in ("letter", "value") else "legend"
    ha, weight = {"start": "left", "middle": "center"}[label.anchor], "bold" if label.is_bold else "normal"
    gid = f"{label.kind}-{label.text}"
    canvas.write((label.x, label.y), label.text, label.size * WIDE_FONT, colour, layer, gid, ha=ha, weight=weight)


def _draw_key(canvas: Canvas, key: Key) -> None:
    style = canvas.style
    x, y, r = key.x, key.y, 0.62 * key.size
    gid = f"key-{key.kind}-{key.text}"
    if key.kind == "mark":
        fill, ink = ("white", style.mark) if key.is_dashed else (style.mark, "white")
        properties = {"facecolors": fill, "edgecolors": style.mark, "linewidths": canvas.line(KEY_LINE)}
        canvas.add_circles([(x, y)], [r], "legend", gid, **properties)
        canvas.write((x, y), key.text, 1.25 * r, ink, "legend_text", gid, va="center", weight="bold")
    elif key.kind == "acupoint":
        canvas.add_paths(_diamond(x, y, r), "legend", gid, facecolors=style.acupoint, linewidths=0)
    elif key.kind == "spillover":
        spots = [(x + i * 0.55 * r, y + j * 0.55 * r) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        properties = {"facecolors": style.pain, "linewidths": 0}
        canvas.add_circles(spots, [DOT_SIZE / 2 * canvas.unit] * len(spots), "legend", gid, **properties)
    else:
        fill, opacity = (style.pain, style.pain_opacity) if key.kind == "primary" else (key.colour, 0.32)
        h = 0.8 * r
        box = Path([(x - r, y - h), (x + r, y - h), (x + r, y + h), (x - r, y + h), (x - r, y - h)], closed=True)
        properties = {
            "facecolors": [(fill, opacity)],
            "edgecolors": key.colour or "none",
            "linewidths": canvas.line(KEY_LINE),
        }
        canvas.add_paths([box], "legend", gid, linestyles="--" if key.is_dashed else "-", **properties)
        if key.kind == "primary":
            runs = [[(x + a * r, y - b * r), (x + c * r, y - e * r)] for a, b, c, e in KEY_HATCH]
            canvas.add_lines(runs, "legend", gid, colors=style.pain, linewidths=canvas.line(HATCH_SIZE))
