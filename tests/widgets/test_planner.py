"""A visit in the planner: what is pressed changes the routine, and what is refused is said."""

from __future__ import annotations

from html import escape

import pytest

import selfcare_kit as kit
from selfcare_kit.widgets.parts import is_shown
from selfcare_kit.widgets.planner import PLAIN_TEXT


def texts(buttons):
    return [button.description for button in buttons]


def test_a_whole_visit(visit):
    routine = visit.routine
    assert len(routine) == 5
    assert {step.side for step in routine.steps} == {"left"}
    assert routine.complaint.to_dict()["calf_outer"]["sensations"] == ["ache"]
    assert routine.screening.action == "go"
    content, record = visit.download("csv")
    assert content["name"] == f"routine_{routine.date}.csv"
    assert b"gmin_a" in record
    content, handout = visit.download("html", client="Zebediah")
    assert b"Zebediah" in handout
    assert content["type"] == "text/html"


def test_both_files_read_back_as_the_routine(visit, tmp_path):
    visit.planner.output.code.value = "C-104"
    for kind in ("csv", "html"):
        content, made = visit.download(kind)
        (tmp_path / content["name"]).write_bytes(made)
        assert content["name"].startswith(("routine_C-104", "handout_C-104"))
        assert kit.read_routine(tmp_path / content["name"]) == visit.routine


def test_the_questions_close_to_one_line_and_open_again(app):
    safety = app.planner.safety
    assert is_shown(safety._body)
    app.clear()
    assert not is_shown(safety._body)
    assert "All asked on" in app.shown
    safety.change.click()
    assert is_shown(safety._body)
    safety.change.click()
    assert not is_shown(safety._body)


def test_the_button_says_what_it_will_record(app):
    assert app.planner.safety.confirm.description == "None of these apply"
    app.answer("C01")
    assert app.planner.safety.confirm.description == "Only the ticked ones apply"


def test_an_answer_that_needs_a_place_asks_for_it(visit):
    visit.answer("C12")
    assert "Say where: C12" in visit.shown
    assert is_shown(visit.planner.safety._body)
    where = visit.planner.safety.details["C12"].where
    where.pick.value = "foot_top"
    where.pick.value = "calf_outer"
    assert visit.routine.screening.blocked_areas == {"foot_top", "calf_outer"}
    assert "fibl_1" not in [step.point for step in visit.routine.steps]
    assert "because of C12" in visit.said
    where.widget.children[2].click()
    assert visit.routine.screening.blocked_areas == {"foot_top"}
    assert "Back in the routine: Fibularis longus" in visit.said


def test_a_red_flag_is_told_before_any_point_and_holds_the_handout(visit):
    visit.answer("R01")
    assert len(visit.routine) == 0
    assert "Emergency: now" in visit.shown
    assert "The handout has to wait" in visit.shown
    visit.planner.safety.boxes["R01"].value = False
    assert len(visit.routine) == 5


def test_weakness_asks_for_initials(visit):
    initials = visit.planner.safety.initials
    assert not is_shown(initials)
    visit.feel("left", "weak")
    assert is_shown(initials)
    content, made = visit.download("html")
    assert made is None
    assert "a clinician has to look" in content["error"]
    initials.value = "AB"
    assert visit.download("html")[1]


def test_the_clinicians_own_record_needs_no_screening(app):
    app.tick("thigh_outer")
    app.feel("right")
    app.best()
    assert app.download("csv")[1]
    assert "needs a screening of today" in app.download("html")[0]["error"]


def test_one_area_can_feel_different(app):
    app.tick("hip_side", "foot_top")
    app.feel("left", "ache")
    line = app.planner.symptoms.lines["foot_top"]
    line.toggle.click()
    line.words.felt.boxes["numb"].value = True
    line.words.felt.boxes["ache"].value = False
    line.words.pain_choice.value = 4
    told = app.planner.state.complaint.to_dict()
    assert told["foot_top"] == {"side": "left", "sensations": ["numb"], "pain": 4}
    assert told["hip_side"] == {"side": "left", "sensations": ["ache"], "pain": None}
    assert "Before any point" in app.shown
    assert "Numbness can come from a nerve" in app.shown
    line.toggle.click()
    assert app.planner.state.complaint.to_dict()["foot_top"]["sensations"] == ["ache"]


def test_the_search_finds_what_a_client_calls_it_and_keeps_what_is_ticked(app):
    symptoms = app.planner.symptoms
    app.tick("big_toe")
    symptoms.search.value = "hamstring"
    shown = [id for id, box in symptoms.areas.boxes.items() if is_shown(box)]
    assert shown == ["thigh_back", "big_toe"]
    symptoms.search.value = "xyzzy"
    assert "No area is called that" in app.shown
    symptoms.search.value = ""
    assert all(is_shown(box) for box in symptoms.areas.boxes.values())


def test_a_suggestion_is_added_once(app):
    app.tick("thigh_outer")
    app.feel("left")
    row = app.planner.suggestions.rows[1]
    row.add.click()
    assert [step.point for step in app.routine.steps] == [row.suggestion.point]
    assert row.add.disabled
    assert app.said == f"Added {row.suggestion.label}."


def test_all_points_can_be_shown_and_those_not_for_pressing_have_no_button(app):
    app.tick("calf_outer")
    app.feel("left")
    suggestions = app.planner.suggestions
    suggestions.more.click()
    shown = {row.suggestion.point: row for row in suggestions.rows}
    assert len(shown) == len(app.planner.state.found)
    assert not is_shown(shown["sol_2"].add)
    assert "show only" in shown["sol_2"].told.value


def test_the_step_form_changes_the_routine(visit):
    card = visit.card(1)
    card.fields["seconds"].value = 45
    card.fields["pressure"].value = 3
    card.fields["note"].value = "after a warm shower"
    step = visit.routine.steps[0]
    assert (step.seconds, step.pressure, step.note) == (45, 3, "after a warm shower")
    card.fields["side"].value = "both"
    assert visit.routine.steps[0].side == "both"
    assert "5 steps, 5 min 30 s" in visit.shown


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("seconds", 300, "Seconds must be a whole number from 1 to 120, got 300"),
        ("pressure", 9, "Pressure must be a whole number from 1 to 7, got 9"),
        ("every_days_min", 1, "at least 2 days"),
    ],
)
def test_what_the_guide_does_not_allow_is_refused_in_words(visit, field, value, sentence):
    before = visit.routine
    visit.card(1).fields[field].value = value
    assert sentence in visit.said
    assert escape(visit.said) in visit.shown
    assert 'role="alert"' in visit.planner.steps._line.value
    assert visit.routine == before
    assert visit.card(1).fields[field].value == getattr(before.steps[0], field)


def test_steps_move_and_go_and_come_back(visit):
    before = [step.point for step in visit.routine.steps]
    visit.card(1).down.click()
    assert [step.point for step in visit.routine.steps] == [before[1], before[0], *before[2:]]
    visit.card(5).out.click()
    assert len(visit.routine) == 4
    visit.planner.steps.undo.click()
    visit.planner.steps.undo.click()
    assert [step.point for step in visit.routine.steps] == before


def test_the_first_step_cannot_go_up(visit):
    assert visit.card(1).up.disabled
    assert visit.card(5).down.disabled
    assert not visit.card(3).up.disabled


def test_hints_are_shown(app):
    app.planner.suggestions.template.click()
    assert "10 steps are a lot to remember" in app.shown


def test_the_preview_is_the_figure_of_the_routine(visit):
    assert "<svg" in visit.planner.preview.figure.value
    for step in visit.routine.steps:
        assert f'data-point="{step.point}"' in visit.planner.preview.figure.value


def test_a_saved_routine_is_opened_and_the_questions_are_asked_again(visit):
    _, made = visit.download("html", client="Zebediah")
    visit.planner.suggestions.template.click()
    visit.upload(made, "h.html")
    assert len(visit.routine) == 5
    assert "ask the questions again" in visit.said
    assert visit.planner.symptoms.areas.value == ("thigh_outer", "calf_outer")
    assert is_shown(visit.planner.safety._body)
    assert visit.download("html")[1] is None


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"step,point\n1,x", b"<html>"])
@pytest.mark.parametrize("name", ["a.csv", "a.html", "a.json", "a.exe"])
def test_a_wrong_file_is_refused_in_words(app, content, name):
    app.upload(content, name)
    assert app.said
    assert 'class="selfcare-error"' in app.planner.suggestions._line.value
    assert len(app.routine) == 0


def test_an_error_of_the_planner_itself_is_said_too(app, monkeypatch):
    monkeypatch.setattr(app.planner.state, "add_best", lambda: 1 / 0)
    app.best()
    assert "ZeroDivisionError inside the planner" in app.said


def test_a_message_goes_when_the_next_thing_is_done(visit):
    visit.card(1).fields["seconds"].value = 300
    visit.planner.output.code.value = "C-104"
    assert visit.said == ""


def test_it_shows_itself_with_a_fixed_text(visit):
    bundle = visit.planner._repr_mimebundle_()
    assert bundle["text/plain"] == PLAIN_TEXT
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert repr(visit.planner) == PLAIN_TEXT


def test_two_planners_do_not_disturb_each_other(visit, app):
    other = kit.Planner()
    other.symptoms.areas.boxes["heel"].value = True
    assert visit.planner.state.visit.areas == ("thigh_outer", "calf_outer")
    assert other.state.visit.areas == ("heel",)
    assert len(other.routine) == 0


def test_it_begins_with_a_routine(five_steps):
    planner = kit.Planner(five_steps)
    assert planner.routine.steps == five_steps.steps
    assert planner.output.code.value == "C-104"


def test_the_head_says_that_nobody_has_reviewed_the_guide(app, guide):
    assert not guide.reviewed_by
    assert "not reviewed by a clinician yet" in app.shown


def test_what_a_guide_says_is_escaped(visit, five_steps):
    visit.card(1).fields["note"].value = "<script>alert(1)</script>"
    visit.planner.output.title_field.value = "<b>bold</b>"
    assert "<script>alert" not in visit.shown
    visit.upload(b"x", "<img src=x onerror=y>.txt")
    assert "<img src=x" not in visit.shown
    assert "&lt;img" in visit.shown
