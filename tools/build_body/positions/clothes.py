"""Shorts, top and hair as signed distances on the body at rest: where they end is a seam, inside them is tone."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..human import Rig
from ..neutral import Neighbours

AUTHORED = Path(__file__).resolve().parents[1] / "authored" / "clothes.toml"
SHORTS, TOP, HAIR = range(3)
HEAD = (
    "head", "jaw", "special", "temporalis", "levator", "oculi", "orbicularis", "eye", "oris", "risorius", "tongue",
)  # fmt: skip
FAR = 9.0


@dataclass(frozen=True)
class Clothes:
    """The dressed body at rest: smoothed skin, what each vertex is moved out, and how deep it lies in each garment."""

    rest: np.ndarray
    offset: np.ndarray
    depth: np.ndarray


def read_clothes() -> dict:
    """Return the authored numbers of the clothes."""
    return tomllib.loads(AUTHORED.read_text(encoding="utf-8"))


def dress(shape: np.ndarray, rig: Rig, joints: dict, arm: np.ndarray, neighbours: Neighbours) -> Clothes:
    """Return the clothes of a body at rest.

    Parameters
    ----------
    shape : numpy.ndarray
        The neutral body at rest.
    rig, joints
        Its rig, and where the bones are.
    arm : numpy.ndarray
        How much of each vertex moves with an arm.
    neighbours : Neighbours
        Of the mesh.
    """
    cut = read_clothes()
    depth = np.stack([_shorts(shape, arm, cut["shorts"]), _top(shape, joints, cut["top"])], axis=1)
    depth = np.c_[depth, _hair(shape, rig, cut["hair"])].clip(-FAR, FAR)
    rest = shape
    for column, name in ((SHORTS, "shorts"), (TOP, "top"), (HAIR, "hair")):
        share, times = cut[name]["bridge"]
        rest = neighbours.relax(rest, np.clip(depth[:, column] / 2, 0, 1) * share, times)
    x, y, wide, front, share, times = cut["top"]["chest"]
    chest = np.exp(-(((np.abs(shape[:, 0]) - x) / wide) ** 2) - ((shape[:, 1] - y) / wide) ** 2) * (shape[:, 2] > front)
    rest = neighbours.relax(rest, share * chest, times)
    return Clothes(rest, _offset(shape, depth, cut), depth)


def _offset(shape: np.ndarray, depth: np.ndarray, cut: dict) -> np.ndarray:
    """Return how far cloth and hair stand off the skin, rising gently from their seams."""

    def ramp(column: int, width: float) -> np.ndarray:
        return np.clip(depth[:, column] / width + 0.5, 0, 1)

    offset = np.maximum(cut["shorts"]["thick"] * ramp(SHORTS, 1.0), cut["top"]["thick"] * ramp(TOP, 1.0))
    low = np.clip((cut["shorts"]["flare_from"] - shape[:, 1]) / cut["shorts"]["flare_over"], 0, 1)
    offset = offset + cut["shorts"]["flare"] * ramp(SHORTS, 1.0) * low
    return np.maximum(offset, cut["hair"]["thick"] * ramp(HAIR, 2.0))


def _shorts(shape: np.ndarray, arm: np.ndarray, cut: dict) -> np.ndarray:
    y = shape[:, 1]
    return np.where(arm < 0.35, np.minimum(y - cut["hem"], cut["waist"] - y), -FAR)


def _top(shape: np.ndarray, joints: dict, cut: dict) -> np.ndarray:
    x, y, z = shape.T
    shoulder, elbow = joints["upperarm01.L"][0], joints["lowerarm01.L"][0]
    size = np.linalg.norm(elbow - shoulder)
    along = (np.c_[np.abs(x), y, z] - shoulder) @ (elbow - shoulder) / size
    sleeve = np.where(np.abs(x) > cut["sleeve_from"], cut["sleeve"] * size - along, FAR)
    height, tilt, axis = cut["neck_plane"]
    squeeze, behind, radius, slope = cut["neck_ring"]
    plane = height + tilt * (-z - axis) - y
    neck = np.maximum(plane, (np.hypot(np.abs(x), squeeze * (z + behind)) - radius) * slope)
    return np.minimum.reduce([y - cut["hem"], np.minimum(neck, cut["neck_top"] - y), sleeve])


def _hair(shape: np.ndarray, rig: Rig, cut: dict) -> np.ndarray:
    head = rig.weight_of(*HEAD, "neck") > 0.5
    return np.where(head, shape[:, 1] - np.interp(shape[:, 2], cut["depth"], cut["height"]), -FAR)
