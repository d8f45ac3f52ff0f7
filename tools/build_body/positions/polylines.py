"""Lines on the mesh and what is done to them: chains of zero crossings, runs that are seen, joints and stitches."""

from __future__ import annotations

import numpy as np
import shapely

from ..curves import smooth


def zero_lines(points: np.ndarray, values: np.ndarray, faces: np.ndarray) -> list[np.ndarray]:
    """Return polylines (x, y, depth) on which a value of the vertices is 0."""
    cut = (values[faces].min(axis=1) < 0) & (values[faces].max(axis=1) >= 0)
    faces = faces[cut]
    edges = np.sort(np.stack([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]], axis=1), axis=2)
    low, high = values[edges[..., 0]], values[edges[..., 1]]
    crossed = (low < 0) != (high < 0)
    share = np.where(crossed, low / np.where(crossed, low - high, 1), 0)[..., None]
    places = points[edges[..., 0]] * (1 - share) + points[edges[..., 1]] * share
    pick = np.argsort(~crossed, axis=1, kind="stable")[:, :2]
    rows = np.arange(len(faces))[:, None]
    keys = (edges[..., 0].astype(np.int64) * len(values) + edges[..., 1])[rows, pick]
    return _chains(keys.tolist(), places[rows, pick])


def _chains(keys: list[list[int]], ends: np.ndarray) -> list[np.ndarray]:
    """Return the polylines that segments between mesh edges make."""
    beside: dict[int, list[int]] = {}
    place: dict[int, np.ndarray] = {}
    for (a, b), (p, q) in zip(keys, ends, strict=True):
        beside.setdefault(a, []).append(b)
        beside.setdefault(b, []).append(a)
        place[a], place[b] = p, q
    used: set[tuple[int, int]] = set()
    lines = []
    for start in sorted(beside, key=lambda node: (len(beside[node]) != 1, node)):
        chain = [start]
        while True:
            here = chain[-1]
            ahead = [n for n in beside[here] if (min(here, n), max(here, n)) not in used]
            if not ahead:
                break
            used.add((min(here, ahead[0]), max(here, ahead[0])))
            chain.append(ahead[0])
        if len(chain) > 2:
            lines.append(np.array([place[node] for node in chain]))
    return lines


def runs(flags: np.ndarray, along: np.ndarray, shortest_gap: float, shortest_run: float) -> list[tuple[int, int]]:
    """Return first and last index of the stretches that are set; short gaps are closed, short runs dropped."""
    flags = flags.copy()

    def stretches(value: bool) -> list[tuple[int, int]]:
        edge = np.flatnonzero(np.diff(np.r_[False, flags == value, False].astype(int)))
        return list(zip(edge[::2], edge[1::2] - 1, strict=True))

    for start, end in stretches(False):
        if start > 0 and end < len(flags) - 1 and along[end] - along[start] < shortest_gap:
            flags[start : end + 1] = True
    return [(a, b) for a, b in stretches(True) if along[b] - along[a] >= shortest_run]


def opened(line: np.ndarray, shown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a closed line and its flags turned so that they begin where it is not shown."""
    start = int(np.flatnonzero(~shown)[0])
    line, shown = np.roll(line[:-1], -start, axis=0), np.roll(shown[:-1], -start)
    return np.r_[line, line[:1]], np.r_[shown, shown[:1]]


def pieces(shape: shapely.Geometry, least: float) -> list[np.ndarray]:
    """Return the lines of a geometry that are long enough."""
    if shape.geom_type == "MultiLineString":
        shape = shapely.line_merge(shape)
    parts = getattr(shape, "geoms", [shape])
    return [np.array(part.coords) for part in parts if part.geom_type == "LineString" and part.length > least]


def joined(points: np.ndarray, rings: list, reach: float) -> np.ndarray:
    """Return a line whose ends, where they stop short beside an outline, end on it."""
    for end in (0, -1):
        tip = shapely.Point(points[end])
        best = min(rings, key=lambda ring: ring.distance(tip), default=None)
        if best is None or not 0 < best.distance(tip) < reach:
            continue
        back = min(len(points) - 1, 6)
        way = points[end] - (points[back] if end == 0 else points[-1 - back])
        way = way / max(np.linalg.norm(way), 1e-9)
        onto = np.array(best.interpolate(best.project(tip)).coords[0])
        step = onto - points[end]
        if step @ way > -0.2 * np.linalg.norm(step):
            points = np.r_[onto[None], points] if end == 0 else np.r_[points, onto[None]]
    return points


def stitched(lines: list[np.ndarray], unit: float) -> list[np.ndarray]:
    """Return lines of which those that go on from each other are one."""
    lines = list(lines)
    while True:
        best = None
        for i, first in enumerate(lines):
            for j in range(i + 1, len(lines)):
                found = _gap(first, lines[j], unit)
                if found and (best is None or found[0] < best[0]):
                    best = (*found, i, j)
        if best is None:
            return lines
        _, ends, i, j = best
        a = lines[i] if ends[0] == -1 else lines[i][::-1]
        b = lines[j] if ends[1] == 0 else lines[j][::-1]
        lines = [line for k, line in enumerate(lines) if k not in (i, j)]
        lines.append(smooth(np.r_[a, b], 0.4 * unit, 0.12 * unit))


def _gap(first: np.ndarray, second: np.ndarray, unit: float) -> tuple | None:
    """Return the gap between two lines and which ends meet, None where they do not go on from each other."""
    best = None
    for a in (0, -1):
        for b in (0, -1):
            gap = second[b] - first[a]
            size = np.linalg.norm(gap)
            if size > 2.6 * unit or (best and size >= best[0]):
                continue
            out, back, way = _tangent(first, a), _tangent(second, b), gap / max(size, 1e-9)
            if out @ back < -0.35 and (size < 0.6 * unit or (out @ way > 0.5 and back @ way < -0.5)):
                best = (size, (a, b))
    return best


def _tangent(line: np.ndarray, end: int) -> np.ndarray:
    k = min(len(line) - 1, 8)
    step = line[0] - line[k] if end == 0 else line[-1] - line[-1 - k]
    return step / max(np.linalg.norm(step), 1e-9)
