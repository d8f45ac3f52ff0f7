"""What a visit takes from the one before: pain then and now, and what could be changed."""

from dataclasses import replace

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError
from selfcare_kit.model.limits import MAX_REST_DAYS


def test_pain_then_and_now_stands_side_by_side_area_by_area(visit):
    found = kit.then_and_now(visit(0, {"hip_side": 6, "groin": 4}), visit(14, {"hip_side": 4, "low_back": 3}))
    assert [(each.area, each.then, each.now, each.change, each.matters) for each in found] == [
        ("hip_side", 6, 4, -2, "less"),
        ("low_back", None, 3, None, ""),
        ("groin", 4, None, None, ""),
    ]


def test_then_may_be_a_visit_of_a_course(visit, course):
    found = kit.then_and_now(course.visits[0], visit(99, {"hip_side": 2}))
    assert (found[0].then, found[0].now) == (7, 2)
    whole = kit.then_and_now(course, visit(99, {"hip_side": 2}))
    assert (whole[0].then, whole[0].now) == (2, 2)


def test_what_is_no_visit_is_refused():
    with pytest.raises(InvalidValueError, match="a visit must be a Routine or a visit of a course, got 'r.json'"):
        kit.then_and_now("r.json", kit.Routine())
    with pytest.raises(InvalidValueError, match="routine must be a Routine, got 'r.json'; read_routine opens"):
        kit.suggested_changes("r.json")
    with pytest.raises(InvalidValueError, match="a visit must be a Routine or a visit of a course, got 'r.json'"):
        kit.suggested_changes(kit.Routine(), "r.json")


@pytest.fixture
def routine():
    return kit.Routine().add("tfl_1", side="left", pressure=4).add("piri_1", side="both", pressure=3)


def test_a_sore_step_could_be_pressed_more_lightly(routine):
    [change] = kit.suggested_changes(routine.with_outcome(sore=["tfl_1"]))
    assert (change.point, change.side, dict(change.values)) == ("tfl_1", "left", {"pressure": 3})
    assert change.reason.endswith("left was sore: pressure 3 instead of 4 could be tried.")
    assert change.applied_to(routine).steps[0].pressure == 3
    assert routine.steps[0].pressure == 4


def test_a_step_at_the_lightest_pressure_could_rest_longer(routine):
    light = routine.change("tfl_1", pressure=1, every_days_min=3, every_days_max=3).with_outcome(sore=["tfl_1"])
    [change] = kit.suggested_changes(light)
    assert dict(change.values) == {"every_days_min": 4, "every_days_max": 4}
    assert change.applied_to(light).steps[0].every_days_min == 4
    longest = light.change("tfl_1", every_days_min=MAX_REST_DAYS, every_days_max=MAX_REST_DAYS)
    assert kit.suggested_changes(longest) == ()


def test_one_sore_side_of_a_step_on_both_is_enough(routine):
    assert [change.point for change in kit.suggested_changes(routine.with_outcome(sore=[("piri_1", "right")]))] == [
        "piri_1"
    ]


def test_what_helped_changes_nothing_and_what_is_gone_neither(routine):
    assert kit.suggested_changes(routine.with_outcome(helped=["tfl_1"], sore=[("vl_4", "left")])) == ()


def test_a_step_that_was_made_milder_already_is_left_alone(routine):
    milder = routine.change("tfl_1", pressure=3).with_outcome(sore=["tfl_1", ("piri_1", "both")])
    assert [change.point for change in kit.suggested_changes(milder, routine)] == ["piri_1"]


def test_a_step_that_is_on_both_sides_now_and_milder_is_left_alone():
    last = kit.Routine().add("piri_1", side="left", pressure=4).with_outcome(sore=["piri_1"])
    now = last.change("piri_1", side="both", pressure=3)
    assert kit.suggested_changes(now, last) == ()
    (proposal,) = kit.suggested_changes(last.change("piri_1", side="both"), last)
    assert (proposal.side, proposal.values) == ("both", (("pressure", 3),))


def test_no_suggestion_is_more_than_the_answers_allow(routine):
    screened = replace(
        routine.adapted_to(kit.screen(yes=["C01"])), outcome=routine.with_outcome(sore=["tfl_1"]).outcome
    )
    for change in kit.suggested_changes(screened):
        step = change.applied_to(screened).steps[0]
        assert screened.verdict(step).step == step
