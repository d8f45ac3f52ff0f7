"""Writing a routine as CSV, one row a step and safe in spreadsheets, and reading it back without loss."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from selfcare_kit.errors import FileFormatError, reason_of
from selfcare_kit.export.record.cell_text import is_changed_by_spreadsheets
from selfcare_kit.export.record.encoding import decode_table
from selfcare_kit.export.record.record import ROUTINE_COLUMNS, STEP_COLUMNS, cell_values, routine_to_record
from selfcare_kit.export.record.table import TEXT_COLUMNS, Row, column_name, plain_record_from_rows
from selfcare_kit.plan.plan import Plan
from selfcare_kit.spreadsheets.damage import is_damaged

# What Excel and LibreOffice put between cells, by country and by choice; in a draw the first one counts.
DELIMITERS = (",", ";", "\t")
MAX_HEADER_LENGTH = 20_000
_SEPARATOR_LINE = re.compile(r"sep=([,;|\t])", re.IGNORECASE)
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guard(text: str, *, numbers: bool = True) -> str:
    """Return a text that is harmless as a spreadsheet cell; `numbers` guards numbers, dates and truth values, too.

    A leading apostrophe keeps Excel and LibreOffice from reading it as a formula, or as a number or a date that they
    would write otherwise. A text that already begins with an apostrophe gets one more, so that `unguard` undoes this.

    Examples
    --------
    >>> guard("=1+1"), guard("0042"), guard("plain")
    ("'=1+1", "'0042", 'plain')
    """
    bare = text.strip()
    is_risky = bare.startswith(_FORMULA_STARTS) or text.startswith(("'", "\t", "\r", "\n"))
    return f"'{text}" if is_risky or (numbers and is_changed_by_spreadsheets(text)) else text


def unguard(cell: str) -> str:
    """Return the text that `guard` guarded."""
    return cell[1:] if cell.startswith("'") and guard(cell[1:]) == cell else cell


def routine_csv(routine: Plan) -> str:
    """Return a routine as CSV text, with the values of the whole routine on each row."""
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
    return [guard(cell, numbers=column in TEXT_COLUMNS) if isinstance(cell, str) else cell for column, cell in cells]


def plain_record_from_csv(content: bytes, name: str) -> dict[str, Any]:
    """Return the plain values of a routine from a CSV file, exported or saved again by a spreadsheet program."""
    try:
        return plain_record_from_rows(table_rows(content, name, (*STEP_COLUMNS, *ROUTINE_COLUMNS)), name)
    except csv.Error as error:
        raise not_a_table(name, error) from None


def table_rows(content: bytes, name: str, known: Collection[str]) -> Iterator[Row]:
    """Return the rows of a table in any encoding, with any delimiter, without guards; a broken row raises csv.Error."""
    text = decode_table(content, name)
    head, _, rest = text.partition("\n")
    if len(head) > MAX_HEADER_LENGTH:
        raise FileFormatError(
            f"{name} must begin with the names of its columns, got a first line far longer; export it again."
        )
    separator = _SEPARATOR_LINE.fullmatch(head.strip(" \r"))
    if separator:
        text = rest
    delimiter = separator[1] if separator else _delimiter(head, known)
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return _numbered(cells, is_whole=text.endswith(("\n", "\r")))


def _numbered(rows: Iterable[list[str]], *, is_whole: bool) -> Iterator[Row]:
    """Yield the rows with their numbers and without guards; the last one is cut off where its line does not end."""
    last = None
    for number, row in enumerate(rows, start=1):
        if last:
            yield last
        # A guarded text was typed so, and is not damaged.
        last = Row(number, [*map(unguard, row)], damaged=[at for at, cell in enumerate(row) if is_damaged(cell)])
    if last:
        yield last._replace(is_cut_off=not is_whole)


def not_a_table(name: str, error: csv.Error) -> FileFormatError:
    """Return the error for a file whose rows cannot be read."""
    return FileFormatError(f"{name} is not a CSV table ({reason_of(error)}); export it again.")


def _delimiter(head: str, known: Collection[str]) -> str:
    """Return the delimiter that splits the header into the most known columns."""

    def count(delimiter: str) -> int:
        return sum(column_name(cell.strip(' "\r')) in known for cell in head.split(delimiter))

    return max(DELIMITERS, key=count)
