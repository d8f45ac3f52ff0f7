"""Reading a routine from a workbook: one that this kit wrote, or a CSV that was saved as one."""

from __future__ import annotations

from typing import Any

from selfcare_kit.errors import FileFormatError
from selfcare_kit.export.record.csv import unguard
from selfcare_kit.export.record.dates import date_of_number
from selfcare_kit.export.record.record import ROUTINE_COLUMNS
from selfcare_kit.export.record.shown import text_of_number
from selfcare_kit.export.record.table import NEEDED_COLUMNS, TEXT_COLUMNS, Row, column_name, plain_record_from_rows
from selfcare_kit.export.record.workbook import ErrorValue, Sheet, Value, Workbook, read_workbook
from selfcare_kit.spreadsheets.damage import damage_message, is_damaged


def plain_record_from_xlsx(content: bytes, name: str) -> dict[str, Any]:
    """Return the plain values of a routine from an .xlsx file."""
    book = read_workbook(content, name)
    sheet = next((sheet for sheet in book.sheets if set(NEEDED_COLUMNS) <= set(_header(sheet))), None)
    if sheet is None:
        raise FileFormatError(
            f"{name} must have a sheet with the columns of an exported routine, got none with "
            f"{' and '.join(NEEDED_COLUMNS)}; export it again."
        )
    rows = _rows(sheet, book)
    if set(_header(sheet)) & set(ROUTINE_COLUMNS):
        # A CSV that was opened and saved as a workbook still has the guards of its cells.
        rows = [row._replace(cells=[unguard(cell) for cell in row.cells]) for row in rows]
        return plain_record_from_rows(rows, name)
    return plain_record_from_rows(rows, name, _whole(book, name))


def _header(sheet: Sheet) -> list[str]:
    first = min(sheet.rows, default=None)
    return [] if first is None else [column_name(str(value)) for value in sheet.rows[first].values()]


def _rows(sheet: Sheet, book: Workbook) -> list[Row]:
    numbers = sorted(sheet.rows)
    if not numbers:
        return []
    header = sheet.rows[numbers[0]]
    columns = sorted(header)
    names = [column_name(str(header[column])) for column in columns]
    return [_row(number, [sheet.rows[number].get(column, "") for column in columns], names, book) for number in numbers]


def _row(number: int, values: list[Value], names: list[str], book: Workbook) -> Row:
    cells = [_text(value, name, book) for value, name in zip(values, names, strict=True)]
    damaged = [at for at, value in enumerate(values) if _is_damaged(value, cells[at])]
    return Row(number, cells, damaged=damaged)


def _is_damaged(value: Value, text: str) -> bool:
    """Return whether a cell is damaged; a text that only reads so was typed."""
    return isinstance(value, ErrorValue) or (not isinstance(value, str) and is_damaged(text))


def _whole(book: Workbook, name: str) -> dict[str, str]:
    """Return the values of the whole routine from its sheet: names in the first column, values in the second."""
    for sheet in book.sheets:
        values = {}
        for number, row in sheet.rows.items():
            column, value = column_name(str(row.get(0, ""))), row.get(1, "")
            text = _text(value, column, book)
            message = damage_message(column, text) if column in TEXT_COLUMNS and _is_damaged(value, text) else ""
            if message:
                raise FileFormatError(f"{name}, sheet {sheet.name!r}, row {number}: {message}")
            if column in ROUTINE_COLUMNS:
                values[column] = text
        if "guide" in values:
            return values
    return {}


def _text(value: Value, column: str, book: Workbook) -> str:
    """Return a value as the text that the same cell has in a CSV."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return value
    if column == "date":
        return date_of_number(value, book.starts_1904)
    if column in TEXT_COLUMNS:
        return text_of_number(value, column, book.starts_1904)
    return str(int(value)) if value.is_integer() else str(value)
