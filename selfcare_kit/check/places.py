"""Telling an author which places lie off the body, on another surface or in another area than the tables say."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import cos, pi, sin

from selfcare_kit.body.place import arms
from selfcare_kit.body.place.atlas import XYZ, View
from selfcare_kit.body.place.hull import Hull, hull_of
from selfcare_kit.body.place.places import SURFACES, Places, places_of
from selfcare_kit.body.place.rules import apply_rule
from selfcare_kit.body.views import panels_for
from selfcare_kit.errors import quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Point
from selfcare_kit.guide.problems.find import Problem
from selfcare_kit.guide.records import PlaceOfPoint

# A place so far outside the skin is wrong, in cm: those of the built-in guide lie within 1.4 cm.
MAX_OUTSIDE = 3.0
# So far below the skin of its surface a place is wrong; so much nearer to another it lies there. Theirs: 5.5 and 2 cm.
MAX_BELOW = 8.0
MUCH_NEARER = 3.0
# A place of the client's right begins beyond this.
MIDLINE = -1.0
DIRECTIONS = 8


def check_places(guide: Guide) -> Iterator[Problem]:
    """Yield what is wrong with the places and areas of a guide on the body, in the order of the files."""
    places = places_of(guide)
    for number, area in enumerate(guide.area_ids, start=2):
        if area not in places.body.areas:
            known = ", ".join(places.body.areas)
            message = (
                f"must be a region of the body, so that it can be clicked: {known}, got {quoted(area)}; correct it."
            )
            yield Problem("areas.csv", number, "id", message)
    wrong: set[str] = set()
    hull, found = hull_of(places.body), []
    for number, place in enumerate(guide.records.places, start=2):
        for column, message in _check_place(place, places, hull):
            wrong.add(place.id)
            found.append(Problem("places.csv", number, column, message))
    for number, point in enumerate(guide.point_values.values(), start=2):
        if point.id not in wrong:
            yield from _check_area(point, number, places)
    yield from found


def _check_place(place: PlaceOfPoint, places: Places, hull: Hull) -> Iterator[tuple[str, str]]:
    xyz = apply_rule(place, places.landmarks, places.units)
    outside = hull.outside(xyz)
    if outside > MAX_OUTSIDE:
        yield (
            "from_landmark",
            f"{place.id} lies {outside:.0f} cm beside the body; correct its landmarks, fraction or offsets.",
        )
        return
    if xyz[0] < MIDLINE:
        yield (
            "offset_lateral",
            f"{place.id} lies on the client's right, and places are told for the left; turn it round.",
        )
        return
    own = hull.below(xyz, SURFACES[place.surface])
    if own < MUCH_NEARER:
        return
    below = {surface: hull.below(xyz, way) for surface, way in SURFACES.items()}
    nearest = min(SURFACES, key=lambda surface: below[surface] + hull.above(xyz, SURFACES[surface]))
    if own - below[nearest] >= MUCH_NEARER:
        yield (
            "surface",
            f"of {place.id} must be the one that it lies on, {nearest}, got {quoted(place.surface)}, "
            f"which is {own:.0f} cm away; correct it or the place.",
        )
    elif own > MAX_BELOW:
        yield (
            "from_landmark",
            f"{place.id} lies {own:.0f} cm below the skin; bring it nearer to the surface {place.surface}.",
        )


def _check_area(point: Point, number: int, places: Places) -> Iterator[Problem]:
    """Yield a problem for a point that no view shows, or whose search area lies in none of the areas it names.

    One that lies in an area which it only touches is noted, as the other may have been meant.
    """
    panels = panels_for(places, point.id, "left")
    if not panels:
        message = f"{point.id} lies where no view of the body looks, so it cannot be drawn; correct it in places.csv."
        yield Problem("points.csv", number, "id", message)
        return
    view = places.body.view(panels[0][0].view)
    found = _areas_around(point.id, view, places)
    # A region of its own is what the area is compared with; `check_places` says where there is none.
    if point.area not in places.body.areas or not found or point.area in found:
        return
    lies_in = found[0]
    touched = next((area for area in found if area in point.touches), "")
    # At the edge of two areas the views may draw it in different ones.
    views = {panel.view for panel, _ in panels}
    if touched and any(point.area in _areas_around(point.id, places.body.view(name), places) for name in views):
        return
    said = f"of {point.id} is {point.area}, but its place lies in {touched or lies_in} ({view.name} view)"
    advice = (
        f"if {touched} is meant, write that as area and {point.area} in touches."
        if touched
        else f"correct one of them, or name {lies_in} in touches."
    )
    yield Problem("points.csv", number, "area", f"{said}; {advice}", is_note=bool(touched))


def _areas_around(point: str, view: View, places: Places) -> tuple[str, ...]:
    """Return the areas in which a view draws the search area of a point, that of its middle first."""
    found: dict[str, None] = {}
    for seen in places.in_view(point, view.name):
        radius = max(1.0, seen.place.uncertainty_cm)
        ends = [(seen.x, seen.y), *([seen.end] if seen.end else [])]
        turns = [2 * pi * i / DIRECTIONS for i in range(DIRECTIONS)]
        for x, y in ends:
            spots = [(x, y), *((x + radius * cos(turn), y + radius * sin(turn)) for turn in turns)]
            found |= {at[0]: None for spot in spots if (at := _area_at(view, *spot))}
    return tuple(found)


def area_of(xyz: XYZ, surface: str, places: Places) -> str:
    """Return the area of the figure in which a place lies, in the view that sees it best; empty where none does.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> area_of((10.0, 26.0, -4.0), "back", places_of(load_guide()))
    'calf_back'
    """
    normal = places.body.skin.normal(surface, xyz, SURFACES[surface])
    views = [places.body.view(name) for name in places.body.views]
    for view in sorted(views, key=lambda each: -each.facing(normal)):
        is_drawn = view.name in arms.VIEWS or not arms.is_on_arm(places.body, xyz)
        if is_drawn and (found := view.area_at(*view.project(xyz))):
            return found[0]
    return ""


@lru_cache(maxsize=4096)
def _area_at(view: View, x: float, y: float) -> tuple[str, str] | None:
    return view.area_at(x, y)
