"""How far toward the viewer the skin lies in each view, so that a spot on a drawing is a place on the body.

A grid for each view: at the middle of a cell the depth of the nearest skin, in tenths of a cm along `toward_viewer`.
Rows run upwards. A row holds runs of cells with skin: the first column, the first depth, then what each differs from
the one before it.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from .body import Body
from .camera import View
from .plans import PLANS, Plan

# In cm: feet are small, and drawn larger.
CELL, FOOT_CELL = 1.0, 0.5
PIXELS, FOOT_PIXELS = 6.0, 12.0
FEET = ("sole", "foot_top")
PER_CM = 10
# Skin that a pose moved further than this in the picture, such as an arm that reaches forward, is not where it stands.
SAME_PLACE = 0.6


def depth_record(body: Body, views: dict[str, dict]) -> dict:
    """Return the grids; `views` are the records of the view files, whose cameras they belong to."""
    return {"per_cm": PER_CM, "views": {name: _grid(body, PLANS[name], record) for name, record in views.items()}}


def _grid(body: Body, plan: Plan, record: dict) -> dict:
    is_foot = plan.name in FEET
    cell = FOOT_CELL if is_foot else CELL
    view = View(plan.scene(body), plan.rotation, FOOT_PIXELS if is_foot else PIXELS)
    camera, toward = np.array(record["camera"]), np.array(record["toward_viewer"])
    x0, y0 = (np.floor(edge / cell) * cell for edge in view.box[:2])
    columns = np.arange(x0, view.box[2], cell)
    rows = [
        _runs(view, np.c_[columns, np.full(len(columns), y)], camera, toward) for y in np.arange(y0, view.box[3], cell)
    ]
    return {"origin": [float(x0), float(y0)], "cell_cm": cell, "rows": rows}


def _runs(view: View, spots: np.ndarray, camera: np.ndarray, toward: np.ndarray) -> list[list[int]]:
    row, column = view.cells(spots)
    standing = view.standing[row, column]
    inside = (spots > view.box[:2]).all(axis=1) & (spots < view.box[2:]).all(axis=1) & view.mask[row, column]
    inside &= np.linalg.norm(standing @ camera[:, :3].T + camera[:, 3] - spots, axis=1) < SAME_PLACE
    depths = np.rint(standing @ toward * PER_CM).astype(int)
    runs: list[list[int]] = []
    for number in np.flatnonzero(inside):
        if number and inside[number - 1]:
            runs[-1].append(int(depths[number] - depths[number - 1]))
        else:
            runs.append([int(number), int(depths[number])])
    return runs


def write_depths(body: Body, folder: Path) -> None:
    """Write depths.json; the view files are there already."""
    views = {name: json.loads((folder / f"{name}.json").read_bytes()) for name in PLANS}
    text = json.dumps(depth_record(body, views), separators=(",", ":"))
    (folder / "depths.json").write_text(text + "\n", encoding="utf-8", newline="\n")
