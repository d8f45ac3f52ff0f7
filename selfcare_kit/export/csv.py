"""A routine as CSV: one row a step, safe in spreadsheets, and back without loss."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from selfcare_kit.errors import FileFormatError
from selfcare_kit.export.encoding import decode_table
from selfcare_kit.export.record import ROUTINE_COLUMNS, STEP_COLUMNS, cell_values, routine_to_record
from selfcare_kit.export.table import TYPED, Row, column_name, record_from_rows
from selfcare_kit.guide import Guide
from selfcare_kit.routine import Routine

# With a byte order mark, without which Excel takes the file for another encoding.
ENCODING = "utf-8-sig"
# What Excel and LibreOffice put between cells, by country and by choice; the first wins a draw.
DELIMITERS = (",", ";", "\t")
LONGEST_HEADER = 20_000
_SEPARATOR_LINE = re.compile(r"sep=(.)", re.IGNORECASE)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Texts that a spreadsheet would turn into a number or a date and write otherwise: 0042, 1-2, 2026-11-23.
_LOOKS_LIKE_NUMBER = re.compile(r"\d[\d.,:/\- ]*([eE]\d+)?%?")
_STAYS_AS_IT_IS = re.compile(r"0|[1-9][0-9]{0,14}")


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
        Whether to guard what looks like a number or a date, too.

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
    is_changed = numbers and _LOOKS_LIKE_NUMBER.fullmatch(bare) and not _STAYS_AS_IT_IS.fullmatch(text)
    return f"'{text}" if is_risky or is_changed else text


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
        For `routine_from_record`.

    Raises
    ------
    FileFormatError
        If it is not such a table, naming row and column.
    """
    text = decode_table(content, name)
    if len(text.partition("\n")[0]) > LONGEST_HEADER:
        raise FileFormatError(
            f"{name} must begin with the names of its columns, got a first line far longer; export it again."
        )
    try:
        return record_from_rows(_rows(text), name, guide)
    except csv.Error as error:
        raise FileFormatError(f"{name} is not a CSV table ({error}); export it again.") from None


def _rows(text: str) -> Iterator[Row]:
    head, _, rest = text.partition("\n")
    told = _SEPARATOR_LINE.fullmatch(head.strip())
    if told:
        text = rest
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=told[1] if told else _delimiter(head), strict=True)
    return (Row(number, [unguard(cell) for cell in row]) for number, row in enumerate(cells, start=1))


def _delimiter(head: str) -> str:
    """Return the sign that cuts the header into the most columns that are known."""

    def known(delimiter: str) -> int:
        return sum(
            column_name(cell.strip(' "\r')) in (*STEP_COLUMNS, *ROUTINE_COLUMNS) for cell in head.split(delimiter)
        )

    return max(DELIMITERS, key=known)
