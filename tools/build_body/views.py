"""Carry out the plans: a view as outline, tone, lines, regions, muscles and shorts."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely

from . import muscles as muscle_shapes
from .body import Body
from .camera import View
from .contours import occluding_contours
from .curves import Cubics, flatten, line, mirror, smooth, spline
from .labels import AreaPainter, read_authored
from .outline import Outline, stroke_parts, trace
from .partition import Region, across_midline, partition
from .plans import PLANS, WAIST_PLANS, Plan
from .shorts import CROTCH, SEAMS, Cloth, curves_of, cut_cloth, seam_curves, seam_points
from .strokes import tapered
from .tone import tones

MIDLINE_AREAS = ("head", "neck", "sacrum", "tailbone")
AUTOMATIC_WIDTH, WIDTH_PER_CM, MAX_WIDTH = 0.063, 0.0315, 0.2
# Of a line that the shorts cross, shorter ends are left out.
MIN_END_LENGTH = 0.8


@dataclass
class Drawing:
    """Everything drawn in one view; curves in cm of the view.

    `lines` are those that shorts leave alone; `bare` are drawn without shorts, `dressed` is what shorts leave of them.
    """

    plan: Plan
    view: View
    outline: Outline
    strokes: list[tuple[Cubics, bool]]
    tones: list[list[Cubics]]
    lines: list[Cubics]
    bare: list[Cubics]
    dressed: list[Cubics]
    regions: list[tuple[str, str, list[Cubics]]]
    muscles: dict[str, list[Cubics]] = field(default_factory=dict)
    shorts: list[Cubics] = field(default_factory=list)
    seams: list[Cubics] = field(default_factory=list)


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
        self._seams: dict[str, np.ndarray] = {}

    @property
    def deep_muscles(self) -> dict[str, bool]:
        """Muscle keys, and whether each lies under another."""
        return self._muscles.deep

    def draw_all(self) -> tuple[dict[str, Drawing], dict[str, Drawing]]:
        """Return the whole drawings by view, and the drawings from the waist down for the views that have one."""
        self._seams = self._lifted_seams()
        waist = {name: self.draw(plan) for name, plan in WAIST_PLANS.items()}
        whole = {}
        for name, plan in PLANS.items():
            accents = self._lifted_accents(plan, waist) if name == "oblique" else None
            whole[name] = self.draw(plan, accents)
        self._add_muscles(whole)
        for name, drawing in whole.items():
            if name in waist:
                drawing.shorts, drawing.seams = waist[name].shorts, waist[name].seams
        return whole, waist

    def draw(self, plan: Plan, accents: list[tuple[np.ndarray, float]] | None = None) -> Drawing:
        """Return one drawing without muscles."""
        scene = plan.scene(self.body)
        view = View(scene, plan.rotation, plan.pixels, _box(scene, plan))
        outline = trace(view, plan.finish, plan.symmetric)
        cut = view.box[3] if plan.top is not None else None
        cloth = cut_cloth(view, outline, self._seams_seen(plan, view)) if plan.shorts else None
        drawing = Drawing(
            plan,
            view,
            outline,
            stroke_parts(outline.curves, cut),
            tones(view, outline, plan.finish, plan.symmetric, plan.smallest_tone),
            *self._lines(plan, view, outline, accents, cloth),
            self._regions(plan, view, outline),
        )
        if cloth:
            drawing.shorts = curves_of(cloth, plan.symmetric)
            drawing.seams = seam_curves(cloth, _tolerance(plan), plan.symmetric)
        return drawing

    def _lines(
        self, plan: Plan, view: View, outline: Outline, accents: list | None, cloth: Cloth | None
    ) -> tuple[list[Cubics], list[Cubics], list[Cubics]]:
        """Return the inner lines as filled shapes, contours first, accents on top.

        They come in three lists: what shorts leave alone, what they cross or cover, and what is left of that.
        """
        tolerance = _tolerance(plan)
        free: list[Cubics] = []
        bare: list[Cubics] = []
        dressed: list[Cubics] = []
        strokes: list[tuple[np.ndarray, float, shapely.Geometry]] = []
        hidden = cloth.polygon.buffer(0.15) if cloth else shapely.Polygon()
        above = hidden.intersection(shapely.box(-99, CROTCH, 99, 200))
        for points in occluding_contours(view, outline, plan.finish.shortest_line, plan.symmetric):
            if not _dropped(points, plan):
                width = min(MAX_WIDTH, AUTOMATIC_WIDTH + WIDTH_PER_CM * shapely.LineString(points).length)
                strokes.append((points, width, above))
                if plan.symmetric:
                    strokes.append((points * [-1, 1], width, above))
        authored = self._authored(plan, view) if accents is None else accents
        strokes += [(points, width, hidden) for points, width in authored]
        for points, width, hides in strokes:
            run = shapely.LineString(points)
            if not run.intersects(hides):
                free.append(tapered(points, width, tolerance))
                continue
            bare.append(tapered(points, width, tolerance))
            rest = run.difference(hides)
            for part in getattr(rest, "geoms", [rest]):
                if part.length > MIN_END_LENGTH:
                    dressed.append(tapered(np.array(part.coords), width, tolerance))
        return free, bare, dressed

    def _lifted_seams(self) -> dict[str, np.ndarray]:
        """Return the seams of the shorts as places on the skin."""
        found = {}
        for name in SEAMS:
            plan = WAIST_PLANS[name]
            view = View(plan.scene(self.body), plan.rotation, plan.pixels)
            found[name] = view.lift(seam_points(name))
        return found

    def _seams_seen(self, plan: Plan, view: View) -> list[np.ndarray]:
        """Return the seams of the shorts that a view sees."""
        found = []
        own = [name for name in ("side", "back", "front") if plan.name == name]
        if own and plan.name != "side":
            found.append(seam_points(own[0]))
        if plan.name in ("side", "oblique"):
            placed, seen = view.shows(self._seams["side"])
            found.append(smooth(placed[seen], 0.4, 0.15))
        if plan.name == "oblique":
            placed, seen = view.shows(self._seams["back"])
            if seen.mean() > 0.5:
                found.append(smooth(placed[seen], 0.4, 0.15))
        return found

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
            rows, columns = view.nearest_body
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
                name, drawing.view.coarse(2), drawing.outline, drawing.plan.finish, drawing.plan.symmetric
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


def _tolerance(plan: Plan) -> float:
    """Return how far a line may be from the ideal one, in cm."""
    return 0.025 if plan.unit > 0.01 else 0.008
