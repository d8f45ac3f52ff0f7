"""Converting the clients' table of a workbook into the CSV file that a careful person would have saved."""

from __future__ import annotations

import csv
import datetime
import io
import re

from selfcare_kit.errors import FileFormatError, InvalidValueError, quoted
from selfcare_kit.export.record.csv import guard, unguard
from selfcare_kit.export.record.damage import MONTHS
from selfcare_kit.export.record.dates import date_of_number
from selfcare_kit.export.record.table import column_name
from selfcare_kit.export.record.workbook import ErrorValue, Limits, Number, Sheet, Value, Workbook, read_workbook

ENDINGS = (".xlsx", ".xlsm")
LIMITS = Limits(600_000, 100_000_000, "must hold one table of clients, got more than any; split it into several files.")
MAX_ROW = 150_000
MAX_COLUMN = 500
# A spreadsheet program keeps 15 digits of a number.
MAX_EXACT = 1e15
# Literal text, colours, fill and padding in a number format.
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_LETTERS = re.compile("[dmyhs]", re.IGNORECASE)
# Zeros with characters between them, such as 0000, "C-"0000 and 000\-00.
_FORMAT_PARTS = re.compile(r'"([^"]*)"|\\(.)|(0)|([-/. ()])')


def table_of_workbook(content: bytes, name: str, sheet: str, max_bytes: int) -> bytes:
    """Return a sheet of a workbook as a CSV table in UTF-8, with the same row numbers.

    Dates become ISO dates, numbers in codes stay as the sheet shows them, error values as they are. Without a sheet
    the first visible one is taken; a table of more than `max_bytes` is refused.
    """
    book = read_workbook(content, name, LIMITS)
    rows = _sheet(book, name, sheet).rows
    if max(rows, default=0) > MAX_ROW or any(max(cells) > MAX_COLUMN for cells in rows.values()):
        raise FileFormatError(f"{name} {LIMITS.message}")
    columns = {index: column_name(str(value)) for index, value in rows.get(min(rows, default=0), {}).items()}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for number in range(1, max(rows, default=0) + 1):
        cells = rows.get(number, {})
        # A row ends with its last filled cell; the reader counts the others as empty.
        length = max(cells, default=-1) + 1
        writer.writerow([_cell_text(cells.get(index, ""), columns.get(index, ""), book) for index in range(length)])
        if out.tell() > max_bytes:
            raise FileFormatError(f"{name} {LIMITS.message}")
    return out.getvalue().encode()


def _sheet(book: Workbook, name: str, wanted: str) -> Sheet:
    if not wanted:
        visible = [sheet for sheet in book.sheets if not sheet.is_hidden]
        if not visible:
            raise FileFormatError(f"{name} must have a sheet with the clients, got none; save it again.")
        return visible[0]
    found = [sheet for sheet in book.sheets if sheet.name.casefold() == wanted.strip().casefold()]
    if not found:
        names = ", ".join(quoted(sheet.name) for sheet in book.sheets[:10])
        raise InvalidValueError(f"sheet must be one of {names} in {name}, got {quoted(wanted)}; correct it.")
    return found[0]


def _cell_text(value: Value, column: str, book: Workbook) -> str:
    if isinstance(value, ErrorValue):
        return value
    if isinstance(value, str):
        # A CSV file that was saved as a workbook still has the apostrophes that guard its cells.
        return guard(unguard(value))
    if isinstance(value, bool):
        return str(value).upper()
    if column == "asked_on" or is_day(value):
        day = date_of_number(value, book.starts_1904)
        # A code that Excel made a date is written as Excel would, so that the row is refused as for a CSV file.
        return _date_as_in_excel(day) if column == "code" else day
    if abs(value) >= MAX_EXACT:
        return f"{value:.5E}"
    return guard(shown_number(value)) if column == "code" else f"{value:.15g}"


def _date_as_in_excel(day: str) -> str:
    try:
        found = datetime.date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found.day}-{MONTHS[found.month - 1]}-{found:%y}"


def is_day(value: float) -> bool:
    """Return whether the number format of a value is that of a date or a time."""
    pattern = value.pattern if isinstance(value, Number) else ""
    bare = _LITERALS.sub("", pattern.partition(";")[0])
    return bare.casefold() not in ("general", "standard") and bool(_DATE_LETTERS.search(bare))


def shown_number(value: float) -> str:
    """Return a number as its cell shows it, with the leading zeros and the characters between of its number format.

    Examples
    --------
    >>> number = Number(42)
    >>> number.pattern = '"C-"0000'
    >>> shown_number(number), shown_number(42.0)
    ('C-0042', '42')
    """
    plain = f"{value:.15g}"
    pattern = (value.pattern if isinstance(value, Number) else "").partition(";")[0]
    parts = list(_FORMAT_PARTS.finditer(pattern))
    zeros = sum(part[3] is not None for part in parts)
    is_understood = "".join(part[0] for part in parts) == pattern and "0.0" not in pattern
    if not (zeros and is_understood and plain.isdigit()):
        return plain
    digits = plain.zfill(zeros)
    # The first zero of the format takes all digits that are too many.
    for_zeros = iter([digits[: len(digits) - zeros + 1], *digits[len(digits) - zeros + 1 :]])
    return "".join(next(for_zeros) if part[3] else part[1] or part[2] or part[4] or "" for part in parts)
