"""What a caller asks for, checked and looked up: areas, muscles, pain zones and marks of one view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from selfcare_kit.body import paths
from selfcare_kit.body.atlas import Crop, View, atlas
from selfcare_kit.body.compose import MarkWish
from selfcare_kit.body.legend import LegendRow
from selfcare_kit.body.places import FACING, Places, check_visible
from selfcare_kit.body.scene import Shape
from selfcare_kit.body.style import Style, muscle_colour, shade_colour
from selfcare_kit.errors import InvalidValueError, UnknownIdError, quoted
from selfcare_kit.guide import Guide

OTHER = {"left": "right", "right": "left", "midline": "midline"}
# Spillover first: it lies lowest.
FELT = {"spillover": "pain is sometimes felt here", "primary": "pain is often felt here"}
MUSCLE_OPACITY = 0.32
MAX_SHADE = 10
PLAIN_SHADE = 6


class Stage(NamedTuple):
    """What is drawn on: a view, the side it shows, its crop, and the sides that what is drawn goes to."""

    view: View
    side: str
    crop: Crop
    sides: tuple[str, ...]


@lru_cache(maxsize=8)
def names_of(guide: Guide) -> dict[str, tuple[str, str]]:
    """Return kind ("point" or "acupoint") and label of everything a guide can mark, by id."""
    names = {row["id"]: ("point", row["label"]) for row in guide.table("points")}
    return names | {row["id"]: ("acupoint", row["id"]) for row in guide.table("acupoints")}


def sides_of(side: str) -> tuple[str, ...]:
    """Return the sides that "left", "right" or "both" stand for."""
    return ("left", "right") if side == "both" else (side,)


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


def area_shapes(stage: Stage, area: str, kind: str, look: Mapping[str, Any], sides: Iterable[str] = ()) -> list[Shape]:
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
            side = region.side if stage.side == "left" else OTHER[region.side]
            found = [(side, False)] if side in wanted else []
        shapes += [Shape(kind, region.d, flipped, area, side, **look) for side, flipped in found]
    return shapes


def all_regions(stage: Stage, style: Style) -> list[Shape]:
    """Return every region that is seen, as clickable shapes."""
    labels = atlas().areas
    look = {"fill": style.skin, "opacity": 0.0, "stroke": style.soft, "is_dashed": True}
    shapes: list[Shape] = []
    for area in dict.fromkeys(region.area for region in stage.view.regions(stage.crop)):
        titled = {**look, "title": labels.get(area, area)}
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
) -> tuple[list[Shape], list[tuple[float, float, str]]]:
    """Return shades, and the numbers written on them."""
    shapes: list[Shape] = []
    values = []
    for area, value, is_written in levels:
        label = atlas().areas[area]
        look = {
            "title": f"{label}: {value:g} of 10" if is_written else label,
            "fill": shade_colour(style, value),
            "opacity": 0.75,
            "stroke": shade_colour(style, min(10, value + 3)),
        }
        found = area_shapes(stage, check_shown(stage, area), "shade", look)
        shapes += found
        if is_written:
            values += [(*_middle(stage, area, shape.side), f"{value:g}") for shape in found]
    return shapes, values


def _rings(stage: Stage, area: str, side: str) -> tuple[tuple[paths.Point, ...], ...]:
    if stage.view.is_symmetric or stage.side != "right":
        return stage.view.region_rings(area, side, stage.crop)
    rings = stage.view.region_rings(area, OTHER[side], stage.crop)
    return tuple(tuple((-x, y) for x, y in ring) for ring in rings)


def _middle(stage: Stage, area: str, side: str) -> paths.Point:
    ring = max(_rings(stage, area, side), key=len)
    x0, y0, x1, y1 = paths.bounds([ring])
    middle = (y0 + y1) / 2
    # The middle of the run at half height: inside even where the area is bent.
    inside = [x0 + (x1 - x0) * i / 40 for i in range(41) if paths.contains([ring], x0 + (x1 - x0) * i / 40, middle)]
    return (sum(inside) / len(inside) if inside else (x0 + x1) / 2, middle)


def referral_shapes(guide: Guide, point: str, stage: Stage, style: Style) -> list[Shape]:
    """Return where a point's pain is felt: solid where often, dotted where sometimes.

    Whole areas stand in for the zones of a point for which the guide has none.

    Raises
    ------
    InvalidValueError
        If it is felt where the view does not look, naming the views that do.
    """
    # Late: a plate draws no zones.
    from selfcare_kit.body.zones import own_side, zone_shapes, zones_of

    looks = {kind: _zone_look(guide, point, kind, style) for kind in FELT}
    view = stage.view
    if point not in zones_of(guide):
        found = [(kind, area) for kind in FELT for area in felt_areas(guide, point, kind)]
        return [shape for kind, area in found for shape in area_shapes(stage, area, kind, looks[kind])]
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
        Shape(kind, d, view.is_symmetric and side == "right", point, side, **looks[kind], clip=clip)
        for kind, d in shown
        for side in stage.sides
    ]


def felt_areas(guide: Guide, point: str, kind: str) -> tuple[str, ...]:
    """Return the areas where a point's pain is felt: those that are certain, or else the possible ones."""
    rows = [row for row in guide.table("referrals") if (row["point"], row["kind"]) == (point, kind)]
    return tuple(row["area"] for row in [row for row in rows if row["certain"] == "yes"] or rows)


def _zone_look(guide: Guide, point: str, kind: str, style: Style) -> dict[str, Any]:
    labels = ", ".join(atlas().areas.get(area, area).lower() for area in felt_areas(guide, point, kind))
    return {
        "title": f"{names_of(guide)[point][1]}: {FELT[kind]}{f' ({labels})' if labels else ''}",
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
    names = {row["id"] for row in guide.table("muscles")}
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
        look = {
            "title": f"{name}, deep" if part["deep"] else name,
            "fill": colour,
            "opacity": MUSCLE_OPACITY,
            "stroke": colour,
            "is_dashed": part["deep"],
        }
        for side in stage.sides if view.is_symmetric else (stage.side,):
            shapes.append(Shape("muscle", part["d"], view.is_symmetric and side == "right", muscle, side, **look))
    return shapes


def muscle_name(guide: Guide, muscle: str) -> str:
    """Return the name of a muscle, with a capital."""
    name = next((row["name"] for row in guide.table("muscles") if row["id"] == muscle), muscle.replace("_", " "))
    return name[:1].upper() + name[1:]


def mark_wishes(
    guide: Guide, places: Places, ids: Iterable[str], stage: Stage
) -> tuple[list[MarkWish], list[LegendRow]]:
    """Return the marks of a view, points numbered in the order given, and their legend.

    Raises
    ------
    InvalidValueError
        If the view does not look at one of them.
    """
    names = names_of(guide)
    wishes, legend = [], []
    number = 0
    for id in ids:
        kind, label = names.get(id, ("acupoint", id))
        seen = check_visible(places, id, stage.view.name)
        is_edge = seen[0].facing < FACING
        if kind == "point":
            number += 1
        text = str(number) if kind == "point" else id
        wishes += [
            MarkWish(id, kind, text, side, f"{label}, {side}", seen, any(each.end for each in seen))
            for side in stage.sides
        ]
        if kind == "point":
            words = f"{label} (on the side)" if is_edge else label
            legend.append(LegendRow("mark", text, words, is_dashed=is_edge))
    if any(wish.kind == "acupoint" for wish in wishes):
        legend.append(LegendRow("acupoint", "", "Acupuncture point"))
    return wishes, legend
