"""The calendar has the diary's days, and tells nobody what for."""

import datetime
import re
from dataclasses import replace

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

import selfcare_kit as kit
from selfcare_kit.errors import ScreeningRequired
from selfcare_kit.export.calendar import routine_ics
from selfcare_kit.export.handout import handout_html

MONDAY = datetime.date(2026, 11, 23)


def event_of(text):
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    return event


def days_of(text):
    """The days on which a calendar program would show the event."""
    event = event_of(text)
    first = event["DTSTART"].dt
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=datetime.datetime.combine(first, datetime.time()))
    return [each.date().isoformat() for each in rule]


def diary_of(html):
    return re.findall(r'<time datetime="([0-9-]+)">', html)


@settings(max_examples=30, deadline=None)
@given(
    rests=st.lists(st.integers(2, 14), min_size=1, max_size=4),
    start=st.integers(-400, 400),
    day=st.dates(datetime.date(2024, 1, 1), datetime.date(2030, 1, 1)),
)
def test_the_calendar_has_exactly_the_days_of_the_diary(rests, start, day):
    routine = kit.Routine(date=day + datetime.timedelta(days=start), screening=kit.screen(date=day))
    for point, rest in zip(("gmed_2", "piri_1", "tfl_1", "ql_s2"), rests, strict=False):
        routine = routine.add(point, side="left", every_days_min=rest, every_days_max=14)
    days = days_of(routine_ics(routine, today=day))
    assert days == diary_of(handout_html(routine, today=day))
    assert len(days) == 8


def test_the_events_are_whole_days_without_a_time_zone(five_steps):
    event = event_of(five_steps.to_ics())
    assert type(event["DTSTART"].dt) is datetime.date
    assert "TZID" not in five_steps.to_ics()
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["CLASS"] == "PRIVATE"


def test_nothing_in_it_tells_who_or_what(clear):
    routine = kit.Routine(title="Hip of Maria", code="C-104", screening=clear)
    text = routine.add("gmed_2", side="left", note="left buttock").to_ics()
    event = event_of(text)
    assert event["SUMMARY"] == "Self-care routine"
    told = text.lower()
    for word in ("c-104", "maria", "hip", "buttock", "glut", "gmed", "left", "massage", "pain", "clinic"):
        assert word not in told


def test_the_same_routine_keeps_its_id_and_another_gets_another(five_steps):
    again = event_of(five_steps.to_ics())
    assert event_of(five_steps.to_ics())["UID"] == again["UID"]
    assert event_of(five_steps.change("piri_1", seconds=30).to_ics())["UID"] != again["UID"]


def test_the_calendar_is_as_the_standard_asks(five_steps, tmp_path):
    path = five_steps.to_ics(tmp_path / "c.ics")
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    calendar = Calendar.from_ical(content)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert event_of(content)["DTSTAMP"].dt.tzinfo is not None


def test_a_routine_that_starts_later_starts_later_in_the_calendar(five_steps):
    later = datetime.date.today() + datetime.timedelta(days=10)
    assert days_of(replace(five_steps, date=later).to_ics())[0] == later.isoformat()


def test_the_calendar_passes_the_gate(five_steps, yesterday):
    with pytest.raises(ScreeningRequired, match="needs a screening of today"):
        five_steps.with_screening(kit.screen(date=yesterday)).to_ics()
