"""Dates as spreadsheets write them, where only one day can be meant."""

from __future__ import annotations

import datetime
import re

from selfcare_kit.errors import FileFormatError, quoted

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(:00)?(\.0+)?$")
# The days that Excel counts from; the first one is there because of a leap day that never was.
EXCEL_DAYS = (datetime.date(1899, 12, 30), datetime.date(1904, 1, 1))


def read_date(cell: str, name: str, column: str = "date") -> str:
    """Read a date that a spreadsheet may have written its own way.

    Parameters
    ----------
    cell : str
        Such as "2026-11-23", "23.11.2026" or "11/23/2026".
    name : str
        The file's name, for messages.
    column : str, default="date"
        Where it stands, for messages.

    Returns
    -------
    str
        The ISO date.

    Raises
    ------
    FileFormatError
        If it is no date, or may be one of two days.

    Examples
    --------
    >>> read_date("23.11.2026", "r.csv"), read_date("11/23/2026", "r.csv")
    ('2026-11-23', '2026-11-23')
    """
    text = _MIDNIGHT.sub("", cell.strip())
    try:
        return _days(text, name, column).isoformat()
    except ValueError as error:
        if isinstance(error, FileFormatError):
            raise
        raise FileFormatError(f"{name} has a wrong date, got {quoted(cell)}; write it as 2026-11-23.") from None


def _days(text: str, name: str, column: str) -> datetime.date:
    if match := _YEAR_FIRST.fullmatch(text):
        return datetime.date(int(match[1]), int(match[3]), int(match[4]))
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return datetime.date.fromisoformat(text)
    first, mark, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    # With full stops the day always comes first; with other signs countries differ.
    if mark == "." or first > 12 or first == second:
        return datetime.date(year, second, first)
    if second > 12:
        return datetime.date(year, first, second)
    raise FileFormatError(
        f"{name}: column {column!r} must name one day, got {text!r}, which is {datetime.date(year, second, first)} in "
        f"some countries and {datetime.date(year, first, second)} in others; write it as one of these."
    )


def date_of_number(days: float, starts_1904: bool) -> str:
    """Return the date that a workbook keeps as a number of days.

    Parameters
    ----------
    days : float
        As the cell holds it.
    starts_1904 : bool
        Whether the workbook counts from 1904.

    Returns
    -------
    str
        The ISO date; a number that no date has is returned as it is.
    """
    try:
        return (EXCEL_DAYS[starts_1904] + datetime.timedelta(days=int(days))).isoformat()
    except (OverflowError, ValueError):
        return str(days)
