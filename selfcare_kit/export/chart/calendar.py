"""The sessions of the diary as a calendar file.

Calendars are shown by cloud services and on lock screens, so the title is neutral: no part of the body, name or code.
A client's new calendar replaces the one before: it has the same UID and a higher SEQUENCE.
"""

from __future__ import annotations

import datetime
import json
import uuid
from functools import lru_cache

from selfcare_kit.export.chart.slow_hash import slow_hash
from selfcare_kit.export.handout.client_texts import supervised_by, texts_for
from selfcare_kit.export.handout.diary import sessions_of
from selfcare_kit.export.record.record import routine_to_record
from selfcare_kit.plan.plan import Plan

PRODUCT = "-//selfcare-kit//calendar//EN"
# SEQUENCE counts the minutes since then, so that a later calendar has a higher number.
FIRST_MINUTE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
# Codes are short, so all of them could be tried; this makes each trial slow.
HASH_ROUNDS = 50_000


def routine_ics(
    routine: Plan, *, language: str = "", today: datetime.date | None = None, now: datetime.datetime | None = None
) -> str:
    """Return the sessions of a routine as iCalendar text, one event that recurs on the days of the handout's diary.

    `now` is a time with its zone, the present when left out; `today` the day where the reader is.
    """
    from icalendar import Calendar, Event

    made_at = (now or datetime.datetime.now(datetime.UTC)).replace(microsecond=0)
    today, language = today or datetime.date.today(), language or routine.guide.language
    texts = texts_for(routine, language)
    supervised = supervised_by(routine, texts)
    first = max(routine.date, today)
    days = [datetime.date.fromisoformat(session.iso) for session in sessions_of(routine, first, language)]

    event = Event()
    event.add("uid", _series_id(_series_key(routine)))
    event.add("sequence", max(0, (made_at - FIRST_MINUTE) // datetime.timedelta(minutes=1)))
    event.add("dtstamp", made_at)
    event.add("dtstart", first)
    event.add("rrule", {"freq": "daily", "interval": (days[1] - days[0]).days, "count": len(days)})
    event.add("summary", texts["handout.calendar.title"])
    event.add("description", texts[f"caution.{supervised}" if supervised else "handout.calendar.text"])
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical().decode("utf-8")


def _series_key(routine: Plan) -> str:
    """Return the key by which one calendar replaces another: the client's code, as a client has one routine at a time.

    Without a code the client is not known, and the key is the date with the complaint.
    """
    code = routine.code.strip().casefold()
    record = routine_to_record(routine)
    return json.dumps([routine.guide.id, code] if code else [routine.guide.id, record["date"], record["complaint"]])


@lru_cache(maxsize=256)
def _series_id(key: str) -> str:
    digest = slow_hash(key.encode(), b"selfcare-kit calendar", HASH_ROUNDS)
    return str(uuid.UUID(bytes=digest[:16], version=5))
