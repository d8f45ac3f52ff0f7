"""`new_guide`: a folder that is a guide, made of answers."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selfcare_kit.body.place.places import SURFACES, places_of
from selfcare_kit.check.check import check_guide, mistakes_in
from selfcare_kit.check.places import area_of
from selfcare_kit.errors import GuideError, InvalidValueError, quoted
from selfcare_kit.files import write_atomically
from selfcare_kit.guide.guide import built_in
from selfcare_kit.guide.problems.find import Problem
from selfcare_kit.guide.scaffold.answers import Answers, answers_of, read_answers
from selfcare_kit.guide.scaffold.left import LIST_NAME, what_is_left
from selfcare_kit.guide.scaffold.nearby import place_of
from selfcare_kit.guide.scaffold.rows import files_of


def new_guide(answers: Mapping[str, Any] | str | Path, folder: str | Path) -> Path:
    """Write a guide of your own into a new folder, and a list of what is left to do beside its tables.

    Parameters
    ----------
    answers : mapping, str or Path
        What `selfcare-kit guide new` asks, by the names of the questions; or a TOML file that holds it.
        `docs/write-a-guide.md` has an example. What has a usual answer may be left out.
    folder : str or Path
        A folder that does not exist yet, or is empty.

    Returns
    -------
    Path
        The folder. `check_guide` finds no problem in it, at most notes.

    Raises
    ------
    InvalidValueError
        If an answer is missing or not allowed, or the folder holds something.
    GuideError
        If the guide would have a problem, such as a place off the body. Nothing is written then.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> from selfcare_kit.guide.scaffold.example import example_answers
    >>> with tempfile.TemporaryDirectory() as place:
    ...     folder = new_guide(example_answers(), Path(place) / "mine")
    ...     print(load_guide(folder).title)
    Calf pain
    """
    target = Path(folder)
    check_is_free(target)
    found = answers_of(with_areas(read_answers(answers) if isinstance(answers, str | Path) else answers))
    with _made(found, target.parent) as part:
        noted = check_guide(part)
        problems = [each for each in noted if not each.is_note]
        if problems:
            more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
            raise GuideError(f"{str(problems[0]).rstrip('.')}{more}; correct the answers and make the guide again.")
        write_atomically(part / LIST_NAME, what_is_left(found, noted).encode("utf-8"))
        if target.is_dir():
            target.rmdir()
        part.rename(target)
    return target


def with_areas(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the answers with the area in which its place lies for each point that names none."""
    points, landmarks = answers.get("points"), answers.get("landmarks", ())
    if not isinstance(points, list | tuple) or not all(isinstance(each, Mapping) for each in points):
        return answers
    return {**answers, "points": [{**each, "area": each.get("area") or area_at(each, landmarks)} for each in points]}


def area_at(point: Mapping[str, Any], landmarks: Iterable[Mapping[str, Any]]) -> str:
    """Return the area in which the place of a point lies; empty where its answers do not tell that."""
    surface = point.get("surface")
    try:
        place = place_of(point, landmarks)
    except (TypeError, ValueError, AttributeError):
        # Answers that nobody has checked yet; what is wrong with them is told then.
        return ""
    return area_of(place, surface, places_of(built_in())) if place and surface in SURFACES else ""


def problems_of(answers: Mapping[str, Any]) -> list[Problem]:
    """Return the problems that a guide of these answers would have, without writing it where it stays."""
    with tempfile.TemporaryDirectory() as place, _made(answers_of(answers), Path(place)) as part:
        return mistakes_in(part)


def check_is_free(folder: Path) -> None:
    """Refuse a folder that holds something, or that cannot be made."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        raise InvalidValueError(f"{quoted(str(folder))} holds something, and is left as it is; name a new folder.")
    if not folder.absolute().parent.is_dir():
        raise InvalidValueError(f"{quoted(str(folder.parent))} is no folder; make it first, or name another place.")


@contextmanager
def _made(answers: Answers, place: Path) -> Iterator[Path]:
    """Write the guide into a folder of its own inside `place`, which is deleted at the end unless it was moved."""
    part = Path(tempfile.mkdtemp(prefix=".selfcare-guide-", dir=place))
    try:
        for name, content in files_of(answers, datetime.date.today()).items():
            path = part / name
            path.parent.mkdir(exist_ok=True)
            write_atomically(path, content)
        part.chmod(0o755)
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)
