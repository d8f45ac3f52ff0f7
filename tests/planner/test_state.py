"""The planner's rules without any widget."""

from __future__ import annotations

import datetime

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, DoseError, FileFormatError, InvalidValueError, ReferralRequired
from selfcare_kit.planner.visit.state import PlannerState


@pytest.fixture
def state():
    return PlannerState()


@pytest.fixture
def hip(state):
    """A left hip that aches, all questions asked, five steps chosen."""
    state.confirm_answers()
    choose(state, "buttock_center", "thigh_outer")
    state.choose_side("left")
    state.feel("ache")
    state.add_best()
    return state


def choose(state, *areas):
    for area in areas:
        state.choose_area(area)


def sides(state):
    return {area: words["side"] for area, words in state.complaint.to_dict().items()}


def points(state):
    return [step.point for step in state.routine.steps]


def test_nothing_is_suggested_before_a_side_is_chosen(state):
    state.choose_area("thigh_outer")
    assert state.found is None
    with pytest.raises(InvalidValueError, match="need an area and a side"):
        state.add_best()
    state.choose_side("right")
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
    choose(state, "hip_side", "foot_top")
    state.choose_side("left")
    state.feel("ache")
    assert state.found.alerts == ()
    state.let_differ("foot_top")
    state.feel("ache", False, "foot_top")
    state.feel("numb", True, "foot_top")
    state.rate(4, "foot_top")
    told = state.complaint.to_dict()
    assert told["hip_side"]["sensations"] == ["ache"]
    assert told["foot_top"] == {"side": "left", "sensations": ["numb"], "pain": 4}
    assert "numb" in {alert.id for alert in state.found.alerts}
    state.let_differ("foot_top", False)
    assert state.complaint.to_dict()["foot_top"]["sensations"] == ["ache"]


def test_an_area_that_is_left_out_takes_its_words_with_it(state):
    choose(state, "hip_side", "foot_top")
    state.choose_side("left")
    state.choose_side("right", "foot_top")
    state.let_differ("foot_top")
    state.choose_area("foot_top", False)
    assert (state.visit.areas, state.visit.sides, state.visit.feelings) == (("hip_side",), {}, {})


def test_a_click_on_the_figure_chooses_area_and_side(state):
    state.toggle_place("thigh_outer", "left")
    assert sides(state) == {"thigh_outer": "left"}
    state.toggle_place("calf_outer", "left")
    assert sides(state) == {"thigh_outer": "left", "calf_outer": "left"}
    state.toggle_place("calf_outer", "right")
    assert sides(state)["calf_outer"] == "both"
    state.toggle_place("calf_outer", "left")
    assert sides(state)["calf_outer"] == "right"
    state.toggle_place("calf_outer", "right")
    assert sides(state) == {"thigh_outer": "left"}


@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_a_click_on_one_side_never_chooses_the_other(state, side, other):
    state.toggle_place("heel", side)
    assert {each.side for each in state.found} == {side}
    state.choose_side(other, "heel")
    assert {each.side for each in state.found} == {other}


def test_the_first_side_that_is_clicked_counts_for_the_list_too(state):
    state.toggle_place("thigh_outer", "right")
    state.choose_area("calf_outer")
    assert sides(state) == {"thigh_outer": "right", "calf_outer": "right"}


def test_a_click_on_the_midline_belongs_to_no_side_whatever_side_was_chosen(state):
    state.toggle_place("sacrum", "midline")
    assert sides(state) == {"sacrum": "midline"}
    state.toggle_place("sacrum", "midline")
    assert state.complaint is None
    state.choose_side("left")
    state.toggle_place("sacrum", "midline")
    assert sides(state) == {"sacrum": "midline"}
    state.choose_side("right")
    assert sides(state) == {"sacrum": "midline"}


def test_the_order_of_clicks_does_not_matter(state):
    clicks = [("sacrum", "midline"), ("buttock_center", "left")]
    other = PlannerState()
    for area, side in clicks:
        state.toggle_place(area, side)
    for area, side in reversed(clicks):
        other.toggle_place(area, side)
    assert sides(state) == sides(other) == {"sacrum": "midline", "buttock_center": "left"}
    assert {each.point: each.side for each in state.found} == {each.point: each.side for each in other.found}


def test_an_area_that_does_not_come_in_pairs_needs_no_side(state):
    choose(state, "tailbone")
    assert sides(state) == {"tailbone": "midline"}
    state.choose_side("left")
    assert sides(state) == {"tailbone": "left"}


@pytest.fixture
def opened(state):
    """The guide's sequence, opened from a file that holds no complaint, with every question asked."""
    state.choose_side("left")
    state.start_from_template()
    opened = PlannerState()
    opened.open(state.routine.to_json().encode(), "template.json")
    opened.confirm_answers()
    return opened


def test_a_numb_saddle_is_an_emergency_before_any_side_is_chosen(opened):
    assert opened.obstacle == ""
    choose(opened, "tailbone")
    opened.feel("numb")
    opened.feel("weak")
    assert "N09" in [each.id for each in opened.grave]
    assert "cauda equina" in opened.obstacle
    with pytest.raises(ReferralRequired):
        opened.routine.to_html()


def test_an_area_without_a_side_keeps_the_handout_back(opened):
    choose(opened, "foot_top", "heel")
    opened.feel("weak")
    assert opened.obstacle == "Choose the side of Foot, top, and of Heel, in section 2."
    opened.choose_side("left", "heel")
    assert opened.obstacle == "Choose the side of Foot, top, in section 2."
    opened.choose_side("left")
    assert "A clinician has to look first" in opened.obstacle


def test_what_is_grave_is_said_before_the_side_that_is_missing(state):
    choose(state, "heel")
    assert state.obstacle == "Choose the side of Heel, in section 2."
    state.answer("R01", True)
    assert "cauda equina" in state.obstacle


def test_a_side_chosen_for_one_area_never_follows_the_shared_one(state):
    state.toggle_place("buttock_center", "right")
    state.toggle_place("foot_top", "left")
    for shared in ("left", "right", "both", "right"):
        state.choose_side(shared)
        assert sides(state)["foot_top"] == "left"
        assert sides(state)["buttock_center"] == shared
    state.choose_side("left", "buttock_center")
    state.choose_side("right")
    assert sides(state)["buttock_center"] == "left"


def test_a_side_that_was_clicked_by_mistake_goes_with_its_area(state):
    state.toggle_place("heel", "right")
    state.toggle_place("heel", "right")
    assert state.visit.side == ""
    state.toggle_place("heel", "left")
    state.choose_area("shin")
    assert sides(state) == {"heel": "left", "shin": "left"}


def test_a_side_that_was_chosen_stays_when_the_last_area_goes(state):
    state.choose_side("right")
    state.toggle_place("heel", "right")
    state.toggle_place("heel", "right")
    assert state.visit.side == "right"


def test_initials_stand_only_for_what_was_there_when_they_were_given(hip):
    hip.feel("weak")
    hip.agree("AB")
    assert hip.obstacle == ""
    said = hip.answer("R17", True)
    assert "R17" in said
    assert "gives them again" in said
    assert hip.visit.agreed_by == ""
    assert "A clinician has to look first" in hip.obstacle
    with pytest.raises(kit.SelfcareError):
        hip.routine.to_html()
    hip.agree("CD")
    assert hip.obstacle == ""
    hip.answer("R18", True)
    assert hip.visit.agreed_by == ""


def test_initials_go_with_what_they_were_given_for(hip):
    hip.feel("weak")
    hip.agree("AB")
    hip.feel("weak", False)
    assert hip.visit.agreed_by == ""
    hip.feel("weak")
    assert hip.obstacle != ""


def agreed_over(state, side, *areas, sensation="weak"):
    """Let a clinician look at what is felt in areas."""
    choose(state, *areas)
    for area in areas:
        state.choose_side(side, area)
        state.let_differ(area)
        state.feel(sensation, True, area)
    state.agree("AB")
    assert state.obstacle == ""


@pytest.mark.parametrize(("area", "sensation"), [("foot_top", "swelling"), ("calf_back", "swelling")])
def test_initials_for_one_side_do_not_stand_for_both(hip, area, sensation):
    agreed_over(hip, "left", area, sensation=sensation)
    said = hip.choose_side("both", area)
    assert f"do not stand for what is new ({sensation}" in said
    assert hip.visit.agreed_by == ""
    assert "A clinician has to look first" in hip.obstacle


def test_initials_for_one_side_do_not_stand_for_the_other(hip):
    agreed_over(hip, "left", "foot_top")
    hip.choose_side("right", "foot_top")
    assert hip.visit.agreed_by == ""


def test_initials_for_one_area_do_not_stand_for_another(hip):
    agreed_over(hip, "left", "foot_top")
    hip.choose_area("thigh_back")
    hip.let_differ("thigh_back")
    assert hip.visit.agreed_by == "AB"
    said = hip.feel("weak", True, "thigh_back")
    assert "gives them again" in said
    assert hip.visit.agreed_by == ""


@pytest.mark.parametrize("flag", ["R20", "C15"])
def test_initials_for_an_answer_stand_for_its_areas_only(hip, flag):
    hip.answer(flag, True)
    hip.name_areas(flag, ["heel"])
    hip.agree("AB")
    assert hip.obstacle == ""
    said = hip.name_areas(flag, ["low_back"])
    assert f"do not stand for what is new ({flag})" in said
    assert hip.visit.agreed_by == ""


def test_initials_stay_when_what_was_looked_at_shrinks(hip):
    agreed_over(hip, "both", "foot_top", "heel", sensation="swelling")
    hip.choose_side("left", "foot_top")
    hip.choose_area("heel", False)
    assert hip.visit.agreed_by == "AB"
    assert hip.obstacle == ""
    hip.choose_side("both", "foot_top")
    assert hip.visit.agreed_by == "AB"


def test_initials_of_today_that_come_with_a_routine_stand_for_its_areas_only(clear):
    routine = kit.Routine(screening=kit.screen(yes=["R20"], where={"R20": ["heel"]}, agreed_by="AB"))
    state = PlannerState(routine.add("gmed_2", side="left"))
    assert state.obstacle == ""
    state.name_areas("R20", ["heel", "low_back"])
    assert state.visit.agreed_by == ""


def test_initials_of_today_that_come_with_a_routine_stand_for_its_findings_only(clear):
    routine = kit.Routine(screening=kit.screen(yes=["R17"], agreed_by="AB")).add("gmed_2", side="left")
    state = PlannerState(routine)
    assert state.visit.agreed_by == "AB"
    assert state.obstacle == ""
    state.answer("R18", True)
    assert state.visit.agreed_by == ""


def test_what_is_held_back_is_told_as_long_as_it_is(hip):
    hip.add("vl_4", "left")
    assert hip.held_back == ""
    hip.answer("C14", True)
    hip.answer("C26", True)
    assert "C14" in hip.held_back
    hip.answer("C14", False)
    assert "C14" not in hip.held_back


def test_an_answer_that_blocks_takes_steps_out_and_says_so(hip):
    before = points(hip)
    said = hip.answer("C10", True)
    assert len(points(hip)) < len(before)
    assert said.startswith("Taken out of the routine because of C10 (Hip replacement): Gluteus medius")


def test_an_answer_taken_back_brings_the_steps_back(hip):
    before = hip.routine.steps
    hip.answer("C10", True)
    said = hip.answer("C10", False)
    assert hip.routine.steps == before
    assert "Back in the routine" in said


def test_an_answer_that_asks_for_light_pressure_changes_it_and_says_so(hip):
    said = hip.answer("C01", True)
    assert {step.pressure for step in hip.routine.steps} == {3}
    assert "Changed to" in said
    assert "pressure 3" in said


def test_what_an_answer_holds_back_returns_in_its_place_after_an_edit(hip):
    before = points(hip)
    hip.answer("C14", True)
    assert "vl_4" not in points(hip)
    hip.change(hip.routine.steps[0], seconds=30)
    hip.answer("C14", False)
    assert points(hip) == before
    assert hip.routine.steps[0].seconds == 30


def test_an_answer_that_is_taken_back_gives_untouched_steps_their_pressure_back(hip):
    before = hip.routine.steps
    hip.answer("C01", True)
    hip.change(hip.routine.steps[0], seconds=30)
    hip.answer("C01", False)
    assert hip.routine.steps[0].pressure == 3
    assert hip.routine.steps[1:] == before[1:]


def test_an_answer_about_a_region_waits_for_the_region(hip):
    before = hip.routine.steps
    hip.answer("C12", True)
    assert hip.pending == ("C12",)
    assert hip.routine.steps == before
    assert "C12" in hip.obstacle
    with pytest.raises(kit.ScreeningRequired):
        hip.routine.to_html()
    hip.name_areas("C12", ["foot_top"])
    assert hip.pending == ()
    assert hip.obstacle == ""


def test_ticked_answers_count_before_all_were_asked(state):
    state.answer("R01", True)
    assert state.screening.action == "emergency"
    assert state.screening.asked == ("R01",)
    assert not state.is_screened


@pytest.mark.parametrize(
    ("flag", "words"),
    [("R01", "Possible cauda equina"), ("R02", "Rapid weakness"), ("R17", "A clinician has to look first. R17")],
)
def test_a_red_flag_keeps_the_handout_back(hip, flag, words):
    hip.answer(flag, True)
    assert words in hip.obstacle


def test_initials_lift_what_only_needs_a_look(hip):
    hip.feel("weak")
    assert [each.id for each in hip.open_looks] == ["weak"]
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
    state.choose_side("right")
    state.start_from_template()
    assert {step.side for step in state.routine.steps} == {"right"}
    assert points(state)[:2] == ["gmed_2", "piri_1"]


def test_the_guides_sequence_under_an_answer_leaves_steps_out_in_words(state):
    state.answer("C04", True)
    state.choose_side("left")
    said = state.start_from_template()
    assert "C04" in said or "supported fingers" in said


def test_undo_takes_back_the_routine_but_no_answer(hip):
    before = hip.routine.steps
    hip.start_from_template()
    hip.answer("C26", True)
    hip.undo()
    assert points(hip) == [step.point for step in before]
    assert hip.visit.yes == ("C26",)


def test_what_was_undone_can_be_done_again_until_something_else_is(hip):
    hip.remove(hip.routine.steps[0])
    after = points(hip)
    hip.undo()
    assert hip.can_redo
    hip.redo()
    assert points(hip) == after
    hip.undo()
    hip.change(hip.routine.steps[0], seconds=20)
    assert not hip.can_redo
    assert hip.redo() == ""


@pytest.mark.parametrize("begin", ["open", "begin_with"])
def test_no_step_of_the_client_before_comes_back(hip, begin):
    hip.name(title="Hip", code="C-101")
    hip.remove(hip.routine.steps[0])
    hip.remove(hip.routine.steps[0])
    hip.undo()
    next_one = kit.Routine(title="Heel", code="C-102").add("sol_1", side="right")
    if begin == "open":
        hip.open(next_one.to_json().encode(), "r.json")
    else:
        hip.begin_with(next_one)
    assert not hip.can_undo
    assert not hip.can_redo
    assert hip.undo() == hip.redo() == ""
    assert hip.routine.steps == next_one.steps
    assert hip.routine.code == "C-102"


def test_a_file_that_is_refused_leaves_what_can_be_undone(hip):
    hip.remove(hip.routine.steps[0])
    with pytest.raises(FileFormatError):
        hip.open(b"\xff\xfe\x00", "r.csv")
    assert hip.can_undo


def test_undo_and_redo_keep_title_and_code(hip):
    hip.remove(hip.routine.steps[0])
    hip.name(title="Hip", code="C-104")
    hip.undo()
    assert len(hip.routine) == 5
    assert (hip.routine.title, hip.routine.code) == ("Hip", "C-104")
    hip.name(title="Left hip")
    hip.redo()
    assert len(hip.routine) == 4
    assert (hip.routine.title, hip.routine.code) == ("Left hip", "C-104")


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
    state.answer("C10", True)
    with pytest.raises(BlockedError, match="Hip replacement"):
        state.add("tfl_1", "left")


def test_a_point_is_added_on_the_side_of_the_complaint_or_not_at_all(state):
    with pytest.raises(
        InvalidValueError, match="side of Gluteus medius, mid-crest must be left, right or both, got none"
    ):
        state.add("gmed_2")
    state.choose_side("right")
    state.add("gmed_2")
    assert state.routine.steps[0].side == "right"


def test_moving_beyond_the_ends_does_nothing(hip):
    before = hip.routine.steps
    assert hip.move(before[0], -1) == ""
    assert hip.move(before[-1], 99) == ""
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


def test_changes_since_the_last_visit_are_told(hip):
    text = hip.routine.to_json()
    opened = PlannerState()
    assert opened.changes == ()
    opened.open(text.encode(), "r.json")
    assert opened.changes == ()
    opened.remove(opened.routine.steps[0])
    assert len(opened.changes) == 1


def test_a_look_at_what_is_not_offered_any_more_falls_back_to_the_first(hip):
    hip.look(hip.offers[2].key)
    assert hip.looked == hip.offers[2].key
    hip.choose_area("thigh_outer", False)
    hip.choose_area("buttock_center", False)
    assert hip.looked == ""
    hip.choose_area("heel")
    assert hip.looked == hip.offers[0].key


def test_more_points_are_shown_when_all_are_asked_for(hip):
    assert len(hip.offers) == 6
    hip.show_all(True)
    assert len(hip.offers) == len(hip.found)
    assert {offer.point for offer in hip.offers} == {each.point for each in hip.found}


def test_a_step_that_reaches_into_a_wound_is_taken_out_with_its_reason(state):
    state.choose_side("left")
    state.add("fibt_1", "left")
    state.answer("C12", True)
    said = state.name_areas("C12", ["shin"])
    assert "Taken out of the routine because of C12 (Broken, infected or fragile skin): Fibularis tertius" in said


def test_the_best_five_come_first_and_what_may_not_be_pressed_last(state):
    choose(state, "hip_side", "calf_outer", "calf_back")
    state.choose_side("left")
    state.answer("C10", True)
    state.show_all(True)
    best = [each.point for each in state.found.top(5)]
    assert [offer.point for offer in state.offers][: len(best)] == best
    offered = [offer.suggestion.is_offered for offer in state.offers]
    assert offered == sorted(offered, reverse=True)
    assert not all(offered)


def test_letters_are_never_those_of_the_sides(state):
    choose(state, *state.guide.area_ids)
    state.choose_side("both")
    state.show_all(True)
    signs = [offer.sign for offer in state.offers]
    assert len(set(signs)) == len(signs) > 30
    assert not {"L", "R", "I", "O"} & {letter for sign in signs for letter in sign}
