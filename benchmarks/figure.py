"""The time of the figure compared with what a user might take instead: anatomapa, mplsoccer, simple pyplot."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import cycle

import selfcare_kit as kit
from benchmarks.harness import Result, measure
from selfcare_kit.body.geometry import paths
from selfcare_kit.body.scene.scene import Panel, Scene

FIVE = ("gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2")


def figure_results() -> Iterator[Result]:
    """Yield a result for each bar of the figure."""
    yield measure("plate SVG of a new routine: anatomapa, two views / ours", anatomapa_svg, fresh_plates("to_svg"), 25)
    yield measure("plate PNG: the same scene by naive pyplot / ours", naive_png(five()), fresh_plates("to_png"), 2)
    yield measure("plate PNG: mplsoccer's pitch with 30 points / ours", soccer_png, fresh_plates("to_png"), 1)


def five(point: str = "", seconds: int = 60) -> kit.Routine:
    """Return a routine of the guide's five points; `point` replaces the last one."""
    routine = kit.Routine(title="Hip and outer leg", code="C-104")
    for id in (*FIVE[:4], point or FIVE[4]):
        routine = routine.add(id, side="left", seconds=seconds)
    return routine


def fresh_plates(writer: str) -> Callable[[], object]:
    """Return a function that draws a routine whose points or doses differ from those of the call before."""
    last = ("ql_s1", "ql_d1", "ql_d2", "gmax_2", "gmed_3", "gmin_p", "vl_5")
    routines = cycle([five(point, seconds) for point in last for seconds in (20, 30, 40)])
    return lambda: getattr(next(routines).figure(), writer)()


def anatomapa_svg() -> str:
    """Draw the comparable regions with anatomapa, both views."""
    import anatomapa

    values = {"buttocks_left": 3, "hip_left": 2, "thigh_left": 2, "lower_back": 1, "leg_left": 1}
    return anatomapa.heatmap(values, view="both", body="male", lang="en").to_svg()


def soccer_png() -> bytes:
    """Draw a football pitch with 30 points with mplsoccer."""
    from matplotlib import pyplot as plt
    from mplsoccer import Pitch

    fig, ax = Pitch().draw()
    Pitch().scatter([4 * n for n in range(30)], [2 * n for n in range(30)], ax=ax)
    return _saved(fig, plt)


def naive_png(routine: kit.Routine) -> Callable[[], bytes]:
    """Return a function that draws the plate of a routine as tutorials do: one patch or text for each element."""
    scene = routine.figure().scene
    return lambda: _draw_naively(scene)


def _draw_naively(scene: Scene) -> bytes:
    from matplotlib import pyplot as plt

    x0, y0, x1, y1 = scene.box
    height = 7
    fig, ax = plt.subplots(figsize=(height * (x1 - x0) / (y1 - y0), height))
    for panel in scene.panels:
        drawing = panel.drawing
        for d in (drawing.outline, *drawing.tone, drawing.lines, drawing.stroke, *(shape.d for shape in panel.shapes)):
            _add_patches(ax, d, panel)
    for mark in scene.marks:
        ax.plot(mark.x, mark.y, "o", markersize=12)
        ax.text(mark.x, mark.y, mark.text, ha="center", va="center")
    for label in scene.labels:
        ax.text(label.x, label.y, label.text)
    ax.set_xlim(x0, x1)
    ax.set_ylim(y0, y1)
    ax.set_aspect("equal")
    ax.axis("off")
    return _saved(fig, plt)


def _add_patches(ax: object, d: str, panel: Panel) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    for subpath in paths.parse(d, panel.unit_cm * panel.scale):
        points, codes = [subpath.start], [Path.MOVETO]
        for segment in subpath.segments:
            points += segment
            codes += [Path.CURVE4] * 3 if len(segment) == 3 else [Path.LINETO]
        flip = -1 if panel.is_flipped else 1
        placed = [(flip * x + panel.x, y + panel.y) for x, y in points]
        ax.add_patch(PathPatch(Path(placed, codes), facecolor="0.9", edgecolor="0.3"))


def _saved(fig: object, plt: object) -> bytes:
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=144)
    plt.close(fig)
    return buffer.getvalue()
