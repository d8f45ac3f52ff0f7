"""What a workbook's cell shows of a number: a day, or digits with zeros in front and characters between."""

from __future__ import annotations

import datetime
import re

from selfcare_kit.export.record.dates import date_of_number
from selfcare_kit.export.record.workbook import Number
from selfcare_kit.spreadsheets.damage import MONTHS

# A spreadsheet program keeps 15 digits of a number.
MAX_EXACT = 1e15
# Literal text, colours, fill and padding in a number format.
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_LETTERS = re.compile("[dmyhs]", re.IGNORECASE)
# Digits with characters between them, such as 0000, "C-"0000, 000\-00, ##-000 and "C-"General.
_FORMAT_PARTS = re.compile(r'"([^"]*)"|\\(.)|([0#]|General|Standard)|([-/. ()])')
_HAS_DECIMALS = re.compile(r"[0#]\.[0#]")


def text_of_number(value: float, column: str, starts_1904: bool) -> str:
    """Return the text of a number: a day as an ISO date, and in the column code what the cell shows.

    A code that a spreadsheet program made a day or cut short is written as Excel would, so that it is told as damaged.
    """
    if is_day(value):
        day = date_of_number(value, starts_1904)
        return _as_excel_writes(day) if column == "code" else day
    if abs(value) >= MAX_EXACT:
        return f"{value:.5E}"
    return shown_number(value) if column == "code" else f"{value:.15g}"


def _as_excel_writes(day: str) -> str:
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
    places = [part[3] for part in parts if part[3]]
    is_understood = "".join(part[0] for part in parts) == pattern and not _HAS_DECIMALS.search(pattern)
    if not (places and is_understood and plain.isdigit()):
        return plain
    digits = plain.zfill(places.count("0"))
    # The first place takes all digits that are too many, and stays empty where there are too few.
    extra = max(0, len(digits) - len(places))
    filled = [digits[: extra + 1], *digits[extra + 1 :]] if len(digits) >= len(places) else [*digits]
    for_places = iter([""] * (len(places) - len(filled)) + filled)
    return "".join(next(for_places) if part[3] else part[1] or part[2] or part[4] or "" for part in parts)
