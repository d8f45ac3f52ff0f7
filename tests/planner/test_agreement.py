"""What a clinician ruled out is put in finding by finding; initials alone still stand for everything."""

from __future__ import annotations

import datetime

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError, ReferralRequired
from selfcare_kit.planner.visit import answers, complaint, steps
from selfcare_kit.planner.visit.opening import open_file
from selfcare_kit.planner.visit.session import Session

from .test_privacy import CANARY, everything_synced

RULED_OUT = "pulses good, both feet; AB"


@pytest.fixture
def session():
    """An aching left hip, everything asked, R18 answered yes, two steps."""
    session = Session()
    session.do(answers.confirm_answers)
    session.do(complaint.choose_area, "hip_side")
    session.do(complaint.choose_side, "left")
    session.do(answers.answer, "R18", True)
    session.do(answers.rule_out, "R18", RULED_OUT)
    session.do(steps.add_best, 2)
    return session


def test_what_was_ruled_out_is_on_the_record(session):
    assert session.now.obstacle == ""
    assert session.now.screening.agreed == (("R18", RULED_OUT),)
    assert session.now.screening.agreed_by == ""
    assert f"R18: looked at and ruled out: {RULED_OUT}." in session.now.routine.to_note()


def test_initials_that_stand_for_all_sign_the_words_too(session):
    session.do(answers.rule_out, "R18", "pulses good, both feet")
    session.do(answers.set_initials, "AB")
    assert session.now.screening.agreed == (("R18", RULED_OUT),)
    assert session.visit.ruled_out["R18"].text == "pulses good, both feet"


def test_words_that_hold_the_initials_are_not_signed_twice(session):
    session.do(answers.set_initials, "AB")
    assert session.now.screening.agreed == (("R18", RULED_OUT),)


def test_initials_alone_still_stand_for_everything(session):
    session.do(answers.rule_out, "R18", "")
    assert "A clinician has to look first" in session.now.obstacle
    session.do(answers.set_initials, "AB")
    assert session.now.obstacle == ""
    assert session.now.screening.agreed == ()


def test_what_was_ruled_out_of_one_finding_stands_for_no_other(session):
    session.do(answers.answer, "R19", True)
    assert [each.id for each in session.now.not_cleared] == ["R19"]
    assert "R19" in session.now.obstacle
    assert "R18" not in session.now.obstacle
    with pytest.raises(ReferralRequired, match="R19"):
        session.now.routine.to_html()
    session.do(answers.rule_out, "R19", "no fever, no weight loss; AB")
    assert session.now.obstacle == ""


def test_an_alert_takes_words_of_its_own(session):
    session.do(complaint.set_sensation, "weak")
    assert [each.id for each in session.now.not_cleared] == ["weak"]
    session.do(answers.rule_out, "weak", "power 5 of 5, both sides; AB")
    assert session.now.obstacle == ""
    assert dict(session.now.screening.agreed) == {"R18": RULED_OUT, "weak": "power 5 of 5, both sides; AB"}


def test_words_go_with_what_they_were_said_of(session):
    session.do(answers.answer, "R18", False)
    assert session.visit.ruled_out == {}
    session.do(answers.answer, "R18", True)
    assert "A clinician has to look first" in session.now.obstacle


def test_words_for_an_alert_do_not_stand_where_it_has_grown(session):
    session.do(complaint.set_sensation, "weak")
    session.do(answers.rule_out, "weak", "power 5 of 5; AB")
    message = session.do(complaint.choose_side, "both")
    assert "What was ruled out does not stand for what is new (weak)" in message
    assert set(session.visit.ruled_out) == {"R18"}
    assert [each.id for each in session.now.not_cleared] == ["weak"]


def test_words_stay_where_what_they_were_said_of_shrinks(session):
    session.do(complaint.set_sensation, "weak")
    session.do(complaint.choose_side, "both")
    session.do(answers.rule_out, "weak", "power 5 of 5; AB")
    session.do(complaint.choose_side, "left")
    assert set(session.visit.ruled_out) == {"R18", "weak"}
    assert session.now.not_cleared == ()


def test_words_for_an_answer_stand_for_its_areas_only(session):
    session.do(answers.answer, "R20", True)
    session.do(answers.name_areas, "R20", ["heel"])
    session.do(answers.rule_out, "R20", "scar of 2019; AB")
    message = session.do(answers.name_areas, "R20", ["heel", "shin"])
    assert "does not stand for what is new (R20)" in message
    assert set(session.visit.ruled_out) == {"R18"}


def test_words_keep_the_initials_that_stood_beside_them_when_those_lapse(session):
    session.do(answers.rule_out, "R18", "pulses good, both feet")
    session.do(answers.set_initials, "AB")
    message = session.do(answers.answer, "R19", True)
    assert "The initials do not stand for what is new (R19)" in message
    assert session.visit.agreed_by == ""
    assert session.now.screening.agreement("R18") == RULED_OUT
    assert session.now.screening.agreement("R19") == ""


def test_new_initials_are_not_needed_where_words_stand(session):
    session.do(answers.rule_out, "R18", "")
    session.do(answers.set_initials, "AB")
    session.do(answers.rule_out, "R18", "pulses good")
    assert session.visit.agreed_by == "AB"
    assert session.now.obstacle == ""


@pytest.mark.parametrize("words", ["no", "n/a", "...", "x" * 300])
def test_words_that_say_nothing_are_refused_at_once(session, words):
    before = session.visit
    with pytest.raises(InvalidValueError, match="what was ruled out for R18 must be a few words with"):
        session.do(answers.rule_out, "R18", words)
    assert session.visit is before


@pytest.mark.parametrize("asked", [True, False])
def test_initials_that_are_none_are_refused_at_once(asked):
    session = Session()
    if asked:
        session.do(answers.confirm_answers)
    with pytest.raises(InvalidValueError, match="agreed_by must be the initials"):
        session.do(answers.set_initials, "no")


def test_words_can_be_said_only_of_what_asks_for_a_look(session):
    with pytest.raises(InvalidValueError, match="finding must be one of R18"):
        session.do(answers.rule_out, "R19", "no fever; AB")


def test_words_count_once_everything_is_asked():
    session = Session()
    session.do(complaint.choose_area, "shin")
    session.do(complaint.choose_side, "left")
    session.do(complaint.set_sensation, "weak")
    session.do(answers.rule_out, "weak", "power 5 of 5; AB")
    assert session.now.screening is None
    session.do(answers.confirm_answers)
    assert session.now.screening.agreed == (("weak", "power 5 of 5; AB"),)


def test_words_of_today_come_with_a_routine_and_stand_for_its_findings(session):
    again = Session(session.now.routine)
    assert again.now.obstacle == ""
    assert again.now.screening.agreed == (("R18", RULED_OUT),)
    again.do(answers.answer, "R19", True)
    assert [each.id for each in again.now.not_cleared] == ["R19"]


def test_no_words_are_taken_from_a_file(session):
    again = Session()
    again.begin(open_file, session.now.routine.to_json().encode(), "last.json")
    assert again.visit.ruled_out == {}


@pytest.mark.parametrize("left_out", [{"not_relevant": ["R27"]}, {"asked": ["R01", "R03"]}])
def test_answers_of_today_that_left_a_question_out_are_asked_again(left_out):
    session = Session(kit.Routine(screening=kit.screen(**left_out)).add("gmed_2", side="left"))
    assert session.now.to_ask
    assert "safety questions are not asked yet" in session.now.obstacle


# On the page


@pytest.fixture
def open_visit(visit):
    """A whole visit, with the questions in sight."""
    visit.press("safety", "open")
    return visit


def test_the_initials_are_in_sight_when_the_questions_are_closed(visit):
    visit.feel("left", "weak")
    assert not visit.page("safety").all("input", do="answer")
    assert visit.page("safety").all("input", do="agree")
    visit.fill("safety", "rule_out", "power 5 of 5; AB", name="weak")
    assert visit.planner.session.now.obstacle == ""


def test_there_is_a_field_for_each_thing_to_look_at_beside_the_initials(open_visit):
    assert not open_visit.page("safety").all("input", do="rule_out")
    open_visit.answer("R18")
    open_visit.feel("left", "weak")
    fields = {each.get("data-name") for each in open_visit.page("safety").all("input", do="rule_out")}
    assert {"R18", "weak"} <= fields
    for each in open_visit.planner.session.now.to_clear:
        open_visit.fill("safety", "rule_out", f"nothing found at {each.id}; AB", name=each.id)
    assert open_visit.page("safety").one("input", name="R18").get("value") == "nothing found at R18; AB"
    assert open_visit.planner.session.now.obstacle == ""
    assert open_visit.download("html")[1] is not None


def test_the_initials_stand_beside_them_and_suffice(open_visit):
    open_visit.answer("R18")
    open_visit.fill("safety", "agree", "AB")
    assert open_visit.planner.session.now.obstacle == ""
    assert open_visit.routine.screening.date == datetime.date.today()


def test_what_was_ruled_out_is_in_no_value_that_is_saved(open_visit):
    open_visit.answer("R18")
    open_visit.fill("safety", "rule_out", f"seen by {CANARY}", name="R18")
    assert CANARY in open_visit.shown
    assert CANARY not in everything_synced()


def test_a_clients_name_in_what_was_ruled_out_is_refused_when_it_is_printed(open_visit):
    open_visit.answer("R18")
    open_visit.fill("safety", "rule_out", f"{CANARY}: pulses good; AB", name="R18")
    assert open_visit.download("html", client=CANARY) == (None, None)
    assert "agreed of R18 gets into records" in open_visit.message
    assert "Zebediah" not in open_visit.message
