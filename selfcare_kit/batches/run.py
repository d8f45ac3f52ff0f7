"""`batch`: the table, the folder and the options are checked before the first row is processed."""

from __future__ import annotations

import csv
import datetime
import os
import threading
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from selfcare_kit.batches.done import DoneRows, digest_of
from selfcare_kit.batches.from_workbook import ENDINGS, table_of_workbook
from selfcare_kit.batches.summary import BatchSummary, RowResult
from selfcare_kit.batches.work import Batch, DoneRow
from selfcare_kit.clinics.profile import PAPERS, VARIANTS, check_clinic, with_preferences
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
from selfcare_kit.export.handout.videos import check_videos
from selfcare_kit.export.kinds import HANDOUT_OPTIONS, file_kind
from selfcare_kit.export.read import ZIP_START
from selfcare_kit.export.record.csv import not_a_table
from selfcare_kit.export.record.workbook import OLD_OR_LOCKED
from selfcare_kit.files import is_file, read_file, remove_leftovers
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide

DEFAULT_KINDS = ("html", "csv")
# Of LibreOffice and of the Macintosh.
OTHER_WORKBOOKS = (".ods", ".ots", ".numbers", ".xlsb")
MAX_BYTES = 20_000_000
MAX_ROWS = 100_000
JOBS_IGNORED = "jobs does nothing any more: a batch runs in one process, which is as fast; leave it out."


def batch(
    clients: str | Path,
    out: str | Path,
    *,
    kinds: Iterable[str] = DEFAULT_KINDS,
    guide: Guide | None = None,
    jobs: int | None = None,
    sheet: str = "",
    **options: Any,
) -> BatchSummary:
    """Write the files of many clients, from a table with one row a client.

    Finished rows are skipped: the files of a row are made again only when something in the row, the kit,
    the guide, the options or the day has changed, or when one of them is missing or damaged. A row that
    fails does not stop the others; the summary says why. Every file is replaced atomically, so that it
    is complete at any moment.

    Parameters
    ----------
    clients : str or Path
        A CSV file or an .xlsx workbook, as Excel or LibreOffice save them; docs/batch.md says what its columns hold.
    out : str or Path
        Folder for the files; created when it does not exist.
    kinds : iterable of str, default=("html", "csv")
        Kinds of files for rows that name none.
    guide : Guide, optional
        The built-in one when left out.
    jobs : int, optional
        Has no effect any more, and warns (`DeprecationWarning`).
    sheet : str, default=""
        The sheet of a workbook; the first visible one when left out.
    **options
        Options of the handouts where a row gives none: language, paper, variant and whatever else
        `Routine.to_html` takes, except client. Where they are left out, too, the clinic's settings hold.

    Returns
    -------
    BatchSummary
        A result for each row.

    Raises
    ------
    FileNotFoundError
        If the table does not exist.
    FileFormatError
        If the file is not a table of clients.
    InvalidValueError
        If a kind, an option or the folder is not allowed.
    MissingExtraError
        If a kind needs a package that is not installed.
    FileWriteError
        If the folder cannot be created.
    """
    if jobs is not None:
        warnings.warn(JOBS_IGNORED, DeprecationWarning, stacklevel=2)
    content, name, sheet = _read_table(Path(clients), sheet)
    checked_kinds = _checked_kinds(kinds)
    guide = _checked_guide(guide)
    checked_options = _checked_options(options, guide)
    folder, day = _created_folder(Path(out)), datetime.date.today()
    done = DoneRows.load(folder, day, _table_digest(Path(clients), sheet, folder))
    run = Batch(content, name, folder, guide, checked_kinds, checked_options, done, day)
    count = _count_rows(run)
    remove_leftovers(folder)
    results: list[RowResult] = []
    languages: set[str] = set()
    try:
        for done_row in _with_progress(run.done_rows(), count):
            results.append(done_row.result)
            if done_row.row:
                done.add(done_row.row, done_row.files)
                languages.add(done_row.language)
    finally:
        done.save()
    return BatchSummary(folder, tuple(results), _notices(run, languages))


def _notices(run: Batch, languages: Iterable[str]) -> tuple[str, ...]:
    notices = [run.guide.translation(language).notice for language in sorted(languages) if language]
    unused = run.unused_columns
    if unused:
        notices.append(f"Columns that were not used: {', '.join(map(quoted, unused))}.")
    return tuple(filter(None, notices))


def _read_table(path: Path, sheet: str) -> tuple[bytes, str, str]:
    """Return the clients' table as CSV, the file's name for messages, and the sheet it stands on."""
    if not is_file(path):
        raise FileNotFoundError(
            f"a batch is read from a CSV file or an .xlsx workbook, got {quoted(str(path))}, which is no file; "
            "check the path."
        )
    name = shown_name(path.name)
    content = read_file(
        path, MAX_BYTES, called=name, advice="allow it to be read", smaller="split it into several files"
    )
    if path.suffix.casefold() in ENDINGS or content.startswith(OLD_OR_LOCKED):
        content, sheet = table_of_workbook(content, name, check_text("sheet", sheet), MAX_BYTES)
        return content, name, sheet
    if content.startswith(ZIP_START) and path.suffix.casefold() in OTHER_WORKBOOKS:
        raise FileFormatError(f"{name} must be an .xlsx workbook or a CSV file, got another one; save it as .xlsx.")
    if content.startswith(ZIP_START):
        raise FileFormatError(
            f"{name} must be a CSV file, got a packed one such as a workbook; rename it to .xlsx, or save it as CSV."
        )
    if sheet:
        raise InvalidValueError(
            f"sheet is of a workbook, got {quoted(sheet)} for {name}, which has none; leave it out."
        )
    return content, name, ""


def _table_digest(path: Path, sheet: str, folder: Path) -> str:
    """Return a digest of where a table is, as seen from the folder of its files: both may be moved together."""
    try:
        place = os.path.relpath(path.resolve(), folder.resolve())
    except ValueError:
        # Another drive of Windows.
        place = str(path.resolve())
    return digest_of(f"{place}\n{sheet}".encode(errors="surrogatepass"))


def _checked_kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys((kinds,) if isinstance(kinds, str) else kinds))
    if not wanted:
        raise InvalidValueError("kinds must name at least one kind of file, got none; leave it out for html and csv.")
    missing = next((kind.missing_package for kind in map(file_kind, wanted) if kind.missing_package), "")
    if missing:
        raise MissingExtraError(missing)
    return wanted


def _checked_guide(guide: Guide | None) -> Guide:
    if guide is None:
        return load_guide()
    if isinstance(guide, Guide):
        return guide
    raise InvalidValueError(f"guide must come from load_guide, got {quoted(guide)}; load it first.")


def _checked_options(options: Mapping[str, Any], guide: Guide) -> dict[str, Any]:
    """Return the options with the clinic's settings read; refuse before the first row what is wrong for all."""
    allowed = [name for name in HANDOUT_OPTIONS if name != "client"]
    unknown = next((name for name in options if name not in allowed), None)
    if unknown is not None:
        raise InvalidValueError(
            f"options for all handouts must be among {', '.join(allowed)}, got {unknown!r}; leave it out, "
            "and name clients in the table."
        )
    clinic = check_clinic(options.get("clinic"))
    checked = with_preferences(clinic, {**options, "clinic": clinic}, guide.language)
    check_choice("paper", checked["paper"], PAPERS)
    check_choice("variant", checked["variant"], VARIANTS)
    guide.texts(checked["language"])
    check_videos(clinic, guide)
    return checked


def _created_folder(folder: Path) -> Path:
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


def _count_rows(run: Batch) -> int:
    """Read the whole table once, so that nothing is written from one that is broken further down."""
    count = 0
    try:
        for count, _ in enumerate(run.rows(), start=1):
            if count > MAX_ROWS:
                raise FileFormatError(
                    f"{run.name} must have at most {MAX_ROWS:,} rows, got more; split it into several files."
                )
    except csv.Error as error:
        raise not_a_table(run.name, error) from None
    return count


def _with_progress(done_rows: Iterator[DoneRow], count: int) -> Iterator[DoneRow]:
    """Return the rows with a progress bar, in a terminal only."""
    from tqdm import tqdm

    class Bar(tqdm):
        monitor_interval = 0

    # The lock that tqdm makes by itself is shared with forked processes: one killed in it would stop the others.
    Bar.set_lock(threading.RLock())
    return iter(Bar(done_rows, total=count, unit="row", disable=None))
