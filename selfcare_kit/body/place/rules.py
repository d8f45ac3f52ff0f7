"""From a rule to a position: so far from one landmark to another, then so much aside.

Rules are rows of a guide's `places.csv` and `landmarks.csv`; they are given for the client's left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from selfcare_kit.body.place.atlas import XYZ
from selfcare_kit.errors import GuideError, quoted
from selfcare_kit.guide.cells import read_table
from selfcare_kit.guide.data import data_folder

Row = Mapping[str, str]
FLOOR = (0.0, 0.0, 0.0)
AXES = {"across": 0, "up": 1}


@lru_cache(maxsize=1)
def cun_segments() -> tuple[Row, ...]:
    """Return the segments of the body that have a cun of their own, as the data describes them."""
    return read_table(data_folder() / "body" / "cun.csv", ("unit", "from_landmark", "to_landmark", "along", "parts"))


def cun_lengths(landmarks: Mapping[str, XYZ]) -> dict[str, float]:
    """Return the length of each named cun in cm.

    Parameters
    ----------
    landmarks : mapping of str to tuple of float
        Positions by landmark id.

    Returns
    -------
    dict of str to float
        "cm" itself, and one cun for each segment whose ends are known.
    """
    lengths = {"": 1.0, "cm": 1.0}
    for row in cun_segments():
        start, end = (landmarks.get(row[column]) for column in ("from_landmark", "to_landmark"))
        end = end if row["to_landmark"] else FLOOR
        if start and end:
            axis = AXES[row["along"]]
            lengths[row["unit"]] = abs(end[axis] - start[axis]) / int(row["parts"])
    return lengths


def number_in(row: Row, column: str) -> float:
    """Return the number in a cell, 0 where it is empty."""
    text = row.get(column) or ""
    try:
        return float(text) if text else 0.0
    except ValueError:
        raise GuideError(f"{column} of {row['id']!r} must be a number, got {quoted(text)}; correct its row.") from None


def apply_rule(row: Row, landmarks: Mapping[str, XYZ], units: Mapping[str, float]) -> XYZ:
    """Return the position a rule describes.

    Parameters
    ----------
    row : mapping of str to str
        `from_landmark`, `to_landmark`, `fraction`, the three offsets and `offset_unit`.
    landmarks : mapping of str to tuple of float
        Positions by landmark id.
    units : mapping of str to float
        Length of each offset unit in cm.

    Returns
    -------
    tuple of float
        x, y, z in cm, for the client's left.

    Raises
    ------
    GuideError
        If a landmark or a unit is not known, or a number is not one.
    """
    for column in ("from_landmark", "to_landmark"):
        name = row[column]
        if name not in landmarks and (name or column == "from_landmark"):
            raise GuideError(
                f"{column} of {row['id']!r} must be a landmark, got {quoted(name)}; see atlas().landmarks."
            )
    unit = row.get("offset_unit") or ""
    if unit not in units:
        raise GuideError(
            f"offset_unit of {row['id']!r} must be one of {', '.join(filter(None, units))}, got {quoted(unit)}; "
            "correct its row."
        )
    x, y, z = landmarks[row["from_landmark"]]
    if row["to_landmark"]:
        t = number_in(row, "fraction")
        x1, y1, z1 = landmarks[row["to_landmark"]]
        x, y, z = x + t * (x1 - x), y + t * (y1 - y), z + t * (z1 - z)
    length = units[unit]
    return (
        x + length * number_in(row, "offset_lateral"),
        y + length * number_in(row, "offset_up"),
        z + length * number_in(row, "offset_front"),
    )


def derive_landmarks(landmarks: Mapping[str, XYZ], rows: Iterable[Row]) -> dict[str, XYZ]:
    """Add the landmarks that a guide derives from others.

    Parameters
    ----------
    landmarks : mapping of str to tuple of float
        Those of the body.
    rows : iterable of mapping
        Rows of `landmarks.csv`; one may rest on another, in any order.

    Returns
    -------
    dict of str to tuple of float
        All of them.

    Raises
    ------
    GuideError
        If one rests on a landmark that is not there, or two rest on each other.
    """
    known = dict(landmarks)
    units = cun_lengths(landmarks)
    waiting = list(rows)
    while waiting:
        ready = [r for r in waiting if {r["from_landmark"], r["to_landmark"]} - {""} <= known.keys()]
        if not ready:
            apply_rule(waiting[0], known, units)
        for row in ready:
            known[row["id"]] = apply_rule(row, known, units)
        waiting = [row for row in waiting if row["id"] not in known]
    return known


def flip(xyz: XYZ) -> XYZ:
    """Return the place on the client's other side."""
    return (-xyz[0], xyz[1], xyz[2])
