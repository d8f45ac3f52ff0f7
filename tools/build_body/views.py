"""Carry out the plans: a view as outline, tone, lines, regions, muscles and shorts."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely

from . import muscles as muscle_shapes
from .body import Body
from .camera import View
from .contours import occluding_contours
from .curves import Cubics, corners, fit, flatten, line, mirror, resample, reverse, smooth, spline
from .labels import AreaPainter, read_authored
from .outline import Outline, half_ring, stroke_parts, trace
from .partition import Region, across_midline, partition
from .plans import PLANS, WAIST_PLANS, Plan
from .strokes import tapered
from .tone import tones

MIDLINE_AREAS = ("head", "neck", "sacrum", "tailbone")
AUTOMATIC_WIDTH, WIDTH_PER_CM, WIDEST = 0.063, 0.0315, 0.2
WAIST_LINE, HEM_LINE = (97.2, 0.006), (74.0, 0.004)


@dataclass
class Drawing:
    """Everything drawn in one view; curves in cm of the view."""

    plan: Plan
    view: View
    outline: Outline
    strokes: list[tuple[Cubics, bool]]
    tones: list[list[Cubics]]
    lines: list[Cubics]
    regions: list[tuple[str, str, list[Cubics]]]
    muscles: dict[str, list[Cubics]] = field(default_factory=dict)
    shorts: list[Cubics] = field(default_factory=list)


class Studio:
    """Draws views of a body.

    Parameters
    ----------
    body : Body
        What is drawn.
    """

    def __init__(self, body: Body):
        self.body = body
        self._painter = AreaPainter()
        self._muscles = muscle_shapes.MusclePainter()
        self._accents = read_authored("accents")

    @property
    def deep_muscles(self) -> dict[str, bool]:
        """Muscle keys, and whether each lies under another."""
        return self._muscles.deep

    def draw_all(self) -> tuple[dict[str, Drawing], dict[str, Drawing]]:
        """Return the whole drawings by view, and the drawings from the waist down for the views that have one."""
        waist = {name: self.draw(plan) for name, plan in WAIST_PLANS.items()}
        whole = {}
        for name, plan in PLANS.items():
            accents = self._lifted_accents(plan, waist) if name == "oblique" else None
            whole[name] = self.draw(plan, accents)
        self._add_muscles(whole)
        for name, drawing in whole.items():
            if drawing.plan.shorts:
                drawing.shorts = _shorts(waist.get(name, drawing))
        return whole, waist

    def draw(self, plan: Plan, accents: list[tuple[np.ndarray, float]] | None = None) -> Drawing:
        """Return one drawing without muscles."""
        scene = plan.scene(self.body)
        view = View(scene, plan.rotation, plan.pixels, _box(scene, plan))
        outline = trace(view, plan.finish, plan.symmetric)
        cut = view.box[3] if plan.top is not None else None
        return Drawing(
            plan,
            view,
            outline,
            stroke_parts(outline.curves, cut),
            tones(view, outline, plan.finish, plan.symmetric, plan.smallest_tone),
            self._lines(plan, view, outline, accents),
            self._regions(plan, view, outline),
        )

    def _lines(self, plan: Plan, view: View, outline: Outline, accents: list | None) -> list[Cubics]:
        """Return the inner lines as filled shapes: contours first, accents on top."""
        tolerance = 0.025 if plan.unit > 0.01 else 0.008
        shapes = []
        for points in occluding_contours(view, outline, plan.finish.shortest_line, plan.symmetric):
            if not _dropped(points, plan):
                width = min(WIDEST, AUTOMATIC_WIDTH + WIDTH_PER_CM * shapely.LineString(points).length)
                shape = tapered(points, width, tolerance)
                shapes += [shape, mirror(shape)] if plan.symmetric else [shape]
        for points, width in self._authored(plan, view) if accents is None else accents:
            shapes.append(tapered(points, width, tolerance))
        return shapes

    def _authored(self, plan: Plan, view: View) -> list[tuple[np.ndarray, float]]:
        """Return the authored accents of a view as polylines, those that the view's box holds."""
        found = []
        for accent in self._accents.get(plan.accents, []):
            points = flatten(spline(accent["points"]), 12)
            half_width = max(abs(view.box[0]), view.box[2])
            if points[:, 1].max() < view.box[3] - 1 and np.abs(points[:, 0]).max() < half_width:
                found.append((points, accent["width"]))
                if accent.get("mirrored", False) and plan.symmetric:
                    found.append((points * [-1, 1], accent["width"]))
        return found

    def _lifted_accents(self, plan: Plan, waist: dict[str, Drawing]) -> list[tuple[np.ndarray, float]]:
        """Return accents of the back and side that another view sees too, carried over the skin."""
        view = View(plan.scene(self.body), plan.rotation, plan.pixels)
        found = []
        for name in ("back", "side"):
            source = waist[name].view
            for accent in self._accents[name]:
                if not accent.get("oblique", False):
                    continue
                points = flatten(spline(accent["points"]), 12)
                sides = (1, -1) if accent.get("mirrored", False) else (1,)
                for side in sides:
                    placed, seen = view.shows(source.lift(points * [side, 1]))
                    if seen.mean() > 0.7:
                        found.append((smooth(placed[seen], 0.3, 0.15), accent["width"]))
        return found

    def _regions(self, plan: Plan, view: View, outline: Outline) -> list[tuple[str, str, list[Cubics]]]:
        """Return (area, side, curves) of every region."""
        names = self._painter.names
        count = len(names)
        view = view.coarse(2)
        numbers = self._painter.paint(view, plan.smallest_region)
        if plan.both_legs:
            rows, columns = view.nearest_body()
            right = view.standing[rows, columns, 0] < 0
            middle = np.isin(numbers, [names.index(name) for name in MIDLINE_AREAS])
            numbers = np.where(right & ~middle, numbers + count, numbers)
        outlines = [_left_half(outline.curves[0])] if plan.symmetric else outline.curves
        finish = plan.finish
        cut = partition(view, numbers, outlines, finish.region_smoothing, finish.region_tolerance, plan.smallest_region)
        found = []
        for region in cut:
            name = names[region.number % count]
            side = "midline" if name in MIDLINE_AREAS else "right" if region.number >= count else "left"
            found.append((name, side, _placed(region, plan, side)))
        return sorted(found, key=lambda entry: entry[:2])

    def _add_muscles(self, drawings: dict[str, Drawing]) -> None:
        """Find the muscles of all views, and keep in each those it sees well."""
        found = {
            name: self._muscles.shapes(
                drawing.view.coarse(2), drawing.outline, drawing.plan.finish, drawing.plan.symmetric
            )
            for name, drawing in drawings.items()
        }
        for name, shapes in muscle_shapes.keep_well_seen(found).items():
            drawing = drawings[name]
            for key, shape in shapes.items():
                curves = muscle_shapes.curves(shape, drawing.outline, drawing.plan.finish)
                if drawing.plan.symmetric and drawing.plan.rotation[0, 0] < 0:
                    curves = [mirror(curve) for curve in curves]
                drawing.muscles[key] = curves


def _box(scene, plan: Plan) -> tuple | None:
    """Return the part of the view that is rasterised, or None for all of the scene."""
    if plan.top is None:
        return None
    points = scene.vertices[np.unique(scene.faces)] @ plan.rotation.T
    low, high = points[:, :2].min(axis=0) - 1.2, points[:, :2].max(axis=0) + 1.2
    return (low[0], low[1], high[0], plan.top)


def _dropped(points: np.ndarray, plan: Plan) -> bool:
    """Tell whether a line lies mostly in a box in which the plan wants none."""
    x = np.abs(points[:, 0]) if plan.symmetric else points[:, 0]
    y = points[:, 1]
    return any(((x > x0) & (x < x1) & (y > y0) & (y < y1)).mean() > 0.5 for x0, y0, x1, y1 in plan.drop)


def _left_half(curve: Cubics) -> Cubics:
    """Return the half with x >= 0 of a symmetric outline, closed along the midline."""
    half = curve[: len(curve) // 2]
    return [*half, line(half[-1][3], half[0][0])]


def _placed(region: Region, plan: Plan, side: str) -> list[Cubics]:
    """Return the curves of a region where the client's left is, or of both halves of one on the midline."""
    if not plan.symmetric:
        return region.curves
    if side == "midline":
        return across_midline(region).curves
    return [mirror(curve) for curve in region.curves] if plan.rotation[0, 0] < 0 else region.curves


def _shorts(drawing: Drawing) -> list[Cubics]:
    """Return plain shorts: a band around hips and upper thighs that ends at the outline."""
    x = np.linspace(-40, 40, 81)
    waist = np.c_[x, WAIST_LINE[0] + WAIST_LINE[1] * x**2]
    hem = np.c_[x[::-1], HEM_LINE[0] - HEM_LINE[1] * x[::-1] ** 2]
    cloth = drawing.outline.polygon.intersection(shapely.Polygon(np.r_[waist, hem]))
    curves = []
    for part in getattr(cloth, "geoms", [cloth]):
        ring = resample(np.array(part.exterior.coords), 0.15)
        if drawing.plan.symmetric:
            half = resample(half_ring(ring), 0.15)
            curve = fit(half, 0.06, 3, _sharp(half))
            curves.append(curve + reverse(mirror(curve)))
        else:
            curves.append(fit(ring, 0.06, 3, _sharp(ring)))
    return curves


def _sharp(points: np.ndarray) -> list[int]:
    return corners(points, 4, 35)
