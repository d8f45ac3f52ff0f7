"""A course tells its client what was asked first and last, up to the visit that the handout is of."""

from __future__ import annotations

import datetime
from dataclasses import replace

import made_up
import pytest

import selfcare_kit as kit
from selfcare_kit.course.course import Course
from selfcare_kit.course.progress import progress_of, progress_with
from selfcare_kit.errors import InvalidValueError, ScreeningRequired
from selfcare_kit.model.outcome import Activity, Outcome


def tones(progress):
    return {reading.name: reading.tone for reading in progress.readings}


@pytest.fixture
def today(clear, guide):
    """Make a visit of today, not saved yet."""

    def made(pain, code="C-104", **outcome):
        felt = guide.complaint({"hip_side": {"side": "left", "pain": pain}})
        date = made_up.START + datetime.timedelta(days=80)
        routine = kit.Routine(code=code, date=date, complaint=felt, screening=clear)
        return routine.add("tfl_1", side="left").with_outcome(**outcome)

    return made


def test_pain_that_is_clearly_less_is_better_and_an_activity_that_is_clearly_more(guide):
    progress = progress_of(made_up.six_visits())
    assert tones(progress) == {
        "hip_side": "clearly_better", "low_back": "clearly_better", "thigh_outer": "clearly_better",
        "climb the stairs": "clearly_better", "sleep on my left side": "clearly_better",
    }  # fmt: skip
    assert (progress.days_done, progress.days_planned) == (28, 35)


@pytest.mark.parametrize(
    ("first", "now", "tone"),
    [
        (7, 5, "a_little_better"),
        (7, 4, "clearly_better"),
        (5, 6, "a_little_worse"),
        (2, 5, "clearly_worse"),
        (3, 3, "same"),
    ],
)
def test_a_difference_of_pain_is_called_by_the_rule_of_the_figure(first, now, tone):
    course = Course("C-101", (made_up.visit(0, {"heel": first}), made_up.visit(7, {"heel": now})))
    assert tones(progress_of(course)) == {"heel": tone}


@pytest.mark.parametrize(
    ("first", "now", "tone"), [(3, 5, "a_little_better"), (3, 6, "clearly_better"), (6, 3, "clearly_worse")]
)
def test_an_activity_needs_three_points(first, now, tone):
    visits = [
        made_up.visit(day, {"heel": None}, Outcome(activities=(Activity("run", score),)))
        for day, score in ((0, first), (7, now))
    ]
    assert tones(progress_of(Course("C-101", tuple(visits)))) == {"run": tone}


def test_what_was_asked_once_is_not_compared():
    assert set(tones(progress_of(made_up.one_visit())).values()) == {"once"}


def test_what_was_not_asked_at_the_last_visit_has_the_day_of_its_last_answer():
    course = Course("C-104", made_up.six_visits().visits[:4])
    (thigh,) = [each for each in progress_of(course).readings if each.name == "thigh_outer"]
    assert thigh.date == made_up.START + datetime.timedelta(days=26)
    assert thigh.now == 3


def test_a_handout_counts_the_visit_of_today_although_it_is_not_saved_yet(today):
    text = today(1).to_html(course=made_up.six_visits())
    assert "first 7, now 1" in text


def test_a_visit_that_is_saved_already_counts_once(today):
    routine = today(2, days_done=3, days_planned=4)
    course = made_up.six_visits()
    saved = replace(course.visits[-1], date=routine.date, outcome=Outcome(days_done=3, days_planned=4))
    progress = progress_with(Course("C-104", (*course.visits, saved)), routine)
    assert (progress.days_done, progress.days_planned) == (31, 39)


def test_a_handout_of_an_earlier_day_knows_nothing_of_later_visits(today):
    routine = replace(today(5), date=made_up.START + datetime.timedelta(days=20))
    progress = progress_with(made_up.six_visits(), routine)
    assert progress.last == routine.date
    assert (progress.days_done, progress.days_planned) == (6, 7)


def test_the_course_of_another_client_is_refused(today):
    with pytest.raises(InvalidValueError, match=r"must be of the routine's client, C-105, got that of C-104"):
        today(3, code="C-105").to_html(course=made_up.six_visits())


def test_what_is_no_course_is_refused(today):
    with pytest.raises(InvalidValueError, match="course must come from read_course, got 'records'"):
        today(3).to_html(course="records")


def test_nothing_is_said_where_nothing_was_asked_twice(today):
    course = Course("C-104", (made_up.visit(0, {"heel": 5}),))
    assert "How it is going" not in today(3).to_html(course=course)


def test_a_course_opens_no_way_past_the_gate(today):
    with pytest.raises(ScreeningRequired):
        replace(today(3), screening=None).to_html(course=made_up.six_visits())


def test_the_data_inside_the_page_holds_nothing_of_the_course(today):
    html = today(1).to_html(course=made_up.six_visits())
    data = html.split('id="selfcare-routine">')[1]
    assert "climb the stairs" not in data
    assert kit.Routine.of(today(1)).to_html().split('id="selfcare-routine">')[1] == data


@pytest.mark.slow
def test_the_pdf_says_it_too(today, tmp_path):
    import pypdf

    path = today(1).to_pdf(tmp_path / "h.pdf", course=made_up.six_visits(), pain_diary=True)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "How it is going" in text
    assert "less pain" in text
