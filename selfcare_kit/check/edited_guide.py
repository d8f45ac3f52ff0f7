"""Saving the place and the pain zones of a point into the tables of a guide, if the guide is none the worse for it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from selfcare_kit.check.check import check_guide
from selfcare_kit.errors import GuideError, InvalidValueError
from selfcare_kit.files import write_atomically
from selfcare_kit.guide.cells import Row, read_table, table_bytes
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.problems.find import Problem
from selfcare_kit.guide.schema import tables

# What a new place says nothing about stays as it was.
KEPT = ("n", "role", "uncertainty_cm")


def save_point(guide: Guide, point: str, place: Row | None, zones: Iterable[Row] | None) -> tuple[str, ...]:
    """Write the place of a point, its zones or both into the guide's folder; return the names of the files.

    Nothing is written where the guide would have a problem that it has not now.

    Raises
    ------
    InvalidValueError
        If the guide is the kit's own.
    GuideError
        If a place or a zone would be a problem.
    """
    if guide.is_built_in:
        raise InvalidValueError(
            "the kit's own guide is not changed, got a place for it; make your own by selfcare-kit guide new."
        )
    changed = {}
    if place is not None:
        changed["places"] = with_place(_rows(guide.folder, "places"), place)
    if zones is not None:
        others = [row for row in _rows(guide.folder, "zones") if row["point"] != point]
        changed["zones"] = [*others, *zones]
    files = {f"{name}.csv": _bytes(name, rows) for name, rows in changed.items()}
    problem = _new_problem(guide.folder, files)
    if problem:
        raise GuideError(f"{str(problem).rstrip('.')}; nothing was saved. Correct it and save again.")
    for name, content in files.items():
        write_atomically(guide.folder / name, content)
    return tuple(files)


def with_place(rows: Sequence[Row], place: Row) -> list[Row]:
    """Return the rows with a place in the row of its id, the first if there are several."""
    at = next((number for number, row in enumerate(rows) if row["id"] == place["id"]), len(rows))
    old = rows[at] if at < len(rows) else {}
    return [*rows[:at], {**place, **{name: old[name] for name in KEPT if old.get(name)}}, *rows[at + 1 :]]


def _bytes(name: str, rows: Sequence[Row]) -> bytes:
    # Columns of the author's own stay, at the end.
    return table_bytes(dict.fromkeys([*tables()[name].names, *(column for row in rows for column in row)]), rows)


def _rows(folder: Path, name: str) -> list[Row]:
    path = folder / f"{name}.csv"
    return list(read_table(path)) if path.exists() else []


def _new_problem(folder: Path, files: dict[str, bytes]) -> Problem | None:
    """Return the first problem that the guide would have with other files and has not now."""
    before = [str(problem) for problem in check_guide(folder)]
    with tempfile.TemporaryDirectory() as place:
        copy = shutil.copytree(folder, Path(place) / folder.name)
        for name, content in files.items():
            (copy / name).write_bytes(content)
        found = (problem for problem in check_guide(copy) if not problem.is_note)
        return next((problem for problem in found if str(problem) not in before), None)
