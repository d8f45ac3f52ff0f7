"""A routine gets what was found at its visit, and goes on to the next visit without it."""

import datetime

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError, UnknownIdError
from selfcare_kit.model.outcome import Activity, Outcome


@pytest.fixture
def routine(clear):
    complaint = {"hip_side": {"side": "left", "sensations": ["ache"], "pain": 6}}
    made = kit.Routine(code="C-104", complaint=kit.load_guide().complaint(complaint), screening=clear)
    return made.add("tfl_1").add("piri_1", side="left")


def test_what_was_found_is_added_to_what_is_there(routine):
    found = routine.with_outcome(days_done=5, days_planned=7).with_outcome(activities={"climb the stairs": 4})
    assert found.outcome == Outcome(7, 5, activities=(Activity("climb the stairs", 4),))
    assert routine.outcome.is_empty


def test_none_takes_back_what_was_said(routine):
    found = routine.with_outcome(change=2, sore=["tfl_1"], activities={"x": 1})
    assert found.with_outcome(change=None, sore=None, activities=None).outcome.is_empty


def test_a_step_is_named_by_its_point_where_its_side_is_clear(routine):
    assert routine.with_outcome(helped=["piri_1"], sore="tfl_1").outcome.helped == (("piri_1", "left"),)


def test_a_step_of_the_last_routine_alone_needs_its_side(routine):
    assert routine.with_outcome(sore=[("vl_4", "left")]).outcome.sore == (("vl_4", "left"),)
    with pytest.raises(InvalidValueError, match="sore must name steps with their side, got 'vl_4', which has no step"):
        routine.with_outcome(sore=["vl_4"])


def test_an_unknown_point_or_name_is_refused(routine):
    with pytest.raises(UnknownIdError, match="'nose_1'"):
        routine.with_outcome(sore=["nose_1"])
    with pytest.raises(InvalidValueError, match="what was found must be one of days_planned, .*got 'pain'"):
        routine.with_outcome(pain=3)


def test_an_outcome_is_none_of_another_kind(routine):
    with pytest.raises(InvalidValueError, match="outcome must be an Outcome, got {}; routine.with_outcome makes it"):
        kit.Routine(outcome={})


def test_the_next_visit_has_the_steps_and_asks_everything_again(routine):
    day = datetime.date(2026, 12, 7)
    after = routine.with_outcome(change=2, activities={"climb the stairs": 4}).next_visit(day)
    assert (after.date, after.steps, after.code) == (day, routine.steps, "C-104")
    assert [each.pain for each in after.complaint.areas] == [None]
    assert after.outcome == Outcome(activities=(Activity("climb the stairs"),))


def test_a_changed_routine_keeps_what_was_found(routine):
    found = routine.with_outcome(change=2)
    assert found.change("tfl_1", pressure=3).remove("piri_1").outcome.change == 2
    assert found.adapted_to(kit.screen()).outcome.change == 2
