"""The figures of a point for its reviewer: how its place is constructed, and where its pain is felt.

On the first figure stand the landmarks A and B, the dashed line between them, the cross of the place and the circle to
search in. The drawing of the body is that of every other figure; only its frame is closer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from selfcare_kit.body.draw.svg import to_svg
from selfcare_kit.body.draw.svg_page import PER_CM, Page
from selfcare_kit.body.figure import Body
from selfcare_kit.body.geometry.paths import XY
from selfcare_kit.body.place.atlas import View
from selfcare_kit.body.place.places import FACING, SURFACES, Places, places_of
from selfcare_kit.body.place.rules import apply_rule
from selfcare_kit.body.scene.framing import holding_crop, spots_seen
from selfcare_kit.body.scene.scene import Scene
from selfcare_kit.body.scene.words import ENGLISH
from selfcare_kit.errors import SelfcareError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import NodeOfZone, PlaceOfPoint

MAX_FIGURES = 3
# A figure at the side of its text, in mm.
MAX_HEIGHT = 54.0
MAX_WIDTH = 44.0
# No figure shows less than this, in cm of the body, so that a reader knows where on it they are.
LEAST_CM = 26.0
LEAST_OF_FOOT = 12.0
FOOT = ("sole", "foot_top")
# Beyond a place, a landmark and a zone, in cm; on the foot half of it.
MARGIN = 3.0
INK = "#16202a"
MARK = "#b3001b"
# Of the letter of a landmark, in the cm of marks: how far away it stands, how wide and high it is with its edge.
AWAY, LETTER_WIDE, LETTER_HIGH = 1.1, 2.2, 2.2
Frame = tuple[float, float, float, float]
_ROOT = re.compile(r'viewBox="[^"]*" width="[^"]*" height="[^"]*"')


class Figure(NamedTuple):
    """An SVG and the name of its view."""

    svg: str
    caption: str


def figures_of(point: str, guide: Guide) -> tuple[Figure, ...]:
    """Return the figures of a point: its construction first, then the views in which the rest of its pain is seen."""
    places = places_of(guide)
    zones = [node for node in guide.records.zones if node.point == point]
    first = max(places.body.views, key=lambda view: places.visibility(point, view))
    frame = _first_frame(point, first, guide)
    left = [node for node in zones if not _is_inside(node, first, frame, places)]
    return (
        _figure(point, first, frame, guide, is_first=True),
        *(
            _figure(point, view, _frame_of_zones(point, view, zones, guide), guide, is_first=False)
            for view in _more_views(left, places)
        ),
    )


def _more_views(left: list[NodeOfZone], places: Places) -> Iterator[str]:
    """Yield the views that show most of the pain which no view before has shown."""
    views = [view for view in places.body.views if view != "oblique"]
    for _ in range(MAX_FIGURES - 1):
        best = max(views, key=lambda view: sum(_is_seen(node, view, places) for node in left))
        seen = {(node.kind, node.zone) for node in left if _is_seen(node, best, places)}
        if not seen:
            return
        left = [node for node in left if (node.kind, node.zone) not in seen]
        yield best


def _is_seen(node: NodeOfZone, view: str, places: Places) -> bool:
    return places.body.view(view).facing(SURFACES[node.surface]) > FACING


def _is_inside(node: NodeOfZone, view: str, frame: Frame, places: Places) -> bool:
    x, y = _seen_at(node, places.body.view(view), places)
    return _is_seen(node, view, places) and frame[0] < x < frame[2] and frame[1] < y < frame[3]


def _first_frame(point: str, view: str, guide: Guide) -> Frame:
    """Return the frame of the places of a point and of the landmarks that they are counted from."""
    places, shown = places_of(guide), places_of(guide).body.view(view)
    rows = _rows_in(point, shown, guide)
    margin = _margin(view)
    around = [(_seen_at(each, shown, places), margin + (each.uncertainty_cm or 0)) for each in rows]
    around += [(shown.project(places.landmarks[id]), margin) for each in rows for id in _ends(each)]
    return _frame(around, shown)


def _frame_of_zones(point: str, view: str, zones: Iterable[NodeOfZone], guide: Guide) -> Frame:
    """Return the frame of the zones of a point that a view shows, with the place itself where it is seen there."""
    places, shown = places_of(guide), places_of(guide).body.view(view)
    nodes = [node for node in zones if _is_seen(node, view, places)]
    around = [(_seen_at(node, shown, places), node.radius_cm + _margin(view)) for node in nodes]
    seen = (each for each in guide.records.places if each.id == point and shown.facing(SURFACES[each.surface]) > FACING)
    return _frame([*around, *((_seen_at(each, shown, places), _margin(view)) for each in seen)], shown)


def _rows_in(point: str, view: View, guide: Guide) -> list[PlaceOfPoint]:
    """Return the places of a point that lie on a side which a view shows; all of them where none does."""
    rows = [each for each in guide.records.places if each.id == point]
    return [each for each in rows if view.facing(SURFACES[each.surface]) > 0] or rows


def _margin(view: str) -> float:
    return MARGIN / 2 if view in FOOT else MARGIN


def _figure(point: str, view: str, frame: Frame, guide: Guide, *, is_first: bool) -> Figure:
    places = places_of(guide)
    shown = places.body.view(view)
    scene = _body(point, view, frame, guide, has_muscle=is_first)
    if is_first:
        marks = _marks(_rows_in(point, shown, guide), scene, shown, places, frame)
    else:
        seen = [each for each in guide.records.places if each.id == point and shown.facing(SURFACES[each.surface]) > 0]
        marks = _crosses(seen, scene, shown, places, _line_cm(frame))
    prefix = f"{point}-{view}-{'place' if is_first else 'pain'}"
    return Figure(_framed(scene, frame, marks, prefix), ENGLISH.title(view, "left"))


def _seen_at(rule: PlaceOfPoint | NodeOfZone, view: View, places: Places) -> XY:
    return view.project(apply_rule(rule, places.landmarks, places.units))


def _ends(rule: PlaceOfPoint) -> tuple[str, ...]:
    return tuple(id for id in (rule.from_landmark, rule.to_landmark) if id)


def _frame(around: Iterable[tuple[XY, float]], view: View) -> Frame:
    """Return the frame around places with room at each, neither too close nor beyond the view."""
    least = LEAST_OF_FOOT if view.name in FOOT else LEAST_CM
    sides = [(x - room, y - room, x + room, y + room) for (x, y), room in around]
    x0, y0, x1, y1 = (pick(values) for pick, values in zip((min, min, max, max), zip(*sides, strict=True), strict=True))
    whole = view.box("whole")
    wide, high = max(x1 - x0, least * 0.62), max(y1 - y0, least)
    x0, y0 = (x0 + x1 - wide) / 2, (y0 + y1 - high) / 2
    return max(x0, whole[0]), max(y0, whole[1]), min(x0 + wide, whole[2]), min(y0 + high, whole[3])


def _body(point: str, view: str, frame: Frame, guide: Guide, *, has_muscle: bool) -> Scene:
    """Return the body with the zones of a point, and its muscle, as far as the view has them; without any words."""
    top = places_of(guide).body.view(view).box("lower")[3]
    seen = spots_seen(places_of(guide).in_view(point, view))
    crop = "whole" if frame[3] > top or holding_crop(seen) == "whole" else "lower"
    body = Body(view, crop=crop, guide=guide, legend=False)
    if has_muscle:
        body = _tried(body, "muscles", guide.point(point).muscle_id)
    scene = _tried(body, "refer", point).scene
    return scene._replace(labels=(), leaders=(), keys=(), marks=(), discs=(), lanes=())


def _tried(body: Body, method: str, id: str) -> Body:
    try:
        return getattr(body, method)(id)
    except SelfcareError:
        return body


def _framed(scene: Scene, frame: Frame, marks: str, prefix: str) -> str:
    """Return a scene as SVG, cut to a frame in cm of its view, with marks on it."""
    x0, y0, x1, y1 = frame
    left, high = _on_page(scene, (x0, y1))
    wide, tall = (x1 - x0) * _grow(scene), (y1 - y0) * _grow(scene)
    height = min(MAX_HEIGHT, MAX_WIDTH * tall / wide)
    root = (
        f'viewBox="{left:.0f} {high:.0f} {wide:.0f} {tall:.0f}" width="{height * wide / tall:.1f}mm" '
        f'height="{height:.1f}mm"'
    )
    return _ROOT.sub(root, to_svg(scene, prefix), count=1).replace("</svg>", f"{marks}</svg>")


def _line_cm(frame: Frame) -> float:
    """Return how many times as large marks are drawn as in the closest frame: in print they are all alike."""
    shown = max(frame[3] - frame[1], (frame[2] - frame[0]) * MAX_HEIGHT / MAX_WIDTH)
    return 0.8 * shown / LEAST_CM


def _grow(scene: Scene) -> float:
    """Return how many units of the SVG a cm of the view takes."""
    return scene.panels[0].scale * PER_CM


def _on_page(scene: Scene, place: XY) -> XY:
    """Return where a place of the view stands on the page of the SVG."""
    page, panel = Page(scene, ""), scene.panels[0]
    return page.x(panel.x) + place[0] * _grow(scene), page.y(panel.y) - place[1] * _grow(scene)


def _marks(rows: list[PlaceOfPoint], scene: Scene, view: View, places: Places, frame: Frame) -> str:
    """Return the construction of places: the line from A to B, both landmarks, the circle and the cross."""
    cm = _grow(scene) * _line_cm(frame)
    (left, top), (right, low) = _on_page(scene, (frame[0], frame[3])), _on_page(scene, (frame[2], frame[1]))
    parts, named = [], set()
    for row in rows:
        ends = [_on_page(scene, view.project(places.landmarks[id])) for id in _ends(row)]
        if len(ends) == 2 and (row.from_landmark, row.to_landmark) not in named:
            parts.append(_line(*ends, cm))
        named.add((row.from_landmark, row.to_landmark))
    spots = [row for row in rows if row.role == "spot"] or rows
    lanes = [_on_page(scene, _seen_at(row, view, places)) for row in rows if row.role != "spot"]
    if len(lanes) == 2:
        parts.append(_lane(*lanes, cm))
    for row in spots:
        x, y = _on_page(scene, _seen_at(row, view, places))
        parts.append(_circle(x, y, (row.uncertainty_cm or 2.0) * _grow(scene), cm))
    main = spots[:1]
    for row in main:
        for name, id in zip("AB", _ends(row), strict=False):
            place = _on_page(scene, view.project(places.landmarks[id]))
            parts.append(_landmark(*place, name, cm, (left, top, right, low)))
    return "".join(parts)


def _crosses(rows: list[PlaceOfPoint], scene: Scene, view: View, places: Places, line: float) -> str:
    cm = _grow(scene) * line
    spots = (row for row in rows if row.role == "spot")
    return "".join(_cross(*_on_page(scene, _seen_at(row, view, places)), cm) for row in spots)


def _line(start: XY, end: XY, cm: float) -> str:
    dashes = f'stroke-width="{0.2 * cm:.1f}" stroke-dasharray="{0.7 * cm:.1f} {0.45 * cm:.1f}"'
    return f'<path d="M{start[0]:.0f} {start[1]:.0f}L{end[0]:.0f} {end[1]:.0f}" fill="none" stroke="{INK}" {dashes}/>'


def _lane(start: XY, end: XY, cm: float) -> str:
    d = f"M{start[0]:.0f} {start[1]:.0f}L{end[0]:.0f} {end[1]:.0f}"
    return f'<path d="{d}" fill="none" stroke="{MARK}" stroke-width="{0.14 * cm:.1f}" stroke-linecap="round"/>'


def _circle(x: float, y: float, radius: float, cm: float) -> str:
    place, edge = f'cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"', f'stroke="{MARK}" stroke-width="{0.2 * cm:.1f}"'
    return f'<circle {place} fill="none" {edge}/>{_cross(x, y, cm)}'


def _cross(x: float, y: float, cm: float) -> str:
    arm = 0.9 * cm
    d = f"M{x - arm:.0f} {y:.0f}h{2 * arm:.0f}M{x:.0f} {y - arm:.0f}v{2 * arm:.0f}"
    return f'<path d="{d}" stroke="{MARK}" stroke-width="{0.28 * cm:.1f}"/>'


def _landmark(x: float, y: float, name: str, cm: float, room: Frame) -> str:
    """Return the triangle and the letter of a landmark, which stands beside it where the figure has room."""
    left, top, right, low = room
    is_right = x + (AWAY + LETTER_WIDE) * cm <= right or right - x >= x - left
    start = x + AWAY * cm if is_right else x - (AWAY + LETTER_WIDE) * cm
    start = min(max(start, left), right - LETTER_WIDE * cm)
    baseline = min(max(y + cm, top + LETTER_HIGH * cm), low - 0.3 * cm)
    d = f"M{x:.0f} {y - 0.8 * cm:.0f}l{0.8 * cm:.0f} {1.4 * cm:.0f}h{-1.6 * cm:.0f}z"
    return (
        f'<path d="{d}" fill="#fff" stroke="{INK}" stroke-width="{0.16 * cm:.1f}"/>'
        f'<text x="{start:.0f}" y="{baseline:.0f}" font-size="{2.6 * cm:.0f}" font-weight="bold" '
        f'fill="{INK}" stroke="#fff" stroke-width="{0.5 * cm:.1f}" paint-order="stroke">{name}</text>'
    )
