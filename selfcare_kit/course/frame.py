"""A course as data frames: pain by visit and area, and what else was found, one kind of row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from selfcare_kit.course.change import change_that_matters
from selfcare_kit.errors import check_choice
from selfcare_kit.export.record.csv import guard

if TYPE_CHECKING:
    import pandas as pd

    from selfcare_kit.course.visits import Visits

Rows = Iterator[tuple[Any, ...]]
# An area of few clients.
OTHER = "other"
# What every row begins with.
VISIT_COLUMNS = ("code", "visit", "date", "day")
AREA_COLUMNS = (
    "area", "side", "pain", "first_pain", "pain_change", "matters", "days_planned", "days_done", "change_felt", "steps",
)  # fmt: skip
_DTYPES = {
    **dict.fromkeys(("code", "area", "side", "matters", "activity", "label", "better"), "str"),
    **dict.fromkeys(("client", "visit", "visits", "day", "week", "steps"), "int64"),
    # Some may be missing.
    **dict.fromkeys(
        ("pain", "first_pain", "pain_change", "days_planned", "days_done", "change_felt", "score"), "Int64"
    ),
    "date": "datetime64[s]",
    "done": "boolean",
    "value": "Float64",
}


def course_frame(course: Visits, rows: str = "areas") -> pd.DataFrame:
    """Return one row a visit and area, activity, score or day of the diary, as `Course.to_frame` documents."""
    columns, values_of = _KINDS[check_choice("rows", rows, _KINDS)]
    return _frame(values_of(course), (*VISIT_COLUMNS, *columns))


def clients_frame(courses: Iterable[Visits], areas: Collection[str]) -> pd.DataFrame:
    """Return one row a client, visit and area, as `Courses.to_frame` documents; only areas in `areas` are named."""

    def rows() -> Rows:
        for client, course in enumerate(courses, start=1):
            for _, visit, _, day, area, side, *values in _areas(course):
                key = (area, side) if area in areas else (OTHER, "")
                yield client, visit, len(course), round(day / 7), *key, *values

    return _frame(rows(), ("client", "visit", "visits", "week", *AREA_COLUMNS))


def _frame(rows: Rows, columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(columns))
    # Given also for a table without rows, which has no values to tell it by.
    return frame.astype({column: kind for column, kind in _DTYPES.items() if column in frame})


def course_csv(course: Visits) -> str:
    """Return the rows on areas as CSV text that is safe in spreadsheets, one a visit and area."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([*VISIT_COLUMNS, *AREA_COLUMNS])
    for code, *values in _areas(course):
        writer.writerow([guard(code), *("" if value is None else value for value in values)])
    return out.getvalue()


def _visits(course: Visits) -> Iterator[tuple[tuple[Any, ...], Any]]:
    for number, visit in enumerate(course.visits, start=1):
        yield (course.code, number, visit.date, (visit.date - course.visits[0].date).days), visit


def _areas(course: Visits) -> Rows:
    first = {key: next((pain for pain in course.pains(*key) if pain is not None), None) for key in course.areas}
    for start, visit in _visits(course):
        outcome = visit.outcome
        for key in course.areas:
            pain = visit.pain.get(key)
            change = None if pain is None else pain - first[key]
            yield (
                *start, *key, pain, first[key], change, change_that_matters(first[key], pain),
                outcome.days_planned, outcome.days_done, outcome.change, len(visit.steps),
            )  # fmt: skip


def _activities(course: Visits) -> Rows:
    for start, visit in _visits(course):
        yield from ((*start, each.label, each.score) for each in visit.outcome.activities)


def _scores(course: Visits) -> Rows:
    for start, visit in _visits(course):
        yield from ((*start, each.label, each.value, each.better) for each in visit.outcome.scores)


def _diary(course: Visits) -> Rows:
    """Yield the days of the diaries; a day's date is its own, and its visit the one at which it was brought."""
    for (code, number, _, _), visit in _visits(course):
        for day in visit.outcome.diary:
            yield code, number, day.date, (day.date - course.visits[0].date).days, day.done, day.pain


_KINDS: dict[str, tuple[tuple[str, ...], Callable[[Visits], Rows]]] = {
    "areas": (AREA_COLUMNS, _areas),
    "activities": (("activity", "score"), _activities),
    "scores": (("label", "value", "better"), _scores),
    "diary": (("done", "pain"), _diary),
}
