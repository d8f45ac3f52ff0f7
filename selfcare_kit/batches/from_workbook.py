"""Converting the clients' table of a workbook into the CSV file that a careful person would have saved."""

from __future__ import annotations

import csv
import io

from selfcare_kit.errors import FileFormatError, InvalidValueError, quoted
from selfcare_kit.export.record.csv import guard, unguard
from selfcare_kit.export.record.dates import date_of_number
from selfcare_kit.export.record.shown import text_of_number
from selfcare_kit.export.record.table import column_name
from selfcare_kit.export.record.workbook import ErrorValue, Limits, Sheet, Value, Workbook, read_workbook
from selfcare_kit.spreadsheets.damage import is_damaged

ENDINGS = (".xlsx", ".xlsm")
LIMITS = Limits(600_000, 100_000_000, "must hold one table of clients, got more than any; split it into several files.")
MAX_ROW = 150_000
MAX_COLUMN = 500


def table_of_workbook(content: bytes, name: str, sheet: str, max_bytes: int) -> tuple[bytes, str]:
    """Return a sheet of a workbook as a CSV table in UTF-8, with the same row numbers, and the name of the sheet.

    Dates become ISO dates, numbers in codes stay as the sheet shows them, error values as they are. Without a sheet
    the first visible one is taken; a table of more than `max_bytes` is refused.
    """
    book = read_workbook(content, name, LIMITS)
    found = _sheet(book, name, sheet)
    rows = found.rows
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
    return out.getvalue().encode(), found.name


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
    if column == "asked_on":
        return date_of_number(value, book.starts_1904)
    text = text_of_number(value, column, book.starts_1904)
    return text if is_damaged(text) else guard(text)
