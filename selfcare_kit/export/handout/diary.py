"""The diary of a handout: the dates of the sessions, and the days of rest between them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from selfcare_kit.export.handout.client_texts import MAX_LANGUAGES, client_texts
from selfcare_kit.export.handout.page import date_words
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.plan.plan import Plan

SESSIONS = 8


class Session(NamedTuple):
    """One day of the diary; `steps` is empty when all are due, `rest` the number of days before the next session."""

    iso: str
    weekday: str
    day: str
    steps: tuple[int, ...]
    rest: int


def sessions_of(routine: Plan, first: datetime.date, language: str) -> tuple[Session, ...]:
    """Return the sessions of the diary: as often as the shortest rest allows, each step when its own rest is over."""
    rests = tuple(step.every_days_min for step in routine.steps)
    return _sessions(first, rests, _date_words(routine.guide, language))


@kept_by_guide(at_most=MAX_LANGUAGES)
def _date_words(guide: Guide, language: str) -> tuple[tuple[str, str], ...]:
    texts = client_texts(guide, language)
    return tuple((name, text) for name, text in texts.items() if name.startswith("date."))


@lru_cache(maxsize=256)
def _sessions(first: datetime.date, rests: tuple[int, ...], words: tuple[tuple[str, str], ...]) -> tuple[Session, ...]:
    texts: Mapping[str, str] = dict(words)
    last_done: dict[int, int] = {}
    sessions = []
    interval = min(rests)
    for day in range(0, SESSIONS * interval, interval):
        due = tuple(number for number, rest in enumerate(rests, start=1) if day - last_done.get(number, -rest) >= rest)
        last_done.update(dict.fromkeys(due, day))
        date = first + datetime.timedelta(days=day)
        sessions.append(
            Session(
                date.isoformat(),
                date_words(date, texts, "{weekday}") if "date.weekdays" in texts else "",
                date_words(date, texts, texts.get("date.diary", "{day} {month}")),
                () if len(due) == len(rests) else due,
                interval - 1 if day < (SESSIONS - 1) * interval else 0,
            )
        )
    return tuple(sessions)
