"""Reading dates as spreadsheets write them, where only one day can be meant."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator

from selfcare_kit.errors import FileFormatError, quoted

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
# As LibreOffice shows and saves a day in many countries.
_YEAR_OF_TWO_DIGITS = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_MONTH_IN_WORDS = re.compile(
    r"([0-9]{1,2})(?:er)?(?: de |[-./ ]{1,2})([^\W\d_]{3,10})(?: de |[-.,/ ]{1,2})([0-9]{4}|[0-9]{2})"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,10})\.? ([0-9]{1,2}),? ([0-9]{4})")
# A day counted from the first one of Excel, perhaps with a time of day.
_COUNTED = re.compile(r"([0-9]{5})(?:[.,][0-9]+)?")
_TIME = re.compile(r",?[T ][0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?: ?[AaPp]\.?[Mm]\.?)?$")
_DAY_OF_WEEK = re.compile(r"^[^\W\d_]{2,10}\.?,? (?=[0-9]|[^\W\d_]{3,10}\.? [0-9])")
# Marks of direction and of the order of bytes, which cannot be seen.
_INVISIBLE = str.maketrans(dict.fromkeys("\u200e\u200f\u202a\u202c\ufeff"))
# How the names of the months begin in the kit's languages, January first.
_MONTHS = (
    ("jan", "ene"), ("feb", "fév", "fev"), ("mar", "mär", "mrz"), ("apr", "abr", "avr"), ("may", "mai"),
    ("jun", "juin"), ("jul", "juil"), ("aug", "ago", "aoû", "aou"), ("sep",), ("oct", "okt"), ("nov",),
    ("dec", "dez", "déc", "dic"),
)  # fmt: skip
# With an apostrophe a spreadsheet does not change it.
ADVICE = "type it with an apostrophe in front, such as '{}."
# The days from which Excel counts; the first one makes up for a leap day that 1900 did not have.
EXCEL_DAYS = (datetime.date(1899, 12, 30), datetime.date(1904, 1, 1))


def read_date(
    cell: str,
    name: str,
    column: str = "date",
    likely: Collection[datetime.date] = (),
    latest: datetime.date = datetime.date.max,
) -> str:
    """Return the ISO date that a cell means; an error if it is none, or may be one of two days.

    `name` and `column` are for messages. Of two possible days, one of `likely` is meant, and none after `latest`.

    Examples
    --------
    >>> read_date("23.11.2026", "r.csv"), read_date("11/23/2026", "r.csv")
    ('2026-11-23', '2026-11-23')
    >>> read_date("12/5/2026", "r.csv", likely=[datetime.date(2026, 12, 5)])
    '2026-12-05'
    """
    text = _TIME.sub("", cell.translate(_INVISIBLE).strip())
    try:
        days = list(dict.fromkeys(_days(text)))
    except ValueError:
        days = []
    # A mere number is a day only where it is the expected one.
    found = [day for day in (*days, *_counted(text)) if day in likely]
    if not found and not _YEAR_OF_TWO_DIGITS.fullmatch(text):
        found = days if len(days) == 1 else [day for day in days if day <= latest]
    if len(found) == 1:
        return found[0].isoformat()
    if len(days) == 2 and not _YEAR_OF_TWO_DIGITS.fullmatch(text):
        raise FileFormatError(
            f"{name}: column {column!r} must name one day, got {text!r}, which is {days[0]} in some countries and "
            f"{days[1]} in others; {ADVICE.format(days[0])}"
        )
    raise FileFormatError(f"{name} has a wrong date, got {quoted(cell)}; {ADVICE.format('2026-11-23')}")


def _days(text: str) -> Iterator[datetime.date]:
    """Yield the days that a text may mean; an impossible date raises ValueError."""
    if _month(text.partition(" ")[0].strip(".,")) == 0:
        text = _DAY_OF_WEEK.sub("", text, count=1)
    if match := _YEAR_FIRST.fullmatch(text):
        yield datetime.date(int(match[1]), int(match[3]), int(match[4]))
    elif match := _YEAR_LAST.fullmatch(text):
        yield from _in_each_order(int(match[1]), int(match[3]), int(match[4]), match[2])
    elif match := _YEAR_OF_TWO_DIGITS.fullmatch(text):
        first, second, third = int(match[1]), int(match[3]), int(match[4])
        yield from _in_each_order(first, second, 2000 + third, match[2])
        if match[2] != "." and _is_month(second):
            yield datetime.date(2000 + first, second, third)
    elif match := _MONTH_IN_WORDS.fullmatch(text):
        yield datetime.date(int(match[3]) % 2000 + 2000, _month(match[2]), int(match[1]))
    elif match := _MONTH_FIRST.fullmatch(text):
        yield datetime.date(int(match[3]), _month(match[1]), int(match[2]))
    else:
        yield datetime.date.fromisoformat(text)


def _counted(text: str) -> tuple[datetime.date, ...]:
    match = _COUNTED.fullmatch(text)
    return (EXCEL_DAYS[False] + datetime.timedelta(days=int(match[1])),) if match else ()


def _in_each_order(first: int, second: int, year: int, mark: str) -> Iterator[datetime.date]:
    """Yield the dates with the day first and with the month first, as far as they are possible."""
    # With full stops the day is always first; with other characters countries differ.
    orders = [(second, first)] if mark == "." else [(second, first), (first, second)]
    for month, day in orders:
        if _is_month(month) or len(orders) == 1:
            yield datetime.date(year, month, day)


def _is_month(number: int) -> bool:
    return 1 <= number <= 12


def _month(word: str) -> int:
    """Return the number of a month by its name; 0, which is no month, for another word."""
    beginnings = (number for number, words in enumerate(_MONTHS, start=1) if word.casefold().startswith(words))
    return next(beginnings, 0)


def date_of_number(days: float, starts_1904: bool) -> str:
    """Return the ISO date of a workbook's number of days; a number outside of the calendar is returned as text."""
    try:
        return (EXCEL_DAYS[starts_1904] + datetime.timedelta(days=int(days))).isoformat()
    except (OverflowError, ValueError):
        return f"{days:.15g}"
