"""From a rule to a place on the body: so far from one landmark to another, then so much aside.

Rules are rows of a guide's `places.csv` and `landmarks.csv`; they are given for the client's left. The sum itself is
`guide/landmarks/body.py`, as whoever writes a guide needs it, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from selfcare_kit.body.place.atlas import XYZ
from selfcare_kit.errors import GuideError, quoted
from selfcare_kit.guide.cells import Row, read_table
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.landmarks.body import place_on_way
from selfcare_kit.guide.records import DerivedLandmark, FromLandmarks

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


def apply_rule(rule: FromLandmarks, landmarks: Mapping[str, XYZ], units: Mapping[str, float]) -> XYZ:
    """Return the position a rule describes.

    Parameters
    ----------
    rule : FromLandmarks
        Two landmarks, how far from one to the other, and three offsets.
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
        If a landmark or a unit is not known.
    """
    for column, name in (("from_landmark", rule.from_landmark), ("to_landmark", rule.to_landmark)):
        if name not in landmarks and (name or column == "from_landmark"):
            raise GuideError(
                f"{column} of {rule.called!r} must be a landmark, got {quoted(name)}; see atlas().landmarks."
            )
    if rule.offset_unit not in units:
        raise GuideError(
            f"offset_unit of {rule.called!r} must be one of {', '.join(filter(None, units))}, "
            f"got {quoted(rule.offset_unit)}; correct its row."
        )
    start, length = landmarks[rule.from_landmark], units[rule.offset_unit]
    end = landmarks[rule.to_landmark] if rule.to_landmark else start
    lateral, up, front = (length * (each or 0.0) for each in (rule.offset_lateral, rule.offset_up, rule.offset_front))
    return place_on_way(start, end, rule.fraction or 0.0, (lateral, up, front))


def derive_landmarks(landmarks: Mapping[str, XYZ], derived: Iterable[DerivedLandmark]) -> dict[str, XYZ]:
    """Add the landmarks that a guide derives from others.

    Parameters
    ----------
    landmarks : mapping of str to tuple of float
        Those of the body.
    derived : iterable of DerivedLandmark
        One may rest on another, in any order.

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
    waiting = list(derived)
    while waiting:
        ready = [each for each in waiting if {each.from_landmark, each.to_landmark} - {""} <= known.keys()]
        if not ready:
            apply_rule(waiting[0], known, units)
        for each in ready:
            known[each.id] = apply_rule(each, known, units)
        waiting = [each for each in waiting if each.id not in known]
    return known


def flip(xyz: XYZ) -> XYZ:
    """Return the place on the client's other side."""
    return (-xyz[0], xyz[1], xyz[2])
