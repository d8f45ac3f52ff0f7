"""Saving the place and the pain zones of a point into the tables of a guide, if the guide is none the worse for it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from selfcare_kit.check.check import misplaced, mistakes_in
from selfcare_kit.errors import GuideError, InvalidValueError, reason_of
from selfcare_kit.files import write_atomically
from selfcare_kit.guide.cells import Row
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import BUILT_IN, Guide
from selfcare_kit.guide.problems.find import Problem, find_problems
from selfcare_kit.guide.tables import PointRows, files_with, rows_of_point


def can_be_changed(guide: Guide) -> bool:
    """Return whether a guide is somebody's own, by whatever path its folder was named."""
    return guide.folder.resolve() != (data_folder() / BUILT_IN).resolve()


def save_point(
    guide: Guide, point: str, places: Sequence[Row] | None, zones: Sequence[Row] | None, opened: PointRows
) -> tuple[str, ...]:
    """Write the rows of a point's places, zones or both into the guide's folder; return the names of the files.

    They stand where those of the point stood. Nothing is written into the kit's own guide, where the guide would have a
    problem that it has not now, or where somebody changed the point in the files after it was `opened`.
    """
    if not can_be_changed(guide):
        raise InvalidValueError(
            "the kit's own guide is not changed, got a point of it; make your own by selfcare-kit guide new."
        )
    try:
        now = rows_of_point(guide.folder, point)
        for name, rows in {"places": places, "zones": zones}.items():
            if rows is not None and getattr(now, name) != getattr(opened, name):
                raise GuideError(f"{point} was changed in {name}.csv after it was opened; open it again.")
        files = files_with(guide.folder, point, places, zones)
        _refuse_problems(guide.folder, files)
        for name, content in files.items():
            write_atomically(guide.folder / name, content)
    except OSError as error:
        raise GuideError(
            f"{guide.folder.name} cannot be saved ({reason_of(error)}); see whether it is there."
        ) from None
    return tuple(files)


def _refuse_problems(folder: Path, files: Mapping[str, bytes]) -> None:
    """Refuse files with which the guide would have a problem that it has not now, or could not be loaded."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / folder.name
        (copy / "text").mkdir(parents=True)
        for path in (folder / "guide.toml", *folder.glob("*.csv"), *folder.glob("text/*.csv")):
            shutil.copyfile(path, copy / path.relative_to(folder))
        for name, content in files.items():
            (copy / name).write_bytes(content)
        found = [problem for problem in find_problems(copy) if not problem.is_note]
        if not found:
            known = {_said(problem) for problem in mistakes_in(folder)}
            new = (problem for problem in misplaced(Guide(copy)) if _said(problem) not in known)
            found = [problem for problem in new if not problem.is_note]
    if found:
        raise GuideError(f"{str(found[0]).rstrip('.')}; nothing was saved. Correct it and save again.")


def _said(problem: Problem) -> tuple[str, str, str]:
    """Return what a problem says without its row, as rows above it may have been added."""
    return problem.file, problem.column, problem.message
