"""The places of a guide's points on the body, and how squarely each view shows them.

A place is given for the client's left; the right is its mirror image. How squarely a view shows a place
depends on the skin there, not by the surface the guide names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from selfcare_kit.body.geometry.paths import XY
from selfcare_kit.body.place import arms
from selfcare_kit.body.place.atlas import XYZ, Atlas, View, atlas, check_side
from selfcare_kit.body.place.rules import apply_rule, cun_lengths, derive_landmarks, flip
from selfcare_kit.errors import GuideError, InvalidValueError, UnknownIdError, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.guide.names import normalised
from selfcare_kit.guide.records import DerivedLandmark, NodeOfZone, PlaceOfPoint

# The way each surface faces, for the client's left.
SURFACES: dict[str, XYZ] = {
    "back": (0.0, 0.0, -1.0),
    "side": (1.0, 0.0, 0.0),
    "front": (0.0, 0.0, 1.0),
    "inner": (-1.0, 0.0, 0.0),
    "sole": (0.0, -1.0, 0.0),
    "foot_top": (0.0, 0.927, 0.375),
}
# Skin turned further away than this is not drawn on; a place hidden more than EDGE is not even hinted at.
FACING = 0.6
EDGE = -0.1
# Where along a lane the skin is asked which way it faces.
STATIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
# A zone counts for the view that shows it: one that is often felt more than one that sometimes is.
FELT_WEIGHTS = {"primary": 1.0, "spillover": 0.4}
# A place may fall a little outside the line that stands for the skin; a good view has it well inside. In cm.
SLACK = 0.7
INSET = 0.4


class Place(NamedTuple):
    """One place of a point or acupoint in space; `end` is where a lane leads.

    `normals` are the ways the skin faces there: one for a spot, several along a lane.
    """

    id: str
    n: int
    xyz: XYZ
    end: XYZ | None
    surface: str
    uncertainty_cm: float
    basis: str
    normals: tuple[XYZ, ...]


class PlaceInView(NamedTuple):
    """A place as a view shows it, for the client's left, in cm of the view; `facing` is how squarely."""

    place: Place
    x: float
    y: float
    end: XY | None
    facing: float


class Places:
    """The places of all points and acupoints of a guide on a body.

    Parameters
    ----------
    body : Atlas
        Whose landmarks they rest on.
    places : iterable of PlaceOfPoint
        Spots, and ends of lanes.
    derived : iterable of DerivedLandmark, default=()
        Landmarks of the guide's own.
    zones : callable, optional
        Gives the places of the guide's zones, once somebody asks where a point is felt.
    """

    def __init__(
        self,
        body: Atlas,
        places: Iterable[PlaceOfPoint],
        derived: Iterable[DerivedLandmark] = (),
        zones: Callable[[], Iterable[NodeOfZone]] = tuple,
    ) -> None:
        self.body = body
        self._nodes_of_zones = zones
        own = {id: landmark.xyz for id, landmark in body.landmark_values.items()}
        self.landmarks = derive_landmarks(own, derived)
        self.units = cun_lengths(own)
        self._places: dict[str, list[PlaceOfPoint]] = {}
        for each in places:
            self._places.setdefault(each.id, []).append(each)
        self._names = {normalised(id, separator=""): id for id in (*self.landmarks, *self._places)}
        # Which panels show a point on a side, kept by `body.views`.
        self.panels: dict[tuple[str, str], Any] = {}
        self._of: dict[tuple[str, bool], tuple[Place, ...]] = {}
        self._in_view: dict[tuple[str, str, bool], tuple[PlaceInView, ...]] = {}
        self._visibility: dict[tuple[str, str], float] = {}
        self._pain_visibility: dict[tuple[str, str], float] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the points and acupoints that have a place."""
        return tuple(self._places)

    def name(self, id: object) -> str:
        """Return the id as it is spelled in the guide; case, spaces and hyphens do not matter.

        Raises
        ------
        UnknownIdError
            If there is no such point, acupoint or landmark.
        """
        if isinstance(id, str):
            if id in self._places or id in self.landmarks:
                return id
            name = normalised(id, separator="")
            if name in self._names:
                return self._names[name]
        raise UnknownIdError(
            f"a place must be the id of a point, an acupoint or a landmark of the guide, such as "
            f"{', '.join(list(self._places)[:3])}, got {quoted(id)}; see guide.points, guide.acupoints and "
            "atlas().landmarks."
        )

    def of(self, id: str, along: bool = False) -> tuple[Place, ...]:
        """Return the places of a point or acupoint, in the order of their numbers.

        Parameters
        ----------
        id : str
            Point or acupoint.
        along : bool, default=False
            Its lanes instead of its spots, where it has both.

        Returns
        -------
        tuple of Place
            Those asked for, or else those there are.
        """
        if (id, along) not in self._of:
            found = self._places[id]
            ends = {each.n: each for each in found if each.role == "lane_to"}
            spots = tuple(self._place(each, None) for each in found if each.role == "spot")
            lanes = tuple(self._place(each, ends.get(each.n)) for each in found if each.role == "lane_from")
            self._of[id, along] = (lanes or spots) if along else (spots or lanes)
        return self._of[id, along]

    def _place(self, place: PlaceOfPoint, lane_to: PlaceOfPoint | None) -> Place:
        if place.surface not in SURFACES:
            raise GuideError(
                f"surface of {place.id!r} must be one of {', '.join(SURFACES)}, got {place.surface!r}; "
                "correct its row in places.csv."
            )
        end = apply_rule(lane_to, self.landmarks, self.units) if lane_to else None
        start = apply_rule(place, self.landmarks, self.units)
        normals = tuple(self._normal(place.surface, each) for each in _along(start, end))
        return Place(place.id, place.n, start, end, place.surface, place.uncertainty_cm or 0.0, place.basis, normals)

    def _normal(self, surface: str, xyz: XYZ) -> XYZ:
        return self.body.skin.normal(surface, xyz, SURFACES[surface])

    def in_view(self, id: str, view: str, along: bool = False) -> tuple[PlaceInView, ...]:
        """Return the places of a point as a view shows them, those of the best turned skin.

        Parameters
        ----------
        id : str
            Point or acupoint.
        view : str
            Name of a view.
        along : bool, default=False
            Its lanes instead of its spots, where it has both.

        Returns
        -------
        tuple of PlaceInView
            Empty where the point lies on a side that the view does not show at all.
        """
        key = (id, view, along)
        if key not in self._in_view:
            shown = self.body.view(view)
            groups: dict[str, list[PlaceInView]] = {}
            for place in self.of(id, along):
                groups.setdefault(place.surface, []).append(_see(place, shown))
            found = tuple(max(groups.values(), key=facing_of))
            is_hidden = facing_of(found) < EDGE or not all(any(_around(each, shown, SLACK)) for each in found)
            is_hidden |= view not in arms.VIEWS and any(arms.is_on_arm(self.body, each.place.xyz) for each in found)
            self._in_view[key] = () if is_hidden else found
        return self._in_view[key]

    def visibility(self, id: str, view: str) -> float:
        """Return how well a view shows a point: its facing, or 0 where it faces away or lies at the very edge."""
        key = (id, view)
        if key not in self._visibility:
            spots, lanes = self.in_view(id, view), self.in_view(id, view, along=True)
            facing = min(facing_of(spots), facing_of(lanes))
            is_good = facing >= FACING
            shown = self.body.view(view)
            is_good = is_good and all(all(_around(each, shown, INSET)) for each in (*spots, *lanes))
            self._visibility[key] = facing if is_good else 0.0
        return self._visibility[key]

    def pain_visibility(self, id: str, view: str) -> float:
        """Return how well a view shows where a point is felt: 1 squarely, 0 not at all or nowhere known."""
        key = (id, view)
        if key not in self._pain_visibility:
            shown = self.body.view(view)
            total = best = 0.0
            for weight, surfaces in self._zones.get(id, {}).values():
                total += weight
                best += weight * max(_share(nodes, shown) for nodes in surfaces.values())
            self._pain_visibility[key] = best / total if total else 0.0
        return self._pain_visibility[key]

    @cached_property
    def _zones(self) -> dict[str, dict[tuple[str, int], tuple[float, dict[str, list[tuple[float, XYZ]]]]]]:
        """Zones by point, and by kind and number: how much one counts, and its nodes by surface (size, normal)."""
        zones: dict[str, dict[tuple[str, int], tuple[float, dict[str, list[tuple[float, XYZ]]]]]] = {}
        for node in self._nodes_of_zones():
            if node.kind not in FELT_WEIGHTS or node.surface not in SURFACES:
                continue
            normal = self._normal(node.surface, apply_rule(node, self.landmarks, self.units))
            same = zones.setdefault(node.point, {})
            _, surfaces = same.setdefault((node.kind, node.zone), (FELT_WEIGHTS[node.kind], {}))
            surfaces.setdefault(node.surface, []).append((node.radius_cm**2, normal))
        return {
            point: {
                key: (weight * max(sum(size for size, _ in nodes) for nodes in surfaces.values()), surfaces)
                for key, (weight, surfaces) in same.items()
            }
            for point, same in zones.items()
        }

    def position(self, id: str) -> tuple[Place, ...] | XYZ:
        """Return the places of a point or acupoint, or the position of a landmark."""
        return self.of(id) if id in self._places else self.landmarks[id]


def _along(start: XYZ, end: XYZ | None) -> Iterable[XYZ]:
    """Return the places at which the skin is asked which way it faces."""
    if end is None:
        return (start,)
    return [tuple(a + t * (b - a) for a, b in zip(start, end, strict=True)) for t in STATIONS]


def _see(place: Place, view: View) -> PlaceInView:
    x, y = view.project(place.xyz)
    end = view.project(place.end) if place.end else None
    facing = sum(view.facing(normal) for normal in place.normals) / len(place.normals)
    return PlaceInView(place, x, y, end, facing)


def facing_of(seen: Iterable[PlaceInView]) -> float:
    """Return how squarely a view shows the places of a point: as the one it shows worst."""
    return min([each.facing for each in seen], default=-1.0)


def _share(nodes: Iterable[tuple[float, XYZ]], view: View) -> float:
    """Return how much of a zone a view shows: 1 for one that it sees squarely."""
    sized = list(nodes)
    shown = sum(size * max(0.0, view.facing(normal)) for size, normal in sized)
    return shown / sum(size for size, _ in sized)


def _around(seen: PlaceInView, view: View, step: float) -> list[bool]:
    """Return for a place, and four places a step away from it, whether each is on the body."""
    spots = ((0, 0), (step, 0), (-step, 0), (0, step), (0, -step))
    return [_is_on_body(view, seen.x + dx, seen.y + dy) for dx, dy in spots]


# A guide that is checked again, or another one, has most of its places where the last had them.
@lru_cache(maxsize=4096)
def _is_on_body(view: View, x: float, y: float) -> bool:
    return view.contains(x, y)


@lru_cache(maxsize=8)
def places_of(guide: Guide) -> Places:
    """Return the places of a guide on the body that ships with the kit.

    Parameters
    ----------
    guide : Guide
        A guide.

    Returns
    -------
    Places
        Read once for each guide.
    """
    records = guide.records
    return Places(atlas(), records.places, records.landmarks.values(), lambda: records.zones)


def locate(id: str, view: str = "back", side: str = "left", *, guide: Guide | None = None) -> XY:
    """Return where a point, an acupoint or a landmark is in a view.

    Parameters
    ----------
    id : str
        Such as `"piri_1"`, `"GB30"` or `"asis"`. Of several places the one the view shows best is
        given.
    view : str, default="back"
        Any view, whether or not it shows the place.
    side : {"left", "right"}, default="left"
        The client's own side.
    guide : Guide, optional
        Whose points; the built-in guide when left out.

    Returns
    -------
    tuple of float
        x to the viewer's right from the midline (paired views: from their own origin) and y up
        from the floor, in cm.

    Raises
    ------
    UnknownIdError
        If there is no such place.
    InvalidValueError
        If the view or the side is not one.

    Examples
    --------
    >>> locate("sacral_hiatus", view="back")[0]
    0.0
    """
    places = places_of(guide or load_guide())
    shown = places.body.view(view)
    check_side(shown, side, ("left", "right"))
    found = places.position(places.name(id))
    if isinstance(found[0], Place):
        place = max(found, key=lambda each: shown.facing(each.normals[0]))
        end = place.end or place.xyz
        xyz = tuple((a + b) / 2 for a, b in zip(place.xyz, end, strict=True))
    else:
        xyz = found
    x, y = shown.project(flip(xyz) if side == "right" else xyz, side)
    return (x + 0.0, y)


def check_visible(places: Places, id: str, view: str) -> tuple[PlaceInView, ...]:
    """Return the places of a point in a view.

    Raises
    ------
    InvalidValueError
        If the point lies where the view does not look, naming the views that show it.
    """
    seen = places.in_view(id, view, along=True)
    if seen:
        return seen
    better = [name for name in places.body.views if places.visibility(id, name)]
    advice = f"draw it in {' or '.join(better)}" if better else "no view of the atlas shows it"
    raise InvalidValueError(f"{id!r} must lie on a side that view {view!r} shows, got one that does not; {advice}.")
