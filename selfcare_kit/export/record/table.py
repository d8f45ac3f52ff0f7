"""A table of steps from a spreadsheet, however it was edited by hand, as the plain values of a routine.

Point and side have to be there. Order, upper case, columns of one's own and blank rows are free; a
column that was deleted gets what the guide proposes, and so does a row added with these two alone.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Any, NamedTuple

from selfcare_kit.errors import FileFormatError, InvalidValueError, UnknownIdError, quoted
from selfcare_kit.export.record.damage import damage_told
from selfcare_kit.export.record.dates import read_date
from selfcare_kit.export.record.migrate import FORMAT
from selfcare_kit.export.record.record import (
    MISSING,
    NESTED_COLUMNS,
    NUMBER_COLUMNS,
    ROUTINE_COLUMNS,
    STEP_COLUMNS,
    WHOLE_LABELS,
    check_own_guide,
    step_from_values,
)
from selfcare_kit.guide.guide import Guide
from selfcare_kit.plan.dosing import propose
from selfcare_kit.safety.screening import screening_from_dict
from selfcare_kit.safety.verdict import Judge

NEEDED = ("point", "side")
MAX_ROWS = 1_000
CHOICES = ("side", "mode")
# What the guide proposes for a row that has none of it.
PROPOSED = ("mode", "seconds", "pressure", "tool", "position", "every_days_min", "every_days_max")
# What was typed by hand and has to come back as it is, blanks at its ends included.
TYPED = ("title", "code", "note")
# Sixty may come back as 60,0 or 60.0; with three places it could as well be sixty thousand.
_WHOLE = re.compile(r"\+?([0-9]{1,9})(?:[.,]0{1,2})?")


class Row(NamedTuple):
    """The cells of one row, and its number in the spreadsheet.

    `is_open` tells that the file ends before the line does, `damaged` which cells a spreadsheet program spoiled.
    """

    number: int
    cells: Sequence[str]
    is_open: bool = False
    damaged: Collection[int] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.strip() for cell in self.cells)


def column_name(cell: str) -> str:
    """Return the name of a column as it is known here.

    Parameters
    ----------
    cell : str
        A cell of the header.

    Returns
    -------
    str
        Lower case, with underscores for blanks.
    """
    return "_".join(cell.replace("\ufeff", "").casefold().split())


def whole_number(cell: str) -> int | None:
    """Return the whole number that a spreadsheet may have written with decimals.

    Parameters
    ----------
    cell : str
        Such as "60", "60,0" or "60.00".

    Returns
    -------
    int or None
        None for anything else, and for what may be sixty thousand as well.

    Examples
    --------
    >>> whole_number("60,0"), whole_number("60.000")
    (60, None)
    """
    match = _WHOLE.fullmatch(cell.strip())
    return int(match[1]) if match else None


def record_from_rows(
    rows: Iterable[Row], name: str, guide: Guide, whole: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Read rows of cells into the plain values of a routine.

    Parameters
    ----------
    rows : iterable of Row
        The header, then one row a step.
    name : str
        The file's name, for messages.
    guide : Guide
        Proposes what deleted columns held.
    whole : mapping of str to str, optional
        What belongs to the whole routine, where the file keeps it apart; otherwise it stands on
        each row.

    Returns
    -------
    dict
        For `plan_from_record`.

    Raises
    ------
    FileFormatError
        If it is not such a table, naming row and column.
    """
    filled = list(islice((row for row in rows if not row.is_blank), MAX_ROWS + 1))
    if len(filled) > MAX_ROWS:
        raise FileFormatError(
            f"{name} must hold one routine, got more than {MAX_ROWS:,} rows; keep the rows of one client."
        )
    if len(filled) < 2:
        raise FileFormatError(f"{name} must hold a header and one row a step, got no row; export it again.")
    columns = columns_of(filled[0], name, NEEDED, (*STEP_COLUMNS, *ROUTINE_COLUMNS))
    there = columns if whole is None else whole
    table = [(row.number, cells_by_column(row, columns, name)) for row in filled[1:]]
    found = _whole_values(table, name) if whole is None else whole
    record = {
        "title": "",
        "code": "",
        "date": datetime.date.today().isoformat(),
        "guide": guide.id,
        "guide_version": guide.version,
        "complaint": None,
        "screening": None,
        "sides_confirmed": [],
        "format": FORMAT,
        MISSING: tuple(column for column in WHOLE_LABELS if column not in there),
        **{column: _value(column, found[column], name) for column in ROUTINE_COLUMNS if found.get(column)},
    }
    if found.get("date"):
        record["date"] = _date(found["date"], record["screening"], name)
    # Before its points are looked up, which another guide may not have.
    check_own_guide(record["guide"], name, guide)
    numbers = _numbers(table, name)
    steps = [_step_values(cells, name, line) | number for (line, cells), number in zip(table, numbers, strict=True)]
    judge = _judge_of(record, name, guide)
    steps = [_completed(step, judge, _place(name, line), guide) for step, (line, _) in zip(steps, table, strict=True)]
    return {**record, "steps": sorted(steps, key=lambda step: step["step"])}


def columns_of(header: Row, name: str, needed: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return the names of the columns of a table.

    Parameters
    ----------
    header : Row
        The first row that is not blank.
    name : str
        The file's name, for messages.
    needed, known : iterable of str
        Columns that have to be there, and all that mean something: those stand once.

    Returns
    -------
    list of str
        One for each cell; columns of one's own are among them.

    Raises
    ------
    FileFormatError
        If a column is missing, or stands twice. What the cells hold is not told: a file without a
        header may begin with a client.
    """
    columns = [column_name(cell) for cell in header.cells]
    for column in needed:
        if column not in columns:
            raise FileFormatError(
                f"{name} must have the columns {', '.join(needed)} in its first row, got none called {column!r}; "
                "add it, or export the file again."
            )
    twice = next((each for each in known if columns.count(each) > 1), None)
    if twice:
        raise FileFormatError(f"{name} must have each column once, got {twice!r} twice; delete one of them.")
    return columns


def cells_by_column(row: Row, columns: list[str], name: str, texts: Collection[str] = TYPED) -> dict[str, str]:
    """Return the cells of a row by the names of their columns.

    Parameters
    ----------
    row : Row
        The row.
    columns : list of str
        As `columns_of` gave them.
    name : str
        The file's name, for messages.
    texts : collection of str, optional
        Columns in which a text counts as it is, so that a spoiled one has to be told here.

    Returns
    -------
    dict of str to str
        What stands below a blank header is left out; last cells that are missing are empty ones, as
        some programs leave them out.

    Raises
    ------
    FileFormatError
        If cells stand outside of the table or are spoiled, or the file ends within the row.
    """
    beyond = [cell for cell in row.cells[len(columns) :] if cell.strip()]
    if beyond:
        raise FileFormatError(
            f"{name}, row {row.number} must have at most {len(columns)} cells, one for each column, got "
            f"{len(row.cells)}; delete what stands to the right of the last column, or save it again."
        )
    if row.is_open and len(row.cells) < len(columns):
        raise FileFormatError(
            f"{name}, row {row.number} must have {len(columns)} cells or end its line, got {len(row.cells)} at the end "
            "of the file, which may have lost the rest; save it again."
        )
    for column, cell in ((columns[at], row.cells[at]) for at in row.damaged if at < len(columns)):
        told = damage_told(column, cell) if column in texts else ""
        if told:
            raise FileFormatError(f"{name}, row {row.number}: {told}")
    return {column: cell for column, cell in zip_longest(columns, row.cells[: len(columns)], fillvalue="") if column}


def _whole_values(table: list[tuple[int, dict[str, str]]], name: str) -> dict[str, str]:
    """Return what stands on every row, or on some of them, and on none otherwise."""
    whole: dict[str, str] = {}
    for line, cells in table:
        for column in ROUTINE_COLUMNS:
            cell = cells.get(column, "")
            if cell and whole.setdefault(column, cell) != cell:
                raise FileFormatError(
                    f"{name}, row {line}: column {column!r} must be the same on every row of one routine, "
                    f"got {quoted(cell)}; keep the rows of one client."
                )
    return whole


def _numbers(table: list[tuple[int, dict[str, str]]], name: str) -> list[dict[str, int]]:
    """Return the numbers that order the steps; a row without one follows the row above it."""
    given: list[int] = []
    numbers: list[int] = []
    for line, cells in table:
        if cells.get("step", "").strip():
            given.append(_whole_number("step", cells["step"], name, line))
            numbers.append(given[-1])
        else:
            numbers.append(numbers[-1] if numbers else 0)
    if len(set(given)) < len(given):
        raise FileFormatError(
            f"{name}: column 'step' must number the rows from 1 to {len(given)}, "
            f"got {quoted(', '.join(map(str, given)))}; number them again."
        )
    return [{"step": number} for number in numbers]


def _value(column: str, cell: str, name: str, line: int | None = None) -> Any:
    if column in NESTED_COLUMNS:
        return _nested(column, cell, name)
    if column in NUMBER_COLUMNS or column == "format":
        return _whole_number(column, cell, name, line)
    if column in (*TYPED, "date", "guide_version"):
        return cell
    return cell.strip().casefold() if column in CHOICES else cell.strip()


def _date(cell: str, screening: Any, name: str) -> str:
    """Read the routine's date; of two that it may be, the day of its safety questions is meant."""
    asked = screening.get("date") if isinstance(screening, dict) else None
    # It is already tomorrow elsewhere.
    latest = datetime.date.today() + datetime.timedelta(days=1)
    try:
        likely = (datetime.date.fromisoformat(asked),)
    except (TypeError, ValueError):
        likely = ()
    return read_date(cell, name, likely=likely, latest=latest)


def _whole_number(column: str, cell: str, name: str, line: int | None) -> int:
    number = whole_number(cell)
    if number is None:
        raise FileFormatError(
            f"{_place(name, line)}: column {column!r} must be a whole number, got {cell[:40]!r}; correct it."
        )
    return number


def _nested(column: str, cell: str, name: str) -> Any:
    if not cell.strip():
        return None
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        raise FileFormatError(
            f"{name}: column {column!r} must be JSON as exported, got {cell[:40]!r}; export it again."
        ) from None


def _step_values(cells: dict[str, str], name: str, line: int) -> dict[str, Any]:
    """Return what a row holds; of a row that was added with point and side alone, nothing else."""
    is_bare = not any(cells.get(column, "").strip() for column in PROPOSED)
    columns = (each for each in STEP_COLUMNS[1:] if each in cells and not (is_bare and each in PROPOSED))
    return {column: _value(column, cells[column], name, line) for column in columns}


def _missing(step: dict[str, Any]) -> list[str]:
    return [column for column in STEP_COLUMNS[2:] if column not in step]


def _judge_of(record: dict[str, Any], name: str, guide: Guide) -> Judge:
    """Return who judges the steps, by the safety answers and by what the client feels."""
    try:
        complaint = guide.complaint(record["complaint"]) if record["complaint"] else None
        answers = screening_from_dict(record["screening"], guide) if record["screening"] else None
        return Judge.of(guide, complaint, answers)
    except (KeyError, TypeError, AttributeError) as error:
        raise FileFormatError(f"{name} is not a whole routine ({error}); export it again.") from None
    except InvalidValueError as error:
        raise FileFormatError.in_place(name, error) from None


def _completed(step: dict[str, Any], judge: Judge, place: str, guide: Guide) -> dict[str, Any]:
    """Put in what the guide proposes where something is missing, and see that it is a step."""
    missing = _missing(step)
    try:
        if missing:
            proposed = propose(step["point"], step["side"], judge)
            step = {**step, **{column: getattr(proposed, column) for column in missing}}
        step_from_values(step, guide)
    except InvalidValueError as error:
        raise FileFormatError.in_place(place, error) from None
    except UnknownIdError as error:
        raise UnknownIdError.in_place(place, error) from None
    return step


def _place(name: str, line: int | None) -> str:
    return name if line is None else f"{name}, row {line}"
