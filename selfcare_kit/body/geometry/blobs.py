"""Organic shapes: chains of discs melted into one smooth outline. Pure geometry, knows no guide.

A shape is the set of places nearer to a chain than its radius. The distances are written into a
grid, the zero line is traced and rounded: an outline made this way cannot cross itself, and
chains that meet flow together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from selfcare_kit.body.geometry.paths import XY

_FAR = 1e9
# Straight pieces for each stretch of a chain; enough for a bend to look round.
_PIECES = 4
# Cells of the grid for the smallest radius, and the same for points of the outline.
_CELLS = 2.2
_OUTLINE_STEP = 0.6
_MIN_CELL = 0.08
_MAX_CELL = 1.2
# The last disc of a band is followed by a smaller one: how much smaller, and how far on, in radii of the last.
_TIP, _TIP_STEP = 0.3, 0.75
# How far two chains reach out to each other, in smallest radii.
_MELT = 0.8


class Node(NamedTuple):
    """A disc of a chain, in cm of a view."""

    x: float
    y: float
    radius: float


class Chain(NamedTuple):
    """A bent band of discs; one disc alone is a blob.

    A band on a surface that is turned away from the viewer looks narrower in the direction it
    turns to: `across` is that direction as a unit vector and `stretch` how many times narrower.
    """

    nodes: tuple[Node, ...]
    across: XY = (1.0, 0.0)
    stretch: float = 1.0

    def unfold(self, x: float, y: float) -> XY:
        """Return a place as it lies on the surface, seen squarely."""
        more = (self.stretch - 1) * (x * self.across[0] + y * self.across[1])
        return x + more * self.across[0], y + more * self.across[1]


class _FieldGrid:
    """Distances to an outline at the corners of square cells, negative inside."""

    def __init__(self, chains: Sequence[Chain], cell: float, melt: float) -> None:
        self.cell = cell
        self.reach = 2 * cell + melt
        boxes = [_box(node, self.reach) for chain in chains for node in chain.nodes]
        self.left, self.low = min(b[0] for b in boxes), min(b[1] for b in boxes)
        self.columns = math.ceil((max(b[2] for b in boxes) - self.left) / cell) + 2
        self.rows = math.ceil((max(b[3] for b in boxes) - self.low) / cell) + 2

    def place(self, column: float, row: float) -> XY:
        return self.left + column * self.cell, self.low + row * self.cell

    def distances(self, chain: Chain) -> dict[int, float]:
        """Return the distance to a chain at the corners near it."""
        found: dict[int, float] = {}
        nodes = tapered(bend(chain.nodes))
        for a, b in zip(nodes, nodes[1:] or nodes, strict=False):
            self._stretch(chain, a, b, found)
        return found

    def _stretch(self, chain: Chain, a: Node, b: Node, found: dict[int, float]) -> None:
        (ax, ay), (bx, by) = chain.unfold(a.x, a.y), chain.unfold(b.x, b.y)
        dx, dy, grow = bx - ax, by - ay, b.radius - a.radius
        long = dx * dx + dy * dy or 1.0
        boxes = _box(a, self.reach), _box(b, self.reach)
        first = max(0, int((min(box[0] for box in boxes) - self.left) / self.cell))
        last = min(self.columns - 1, int((max(box[2] for box in boxes) - self.left) / self.cell) + 1)
        bottom = max(0, int((min(box[1] for box in boxes) - self.low) / self.cell))
        top = min(self.rows - 1, int((max(box[3] for box in boxes) - self.low) / self.cell) + 1)
        # Tens of thousands of corners for one figure: what is the same for all is looked up before.
        unfold, hypot, radius = chain.unfold, math.hypot, a.radius
        across = [(column, self.left + column * self.cell) for column in range(first, last + 1)]
        for row in range(bottom, top + 1):
            height, row_key = self.low + row * self.cell, row * self.columns
            for column, left in across:
                x, y = unfold(left, height)
                t = ((x - ax) * dx + (y - ay) * dy) / long
                t = 0.0 if t < 0.0 else 1.0 if t > 1.0 else t
                distance = hypot(x - ax - t * dx, y - ay - t * dy) - radius - t * grow
                key = row_key + column
                if distance < found.get(key, _FAR):
                    found[key] = distance

    def rings(self, values: list[float]) -> list[list[XY]]:
        """Trace where the distance is zero: outer edges one way round, holes the other."""
        ways: dict[int, int] = {}
        places: dict[int, XY] = {}
        for row in range(self.rows - 1):
            for column in range(self.columns - 1):
                self._cross(values, row, column, ways, places)
        rings = []
        while ways:
            start, at = ways.popitem()
            ring = [places[start]]
            while at != start:
                ring.append(places[at])
                at = ways.pop(at)
            rings.append(ring)
        return rings

    def _cross(self, values: list[float], row: int, column: int, ways: dict[int, int], places: dict[int, XY]) -> None:
        # Corners and edges counter-clockwise from the lower left; an edge is named once for both its cells.
        key = row * self.columns + column
        corners = ((column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1))
        v = (values[key], values[key + 1], values[key + 1 + self.columns], values[key + self.columns])
        inside = [value < 0 for value in v]
        if all(inside) or not any(inside):
            return
        names = (2 * key, 2 * (key + 1) + 1, 2 * (key + self.columns), 2 * key + 1)
        ins, outs = [], []
        for i in range(4):
            j = (i + 1) % 4
            if inside[i] == inside[j]:
                continue
            t = v[i] / (v[i] - v[j])
            (x0, y0), (x1, y1) = corners[i], corners[j]
            places[names[i]] = self.place(x0 + t * (x1 - x0), y0 + t * (y1 - y0))
            (outs if inside[i] else ins).append((i, names[i]))
        # Where two corners across touch, each is cut off by itself.
        for i, leave in outs:
            enter = min(ins, key=lambda each, i=i: (i - each[0]) % 4)[1]
            ways[leave] = enter


def _box(node: Node, margin: float) -> tuple[float, float, float, float]:
    reach = node.radius + margin
    return node.x - reach, node.y - reach, node.x + reach, node.y + reach


def tapered(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return a band with a smaller disc at both ends, within what the last ones cover; one disc alone stays as it is.

    Parameters
    ----------
    nodes : sequence of Node
        The discs.

    Returns
    -------
    sequence of Node
        The same ones with two more, those at the ends a little smaller.
    """
    if len(nodes) < 2:
        return nodes
    (first, start), (last, end) = _ended(nodes[1], nodes[0]), _ended(nodes[-2], nodes[-1])
    return [start, first, *nodes[1:-1], last, end]


def _ended(before: Node, last: Node) -> tuple[Node, Node]:
    away = math.hypot(last.x - before.x, last.y - before.y) or 1.0
    step = _TIP_STEP * last.radius / away
    x, y = last.x + step * (last.x - before.x), last.y + step * (last.y - before.y)
    return last._replace(radius=0.9 * last.radius), Node(x, y, _TIP * last.radius)


def bend(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Lay a smooth curve through the discs of a chain, their radii changing smoothly too.

    Parameters
    ----------
    nodes : sequence of Node
        The discs.

    Returns
    -------
    tuple of Node
        The same ones with more between them.
    """
    found = list(nodes[:1])
    for i in range(len(nodes) - 1):
        a, b, c, d = nodes[max(0, i - 1)], nodes[i], nodes[i + 1], nodes[min(len(nodes) - 1, i + 2)]
        for k in range(1, _PIECES + 1):
            t = k / _PIECES
            found.append(Node(*(_spline(*four, t) for four in zip(a, b, c, d, strict=True))))
    return tuple(found)


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def outlines(chains: Sequence[Chain], without: Sequence[Chain] = ()) -> list[list[XY]]:
    """Return the outline of chains melted together.

    Parameters
    ----------
    chains : sequence of Chain
        What is inside.
    without : sequence of Chain, default=()
        What is cut out again.

    Returns
    -------
    list of list of point
        Rings of evenly spaced places in cm, holes the other way round than outer edges.
    """
    if not chains:
        return []
    least = min(node.radius / chain.stretch for chain in chains for node in chain.nodes)
    cell = min(_MAX_CELL, max(_MIN_CELL, least / _CELLS))
    melt = _MELT * least
    grid = _FieldGrid(chains, cell, melt)
    values = [_FAR] * (grid.columns * grid.rows)
    for chain in chains:
        for key, distance in grid.distances(chain).items():
            values[key] = _melted(values[key], distance, melt)
    for chain in without:
        for key, distance in grid.distances(chain).items():
            values[key] = max(values[key], -distance)
    step = _OUTLINE_STEP * least
    evened = (_even(ring, step) for ring in grid.rings(values))
    return sorted(ring for ring in evened if abs(_area(ring)) > least * least)


def _melted(a: float, b: float, melt: float) -> float:
    more = max(0.0, melt - abs(a - b))
    return min(a, b) - more * more / (4 * melt)


def _area(ring: Sequence[XY]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def _even(ring: list[XY], step: float) -> list[XY]:
    """Space the places of a ring evenly."""
    sides = [math.dist(a, b) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]
    count = max(10, round(sum(sides) / step))
    each = sum(sides) / count
    found: list[XY] = []
    walked = at = 0.0
    for a, b, side in zip(ring, ring[1:] + ring[:1], sides, strict=True):
        while len(found) < count and walked + side >= at:
            t = (at - walked) / side if side else 0.0
            found.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
            at += each
        walked += side
    return found
