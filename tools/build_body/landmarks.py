"""Find the landmarks of the body: palpable bony places from the fitted bones, others from the skin itself."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from .bones import Skeleton
from .labels import read_authored

ENDS = 8
SOURCES = {"bone": "myosim;makehuman", "joint": "myosim;makehuman", "on": "makehuman", "between": "makehuman"}
# Axis the line runs along, and which of its meetings with the skin counts: the last (+1) or the first (-1).
LINES = {"front": (2, 1), "back": (2, -1), "outer": (0, 1), "inner": (0, -1), "below": (1, -1), "above": (1, 1)}


@dataclass(frozen=True)
class Landmark:
    """A named place on the client's left, in cm, and how far it had to be moved to lie at its depth under the skin."""

    id: str
    label: str
    paired: bool
    place: np.ndarray
    basis: str
    source: str
    moved: float
    felt_on: tuple[str, ...] = ()


class Skin:
    """The skin of the standing body, left half, for questions about single places."""

    def __init__(self, vertices: np.ndarray, faces: np.ndarray, arm_share: np.ndarray):
        keep = (vertices[:, 0] > -1)[faces].all(axis=1) & (arm_share[faces] < 0.5).all(axis=1)
        self._corners = vertices[faces[keep]]
        centres = self._corners.mean(axis=1)
        normals = np.cross(self._corners[:, 1] - self._corners[:, 0], self._corners[:, 2] - self._corners[:, 0])
        self._normals = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
        self._centres, self._tree = centres, cKDTree(centres)

    def meet(self, side: str, at: tuple[float, float]) -> np.ndarray:
        """Return where a line straight through the body meets the skin on one side."""
        axis, sign = LINES[side]
        flat = {0: [2, 1], 1: [0, 2], 2: [0, 1]}[axis]
        a, b, c = (self._corners[:, i][:, flat] for i in range(3))
        first, second, offset = b - a, c - a, np.array(at) - a
        area = first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]
        area = np.where(np.abs(area) < 1e-12, np.inf, area)
        u = (offset[:, 0] * second[:, 1] - offset[:, 1] * second[:, 0]) / area
        v = (first[:, 0] * offset[:, 1] - first[:, 1] * offset[:, 0]) / area
        hit = (u >= -1e-6) & (v >= -1e-6) & (u + v <= 1 + 1e-6) & (area != np.inf)
        along = self._corners[hit][:, :, axis]
        heights = along[:, 0] + u[hit] * (along[:, 1] - along[:, 0]) + v[hit] * (along[:, 2] - along[:, 0])
        place = np.empty(3)
        place[flat], place[axis] = at, sign * (sign * heights).max()
        return place

    def depth(self, place: np.ndarray) -> float:
        """Return how far a place lies under the nearest skin; negative outside."""
        _, index = self._tree.query(place)
        return float((self._centres[index] - place) @ self._normals[index])

    def settle(self, place: np.ndarray, depth: float, midline: bool) -> np.ndarray:
        """Return the place moved along the nearest skin's normal to a depth."""
        for _ in range(8):
            _, index = self._tree.query(place, k=12)
            normal = self._normals[index].mean(axis=0)
            if midline:
                normal[0] = 0
            normal /= np.linalg.norm(normal)
            place = place + normal * (self.depth(place) - depth)
        return place


def find_landmarks(skeleton: Skeleton, trunk: Skin, arm: Skin) -> dict[str, Landmark]:
    """Return all landmarks by id, in the order they are authored in."""
    found: dict[str, Landmark] = {}
    for key, entry in read_authored("landmarks").items():
        skin = arm if entry.get("of") == "arm" else trunk
        place = _raw_place(entry, skeleton, skin, found)
        place = place + np.array(entry.get("shift", [0.0, 0.0, 0.0]))
        midline = entry.get("midline", False)
        if midline:
            place[0] = 0.0
        start = place
        if "depth" in entry:
            place = skin.settle(place, entry["depth"], midline)
        way = next(way for way in SOURCES if way in entry)
        moved = float(np.linalg.norm(place - start))
        basis = entry.get("basis", "source")
        rounded, felt_on = np.round(place, 2) + 0.0, tuple(entry.get("felt_on", ()))
        found[key] = Landmark(key, entry["label"], not midline, rounded, basis, SOURCES[way], moved, felt_on)
    return found


def _raw_place(entry: dict, skeleton: Skeleton, skin: Skin, found: dict[str, Landmark]) -> np.ndarray:
    """Return where an authored entry points to, before it is moved."""
    if "joint" in entry:
        return skeleton.joints[entry["joint"]]
    if "between" in entry:
        start, end = (found[name].place for name in entry["between"])
        return start + entry["share"] * (end - start)
    if "on" in entry:
        at = list(entry["at"])
        if "level_of" in entry:
            at[1] = found[entry["level_of"]].place[1]
        return skin.meet(entry["on"], tuple(at))
    bone = skeleton[entry["bone"]]
    low, high = np.array(entry.get("within", [[-99] * 3, [999] * 3]))
    bone = bone[((bone >= low) & (bone <= high)).all(axis=1)]
    farthest = np.argsort(-(bone @ np.array(entry["toward"], float)), kind="stable")[: entry.get("count", ENDS)]
    return bone[farthest].mean(axis=0)


def write_landmarks(landmarks: dict[str, Landmark], folder: Path) -> None:
    """Write landmarks.csv."""
    with (folder / "landmarks.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "label", "paired", "x_cm", "y_cm", "z_cm", "felt_on", "basis", "source"])
        for mark in landmarks.values():
            place = [f"{value:.2f}" for value in mark.place]
            paired, felt_on = "yes" if mark.paired else "no", ";".join(mark.felt_on)
            table.writerow([mark.id, mark.label, paired, *place, felt_on, mark.basis, mark.source])
