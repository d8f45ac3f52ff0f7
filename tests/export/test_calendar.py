"""The calendar has the diary's days, and tells nobody what for."""

import datetime
import hashlib
import re
import uuid
from dataclasses import replace

import pytest
from dateutil.rrule import rrulestr
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

import selfcare_kit as kit
from selfcare_kit.errors import ScreeningRequired
from selfcare_kit.export.chart.calendar import _series_id, routine_ics
from selfcare_kit.export.chart.slow_hash import plain_slow_hash
from selfcare_kit.export.handout.handout import handout_html
from selfcare_kit.model.complaint import AreaComplaint, Complaint

MONDAY = datetime.date(2026, 11, 23)
NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


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


@examples(30)
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
    assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", event["UID"])
    for word in ("c-104", "maria", "hip", "buttock", "glut", "gmed", "left", "massage", "pain", "clinic"):
        assert word not in told


# Made again


def uid_of(routine, today=None):
    return str(event_of(routine_ics(routine, today=today))["UID"])


def test_a_series_made_again_the_next_day_replaces_the_one_before(five_steps):
    first, second = (
        event_of(routine_ics(replace(five_steps, date=day), today=day, now=NOON + (day - MONDAY)))
        for day in (MONDAY, MONDAY + datetime.timedelta(days=1))
    )
    assert first["UID"] == second["UID"]
    assert second["SEQUENCE"] >= first["SEQUENCE"] + 24 * 60
    assert second["DTSTAMP"].dt > first["DTSTAMP"].dt


def test_a_saved_routine_made_again_later_replaces_its_series(five_steps, tmp_path):
    saved = kit.read_routine(five_steps.to_csv(tmp_path / "r.csv"))
    later = saved.date + datetime.timedelta(days=3)
    assert uid_of(saved, later) == uid_of(five_steps)


@pytest.mark.parametrize(
    "changed",
    [
        lambda routine: replace(routine, title="Another title"),
        lambda routine: routine.change("piri_1", seconds=30),
        lambda routine: routine.remove("piri_1"),
        lambda routine: replace(routine, code=" c-104 "),
        lambda routine: replace(routine, date=routine.date + datetime.timedelta(days=21)),
    ],
    ids=["title", "dose", "steps", "writing of the code", "start"],
)
def test_a_series_that_has_changed_replaces_the_one_before(five_steps, changed):
    assert uid_of(changed(five_steps)) == uid_of(five_steps)


def test_what_is_made_a_few_minutes_later_on_the_same_day_has_a_higher_number(five_steps):
    first = event_of(routine_ics(five_steps, now=NOON))["SEQUENCE"]
    later = NOON + datetime.timedelta(minutes=2)
    assert event_of(routine_ics(five_steps, now=later))["SEQUENCE"] == first + 2


def test_a_reader_in_another_zone_gets_the_same_stamp_and_number(five_steps):
    events = [
        event_of(routine_ics(five_steps, today=MONDAY + datetime.timedelta(days=days), now=NOON)) for days in (-1, 0, 1)
    ]
    assert len({(each["SEQUENCE"], each["DTSTAMP"].dt) for each in events}) == 1


def test_a_clock_that_is_wrong_by_years_makes_no_negative_number(five_steps):
    long_ago = NOON.replace(year=2020)
    assert event_of(routine_ics(five_steps, now=long_ago))["SEQUENCE"] == 0


def test_another_client_has_another_series(five_steps):
    assert uid_of(replace(five_steps, code="C-105")) != uid_of(five_steps)


def test_without_a_code_only_the_same_start_for_the_same_complaint_is_one_series(five_steps):
    nobody = replace(five_steps, code="")
    assert uid_of(replace(nobody, title="Another title")) == uid_of(nobody)
    assert uid_of(replace(nobody, date=MONDAY)) != uid_of(nobody)
    calf = Complaint((AreaComplaint("calf_back", "left"),))
    assert uid_of(replace(nobody, complaint=calf)) != uid_of(nobody)


def test_an_id_is_no_plain_digest_of_the_code(five_steps):
    uid = uid_of(five_steps).replace("-", "")
    for text in ("C-104", "c-104", "selfcare-kit C-104", f"C-104 {five_steps.date}"):
        for name in ("md5", "sha1", "sha256", "blake2b"):
            assert hashlib.new(name, text.encode()).hexdigest()[:12] != uid[:12]
        assert uuid.uuid5(uuid.NAMESPACE_OID, text).hex != uid


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


@given(st.binary(max_size=90), st.binary(max_size=30), st.integers(1, 20))
def test_without_openssl_the_same_calendar_is_replaced(key, salt, rounds):
    assert plain_slow_hash(key, salt, rounds) == hashlib.pbkdf2_hmac("sha256", key, salt, rounds)


def test_without_openssl_a_calendar_is_the_same(monkeypatch, five_steps):
    with_it = routine_ics(five_steps, now=NOON)
    _series_id.cache_clear()
    monkeypatch.delattr(hashlib, "pbkdf2_hmac")
    assert routine_ics(five_steps, now=NOON) == with_it
