"""A routine is a value: methods return new ones, the dose holds, hints are said."""

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import DoseError, InvalidValueError, UnknownIdError
from selfcare_kit.model.step import Step


@pytest.fixture
def routine():
    return (
        kit.Routine(title="Hip", code="C-104")
        .add("gmed_2", side="left")
        .add("piri_1", side="left")
        .add("ql_s2", side="left")
    )


def order(routine):
    return [step.point for step in routine.steps]


def test_methods_return_a_new_routine(routine):
    before = routine.steps
    (
        routine.add("tfl_1", side="left"),
        routine.remove("piri_1"),
        routine.move("ql_s2", 0),
        routine.change("piri_1", seconds=90),
    )
    assert routine.steps == before


def test_add_takes_the_guides_dose(routine, guide):
    step = routine.steps[1]
    assert (step.seconds, step.pressure, step.every_days_min, step.every_days_max) == (60, 4, 2, 3)
    assert step.muscle == "piriformis"
    assert step.tool == guide.point("piri_1").tools[0]


def test_move_and_remove(routine):
    assert order(routine.move("ql_s2", 0)) == ["ql_s2", "gmed_2", "piri_1"]
    assert order(routine.move("gmed_2", -1)) == ["piri_1", "ql_s2", "gmed_2"]
    assert order(routine.remove("piri_1")) == ["gmed_2", "ql_s2"]


def test_a_place_outside_the_order_is_refused(routine):
    with pytest.raises(InvalidValueError, match="index must be from 0 to 2 for a routine of 3 steps, got 3"):
        routine.move("ql_s2", 3)


def test_left_and_right_are_two_steps(routine):
    both = routine.add("piri_1", side="right", seconds=30)
    assert [step.seconds for step in both.steps if step.point == "piri_1"] == [60, 30]
    assert both.change("piri_1", of="right", seconds=45).steps[-1].seconds == 45
    assert both.remove("piri_1", side="left").steps[-1].side == "right"
    with pytest.raises(InvalidValueError, match="'piri_1' has a step on each side; say which"):
        both.remove("piri_1")


@pytest.mark.parametrize("side", ["left", "both"])
def test_a_point_stands_once_on_a_side(routine, side):
    with pytest.raises(InvalidValueError, match=f"a point may have one step on each side, got 'piri_1' {side} twice"):
        routine.add("piri_1", side=side)


def test_a_step_that_is_not_there_is_named(routine):
    with pytest.raises(UnknownIdError, match=r"one of this routine's \(gmed_2 left, .*got 'tfl_1'.*add it first"):
        routine.remove("tfl_1")


def test_the_area_dose_holds_for_add_and_change(routine):
    with pytest.raises(DoseError, match="at most 120 seconds in all, got 121 for low_back left"):
        routine.add("ql_s1", side="left", seconds=61)
    full = routine.add("ql_s1", side="left", seconds=60)
    with pytest.raises(DoseError, match="at most 120 seconds in all"):
        full.change("ql_s2", seconds=61)


def test_the_other_side_has_its_own_dose(routine):
    routine.change("ql_s2", seconds=120).add("ql_s1", side="right", seconds=120)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"tool": "hammer"}, "tool must be one of massage_ball.*got 'hammer'"),
        ({"position": "headstand"}, "position must be one of .*got 'headstand'"),
        ({"seconds": 121}, "seconds must be a whole number from 1 to 120"),
        ({"every_days_min": 1}, "rests at least 2 days in this guide, got 1"),
        ({"muscle": "x"}, "what to change must be one of side, mode"),
    ],
)
def test_a_wrong_detail_gets_one_sentence(routine, values, message):
    with pytest.raises((InvalidValueError, UnknownIdError, DoseError), match=message):
        routine.add("tfl_1", side="left", **values)


def test_seconds_on_both_sides_count_twice(routine):
    assert routine.total_seconds == 180
    assert routine.change("piri_1", side="both").total_seconds == 240


def test_from_suggestions_shares_the_time_of_an_area():
    found = kit.suggest(["low_back"], side="left")
    inside = [each for each in found if each.area == "low_back" and each.is_offered][:3]
    routine = kit.Routine.from_suggestions(inside)
    assert [step.seconds for step in routine.steps] == [40, 40, 40]


def test_from_suggestions_keeps_complaint_and_screening(clear):
    found = kit.suggest(["thigh_outer"], side="right", screening=clear).top(3)
    routine = kit.Routine.from_suggestions(found, title="T", code="C-104")
    assert routine.complaint == found.complaint
    assert routine.screening == clear
    assert {step.side for step in routine.steps} == {"right"}


def test_the_template_is_the_guides_own_sequence():
    steps = kit.template("hip_and_leg").steps
    assert [step.point for step in steps[:5]] == ["gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2"]
    assert steps[3].mode == "sweep"
    assert steps[3].muscle == "vastus lateralis"
    assert [step.area.split("_")[0] for step in steps[5:]] == ["calf", "calf", "foot", "foot", "foot"]
    assert steps[5].mode == "scrape"


def test_the_template_can_be_for_one_side():
    assert {step.side for step in kit.template("hip_and_leg", side="right").steps} == {"right"}


def test_an_unknown_template_is_refused():
    with pytest.raises(UnknownIdError, match="a template of guide 'hip_and_leg' must be hip_and_leg, got 'neck'"):
        kit.template("neck")


def test_a_short_routine_has_no_hints(routine):
    assert routine.hints == ()


def test_too_many_steps_and_minutes_are_hinted():
    hints = " ".join(kit.template("hip_and_leg", side="both").hints)
    assert "10 steps are a lot" in hints
    assert "aim for" not in hints


def test_getting_up_and_down_is_hinted():
    routine = (
        kit.Routine()
        .add("gmed_2", side="left", position="wall_standing")
        .add("piri_1", side="left", position="floor_lying")
        .add("tfl_1", side="left", position="wall_standing")
    )
    assert any("put steps of the same position together" in hint for hint in routine.hints)
    assert not any("same position" in hint for hint in routine.move("piri_1", 0).hints)


def test_two_points_in_one_area_are_hinted(routine):
    assert any("ql_s2, ql_s1 lie in the same area" in hint for hint in routine.add("ql_s1", side="left").hints)


def test_another_version_of_the_guide_is_hinted():
    assert "version 0.1 of the guide" in " ".join(kit.Routine(guide_version="0.1").add("ql_s2", side="left").hints)


def test_adapting_keeps_what_other_answers_allow(routine):
    screening = kit.screen(yes=["C07", "C01"])
    adapted = routine.adapted_to(screening)
    assert order(adapted) == ["gmed_2", "piri_1"]
    assert {step.pressure for step in adapted.steps} == {3}
    assert adapted.screening == screening


def test_changes_since_says_what_is_different(routine):
    now = routine.remove("gmed_2").add("tfl_1", side="left").change("piri_1", seconds=90).move("ql_s2", 0)
    assert now.changes_since(routine) == (
        "Removed: Gluteus medius, mid-crest, left.",
        "Changed: Piriformis, outer third of its line, left: seconds from 60 to 90.",
        "Added: Tensor fasciae latae, just outside the ASIS, left, hold 60 s.",
        "Changed: the order of the steps.",
    )
    assert routine.changes_since(routine) == ()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"tool": "small_firm_ball"}, "tool from massage ball to small firm ball"),
        ({"position": "floor_lying"}, "position from standing at a wall to lying on the floor"),
        ({"note": "after a shower"}, "note from none to 'after a shower'"),
        ({"every_days_min": 3}, "least days between sessions from 2 to 3"),
        ({"every_days_max": 7}, "most days between sessions from 3 to 7"),
        ({"pressure": 3}, "pressure from 4 to 3"),
        ({"mode": "sweep"}, "mode from hold to sweep"),
    ],
)
def test_a_changed_detail_is_told_in_a_clinicians_words(values, told, routine):
    (change,) = routine.change("piri_1", **values).changes_since(routine)
    assert change == f"Changed: Piriformis, outer third of its line, left: {told}."


def test_another_side_is_told_as_a_change_of_side(routine):
    now = routine.change("piri_1", side="right", seconds=45)
    assert now.changes_since(routine) == (
        "Changed: Piriformis, outer third of its line, right: side from left to right.",
        "Changed: Piriformis, outer third of its line, right: seconds from 60 to 45.",
    )


def test_a_second_side_of_a_point_is_told_as_added(routine):
    now = routine.add("piri_1", side="right")
    (change,) = now.changes_since(routine)
    assert change == "Added: Piriformis, outer third of its line, right, hold 60 s."


def test_a_step_for_both_sides_and_one_for_each_differ_only_in_what_they_say():
    both = kit.Routine().add("piri_1", side="both")
    each = kit.Routine().add("piri_1", side="left", seconds=45).add("piri_1", side="right")
    name = "Piriformis, outer third of its line"
    assert each.changes_since(both) == (f"Changed: {name}, left: seconds from 60 to 45.",)
    assert both.changes_since(each) == (f"Changed: {name}, left: seconds from 45 to 60.",)


def test_a_side_that_was_taken_from_both_is_told_as_removed():
    both, left = (kit.Routine().add("piri_1", side=side) for side in ("both", "left"))
    name = "Piriformis, outer third of its line"
    assert left.changes_since(both) == (f"Removed: {name}, right.",)
    assert both.changes_since(left) == (f"Added: {name}, right, hold 60 s.",)


def test_a_routine_is_a_value(routine):
    assert routine == kit.Routine(title="Hip", code="C-104").add("gmed_2", side="left").add("piri_1", side="left").add(
        "ql_s2", side="left"
    )
    assert hash(routine) == hash(routine.move("ql_s2", 0).move("ql_s2", 2))


def test_a_notebook_shows_a_table_with_escaped_text(routine):
    html = routine.change("piri_1", note="<script>alert(1)</script>")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_frame_has_the_columns_of_the_csv(routine):
    assert list(routine.to_frame().columns)[:5] == ["step", "point", "muscle", "side", "mode"]


def test_a_step_made_by_hand_gets_the_muscle_and_area_of_the_guide():
    steps = [
        Step("QL-S1", side="left", seconds=60, pressure=3, area="foot_top", muscle="heart"),
        Step("ql_s2", side="left", seconds=61, pressure=3, area="heel"),
    ]
    assert kit.Routine(steps=tuple(steps[:1])).steps[0].area == "low_back"
    assert kit.Routine(steps=tuple(steps[:1])).steps[0].muscle == "quadratus lumborum"
    assert kit.Routine(steps=tuple(steps[:1])).steps[0].point == "ql_s1"
    with pytest.raises(DoseError, match="got 121 for low_back left"):
        kit.Routine(steps=tuple(steps))


def test_weak_bones_move_a_step_from_the_floor_to_the_wall():
    routine = kit.Routine().add("piri_1", side="left", position="floor_lying")
    assert routine.adapted_to(kit.screen(yes=["C03"])).steps[0].position == "wall_standing"


def test_a_step_without_a_side_gets_the_side_that_the_complaint_leaves_no_doubt_about():
    right = kit.Routine.from_suggestions(kit.suggest(["low_back"], side="right").top(1))
    assert right.add("tfl_1").steps[-1].side == "right"
    mixed = kit.Routine(complaint=kit.suggest({"hip_side": {"side": "left"}, "heel": {"side": "right"}}).complaint)
    assert (mixed.add("tfl_1").steps[-1].side, mixed.add("qp_1").steps[-1].side) == ("left", "right")


def test_a_side_is_never_guessed():
    mixed = kit.Routine(complaint=kit.suggest({"hip_side": {"side": "left"}, "heel": {"side": "right"}}).complaint)
    for routine, point in (
        (kit.Routine(), "tfl_1"),
        (kit.Routine().add("ql_s2", side="left"), "tfl_1"),
        (mixed, "vl_1"),
    ):
        with pytest.raises(InvalidValueError, match=f"the side of {point} must be left, right or both, got none"):
            routine.add(point)
    for areas in ("hip_side", ["hip_side"], {"hip_side": {"pain": 3}}):
        with pytest.raises(InvalidValueError, match="the side of 'hip_side' must be left, right, both or midline"):
            kit.suggest(areas)
    assert kit.suggest(["sacrum"])[0].side == "both"
