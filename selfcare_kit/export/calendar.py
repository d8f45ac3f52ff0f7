"""The days of the diary as a calendar file.

A calendar goes to clouds and lock screens, so its title is neutral: no part of the body, no name, no code.
"""

from __future__ import annotations

import datetime

from selfcare_kit.export.client_texts import supervised_by, texts_for
from selfcare_kit.export.diary import sessions_of
from selfcare_kit.export.record import stable_id
from selfcare_kit.routine import Routine

PRODUCT = "-//selfcare-kit//calendar//EN"


def routine_ics(routine: Routine, *, language: str = "en", today: datetime.date | None = None) -> str:
    """Return the sessions of a routine as iCalendar text.

    Parameters
    ----------
    routine : Routine
        With at least one step; it has passed the gate for a client's file.
    language : str, default="en"
        Language of the title.
    today : datetime.date, optional
        For tests; the real date when left out.

    Returns
    -------
    str
        One event that comes again on exactly the days that the handout's diary prints, or would print
        for a client who may do the steps alone. It is about
        whole days, which are the same in every time zone, and keeps its id when it is made again.

    Raises
    ------
    UnknownIdError
        If the guide has no such language.
    """
    from icalendar import Calendar, Event

    today = today or datetime.date.today()
    texts = texts_for(routine, language)
    watched = supervised_by(routine, texts)
    first = max(routine.date, today)
    days = [datetime.date.fromisoformat(each.iso) for each in sessions_of(routine, first, language)]

    event = Event()
    event.add("uid", stable_id(routine, f"calendar {first}"))
    event.add("dtstamp", datetime.datetime(today.year, today.month, today.day, tzinfo=datetime.UTC))
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
