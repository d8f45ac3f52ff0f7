"""Build the pictures: scene, facts, drawing and data of every way, each kept until what it is made from changes."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from selfcare_kit.guide.load import load_guide

from .catalogue import Way, all_ways, chosen, reason_missing, scene_of, ways
from .chart import chart_of, rules_of
from .clothes import read_clothes
from .contact import attach
from .drawing import draw
from .facts import LimitPassed, check, measure
from .figure import Figure
from .points import read_points
from .posture_pictures import Posture, all_postures, posture_picture, write_posture
from .postures import table
from .vectors import NotConverged
from .writer import UNITS, pack

HERE = Path(__file__).parent
MAX_BYTES = 6000
# What a scene and a drawing are made from: modules here, modules above, and parts of the table of postures.
BODY = ("figure", "clothes", "subdivision", "pose", "vectors", "contact", "postures", "scene", "props")
ABOVE = ("human", "neutral", "pose", "subdivide", "sources")
KINDS = {
    "wall": (("wall",), ("arms", "wall", "wall_thigh")),
    "floor": (("floor",), ("supine", "side_lying")),
    "seat": (("seat",), ("arms", "sitting", "chair", "sole", "thigh", "buttock", "seat", "press_sole")),
    "knee": (("knee", "floor"), ("supine", "knee")),
    "reach": (
        ("reach", "hands", "seat", "floor", "sight", "joints"),
        ("reach", "hand", "tools", "sitting", "chair", "supine"),
    ),
}
DRAWING = (
    "drawing", "lens", "chart", "line_art", "dressing", "face", "polylines", "sight", "writer", "facts", "joints",
)  # fmt: skip
DRAWING_ABOVE = ("curves", "paths", "raster", "subdivide")


@dataclass(frozen=True)
class Outcome:
    """What came of a way: its picture, or why there is none."""

    way: Way
    picture: dict[str, Any] | None
    reason: str = ""
    is_wrong: bool = False


def build(figure: Figure, out: Path, only: list[str], folder: Path | None, tell=print, jobs: int = 1) -> list[str]:
    """Write one file a point, and one a posture, into a folder; return what went wrong.

    Parameters
    ----------
    figure : Figure
        The body.
    out : Path
        Folder the files are written to; points that are not chosen keep theirs.
    only : list of str
        Beginnings of names such as "tfl_1/wall" or "postures/wall_side"; empty for all.
    folder : Path or None
        Folder in which scenes and drawings are kept.
    tell : callable
        Is told what was made.
    jobs : int
        How many processes share the work.

    Returns
    -------
    list of str
        One sentence for each default way or posture without a picture, and for each that passes a limit.
    """
    guide = load_guide()
    points = read_points(guide)
    found = all_ways(points, guide)
    picked = chosen([*found, *all_postures()], only)
    spots = {id: attach(figure, point.place, point.surface) for id, point in points.items()}
    for name in (*BODY, *DRAWING, *(module for modules, _ in KINDS.values() for module in modules)):
        _source(name)
    wrong = []
    out.mkdir(parents=True, exist_ok=True)
    picked_ways = [each for each in picked if isinstance(each, Way)]
    made = _outcomes(picked_ways, jobs, figure=figure, spots=spots, folder=folder)
    for id, group in groupby(made, key=lambda outcome: outcome.way.point.id):
        outcomes = []
        for outcome in group:
            outcomes.append(outcome)
            tell(f"{outcome.way.name}: {outcome.reason or len(_text(outcome.picture))}")
            if outcome.is_wrong or (outcome.way.is_default and outcome.picture is None):
                wrong.append(f"{outcome.way.name}: {outcome.reason}")
        _write(out / f"{id}.json", outcomes, [way.key for way in found if way.point.id == id])
    for posture in picked:
        if isinstance(posture, Posture):
            wrong += _build_posture(figure, posture, spots, out, tell)
    return wrong


def _build_posture(figure: Figure, posture: Posture, spots: dict, out: Path, tell) -> list[str]:
    """Write the picture of a posture alone, which takes seconds and is not kept; return what went wrong."""
    try:
        picture = posture_picture(figure, posture, spots)
    except (NotConverged, LimitPassed) as error:
        return [f"{posture.name}: {error}"]
    write_posture(out, posture, picture)
    tell(f"{posture.name}: {len(_text(picture))}")
    return []


# What every picture is made with; processes that are forked have it without its being sent to them.
_SHARED: dict[str, Any] = {}


def _outcomes(found: list[Way], jobs: int, **shared) -> Iterator[Outcome]:
    _SHARED.update(shared)
    if jobs == 1:
        yield from map(_outcome, found)
        return
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        yield from pool.imap(_outcome, found)


def _outcome(way: Way) -> Outcome:
    reason = reason_missing(way)
    if reason:
        return Outcome(way, None, reason)
    try:
        return Outcome(way, _picture(way=way, **_SHARED))
    except NotConverged as error:
        return Outcome(way, None, str(error))
    except LimitPassed as error:
        return Outcome(way, None, str(error), True)


def _picture(figure: Figure, way: Way, spots: dict, folder: Path | None) -> dict[str, Any]:
    """Return the picture of a way, from the cache where nothing it is made from has changed."""
    scene_key, rules = _scene_key(way), rules_of(way.point.id)
    sources = [*(_source(name) for name in DRAWING), *(_source(f"../{name}") for name in DRAWING_ABOVE)]
    key = _digest(scene_key, json.dumps(rules), *sources)
    kept = folder / f"{key}.json" if folder else None
    if kept and kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    scene = _kept_scene(figure, way, folder / f"{scene_key}.scene" if folder else None)
    if isinstance(scene, NotConverged):
        raise scene
    facts = measure(figure, scene, way.point.id, spots)
    check(way.name, facts)
    posture, contact = scene.shows
    chart = chart_of(figure, way.point, spots[way.point.id], rules)
    picture = {**pack(draw(figure, scene, chart)), "posture": posture, "contact": contact, "facts": facts}
    size = len(_text(picture))
    if size > MAX_BYTES:
        raise LimitPassed(f"{size} bytes > {MAX_BYTES}")
    if kept:
        kept.write_text(json.dumps(picture), encoding="utf-8")
    return picture


def _kept_scene(figure: Figure, way: Way, kept: Path | None):
    if kept and kept.exists():
        return pickle.loads(kept.read_bytes())
    try:
        scene = scene_of(figure, way)
    except NotConverged as error:
        scene = error
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(scene))
    return scene


def _scene_key(way: Way) -> str:
    modules, parts = KINDS[way.kind]
    shared = {name: value for name, value in table().items() if name in (*parts, "balls", "press")}
    if "reach" in shared:
        shared["reach"] = {name: table()["reach"][name] for name in way.postures}
    how = {"approach": ways()["approach"].get(way.point.id), "postures": way.postures if way.kind == "reach" else None}
    sources = [_source(name) for name in (*BODY, *modules)] + [_source(f"../{name}") for name in ABOVE]
    where = (way.point.place, way.point.surface, way.point.lane, way.point.technique, way.point.muscle)
    return _digest(way.name, repr(where), json.dumps([shared, how, read_clothes()]), *sources)


@cache
def _source(name: str) -> str:
    return (HERE / f"{name}.py").read_text(encoding="utf-8")


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]


def _text(picture: dict[str, Any] | None) -> str:
    return json.dumps(picture, separators=(",", ":"))


def _write(path: Path, outcomes: list[Outcome], order: list[str]) -> None:
    """Write the file of a point: where it is, its pictures one a line, and what is missing."""
    point = outcomes[0].way.point
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"pictures": {}, "missing": {}}
    for outcome in outcomes:
        before["pictures"].pop(outcome.way.key, None)
        before["missing"].pop(outcome.way.key, None)
        if outcome.picture is not None:
            before["pictures"][outcome.way.key] = outcome.picture
        else:
            before["missing"][outcome.way.key] = outcome.reason
    place = [round(value, 2) for value in point.place]
    pictures = ",\n".join(f'"{key}":{_text(before["pictures"][key])}' for key in order if key in before["pictures"])
    missing = {key: before["missing"][key] for key in order if key in before["missing"]}
    head = f'"point":"{point.id}","place":{_text(place)},"surface":"{point.surface}","units":{UNITS}'
    text = f'{{{head},\n"pictures":{{\n{pictures}\n}},\n"missing":{json.dumps(missing, indent=0)}}}\n'
    path.write_text(text, encoding="utf-8")
