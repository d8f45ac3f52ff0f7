"""`PlacePicker`: a spot on the drawing becomes a place told by landmarks, as a guide's tables hold it."""

from __future__ import annotations

from typing import NamedTuple

from selfcare_kit.body.draw.grid import grid_svg
from selfcare_kit.body.place.atlas import XYZ
from selfcare_kit.body.place.depths import depths
from selfcare_kit.body.place.places import Places, places_of
from selfcare_kit.body.place.propose import PlaceRule, propose_rules, rule_between, surface_at
from selfcare_kit.errors import InvalidValueError, UnknownIdError, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide


class PickedPlace(NamedTuple):
    """A place on the skin of the client's left, and the most natural rules that tell it.

    `xyz` is in cm on the body of 170 cm, `area` the region of the figure there, empty where the view has none.
    """

    xyz: XYZ
    surface: str
    area: str
    rules: tuple[PlaceRule, ...]
    places: Places

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
            if id not in self.places.landmarks:
                known = "see atlas().landmarks for those of the body"
                raise UnknownIdError(f"a landmark must be one of the body or the guide, got {quoted(id)}; {known}.")
        return rule_between(self.places.landmarks, self.xyz, self.surface, start, end)

    def told(self, rule: PlaceRule) -> str:
        """Return a rule in words."""
        ways = {"outward": rule.lateral, "up": rule.up, "to the front": rule.front}
        moved = [f"{value:+g} cm {way}" for way, value in ways.items() if value]
        if not rule.to_landmark:
            return ", ".join([f"at {rule.from_landmark}", *moved])
        return ", ".join([f"{rule.fraction:.0%} from {rule.from_landmark} to {rule.to_landmark}", *moved])


class PlacePicker:
    """A view of the body with a grid of centimeters; a spot on it becomes a place told by landmarks.

    In a notebook it shows itself. Read a spot from the grid and ask for it with `at`.

    Parameters
    ----------
    view : str, default="back"
        View in which the place is seen best.
    guide : Guide, optional
        Whose landmarks count beside those of the body; the built-in one when left out.

    Examples
    --------
    >>> picked = PlacePicker("back").at(-10.4, 25.4)
    >>> picked.area, picked.surface, len(picked.rules)
    ('calf_back', 'back', 3)
    >>> picked.between("popliteal_crease", "malleolus_level_back").answers["fraction"]
    0.6
    """

    def __init__(self, view: str = "back", *, guide: Guide | None = None) -> None:
        self.guide = guide or load_guide()
        self._places = places_of(self.guide)
        self._view = self._places.body.view(view)
        self.view = self._view.name

    def __repr__(self) -> str:
        return f"PlacePicker({self.view!r})"

    def to_svg(self, picked: PickedPlace | None = None) -> str:
        """Return the view with its grid as SVG, with a picked place marked."""
        if picked is None:
            return grid_svg(self._view)
        return grid_svg(self._view, [(*self._view.project(picked.xyz), picked.area)])

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def at(self, x: float, y: float) -> PickedPlace:
        """Return the place on the skin at a spot of the view.

        Parameters
        ----------
        x, y : float
            In cm, as the grid has them. A spot on the client's right is taken as the same spot on the left.

        Returns
        -------
        PickedPlace
            The place with its rules.

        Raises
        ------
        InvalidValueError
            If there is no skin at the spot, or it is that of an arm which this view shows moved.
        """
        found = depths().skin_at(self._view, x, y)
        if found is None:
            raise InvalidValueError(
                f"a spot must lie on the body of the {self.view} view, got {x:g}, {y:g}; read it from the grid, "
                "or take another view."
            )
        normal = depths().normal_at(self._view, x, y)
        if found[0] < 0:
            found, normal = (-found[0], found[1], found[2]), (-normal[0], normal[1], normal[2])
        surface, area = surface_at(normal), self._view.area_at(x, y)
        own = self.guide.point_values
        lines = {
            frozenset((place.from_landmark, place.to_landmark))
            for place in self.guide.records.places
            if place.to_landmark and place.id not in own
        }
        rules = propose_rules(self._places.landmarks, found, surface, lines=lines)
        return PickedPlace(found, surface, area[0] if area else "", rules, self._places)
