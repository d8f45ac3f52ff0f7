"""A sketch, such as a position picture, drawn with matplotlib."""

from __future__ import annotations

import io

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Transform

from selfcare_kit.body.draw.mpl.canvas import POINTS, path_of
from selfcare_kit.body.draw.png import encode_png
from selfcare_kit.body.draw.sketch import Ring, Sketch

SKETCH_INCHES = 4.0


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
        properties = {"linewidth": part.width * points, "edgecolor": part.stroke or "none", "zorder": 1 + order / 100}
        if isinstance(part, Ring):
            circle = Path.circle((part.x, -part.y), part.radius)
            patch = PathPatch(circle, facecolor="none", transform=flip + data, gid="lens", **properties)
        else:
            properties |= {"facecolor": part.fill or "none", "capstyle": "round", "joinstyle": "round"}
            patch = PathPatch(path_of(part.d, 1.0), transform=flip + data, gid=part.kind, **properties)
        ax.add_artist(patch)
