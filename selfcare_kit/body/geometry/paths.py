"""Path strings of the atlas: SVG path data with whole numbers, read without any library.

A subpath is an absolute "M", then relative "c" and "l", and "z" when it is closed. Strings count
in units of the view with y down; what is read from them is in cm with y up.
"""

# Annotations are not postponed here: those of a named tuple would be compiled one by one at import.
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

XY = tuple[float, float]

# From row to row of a grid whose places are equally far from each other in all directions.
ROW_RISE = 0.866


class Subpath(NamedTuple):
    """One run of a path, in absolute cm.

    `segments` holds 1 point for a line and 3 (two handles and the end) for a cubic.
    """

    start: XY
    segments: tuple[tuple[XY, ...], ...]
    closed: bool


def _numbers(d: str) -> list[tuple[str, list[int]]]:
    """Split path data into commands with their numbers."""
    for sign, spaced in (("M", " M "), ("c", " c "), ("l", " l "), ("z", " z "), ("-", " -")):
        d = d.replace(sign, spaced)
    commands: list[tuple[str, list[int]]] = []
    for token in d.split():
        if token in ("M", "c", "l", "z"):
            commands.append((token, []))
        else:
            commands[-1][1].append(int(token))
    return commands


def parse(d: str, unit_cm: float = 1.0) -> tuple[Subpath, ...]:
    """Read a path string.

    Parameters
    ----------
    d : str
        Path data of the atlas.
    unit_cm : float, default=1.0
        Length of one unit.

    Returns
    -------
    tuple of Subpath
        In cm, y up.

    Examples
    --------
    >>> parse("M0 0l10 0 0-10z", 0.1)[0].segments
    (((1.0, 0.0),), ((1.0, 1.0),))
    """
    found = []
    x = y = 0
    start: XY = (0.0, 0.0)
    segments: list[tuple[XY, ...]] = []
    is_open = False

    def close(closed: bool) -> None:
        if is_open:
            found.append(Subpath(start, tuple(segments), closed))

    for command, values in _numbers(d):
        if command == "M":
            close(False)
            x, y = values
            start, segments, is_open = (x * unit_cm, -y * unit_cm), [], True
        elif command == "z":
            close(True)
            is_open = False
        else:
            step = 6 if command == "c" else 2
            for at in range(0, len(values), step):
                pairs = zip(values[at : at + step : 2], values[at + 1 : at + step : 2], strict=True)
                points = tuple((round((x + dx) * unit_cm, 6), round(-(y + dy) * unit_cm, 6)) for dx, dy in pairs)
                segments.append(points)
                x += values[at + step - 2]
                y += values[at + step - 1]
    close(False)
    return tuple(found)


def join(values: Sequence[int]) -> str:
    """Write whole numbers with as few separators as path data allows."""
    return "".join(str(v) if v < 0 or not i else f" {v}" for i, v in enumerate(values))


def mirror(d: str) -> str:
    """Mirror a path string left to right, about x = 0.

    Parameters
    ----------
    d : str
        Path data of the atlas.

    Returns
    -------
    str
        Path data of the mirror image; mirroring it again gives the first one back.

    Examples
    --------
    >>> mirror("M3 0l-10 5z")
    'M-3 0l10 5z'
    """
    return "".join(
        command + join([-v if i % 2 == 0 else v for i, v in enumerate(values)]) for command, values in _numbers(d)
    )


def split(d: str) -> tuple[str, ...]:
    """Split a path string into its subpaths.

    Parameters
    ----------
    d : str
        Path data of the atlas.

    Returns
    -------
    tuple of str
        One string for each "M".
    """
    return tuple(f"M{part}" for part in d.split("M")[1:])


def flatten(d: str, unit_cm: float = 1.0, steps: int = 6) -> tuple[tuple[XY, ...], ...]:
    """Turn a path string into polygons.

    Parameters
    ----------
    d : str
        Path data of the atlas.
    unit_cm : float, default=1.0
        Length of one unit.
    steps : int, default=6
        Straight pieces for each cubic.

    Returns
    -------
    tuple of tuple of point
        One ring for each subpath, in cm, y up, the last point not repeated.
    """
    rings = []
    for subpath in parse(d, unit_cm):
        ring = [subpath.start]
        for segment in subpath.segments:
            if len(segment) == 1:
                ring.append(segment[0])
            else:
                ring.extend(_cubic(ring[-1], *segment, steps))
        if len(ring) > 1 and ring[-1] == ring[0]:
            ring.pop()
        rings.append(tuple(ring))
    return tuple(rings)


def _cubic(a: XY, b: XY, c: XY, e: XY, steps: int) -> list[XY]:
    points = []
    for i in range(1, steps + 1):
        t = i / steps
        u = 1 - t
        w = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        points.append(
            (
                w[0] * a[0] + w[1] * b[0] + w[2] * c[0] + w[3] * e[0],
                w[0] * a[1] + w[1] * b[1] + w[2] * c[1] + w[3] * e[1],
            )
        )
    return points


def contains(rings: Sequence[Sequence[XY]], x: float, y: float) -> bool:
    """Return whether a place is inside polygons, holes left out (even-odd rule).

    Parameters
    ----------
    rings : sequence of sequence of point
        As `flatten` gives them.
    x, y : float
        The place, in cm.

    Returns
    -------
    bool
        True when it is inside.
    """
    inside = False
    for ring in rings:
        x0, y0 = ring[-1]
        was_above = y0 > y
        for x1, y1 in ring:
            is_above = y1 > y
            if is_above != was_above:
                was_above = is_above
                if x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                    inside = not inside
            x0, y0 = x1, y1
    return inside


def bounds(rings: Sequence[Sequence[XY]]) -> tuple[float, float, float, float]:
    """Return the smallest box around polygons.

    Parameters
    ----------
    rings : sequence of sequence of point
        As `flatten` gives them.

    Returns
    -------
    tuple of float
        x0, y0, x1, y1 in cm.
    """
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def closed_curve(ring: Sequence[XY], unit_cm: float = 1.0) -> str:
    """Write a smooth closed curve through places as a path string.

    Parameters
    ----------
    ring : sequence of point
        At least three places in cm, y up, evenly spaced; the first is not repeated.
    unit_cm : float, default=1.0
        Length of one unit.

    Returns
    -------
    str
        Path data of the atlas: one cubic from each place to the next.

    Examples
    --------
    >>> closed_curve([(0, 0), (6, 0), (6, -6), (0, -6)])
    'M0 0c1-1 5-1 6 0 1 1 1 5 0 6-1 1-5 1-6 0-1-1-1-5 0-6z'
    """
    scaled = [(x / unit_cm, -y / unit_cm) for x, y in ring]
    places = [(round(x), round(y)) for x, y in scaled]
    count = len(ring)
    values: list[int] = []
    for i in range(count):
        a, b, c, e = (scaled[(i + k) % count] for k in (-1, 0, 1, 2))
        x, y = places[i]
        for place in (
            (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6),
            (c[0] - (e[0] - b[0]) / 6, c[1] - (e[1] - b[1]) / 6),
            places[(i + 1) % count],
        ):
            values += [round(place[0]) - x, round(place[1]) - y]
    return f"M{join(places[0])}c{join(values)}z"


def grid(box: tuple[float, float, float, float], space: float) -> Iterator[XY]:
    """Yield evenly spread places of a box, every second row shifted by half a space.

    Parameters
    ----------
    box : tuple of float
        x0, y0, x1, y1.
    space : float
        From place to place in a row.

    Yields
    ------
    tuple of float
        x, y.
    """
    x0, y0, x1, y1 = box
    rise = space * ROW_RISE
    # Counted from the origin, so that the places of two boxes fit together.
    for row in range(math.floor(y0 / rise), math.ceil(y1 / rise) + 1):
        shift = space / 2 if row % 2 else 0.0
        for column in range(math.floor((x0 - shift) / space), math.ceil((x1 - shift) / space) + 1):
            yield (column * space + shift, row * rise)
