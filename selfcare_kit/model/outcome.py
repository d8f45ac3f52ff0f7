"""What a client says at a visit beside pain: the time since the last visit, activities of their own, and scores.

What was not asked is None, and never 0.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from selfcare_kit.errors import InvalidValueError, check_choice, check_text, check_whole_number, quoted
from selfcare_kit.model.sides import STEP_SIDES

MAX_ACTIVITIES = 3
MAX_SCORES = 3
MAX_LABEL = 60
# About a year between two visits.
MAX_DAYS = 400
MAX_CHANGE = 5
BETTER = ("lower", "higher")
# What a file that is mailed to the client may hold: the client's own words, and not what was said about the time since.
FOR_CLIENT = ("activities",)


@dataclass(frozen=True)
class Activity:
    """Something the client wants to do again, and how well it goes.

    Parameters
    ----------
    label : str
        In the client's own words, such as "climb the stairs"; at most 60 characters.
    score : int, optional
        From 0, not at all, to 10, as well as before; None when it was not asked.
    """

    label: str
    score: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", _checked_label("the activity", self.label))
        _check_number("the score of an activity", self.score, 0, 10)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain values, ready for JSON.

        Returns
        -------
        dict
            `{"label": ..., "score": ...}`.
        """
        return {"label": self.label, "score": self.score}


@dataclass(frozen=True)
class Score:
    """A score of a clinic's own, such as one that it takes with a form it may use.

    Parameters
    ----------
    label : str
        What the clinic calls it; at most 60 characters.
    value : int or float, optional
        None when it was not taken.
    better : {"lower", "higher"}, default="lower"
        Which values are better.
    """

    label: str
    value: float | None = None
    better: str = "lower"

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", _checked_label("the score", self.label))
        check_choice("better", self.better, BETTER)
        is_number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        if self.value is not None and not (is_number and math.isfinite(self.value) and abs(self.value) < 1e9):
            raise InvalidValueError(
                f"the value of a score must be a number, got {quoted(self.value)}; write the number alone."
            )

    def to_dict(self) -> dict[str, Any]:
        """Return the plain values, ready for JSON.

        Returns
        -------
        dict
            `{"label": ..., "value": ..., "better": ...}`.
        """
        return {"label": self.label, "value": self.value, "better": self.better}


@dataclass(frozen=True)
class DiaryDay:
    """One day of a diary that the client brought back.

    Parameters
    ----------
    date : datetime.date
        The day.
    done : bool, optional
        Whether the routine was done; None where nothing was written.
    pain : int, optional
        0 to 10; None where nothing was written.
    """

    date: datetime.date
    done: bool | None = None
    pain: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.date, datetime.date) or isinstance(self.date, datetime.datetime):
            raise InvalidValueError(
                f"a day of the diary must have a date, got {quoted(self.date)}; write datetime.date(2026, 11, 23)."
            )
        if self.done is not None and not isinstance(self.done, bool):
            raise InvalidValueError(
                f"a day of the diary is done, not done or unknown, got {quoted(self.done)}; write True, False or None."
            )
        _check_number("the pain of a day", self.pain, 0, 10)

    def to_dict(self) -> dict[str, Any]:
        """Return the plain values, ready for JSON.

        Returns
        -------
        dict
            `{"date": ..., "done": ..., "pain": ...}`.
        """
        return {"date": self.date.isoformat(), "done": self.done, "pain": self.pain}


@dataclass(frozen=True)
class Outcome:
    """What was found at a visit beside the pain of each area, which the complaint has.

    All but activities and scores is about the time since the last visit. What was not asked is None, or empty.

    Parameters
    ----------
    days_planned, days_done : int, optional
        Days on which the routine was to be done, and was.
    change : int, optional
        What the client says has changed since the last visit: -5 very much worse, 0 the same, 5 completely recovered.
    helped, sore : tuple of (str, str), default=()
        Steps of the last routine, each a point id with its side, that the client names; no word on the others.
    diary : tuple of DiaryDay, default=()
        One for each day, the earliest first.
    activities : tuple of Activity, default=()
        At most three, of the client's own; of this visit, so that the first one has a start.
    scores : tuple of Score, default=()
        At most three, of the clinic's own; of this visit.

    Examples
    --------
    >>> outcome = Outcome(days_planned=7, days_done=5, change=2, activities=[Activity("climb the stairs", 4)])
    >>> outcome.days_done, outcome.activities[0].score, outcome.sore
    (5, 4, ())
    """

    days_planned: int | None = None
    days_done: int | None = None
    change: int | None = None
    helped: tuple[tuple[str, str], ...] = ()
    sore: tuple[tuple[str, str], ...] = ()
    diary: tuple[DiaryDay, ...] = ()
    activities: tuple[Activity, ...] = ()
    scores: tuple[Score, ...] = ()

    def __post_init__(self) -> None:
        _check_number("days_planned", self.days_planned, 0, MAX_DAYS)
        _check_number("days_done", self.days_done, 0, MAX_DAYS)
        _check_number("change", self.change, -MAX_CHANGE, MAX_CHANGE)
        for name in ("helped", "sore"):
            object.__setattr__(self, name, tuple(dict.fromkeys(_steps(name, getattr(self, name)))))
        diary = _listed("diary", self.diary, DiaryDay, MAX_DAYS)
        _check_once("a diary has each day", [day.date.isoformat() for day in diary])
        object.__setattr__(self, "diary", tuple(sorted(diary, key=lambda day: day.date)))
        object.__setattr__(self, "activities", _listed("activities", self.activities, Activity, MAX_ACTIVITIES))
        object.__setattr__(self, "scores", _listed("scores", self.scores, Score, MAX_SCORES))
        _check_once("a visit names each activity", [activity.label for activity in self.activities])
        _check_once("a visit has each score", [score.label for score in self.scores])

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return self == Outcome()

    def for_client(self) -> Outcome:
        """Return what a file that is mailed to the client may hold.

        Returns
        -------
        Outcome
            A new one, with the activities alone.
        """
        return Outcome(**{name: getattr(self, name) for name in FOR_CLIENT})

    def for_next_visit(self) -> Outcome:
        """Return what the next visit asks again, not asked yet.

        Returns
        -------
        Outcome
            A new one, with the labels of activities and scores and without any number.

        Examples
        --------
        >>> Outcome(change=2, activities=[Activity("climb the stairs", 4)]).for_next_visit().activities
        (Activity(label='climb the stairs', score=None),)
        """
        activities = tuple(replace(activity, score=None) for activity in self.activities)
        return Outcome(activities=activities, scores=tuple(replace(score, value=None) for score in self.scores))

    def to_dict(self) -> dict[str, Any]:
        """Return the plain values, ready for JSON.

        Returns
        -------
        dict
            One key for each parameter; what is empty is None.
        """
        return {
            "days_planned": self.days_planned,
            "days_done": self.days_done,
            "change": self.change,
            **{name: [list(key) for key in getattr(self, name)] or None for name in ("helped", "sore")},
            **{name: [each.to_dict() for each in getattr(self, name)] or None for name in _RECORDS},
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Outcome:
        """Make an outcome from its plain values.

        Parameters
        ----------
        values : mapping
            As `to_dict` returns it; other keys do not matter.

        Returns
        -------
        Outcome
            A new one.

        Raises
        ------
        InvalidValueError
            If a value is not what is allowed.
        """
        given = {each.name: values[each.name] for each in fields(cls) if values.get(each.name) is not None}
        made = {name: _made(name, kind, given[name]) for name, kind in _RECORDS.items() if name in given}
        return cls(**{**given, **made})


_RECORDS: dict[str, type[DiaryDay] | type[Activity] | type[Score]] = {
    "diary": DiaryDay, "activities": Activity, "scores": Score,
}  # fmt: skip


def _made(name: str, kind: type, given: Any) -> tuple[Any, ...]:
    """Return records of one kind from a list of their plain values."""
    if not isinstance(given, list | tuple) or not all(isinstance(each, Mapping) for each in given):
        raise InvalidValueError(f"{name} must be a list of records, got {quoted(given)}; export the file again.")
    allowed = {field.name for field in fields(kind)}
    for each in given:
        unknown = sorted(set(map(str, each)) - allowed)
        if unknown or fields(kind)[0].name not in each:
            raise InvalidValueError(
                f"each of {name} holds {', '.join(sorted(allowed))}, got {quoted(each)}; export the file again."
            )
    return tuple(kind(**{**each, **({"date": _date(each["date"])} if "date" in each else {})}) for each in given)


def _date(value: Any) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidValueError(
            f"a day of the diary must be a date, got {quoted(value)}; write it as 2026-11-23."
        ) from None


def _check_number(name: str, value: Any, low: int, high: int) -> None:
    if value is not None:
        check_whole_number(name, value, low, high, "leave it out when it was not asked")


def _checked_label(name: str, value: Any) -> str:
    """Return a label on one line; it may not be empty."""
    label = " ".join(check_text(name, value).split())
    if not label or len(label) > MAX_LABEL:
        raise InvalidValueError(
            f"{name} must be named in 1 to {MAX_LABEL} characters, got {quoted(value)}; "
            f"{'shorten it' if label else 'say what it is'}."
        )
    return label


def _steps(name: str, given: Any) -> Iterator[tuple[str, str]]:
    """Yield the steps that are named, each as point id and side."""
    for each in given if isinstance(given, Iterable) and not isinstance(given, str) else [given]:
        if not isinstance(each, list | tuple) or len(each) != 2:
            raise InvalidValueError(
                f"{name} must be steps, each a point with its side, got {quoted(each)}; write [('tfl_1', 'left')]."
            )
        yield check_text("point", each[0]), check_choice("side", each[1], STEP_SIDES)


def _listed(name: str, given: Any, kind: type, most: int) -> tuple[Any, ...]:
    """Return records of one kind, at most so many."""
    found = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str | Mapping) else (given,)
    wrong = next((each for each in found if not isinstance(each, kind)), None)
    if wrong is not None or len(found) > most:
        raise InvalidValueError(
            f"{name} must be at most {most} of {kind.__name__}, got "
            f"{quoted(wrong) if wrong is not None else len(found)}; "
            f"{'make one of each' if wrong is not None else 'leave some out'}."
        )
    return found


def _check_once(what: str, labels: list[str]) -> None:
    repeated = next((label for label in labels if labels.count(label) > 1), None)
    if repeated is not None:
        raise InvalidValueError(f"{what} once, got {quoted(repeated)} twice; leave one of them out.")
