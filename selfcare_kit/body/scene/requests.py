"""What a caller asks for, checked and looked up: areas, muscles, pain zones and marks of one view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from selfcare_kit.body.geometry import paths
from selfcare_kit.body.place.atlas import Crop, View, atlas
from selfcare_kit.body.place.places import FACING, Places, check_visible, facing_of
from selfcare_kit.body.scene.arrange import text_unit_of
from selfcare_kit.body.scene.compose import VALUE_SIZE
from selfcare_kit.body.scene.legend import LETTER_WIDTH, LegendRow
from selfcare_kit.body.scene.scene import Shape
from selfcare_kit.body.scene.specs import MarkSpec, ValueSpec
from selfcare_kit.body.scene.style import Style, muscle_colour, shade_colour
from selfcare_kit.body.scene.words import PAIN
from selfcare_kit.errors import InvalidValueError, UnknownIdError, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import OPPOSITE

MUSCLE_OPACITY = 0.32
MAX_SHADE = 10
# The number of an area: how finely its widest place is looked for, and how wide is wide enough; where there is no room,
# how far off the body it stands, and within how many steps the body has to end. In cm of a figure 120 cm high.
VALUE_STEPS = 16
EDGE_STEP = 0.6
MAX_ROOM = 3.0
VALUE_AWAY = 1.2
VALUE_STEP, MAX_OUT = 0.25, 16
PLAIN_SHADE = 6


class Stage(NamedTuple):
    """What is drawn on: a view, the side it shows, its crop, and the sides that what is drawn goes to."""

    view: View
    side: str
    crop: Crop
    sides: tuple[str, ...]


def label_of(guide: Guide, id: str) -> str:
    """Return what a mark is called: the label of a point, the code of an acupoint."""
    point = guide.point_values.get(id)
    return point.label if point else id


def list_of(name: str, ids: Any) -> tuple[str, ...]:
    """Return ids as a tuple; one id alone is a list of one.

    Raises
    ------
    InvalidValueError
        If it is not text or several texts.
    """
    found = (ids,) if isinstance(ids, str) else tuple(ids) if isinstance(ids, Iterable) else (None,)
    if not all(isinstance(id, str) for id in found):
        raise InvalidValueError(
            f"{name} must be ids as text, such as ['piri_1'], got {quoted(ids)}; put each in quotes."
        )
    return found


def area_shapes(
    stage: Stage, area: str, kind: str, style_of_shape: Mapping[str, Any], sides: Iterable[str] = ()
) -> list[Shape]:
    """Return the shapes of an area, for the sides asked for; midline areas always."""
    shapes = []
    wanted = set(sides or stage.sides)
    for region in stage.view.regions(stage.crop):
        if region.area != area:
            continue
        if region.side == "midline":
            found = [("midline", False)]
        elif stage.view.is_symmetric:
            found = [(side, side != region.side) for side in ("left", "right") if side in wanted]
        else:
            side = region.side if stage.side == "left" else OPPOSITE[region.side]
            found = [(side, False)] if side in wanted else []
        shapes += [Shape(kind, region.d, flipped, area, side, **style_of_shape) for side, flipped in found]
    return shapes


def all_regions(stage: Stage, style: Style) -> list[Shape]:
    """Return every region that is seen, as clickable shapes."""
    labels = atlas().areas
    style_of_shape = {"fill": style.skin, "opacity": 0.0, "stroke": style.soft, "is_dashed": True}
    shapes: list[Shape] = []
    for area in dict.fromkeys(region.area for region in stage.view.regions(stage.crop)):
        titled = {**style_of_shape, "title": labels.get(area, area)}
        shapes += area_shapes(stage, area, "region", titled, ("left", "right"))
    return shapes


def check_shown(stage: Stage, area: str) -> str:
    """Return an area id if it is seen.

    Raises
    ------
    InvalidValueError
        If it is not, naming the views that show it.
    """
    if any(region.area == area for region in stage.view.regions(stage.crop)):
        return area
    body = atlas()
    better = [name for name in body.views if any(region.area == area for region in body.view(name).regions())]
    raise InvalidValueError(
        f"area must be one that view {stage.view.name!r}, crop {stage.crop!r}, shows, got {area!r}; "
        f"draw it in {' or '.join(better)}."
    )


def shade_levels(areas: Any) -> tuple[tuple[str, float, bool], ...]:
    """Return (area, strength, whether to write it) for a list of areas or {area: 0..10}.

    Raises
    ------
    InvalidValueError
        If a strength is not a number from 0 to 10.
    UnknownIdError
        If the body has no such area.
    """
    body = atlas()
    if not isinstance(areas, Mapping):
        return tuple((body.check_area(area), PLAIN_SHADE, False) for area in list_of("areas", areas))
    levels = []
    for area, value in areas.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not 0 <= value <= MAX_SHADE:
            raise InvalidValueError(
                f"the shade of {quoted(area)} must be a number from 0 to 10, got {quoted(value)}; "
                "choose one in between."
            )
        levels.append((body.check_area(area), float(value), True))
    return tuple(levels)


def shade_shapes(
    stage: Stage, levels: Iterable[tuple[str, float, bool]], style: Style
) -> tuple[list[Shape], list[ValueSpec]]:
    """Return shades, and the numbers written on them or, where they are too narrow, beside the body."""
    shapes: list[Shape] = []
    values: list[ValueSpec] = []
    for area, value, is_written in levels:
        label = atlas().areas[area]
        style_of_shape = {
            "title": f"{label}: {value:g} of 10" if is_written else label,
            "fill": shade_colour(style, value),
            "opacity": 0.75,
            "stroke": shade_colour(style, min(10, value + 3)),
        }
        found = area_shapes(stage, check_shown(stage, area), "shade", style_of_shape)
        shapes += found
        if is_written:
            for shape in found:
                values += _value(stage, area, shape.side, f"{value:g}", values)
    return shapes, values


def _rings(stage: Stage, area: str, side: str) -> tuple[tuple[paths.XY, ...], ...]:
    if stage.view.is_symmetric or stage.side != "right":
        return stage.view.region_rings(area, side, stage.crop)
    rings = stage.view.region_rings(area, OPPOSITE[side], stage.crop)
    return tuple(tuple((-x, y) for x, y in ring) for ring in rings)


def _value(stage: Stage, area: str, side: str, text: str, others: Sequence[ValueSpec]) -> list[ValueSpec]:
    """Return where the number of an area is written: where it is widest, or off the body beside it.

    Nothing where there is no room close by; another view shows such an area better.
    """
    _, low, _, high = stage.view.box(stage.crop)
    unit = text_unit_of(high - low)
    size, step = VALUE_SIZE * unit, VALUE_STEP * unit
    # Not where the drawing fades out.
    top = high - VALUE_AWAY * 3 * unit
    rings = [tuple(place for place in ring if low < place[1] < top) for ring in _rings(stage, area, side)]
    ring = max(rings, key=len)
    if len(ring) < 3:
        return []
    (x, y), room = _widest(ring, unit)
    half = max(LETTER_WIDTH * len(text), 0.8) * size / 2
    if room >= half:
        return [ValueSpec(x, y, text, x, y)]
    outline = stage.view.frame_rings(stage.crop)
    turn = -1 if stage.side == "right" and not stage.view.is_symmetric else 1

    def is_body(across: float, up: float) -> bool:
        return paths.contains(outline, turn * across, up)

    found = []
    for way in (1, -1):
        out = next((i * step for i in range(1, MAX_OUT) if not is_body(x + way * i * step, y)), None)
        if out is None:
            continue
        beside, down = x + way * (out + VALUE_AWAY * unit + half), y
        while any(abs(each.x - beside) < 2 * size and abs(each.y - down) < size for each in others):
            down -= step
        corners = [(beside + i * half, down + j * size / 2) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        if abs(down - y) < 2 * size and not any(is_body(*corner) for corner in corners):
            found.append((out, ValueSpec(beside, down, text, x, y)))
    return [min(found)[1]] if found else []


@lru_cache(maxsize=512)
def _widest(ring: tuple[paths.XY, ...], unit: float) -> tuple[paths.XY, float]:
    """Return the place in an area that is farthest from its edge, and how far."""
    edge = [
        (a + i / parts * (c - a), b + i / parts * (d - b))
        for (a, b), (c, d) in zip(ring, ring[1:] + ring[:1], strict=True)
        for parts in (1 + int(max(abs(c - a), abs(d - b)) / (EDGE_STEP * unit)),)
        for i in range(parts)
    ]
    x0, y0, x1, y1 = paths.bounds([ring])
    best, room = ((x0 + x1) / 2, (y0 + y1) / 2), 0.0
    for i in range(1, VALUE_STEPS):
        y = y0 + (y1 - y0) * i / VALUE_STEPS
        for j in range(1, VALUE_STEPS):
            x = x0 + (x1 - x0) * j / VALUE_STEPS
            near = min((a - x) ** 2 + (b - y) ** 2 for a, b in edge) ** 0.5
            # Of two places with as much room the one nearer the middle.
            near = min(near, MAX_ROOM * unit) - 0.01 * unit * (abs(i - VALUE_STEPS / 2) + abs(j - VALUE_STEPS / 2))
            if near > room and paths.contains([ring], x, y):
                best, room = (x, y), near
    return best, room


def referral_shapes(guide: Guide, point: str, stage: Stage, style: Style) -> list[Shape]:
    """Return where a point's pain is felt: hatched where often, dotted where sometimes.

    Whole areas stand in for the zones of a point for which the guide has none.

    Raises
    ------
    InvalidValueError
        If it is felt where the view does not look, naming the views that do.
    """
    # Late: a plate draws no zones.
    from selfcare_kit.body.place.zones import own_side, zone_shapes, zones_of

    styles_of_zones = {kind: _zone_style(guide, point, kind, style) for kind in PAIN}
    view = stage.view
    if point not in zones_of(guide):
        found = [(kind, area) for kind in PAIN for area in felt_areas(guide, point, kind)]
        return [shape for kind, area in found for shape in area_shapes(stage, area, kind, styles_of_zones[kind])]
    shown = zone_shapes(guide, point, view)
    if not shown:
        body = atlas()
        better = [name for name in body.views if zone_shapes(guide, point, body.view(name))]
        advice = f"draw it in {' or '.join(better)}" if better else "no view of the atlas shows it"
        raise InvalidValueError(
            f"the pain of {point!r} must be felt on a side that view {view.name!r} shows, "
            f"got one that does not; {advice}."
        )
    clip = own_side(view, stage.crop)
    return [
        Shape(kind, d, view.is_symmetric and side == "right", point, side, **styles_of_zones[kind], clip=clip)
        for kind, d in shown
        for side in stage.sides
    ]


def felt_areas(guide: Guide, point: str, kind: str) -> tuple[str, ...]:
    """Return the areas where a point's pain is felt: those that are certain, or else the possible ones."""
    felt = [each for each in guide.records.referrals if (each.point, each.kind) == (point, kind)]
    return tuple(each.area for each in [each for each in felt if each.certain] or felt)


def _zone_style(guide: Guide, point: str, kind: str, style: Style) -> dict[str, Any]:
    labels = ", ".join(atlas().areas.get(area, area).lower() for area in felt_areas(guide, point, kind))
    return {
        "title": f"{label_of(guide, point)}: {PAIN[kind].lower()}{f' ({labels})' if labels else ''}",
        "fill": style.pain,
        "opacity": style.pain_opacity if kind == "primary" else 0.0,
        "stroke": style.pain,
    }


def check_muscle(guide: Guide, muscle: str) -> str:
    """Return a muscle id if the guide or the atlas knows it.

    Raises
    ------
    UnknownIdError
        If neither does.
    """
    names = guide.records.muscles
    if not isinstance(muscle, str) or (muscle not in names and muscle not in atlas().muscle_ids()):
        raise UnknownIdError(
            f"muscle must be one of {', '.join(sorted(names))}, got {quoted(muscle)}; see guide.muscles."
        )
    return muscle


def muscle_shapes(guide: Guide, muscle: str, stage: Stage, style: Style) -> list[Shape]:
    """Return the shapes of a muscle.

    Raises
    ------
    InvalidValueError
        If the view does not show it, naming the views that do.
    """
    view = stage.view
    parts = [part for key, part in view.muscles.items() if key.partition(":")[0] == muscle]
    if not parts:
        body = atlas()
        better = [n for n in body.views if any(k.partition(":")[0] == muscle for k in body.view(n).muscles)]
        advice = f"draw it in {' or '.join(better)}" if better else "no view of the atlas draws it"
        raise InvalidValueError(f"muscle must be one that view {view.name!r} shows, got {muscle!r}; {advice}.")
    colour = muscle_colour(style, muscle)
    name = muscle_name(guide, muscle)
    shapes = []
    for part in parts:
        style_of_shape = {
            "title": f"{name}, deep" if part["deep"] else name,
            "fill": colour,
            "opacity": MUSCLE_OPACITY,
            "stroke": colour,
            "is_dashed": part["deep"],
        }
        for side in stage.sides if view.is_symmetric else (stage.side,):
            shapes.append(
                Shape("muscle", part["d"], view.is_symmetric and side == "right", muscle, side, **style_of_shape)
            )
    return shapes


def muscle_name(guide: Guide, muscle: str) -> str:
    """Return the name of a muscle, with a capital."""
    known = guide.records.muscles.get(muscle)
    name = known.name if known else muscle.replace("_", " ")
    return name[:1].upper() + name[1:]


def mark_specs(
    guide: Guide, places: Places, ids: Iterable[str], stage: Stage
) -> tuple[list[MarkSpec], list[LegendRow]]:
    """Return the marks of a view, points numbered in the order given, and their legend.

    Raises
    ------
    InvalidValueError
        If the view does not look at one of them.
    """
    specs, legend = [], []
    number = 0
    for id in ids:
        kind, label = "point" if id in guide.point_values else "acupoint", label_of(guide, id)
        seen = check_visible(places, id, stage.view.name)
        is_edge = facing_of(seen) < FACING
        if kind == "point":
            number += 1
        text = str(number) if kind == "point" else id
        specs += [
            MarkSpec(id, kind, text, side, f"{label}, {side}", seen, any(each.end for each in seen))
            for side in stage.sides
        ]
        if kind == "point":
            words = f"{label} (on the side)" if is_edge else label
            legend.append(LegendRow("mark", text, words, is_dashed=is_edge))
    if any(spec.kind == "acupoint" for spec in specs):
        legend.append(LegendRow("acupoint", "", "Acupuncture point"))
    return specs, legend
