"""Where labels go, so that no two overlap: at their place when there is room, else beside it.

Pure geometry in the scene's cm. The work grows with the number of labels, not with its square:
only neighbours in a grid are compared.
"""

# Annotations are not postponed here: those of a named tuple would be compiled one by one at import.
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

Rect = tuple[float, float, float, float]

_RINGS = (1.35, 1.9, 2.6, 3.5, 4.6, 6.0)
# From the edge of a glyph to that of a number beside it, in half widths of the number; so many are near.
_STEPS = (0.5, 1.1, 1.9, 3.0, 4.5, 6.5, 9.0)
_NEAR = 3
_DIRECTIONS = 12
# Once so many labels found no room near their place, the rest only look right beside it.
_PATIENCE = 24
_SWAPS = 40
_FEW = 12
_LITTLE = 32


class LabelSpec(NamedTuple):
    """A label that wants a place: its anchor, half its size, and how much room its glyph needs there.

    A label with `at_anchor` may sit on its anchor; another stands beside it. One that is moved
    stays between `least_x` and `most_x`, such as on its own side of the body. `own` are more
    boxes that belong to it: labels keep off them.
    """

    x: float
    y: float
    half_width: float
    half_height: float
    glyph: float
    at_anchor: bool = True
    least_x: float = -math.inf
    most_x: float = math.inf
    own: tuple[Rect, ...] = ()

    @property
    def is_round(self) -> bool:
        """Whether it is as wide as it is high, as the circle of a number is."""
        return self.half_width == self.half_height


class _OccupiedCells:
    def __init__(self, cell: float) -> None:
        self.cell = cell
        self.cells: dict[tuple[int, int], list[tuple[float, float, float, float, int]]] = {}

    def copy(self) -> "_OccupiedCells":
        """Return another grid that holds the same."""
        made = _OccupiedCells(self.cell)
        made.cells = {key: held.copy() for key, held in self.cells.items()}
        return made

    def _keys(self, x: float, y: float, w: float, h: float) -> list[tuple[int, int]]:
        c = self.cell
        x0, x1 = math.floor((x - w) / c), math.floor((x + w) / c)
        y0, y1 = math.floor((y - h) / c), math.floor((y + h) / c)
        if x0 == x1 and y0 == y1:
            return [(x0, y0)]
        return [(i, j) for i in range(x0, x1 + 1) for j in range(y0, y1 + 1)]

    def add(self, x: float, y: float, w: float, h: float, owner: int) -> None:
        for key in self._keys(x, y, w, h):
            self.cells.setdefault(key, []).append((x, y, w, h, owner))

    def is_free(self, x: float, y: float, w: float, h: float, owner: int) -> bool:
        for key in self._keys(x, y, w, h):
            for a, b, u, v, other in self.cells.get(key, ()):
                if other != owner and abs(a - x) < u + w and abs(b - y) < v + h:
                    # What is as wide as it is high is round: its corners are free.
                    is_round = w == h and u == v and other >= 0
                    if not is_round or (a - x) ** 2 + (b - y) ** 2 < (u + w) ** 2:
                        return False
        return True


class _List:
    """The same as a grid where there is little to look through."""

    def __init__(self, taken: Sequence[Rect]) -> None:
        self.held = [((x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2, -1) for x0, y0, x1, y1 in taken]

    def add(self, x: float, y: float, w: float, h: float, owner: int) -> None:
        self.held.append((x, y, w, h, owner))

    def is_free(self, x: float, y: float, w: float, h: float, owner: int) -> bool:
        for a, b, u, v, other in self.held:
            if other != owner and abs(a - x) < u + w and abs(b - y) < v + h:
                is_round = w == h and u == v and other >= 0
                if not is_round or (a - x) ** 2 + (b - y) ** 2 < (u + w) ** 2:
                    return False
        return True


def place_labels(
    specs: Sequence[LabelSpec], bounds: Rect, gap: float, taken: Sequence[Rect] = (), inner: Rect | None = None
) -> list[tuple[float, float]]:
    """Give every label a place of its own.

    Parameters
    ----------
    specs : sequence of LabelSpec
        The labels, the most important first.
    bounds : tuple of float
        x0, y0, x1, y1 in which labels stay; what finds no room is stacked beside it.
    gap : float
        Room between two labels.
    taken : sequence of tuple of float
        Boxes that must stay free, such as letters.
    inner : tuple of float, optional
        Bounds in which labels that stand beside their anchor are tried first; they lie off its middle.

    Returns
    -------
    list of tuple of float
        The centre of each label, in the order of the specs.

    Examples
    --------
    >>> place_labels([LabelSpec(0, 0, 1, 1, 0.3), LabelSpec(9, 0, 1, 1, 0.3)], (-20, -20, 20, 20), 0.2)
    [(0, 0), (9, 0)]
    """
    if not specs:
        return []
    if len(specs) <= _FEW and _is_roomy(specs, gap, taken):
        return [(spec.x, spec.y) for spec in specs]
    if 2 * len(specs) + len(taken) + sum(len(spec.own) for spec in specs) <= _LITTLE:
        grid = _List(taken)
    else:
        grid = _grid_with(4 * max(spec.half_height for spec in specs) + gap, tuple(taken)).copy()
    for owner, spec in enumerate(specs):
        grid.add(spec.x, spec.y, spec.glyph, spec.glyph, owner)
        for x0, y0, x1, y1 in spec.own:
            # Of nobody's number: the label keeps off them too.
            grid.add((x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2, owner + len(specs))
    center = (sum(w.x for w in specs) / len(specs), sum(w.y for w in specs) / len(specs))
    if inner:
        center = ((inner[0] + inner[2]) / 2, center[1])
    margin = _Margin(bounds, gap)
    found = []
    leaders: list[tuple[float, float, float, float]] = []
    for owner, spec in enumerate(specs):
        w, h = spec.half_width + gap / 2, spec.half_height + gap / 2
        is_patient = margin.count < _PATIENCE
        spot = None
        if inner and not spec.at_anchor and spec.is_round:
            near = _candidates(spec, w, h, center, _NEAR)
            spot = _first_free(grid, spec, owner, w, h, inner, near, leaders)
        if spot is None:
            candidates = _candidates(spec, w, h, center, len(_STEPS) if is_patient else 1)
            spot = _first_free(grid, spec, owner, w, h, bounds, candidates, leaders)
        spot = spot or margin.next(spec, w, h)
        grid.add(*spot, w, h, owner)
        if spot != (spec.x, spec.y):
            leaders.append((spec.x, spec.y, *spot))
        found.append(spot)
    _uncross(specs, found)
    return found


# A figure that is clicked on is labelled again and again around the same boxes.
@lru_cache(maxsize=16)
def _grid_with(cell: float, taken: tuple[Rect, ...]) -> _OccupiedCells:
    grid = _OccupiedCells(cell)
    for x0, y0, x1, y1 in taken:
        grid.add((x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2, (y1 - y0) / 2, -1)
    return grid


def _is_roomy(specs: Sequence[LabelSpec], gap: float, taken: Sequence[Rect]) -> bool:
    """Return whether every label has room at its anchor, with nothing moved."""
    if not all(each.at_anchor for each in specs):
        return False
    for a, b in combinations(specs, 2):
        across = b.half_width + gap + max(a.half_width, a.glyph)
        if abs(a.x - b.x) < across and abs(a.y - b.y) < b.half_height + gap + max(a.half_height, a.glyph):
            return False
    for each in specs:
        wide, high = each.half_width + gap, each.half_height + gap
        if any(x0 - wide < each.x < x1 + wide and y0 - high < each.y < y1 + high for x0, y0, x1, y1 in taken):
            return False
    return True


def _uncross(specs: Sequence[LabelSpec], spots: list[tuple[float, float]]) -> None:
    """Swap the places of two numbers whose leaders cross."""
    moved = [i for i, (w, spot) in enumerate(zip(specs, spots, strict=True)) if w.is_round and spot != (w.x, w.y)]
    for i, j in combinations(moved[:_SWAPS], 2):
        a, b = specs[i], specs[j]
        is_alike = (a.half_width, a.least_x, a.most_x) == (b.half_width, b.least_x, b.most_x)
        if is_alike and _cross(a.x, a.y, *spots[i], b.x, b.y, *spots[j]):
            spots[i], spots[j] = spots[j], spots[i]


def _first_free(
    grid: _OccupiedCells | _List,
    spec: LabelSpec,
    owner: int,
    w: float,
    h: float,
    bounds: Rect,
    candidates: Iterable[tuple[float, float]],
    leaders: list[tuple[float, float, float, float]],
) -> tuple[float, float] | None:
    if spec.at_anchor and grid.is_free(spec.x, spec.y, w, h, owner):
        return (spec.x, spec.y)
    near = leaders[-24:]
    fallback = None
    left, right = max(bounds[0], spec.least_x) + w, min(bounds[2], spec.most_x) - w
    for x, y in candidates:
        if not (left <= x <= right and bounds[1] + h <= y <= bounds[3] - h):
            continue
        if grid.is_free(x, y, w, h, owner) and _is_clear(grid, spec, owner, x, y):
            if not any(_cross(spec.x, spec.y, x, y, *line) for line in near):
                return (x, y)
            fallback = fallback or (x, y)
    return fallback


def _candidates(
    spec: LabelSpec, w: float, h: float, center: tuple[float, float], most: int
) -> Iterator[tuple[float, float]]:
    """Yield places for a label, the best first: beside it, then in so many growing rings, outward before inward."""
    reaches = [ring * 2 * w for ring in _RINGS[:most]]
    if spec.is_round and not spec.at_anchor:
        reaches = [spec.glyph + w + step * spec.half_width for step in _STEPS[:most]]
    elif not spec.at_anchor:
        dx, dy = spec.glyph + w, spec.glyph + h
        yield from ((spec.x + dx, spec.y), (spec.x - dx, spec.y), (spec.x, spec.y + dy), (spec.x, spec.y - dy))
    out = math.atan2(spec.y - center[1], spec.x - center[0])
    turn = 2 * math.pi / _DIRECTIONS
    # What is mirrored is tried in mirrored order, so that left and right of a figure look alike.
    turn *= 1 if spec.x >= center[0] else -1
    for reach in reaches:
        for i in range(_DIRECTIONS):
            angle = out + turn * ((i + 1) // 2) * (1 if i % 2 else -1)
            yield (spec.x + reach * math.cos(angle), spec.y + reach * h / w * math.sin(angle))


def _is_clear(grid: _OccupiedCells | _List, spec: LabelSpec, owner: int, x: float, y: float) -> bool:
    """Return whether the leader to a place keeps off everything, from the edge of its glyph on."""
    start = 0.35 if spec.at_anchor else min(0.9, 0.05 + spec.glyph / math.hypot(x - spec.x, y - spec.y))
    return all(
        grid.is_free(spec.x + t * (x - spec.x), spec.y + t * (y - spec.y), 0.05, 0.05, owner)
        for t in (start, max(start, 0.55), max(start, 0.75))
    )


def _cross(ax: float, ay: float, bx: float, by: float, cx: float, cy: float, dx: float, dy: float) -> bool:
    def turn(px: float, py: float, qx: float, qy: float, rx: float, ry: float) -> float:
        return (qx - px) * (ry - py) - (qy - py) * (rx - px)

    return (
        turn(ax, ay, bx, by, cx, cy) * turn(ax, ay, bx, by, dx, dy) < 0
        and turn(cx, cy, dx, dy, ax, ay) * turn(cx, cy, dx, dy, bx, by) < 0
    )


class _Margin:
    """Columns beside the bounds, filled from the top; they always have a next place."""

    def __init__(self, bounds: Rect, gap: float) -> None:
        self.bounds = bounds
        self.gap = gap
        self.columns = {1: (0.0, bounds[3]), -1: (0.0, bounds[3])}
        self.widths = {1: 0.0, -1: 0.0}
        self.count = 0

    def next(self, spec: LabelSpec, w: float, h: float) -> tuple[float, float]:
        self.count += 1
        x0, y0, x1, y1 = self.bounds
        way = 1 if spec.x >= (x0 + x1) / 2 else -1
        out, top = self.columns[way]
        if top - 2 * h < y0 and top < y1:
            out, top = out + 2 * self.widths[way], y1
            self.widths[way] = 0.0
        self.widths[way] = max(self.widths[way], w)
        self.columns[way] = (out, top - 2 * h)
        edge = x1 if way == 1 else x0
        return (edge + way * (out + w), top - h)
