"""The clients' table of a workbook, as the CSV file that a careful person would have saved."""

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
LAST_ROW = 150_000
LAST_COLUMN = 500
# From here on a program keeps no more digits.
TOO_LONG = 1e15
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DAY_SIGNS = re.compile("[dmyhs]", re.IGNORECASE)
# Zeros with signs between them, such as 0000, "C-"0000 and 000\-00.
_PARTS = re.compile(r'"([^"]*)"|\\(.)|(0)|([-/. ()])')


def table_of_workbook(content: bytes, name: str, sheet: str, most_bytes: int) -> bytes:
    """Return a sheet of a workbook as a CSV table in UTF-8, with every row at its number.

    Days are ISO dates, numbers in codes as the sheet shows them, error values as they are. Without a name it is the
    first sheet that is shown; a table of more than `most_bytes` is refused.
    """
    book = read_workbook(content, name, LIMITS)
    rows = _chosen(book, name, sheet).rows
    if max(rows, default=0) > LAST_ROW or any(max(cells) > LAST_COLUMN for cells in rows.values()):
        raise FileFormatError(f"{name} {LIMITS.message}")
    columns = {at: column_name(str(value)) for at, value in rows.get(min(rows, default=0), {}).items()}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for number in range(1, max(rows, default=0) + 1):
        cells = rows.get(number, {})
        # A row is as long as its last cell; the reader takes the rest for empty.
        writer.writerow(
            [_text(cells.get(at, ""), columns.get(at, ""), book) for at in range(max(cells, default=-1) + 1)]
        )
        if out.tell() > most_bytes:
            raise FileFormatError(f"{name} {LIMITS.message}")
    return out.getvalue().encode()


def _chosen(book: Workbook, name: str, wanted: str) -> Sheet:
    if not wanted:
        shown = [sheet for sheet in book.sheets if not sheet.is_hidden]
        if not shown:
            raise FileFormatError(f"{name} must have a sheet with the clients, got none; save it again.")
        return shown[0]
    found = [sheet for sheet in book.sheets if sheet.name.casefold() == wanted.strip().casefold()]
    if not found:
        there = ", ".join(quoted(sheet.name) for sheet in book.sheets[:10])
        raise InvalidValueError(f"sheet must be one of {there} in {name}, got {quoted(wanted)}; correct it.")
    return found[0]


def _text(value: Value, column: str, book: Workbook) -> str:
    if isinstance(value, ErrorValue):
        return value
    if isinstance(value, str):
        # A CSV that was saved as a workbook brings its guards along.
        return guard(unguard(value))
    if isinstance(value, bool):
        return str(value).upper()
    if column == "asked_on" or is_day(value):
        day = date_of_number(value, book.starts_1904)
        # Written as the spoiled code that it is.
        return _as_excel_does(day) if column == "code" else day
    if abs(value) >= TOO_LONG:
        return f"{value:.5E}"
    return guard(shown_number(value)) if column == "code" else f"{value:.15g}"


def _as_excel_does(day: str) -> str:
    try:
        found = datetime.date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found.day}-{MONTHS[found.month - 1]}-{found:%y}"


def is_day(value: float) -> bool:
    """Return whether a number is shown as a day or a time."""
    pattern = value.pattern if isinstance(value, Number) else ""
    bare = _NOT_SHOWN.sub("", pattern.partition(";")[0])
    return bare.casefold() not in ("general", "standard") and bool(_DAY_SIGNS.search(bare))


def shown_number(value: float) -> str:
    """Return a number as its cell shows it: with the zeros in front and the signs between that its pattern has.

    Examples
    --------
    >>> number = Number(42)
    >>> number.pattern = '"C-"0000'
    >>> shown_number(number), shown_number(42.0)
    ('C-0042', '42')
    """
    plain = f"{value:.15g}"
    pattern = (value.pattern if isinstance(value, Number) else "").partition(";")[0]
    parts = list(_PARTS.finditer(pattern))
    places = sum(part[3] is not None for part in parts)
    is_whole = "".join(part[0] for part in parts) == pattern and "0.0" not in pattern
    if not (places and is_whole and plain.isdigit()):
        return plain
    digits = plain.zfill(places)
    # More digits than places stand at the first of them.
    in_places = iter([digits[: len(digits) - places + 1], *digits[len(digits) - places + 1 :]])
    return "".join(next(in_places) if part[3] else part[1] or part[2] or part[4] or "" for part in parts)
