"""A session without any widget: the functions of a visit, and what it says, undoes and shows after each."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, DoseError, FileFormatError, InvalidValueError, ReferralRequired
from selfcare_kit.planner.visit import answers, complaint, steps
from selfcare_kit.planner.visit.offers import SHOWN_AT_FIRST
from selfcare_kit.planner.visit.opening import begin_with, new_client, open_file, resume
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.visit import NO_SYMPTOMS


@pytest.fixture
def session():
    return Session()


@pytest.fixture
def hip(session):
    """A left hip that aches, all questions asked, five steps chosen."""
    session.do(answers.confirm_answers)
    choose(session, "buttock_center", "thigh_outer")
    session.do(complaint.choose_side, "left")
    session.do(complaint.set_sensation, "ache")
    session.do(steps.add_best)
    return session


def choose(session, *areas):
    for area in areas:
        session.do(complaint.choose_area, area)


def sides(session):
    return {area: words["side"] for area, words in session.now.complaint.to_dict().items()}


def points(session):
    return [step.point for step in session.now.routine.steps]


def test_nothing_is_suggested_before_a_side_is_chosen(session):
    session.do(complaint.choose_area, "thigh_outer")
    assert session.now.suggestions is None
    with pytest.raises(InvalidValueError, match="need an area and a side"):
        session.do(steps.add_best)
    session.do(complaint.choose_side, "right")
    assert session.now.suggestions[0].side == "right"


def test_the_best_five_carry_complaint_and_screening(hip):
    assert len(hip.now.routine) == 5
    assert hip.now.routine.complaint == hip.now.complaint
    assert hip.now.routine.screening == kit.screen()
    assert hip.now.obstacle == ""


def test_adding_the_best_again_keeps_what_is_there(hip):
    hip.do(steps.change, hip.now.routine.steps[0], pressure=3)
    before = hip.now.routine
    assert hip.do(steps.add_best) == "Added no step."
    assert hip.now.routine == before


def test_a_numb_foot_and_an_aching_hip_are_two_descriptions(session):
    choose(session, "hip_side", "foot_top")
    session.do(complaint.choose_side, "left")
    session.do(complaint.set_sensation, "ache")
    assert session.now.suggestions.alerts == ()
    session.do(complaint.set_sensation, "ache", False, "foot_top")
    session.do(complaint.set_sensation, "numb", True, "foot_top")
    session.do(complaint.set_pain, 4, "foot_top")
    shown = session.now.complaint.to_dict()
    assert shown["hip_side"]["sensations"] == ["ache"]
    assert shown["foot_top"] == {"side": "left", "sensations": ["numb"], "pain": 4}
    assert "numb" in {alert.id for alert in session.now.suggestions.alerts}


def test_an_area_that_is_left_out_takes_its_side_and_its_symptoms_with_it(session):
    choose(session, "hip_side", "foot_top")
    session.do(complaint.choose_side, "left")
    session.do(complaint.choose_side, "right", "foot_top")
    session.do(complaint.set_sensation, "numb", True, "foot_top")
    session.do(complaint.choose_area, "foot_top", False)
    assert (session.visit.areas, session.visit.own_sides, session.visit.symptoms) == (("hip_side",), {}, {})


def test_what_is_felt_without_an_area_is_felt_in_all_chosen_so_far_and_in_none_chosen_later(session):
    choose(session, "hip_side", "foot_top")
    session.do(complaint.choose_side, "left")
    session.do(complaint.set_sensation, "ache")
    session.do(complaint.set_pain, 4)
    choose(session, "heel")
    shown = session.now.complaint.to_dict()
    assert shown["hip_side"] == shown["foot_top"] == {"side": "left", "sensations": ["ache"], "pain": 4}
    assert shown["heel"] == {"side": "left", "sensations": [], "pain": None}


def test_what_is_felt_nowhere_is_not_kept(session):
    session.do(complaint.set_sensation, "numb")
    session.do(complaint.set_pain, 9)
    choose(session, "heel")
    assert session.visit.symptoms_of("heel") == NO_SYMPTOMS


@pytest.mark.parametrize("change", [complaint.set_pain, complaint.set_sensation])
def test_nothing_is_felt_in_an_area_that_was_not_chosen(session, change):
    choose(session, "heel")
    with pytest.raises(InvalidValueError, match="area must be one of heel"):
        session.do(change, *((4, "shin") if change is complaint.set_pain else ("numb", True, "shin")))


def test_a_click_on_the_figure_chooses_area_and_side(session):
    session.do(complaint.toggle_area, "thigh_outer", "left")
    assert sides(session) == {"thigh_outer": "left"}
    session.do(complaint.toggle_area, "calf_outer", "left")
    assert sides(session) == {"thigh_outer": "left", "calf_outer": "left"}
    session.do(complaint.toggle_area, "calf_outer", "right")
    assert sides(session)["calf_outer"] == "both"
    session.do(complaint.toggle_area, "calf_outer", "left")
    assert sides(session)["calf_outer"] == "right"
    session.do(complaint.toggle_area, "calf_outer", "right")
    assert sides(session) == {"thigh_outer": "left"}


@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_a_click_on_one_side_never_chooses_the_other(session, side, other):
    session.do(complaint.toggle_area, "heel", side)
    assert {each.side for each in session.now.suggestions} == {side}
    session.do(complaint.choose_side, other, "heel")
    assert {each.side for each in session.now.suggestions} == {other}


def test_the_first_side_that_is_clicked_counts_for_the_list_too(session):
    session.do(complaint.toggle_area, "thigh_outer", "right")
    session.do(complaint.choose_area, "calf_outer")
    assert sides(session) == {"thigh_outer": "right", "calf_outer": "right"}


def test_a_click_on_the_midline_belongs_to_no_side_whatever_side_was_chosen(session):
    session.do(complaint.toggle_area, "sacrum", "midline")
    assert sides(session) == {"sacrum": "midline"}
    session.do(complaint.toggle_area, "sacrum", "midline")
    assert session.now.complaint is None
    session.do(complaint.choose_side, "left")
    session.do(complaint.toggle_area, "sacrum", "midline")
    assert sides(session) == {"sacrum": "midline"}
    session.do(complaint.choose_side, "right")
    assert sides(session) == {"sacrum": "midline"}


def test_the_order_of_clicks_does_not_matter(session):
    clicks = [("sacrum", "midline"), ("buttock_center", "left")]
    other = Session()
    for area, side in clicks:
        session.do(complaint.toggle_area, area, side)
    for area, side in reversed(clicks):
        other.do(complaint.toggle_area, area, side)
    assert sides(session) == sides(other) == {"sacrum": "midline", "buttock_center": "left"}
    assert {each.point: each.side for each in session.now.suggestions} == {
        each.point: each.side for each in other.now.suggestions
    }


def test_an_area_that_does_not_come_in_pairs_needs_no_side(session):
    choose(session, "tailbone")
    assert sides(session) == {"tailbone": "midline"}
    session.do(complaint.choose_side, "left")
    assert sides(session) == {"tailbone": "left"}


@pytest.fixture
def opened(session):
    """The guide's sequence, opened from a file that holds no complaint, with every question asked."""
    session.do(complaint.choose_side, "left")
    session.do(steps.start_from_template)
    opened = Session()
    opened.begin(open_file, session.now.routine.to_json().encode(), "template.json")
    opened.do(answers.confirm_answers)
    return opened


def test_a_numb_saddle_is_an_emergency_before_any_side_is_chosen(opened):
    assert opened.now.obstacle == ""
    choose(opened, "tailbone")
    opened.do(complaint.set_sensation, "numb")
    opened.do(complaint.set_sensation, "weak")
    assert "N09" in [each.id for each in opened.now.urgent]
    assert "cauda equina" in opened.now.obstacle
    with pytest.raises(ReferralRequired):
        opened.now.routine.to_html()


def test_an_area_without_a_side_keeps_the_handout_back(opened):
    choose(opened, "foot_top", "heel")
    opened.do(complaint.set_sensation, "weak")
    assert opened.now.obstacle == "Choose the side of Foot, top, and of Heel."
    opened.do(complaint.choose_side, "left", "heel")
    assert opened.now.obstacle == "Choose the side of Foot, top."
    opened.do(complaint.choose_side, "left")
    assert "A clinician has to look first" in opened.now.obstacle


def test_what_is_grave_is_said_before_the_side_that_is_missing(session):
    choose(session, "heel")
    assert session.now.obstacle == "Choose the side of Heel."
    session.do(answers.answer, "R01", True)
    assert "cauda equina" in session.now.obstacle


def test_a_side_chosen_for_one_area_never_follows_the_shared_one(session):
    session.do(complaint.toggle_area, "buttock_center", "right")
    session.do(complaint.toggle_area, "foot_top", "left")
    for shared in ("left", "right", "both", "right"):
        session.do(complaint.choose_side, shared)
        assert sides(session)["foot_top"] == "left"
        assert sides(session)["buttock_center"] == shared
    session.do(complaint.choose_side, "left", "buttock_center")
    session.do(complaint.choose_side, "right")
    assert sides(session)["buttock_center"] == "left"


def test_a_side_that_was_clicked_by_mistake_goes_with_its_area(session):
    session.do(complaint.toggle_area, "heel", "right")
    session.do(complaint.toggle_area, "heel", "right")
    assert session.visit.shared_side == ""
    session.do(complaint.toggle_area, "heel", "left")
    session.do(complaint.choose_area, "shin")
    assert sides(session) == {"heel": "left", "shin": "left"}


def test_a_side_that_was_chosen_stays_when_the_last_area_goes(session):
    session.do(complaint.choose_side, "right")
    session.do(complaint.toggle_area, "heel", "right")
    session.do(complaint.toggle_area, "heel", "right")
    assert session.visit.shared_side == "right"


def test_initials_stand_only_for_what_was_there_when_they_were_given(hip):
    hip.do(complaint.set_sensation, "weak")
    hip.do(answers.set_initials, "AB")
    assert hip.now.obstacle == ""
    message = hip.do(answers.answer, "R17", True)
    assert "R17" in message
    assert "gives them again" in message
    assert hip.visit.agreed_by == ""
    assert "A clinician has to look first" in hip.now.obstacle
    with pytest.raises(kit.SelfcareError):
        hip.now.routine.to_html()
    hip.do(answers.set_initials, "CD")
    assert hip.now.obstacle == ""
    hip.do(answers.answer, "R18", True)
    assert hip.visit.agreed_by == ""


def test_initials_go_with_what_they_were_given_for(hip):
    hip.do(complaint.set_sensation, "weak")
    hip.do(answers.set_initials, "AB")
    hip.do(complaint.set_sensation, "weak", False)
    assert hip.visit.agreed_by == ""
    hip.do(complaint.set_sensation, "weak")
    assert hip.now.obstacle != ""


def agreed_over(session, side, *areas, sensation="weak"):
    """Let a clinician look at what is felt in areas."""
    choose(session, *areas)
    for area in areas:
        session.do(complaint.choose_side, side, area)
        session.do(complaint.set_sensation, sensation, True, area)
    session.do(answers.set_initials, "AB")
    assert session.now.obstacle == ""


@pytest.mark.parametrize(("area", "sensation"), [("foot_top", "swelling"), ("calf_back", "swelling")])
def test_initials_for_one_side_do_not_stand_for_both(hip, area, sensation):
    agreed_over(hip, "left", area, sensation=sensation)
    message = hip.do(complaint.choose_side, "both", area)
    assert f"do not stand for what is new ({sensation}" in message
    assert hip.visit.agreed_by == ""
    assert "A clinician has to look first" in hip.now.obstacle


def test_initials_for_one_side_do_not_stand_for_the_other(hip):
    agreed_over(hip, "left", "foot_top")
    hip.do(complaint.choose_side, "right", "foot_top")
    assert hip.visit.agreed_by == ""


def test_initials_for_one_area_do_not_stand_for_another(hip):
    agreed_over(hip, "left", "foot_top")
    hip.do(complaint.choose_area, "thigh_back")
    assert hip.visit.agreed_by == "AB"
    message = hip.do(complaint.set_sensation, "weak", True, "thigh_back")
    assert "gives them again" in message
    assert hip.visit.agreed_by == ""


@pytest.mark.parametrize("flag", ["R20", "C15"])
def test_initials_for_an_answer_stand_for_its_areas_only(hip, flag):
    hip.do(answers.answer, flag, True)
    hip.do(answers.name_areas, flag, ["heel"])
    hip.do(answers.set_initials, "AB")
    assert hip.now.obstacle == ""
    message = hip.do(answers.name_areas, flag, ["low_back"])
    assert f"do not stand for what is new ({flag})" in message
    assert hip.visit.agreed_by == ""


def test_initials_stay_when_what_was_looked_at_shrinks(hip):
    agreed_over(hip, "both", "foot_top", "heel", sensation="swelling")
    hip.do(complaint.choose_side, "left", "foot_top")
    hip.do(complaint.choose_area, "heel", False)
    assert hip.visit.agreed_by == "AB"
    assert hip.now.obstacle == ""
    hip.do(complaint.choose_side, "both", "foot_top")
    assert hip.visit.agreed_by == "AB"


def test_initials_of_today_that_come_with_a_routine_stand_for_its_areas_only(clear):
    routine = kit.Routine(screening=kit.screen(yes=["R20"], where={"R20": ["heel"]}, agreed_by="AB"))
    session = Session(routine.add("gmed_2", side="left"))
    assert session.now.obstacle == ""
    session.do(answers.name_areas, "R20", ["heel", "low_back"])
    assert session.visit.agreed_by == ""


def test_initials_of_today_that_come_with_a_routine_stand_for_its_findings_only(clear):
    routine = kit.Routine(screening=kit.screen(yes=["R17"], agreed_by="AB")).add("gmed_2", side="left")
    session = Session(routine)
    assert session.visit.agreed_by == "AB"
    assert session.now.obstacle == ""
    session.do(answers.answer, "R18", True)
    assert session.visit.agreed_by == ""


def test_what_is_held_back_is_told_as_long_as_it_is(hip):
    hip.do(steps.add, "vl_4", "left")
    assert hip.now.changes_by_answers == ""
    hip.do(answers.answer, "C14", True)
    hip.do(answers.answer, "C26", True)
    assert "C14" in hip.now.changes_by_answers
    hip.do(answers.answer, "C14", False)
    assert "C14" not in hip.now.changes_by_answers


def test_an_answer_that_blocks_takes_steps_out_and_says_so(hip):
    before = points(hip)
    message = hip.do(answers.answer, "C10", True)
    assert len(points(hip)) < len(before)
    assert message.startswith("Taken out of the routine because of C10 (Hip replacement): Gluteus medius")


def test_an_answer_taken_back_brings_the_steps_back(hip):
    before = hip.now.routine.steps
    hip.do(answers.answer, "C10", True)
    message = hip.do(answers.answer, "C10", False)
    assert hip.now.routine.steps == before
    assert "Back in the routine" in message


def test_an_answer_that_asks_for_light_pressure_changes_it_and_says_so(hip):
    message = hip.do(answers.answer, "C01", True)
    assert {step.pressure for step in hip.now.routine.steps} == {3}
    assert "Changed to" in message
    assert "pressure 3" in message


def test_what_an_answer_holds_back_returns_in_its_place_after_an_edit(hip):
    before = points(hip)
    hip.do(answers.answer, "C14", True)
    assert "vl_4" not in points(hip)
    hip.do(steps.change, hip.now.routine.steps[0], seconds=30)
    hip.do(answers.answer, "C14", False)
    assert points(hip) == before
    assert hip.now.routine.steps[0].seconds == 30


def test_an_answer_that_is_taken_back_gives_untouched_steps_their_pressure_back(hip):
    before = hip.now.routine.steps
    hip.do(answers.answer, "C01", True)
    hip.do(steps.change, hip.now.routine.steps[0], seconds=30)
    hip.do(answers.answer, "C01", False)
    assert hip.now.routine.steps[0].pressure == 3
    assert hip.now.routine.steps[1:] == before[1:]


def test_an_answer_about_a_region_waits_for_the_region(hip):
    before = hip.now.routine.steps
    hip.do(answers.answer, "C12", True)
    assert hip.now.pending == ("C12",)
    assert hip.now.routine.steps == before
    assert "C12" in hip.now.obstacle
    with pytest.raises(kit.ScreeningRequired):
        hip.now.routine.to_html()
    hip.do(answers.name_areas, "C12", ["foot_top"])
    assert hip.now.pending == ()
    assert hip.now.obstacle == ""


def test_ticked_answers_count_before_all_were_asked(session):
    session.do(answers.answer, "R01", True)
    assert session.now.screening.action == "emergency"
    assert session.now.screening.asked == ("R01",)
    assert not session.now.is_screened


@pytest.mark.parametrize(
    ("flag", "words"),
    [("R01", "Possible cauda equina"), ("R02", "Rapid weakness"), ("R17", "A clinician has to look first. R17")],
)
def test_a_red_flag_keeps_the_handout_back(hip, flag, words):
    hip.do(answers.answer, flag, True)
    assert words in hip.now.obstacle


def test_initials_lift_what_only_needs_a_look(hip):
    hip.do(complaint.set_sensation, "weak")
    assert [each.id for each in hip.now.not_cleared] == ["weak"]
    assert "put the initials, or what was ruled out" in hip.now.obstacle
    hip.do(answers.set_initials, " AB ")
    assert hip.now.obstacle == ""
    assert hip.now.routine.screening.agreed_by == "AB"


def test_answers_of_yesterday_have_to_be_given_again(hip, yesterday):
    hip.do(replace, asked_on=yesterday)
    assert f"asked on {yesterday}" in hip.now.obstacle
    hip.do(answers.confirm_answers)
    assert hip.now.obstacle == ""


def test_one_group_of_questions_is_recorded_without_the_others(session):
    session.do(answers.confirm_answers, ("R01", "C01"))
    assert session.visit.asked.keys() == {"R01", "C01"}
    session.do(answers.confirm_answers, ["R03"])
    assert session.visit.asked.keys() == {"R01", "C01", "R03"}
    assert session.now.screening.asked == ("R01", "R03", "C01")
    assert len(session.now.to_ask) == len(kit.questions()) - 3


def test_what_was_asked_on_another_day_is_dropped_by_the_first_question_of_today(hip, yesterday):
    hip.do(replace, asked_on=yesterday)
    hip.do(answers.confirm_answers, ("R01",))
    assert hip.visit.asked.keys() == {"R01"}
    assert hip.visit.asked_on == datetime.date.today()
    assert hip.now.refusal is not None


def test_a_question_that_does_not_exist_is_refused(session):
    before = session.visit
    with pytest.raises(InvalidValueError, match="question must be one of"):
        session.do(answers.confirm_answers, ("R01", "R99"))
    with pytest.raises(InvalidValueError, match="question must be one of"):
        session.do(answers.take_back, ("R99",))
    assert session.visit is before


def test_an_answer_of_yes_is_asked_and_one_taken_back_is_not(hip):
    hip.do(answers.answer, "C01", True)
    hip.do(answers.take_back, ["C01"])
    assert (hip.visit.yes, hip.now.to_ask) == ((), ("C01",))
    assert "1 of 54 safety questions are not asked yet" in hip.now.obstacle
    hip.do(answers.answer, "C01", True)
    assert hip.now.obstacle == ""


def test_the_guides_sequence_takes_the_side_of_the_complaint(session):
    session.do(complaint.choose_side, "right")
    session.do(steps.start_from_template)
    assert {step.side for step in session.now.routine.steps} == {"right"}
    assert points(session)[:2] == ["gmed_2", "piri_1"]


def test_the_guides_sequence_under_an_answer_leaves_steps_out_in_words(session):
    session.do(answers.answer, "C04", True)
    session.do(complaint.choose_side, "left")
    message = session.do(steps.start_from_template)
    assert "C04" in message or "supported fingers" in message


def test_undo_takes_back_the_routine_but_no_answer(hip):
    before = hip.now.routine.steps
    hip.do(steps.start_from_template)
    hip.do(answers.answer, "C26", True)
    hip.undo()
    assert points(hip) == [step.point for step in before]
    assert hip.visit.yes == ("C26",)


def test_undo_takes_back_the_complaint_with_the_steps(hip):
    before = hip.visit
    hip.do(complaint.choose_side, "right")
    hip.do(complaint.set_sensation, "numb", True, "thigh_outer")
    hip.do(complaint.toggle_area, "heel", "right")
    hip.do(steps.remove, hip.now.routine.steps[0])
    for _ in range(4):
        hip.undo()
    assert hip.visit == before
    for _ in range(4):
        hip.redo()
    assert sides(hip) == {"buttock_center": "right", "thigh_outer": "right", "heel": "right"}
    assert hip.now.complaint.to_dict()["thigh_outer"]["sensations"] == ["ache", "numb"]


@pytest.mark.parametrize(
    ("change", "arguments"),
    [
        (answers.answer, ("C26", True)),
        (answers.confirm_answers, ()),
        (answers.take_back, (["R01"],)),
        (answers.set_initials, ("AB",)),
        (steps.set_title_and_code, ()),
    ],
)
def test_a_safety_answer_and_a_title_are_no_change_to_undo(hip, change, arguments):
    hip.do(steps.remove, hip.now.routine.steps[0])
    assert hip.is_last_undoable
    hip.do(change, *arguments)
    assert not hip.is_last_undoable


def test_undo_leaves_every_safety_answer_as_it_is(hip, yesterday):
    hip.do(complaint.set_sensation, "weak", True, "thigh_outer")
    hip.do(answers.answer, "C12", True)
    hip.do(answers.name_areas, "C12", ["heel"])
    hip.do(answers.take_back, ["R05"])
    hip.do(answers.set_initials, "AB")
    names = ("yes", "where", "asked", "asked_on")
    before = [getattr(hip.visit, name) for name in names]
    while hip.can_undo:
        hip.undo()
    assert [getattr(hip.visit, name) for name in names] == before
    while hip.can_redo:
        hip.redo()
    assert [getattr(hip.visit, name) for name in names] == before


def test_initials_do_not_stand_for_what_comes_back_by_undoing(hip):
    hip.do(complaint.set_sensation, "weak", True, "thigh_outer")
    hip.do(complaint.set_sensation, "weak", False, "thigh_outer")
    hip.do(complaint.set_sensation, "swelling", True, "buttock_center")
    hip.do(answers.set_initials, "AB")
    hip.undo()
    hip.undo()
    assert "weak" in {each.id for each in hip.now.not_cleared}
    assert hip.visit.agreed_by == ""
    assert hip.now.refusal is not None


def test_what_was_undone_can_be_done_again_until_something_else_is(hip):
    hip.do(steps.remove, hip.now.routine.steps[0])
    after = points(hip)
    hip.undo()
    assert hip.can_redo
    hip.redo()
    assert points(hip) == after
    hip.undo()
    hip.do(steps.change, hip.now.routine.steps[0], seconds=20)
    assert not hip.can_redo
    assert hip.redo() == ""


@pytest.mark.parametrize("begin", ["open", "begin_with"])
def test_no_step_of_the_client_before_comes_back(hip, begin):
    hip.do(steps.set_title_and_code, title="Hip", code="C-101")
    hip.do(steps.remove, hip.now.routine.steps[0])
    hip.do(steps.remove, hip.now.routine.steps[0])
    hip.undo()
    next_one = kit.Routine(title="Heel", code="C-102").add("sol_1", side="right")
    if begin == "open":
        hip.begin(open_file, next_one.to_json().encode(), "r.json")
    else:
        hip.begin(begin_with, next_one)
    assert not hip.can_undo
    assert not hip.can_redo
    assert hip.undo() == hip.redo() == ""
    assert hip.now.routine.steps == next_one.steps
    assert hip.now.routine.code == "C-102"


def test_a_file_that_is_refused_leaves_what_can_be_undone(hip):
    hip.do(steps.remove, hip.now.routine.steps[0])
    with pytest.raises(FileFormatError):
        hip.begin(open_file, b"\xff\xfe\x00", "r.csv")
    assert hip.can_undo


def test_a_template_set_twice_is_one_change(hip):
    before = hip.now.steps
    hip.do(steps.start_from_template)
    hip.do(steps.start_from_template)
    hip.undo()
    assert hip.now.steps == before
    assert hip.can_redo


def test_a_title_does_not_repeat_what_is_held_back(hip):
    hip.do(steps.add, "vl_4", "left")
    hip.do(answers.answer, "C26", True)
    assert "Taken out" in hip.do(answers.answer, "C14", True)
    assert hip.do(steps.set_title_and_code, title="Hip") == ""
    assert hip.do(steps.change, hip.now.steps[0], seconds=20) == ""
    assert "Taken out" in hip.now.changes_by_answers


def test_undo_goes_back_fifty_changes_and_no_further(hip):
    for seconds in range(1, 56):
        hip.do(steps.change, hip.now.steps[0], seconds=seconds)
    while hip.can_undo:
        hip.undo()
    assert hip.now.steps[0].seconds == 5


def test_undo_and_redo_keep_title_and_code(hip):
    hip.do(steps.remove, hip.now.routine.steps[0])
    hip.do(steps.set_title_and_code, title="Hip", code="C-104")
    hip.undo()
    assert len(hip.now.routine) == 5
    assert (hip.now.routine.title, hip.now.routine.code) == ("Hip", "C-104")
    hip.do(steps.set_title_and_code, title="Left hip")
    hip.redo()
    assert len(hip.now.routine) == 4
    assert (hip.now.routine.title, hip.now.routine.code) == ("Left hip", "C-104")


@pytest.mark.parametrize("kind", ["csv", "json", "html"])
def test_a_saved_routine_opens_with_its_complaint_but_not_its_answers(hip, kind):
    hip.do(steps.set_title_and_code, title="Hip", code="C-104")
    text = getattr(hip.now.routine, f"to_{kind}")()
    opened = Session()
    message = opened.begin(open_file, text.encode(), f"any.{kind.upper()}")
    assert opened.now.routine.steps == hip.now.routine.steps
    assert opened.now.routine.code == "C-104"
    assert opened.now.complaint == hip.now.complaint
    assert opened.visit.asked_on is None
    assert "ask the questions again" in message
    assert "safety questions are not asked yet" in opened.now.obstacle


def test_a_broken_file_changes_nothing(hip):
    before = hip.visit
    with pytest.raises(FileFormatError):
        hip.begin(open_file, b"\xff\xfe\x00", "r.csv")
    assert hip.visit is before


def test_a_refused_change_changes_nothing(session):
    session.do(steps.add, "gmed_2", "left")
    session.do(steps.add, "gmin_a", "left")
    before = session.visit
    with pytest.raises(DoseError, match="at most 120 seconds"):
        session.do(steps.change, session.now.routine.steps[0], seconds=90)
    with pytest.raises(InvalidValueError, match="from 1 to 7"):
        session.do(steps.change, session.now.routine.steps[0], pressure=9)
    assert session.visit is before


def test_a_blocked_point_is_refused_with_the_reason(session):
    session.do(answers.answer, "C10", True)
    with pytest.raises(BlockedError, match="Hip replacement"):
        session.do(steps.add, "tfl_1", "left")


def test_a_point_is_added_on_the_side_of_the_complaint_or_not_at_all(session):
    with pytest.raises(
        InvalidValueError, match="side of Gluteus medius, mid-crest must be left, right or both, got none"
    ):
        session.do(steps.add, "gmed_2")
    session.do(complaint.choose_side, "right")
    session.do(steps.add, "gmed_2")
    assert session.now.routine.steps[0].side == "right"


def test_moving_beyond_the_ends_does_nothing(hip):
    before = hip.now.routine.steps
    assert hip.do(steps.move, before[0], -1) == ""
    assert hip.do(steps.move, before[-1], 99) == ""
    assert hip.now.routine.steps == before


def test_a_routine_to_begin_with_keeps_answers_of_today(five_steps, yesterday):
    assert Session(five_steps).now.obstacle == ""
    old = Session(five_steps.with_screening(kit.screen(date=yesterday)))
    assert old.visit.asked_on is None


def test_a_routine_of_another_guide_is_refused(five_steps):
    other = kit.load_guide(five_steps.guide.folder)
    other.id = "another"
    with pytest.raises(InvalidValueError, match="must be of guide 'another'"):
        Session(five_steps, other)


def test_a_routine_opened_at_a_later_visit_starts_on_that_day(hip):
    text = hip.now.routine.to_json().replace(str(datetime.date.today()), "2020-01-02")
    opened = Session()
    opened.begin(open_file, text.encode(), "r.json")
    assert opened.now.routine.date == datetime.date.today()


def test_pain_of_another_day_is_asked_again_and_that_of_today_is_kept(hip):
    hip.do(complaint.set_pain, 6)
    text = hip.now.routine.to_json()
    again = Session()
    again.begin(open_file, text.encode(), "r.json")
    assert {each.pain for each in again.now.complaint.areas} == {6}
    later = Session()
    later.begin(open_file, text.replace(str(datetime.date.today()), "2020-01-02").encode(), "r.json")
    assert {each.pain for each in later.now.complaint.areas} == {None}
    assert {each.pain for each in later.visit.last_routine.complaint.areas} == {6}
    assert [each.sensations for each in later.now.complaint.areas] == [
        each.sensations for each in hip.now.complaint.areas
    ]


def test_what_was_found_at_the_last_visit_is_not_taken_for_todays(hip):
    found = hip.now.routine.with_outcome(days_done=5, change=2, activities={"climb the stairs": 4})
    opened = Session()
    opened.begin(open_file, found.to_json().encode(), "r.json")
    assert opened.now.routine.outcome == found.outcome
    last = replace(found, date=datetime.date(2026, 1, 2))
    opened.begin(open_file, last.to_json().encode(), "r.json")
    assert opened.now.routine.outcome == found.outcome.for_next_visit()
    assert opened.visit.last_routine.outcome == found.outcome


def test_changes_since_the_last_visit_are_told(hip):
    text = hip.now.routine.to_json()
    opened = Session()
    assert opened.now.changes_since_last == ()
    opened.begin(open_file, text.encode(), "r.json")
    assert opened.now.changes_since_last == ()
    opened.do(steps.remove, opened.now.routine.steps[0])
    assert len(opened.now.changes_since_last) == 1


def test_a_look_at_what_is_not_offered_any_more_falls_back_to_the_first(hip):
    hip.highlight(hip.offers[2].key)
    assert hip.highlighted == hip.offers[2].key
    hip.do(complaint.choose_area, "thigh_outer", False)
    hip.do(complaint.choose_area, "buttock_center", False)
    assert hip.highlighted == ""
    hip.do(complaint.choose_area, "heel")
    assert hip.highlighted == hip.offers[0].key


def test_more_points_are_shown_when_all_are_asked_for(hip):
    assert len(hip.offers) == SHOWN_AT_FIRST
    hip.show_all(True)
    assert len(hip.offers) == len(hip.now.suggestions)
    assert {offer.point for offer in hip.offers} == {each.point for each in hip.now.suggestions}


def test_a_step_that_reaches_into_a_wound_is_taken_out_with_its_reason(session):
    session.do(complaint.choose_side, "left")
    session.do(steps.add, "fibt_1", "left")
    session.do(answers.answer, "C12", True)
    message = session.do(answers.name_areas, "C12", ["shin"])
    assert "Taken out of the routine because of C12 (Broken, infected or fragile skin): Fibularis tertius" in message


def test_the_best_five_come_first_and_what_may_not_be_pressed_last(session):
    choose(session, "hip_side", "calf_outer", "calf_back")
    session.do(complaint.choose_side, "left")
    session.do(answers.answer, "C10", True)
    session.show_all(True)
    best = [each.point for each in session.now.suggestions.top(5)]
    assert [offer.point for offer in session.offers][: len(best)] == best
    offered = [offer.suggestion.is_offered for offer in session.offers]
    assert offered == sorted(offered, reverse=True)
    assert not all(offered)


def test_letters_are_never_those_of_the_sides(session):
    choose(session, *session.guide.area_ids)
    session.do(complaint.choose_side, "both")
    session.show_all(True)
    signs = [offer.symbol for offer in session.offers]
    assert len(set(signs)) == len(signs) > 30
    assert not {"L", "R", "I", "O"} & {letter for sign in signs for letter in sign}


# New, taken up, at risk


def test_steps_are_at_risk_until_they_are_in_a_file(hip):
    assert hip.is_at_risk
    hip.saved = hip.now.routine
    assert not hip.is_at_risk
    hip.do(steps.change, hip.now.steps[0], seconds=30)
    assert hip.is_at_risk
    hip.undo()
    assert not hip.is_at_risk


def test_a_new_client_begins_with_nothing_of_the_last(hip):
    hip.do(steps.set_title_and_code, title="Hip", code="C-104")
    hip.do(answers.answer, "C01", True)
    hip.begin(new_client)
    assert hip.visit == Session().visit
    assert not hip.can_undo
    assert hip.now.screening is None


def test_a_visit_that_is_taken_up_is_as_it_was(hip):
    hip.do(answers.answer, "C01", True)
    other = Session()
    other.begin(resume, hip.visit)
    assert other.visit == hip.visit
    assert other.now.obstacle == ""
    assert not other.can_undo


def test_a_visit_of_another_guide_is_not_taken_up(hip):
    guide = kit.load_guide(hip.guide.folder)
    guide.id = "another"
    other = Session(guide=guide)
    with pytest.raises(InvalidValueError, match="the visit must be of guide 'another'"):
        other.begin(resume, hip.visit)


def test_a_session_is_called_by_its_code_and_its_steps(hip):
    hip.do(steps.set_title_and_code, code="C-104")
    assert hip.called == "C-104, 5 steps"


def test_the_area_in_hand_is_one_that_is_chosen(hip):
    assert hip.area_in_hand == "thigh_outer"
    hip.take_in_hand("buttock_center")
    assert hip.area_in_hand == "buttock_center"
    hip.do(complaint.choose_area, "buttock_center", False)
    assert hip.area_in_hand == "thigh_outer"
    hip.take_in_hand("")
    assert hip.area_in_hand == ""
