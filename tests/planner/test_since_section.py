"""What was found since the last visit: a row to fill at a return visit, and the client's own aims."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

import selfcare_kit as kit

from .conftest import App

WEEK = datetime.timedelta(days=7)


@pytest.fixture(scope="module")
def last():
    """The record of a week ago: a hip and a foot on the left, four steps, one aim and one score."""
    complaint = {
        "hip_side": {"side": "left", "sensations": ["ache"], "pain": 6},
        "knee_outer": {"side": "left", "sensations": ["ache"], "pain": 4},
    }
    routine = kit.Routine.from_suggestions(kit.suggest(complaint, screening=kit.screen()).top(4), code="C-104")
    routine = routine.with_outcome(activities={"climb the stairs": 3}, scores=[kit.Score("Balance", 40, "higher")])
    today = datetime.date.today()
    return routine, routine.to_json().replace(str(today), str(today - WEEK)).encode()


@pytest.fixture
def back(app, last):
    """A return visit."""
    app.upload(last[1], "last.json")
    return app


def outcome(app):
    return app.routine.outcome


def steps(last):
    return [f"{step.point}.{step.side}" for step in last[0].steps]


def test_nothing_is_asked_before_there_is_an_area_or_a_last_visit(app):
    assert app.page("since").text == ""
    app.tick("hip_side")
    assert "What the client wants to do again" in app.page("since").text
    assert "ago" not in app.page("since").text


def test_a_return_visit_shows_the_pain_of_then_and_asks_it_anew(back):
    assert "7 days ago" in back.page("since").text
    fields = back.page("since").all("input", do="rate")
    assert [(each.get("data-area"), each.get("value")) for each in fields] == [("hip_side", ""), ("knee_outer", "")]
    assert "Hip, side, left 6 →" in back.page("since").text
    assert "Knee, outer, left 4 →" in back.page("since").text


def test_a_file_of_today_is_no_earlier_visit(app, last):
    app.upload(last[0].to_json().encode(), "today.json")
    assert "ago" not in app.page("since").text


def test_pain_that_is_typed_is_that_of_the_area_everywhere(back):
    back.fill("since", "rate", "3", area="hip_side")
    assert {each.area: each.pain for each in back.routine.complaint.areas} == {"hip_side": 3, "knee_outer": None}
    assert "clearly less" in back.page("since").text
    back.fill("since", "rate", "", area="hip_side")
    assert {each.pain for each in back.routine.complaint.areas} == {None}


def test_a_change_that_may_be_chance_is_not_called_clear(back):
    back.fill("since", "rate", "5", area="hip_side")
    assert "clearly" not in back.page("since").text


@pytest.mark.parametrize(("typed", "words"), [("11", "0 to 10"), ("some", "must be a whole number")])
def test_pain_that_is_none_is_refused(back, typed, words):
    back.fill("since", "rate", typed, area="hip_side")
    assert words in back.message
    assert {each.pain for each in back.routine.complaint.areas} == {None}


def visit_of(days, pain, code="C-104"):
    """A name and a record of some days ago."""
    complaint = kit.load_guide().complaint({"hip_side": {"side": "left", "pain": pain}})
    date = datetime.date.today() - datetime.timedelta(days=days)
    routine = kit.Routine(code=code, date=date, complaint=complaint).add("gmin_a", side="left")
    return f"{date}.json", routine.to_json().encode()


def test_several_files_are_the_course_of_one_client(app):
    app.upload_all(visit_of(14, 5), visit_of(28, 7), visit_of(7, 6))
    assert "7 days ago" in app.page("since").text
    assert "Hip, side, left 7 · 5 · 6 →" in app.page("since").text
    assert "2 visits before it" in app.message
    app.fill("since", "rate", "4", area="hip_side")
    assert "clearly less than at first" in app.page("since").text


def test_files_of_several_clients_are_not_opened_together(app):
    app.upload_all(visit_of(14, 5), visit_of(7, 6, "C-105"))
    assert app.message == "The files must be of one client, got those of 2; choose the files of one."
    assert "C-105" not in app.text
    assert len(app.routine) == 0


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_opened(app):
    app.upload_all(visit_of(14, 5), ("broken.json", b"{"), visit_of(7, 6))
    assert "broken.json" in app.message
    assert "Hip, side, left 5 · 6 →" in app.page("since").text


def test_pain_is_asked_again_when_the_side_changes_and_both_sides_keep_their_rows(back):
    back.fill("since", "rate", "3", area="hip_side")
    back.fill("symptoms", "side", "right", area="hip_side")
    assert {each.side: each.pain for each in back.routine.complaint.areas if each.area == "hip_side"} == {"right": None}
    keys = [each.get("data-key") for each in back.page("since").all("span") if each.get("data-key")]
    assert len(keys) == len(set(keys))
    assert {"hip_side.left", "hip_side.right"} <= set(keys)


def test_pain_of_a_side_that_is_no_longer_chosen_is_refused(back):
    back.tell("since", {"do": "rate", "area": "hip_side", "id": "hip_side.right", "value": "3"})
    assert "must be of the side that is chosen" in back.message
    assert {each.pain for each in back.routine.complaint.areas} == {None}


def test_at_a_first_visit_a_side_that_is_corrected_keeps_its_pain(app):
    app.tick("hip_side")
    app.feel("left", "ache")
    app.fill("symptoms", "rate", "6", area="hip_side")
    app.fill("symptoms", "side", "right", area="hip_side")
    assert [(each.side, each.pain) for each in app.routine.complaint.areas] == [("right", 6)]


@pytest.mark.parametrize("handout_first", [True, False])
def test_what_any_file_of_a_visit_knows_was_found_is_kept(app, last, handout_first):
    routine = last[0].with_outcome(days_done=5, days_planned=7, change=2).with_screening(kit.screen())
    files = [("handout.html", routine.to_html().encode()), ("record.json", routine.to_json().encode())]
    app.upload_all(*(files if handout_first else files[::-1]), visit_of(7, 6))
    assert outcome(app).days_done == 5
    assert outcome(app).scores[0].value == 40


def test_a_visit_of_today_is_compared_with_the_one_before(app, last):
    app.upload_all(("today.json", last[0].to_json().encode()), visit_of(7, 8))
    assert "Hip, side, left 8 →" in app.page("since").text
    assert app.page("since").one("input", do="rate", area="hip_side").get("value") == "6"


def test_two_files_of_one_name_are_two_visits(app):
    (_, new), (_, old) = visit_of(7, 6), visit_of(14, 8)
    app.upload_all(("visit.json", new), ("visit.json", old))
    assert "Hip, side, left 8 · 6 →" in app.page("since").text


def test_another_code_is_another_client_to_whom_nothing_of_the_first_is_shown(app, last):
    app.upload(last[1], "last.json")
    app.fill("download", "name", "C-205", name="code")
    assert "another code than the file's" in app.message
    assert outcome(app).is_empty
    assert not app.page("download").all("input", do="extra", id="course")
    assert "ago" not in app.page("since").text


def test_undo_never_brings_to_another_client_what_the_first_one_said(back, last):
    back.fill("since", "mark", True, id=steps(last)[0], area="sore")
    back.fill("download", "name", "C-205", name="code")
    assert not back.planner.session.can_undo
    back.tell("contents", {"do": "undo"})
    assert outcome(back).is_empty
    assert back.routine.code == "C-205"


def test_a_code_that_is_only_written_otherwise_is_the_same_client(back):
    back.fill("download", "name", "c-104", name="code")
    assert "7 days ago" in back.page("since").text


def test_more_days_done_than_planned_are_told(back):
    back.fill("since", "found", "5", name="days_done")
    back.fill("since", "found", "3", name="days_planned")
    assert "5 days done of 3 planned" in back.message


def test_how_it_is_going_is_printed_when_it_is_asked_for(app):
    app.upload_all(visit_of(14, 7), visit_of(7, 6))
    app.fill("since", "rate", "3", area="hip_side")
    app.clear()
    _, plain = app.download("html")
    assert b"How it is going" not in plain
    app.fill("download", "extra", True, id="course")
    _, page = app.download("html")
    assert b"How it is going" in page
    assert b"less pain" in page
    app.fill("download", "extra", True, id="pain_diary")
    _, both = app.download("html")
    assert len(both) > len(page)


def test_the_next_client_gets_a_page_without_extras(app):
    app.upload_all(visit_of(14, 7), visit_of(7, 6))
    app.fill("download", "extra", True, id="course")
    app.press("contents", "new")
    app.press("contents", "drop")
    assert not app.page("download").all("input", do="extra", id="course")
    assert app.page("download").one("input", do="extra", id="pain_diary").get("checked") is None
    app.upload_all(visit_of(14, 7), visit_of(7, 6))
    assert app.page("download").one("input", do="extra", id="course").get("checked") is None


def test_an_area_that_is_left_out_today_still_shows_what_it_was(back):
    back.tick("knee_outer", is_ticked=False)
    assert "Knee, outer, left 4 → not chosen today" in back.page("since").text


def test_an_area_that_changed_its_side_is_not_compared_with_the_other_one(back):
    back.fill("symptoms", "side", "right", area="hip_side")
    text = back.page("since").text
    assert "Hip, side, right ? →" in text
    assert "Hip, side, left 6 → not chosen today" in text


def test_days_and_the_change_felt_are_kept_and_not_asked_is_none(back):
    assert (outcome(back).days_done, outcome(back).days_planned, outcome(back).change) == (None, None, None)
    back.fill("since", "found", "5", name="days_done")
    back.fill("since", "found", "7", name="days_planned")
    back.fill("since", "found", "2", name="change")
    assert (outcome(back).days_done, outcome(back).days_planned, outcome(back).change) == (5, 7, 2)
    back.fill("since", "found", "", name="change")
    assert outcome(back).change is None


def test_zero_days_are_zero_and_not_unasked(back):
    back.fill("since", "found", "0", name="days_done")
    assert outcome(back).days_done == 0
    assert back.page("since").one("input", do="found", name="days_done").get("value") == "0"


def test_a_sore_step_gets_a_proposal_and_nothing_is_changed_by_itself(back, last):
    before = back.routine.steps
    back.fill("since", "mark", True, id=steps(last)[0], area="sore")
    assert outcome(back).sore == (before[0].key,)
    assert back.routine.steps == before
    assert (
        f"pressure {before[0].pressure - 1} instead of {before[0].pressure} could be tried" in back.page("since").text
    )


def test_a_proposal_that_is_accepted_is_made_and_not_proposed_again(back, last):
    before = back.routine.steps[0].pressure
    back.fill("since", "mark", True, id=steps(last)[0], area="sore")
    back.press("since", "accept", id=steps(last)[0])
    assert back.routine.steps[0].pressure == before - 1
    assert not back.page("since").all("button", do="accept")
    assert "from" in back.page("steps").text


def test_a_proposal_for_a_step_that_is_gone_is_refused_in_words(back, last):
    back.tell("since", {"do": "accept", "id": steps(last)[1]})
    assert "the step was changed meanwhile" in back.message


def test_what_was_found_is_undone_as_everything_else(back, last):
    back.fill("since", "mark", True, id=steps(last)[0], area="helped")
    back.press("contents", "undo")
    assert outcome(back).helped == ()
    back.press("contents", "redo")
    assert len(outcome(back).helped) == 1


def test_aims_and_scores_of_the_last_visit_are_asked_again(back):
    assert "climb the stairs 3 →" in back.page("since").text
    assert "Balance 40 →" in back.page("since").text
    back.fill("since", "activity", "5", id="climb the stairs")
    back.fill("since", "score", "41,5", id="Balance")
    assert outcome(back).activities[0].score == 5
    assert (outcome(back).scores[0].value, outcome(back).scores[0].better) == (41.5, "higher")


def test_a_first_visit_can_begin_with_an_aim_and_a_score(app):
    app.tick("hip_side")
    app.fill("since", "add_activity", "sleep on my left side")
    app.fill("since", "activity", "2", id="sleep on my left side")
    app.fill("since", "add_score", "Balance")
    app.fill("since", "better", "higher", id="Balance")
    app.feel("left", "ache")
    assert [(each.label, each.score) for each in outcome(app).activities] == [("sleep on my left side", 2)]
    assert [(each.label, each.value, each.better) for each in outcome(app).scores] == [("Balance", None, "higher")]
    app.press("since", "drop_activity", id="sleep on my left side")
    app.press("since", "drop_score", id="Balance")
    assert outcome(app).is_empty


@pytest.mark.parametrize("begin", ["best", "template"])
def test_an_aim_that_was_noted_before_there_were_steps_stays(app, begin):
    app.tick("hip_side")
    app.feel("left", "ache")
    app.fill("since", "add_activity", "climb the stairs")
    if begin == "best":
        app.clear()
        app.best()
    else:
        app.press("steps", "template", key="begin-hip_and_leg")
    assert len(app.routine) > 1
    assert [each.label for each in outcome(app).activities] == ["climb the stairs"]


def test_a_planner_that_is_given_a_routine_of_another_day_is_a_return_visit(last):
    routine = replace(last[0], date=datetime.date.today() - WEEK)
    app = App(routine)
    assert "7 days ago" in app.page("since").text
    assert {each.pain for each in app.routine.complaint.areas} == {None}


def test_no_more_than_three_aims_are_asked_for(app):
    app.tick("hip_side")
    for label in ("climb the stairs", "sleep", "walk the dog"):
        app.fill("since", "add_activity", label)
    assert not app.page("since").all("input", do="add_activity")


def test_what_was_found_is_in_the_record_and_not_on_the_clients_page(back, last, tmp_path):
    back.clear()
    back.fill("since", "found", "5", name="days_done")
    back.fill("since", "mark", True, id=steps(last)[0], area="sore")
    _, record = back.download("json")
    _, page = back.download("html")
    (tmp_path / "record.json").write_bytes(record)
    assert kit.read_routine(tmp_path / "record.json").outcome.days_done == 5
    assert b'"days_done": 5' not in page
    assert b'"sore": [' not in page
