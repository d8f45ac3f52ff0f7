"""Reading a table of steps that may have been edited in a spreadsheet, as the plain values of a routine.

Point and side are required. Order, case, other columns and blank rows do not matter. A deleted column gets what the
guide proposes, and so does a row that was added with point and side alone.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Any, NamedTuple

from selfcare_kit.errors import FileFormatError, InvalidValueError, UnknownIdError, quoted
from selfcare_kit.export.record.dates import read_date
from selfcare_kit.export.record.migrate import FORMAT, OUTCOME_FORMAT
from selfcare_kit.export.record.other_version import fitted_to_guide
from selfcare_kit.export.record.record import (
    MISSING,
    NESTED_COLUMNS,
    NUMBER_COLUMNS,
    OUTCOME_COLUMNS,
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
from selfcare_kit.spreadsheets.damage import damage_message

NEEDED_COLUMNS = ("point", "side")
# The key of a step's row number in a plain record.
ROW = "row"
MAX_ROWS = 1_000
CHOICE_COLUMNS = ("side", "mode")
# Columns that a row may lack altogether; then the guide proposes their values.
PROPOSED_COLUMNS = ("mode", "seconds", "pressure", "tool", "position", "every_days_min", "every_days_max")
# Texts that were typed by hand; they are read back unchanged, with spaces at their ends.
TEXT_COLUMNS = ("title", "code", "note")
# The key of a step's row in the spreadsheet, while it is read.
ROW = "row"
# Sixty may come back as 60,0 or 60.0; with three places it could as well be sixty thousand.
_WHOLE = re.compile(r"\+?([0-9]{1,9})(?:[.,]0{1,2})?")
# The one column with numbers below zero; a hyphen or a minus sign.
SIGNED_COLUMN = "change"
_MINUS = ("-", "\N{MINUS SIGN}")


class Row(NamedTuple):
    """The cells of one row, and its number in the spreadsheet.

    `is_cut_off` is true where the file ends before the line does; `damaged` are the indexes of cells that a spreadsheet
    program may have changed.
    """

    number: int
    cells: Sequence[str]
    is_cut_off: bool = False
    damaged: Collection[int] = ()

    @property
    def is_blank(self) -> bool:
        """Whether all cells are empty."""
        return not any(cell.strip() for cell in self.cells)


def column_name(cell: str) -> str:
    """Return the name of a column in lower case, with underscores for spaces."""
    return "_".join(cell.replace("\ufeff", "").casefold().split())


def whole_number(cell: str) -> int | None:
    """Return the whole number in a cell, also with decimals of zero; None for anything else and for "60.000".

    Examples
    --------
    >>> whole_number("60,0"), whole_number("60.000")
    (60, None)
    """
    match = _WHOLE.fullmatch(cell.strip())
    return int(match[1]) if match else None


def plain_record_from_rows(rows: Iterable[Row], name: str, whole: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the plain values of a routine from a header and one row a step, as they are and with no rule applied.

    `whole` has the values of the whole routine where the file keeps them apart; otherwise they are on each row. `name`,
    here and below, is the file's, for messages. A step has its row's number, and lacks what its row does.
    """
    filled = list(islice((row for row in rows if not row.is_blank), MAX_ROWS + 1))
    if len(filled) > MAX_ROWS:
        raise FileFormatError(
            f"{name} must hold one routine, got more than {MAX_ROWS:,} rows; keep the rows of one client."
        )
    if len(filled) < 2:
        raise FileFormatError(f"{name} must hold a header and one row a step, got no row; export it again.")
    columns = columns_of(filled[0], name, NEEDED_COLUMNS, (*STEP_COLUMNS, *ROUTINE_COLUMNS))
    table = [(row.number, cells_by_column(row, columns, name)) for row in filled[1:]]
    values = _whole_values(table, name) if whole is None else whole
    missing = [column for column in WHOLE_LABELS if column not in (columns if whole is None else whole)]
    numbers = _numbers(table, name)
    steps = [
        {**_step_values(cells, name, row), **number, ROW: row}
        for (row, cells), number in zip(table, numbers, strict=True)
    ]
    ordered = sorted(steps, key=lambda step: step["step"])
    return {**_whole_record(values, name), MISSING: tuple(missing), "steps": ordered}


def completed_record(record: Mapping[str, Any], name: str, guide: Guide) -> dict[str, Any]:
    """Return a plain record with what the guide proposes for what its table lacks; refuse what it does not allow."""
    own = {"date": datetime.date.today().isoformat(), "guide": guide.id, "guide_version": guide.version}
    whole = {**record, **{column: value for column, value in own.items() if record[column] is None}}
    # Before its points are looked up, which another guide may not have.
    check_own_guide(whole["guide"], name, guide)
    whole = _fitted(whole, name, guide)
    judge = _judge_of(whole, name, guide)
    steps = [_completed(step, judge, name, guide) for step in whole["steps"]]
    return {**whole, "steps": steps}


def _fitted(record: dict[str, Any], name: str, guide: Guide) -> dict[str, Any]:
    """Return a record with what the guide has of it, if it was made with another version of the guide."""
    if record["guide_version"] == guide.version:
        return record
    try:
        return fitted_to_guide(record, guide)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, InvalidValueError):
            raise
        raise FileFormatError(f"{name} is not a whole routine ({error}); export it again.") from None


def _whole_record(values: Mapping[str, str], name: str) -> dict[str, Any]:
    """Return the record of a routine without its steps; None for a date or a guide that its table lacks."""
    record = {
        "title": "",
        "code": "",
        "date": None,
        "guide": None,
        "guide_version": None,
        "complaint": None,
        "screening": None,
        "sides_confirmed": [],
        "format": FORMAT,
        **dict.fromkeys(OUTCOME_COLUMNS),
        **{column: _value(column, values[column], name) for column in _known_columns(values) if values.get(column)},
    }
    if values.get("date"):
        record["date"] = _date(values["date"], record["screening"], name)
    return record


def _known_columns(values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns of the whole routine that its format has."""
    number = whole_number(values.get("format", ""))
    if number is None or number >= OUTCOME_FORMAT:
        return ROUTINE_COLUMNS
    return tuple(column for column in ROUTINE_COLUMNS if column not in OUTCOME_COLUMNS)


def columns_of(header: Row, name: str, needed: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return the names of a table's columns; errors quote no cell, as without a header it may be a client's name."""
    columns = [column_name(cell) for cell in header.cells]
    for column in needed:
        if column not in columns:
            raise FileFormatError(
                f"{name} must have the columns {', '.join(needed)} in its first row, got none called {column!r}; "
                "add it, or export the file again."
            )
    twice = next((column for column in known if columns.count(column) > 1), None)
    if twice:
        raise FileFormatError(f"{name} must have each column once, got {twice!r} twice; delete one of them.")
    return columns


def cells_by_column(row: Row, columns: list[str], name: str, texts: Collection[str] = TEXT_COLUMNS) -> dict[str, str]:
    """Return the cells of a row by column; a damaged cell is an error in the columns of `texts`, read unparsed."""
    beyond = [cell for cell in row.cells[len(columns) :] if cell.strip()]
    if beyond:
        raise FileFormatError(
            f"{name}, row {row.number} must have at most {len(columns)} cells, one for each column, got "
            f"{len(row.cells)}; delete what is to the right of the last column, or save it again."
        )
    if row.is_cut_off and len(row.cells) < len(columns):
        raise FileFormatError(
            f"{name}, row {row.number} must have {len(columns)} cells or end its line, got {len(row.cells)} at the end "
            "of the file, which may have lost the rest; save it again."
        )
    for column, cell in ((columns[at], row.cells[at]) for at in row.damaged if at < len(columns)):
        message = damage_message(column, cell) if column in texts else ""
        if message:
            raise FileFormatError(f"{name}, row {row.number}: {message}")
    return {column: cell for column, cell in zip_longest(columns, row.cells[: len(columns)], fillvalue="") if column}


def _whole_values(table: list[tuple[int, dict[str, str]]], name: str) -> dict[str, str]:
    """Return the values of the whole routine; where some rows lack one, all others must agree."""
    whole: dict[str, str] = {}
    for row_number, cells in table:
        for column in _known_columns(cells):
            cell = cells.get(column, "")
            if cell and whole.setdefault(column, cell) != cell:
                raise FileFormatError(
                    f"{name}, row {row_number}: column {column!r} must be the same on every row of one routine, "
                    f"got {quoted(cell)}; keep the rows of one client."
                )
    return whole


def _numbers(table: list[tuple[int, dict[str, str]]], name: str) -> list[dict[str, int]]:
    """Return the numbers that order the steps; a row without one follows the row above it."""
    given: list[int] = []
    numbers: list[int] = []
    for row_number, cells in table:
        if cells.get("step", "").strip():
            given.append(_whole_number("step", cells["step"], name, row_number))
            numbers.append(given[-1])
        else:
            numbers.append(numbers[-1] if numbers else 0)
    if len(set(given)) < len(given):
        raise FileFormatError(
            f"{name}: column 'step' must number the rows from 1 to {len(given)}, "
            f"got {quoted(', '.join(map(str, given)))}; number them again."
        )
    return [{"step": number} for number in numbers]


def _value(column: str, cell: str, name: str, row_number: int | None = None) -> Any:
    if column in NESTED_COLUMNS:
        return _nested(column, cell, name)
    if column in NUMBER_COLUMNS:
        return _whole_number(column, cell, name, row_number)
    if column in (*TEXT_COLUMNS, "date", "guide_version"):
        return cell
    return cell.strip().casefold() if column in CHOICE_COLUMNS else cell.strip()


def _date(cell: str, screening: Any, name: str) -> str:
    """Read the routine's date; where it may be one of two days, the day of the safety questions decides."""
    asked = screening.get("date") if isinstance(screening, dict) else None
    # It is already tomorrow elsewhere.
    latest = datetime.date.today() + datetime.timedelta(days=1)
    try:
        likely = (datetime.date.fromisoformat(asked),)
    except (TypeError, ValueError):
        likely = ()
    return read_date(cell, name, likely=likely, latest=latest)


def _whole_number(column: str, cell: str, name: str, row_number: int | None) -> int:
    is_negative = column == SIGNED_COLUMN and cell.strip().startswith(_MINUS)
    number = whole_number(cell.strip()[1:] if is_negative else cell)
    if number is None:
        raise FileFormatError(
            f"{_location(name, row_number)}: column {column!r} must be a whole number, got {cell[:40]!r}; correct it."
        )
    return -number if is_negative else number


def _nested(column: str, cell: str, name: str) -> Any:
    if not cell.strip():
        return None
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        raise FileFormatError(
            f"{name}: column {column!r} must be JSON as exported, got {cell[:40]!r}; export it again."
        ) from None


def _step_values(cells: dict[str, str], name: str, row_number: int) -> dict[str, Any]:
    """Return the values of a row; the empty cells of a row with point and side alone count as missing."""
    is_bare = not any(cells.get(column, "").strip() for column in PROPOSED_COLUMNS)
    columns = [each for each in STEP_COLUMNS[1:] if each in cells and not (is_bare and each in PROPOSED_COLUMNS)]
    return {column: _value(column, cells[column], name, row_number) for column in columns}


def _missing(step: dict[str, Any]) -> list[str]:
    return [column for column in STEP_COLUMNS[2:] if column not in step]


def _judge_of(record: dict[str, Any], name: str, guide: Guide) -> Judge:
    """Return the judge of the steps, with the record's complaint and safety answers."""
    try:
        complaint = guide.complaint(record["complaint"]) if record["complaint"] else None
        answers = screening_from_dict(record["screening"], guide) if record["screening"] else None
        return Judge.of(guide, complaint, answers)
    except (KeyError, TypeError, AttributeError) as error:
        raise FileFormatError(f"{name} is not a whole routine ({error}); export it again.") from None
    except InvalidValueError as error:
        raise FileFormatError.in_place(name, error) from None


def _completed(values: Mapping[str, Any], judge: Judge, name: str, guide: Guide) -> dict[str, Any]:
    """Return a step with what the guide proposes for missing values, and check that it is valid."""
    step = {column: value for column, value in values.items() if column != ROW}
    location = _location(name, values[ROW])
    missing = _missing(step)
    try:
        if missing:
            proposed = propose(step["point"], step["side"], judge)
            step = {**step, **{column: getattr(proposed, column) for column in missing}}
        step_from_values(step, guide)
    except InvalidValueError as error:
        raise FileFormatError.in_place(location, error) from None
    except UnknownIdError as error:
        raise UnknownIdError.in_place(location, error) from None
    return step


def _location(name: str, row_number: int | None) -> str:
    return name if row_number is None else f"{name}, row {row_number}"
