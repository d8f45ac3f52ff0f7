"""The bar above: one search that adds anything, a new client, an unfinished plan, undo, and what is urgent."""

from __future__ import annotations

from dataclasses import replace

import pytest

import selfcare_kit as kit
from selfcare_kit.planner.frame import Frame
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.routine import routine_from_bytes

from .conftest import App
from .test_privacy import everything_synced


def complaint(app):
    now = app.planner.session.now
    return now.complaint.to_dict() if now.complaint else {}


def asks_side(app):
    return {each.get("data-id") for each in app.page("contents").all("button", do="side")}


# A sentence


def test_a_sentence_adds_an_area_with_its_side_sensation_and_pain(app):
    app.find("hip side l ache 6")
    app.take()
    assert complaint(app) == {"hip_side": {"side": "left", "sensations": ["ache"], "pain": 6}}
    assert app.message == "Added Hip, side."
    assert app.planner.session.area_in_hand == "hip_side"


@pytest.mark.parametrize("typed", ["numb foot top left", "left foot top numb", "foot top l num"])
def test_the_words_of_a_sentence_may_stand_in_any_order(app, typed):
    app.find(typed)
    app.take("area:foot_top")
    assert complaint(app) == {"foot_top": {"side": "left", "sensations": ["numb"], "pain": None}}


def test_what_was_understood_is_told_before_anything_is_added(app):
    app.find("hip side l ache 6")
    assert "".join(app.page("contents").one("p", key="understood").itertext()) == "left · ache · pain 6"
    assert complaint(app) == {}


def test_what_was_not_understood_is_told_too(app):
    app.find("hip side l wobbly 6")
    assert "wobbly" in app.page("contents").text


def test_a_sentence_about_one_area_says_nothing_of_another(app):
    app.find("hip side l ache 6")
    app.take()
    app.find("foot top r numb")
    app.take()
    assert complaint(app)["hip_side"] == {"side": "left", "sensations": ["ache"], "pain": 6}
    assert complaint(app)["foot_top"] == {"side": "right", "sensations": ["numb"], "pain": None}


@pytest.mark.parametrize("side", ["left", "right"])
def test_an_area_of_the_midline_lies_on_the_side_that_was_typed(app, side):
    other = {"left": "right", "right": "left"}[side]
    app.find(f"hip side {other}")
    app.take()
    app.feel(other)
    app.find(f"sacrum {side}")
    app.take()
    assert complaint(app)["sacrum"]["side"] == side


def test_an_area_whose_side_is_unknown_asks_for_it_and_adds_nothing_until_then(app):
    app.find("numb heel 4")
    app.take("area:heel")
    assert app.planner.session.visit.areas == ()
    assert asks_side(app) == {"left", "right", "both"}
    app.press("contents", "side", id="right")
    assert complaint(app) == {"heel": {"side": "right", "sensations": ["numb"], "pain": 4}}
    assert asks_side(app) == set()


def test_a_point_whose_side_is_unknown_asks_for_it_and_adds_nothing_until_then(app):
    app.find("quadratus plantae")
    app.take("point:qp_1")
    assert len(app.routine) == 0
    assert asks_side(app) == {"left", "right", "both"}
    app.press("contents", "side", id="left")
    assert [(step.point, step.side) for step in app.routine.steps] == [("qp_1", "left")]


def test_nothing_is_added_where_the_question_for_the_side_is_closed(app):
    app.find("qp_1")
    app.take()
    app.press("contents", "never_mind")
    assert asks_side(app) == set()
    app.tell("contents", {"do": "side", "id": "left"})
    assert len(app.routine) == 0


def test_a_side_is_not_asked_for_a_point_that_may_not_be_pressed_anyway(app):
    app.answer("C10")
    app.find("tfl_1")
    app.take("point:tfl_1")
    assert asks_side(app) == set()
    assert app.planner.contents.is_refused
    assert "C10 (Hip replacement)" in app.message
    assert len(app.routine) == 0


@pytest.mark.parametrize(("typed", "side"), [("qp_1 r", "right"), ("left qp_1", "left"), ("qp_1 both", "both")])
def test_a_point_with_its_side_is_added_there(app, typed, side):
    app.find(typed)
    app.take("point:qp_1")
    assert [(step.point, step.side) for step in app.routine.steps] == [("qp_1", side)]


def test_a_point_that_the_complaint_explains_takes_the_side_of_the_complaint(app):
    app.find("hip side r ache")
    app.take()
    app.find("gmed_2")
    app.take("point:gmed_2")
    assert [(step.point, step.side) for step in app.routine.steps] == [("gmed_2", "right")]


def test_a_muscle_lists_its_points_and_keeps_the_side(app):
    app.find("soleus r")
    app.take("muscle:soleus")
    listed = {each.get("data-id") for each in app.page("contents").all("div", do="take")}
    assert listed == {"point:sol_1", "point:sol_2", "point:sol_3"}
    assert len(app.routine) == 0
    app.take("point:sol_1")
    assert [(step.point, step.side) for step in app.routine.steps] == [("sol_1", "right")]


def test_an_acupuncture_point_lists_what_lies_near_and_is_itself_no_place_to_press(app):
    app.find("GB30")
    assert "Not a place to press." in app.page("contents").text
    app.take("acupoint:GB30")
    listed = {each.get("data-id") for each in app.page("contents").all("div", do="take")}
    assert listed == {"point:gmin_a", "point:gmin_p", "point:piri_1"}
    assert len(app.routine) == 0


def test_the_guides_template_is_found_and_needs_a_side(app):
    app.find("hip and leg")
    app.take("template:hip_and_leg")
    assert "needs the client's side" in app.message
    assert len(app.routine) == 0


def test_a_template_of_the_clinic_that_is_found_brings_its_own_steps(visit, tmp_path, monkeypatch):
    monkeypatch.setenv("SELFCARE_KIT_CLINIC_FOLDER", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    kit.save_template(kit.Routine().add("gas_1", side="left", seconds=30), "Runner calf")
    assert "template:Runner calf" in visit.find("runner")
    visit.take("template:Runner calf")
    assert [(step.point, step.seconds) for step in visit.routine.steps] == [("gas_1", 30)]


def test_several_that_fit_are_listed_and_none_is_added(app):
    listed = app.find("thigh")
    assert {"area:thigh_front", "area:thigh_outer", "area:thigh_back"} <= set(listed)
    assert complaint(app) == {}
    assert len(app.routine) == 0


def test_what_is_a_step_already_is_told_as_such(visit):
    point = visit.routine.steps[1].point
    visit.find(point)
    (option,) = visit.page("contents").all("div", do="take", id=f"point:{point}")
    assert "step 2" in "".join(option.itertext())


def test_what_fits_nothing_is_said_and_is_in_no_value_that_is_saved(app):
    assert app.find("Zebediah Quill") == []
    assert "".join(app.page("contents").one("p", key="nothing").itertext()).strip()
    assert "zebediah" not in everything_synced().lower()


def test_an_emptied_search_lists_nothing(app):
    app.find("thigh")
    assert app.find("") == []
    assert not app.page("contents").all("p", key="nothing")


def test_a_search_keeps_what_was_said_and_sends_nothing_to_other_parts(visit):
    before = {name: visit.page(name).html for name in ("symptoms", "safety", "suggestions", "steps", "download")}
    message = visit.message
    visit.find("soleus")
    assert visit.message == message != ""
    assert {name: visit.page(name).html for name in before} == before


def test_after_something_was_added_the_search_is_empty_and_has_the_focus(app):
    app.find("heel l")
    sent = app.take()
    assert any(content.get("clear") for content, _ in sent)
    assert [content["focus"] for content, _ in sent if "focus" in content] == ["find"]
    assert not app.page("contents").all("div", do="take")


def test_a_result_that_is_not_listed_any_more_adds_nothing(app):
    app.find("heel l")
    app.find("zzqqx")
    app.tell("contents", {"do": "take", "id": "area:heel"})
    assert complaint(app) == {}


def test_what_a_sentence_makes_wrong_is_said(visit):
    visit.find("thigh outer r ache 5")
    visit.take("area:thigh_outer")
    visit.find("calf outer r ache 5")
    visit.take("area:calf_outer")
    assert visit.planner.session.now.side_conflicts
    assert "hurts on the right" in visit.message


def test_initials_that_lapse_by_a_sentence_are_said(visit):
    visit.feel("left", "weak")
    visit.fill("safety", "agree", "AB")
    visit.find("foot top l weak 6")
    visit.take("area:foot_top")
    assert visit.planner.session.visit.agreed_by == ""
    assert "The initials do not stand" in visit.message


def test_a_sentence_is_undone_as_a_whole(app):
    app.find("heel r")
    app.take()
    before = app.planner.session.visit
    app.find("hip side l ache 6")
    app.take()
    app.press("contents", "undo")
    assert app.planner.session.visit == before


# Undo


def test_undo_and_redo_are_in_the_bar_and_tell_what_they_did(visit):
    before = visit.routine.steps
    visit.press("steps", "remove", id=visit.step(1))
    visit.press("contents", "undo")
    assert visit.routine.steps == before
    assert visit.message.startswith("Took the last change back.")
    visit.press("contents", "redo")
    assert len(visit.routine) == 4
    assert visit.message.startswith("Made the change again.")


def test_undo_brings_a_complaint_back_with_its_steps(visit):
    now = visit.planner.session.now
    areas, steps = visit.planner.session.visit.areas, now.steps
    visit.tick("thigh_outer", is_ticked=False)
    visit.press("steps", "remove", id=visit.step(1))
    visit.press("contents", "undo")
    visit.press("contents", "undo")
    assert visit.planner.session.visit.areas == areas
    assert visit.planner.session.now.steps == steps


def test_undo_never_takes_a_safety_answer_back(visit):
    visit.press("steps", "remove", id=visit.step(5))
    visit.answer("C01")
    visit.press("contents", "undo")
    assert visit.planner.session.visit.yes == ("C01",)
    assert visit.planner.session.now.is_screened_today


def test_nothing_to_undo_is_told_by_a_button_that_does_nothing(app):
    assert app.press("contents", "undo") is None
    assert app.press("contents", "redo") is None


# A new client


def test_a_new_client_begins_at_once_where_nothing_was_put_in(app):
    app.press("contents", "new")
    assert not app.page("contents").all("div", key="asks-new")
    assert app.message == "A new client."


@pytest.mark.parametrize("put_in", ["an area", "an answer", "questions asked"])
def test_a_new_client_asks_before_it_drops_a_visit_without_steps(app, put_in):
    if put_in == "an area":
        app.tick("heel")
    elif put_in == "an answer":
        app.answer("C01")
    else:
        app.press("safety", "confirm", id="aloud")
    app.press("contents", "new")
    assert "no step: in no file yet." in app.page("contents").text
    assert not app.page("contents").all("button", do="save_and_new")
    assert app.planner.session.visit.areas or app.planner.session.visit.yes or app.planner.session.visit.asked


def test_a_visit_that_is_dropped_leaves_nothing_to_the_next_client(app):
    app.tick("heel")
    app.feel("left", "ache")
    app.answer("C01")
    app.press("contents", "new")
    app.press("contents", "drop")
    visit = app.planner.session.visit
    assert (visit.areas, visit.shared_side, visit.symptoms, visit.yes, visit.asked) == ((), "", {}, (), {})
    assert app.message == "A new client."
    assert not app.planner.session.can_undo


def test_a_new_client_asks_when_steps_are_in_no_file(visit):
    before = visit.planner.session.visit
    visit.press("contents", "new")
    assert visit.planner.session.visit is before
    assert "5 steps: in no file yet." in visit.page("contents").text
    (dialog,) = visit.page("contents").all("div", key="asks-new")
    assert dialog.get("role") == "alertdialog"
    visit.press("contents", "stay")
    assert not visit.page("contents").all("div", key="asks-new")
    assert visit.planner.session.visit is before


def test_the_steps_of_a_client_are_dropped_only_when_it_is_said(visit):
    visit.press("contents", "new")
    visit.press("contents", "drop")
    assert len(visit.routine) == 0
    assert visit.planner.session.visit.areas == ()
    assert visit.planner.session.now.screening is None
    assert not visit.planner.session.can_undo


def test_the_steps_are_saved_before_a_new_client_begins(visit):
    visit.press("contents", "new")
    sent = visit.press("contents", "save_and_new")
    assert [content["press"] for content, _ in sent if "press" in content] == ["file-json"]
    # What the page then presses.
    _, made = visit.download("json")
    assert len(routine_from_bytes(made, "r.json")) == 5
    assert len(visit.routine) == 0
    assert visit.message != ""


def test_a_new_client_does_not_ask_once_the_steps_are_in_a_file(visit):
    visit.download("json")
    visit.press("contents", "new")
    assert len(visit.routine) == 0


def test_a_question_about_a_client_that_is_gone_is_not_asked_any_more(visit):
    _, record = visit.download("json")
    visit.change(1, "seconds", 30)
    visit.press("contents", "new")
    visit.upload(record, "r.json")
    assert not visit.page("contents").all("div", key="asks-new")


# An unfinished plan


def test_a_second_planner_offers_the_unfinished_plan_and_takes_it_up_with_its_answers(visit):
    visit.fill("download", "name", "C-104", name="code")
    before = visit.planner.session.visit
    other = App()
    assert "An unfinished plan is still here: C-104, 5 steps" in other.page("contents").text
    assert len(other.routine) == 0
    other.press("contents", "go_on")
    assert other.planner.session.visit == before
    assert other.planner.session.now.obstacle == ""
    assert other.download("html")[1]
    assert not other.page("contents").all("div", key="found")


def test_answers_of_another_day_are_asked_again_when_a_plan_is_taken_up(visit, yesterday):
    visit.planner.session.do(replace, asked_on=yesterday)
    other = App()
    other.press("contents", "go_on")
    assert f"asked on {yesterday}" in other.planner.session.now.obstacle
    assert other.download("html") == (None, None)


def test_an_unfinished_plan_can_be_left(visit):
    other = App()
    other.press("contents", "forget")
    assert not other.page("contents").all("div", key="found")
    assert len(other.routine) == 0
    other.tell("contents", {"do": "go_on"})
    assert len(other.routine) == 0


def test_a_plan_that_is_in_a_file_is_not_offered(visit):
    visit.download("json")
    assert not App().page("contents").all("div", key="found")


def test_a_planner_that_begins_with_a_routine_offers_nothing(visit, five_steps):
    assert not App(five_steps).page("contents").all("div", key="found")


def test_a_plan_of_another_guide_is_not_offered(visit, guide):
    other = kit.load_guide(guide.folder)
    other.id = "another"
    assert not App(guide=other).page("contents").all("div", key="found")


def test_taking_up_a_plan_never_drops_steps_of_another_client_unasked(visit):
    other = App()
    other.find("qp_1 left")
    other.take()
    assert [step.point for step in other.routine.steps] == ["qp_1"]
    if other.page("contents").all("button", do="go_on"):
        other.press("contents", "go_on")
    assert "qp_1" in [step.point for step in other.routine.steps]


def test_the_page_keeps_the_steps_in_case_the_kernel_ends_and_a_new_one_takes_them_up(visit):
    frame = visit.planner.frame.widget
    assert len(routine_from_bytes(frame.record, "r.json")) == 5
    assert frame.words == "5 steps"
    other = App()
    other.planner.contents.earlier = None
    other.tell("frame", {"do": "offer", "value": frame.words}, [memoryview(frame.record)])
    assert "An unfinished plan is still here: 5 steps" in other.page("contents").text
    other.press("contents", "go_on")
    assert other.routine.steps == visit.routine.steps
    # A record holds no answers of a visit that is over for the kernel.
    assert len(other.planner.session.now.to_ask) == len(kit.questions())


def test_what_is_in_a_file_is_not_kept_by_the_page_any_more(visit):
    visit.download("json")
    assert visit.planner.frame.widget.record == b""


def test_a_view_that_opens_later_keeps_the_steps_too(visit):
    ((message, buffers),) = visit.tell("frame", {"do": "ready"})
    assert message.get("keep") == "5 steps"
    assert bytes(buffers[0]) == visit.planner.frame.widget.record


def test_a_kernel_that_is_there_answers_so(visit):
    visit.tell("frame", {"do": "ping"})


def test_what_is_offered_to_a_planner_with_steps_is_left(visit):
    visit.tell("frame", {"do": "offer", "value": "words"}, [memoryview(b"{}")])
    assert visit.planner.session.kept is None
    assert not visit.page("contents").all("div", key="found")


def test_the_words_that_the_page_kept_are_escaped(app):
    app.tell("frame", {"do": "offer", "value": "<img src=x>"}, [memoryview(b"{}")])
    assert "<img" not in app.page("contents").html
    assert "&lt;img" in app.page("contents").html


def test_a_broken_record_from_the_page_is_refused_and_changes_nothing(app):
    app.tell("frame", {"do": "offer", "value": "5 steps"}, [memoryview(b"\xff\xfe")])
    app.press("contents", "go_on")
    assert app.planner.contents.is_refused
    assert len(app.routine) == 0


def test_what_the_page_keeps_is_no_widget_state(visit):
    visit.fill("download", "name", "C-104", name="code")
    assert isinstance(visit.planner.frame.widget, Frame)
    assert "C-104" not in repr(visit.planner.frame.widget.get_state())


# The guide, and what is urgent


def test_examples_in_the_search_are_found_by_it(app):
    (field,) = [each for each in app.page("contents").all("input") if each.get("data-live")]
    examples = field.get("placeholder").removeprefix("Add anything: ").removesuffix(" …").split(", ")
    assert len(examples) >= 3
    for example in examples:
        assert app.find(example), example


def test_a_session_tells_its_code_and_its_steps():
    session = Session()
    assert session.called == "no step"
    assert not session.is_at_risk


def test_a_command_is_found_by_its_name_and_pressed_by_the_page(visit):
    assert "command:print" in visit.find("print")
    sent = visit.take("command:print")
    assert [content["press"] for content, _ in sent if "press" in content] == ["print"]
    assert visit.page("contents").all("div", do="take") == []


def test_a_command_whose_button_is_not_on_the_page_is_done_all_the_same(app):
    app.tick("thigh_outer")
    app.feel("left")
    assert not app.page("suggestions").all("button", key="best")
    app.find("best five")
    app.take("command:best")
    assert len(app.routine) == 5


def test_a_command_that_can_do_nothing_says_why(app):
    app.find("group by")
    app.take("command:group")
    assert "grouped by position already" in app.message


def test_two_letters_find_no_command(app):
    assert not [key for key in app.find("pr") if key.startswith("command")]


def test_every_command_is_a_button_on_the_page(visit):
    from selfcare_kit.planner.sections.contents import COMMANDS

    # Grouping is offered where it saves a change of position, the best five while one is missing.
    always = {key for key, _ in COMMANDS} - {"group", "best"}
    assert all(f'data-key="{key}"' in visit.shown for key in always)


def test_enter_before_the_results_are_there_takes_what_was_typed_and_not_what_is_listed(app):
    app.find("hip side l")
    app.tell("contents", {"do": "enter", "value": "heel r numb"})
    assert complaint(app) == {"heel": {"side": "right", "sensations": ["numb"], "pain": None}}
    assert app.page("contents").all("div", do="take") == []


def test_enter_on_what_means_nothing_adds_nothing_and_says_so(app):
    app.tell("contents", {"do": "enter", "value": "xyzzy"})
    assert complaint(app) == {}
    assert "Nothing in this guide is called" in app.page("contents").text


def test_a_plan_that_is_left_is_kept_by_the_page_no_more(app):
    app.tell("frame", {"do": "offer", "value": "5 steps"}, [memoryview(b"{}")])
    frame, sent = app.planner.frame.widget, []
    frame.send = lambda content, buffers=None: sent.append(content)
    app.press("contents", "forget")
    del frame.send
    assert {"keep": ""} in sent
