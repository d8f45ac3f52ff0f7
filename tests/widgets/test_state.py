"""The planner's rules without any widget."""

from __future__ import annotations

import datetime

import pytest

import selfcare_kit as kit
from selfcare_kit.complaint import AreaComplaint
from selfcare_kit.errors import BlockedError, DoseError, FileFormatError, InvalidValueError
from selfcare_kit.widgets.state import PlannerState


@pytest.fixture
def state():
    return PlannerState()


@pytest.fixture
def hip(state):
    """A left hip that aches, all questions asked, five steps chosen."""
    state.confirm_answers()
    state.choose_areas(["buttock_center", "thigh_outer"])
    state.describe(side="left", sensations=["ache"])
    state.add_best()
    return state


def points(state):
    return [step.point for step in state.routine.steps]


def test_nothing_is_suggested_before_a_side_is_chosen(state):
    state.choose_areas(["thigh_outer"])
    assert state.found is None
    with pytest.raises(InvalidValueError, match="need an area and a side"):
        state.add_best()
    state.describe(side="right")
    assert state.found[0].side == "right"


def test_the_best_five_carry_complaint_and_screening(hip):
    assert len(hip.routine) == 5
    assert hip.routine.complaint == hip.complaint
    assert hip.routine.screening == kit.screen()
    assert hip.obstacle == ""


def test_adding_the_best_again_keeps_what_is_there(hip):
    hip.change(hip.routine.steps[0], pressure=3)
    before = hip.routine
    assert hip.add_best() == "Added no step."
    assert hip.routine == before


def test_a_numb_foot_and_an_aching_hip_are_two_descriptions(state):
    state.choose_areas(["hip_side", "foot_top"])
    state.describe(side="left", sensations=["ache"])
    assert state.found.alerts == ()
    state.describe_area("foot_top", AreaComplaint("foot_top", "left", ("numb",), 4))
    told = state.complaint.to_dict()
    assert told["hip_side"]["sensations"] == ["ache"]
    assert told["foot_top"] == {"side": "left", "sensations": ["numb"], "pain": 4}
    assert "numb" in {alert.id for alert in state.found.alerts}
    state.describe_area("foot_top", None)
    assert state.complaint.to_dict()["foot_top"]["sensations"] == ["ache"]


def test_an_area_that_is_left_out_takes_its_words_with_it(state):
    state.choose_areas(["hip_side", "foot_top"])
    state.describe_area("foot_top", AreaComplaint("foot_top", "right"))
    state.choose_areas(["hip_side"])
    assert state.visit.own == {}


def test_an_answer_that_blocks_takes_steps_out_and_says_so(hip):
    before = points(hip)
    said = hip.answer(["C10"])
    assert len(points(hip)) < len(before)
    assert said.startswith("Taken out of the routine because of C10 (Hip replacement): Gluteus medius")


def test_an_answer_taken_back_brings_the_steps_back(hip):
    before = hip.routine.steps
    hip.answer(["C10"])
    said = hip.answer([])
    assert hip.routine.steps == before
    assert "Back in the routine" in said


def test_an_answer_that_asks_for_light_pressure_changes_it_and_says_so(hip):
    said = hip.answer(["C01"])
    assert {step.pressure for step in hip.routine.steps} == {3}
    assert "Changed to" in said
    assert "pressure 3" in said


def test_after_an_edit_the_blocked_steps_stay_out(hip):
    hip.answer(["C14"])
    hip.move(hip.routine.steps[0], 1)
    left = points(hip)
    hip.answer([])
    assert points(hip) == left
    assert "vl_4" not in left


def test_an_answer_about_a_region_waits_for_the_region(hip):
    before = hip.routine.steps
    hip.answer(["C12"])
    assert hip.pending == ("C12",)
    assert hip.routine.steps == before
    assert "C12" in hip.obstacle
    with pytest.raises(kit.ScreeningRequired):
        hip.routine.to_html()
    hip.name_areas("C12", ["foot_top"])
    assert hip.pending == ()
    assert hip.obstacle == ""


def test_ticked_answers_count_before_all_were_asked(state):
    state.answer(["R01"])
    assert state.screening.action == "emergency"
    assert state.screening.asked == ("R01",)
    assert not state.is_screened


@pytest.mark.parametrize(
    ("answers", "words"), [(["R01"], "emergency"), (["R02"], "urgent"), (["R17"], "a clinician has to look")]
)
def test_a_red_flag_keeps_the_handout_back(hip, answers, words):
    hip.answer(answers)
    assert hip.obstacle


def test_initials_lift_what_only_needs_a_look(hip):
    hip.describe(side="left", sensations=["weak"])
    assert hip.wants_initials
    assert "put the initials in section 1" in hip.obstacle
    hip.agree(" AB ")
    assert hip.obstacle == ""
    assert hip.routine.screening.agreed_by == "AB"


def test_answers_of_yesterday_have_to_be_given_again(hip, yesterday):
    hip._put(asked_on=yesterday)
    assert f"asked on {yesterday}" in hip.obstacle
    hip.confirm_answers()
    assert hip.obstacle == ""


def test_the_guides_sequence_takes_the_side_of_the_complaint(state):
    state.describe(side="right")
    state.start_from_template()
    assert {step.side for step in state.routine.steps} == {"right"}
    assert points(state)[:2] == ["gmed_2", "piri_1"]


def test_the_guides_sequence_under_an_answer_leaves_steps_out_in_words(state):
    state.answer(["C04"])
    said = state.start_from_template()
    assert "C04" in said or "supported fingers" in said


def test_undo_takes_back_the_routine_but_no_answer(hip):
    before = hip.routine.steps
    hip.start_from_template()
    hip.answer(["C26"])
    hip.undo()
    assert hip.routine.steps == before
    assert hip.visit.yes == ("C26",)


@pytest.mark.parametrize("kind", ["csv", "json", "html"])
def test_a_saved_routine_opens_with_its_complaint_but_not_its_answers(hip, kind):
    hip.name(title="Hip", code="C-104")
    text = getattr(hip.routine, f"to_{kind}")()
    opened = PlannerState()
    said = opened.open(text.encode(), f"any.{kind.upper()}")
    assert opened.routine.steps == hip.routine.steps
    assert opened.routine.code == "C-104"
    assert opened.complaint == hip.complaint
    assert opened.visit.asked_on is None
    assert "ask the questions again" in said
    assert "section 1" in opened.obstacle


def test_a_broken_file_changes_nothing(hip):
    before = hip.visit
    with pytest.raises(FileFormatError):
        hip.open(b"\xff\xfe\x00", "r.csv")
    assert hip.visit is before


def test_a_refused_change_changes_nothing(state):
    state.add("gmed_2", "left")
    state.add("gmin_a", "left")
    before = state.visit
    with pytest.raises(DoseError, match="at most 120 seconds"):
        state.change(state.routine.steps[0], seconds=90)
    with pytest.raises(InvalidValueError, match="from 1 to 7"):
        state.change(state.routine.steps[0], pressure=9)
    assert state.visit is before


def test_a_blocked_point_is_refused_with_the_reason(state):
    state.answer(["C10"])
    with pytest.raises(BlockedError, match="Hip replacement"):
        state.add("tfl_1", "left")


def test_a_point_is_added_on_the_side_of_the_complaint_or_not_at_all(state):
    with pytest.raises(InvalidValueError, match="side must be one of left, right, both"):
        state.add("gmed_2")
    state.describe(side="right")
    state.add("gmed_2")
    assert state.routine.steps[0].side == "right"


def test_moving_beyond_the_ends_does_nothing(hip):
    before = hip.routine.steps
    assert hip.move(before[0], -1) == ""
    assert hip.move(before[-1], 1) == ""
    assert hip.routine.steps == before


def test_a_routine_to_begin_with_keeps_answers_of_today(five_steps, yesterday):
    assert PlannerState(five_steps).obstacle == ""
    old = PlannerState(five_steps.with_screening(kit.screen(date=yesterday)))
    assert old.visit.asked_on is None


def test_a_routine_of_another_guide_is_refused(five_steps):
    other = kit.load_guide(five_steps.guide.folder)
    other.id = "another"
    with pytest.raises(InvalidValueError, match="must be of guide 'another'"):
        PlannerState(five_steps, other)


def test_a_routine_opened_at_a_later_visit_starts_on_that_day(hip):
    text = hip.routine.to_json().replace(str(datetime.date.today()), "2020-01-02")
    opened = PlannerState()
    opened.open(text.encode(), "r.json")
    assert opened.routine.date == datetime.date.today()
