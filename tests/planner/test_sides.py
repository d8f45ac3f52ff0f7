"""No way through the planner leads to a page for the wrong side without a click that says it is meant."""

from __future__ import annotations

import pytest

from selfcare_kit.errors import BlockedError, InvalidValueError, Named
from selfcare_kit.planner.visit import answers, complaint, steps
from selfcare_kit.planner.visit.opening import open_file
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.safety.findings import Objection

from .conftest import App


def state_of(**areas):
    """A visit with areas on sides, everything asked."""
    session = Session()
    session.do(answers.confirm_answers)
    for area, side in areas.items():
        session.do(complaint.choose_area, area)
        session.do(complaint.choose_side, side, area)
    return session


def sides(session):
    return {step.point: step.side for step in session.now.routine.steps}


def keys(session):
    return [each.key for each in session.now.side_conflicts]


@pytest.fixture
def hip():
    """Three of the points for a left hip."""
    session = Session()
    session.do(answers.confirm_answers)
    session.do(complaint.choose_area, "hip_side")
    session.do(complaint.choose_side, "left")
    for point in ("tfl_1", "vl_4", "ql_s2"):
        session.do(steps.add, point)
    assert sides(session) == {"tfl_1": "left", "vl_4": "left", "ql_s2": "left"}
    return session


# 1: the side changes after the steps


def test_another_side_keeps_the_page_back_and_names_the_steps(hip):
    message = hip.do(complaint.choose_side, "right")
    shown = "Step 1, step 2 and step 3 are worked on the left side, and what they can explain hurts on the right"
    assert hip.now.wrong_sides == shown
    assert message == hip.now.obstacle == f"{shown}: move them to where it hurts, or keep them there on purpose."
    with pytest.raises(BlockedError):
        hip.now.routine.to_html()


def test_one_click_moves_all_to_where_it_hurts(hip):
    hip.do(complaint.choose_side, "right")
    assert hip.do(steps.move_to_where_it_hurts) == "Moved 3 steps to where it hurts."
    assert sides(hip) == {"tfl_1": "right", "vl_4": "right", "ql_s2": "right"}
    assert hip.now.obstacle == hip.now.wrong_sides == ""
    hip.undo()
    assert len(keys(hip)) == 3


def test_one_click_says_that_they_are_meant(hip):
    hip.do(complaint.choose_side, "right")
    assert hip.do(steps.confirm_sides) == "3 steps stay where nothing hurts; the chart note says so."
    assert hip.now.obstacle == hip.now.wrong_sides == ""
    assert set(sides(hip).values()) == {"left"}
    assert "Meant, though nothing hurts there: Tensor fasciae latae" in hip.now.routine.to_note()
    hip.undo()
    assert len(keys(hip)) == 3
    hip.redo()
    assert keys(hip) == []


def test_from_left_to_both_nothing_is_wrong(hip):
    assert hip.do(complaint.choose_side, "both") == ""
    assert (keys(hip), hip.now.obstacle) == ([], "")


def test_from_both_to_left_the_other_half_is_in_conflict():
    session = state_of(hip_side="both")
    session.do(steps.add, "tfl_1")
    session.do(steps.add, "vl_4")
    session.do(complaint.choose_side, "left", "hip_side")
    assert keys(session) == ["tfl_1 right", "vl_4 right"]
    session.do(steps.move_to_where_it_hurts)
    assert sides(session) == {"tfl_1": "left", "vl_4": "left"}


def test_clicks_on_the_figure_are_told_like_any_other_change(hip):
    session = Session()
    session.do(answers.confirm_answers)
    session.do(complaint.toggle_area, "hip_side", "left")
    session.do(steps.add_best, 2)
    assert session.do(complaint.toggle_area, "hip_side", "right") == ""
    message = session.do(complaint.toggle_area, "hip_side", "left")
    assert message.startswith(
        "Step 1 and step 2 are worked on the left side, and what they can explain hurts on the right"
    )
    assert "hurts on the right" in session.now.obstacle


def test_there_is_nothing_to_move_or_to_confirm_where_nothing_is_wrong(hip):
    before = hip.visit
    assert hip.do(steps.move_to_where_it_hurts) == hip.do(steps.confirm_sides) == ""
    assert hip.visit is before


# 2: a file that is opened


@pytest.mark.parametrize("kind", ["html", "json", "csv"])
def test_a_file_that_is_opened_for_another_side_is_told(hip, kind):
    session = Session()
    session.begin(open_file, getattr(hip.now.routine, f"to_{kind}")().encode(), f"last.{kind}")
    session.do(answers.confirm_answers)
    assert session.now.obstacle == ""
    session.do(complaint.choose_side, "right")
    assert keys(session) == ["tfl_1 left", "vl_4 left", "ql_s2 left"]
    assert "hurts on the right" in session.now.obstacle
    session.do(steps.move_to_where_it_hurts)
    assert set(sides(session).values()) == {"right"}
    assert session.now.obstacle == ""


def test_a_file_whose_sides_were_edited_is_told_when_it_is_opened(hip):
    session = Session()
    edited = hip.now.routine.to_csv().replace(",left,", ",right,", 1)
    session.begin(open_file, edited.encode(), "last.csv")
    assert keys(session) == ["tfl_1 right"]


def test_what_was_confirmed_is_kept_in_the_file_and_opens_so(hip):
    hip.do(complaint.choose_side, "right")
    hip.do(steps.confirm_sides)
    session = Session()
    session.begin(open_file, hip.now.routine.to_html().encode(), "last.html")
    assert keys(session) == []
    assert session.now.routine.sides_confirmed == ("tfl_1 left", "vl_4 left", "ql_s2 left")


def test_what_was_confirmed_lapses_when_the_complaint_is_another(hip):
    hip.do(complaint.choose_side, "right")
    hip.do(steps.confirm_sides)
    hip.do(complaint.set_pain, 6)
    assert keys(hip) == []
    hip.do(complaint.choose_side, "left")
    hip.do(complaint.choose_side, "right")
    assert len(keys(hip)) == 3


def test_what_was_confirmed_comes_back_with_its_complaint_when_the_change_of_that_is_undone(hip):
    hip.do(complaint.choose_side, "right")
    hip.do(steps.confirm_sides)
    hip.do(complaint.choose_side, "left")
    assert hip.visit.draft.sides_confirmed == ()
    hip.undo()
    assert (hip.visit.shared_side, keys(hip)) == ("right", [])
    assert hip.now.routine.sides_confirmed == ("tfl_1 left", "vl_4 left", "ql_s2 left")
    hip.undo()
    assert (hip.visit.shared_side, len(keys(hip))) == ("right", 3)
    hip.redo()
    hip.redo()
    assert (hip.visit.shared_side, hip.visit.draft.sides_confirmed) == ("left", ())


def test_what_lapsed_does_not_come_back_by_choosing_the_same_again(hip):
    hip.do(complaint.choose_side, "right")
    hip.do(steps.confirm_sides)
    hip.do(complaint.choose_side, "left")
    hip.do(complaint.choose_side, "right")
    assert keys(hip) == ["tfl_1 left", "vl_4 left", "ql_s2 left"]
    hip.do(steps.remove, hip.now.routine.steps[0])
    hip.undo()
    assert keys(hip) == ["tfl_1 left", "vl_4 left", "ql_s2 left"]


def test_what_is_confirmed_covers_no_step_that_comes_later(hip):
    hip.do(complaint.choose_side, "right")
    hip.do(steps.confirm_sides)
    hip.do(steps.add, "gmin_a", "left")
    assert keys(hip) == ["gmin_a left"]
    assert hip.now.obstacle.startswith("Step 4 is worked on the left side, and what it can explain hurts on the right")


def test_what_is_confirmed_of_a_step_that_an_answer_holds_back_stays_confirmed(hip):
    hip.do(complaint.choose_side, "right")
    hip.do(steps.confirm_sides)
    hip.do(answers.answer, "C10", True)
    assert "tfl_1" not in sides(hip)
    hip.do(steps.change, hip.now.routine.steps[0], seconds=30)
    hip.do(answers.answer, "C10", False)
    assert "tfl_1" in sides(hip)
    assert keys(hip) == []


# 3: an area that is taken back


def test_steps_of_an_area_that_is_taken_back_are_told():
    session = state_of(hip_side="left", heel="right")
    session.do(steps.add_best, 5)
    left = [point for point, side in sides(session).items() if side == "left"]
    message = session.do(complaint.choose_area, "hip_side", False)
    assert left
    assert keys(session) == [f"{point} left" for point in left]
    assert "hurts on the right" in message
    assert message == session.now.obstacle


def test_without_any_area_nothing_is_compared(hip):
    hip.do(complaint.choose_side, "right")
    hip.do(complaint.choose_area, "hip_side", False)
    assert keys(hip) == []


# 4: a point that was not suggested


def test_a_point_that_was_not_suggested_gets_no_shared_side():
    session = state_of(hip_side="left", foot_top="right")
    session.do(complaint.choose_side, "left")
    with pytest.raises(
        InvalidValueError,
        match=r"the side of Quadratus plantae, .* must be left, right or both, got none, as the complaint explains",
    ):
        session.do(steps.add, "qp_1")
    assert session.now.routine.steps == ()
    session.do(steps.add, "qp_1", "right")
    assert sides(session) == {"qp_1": "right"}


@pytest.mark.parametrize(
    ("areas", "side"),
    [({"hip_side": "right"}, "right"), ({"sacrum": "midline"}, "both"), ({"hip_side": "both"}, "both")],
)
def test_a_point_that_was_not_suggested_takes_the_side_of_a_complaint_of_one_side(areas, side):
    session = state_of(**areas)
    assert "qp_1" not in [each.point for each in session.now.suggestions]
    session.do(steps.add, "qp_1")
    assert sides(session) == {"qp_1": side}
    assert keys(session) == []


def test_an_area_without_a_side_gives_none():
    session = Session()
    session.do(complaint.choose_area, "hip_side")
    with pytest.raises(InvalidValueError, match="as the complaint has no side yet; say it"):
        session.do(steps.add, "gmed_2")


# 5: the best, once more


def test_the_best_after_another_side_are_not_worked_on_both():
    session = state_of(hip_side="left")
    session.do(steps.add_best)
    best = list(sides(session))
    session.do(complaint.choose_side, "right", "hip_side")
    message = session.do(steps.add_best)
    assert sides(session) == dict.fromkeys(best, "left")
    assert message.startswith(
        "Added no step. 5 points stay on the side on which nothing hurts: move them to where it hurts"
    )
    session.do(steps.move_to_where_it_hurts)
    assert session.do(steps.add_best) == "Added no step."
    assert sides(session) == dict.fromkeys(best, "right")


def test_the_best_that_are_not_there_yet_are_added_on_the_side_that_hurts(hip):
    hip.do(complaint.choose_side, "right")
    message = hip.do(steps.add_best, 5)
    best, left = {each.point for each in hip.now.suggestions.top(5)}, {"tfl_1": "left", "vl_4": "left", "ql_s2": "left"}
    assert sides(hip) == left | dict.fromkeys(best - set(left), "right")
    assert f"{len(best & set(left))} points stay" in message
    hip.do(steps.move_to_where_it_hurts)
    assert set(sides(hip).values()) == {"right"}


def test_two_steps_that_meet_are_one(hip):
    hip.do(complaint.choose_side, "right")
    hip.do(steps.add, "tfl_1")
    assert [step.point for step in hip.now.routine.steps].count("tfl_1") == 2
    hip.do(steps.move_to_where_it_hurts)
    assert sides(hip) == {"tfl_1": "right", "vl_4": "right", "ql_s2": "right"}


# Moving


def test_a_step_that_moves_is_as_mild_as_its_new_side_asks_for():
    session = state_of(heel="left")
    session.do(steps.add, "fdb_1")
    session.do(complaint.choose_side, "right", "heel")
    session.do(complaint.set_sensation, "numb", True, "heel")
    session.do(steps.move_to_where_it_hurts)
    for step in session.now.routine.steps:
        assert (step.side, step.tool, step.pressure) == ("right", "supported_fingers", 2)
    assert keys(session) == []


def test_a_step_that_may_not_be_done_where_it_hurts_is_taken_out_with_its_reason():
    session = state_of(hip_side="right", calf_back="right")
    session.do(steps.add, "gmed_2", "left")
    session.do(steps.add, "gas_1", "left")
    moved = session.now.routine.on_side("right").steps[1]
    blocked = type(session.now.routine.verdict(moved))(
        "blocked", None, Objection((Named("area", "calf_back"), " is blocked by X"))
    )
    session.now.routine._judge._verdicts[moved] = blocked
    message = session.do(steps.move_to_where_it_hurts)
    assert sides(session) == {"gmed_2": "right"}
    assert message == (
        "Moved 1 step to where it hurts. Taken out: Gastrocnemius, medial head, mid; calf, back is blocked by X."
    )


# The guide's own sequence


def test_the_guides_sequence_lies_on_the_side_of_what_each_step_can_explain():
    session = state_of(hip_side="left", foot_top="right")
    message = session.do(steps.start_from_template)
    assert (sides(session)["gmed_2"], sides(session)["edb_1"], sides(session)["gas_1"]) == ("left", "right", "both")
    assert message.startswith(
        "The steps are those of Hip and leg, in the order of the guide, on the side of what each step can explain. On both"
    )
    assert keys(session) == []


def test_the_guides_sequence_says_that_it_works_both_sides_of_a_midline():
    message = state_of(sacrum="midline").do(steps.start_from_template)
    assert "on both sides. All steps are on both sides, as nothing that hurts says which." in message


def test_the_guides_sequence_of_one_side_is_told_when_the_side_changes():
    session = state_of(hip_side="right")
    message = session.do(steps.start_from_template)
    assert message.startswith("The steps are those of Hip and leg, in the order of the guide, on the right side.")
    session.do(complaint.choose_side, "left", "hip_side")
    assert len(keys(session)) == 10
    assert session.now.obstacle.startswith("Step 1, step 2, step 3, step 4 and 6 others are worked on the right side")


def test_the_guides_sequence_needs_the_side_of_every_area():
    session = state_of(sacrum="midline")
    session.do(complaint.choose_area, "heel")
    with pytest.raises(InvalidValueError, match="needs the client's side, got none"):
        session.do(steps.start_from_template)


# 13, midline and both


def test_a_left_hip_and_a_right_numb_foot_are_said_to_be_worked_on_both_sides():
    session = state_of(hip_side="left", foot_top="right")
    session.do(complaint.set_sensation, "numb", True, "foot_top")
    session.do(steps.add_best, 5)
    assert keys(session) == []
    assert any(
        hint.startswith("Both sides are worked, as not all that hurts is on one side")
        for hint in session.now.routine.hints
    )


def test_the_midline_is_in_conflict_with_nothing():
    session = state_of(sacrum="midline")
    session.do(steps.add_best, 3)
    assert set(sides(session).values()) == {"both"}
    session.do(steps.change, session.now.routine.steps[0], side="left")
    assert (keys(session), session.now.obstacle) == ([], "")


# On the page


@pytest.fixture
def wrong():
    """A planner with a left hip whose side was corrected after the points were added."""
    app = App()
    app.clear()
    app.tick("hip_side")
    app.feel("left")
    app.best()
    app.fill("symptoms", "side", "right", area="")
    return app


def test_the_page_tells_it_where_it_is_read_out_and_offers_two_buttons(wrong):
    page = wrong.page("steps")
    (live,) = page.all("div", key="sides")
    assert live.get("role") == "status"
    assert "are worked on the left side, and what they can explain hurts on the right" in "".join(live.itertext())
    assert [each.get("data-do") for each in page.one("div", key="sides-bar").iter("button")] == ["hurts", "meant"]
    assert "hurts on the right" in wrong.page("status").one("div", key="status").find("p").text
    assert ("steps", "sides-move", "5 steps are on the side on which nothing hurts") in wrong.obstacles
    wrong.tell("page", {"do": "want", "value": True})
    assert "on the side on which nothing hurts" in wrong.planner.page.widget.words
    assert wrong.planner.page.widget.page == ""


def test_the_place_that_is_read_out_is_there_before_anything_is_said(app):
    (live,) = app.page("steps").all("div", key="sides")
    assert "".join(live.itertext()) == ""


def test_no_page_of_a_wrong_side_is_printed_and_the_refusal_names_it(wrong):
    for kind in ("html", "print", "ics"):
        assert wrong.download(kind) == (None, None)
        assert "The handout has to wait: Step 1" in wrong.message
    assert [each[:2] for each in wrong.obstacles] == [("steps", "sides-move")]
    assert wrong.page("steps").one("button", key="sides-move") is not None


def test_the_button_moves_all_and_the_page_prints(wrong):
    wrong.press("steps", "hurts")
    assert wrong.message == "Moved 5 steps to where it hurts."
    assert {step.side for step in wrong.routine.steps} == {"right"}
    assert not wrong.page("steps").all("button", do="hurts")
    assert wrong.download("html")[1] is not None


def test_the_other_button_says_that_it_is_meant_and_the_page_prints(wrong):
    wrong.press("steps", "meant")
    assert wrong.message == "5 steps stay where nothing hurts; the chart note says so."
    assert "Kept on purpose: step 1" in wrong.page("steps").text
    _, handout = wrong.download("html")
    other = App()
    other.upload(handout, "last.html")
    assert other.planner.session.now.side_conflicts == ()
    assert len(other.routine.sides_meant) == 5


def test_after_the_button_the_focus_has_somewhere_to_go(wrong):
    sent = wrong.press("steps", "hurts")
    assert [content["focus"] for content, _ in sent if "focus" in content] == ["heading"]


def test_what_sends_the_client_elsewhere_comes_before_the_sides(wrong):
    wrong.answer("R01")
    assert "cauda equina" in wrong.planner.session.now.obstacle
