"""The days of the diary as a calendar file.

A calendar goes to clouds and lock screens, so its title is neutral: no part of the body, no name, no code.
Made again, a client's series replaces the one before: it has the same id and a higher number.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import uuid
from functools import lru_cache

from selfcare_kit.export.handout.client_texts import supervised_by, texts_for
from selfcare_kit.export.handout.diary import sessions_of
from selfcare_kit.export.record.record import routine_to_record
from selfcare_kit.plan.plan import Plan

PRODUCT = "-//selfcare-kit//calendar//EN"
# A series is numbered by the minutes since then, so that each that is made later has a higher number.
FIRST_MINUTE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
# Codes are short: all of them could be tried, and this makes each trial slow.
HASH_ROUNDS = 50_000


def routine_ics(routine: Plan, *, language: str = "en", today: datetime.date | None = None) -> str:
    """Return the sessions of a routine as iCalendar text.

    Parameters
    ----------
    routine : Plan
        With at least one step; it has passed the gate for a client's file.
    language : str, default="en"
        Language of the title.
    today : datetime.date, optional
        The day it is made; today when left out.

    Returns
    -------
    str
        One event that comes again on exactly the days that the handout's diary prints, or would print
        for a client who may do the steps alone. It is about whole days, which are the same in every
        time zone. Made again for the same client's code, it has the same UID and a higher SEQUENCE, and so
        replaces the one before, whatever has changed.

    Raises
    ------
    UnknownIdError
        If the guide has no such language.
    """
    from icalendar import Calendar, Event

    made_at = _made_at(today)
    today = today or datetime.date.today()
    texts = texts_for(routine, language)
    watched = supervised_by(routine, texts)
    first = max(routine.date, today)
    days = [datetime.date.fromisoformat(each.iso) for each in sessions_of(routine, first, language)]

    event = Event()
    event.add("uid", _series_id(_series(routine)))
    event.add("sequence", max(0, (made_at - FIRST_MINUTE) // datetime.timedelta(minutes=1)))
    event.add("dtstamp", made_at)
    event.add("dtstart", first)
    event.add("rrule", {"freq": "daily", "interval": (days[1] - days[0]).days, "count": len(days)})
    event.add("summary", texts["handout.calendar.title"])
    event.add("description", texts[f"caution.{watched}" if watched else "handout.calendar.text"])
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical().decode("utf-8")


def _made_at(today: datetime.date | None) -> datetime.datetime:
    """Return this moment, or this time of another day."""
    now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    return now if today is None else now + (today - datetime.date.today())


def _series(routine: Plan) -> str:
    """Return what two routines have in common whose calendars replace each other.

    A client has one routine at a time, so it is the code. Without one nothing tells whose a routine is, and only one
    of the same start for the same complaint replaces another.
    """
    code = routine.code.strip().casefold()
    record = routine_to_record(routine)
    return json.dumps([routine.guide.id, code] if code else [routine.guide.id, record["date"], record["complaint"]])


@lru_cache(maxsize=256)
def _series_id(series: str) -> str:
    digest = hashlib.pbkdf2_hmac("sha256", series.encode(), b"selfcare-kit calendar", HASH_ROUNDS)
    return str(uuid.UUID(bytes=digest[:16], version=5))
