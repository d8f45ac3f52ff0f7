"""How far a place lies from the skin, as the outlines of the views tell: the mesh itself is not shipped.

What lies inside the outline in the front view, from the side and from an angle lies on the body or a little in front of
a hollow of it. The arms reach forward, and hide what lies behind them; of that nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import dist

from selfcare_kit.body.geometry import paths
from selfcare_kit.body.place.atlas import XYZ, Atlas, View

ARM = ("upper_arm", "elbow", "forearm", "hand")
# The view from an angle is drawn without arms and ends at the waist, in cm.
OBLIQUE_TOP = 118.0
# How far a place is followed out of the body at the most, and in which steps, in cm.
FARTHEST = 40.0
STEP = 0.5

Rings = Sequence[Sequence[paths.XY]]


class Hull:
    """What the outlines of a body's views say about where its skin is.

    Parameters
    ----------
    body : Atlas
        A body.

    Examples
    --------
    >>> from selfcare_kit.body.place.atlas import atlas
    >>> hull = Hull(atlas())
    >>> hull.outside((8.0, 96.0, -7.0)), round(hull.outside((8.0, 96.0, -30.0)))
    (0.0, 21)
    """

    def __init__(self, body: Atlas) -> None:
        self._front, self._side, self._oblique = (body.view(name) for name in ("front", "side", "oblique"))
        self._trunk_ends = body.skin.arm_beyond
        self._arm = tuple(ring for area in ARM for ring in self._side.region_rings(area))

    def outside(self, xyz: XYZ) -> float:
        """Return how far a place lies outside the body, in cm; 0 for one on it or in it."""
        return max(_outside(rings, *view.project(xyz)) for view, rings in self._outlines(xyz))

    def below(self, xyz: XYZ, way: XYZ) -> float:
        """Return how far below the skin a place lies, in cm, going out of the body in some way; at most 40."""
        depth = 0.0
        while depth < FARTHEST and self._is_inside(tuple(a + depth * b for a, b in zip(xyz, way, strict=True))):
            depth += STEP
        return depth

    def _is_arm(self, xyz: XYZ) -> bool:
        if xyz[0] <= self._trunk_ends:
            return False
        found = self._front.area_at(*self._front.project(xyz))
        return found is not None and found[0] in ARM

    def _outlines(self, xyz: XYZ) -> list[tuple[View, Rings]]:
        """Return the views that show what a place belongs to, with the outline that it must lie in."""
        if self._is_arm(xyz):
            return [(self._front, self._front.outline_rings), (self._side, self._arm)]
        views = [self._front, self._side]
        if self._oblique.project(xyz)[1] < OBLIQUE_TOP and xyz[0] <= self._trunk_ends:
            views.append(self._oblique)
        return [(view, view.outline_rings) for view in views]

    def _is_inside(self, xyz: XYZ) -> bool:
        if not all(paths.contains(rings, *view.project(xyz)) for view, rings in self._outlines(xyz)):
            return False
        # Where the arm hides the trunk, nobody knows how far that goes.
        return self._is_arm(xyz) or not paths.contains(self._arm, *self._side.project(xyz))


def _outside(rings: Rings, x: float, y: float) -> float:
    if paths.contains(rings, x, y):
        return 0.0
    edges = ((a, b) for ring in rings for a, b in zip(ring, (*ring[1:], ring[0]), strict=True))
    return min(_from_edge((x, y), a, b) for a, b in edges)


def _from_edge(place: paths.XY, a: paths.XY, b: paths.XY) -> float:
    """Return how far a place lies from the line between two others."""
    (ax, ay), (bx, by) = a, b
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = ((place[0] - ax) * (bx - ax) + (place[1] - ay) * (by - ay)) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return dist(place, (ax + along * (bx - ax), ay + along * (by - ay)))
