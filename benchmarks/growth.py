"""How time and bytes grow with steps, points and areas: the exponent for ten times as many."""

from __future__ import annotations

import csv
import gc
import math
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import selfcare_kit as kit
from benchmarks.harness import Result, judged
from selfcare_kit.body.geometry.layout import LabelSpec, place_labels
from selfcare_kit.body.plate import Plate
from selfcare_kit.guide import schema
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.step import Step

MAX_RATIO = 1.15
REPEATS = 5


def growth_results() -> Iterator[Result]:
    """Yield an exponent for each number that can become large."""
    yield _exponent("growth: labels placed on a figure, 10,000 to 100,000 points", _labels, 10_000, 100_000)
    yield _exponent("growth: suggestions, a guide of 10,000 to 100,000 points", _suggestions, 10_000, 100_000)
    yield _exponent("growth: suggestions, 1,000 to 10,000 areas chosen", _areas, 1_000, 10_000)
    yield _exponent("growth: plate SVG, 9 to 90 steps", _plates, 9, 90)
    sizes = [len(str(_plates(steps)())) for steps in (9, 90)]
    yield judged("growth: bytes of a plate SVG, 9 to 90 steps", lambda: math.log10(sizes[1] / sizes[0]), MAX_RATIO)


def _exponent(name: str, case: Callable[[int], Callable[[], object]], few: int, many: int) -> Result:
    small, large = case(few), case(many)

    def ratio() -> float:
        seconds = [min(_seconds(each) for _ in range(REPEATS)) for each in (small, large)]
        return math.log(seconds[1] / seconds[0]) / math.log(many / few)

    return judged(name, ratio, MAX_RATIO)


def _seconds(case: Callable[[], object]) -> float:
    # As in the harness; otherwise the collector walks through a large guide again and again.
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        case()
        return time.perf_counter() - start
    finally:
        gc.enable()


def _labels(count: int) -> Callable[[], object]:
    side = math.isqrt(count)
    specs = [LabelSpec(3.1 * (n % side), 3.1 * (n // side), 1.4, 1.4, 0.4) for n in range(count)]
    bounds = (-5.0, -5.0, 4.0 * side, 4.0 * side)
    return lambda: place_labels(specs, bounds, 0.3)


def _plates(count: int) -> Callable[[], object]:
    guide = kit.load_guide()
    points = [point for point in guide.point_values.values() if not point.show_only]
    steps = [
        Step(points[n % len(points)].id, side=("left", "right", "both")[n // len(points) % 3]) for n in range(count)
    ]
    return lambda: Plate(steps, guide).to_svg()


def _suggestions(count: int) -> Callable[[], object]:
    guide = _large_guide(points=count, areas=100)
    areas = [f"area_{n}" for n in range(4)]
    kit.suggest(areas, side="left", guide=guide)
    return lambda: kit.suggest(areas, side="left", guide=guide)


def _areas(count: int) -> Callable[[], object]:
    guide = _large_guide(points=1_000, areas=count)
    areas = [f"area_{n}" for n in range(count)]
    kit.suggest(areas, side="left", guide=guide)
    return lambda: kit.suggest(areas, side="left", guide=guide)


def _large_guide(points: int, areas: int) -> Guide:
    """Return the built-in guide with made-up points and areas in the place of its own, read from a folder."""
    built_in = kit.load_guide()
    point, area = built_in.table("points")[0], built_in.table("areas")[0]
    referral = {**built_in.table("referrals")[0], "kind": "primary"}
    named = ({"id": f"area_{n}", "label": f"Area {n}", "client": f"area {n}", "synonyms": ""} for n in range(areas))
    tables = {
        "areas": [{**area, **values} for values in named],
        "points": [{**point, "id": f"point_{n}", "area": f"area_{n % areas}"} for n in range(points)],
        "referrals": [
            {**referral, "point": f"point_{n % points}", "area": f"area_{n % areas}"} for n in range(max(points, areas))
        ],
    }
    with TemporaryDirectory() as made:
        folder = Path(made) / "large"
        shutil.copytree(built_in.folder, folder)
        for name, rows in tables.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        guide = Guide(folder)
        for name in schema.tables():
            guide.table(name)
        return guide
