"""Landmarks of the reference body, and on which surfaces a hand feels them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from selfcare_kit.body.place.skin import XYZ
from selfcare_kit.guide.cells import split

XYZ_COLUMNS = ("x_cm", "y_cm", "z_cm")


class Landmark(NamedTuple):
    """A place of the reference body, for the client's left; `felt_on` are the surfaces on which a hand feels it."""

    id: str
    label: str
    xyz: XYZ
    felt_on: tuple[str, ...] = ()


def landmark_of(row: Mapping[str, str]) -> Landmark:
    """Return the landmark that a row of `landmarks.csv` tells."""
    x, y, z = (float(row[column]) for column in XYZ_COLUMNS)
    return Landmark(row["id"], row["label"], (x, y, z), split(row["felt_on"]))
