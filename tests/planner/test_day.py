"""The browser's day counts, as the kernel may run on a server in another time zone, and it is told where they differ."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar

import selfcare_kit as kit
from selfcare_kit.errors import ScreeningRequired
from selfcare_kit.planner.visit import answers, complaint, steps
from selfcare_kit.planner.visit.opening import begin_with, new_client, open_file, resume
from selfcare_kit.planner.visit.session import Session

from .conftest import App

HERE = datetime.date.today()
TOMORROW, YESTERDAY = HERE + datetime.timedelta(days=1), HERE - datetime.timedelta(days=1)
FAR = [HERE + datetime.timedelta(days=days) for days in (2, -2, 30, -366, 20_000)]


class Elsewhere(App):
    """A planner whose browser says with each event which day it is there."""

    day = ""

    def tell(self, section, message, buffers=()):
        return super().tell(section, {"day": f"{self.day}", **message}, buffers)

    def plan(self):
        self.tell("frame", {"do": "ping"})
        self.clear()
        self.tick("thigh_outer", "calf_outer")
        self.feel("left", "ache")
        self.best()
        return self

    def file(self, kind):
        name, content = self.download(kind)
        return name["name"], content.decode()


@pytest.fixture
def app():
    return Elsewhere()


def day_shown(app):
    return "".join("".join(each.itertext()) for each in app.page("download").all("p", key="day"))


@pytest.mark.parametrize("day", [TOMORROW, YESTERDAY, HERE])
def test_a_whole_visit_is_dated_by_the_browsers_day(app, day):
    app.day = day
    app.plan()
    assert app.page("download").one(key="ready") is not None
    assert (app.routine.date, app.routine.screening.date) == (day, day)
    name, page = app.file("html")
    assert f"{day}" in name
    assert re.findall(r'<time datetime="([0-9-]+)">', page)[0] == f"{day}"
    event = Calendar.from_ical(app.file("ics")[1]).walk("VEVENT")[0]
    assert event["DTSTART"].dt == day
    record = json.loads(app.file("json")[1])
    assert (record["date"], record["screening"]["date"]) == (f"{day}", f"{day}")


def test_the_live_page_is_that_of_the_browsers_day(app):
    app.day = TOMORROW
    app.plan()
    app.tell("page", {"do": "want", "value": True})
    assert app.planner.page.widget.page == app.file("html")[1]


def test_a_calendar_says_when_it_was_made_whatever_the_day_elsewhere(app):
    app.day = TOMORROW
    app.plan()
    stamp = Calendar.from_ical(app.file("ics")[1]).walk("VEVENT")[0]["DTSTAMP"].dt
    assert abs(stamp - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(minutes=5)


@pytest.mark.parametrize(("day", "told"), [(TOMORROW, True), (YESTERDAY, True), (HERE, False)])
def test_another_day_than_the_servers_is_told(app, day, told):
    app.day = day
    app.tell("frame", {"do": "ping"})
    expected = f"Dated {day}, as this browser's clock says; the computer that runs the planner has {HERE}."
    assert day_shown(app) == (expected if told else "")


@pytest.mark.parametrize("day", FAR)
def test_a_clock_that_is_further_off_does_not_count_and_that_is_told(app, day):
    app.day = day
    app.plan()
    assert app.routine.date == app.routine.screening.date == HERE
    assert f"{HERE}" in app.file("html")[0]
    assert day_shown(app).startswith(f"Dated {HERE}, as the computer that runs the planner says")
    assert f"{day}" in day_shown(app)


@pytest.mark.parametrize("day", ["", "today", "2026-13-40", "2026-11-29T10:00", 20261129, None, ["2026-11-29"], "<b>"])
def test_what_is_no_day_is_passed_over(app, day):
    app.tell("frame", {"do": "ping", "day": day})
    assert (app.planner.session.visit.today, day_shown(app)) == (HERE, "")


def test_the_day_of_the_kernel_counts_where_no_browser_says_one(visit):
    assert visit.routine.date == visit.routine.screening.date == HERE
    assert day_shown(visit) == ""


# A visit over midnight


def test_answers_of_the_browsers_yesterday_are_asked_again_after_its_midnight(app):
    app.day = YESTERDAY
    app.plan()
    assert app.planner.session.now.refusal is None
    app.day = HERE
    app.tell("frame", {"do": "ping"})
    assert app.obstacles[0][2] == f"Safety: asked on {YESTERDAY}, to be asked again"
    assert app.download("html") == (None, None)


def test_the_first_click_after_midnight_counts_as_of_the_new_day(app):
    app.day = HERE
    app.plan()
    app.day = TOMORROW
    assert app.download("html") == (None, None)
    assert "asked" in app.message


def test_answers_given_before_the_browser_said_its_day_are_asked_again():
    session = Session()
    session.do(answers.confirm_answers)
    assert session.now.is_screened_today
    session.use_day(TOMORROW)
    assert not session.now.is_screened_today


def test_a_clock_set_back_does_not_make_old_answers_new(app):
    app.day = TOMORROW
    app.plan()
    app.day = HERE
    app.tell("frame", {"do": "ping"})
    assert app.download("html") == (None, None)
    with pytest.raises(ScreeningRequired):
        app.routine.to_html()


def test_the_same_plan_of_yesterday_is_dated_as_it_was_begun(app):
    app.day = YESTERDAY
    app.plan()
    app.day = HERE
    app.tell("frame", {"do": "ping"})
    assert app.routine.date == YESTERDAY


# Every beginning


def planned(day):
    session = Session()
    session.use_day(day)
    session.do(answers.confirm_answers)
    session.do(complaint.choose_area, "thigh_outer")
    session.do(complaint.choose_side, "left")
    session.do(steps.add_best)
    return session


@pytest.mark.parametrize("day", [TOMORROW, YESTERDAY])
def test_every_way_to_begin_keeps_the_browsers_day(day):
    session = planned(day)
    saved, earlier = session.now.routine, session.visit
    for change, *arguments in (
        (new_client,),
        (begin_with, replace(saved, date=HERE)),
        (open_file, saved.to_json().encode(), "r.json"),
        (resume, replace(earlier, browser_day=None)),
    ):
        session.begin(change, *arguments)
        assert session.now.today == session.visit.today == session.now.routine.date == day
    session.do(steps.start_from_template)
    assert session.now.routine.date == day
    session.do(complaint.choose_area, "heel")
    session.undo()
    session.redo()
    assert session.now.today == day


def test_answers_of_the_servers_day_do_not_count_as_of_the_browsers():
    session = planned(TOMORROW)
    session.begin(begin_with, replace(session.now.routine, screening=kit.screen()))
    assert not session.now.is_screened_today
    session.begin(begin_with, replace(session.now.routine, screening=kit.screen(date=TOMORROW)))
    assert session.now.is_screened_today


def test_the_planner_asks_for_the_day_in_one_place_only():
    """And words name the computer's own day where it is another."""
    folder = Path(kit.__file__).parent / "planner"
    asking = sorted(path.name for path in folder.rglob("*.py") if re.search(r"\btoday\(\)", path.read_text("utf-8")))
    assert asking == ["visit.py", "words.py"]
