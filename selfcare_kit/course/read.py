"""Reading clients' visits from files of any kind and version, as plain values: no rule of today judges the past.

What cannot be read, or contradicts another file, is listed with its reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from selfcare_kit.course.course import Course
from selfcare_kit.course.courses import Courses
from selfcare_kit.course.one_visit import merged
from selfcare_kit.course.visits import CourseVisit, Unread
from selfcare_kit.errors import FileFormatError, InvalidValueError, SelfcareError, check_text, quoted, shown_name
from selfcare_kit.export.kinds import KINDS
from selfcare_kit.export.read import ALIASES, ENDINGS, READABLE, content_of, plain_record
from selfcare_kit.export.record.migrate import migrated
from selfcare_kit.export.record.record import STEP_COLUMNS, check_own_guide
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.outcome import Outcome
from selfcare_kit.model.step import Step
from selfcare_kit.plan.changes import describe_changes

# Files of the kit's own that hold no record, by how their names begin and end.
_NO_RECORD = tuple((f"{kind.stem}_", kind.ending) for kind in KINDS.values() if kind.name not in READABLE)
_CANDIDATES = {*ENDINGS, *ALIASES}


@dataclass(frozen=True)
class _Found:
    """A visit with the code of its client."""

    code: str
    visit: CourseVisit


def read_course(
    source: str | Path | Iterable[str | Path], code: str | None = None, *, guide: Guide | None = None
) -> Course:
    """Read the visits of one client from saved files, in any mix of kinds and versions.

    Parameters
    ----------
    source : str, Path or iterable of them
        A folder, which is searched with all folders in it, or files.
    code : str, optional
        The client's code, in whatever case; it may be left out where the files are of one client.
    guide : Guide, optional
        The guide they were made with; the built-in one when left out.

    Returns
    -------
    Course
        Its visits in order of their days. The same visit in several kinds of file counts once. `unread` lists each
        file that cannot be read or that holds another routine of the same day, with the reason.

    Raises
    ------
    FileNotFoundError
        If there is no such folder or file.
    InvalidValueError
        If no visit of that code is there, or the files are of several clients and no code was given.

    Examples
    --------
    >>> import tempfile
    >>> from selfcare_kit import Routine
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     routine = Routine(code="C-104").add("ql_s2", side="left")
    ...     paths = [routine.to_json(f"{folder}/visit.json"), routine.to_csv(f"{folder}/visit.csv")]
    ...     course = read_course(folder, code="C-104")
    >>> len(course), course.visits[0].files
    (1, ('visit.csv', 'visit.json'))
    """
    guide = guide or load_guide()
    visits, unread = _read(_contents(source), guide)
    if code is None:
        clients = _count_clients(visits)
        if clients > 1:
            raise InvalidValueError(
                f"the files must be of one client where no code is given, got those of {clients}; say which with code."
            )
        return _of_one_client(visits, unread, "", guide)
    wanted = _key(check_text("code", code))
    chosen = [found for found in visits if _key(found.code) == wanted]
    return _of_one_client(chosen, unread, f" of {quoted(code)}", guide, others=len(visits))


def course_from_contents(files: Iterable[tuple[str, bytes]], guide: Guide) -> Course:
    """Return the course of one client in files that were opened already, each a name with its content."""
    visits, unread = _read(((name, partial(bytes, content)) for name, content in files), guide)
    clients = _count_clients(visits)
    if clients > 1:
        raise InvalidValueError(f"the files must be of one client, got those of {clients}; choose the files of one.")
    return _of_one_client(visits, unread, "", guide)


def _count_clients(visits: list[_Found]) -> int:
    return len({_key(found.code) for found in visits})


def _of_one_client(
    visits: list[_Found], unread: tuple[Unread, ...], named: str, guide: Guide, others: int = 0
) -> Course:
    """Return the course of a client's visits; refuse to when there is none, telling what was found instead."""
    if not visits:
        raise InvalidValueError(
            f"a course needs at least one visit{named}, got {_others(others, unread)}; check the code and the folder."
        )
    return _course(visits, unread, guide)


def read_courses(source: str | Path | Iterable[str | Path], *, guide: Guide | None = None) -> Courses:
    """Read the visits of all clients from saved files, as `read_course` does for one.

    Parameters
    ----------
    source : str, Path or iterable of them
        A folder, which is searched with all folders in it, or files.
    guide : Guide, optional
        The guide they were made with; the built-in one when left out.

    Returns
    -------
    Courses
        One course for each code, and the files that belong to none.

    Raises
    ------
    FileNotFoundError
        If there is no such folder or file.
    """
    guide = guide or load_guide()
    visits, unread = _read(_contents(source), guide)
    by_code: dict[str, list[_Found]] = {}
    for found in visits:
        by_code.setdefault(_key(found.code), []).append(found)
    courses = tuple(_course(by_code[key], (), guide) for key in sorted(by_code))
    contradicting = tuple(each for course in courses for each in course.unread)
    return Courses(tuple(replace(course, unread=()) for course in courses), (*unread, *contradicting))


def _others(count: int, unread: tuple[Unread, ...]) -> str:
    """Return what was found in place of a client's visits."""
    found = [f"{count} of other clients"] if count else []
    found += [f"{len(unread)} that cannot be read ({unread[0].reason.rstrip('.')})"] if unread else []
    return " and ".join(found) or "no file of a routine"


def _key(code: str) -> str:
    return code.strip().casefold()


def _contents(source: Any) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of each file with what reads it."""
    return ((name, partial(content_of, path)) for path, name in _files(source))


def _read(files: Iterable[tuple[str, Callable[[], bytes]]], guide: Guide) -> tuple[list[_Found], tuple[Unread, ...]]:
    """Return the visits of all files, and the files that hold none."""
    visits, unread = [], []
    for name, content in files:
        try:
            visits.append(visit_from_record(plain_record(content(), name), name, guide))
        except (SelfcareError, FileNotFoundError) as error:
            unread.append(Unread(name, str(error)))
    return visits, tuple(unread)


def _files(source: Any) -> Iterator[tuple[Path, str]]:
    """Yield each file with its name in messages, which has the folders in between; those of a folder sorted."""
    if isinstance(source, str | Path):
        folder = Path(source)
        if folder.is_dir():
            found = (path for path in sorted(folder.rglob("*")) if not path.is_dir() and _may_hold_a_visit(path))
            yield from ((path, shown_name(path.relative_to(folder).as_posix())) for path in found)
            return
        source = [source]
    if not isinstance(source, Iterable) or isinstance(source, bytes):
        raise InvalidValueError(f"a course is read from a folder or files, got {quoted(source)}; name one.")
    for path in source:
        if not isinstance(path, str | Path):
            raise InvalidValueError(f"each file must be a path, got {quoted(path)}; put it in quotes.")
        if not Path(path).exists():
            raise FileNotFoundError(
                f"a course is read from a folder or files, got {quoted(str(path))}, which is none; check the path."
            )
        yield Path(path), shown_name(Path(path).name)


def _may_hold_a_visit(path: Path) -> bool:
    """Return whether a file of a folder is read: neither hidden or a lock, nor a file of the kit without a record."""
    name = path.name.lower()
    if name.startswith((".", "~$")) or path.suffix.lower() not in _CANDIDATES:
        return False
    return not any(name.startswith(start) and name.endswith(end) for start, end in _NO_RECORD)


def visit_from_record(record: Any, name: str, guide: Guide) -> _Found:
    """Return the visit that a record holds, as it was written; `name` is the file's, for messages."""
    if not isinstance(record, Mapping) or not isinstance(record.get("steps"), list):
        raise FileFormatError(f"{name} must hold a routine with steps, got something else; export it again.")
    record = migrated(record, name)
    check_own_guide(record.get("guide") or guide.id, name, guide)
    try:
        code = check_text("code", record["code"])
        if not code.strip():
            raise FileFormatError(f"{name} must have the client's code, got none; open it and enter the code.")
        if not record["date"]:
            raise FileFormatError(f"{name} must have the day of its visit, got none; open the file as it was exported.")
        visit = CourseVisit(
            date=datetime.date.fromisoformat(record["date"]),
            steps=tuple(_step(values, guide) for values in record["steps"]),
            complaint=Complaint.from_dict(record["complaint"] or {}),
            outcome=Outcome.from_dict(record),
            title=check_text("title", record["title"]),
            files=(name,),
        )
    except FileFormatError:
        raise
    except SelfcareError as error:
        raise FileFormatError.in_place(name, error) from None
    except (KeyError, TypeError, AttributeError) as error:
        raise FileFormatError(f"{name} is not a whole routine ({error}); export it again.") from None
    except ValueError:
        raise FileFormatError(
            f"{name} has a wrong date, got {quoted(record['date'])}; write it as 2026-11-23."
        ) from None
    return _Found(code, visit)


def _step(values: Mapping[str, Any], guide: Guide) -> Step:
    """Return a step as it was written, with muscle and area of its point where the guide still has it."""
    details = {column: values[column] for column in STEP_COLUMNS[1:] if column in values}
    point = guide.point_values.get(values["point"])
    return Step(**{**details, **({"muscle": point.muscle, "area": point.area} if point else {})})


def _course(found: list[_Found], unread: tuple[Unread, ...], guide: Guide) -> Course:
    """Return the course of visits of one code, each day once and each with what changed since the one before."""
    by_day: dict[datetime.date, CourseVisit] = {}
    contradicting = []
    for each in found:
        day = each.visit.date
        whole = merged(by_day[day], each.visit) if day in by_day else each.visit
        if whole is None:
            reason = (
                f"{each.visit.files[0]} must hold the same visit as {by_day[day].files[0]} of {day}, got another one; "
                "keep one of them."
            )
            contradicting.append(Unread(each.visit.files[0], reason))
        else:
            by_day[day] = whole
    visits: list[CourseVisit] = []
    for day in sorted(by_day):
        changes = describe_changes(visits[-1].steps, by_day[day].steps, guide) if visits else ()
        visits.append(replace(by_day[day], changes=changes))
    left_out = tuple(contradicting)
    return Course(found[0].code.strip(), tuple(visits), (*unread, *left_out), guide, contradicting=left_out)
