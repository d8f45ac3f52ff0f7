"""Landmarks of the reference body: where they are, on which surfaces a hand feels them, and the way between two."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from selfcare_kit.guide.cells import Row, read_table, split
from selfcare_kit.guide.data import data_folder

XYZ = tuple[float, float, float]
XYZ_COLUMNS = ("x_cm", "y_cm", "z_cm")


class Landmark(NamedTuple):
    """A place of the reference body, for the client's left; `felt_on` are the surfaces on which a hand feels it."""

    id: str
    label: str
    xyz: XYZ
    felt_on: tuple[str, ...] = ()


def place_on_way(start: XYZ, end: XYZ, fraction: float, offsets: XYZ) -> XYZ:
    """Return the place some of the way from one place to another, and then so far outward, up and to the front."""
    x, y, z = (a + fraction * (b - a) + offset for a, b, offset in zip(start, end, offsets, strict=True))
    return (x, y, z)


def landmark_of(row: Row) -> Landmark:
    """Return the landmark that a row of `landmarks.csv` tells."""
    x, y, z = (float(row[column]) for column in XYZ_COLUMNS)
    return Landmark(row["id"], row["label"], (x, y, z), split(row["felt_on"]))


@lru_cache(maxsize=1)
def body_landmarks() -> Mapping[str, Landmark]:
    """Return the landmarks of the body that ships with the kit, by id."""
    rows = read_table(data_folder() / "body" / "landmarks.csv", ("id", "label", *XYZ_COLUMNS, "felt_on"))
    return {row["id"]: landmark_of(row) for row in rows}
