"""A routine as CSV: one row a step, safe in spreadsheets, and back without loss."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from selfcare_kit.errors import FileFormatError
from selfcare_kit.export.record.cell_text import is_changed_by_spreadsheets
from selfcare_kit.export.record.damage import is_damaged
from selfcare_kit.export.record.encoding import decode_table
from selfcare_kit.export.record.record import ROUTINE_COLUMNS, STEP_COLUMNS, cell_values, routine_to_record
from selfcare_kit.export.record.table import TYPED, Row, column_name, record_from_rows
from selfcare_kit.guide.guide import Guide
from selfcare_kit.plan.plan import Plan

# With a byte order mark, without which Excel takes the file for another encoding.
ENCODING = "utf-8-sig"
# What Excel and LibreOffice put between cells, by country and by choice; the first wins a draw.
DELIMITERS = (",", ";", "\t")
MAX_HEADER_LENGTH = 20_000
_SEPARATOR_LINE = re.compile(r"sep=([,;|\t])", re.IGNORECASE)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guard(text: str, *, numbers: bool = True) -> str:
    """Make a text harmless as a spreadsheet cell.

    A leading apostrophe keeps Excel and LibreOffice from reading it as a formula, or as a number or
    a date that they would write otherwise. A text that already begins with an apostrophe gets one
    more, so that `unguard` always undoes exactly this.

    Parameters
    ----------
    text : str
        Any text.
    numbers : bool, default=True
        Whether to guard what looks like a number, a date or a truth value, too.

    Returns
    -------
    str
        The text, with an apostrophe in front where it needs one.

    Examples
    --------
    >>> guard("=1+1"), guard("0042"), guard("plain")
    ("'=1+1", "'0042", 'plain')
    """
    bare = text.strip()
    is_risky = bare.startswith(_FORMULA_STARTS) or text.startswith(("'", "\t", "\r", "\n"))
    return f"'{text}" if is_risky or (numbers and is_changed_by_spreadsheets(text)) else text


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


def routine_csv(routine: Plan) -> str:
    """Return a routine as CSV text.

    Parameters
    ----------
    routine : Plan
        With at least one step.

    Returns
    -------
    str
        A header and one row a step, lines ended by CR LF. What belongs to the whole routine
        stands on each row.
    """
    record = routine_to_record(routine)
    whole = _guarded(record, ROUTINE_COLUMNS)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow((*STEP_COLUMNS, *ROUTINE_COLUMNS))
    for step in record["steps"]:
        writer.writerow([*_guarded(step, STEP_COLUMNS), *whole])
    return out.getvalue()


def _guarded(values: Mapping[str, Any], columns: Sequence[str]) -> list[Any]:
    cells = zip(columns, cell_values(values, columns), strict=True)
    return [guard(cell, numbers=column in TYPED) if isinstance(cell, str) else cell for column, cell in cells]


def record_from_csv(content: bytes, name: str, guide: Guide) -> dict[str, Any]:
    """Read a CSV file into the plain values of a routine.

    Parameters
    ----------
    content : bytes
        The whole file, as exported or as a spreadsheet program saved it again.
    name : str
        The file's name, for messages.
    guide : Guide
        Proposes what deleted columns held.

    Returns
    -------
    dict
        For `plan_from_record`.

    Raises
    ------
    FileFormatError
        If it is not such a table, naming row and column.
    """
    try:
        return record_from_rows(table_rows(content, name, (*STEP_COLUMNS, *ROUTINE_COLUMNS)), name, guide)
    except csv.Error as error:
        raise not_a_table(name, error) from None


def table_rows(content: bytes, name: str, known: Collection[str]) -> Iterator[Row]:
    """Return the rows of a table, however a spreadsheet program saved it.

    Parameters
    ----------
    content : bytes
        The whole file: any encoding that can be told, with commas, semicolons or tabs.
    name : str
        The file's name, for messages.
    known : collection of str
        Columns it may have; they tell what stands between the cells.

    Returns
    -------
    iterator of Row
        The header first; the guards of `guard` are taken off. It raises `csv.Error` where the
        table is broken.

    Raises
    ------
    FileFormatError
        If its encoding cannot be told, or it does not begin with a header.
    """
    text = decode_table(content, name)
    head, _, rest = text.partition("\n")
    if len(head) > MAX_HEADER_LENGTH:
        raise FileFormatError(
            f"{name} must begin with the names of its columns, got a first line far longer; export it again."
        )
    told = _SEPARATOR_LINE.fullmatch(head.strip(" \r"))
    if told:
        text = rest
    delimiter = told[1] if told else _delimiter(head, known)
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return _numbered(cells, is_whole=text.endswith(("\n", "\r")))


def _numbered(rows: Iterable[list[str]], *, is_whole: bool) -> Iterator[Row]:
    """Return the rows with their numbers and without guards; the last is open unless its line is ended."""
    last = None
    for number, row in enumerate(rows, start=1):
        if last:
            yield last
        # A guard tells that the text was meant.
        last = Row(number, [*map(unguard, row)], damaged=[at for at, cell in enumerate(row) if is_damaged(cell)])
    if last:
        yield last._replace(is_open=not is_whole)


def not_a_table(name: str, error: csv.Error) -> FileFormatError:
    """Make the error for a file whose rows cannot be told apart.

    Parameters
    ----------
    name : str
        The file's name.
    error : csv.Error
        What the reader of the rows says.

    Returns
    -------
    FileFormatError
        To be raised by the caller.
    """
    return FileFormatError(f"{name} is not a CSV table ({error}); export it again.")


def _delimiter(head: str, known: Collection[str]) -> str:
    """Return the sign that cuts the header into the most columns that are known."""

    def count(delimiter: str) -> int:
        return sum(column_name(cell.strip(' "\r')) in known for cell in head.split(delimiter))

    return max(DELIMITERS, key=count)
