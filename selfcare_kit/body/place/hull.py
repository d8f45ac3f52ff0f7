"""How far a place lies from the skin, as the outlines of the views tell: the mesh itself is not shipped.

What lies inside the outline in the front view, from the side and from an angle lies on the body or a little in front of
a hollow of it. From the side the arms reach forward and hide what lies behind them, and in the front view alone nobody
can tell how deep in an arm a place lies; of both nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import dist

from selfcare_kit.body.geometry import paths
from selfcare_kit.body.place.arms import AREAS, is_on_arm
from selfcare_kit.body.place.atlas import XYZ, Atlas, View

# The view from an angle is drawn without arms and ends at the waist, in cm.
OBLIQUE_TOP = 118.0
# The arms hang beside the body between these, from behind to the front, in cm.
ARM_DEPTH = (-8.0, 12.0)
# How far a place is followed out of the body at the most, and in which steps, in cm.
FARTHEST = 40.0
STEP = 0.5
# A place may lie so far outside the outlines and still be meant to be on the skin, in cm.
SLACK = 3.0
# An author checks a guide again and again, and changes one place at a time.
KEPT_PLACES = 4096

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
        self._body = body
        self._front, self._side, self._oblique = (body.view(name) for name in ("front", "side", "oblique"))
        self._arm = tuple(ring for area in AREAS for ring in self._side.region_rings(area))

    @lru_cache(maxsize=KEPT_PLACES)  # noqa: B019 - a hull lives as long as its body
    def outside(self, xyz: XYZ) -> float:
        """Return how far a place lies outside the body, in cm; 0 for one on it or in it."""
        across = max(_outside(view.outline_rings, *view.project(xyz)) for view in self._views(xyz))
        low, high = ARM_DEPTH if is_on_arm(self._body, xyz) else (xyz[2], xyz[2])
        return max(across, low - xyz[2], xyz[2] - high)

    @lru_cache(maxsize=KEPT_PLACES)  # noqa: B019 - a hull lives as long as its body
    def below(self, xyz: XYZ, way: XYZ) -> float:
        """Return how far below the skin a place lies, in cm, going out of the body in some way; at most 40.

        One that lies a little outside may have to go through the body, which counts.
        """
        depth = 0.0
        for step in range(int(FARTHEST / STEP)):
            gone = step * STEP
            if self._is_inside(_moved(xyz, way, gone)):
                depth = gone + STEP
            elif depth or gone > SLACK:
                break
        return depth

    @lru_cache(maxsize=KEPT_PLACES)  # noqa: B019 - a hull lives as long as its body
    def above(self, xyz: XYZ, way: XYZ) -> float:
        """Return how far above the skin a place lies, in cm, going back into the body; at most 40."""
        return next(
            (i * STEP for i in range(int(FARTHEST / STEP)) if self._is_inside(_moved(xyz, way, -i * STEP))), FARTHEST
        )

    def _views(self, xyz: XYZ) -> list[View]:
        """Return the views that show what a place belongs to."""
        if is_on_arm(self._body, xyz):
            return [self._front]
        has_oblique = self._oblique.project(xyz)[1] < OBLIQUE_TOP and xyz[0] <= self._body.skin.arm_beyond
        return [self._front, self._side, *([self._oblique] if has_oblique else [])]

    def _is_inside(self, xyz: XYZ) -> bool:
        # Where the arm hides the trunk, nobody knows how far that goes.
        if is_on_arm(self._body, xyz) or paths.contains(self._arm, *self._side.project(xyz)):
            return False
        return all(paths.contains(view.outline_rings, *view.project(xyz)) for view in self._views(xyz))


@lru_cache(maxsize=1)
def hull_of(body: Atlas) -> Hull:
    """Return what the outlines of a body say, made once."""
    return Hull(body)


def _moved(xyz: XYZ, way: XYZ, distance: float) -> XYZ:
    return tuple(a + distance * b for a, b in zip(xyz, way, strict=True))


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
