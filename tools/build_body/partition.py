"""Cut an outline into areas: neighbours share their border curves, so that there is neither gap nor overlap."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely import ops

from .camera import View
from .curves import Cubics, evaluate, fit, fit_closed, lengths, line, mirror, resample, reverse, smooth, split

FLATTEN = 12


@dataclass(frozen=True)
class Region:
    """One area in a view: its number, and its closed curves."""

    number: int
    curves: list[Cubics]


def partition(
    view: View, numbers: np.ndarray, outlines: list[Cubics], radius: float, tolerance: float, smallest: float
) -> list[Region]:
    """Return the regions of a view.

    Parameters
    ----------
    view : View
        The view the image of area numbers belongs to.
    numbers : numpy.ndarray
        Area number at every pixel.
    outlines : list
        Closed curves; an inner one is a hole.
    radius : float
        How far borders are smoothed, in cm.
    tolerance : float
        How far a border curve may be from the smoothed border, in cm.
    smallest : float
        Pieces smaller than this many square cm go to a neighbour.
    """
    rim = [_flat(curve) for curve in outlines]
    body = shapely.Polygon()
    for ring in rim:
        body = body.symmetric_difference(shapely.Polygon(ring).buffer(0))
    near = body.buffer(0.8)
    borders = []
    for border in trace_borders(numbers):
        points = view.to_centimetres(border)
        if shapely.LineString(points).intersects(near):
            closed = np.allclose(points[0], points[-1])
            # The shortest pieces between two junctions must stay, or the borders around them would not close.
            borders.append(smooth(points, radius, 0.08, closed) if len(points) > 3 else points)
    faces = _join_small(_faces(view, numbers, body, borders), smallest)
    return _Network(faces, outlines, rim, tolerance).regions()


def _flat(curve: Cubics) -> np.ndarray:
    """Return points along a closed curve, FLATTEN a cubic; the last is the first again."""
    at = np.arange(FLATTEN) / FLATTEN
    return np.r_[np.concatenate([evaluate(cubic, at) for cubic in curve]), curve[0][:1]]


def trace_borders(numbers: np.ndarray) -> list[np.ndarray]:
    """Return the lines between pixels of different numbers, as pixel corners (x, y), cut where three meet."""
    width = numbers.shape[1]
    row, column = np.nonzero(numbers[1:] != numbers[:-1])
    level = np.c_[(row + 1) * (width + 1) + column, (row + 1) * (width + 1) + column + 1]
    row, column = np.nonzero(numbers[:, 1:] != numbers[:, :-1])
    upright = np.c_[row * (width + 1) + column + 1, (row + 1) * (width + 1) + column + 1]
    beside: dict[int, list[int]] = {}
    for a, b in np.concatenate([level, upright]).tolist():
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
    chains = _walk(beside)
    return [np.c_[np.array(chain) % (width + 1), np.array(chain) // (width + 1)].astype(float) for chain in chains]


def _walk(beside: dict) -> list[list]:
    """Return the chains of a network, from junction to junction; what is left are loops."""
    used: set = set()
    chains = []
    junctions = [node for node in sorted(beside) if len(beside[node]) != 2]
    for start in [*junctions, *sorted(beside)]:
        for following in sorted(beside[start]):
            chain = [start]
            while (chain[-1], following) not in used:
                used |= {(chain[-1], following), (following, chain[-1])}
                chain.append(following)
                if len(beside[following]) != 2:
                    break
                following = next((n for n in beside[following] if n != chain[-2]), chain[-2])
            if len(chain) > 1:
                chains.append(chain)
    return chains


def _faces(view: View, numbers: np.ndarray, body: shapely.Geometry, borders: list[np.ndarray]) -> list[tuple]:
    """Return (number, polygon) for every face of the network of outline and borders."""
    lines = [body.boundary, *(shapely.LineString(points) for points in borders)]
    faces = []
    for face in ops.polygonize(shapely.union_all(lines)):
        inside = face.representative_point()
        if body.contains(inside):
            row, column = view.cells(np.array([[inside.x, inside.y]]))
            faces.append((int(numbers[row[0], column[0]]), face))
    return faces


def _join_small(faces: list[tuple], smallest: float) -> list[tuple]:
    """Return the faces, those of too small a piece renumbered as the neighbour with the longest common border."""
    faces = list(faces)
    for number in sorted({number for number, _ in faces}):
        joined = shapely.union_all([face for own, face in faces if own == number])
        for piece in getattr(joined, "geoms", [joined]):
            if piece.area < smallest:
                own = [
                    i
                    for i, (n, face) in enumerate(faces)
                    if n == number and piece.contains(face.representative_point())
                ]
                shared: dict[int, float] = {}
                for other, face in faces:
                    if other != number and face.intersects(piece):
                        shared[other] = shared.get(other, 0) + face.intersection(piece).length
                if shared:
                    best = max(sorted(shared), key=lambda other: shared[other])
                    for i in own:
                        faces[i] = (best, faces[i][1])
    return faces


class _Network:
    """The border curves of a cut, each fitted once and used by both its neighbours."""

    def __init__(self, faces: list[tuple], outlines: list[Cubics], rim: list[np.ndarray], tolerance: float):
        self._outlines, self._tolerance = outlines, tolerance
        self._rim = [shapely.LineString(ring) for ring in rim]
        self._along = [lengths(ring) for ring in rim]
        self._steps: dict[tuple, int] = {}
        for number, face in faces:
            for index, ring in enumerate((face.exterior, *face.interiors)):
                corners = [tuple(point) for point in np.round(np.array(shapely.get_coordinates(ring)), 9)]
                # Outer rings run one way and holes the other, so that the area is always at the same hand.
                if ring.is_ccw != (index == 0):
                    corners = corners[::-1]
                self._steps.update(dict.fromkeys(pairwise(corners), number))
        self._steps = {(a, b): n for (a, b), n in self._steps.items() if self._steps.get((b, a)) != n}
        self._fit_arcs()

    def _fit_arcs(self) -> None:
        """Find the arcs between junctions and fit a curve to each."""
        beside: dict[tuple, set] = {}
        for a, b in self._steps:
            beside.setdefault(a, set()).add(b)
            beside.setdefault(b, set()).add(a)
        self._arcs: dict[tuple, tuple[int, bool]] = {}
        self._curves: list[Cubics] = []
        for chain in _walk({node: sorted(others) for node, others in beside.items()}):
            first = (chain[0], chain[1])
            self._add_arc(chain, (first in self._steps) != (first[::-1] in self._steps))

    def _add_arc(self, chain: list, on_rim: bool) -> None:
        number = len(self._curves)
        for a, b in pairwise(chain):
            self._arcs[(a, b)], self._arcs[(b, a)] = (number, True), (number, False)
        points = np.array(chain)
        if on_rim:
            self._curves.append(self._rim_curve(points))
        elif chain[0] == chain[-1]:
            self._curves.append(fit_closed(resample(points, 0.12)[:-1], self._tolerance))
        else:
            points[0], points[-1] = self._snap(points[0]), self._snap(points[-1])
            even = resample(points, 0.12)
            self._curves.append(fit(even, self._tolerance, 3) if len(even) > 2 else [line(points[0], points[-1])])

    def _place(self, point: np.ndarray) -> tuple[int, float] | None:
        """Return the outline a point lies on and how far along, in cubics; None for a point inside the body."""
        spot = shapely.Point(point)
        distances = [ring.distance(spot) for ring in self._rim]
        best = int(np.argmin(distances))
        if distances[best] > 1e-6:
            return None
        at = np.interp(self._rim[best].project(spot), self._along[best], np.arange(len(self._along[best])))
        return best, at / FLATTEN

    def _snap(self, point: np.ndarray) -> np.ndarray:
        """Return the point of the outline's curve for a point of its polyline."""
        place = self._place(point)
        if place is None:
            return point
        curve = self._outlines[place[0]]
        index = int(place[1]) % len(curve)
        return evaluate(curve[index], np.array([place[1] - int(place[1])]))[0]

    def _rim_curve(self, points: np.ndarray) -> Cubics:
        """Return the piece of the outline's own curve that an arc follows."""
        (outline, start), (_, end) = self._place(points[0]), self._place(points[-1])
        following = self._place((points[0] + points[1]) / 2) or self._place(points[1])
        curve = self._outlines[outline]
        count = len(curve)
        if len(points) > 2 and np.allclose(points[0], points[-1]):
            return _between(curve, start, start + count)
        ahead = (following[1] - start) % count
        return _between(curve, start, end) if ahead < count / 2 else reverse(_between(curve, end, start))

    def regions(self) -> list[Region]:
        """Return the regions, made of the fitted arcs."""
        curves: dict[int, list[Cubics]] = {}
        for number in sorted(set(self._steps.values())):
            ahead: dict[tuple, list] = {}
            for (a, b), own in self._steps.items():
                if own == number:
                    ahead.setdefault(a, []).append(b)
            for start in sorted(ahead):
                while ahead[start]:
                    curves.setdefault(number, []).append(self._ring(start, ahead))
        return [Region(number, parts) for number, parts in curves.items()]

    def _ring(self, start: tuple, ahead: dict) -> Cubics:
        """Return the closed curve that starts at a corner, and take its steps out of `ahead`."""
        corner, arcs = start, []
        while not arcs or corner != start:
            following = ahead[corner].pop()
            arcs.append(self._arcs[(corner, following)])
            corner = following
        changes = [i for i in range(len(arcs)) if arcs[i] != arcs[i - 1]] or [0]
        ring: Cubics = []
        for i in changes:
            arc, forward = arcs[i]
            ring += self._curves[arc] if forward else reverse(self._curves[arc])
        return ring


def _between(curve: Cubics, start: float, end: float) -> Cubics:
    """Return the part of a closed curve between two places, counted in cubics."""
    count = len(curve)
    if end <= start + 1e-9:
        end += count
    first, last = int(np.floor(start + 1e-9)), int(np.ceil(end - 1e-9)) - 1
    part = [curve[i % count] for i in range(first, last + 1)]
    if end - last < 1 - 1e-9:
        part[-1] = split(part[-1], end - last)[0]
    if start - first > 1e-9:
        share = (start - first) / (end - last if first == last else 1)
        part[0] = split(part[0], share)[1]
    return part


def across_midline(region: Region) -> Region:
    """Return a region of the left half joined to its mirror image, without the midline between them."""
    curves = []
    for ring in region.curves:
        middle = [np.abs(cubic[:, 0]).max() < 1e-6 for cubic in ring]
        if not any(middle):
            curves += [ring, mirror(ring)]
            continue
        last = max(i for i, on in enumerate(middle) if on and not middle[(i + 1) % len(ring)])
        turned = ring[last + 1 :] + ring[: last + 1]
        half = [cubic for cubic in turned if np.abs(cubic[:, 0]).max() >= 1e-6]
        curves.append(half + reverse(mirror(half)))
    return Region(region.number, curves)
