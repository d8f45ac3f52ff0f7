"""Running a batch: its table, its folder and its options are checked before the first row."""

from __future__ import annotations

import csv
import datetime
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from selfcare_kit.batches.done import DoneRows
from selfcare_kit.batches.from_workbook import ENDINGS, table_of_workbook
from selfcare_kit.batches.summary import BatchSummary, RowResult
from selfcare_kit.batches.work import Batch, Outcome
from selfcare_kit.clinic.profile import check_clinic
from selfcare_kit.errors import (
    FileFormatError,
    FileWriteError,
    InvalidValueError,
    MissingExtraError,
    check_choice,
    check_text,
    quoted,
    shown_name,
)
from selfcare_kit.export.handout.handout import PAPERS, VARIANTS
from selfcare_kit.export.handout.videos import check_videos
from selfcare_kit.export.kinds import HANDOUT_OPTIONS, file_kind
from selfcare_kit.export.read import ZIP_START
from selfcare_kit.export.record.csv import not_a_table
from selfcare_kit.export.record.workbook import OLD_OR_LOCKED
from selfcare_kit.files import is_file, read_file, remove_leftovers
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide

KINDS = ("html", "csv")
MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
NO_JOBS = "jobs does nothing any more: a batch runs in one process, which is as fast; leave it out."


def batch(
    clients: str | Path,
    out: str | Path,
    *,
    kinds: Iterable[str] = KINDS,
    guide: Guide | None = None,
    jobs: int | None = None,
    sheet: str = "",
    **options: Any,
) -> BatchSummary:
    """Write the files of many clients, from a table with one row a client.

    What is done is not done again: a row is made when something in it, the kit, the guide or the
    day is new, or when one of its files is not there or not whole. A row that fails does not keep
    the others; the summary says why. Every file is replaced in one move, so that at any moment
    each is whole.

    Parameters
    ----------
    clients : str or Path
        A CSV file or an .xlsx workbook, as Excel or LibreOffice save them; docs/batch.md says what its columns hold.
    out : str or Path
        Folder for the files; made when it is not there.
    kinds : iterable of str, default=("html", "csv")
        Files to write for rows that name none.
    guide : Guide, optional
        The built-in one when left out.
    jobs : int, optional
        Does nothing any more; given, it warns (`DeprecationWarning`).
    sheet : str, default=""
        The sheet of a workbook; the first one when left out.
    **options
        Options of the handouts, for rows that say nothing: language, paper, variant and whatever else
        `Routine.to_html` takes, but no client.

    Returns
    -------
    BatchSummary
        A result for each row.

    Raises
    ------
    FileNotFoundError
        If there is no such table.
    FileFormatError
        If the file is not such a table.
    InvalidValueError
        If a kind, an option or the folder is not what it should be.
    MissingExtraError
        If a kind needs a package that is not installed.
    FileWriteError
        If the folder cannot be made.
    """
    if jobs is not None:
        warnings.warn(NO_JOBS, DeprecationWarning, stacklevel=2)
    content, name = _read(Path(clients), sheet)
    wanted = _check_kinds(kinds)
    guide = _check_guide(guide)
    options = _checked_options(options, guide)
    folder, day = _made_folder(Path(out)), datetime.date.today()
    done = DoneRows.load(folder, day)
    plan = Batch(content, name, folder, guide, wanted, options, done, day)
    count = _count_rows(plan)
    remove_leftovers(folder)
    rows: list[RowResult] = []
    languages: set[str] = set()
    try:
        for outcome in _with_progress(plan.outcomes(), count):
            rows.append(outcome.result)
            if outcome.row:
                done.add(outcome.row, outcome.files)
                languages.add(outcome.language)
    finally:
        done.save()
    return BatchSummary(folder, tuple(rows), _notices(plan, languages))


def _notices(plan: Batch, languages: Iterable[str]) -> tuple[str, ...]:
    told = [plan.guide.translation(language).notice for language in sorted(languages) if language]
    passed_over = plan.passed_over
    if passed_over:
        told.append(f"Columns that were passed over: {', '.join(map(quoted, passed_over))}.")
    return tuple(filter(None, told))


def _read(path: Path, sheet: str) -> tuple[bytes, str]:
    """Return the clients' table as CSV, and the file's name for messages."""
    if not is_file(path):
        raise FileNotFoundError(
            f"a batch is read from a CSV file or an .xlsx workbook, got {quoted(str(path))}, which is none; "
            "check the path."
        )
    name = shown_name(path.name)
    content = read_file(
        path, MAX_BYTES, called=name, advice="allow it to be read", smaller="split it into several files"
    )
    if path.suffix.casefold() in ENDINGS or content.startswith(OLD_OR_LOCKED):
        return table_of_workbook(content, name, check_text("sheet", sheet), MAX_BYTES), name
    if content.startswith(ZIP_START):
        raise FileFormatError(
            f"{name} must be a CSV file, got a packed one such as a workbook; rename it to .xlsx, or save it as CSV."
        )
    if sheet:
        raise InvalidValueError(
            f"sheet is of a workbook, got {quoted(sheet)} for {name}, which has none; leave it out."
        )
    return content, name


def _check_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys((kinds,) if isinstance(kinds, str) else kinds))
    if not wanted:
        raise InvalidValueError("kinds must name at least one kind of file, got none; leave it out for html and csv.")
    missing = next((kind.missing_package for kind in map(file_kind, wanted) if kind.missing_package), "")
    if missing:
        raise MissingExtraError(missing)
    return wanted


def _check_guide(guide: Guide | None) -> Guide:
    if guide is None:
        return load_guide()
    if isinstance(guide, Guide):
        return guide
    raise InvalidValueError(f"guide must come from load_guide, got {quoted(guide)}; load it first.")


def _checked_options(options: Mapping[str, Any], guide: Guide) -> dict[str, Any]:
    """Return the options with the clinic read; refuse what is wrong for all rows before the first is made."""
    allowed = [name for name in HANDOUT_OPTIONS if name != "client"]
    wrong = next((name for name in options if name not in allowed), None)
    if wrong is not None:
        raise InvalidValueError(
            f"the options of all handouts are {', '.join(allowed)}, got {wrong!r}; leave it out, "
            "and name clients in the table."
        )
    check_choice("paper", options.get("paper", PAPERS[0]), PAPERS)
    check_choice("variant", options.get("variant", VARIANTS[0]), VARIANTS)
    language = options.get("language") or guide.language
    guide.texts(language)
    clinic = check_clinic(options.get("clinic"))
    check_videos(clinic, guide)
    return {**options, "language": language, "clinic": clinic}


def _made_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise InvalidValueError(f"out must be a folder, got the file {str(folder)!r}; choose another name.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FileWriteError(
            f"the folder {quoted(str(folder))} cannot be made ({why}); choose another place."
        ) from None
    return folder


def _count_rows(plan: Batch) -> int:
    """Read the whole table once, so that nothing is written from one that is broken further down."""
    count = 0
    try:
        for count, _ in enumerate(plan.rows(), start=1):
            if count > MAX_ROWS:
                raise FileFormatError(
                    f"{plan.name} must have at most {MAX_ROWS:,} rows, got more; split it into several files."
                )
    except csv.Error as error:
        raise not_a_table(plan.name, error) from None
    return count


def _with_progress(outcomes: Iterator[Outcome], count: int) -> Iterator[Outcome]:
    """Show how far it is, where somebody sits before a terminal."""
    from tqdm import tqdm

    class Bar(tqdm):
        monitor_interval = 0

    # The usual lock is shared with forked processes: one that is killed while it holds it would stop the others.
    Bar.set_lock(threading.RLock())
    return iter(Bar(outcomes, total=count, unit="row", disable=None))
