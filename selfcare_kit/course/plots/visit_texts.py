"""What the clinician's figure says in words and numbers, before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from selfcare_kit.course.change import MIN_PERCENT, MIN_POINTS, SOURCES, change_that_matters
from selfcare_kit.course.plots.labels import area_title
from selfcare_kit.course.visits import Visits


class Row(NamedTuple):
    """A row of numbers, one below each visit: a title, the numbers in words, and the last one told beside them."""

    title: str
    numbers: list[str]
    told: str


def told_of(pains: Sequence[int | None]) -> list[tuple[int, int]]:
    """Return the pains that were asked, each with the place of its visit."""
    return [(number, pain) for number, pain in enumerate(pains) if pain is not None]


def has_more(pains: Sequence[int | None]) -> bool:
    """Return whether the pain was ever clearly more than at first."""
    told = [pain for _, pain in told_of(pains)]
    return any(change_that_matters(told[0], pain) == "more" for pain in told)


def note_of(course: Visits) -> str:
    """Return the small print below the figure: what the fields mean, and what the figure does not say."""
    parts = [
        f"Blue field: at least {MIN_POINTS} points and {MIN_PERCENT} % below the first answer, which is more than the "
        f"error of asking ({SOURCES}). Pain also changes by itself: this shows what happened, not why."
    ]
    asked = [key for key in course.areas if told_of(course.pains(*key))]
    if any(has_more(course.pains(*key)) for key in asked):
        parts.append("Brown field: as far above it.")
    if any(None in course.pains(*key) for key in asked):
        parts.append("Open dot, dotted line: not asked.")
    if len(asked) < len(course.areas):
        never = (area_title(*key, course.guide) for key in course.areas if key not in asked)
        parts.append(f"Never asked: {'; '.join(never)}.")
    left_out = len(course.contradicting)
    if left_out:
        parts.append(f"{left_out} {'file' if left_out == 1 else 'files'} could not be taken in.")
    return " ".join(parts)


def days_words(done: int | None, planned: int | None) -> str:
    """Return days done of days planned, as far as they were asked."""
    if done is None:
        return ""
    return f"{done} of {planned}" if planned is not None else f"{done} days" if done != 1 else "1 day"


def rows_of(course: Visits) -> list[Row]:
    """Return the numbers beside pain: the change that was felt, activities, and the clinic's own scores."""
    outcomes = [visit.outcome for visit in course.visits]
    felt = [each.change for each in outcomes]
    rows = []
    if any(change is not None for change in felt):
        words = ["" if change is None else _with_sign(change) for change in felt]
        rows.append(_row("Change felt since the visit before, \N{MINUS SIGN}5 to +5", words, ""))
    for label in course.activities:
        found = [next((one.score for one in each.activities if one.label == label), None) for each in outcomes]
        words = ["" if score is None else str(score) for score in found]
        rows.append(_row(f"{label}: 0 not at all, 10 as before", words, _first_to_last(words)))
    for label in course.scores:
        taken = [next((one for one in each.scores if one.label == label), None) for each in outcomes]
        better = next(one.better for one in reversed(taken) if one is not None)
        words = ["" if one is None or one.value is None else f"{one.value:g}" for one in taken]
        rows.append(_row(f"{label}: {better} is better", words, _first_to_last(words)))
    return rows


def _row(title: str, words: list[str], told: str) -> Row:
    """Return a row, with a dash where nobody asked, except before the first answer."""
    start = next((number for number, each in enumerate(words) if each), len(words))
    shown = [each or ("\N{EN DASH}" if number > start else "") for number, each in enumerate(words)]
    return Row(title[:1].upper() + title[1:], shown, told)


def _first_to_last(words: list[str]) -> str:
    told = [each for each in words if each]
    return f"{told[0]} to {told[-1]}" if len(told) > 1 else ""


def _with_sign(number: int) -> str:
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "0"
