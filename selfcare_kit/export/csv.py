"""A routine as CSV: one row a step, safe in spreadsheets, and back without loss."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from selfcare_kit.errors import FileFormatError, quoted
from selfcare_kit.export.record import NUMBER_COLUMNS, STEP_COLUMNS, routine_to_record
from selfcare_kit.routine import Routine

ROUTINE_COLUMNS = ("title", "code", "date", "guide", "guide_version", "complaint", "screening", "format")
# With a byte order mark, without which Excel takes the file for another encoding.
ENCODING = "utf-8-sig"
NESTED_COLUMNS = ("complaint", "screening")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guard(text: str) -> str:
    """Make a text harmless as a spreadsheet cell.

    A leading apostrophe keeps Excel and LibreOffice from reading it as a formula. A text that
    already begins with an apostrophe gets one more, so that `unguard` always undoes exactly this.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text, with an apostrophe in front where it needs one.

    Examples
    --------
    >>> guard("=1+1"), guard("plain")
    ("'=1+1", 'plain')
    """
    first = text.lstrip()[:1]
    risky = first in _FORMULA_STARTS if first else False
    return f"'{text}" if risky or text.startswith(("'", "\t", "\r", "\n")) else text


def unguard(cell: str) -> str:
    """Undo `guard`.

    Parameters
    ----------
    cell : str
        A cell.

    Returns
    -------
    str
        The text that was guarded.
    """
    return cell[1:] if cell.startswith("'") and guard(cell[1:]) == cell else cell


def routine_csv(routine: Routine) -> str:
    """Return a routine as CSV text.

    Parameters
    ----------
    routine : Routine
        With at least one step.

    Returns
    -------
    str
        A header and one row a step, lines ended by CR LF. What belongs to the whole routine
        stands on each row.
    """
    record = routine_to_record(routine)
    whole = [_cell(column, record[column]) for column in ROUTINE_COLUMNS]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow((*STEP_COLUMNS, *ROUTINE_COLUMNS))
    for step in record["steps"]:
        writer.writerow([*(_cell(column, step[column]) for column in STEP_COLUMNS), *whole])
    return out.getvalue()


def _cell(column: str, value: Any) -> Any:
    if column in NESTED_COLUMNS:
        return "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return guard(value) if isinstance(value, str) else value


def record_from_csv(text: str, name: str) -> dict[str, Any]:
    """Read CSV text into the plain values of a routine.

    Parameters
    ----------
    text : str
        What the file held, without a byte order mark.
    name : str
        The file's name, for messages.

    Returns
    -------
    dict
        For `routine_from_record`.

    Raises
    ------
    FileFormatError
        If it is not such a table, naming line and column.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise FileFormatError(f"{name} is not a CSV table ({error}); export it again.") from None
    if not rows:
        raise FileFormatError(f"{name} must hold a header and one row a step, got no row; export it again.")
    missing = [column for column in (*STEP_COLUMNS, *ROUTINE_COLUMNS) if column not in rows[0]]
    if missing:
        raise FileFormatError(
            f"{name} must have the columns of an exported routine, got none called {missing[0]!r}; export it again."
        )
    _check_rows(rows, name)
    whole = {column: _value(column, rows[0][column], name, 2) for column in ROUTINE_COLUMNS}
    steps = [
        {column: _value(column, row[column], name, line) for column in STEP_COLUMNS}
        for line, row in enumerate(rows, start=2)
    ]
    return {**whole, "steps": sorted(steps, key=lambda step: step["step"])}


def _check_rows(rows: list[dict[str, str]], name: str) -> None:
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise FileFormatError(f"{name}, row {line} has too many or too few cells; export it again.")
        for column in ROUTINE_COLUMNS:
            if row[column] != rows[0][column]:
                raise FileFormatError(
                    f"{name}, row {line}: column {column!r} must be the same on every row of one routine, "
                    f"got {quoted(row[column])}; keep the rows of one client."
                )
    numbers = sorted(row["step"].strip() for row in rows)
    if numbers != sorted(str(number) for number in range(1, len(rows) + 1)):
        raise FileFormatError(
            f"{name}: column 'step' must number the rows from 1 to {len(rows)}, got {quoted(', '.join(numbers))}; "
            "number them again."
        )


def _value(column: str, cell: str, name: str, line: int) -> Any:
    if column in NESTED_COLUMNS:
        return _nested(column, cell, name, line)
    if column in NUMBER_COLUMNS or column == "format":
        try:
            return int(cell)
        except ValueError:
            raise FileFormatError(
                f"{name}, row {line}: column {column!r} must be a whole number, got {cell[:40]!r}; correct it."
            ) from None
    return unguard(cell)


def _nested(column: str, cell: str, name: str, line: int) -> Any:
    if not cell.strip():
        return None
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        raise FileFormatError(
            f"{name}, row {line}: column {column!r} must be JSON as exported, got {cell[:40]!r}; export it again."
        ) from None
