"""Postures as data: the authored table, and limbs that take the places it gives."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np

from .pose import Pose
from .vectors import Y, Z, unit

AUTHORED = Path(__file__).resolve().parents[1] / "authored" / "positions.toml"
SIDES = (("L", 1.0), ("R", -1.0))


@lru_cache(maxsize=1)
def table() -> dict:
    """Return the authored postures."""
    return tomllib.loads(AUTHORED.read_text(encoding="utf-8"))


def mirrored(vector: list[float], sign: float) -> np.ndarray:
    """Return an authored direction for one side."""
    return np.array(vector, float) * [sign, 1, 1]


def set_arm(pose: Pose, side: str, name: str, axes: np.ndarray) -> float:
    """Put an arm at ease; `axes` are the posture's left, up and ahead as columns."""
    row, sign = table()["arms"][name], 1.0 if side == "L" else -1.0

    def way(column: str) -> np.ndarray:
        return axes @ mirrored(row[column], sign)

    miss = pose.arm(side, pose.at(f"{row['from']}.{side}") + way("by"), way("elbow"))
    pose.hand(side, unit(way("fingers")), unit(way("palm")))
    pose.curl(side, row["curl"])
    return miss


def set_leg(pose: Pose, side: str, row: dict) -> float:
    """Put a foot somewhere: `by` from the hip or a named joint, at height `y` above the floor where that is given."""
    sign = 1.0 if side == "L" else -1.0
    ankle = pose.at(f"{row.get('from', 'upperleg01')}.{side}") + mirrored(row["by"], sign)
    if "y" in row:
        ankle[1] = row["y"]
    if "x" in row:
        ankle[0] = row["x"] * sign
    toes = mirrored(row.get("toes", [0.1, 0, 1]), sign)
    up = mirrored(row.get("up", [0, 1, 0]), sign)
    return pose.leg(side, ankle, mirrored(row.get("knee", [0, 0.3, 1]), sign), (unit(toes), unit(up)))


def pitched(degrees: float, out: float = 0.1) -> tuple[np.ndarray, np.ndarray]:
    """Return forward and up of a foot whose toes are lifted."""
    a = np.radians(degrees)
    return unit(np.array([out, 0, 0]) + np.sin(a) * Y + np.cos(a) * Z), np.cos(a) * Y - np.sin(a) * Z
