"""The way the skin faces: a map of normals for every surface that a place can lie on, so any guide's point has one.

A map looks straight at a surface. Its cells hold the mean normal of the skin around the place where the line of sight
meets it, over a patch about as large as the search area of a point. Two letters a cell: how much the normal leans to
the map's right and up; the rest of it points at the viewer. Rows run upwards; a cell without skin is blank.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from . import camera
from .body import Body
from .camera import View

# As in selfcare_kit/body/place/skin.py, which reads them: the letters from -1 to 1.
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
TOP_OF_FOOT = np.array([[1.0, 0, 0], [0, 0.375, -0.927], [0, 0.927, 0.375]])
# By surface: the camera, the size of a cell, the radius of a patch and the highest place, all in cm.
SURFACES = {
    "back": (camera.BACK, 1.5, 1.8, 175.0),
    "front": (camera.FRONT, 1.5, 1.8, 175.0),
    "side": (camera.LEFT, 1.5, 1.8, 175.0),
    "inner": (camera.INNER, 1.5, 1.8, 90.0),
    "sole": (camera.BELOW, 0.75, 1.0, 9.0),
    "foot_top": (TOP_OF_FOOT, 0.75, 1.0, 14.0),
}
FOOT, FOOT_PATCH = 10.0, 1.0
PIXELS = 4.0
# Skin that turns further away than this from that of a cell belongs to another side, such as the other buttock.
SAME_SIDE = 0.2


def skin_record(body: Body) -> dict:
    """Return the maps of the left half of the standing body by surface, and one of the arm seen from the side."""
    stand = body.vertices["stand"]
    left = stand[:, 0] > -1e-6
    trunk = left & (body.arm_share < 0.5)
    arm = left & (body.arm_share >= 0.5)
    maps = {}
    for name, (rotation, cell, patch, top) in SURFACES.items():
        # From the side the arm would hide the hip, from the inner side the other way round.
        part = trunk if name in ("side", "inner") else left
        maps[name] = _map(body, part & (stand[:, 1] < top), rotation, cell, patch)
    maps["arm"] = _map(body, arm, camera.LEFT, 1.5, 1.8)
    return {"arm_beyond_cm": round(float(stand[trunk & (stand[:, 1] < 120), 0].max()), 1), "maps": maps}


def _map(body: Body, part: np.ndarray, rotation: np.ndarray, cell: float, patch: float) -> dict:
    """Return one map: camera, where its first cell is, the cell's size, and rows of (first column, letters)."""
    view = View(body.scene("stand", body.faces_where(part)), rotation, PIXELS)
    known = np.flatnonzero(part)
    tree = cKDTree(body.vertices["stand"][known])
    normals = body.normals[known]
    x0, y0 = (np.floor(edge / cell) * cell for edge in view.box[:2])
    rows = []
    for y in np.arange(y0, view.box[3], cell):
        spots = np.c_[np.arange(x0, view.box[2], cell), np.full(len(np.arange(x0, view.box[2], cell)), y)]
        row, column = view.cells(spots)
        inside = (spots > view.box[:2]).all(axis=1) & (spots < view.box[2:]).all(axis=1) & view.mask[row, column]
        letters = [
            _letters(view.standing[r, c], view.standing_normals[r, c], tree, normals, rotation, patch) if seen else "  "
            for r, c, seen in zip(row, column, inside, strict=True)
        ]
        first = next((i for i, each in enumerate(letters) if each.strip()), 0)
        rows.append([first, "".join(letters[first:]).rstrip()])
    camera_rows = (np.round(rotation, 3) + 0.0).tolist()
    return {"camera": camera_rows, "origin": [float(x0), float(y0)], "cell_cm": cell, "rows": rows}


def _letters(
    place: np.ndarray, own: np.ndarray, tree: cKDTree, normals: np.ndarray, rotation: np.ndarray, patch: float
) -> str:
    """Return the two letters of the skin around a place."""
    near = tree.query_ball_point(place, FOOT_PATCH if place[1] < FOOT else patch)
    around = normals[sorted(near)] if near else own[None]
    around = around[around @ own > SAME_SIDE * np.linalg.norm(own)]
    mean = (around if len(around) else own[None]).mean(axis=0)
    seen = rotation @ mean / np.linalg.norm(mean)
    middle = (len(LETTERS) - 1) / 2
    return "".join(LETTERS[int(np.clip(np.rint(middle * (1 + part)), 0, 2 * middle))] for part in seen[:2])


def write_skin(body: Body, folder: Path) -> None:
    """Write skin.json."""
    text = json.dumps(skin_record(body), ensure_ascii=True, separators=(",", ":"))
    (folder / "skin.json").write_text(text + "\n", encoding="utf-8", newline="\n")
