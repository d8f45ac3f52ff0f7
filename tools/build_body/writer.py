"""Write the data files of the body.

A view file holds whole numbers for paths (see paths.py) and cm for everything else. `crops.lower`, where a view has
it, is the same view drawn from the waist down without arms; what it does not name is that of the whole view. A
`fade` vector [x0, y0, x1, y1] runs, in cm with y up, from where the drawing is full to where nothing of it is left.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from .body import Body
from .paths import PathWriter
from .views import Drawing

MARGIN = 1.5


def view_record(drawing: Drawing, lower: Drawing | None, deep: dict[str, bool], motion: np.ndarray) -> dict:
    """Return the content of one view file.

    Parameters
    ----------
    drawing : Drawing
        The whole view.
    lower : Drawing or None
        The same view from the waist down.
    deep : dict
        Muscle keys, and whether each lies under another.
    motion : numpy.ndarray
        3 x 4 transform from the standing to the pointed foot.
    """
    plan = drawing.plan
    paths = PathWriter(plan.unit)
    pose = motion if plan.foot_pose else np.eye(3, 4)
    camera = plan.rotation[:2] @ pose
    toward = plan.rotation[2] @ pose[:, :3]
    whole = _box(drawing)
    record = {
        "view": plan.name,
        "symmetric": plan.symmetric,
        "unit_cm": plan.unit,
        "boxes": {"whole": whole, "lower": _box(lower) if lower else whole},
        "camera": _rounded(camera, 5),
        "toward_viewer": _rounded(toward / np.linalg.norm(toward), 5),
        **_picture(drawing, paths),
        "regions": [[name, side, paths.curves(curves)] for name, side, curves in drawing.regions],
        "muscles": {
            key: {"d": paths.curves(curves), "deep": deep[key]} for key, curves in sorted(drawing.muscles.items())
        },
        "shorts": paths.curves(drawing.shorts),
        "seams": paths.curves(drawing.seams),
    }
    if lower:
        regions = [[name, side, paths.curves(curves)] for name, side, curves in lower.regions]
        record["crops"] = {"lower": {**_picture(lower, paths), "regions": regions}}
    return record


def _picture(drawing: Drawing, paths: PathWriter) -> dict:
    """Return the drawn parts of a view."""
    return {
        "outline": paths.curves(drawing.outline.curves),
        "stroke": "".join(paths.curve(curve, closed) for curve, closed in drawing.strokes),
        "tone": [paths.curves(level) for level in drawing.tones],
        "lines": paths.curves(drawing.lines),
        "bare": paths.curves(drawing.bare),
        "dressed": paths.curves(drawing.dressed),
        "letters": {letter: list(place) for letter, place in drawing.plan.letters.items()},
        "fade": [list(vector) for vector in drawing.plan.fade] or None,
    }


def _box(drawing: Drawing) -> list[float]:
    """Return the box of a drawing with its letters; a cut is flush with the box."""
    x0, y0, x1, y1 = drawing.outline.polygon.bounds
    for x, y in drawing.plan.letters.values():
        x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
    top = y1 + MARGIN if drawing.plan.top is None else drawing.plan.top
    if drawing.plan.symmetric:
        x0, x1 = -max(-x0, x1), max(-x0, x1)
    return _rounded([x0 - MARGIN, y0 - MARGIN, x1 + MARGIN, top], 2)


def _rounded(values, digits: int) -> list:
    # Adding 0 turns a negative zero into a plain one.
    return (np.round(np.asarray(values, float), digits) + 0.0).tolist()


def write_view(record: dict, folder: Path) -> Path:
    """Write one view file and return its path."""
    path = folder / f"{record['view']}.json"
    path.write_text(json.dumps(record, ensure_ascii=True, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n")
    return path


def write_views(
    body: Body, whole: dict[str, Drawing], waist: dict[str, Drawing], deep: dict[str, bool], folder: Path
) -> None:
    """Write all view files."""
    motion = body.foot_motion()
    for name, drawing in whole.items():
        write_view(view_record(drawing, waist.get(name), deep, motion), folder)
