"""`ViewGrid`: a spot on the drawing becomes a place told by landmarks, as a guide's tables hold it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from selfcare_kit.body.draw.grid import grid_svg
from selfcare_kit.body.geometry.paths import XY
from selfcare_kit.body.place.atlas import XYZ, atlas
from selfcare_kit.body.place.depths import depths
from selfcare_kit.body.place.places import places_of
from selfcare_kit.body.place.propose import PlaceRule, is_felt, propose_rules, rule_between, surface_at
from selfcare_kit.body.place.zones import Zone, ZoneShape, shapes_of
from selfcare_kit.errors import InvalidValueError, UnknownIdError, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.landmarks.offsets import offset_words
from selfcare_kit.guide.load import load_guide

# A landmark so far below the skin of a view, in cm, is one of another side of the body.
MAX_DEPTH = 4.0


class PickedPlace(NamedTuple):
    """A place on the skin of the client's left, and the most natural rules that tell it.

    `xyz` is in cm on the body of 170 cm, `area` the region of the figure there, empty where the view has none.
    """

    xyz: XYZ
    surface: str
    area: str
    rules: tuple[PlaceRule, ...]
    landmarks: Mapping[str, XYZ]

    def __repr__(self) -> str:
        lines = [self.told(rule) for rule in self.rules]
        return "\n".join([f"{self.area or 'no area'}, surface {self.surface}", *lines])

    def between(self, start: str, end: str = "") -> PlaceRule:
        """Return the rule by landmarks of your own choice: fraction and offsets follow from the place.

        Parameters
        ----------
        start : str
            Landmark the rule begins at.
        end : str, optional
            Landmark it goes to.

        Raises
        ------
        UnknownIdError
            If the body and the guide have no such landmark.
        """
        for id in filter(None, (start, end)):
            if id not in self.landmarks:
                known = "see atlas().landmarks for those of the body"
                raise UnknownIdError(f"a landmark must be one of the body or the guide, got {quoted(id)}; {known}.")
        return rule_between(self.landmarks, self.xyz, self.surface, start, end)

    def told(self, rule: PlaceRule) -> str:
        """Return a rule in words."""
        moved = offset_words(rule.lateral, rule.up, rule.front).values()
        if not rule.to_landmark:
            return ", ".join([f"at {rule.from_landmark}", *moved])
        return ", ".join([f"{rule.fraction:.0%} from {rule.from_landmark} to {rule.to_landmark}", *moved])


class ViewGrid:
    """A view of the body with a grid of centimeters; a spot on it becomes a place told by landmarks."""

    def __init__(self, view: str = "back", *, guide: Guide | None = None) -> None:
        self._view = atlas().view(view)
        self.view = self._view.name
        body = {id: each.xyz for id, each in atlas().landmark_values.items()}
        self.landmarks: Mapping[str, XYZ] = places_of(guide).landmarks if guide else body

    def __repr__(self) -> str:
        return f"ViewGrid({self.view!r})"

    def to_svg(self, picked: PickedPlace | None = None, zones: Iterable[Zone] = ()) -> str:
        """Return the view with its grid as SVG, with a picked place marked and pain zones drawn."""
        marks = [] if picked is None else [(*self._view.project(picked.xyz), picked.area)]
        return grid_svg(self._view, marks, self.shapes_of(zones))

    def landmarks_svg(self) -> str:
        """Return the view with its grid and the landmarks it looks at; each has its name when it is pointed at."""
        names = {id: each.label for id, each in atlas().landmark_values.items()}
        return grid_svg(
            self._view, [(x, y, f"{id}: {names.get(id, id)}") for id, (x, y) in self.seen_landmarks.items()]
        )

    @cached_property
    def seen_landmarks(self) -> dict[str, XY]:
        """Where the view shows the landmarks that it looks at and a hand can feel, by id."""
        found = {id: self.seen(xyz) for id, xyz in self.landmarks.items() if is_felt(id)}
        return {id: spot for id, spot in found.items() if spot}

    def project(self, xyz: XYZ) -> XY:
        """Return where a place of the client's left is in the view, seen or not."""
        return self._view.project(xyz)

    def seen(self, xyz: XYZ, within: float = MAX_DEPTH) -> XY | None:
        """Return where the view shows a place of the client's left; None farther than `within` cm from the skin."""
        x, y = self._view.project(xyz)
        skin = depths().skin_at(self._view, x, y)
        if skin is None:
            return None
        depth = self._view.facing((skin[0] - xyz[0], skin[1] - xyz[1], skin[2] - xyz[2]))
        return (x, y) if abs(depth) <= within else None

    def at(self, x: float, y: float) -> PickedPlace:
        """Return the place on the skin at a spot of the view, in cm of its grid; raise where there is no skin."""
        xyz, surface = self.skin_at(x, y)
        rules = propose_rules(self.landmarks, xyz, surface, lines=_measured_lines())
        return PickedPlace(xyz, surface, self.area_at(x, y), rules, self.landmarks)

    def skin_at(self, x: float, y: float) -> tuple[XYZ, str]:
        """Return the skin of the client's left at a spot of the view, and its surface; raise where there is none."""
        found = depths().skin_at(self._view, x, y)
        if found is None:
            raise InvalidValueError(
                f"a spot must lie on the body of the {self.view} view, got {x:g}, {y:g}; read it from the grid, "
                "or take another view."
            )
        normal = depths().normal_at(self._view, x, y)
        if found[0] < 0:
            found, normal = (-found[0], found[1], found[2]), (-normal[0], normal[1], normal[2])
        return found, surface_at(normal, found)

    def area_at(self, x: float, y: float) -> str:
        """Return the region of the figure at a spot of the view, empty where it has none."""
        area = self._view.area_at(x, y)
        return area[0] if area else ""

    def shapes_of(self, zones: Iterable[Zone]) -> tuple[ZoneShape, ...]:
        """Return pain zones as the view draws them, those of the client's left."""
        return shapes_of(zones, self._view)


@lru_cache(maxsize=1)
def _measured_lines() -> frozenset[frozenset[str]]:
    """Return the pairs of landmarks between which acupuncture points are measured: people know these lines."""
    guide = load_guide()
    places = (place for place in guide.records.places if place.to_landmark and place.id not in guide.point_values)
    return frozenset(frozenset((place.from_landmark, place.to_landmark)) for place in places)


def grid_page() -> str:
    """Return all views with their grids and landmarks as an HTML page."""
    grids = [ViewGrid(name) for name in atlas().views]
    figures = "".join(f"<h2>{grid.view}</h2>{grid.landmarks_svg()}" for grid in grids)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Where on the body</title><style>'
        "body{font-family:Arial,sans-serif;margin:1.5em}svg{max-width:100%;height:auto}</style></head><body>"
        "<h1>Where on the body</h1><p>Read a spot as view, x and y, such as <b>back -10.5 25</b>. Point at a dot for "
        "the name of the landmark. The body is 170 cm tall; places are told for the client's left.</p>"
        f"{figures}</body></html>"
    )
