"""What follows from a visit depends on the visit alone, whatever was done before."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import selfcare_kit as kit
from selfcare_kit.errors import SelfcareError
from selfcare_kit.planner.visit import answers, complaint, derive, steps
from selfcare_kit.planner.visit.outdated import drop_outdated
from selfcare_kit.planner.visit.session import Session
from selfcare_kit.planner.visit.visit import Visit

GUIDE = kit.load_guide()
AREAS = ("hip_side", "foot_top", "heel", "sacrum", "calf_back")
POINTS = ("tfl_1", "gmed_2", "fdb_1", "gas_1")
SIDES = ("left", "right")


def step_of(session, number):
    return session.now.steps[number % len(session.now.steps)]


ACTIONS = st.one_of(
    st.tuples(st.just(complaint.toggle_area), st.sampled_from(AREAS[:3]), st.sampled_from(SIDES)),
    st.tuples(st.just(complaint.choose_area), st.sampled_from(AREAS), st.booleans()),
    st.tuples(st.just(complaint.choose_side), st.sampled_from(("left", "right", "both"))),
    st.tuples(st.just(complaint.set_sensation), st.sampled_from(("ache", "numb", "weak", "swelling")), st.booleans()),
    st.tuples(st.just(complaint.set_sensation), st.just("numb"), st.booleans(), st.sampled_from(AREAS[:3])),
    st.tuples(st.just(complaint.set_pain), st.sampled_from((None, 3, 9))),
    st.tuples(st.just(answers.answer), st.sampled_from(("R01", "R18", "C01", "C10", "C12")), st.booleans()),
    st.tuples(st.just(answers.name_areas), st.just("C12"), st.lists(st.sampled_from(AREAS), max_size=2)),
    st.tuples(st.just(answers.confirm_answers)),
    st.tuples(st.just(answers.confirm_answers), st.just(("R01", "R18", "C01", "C10"))),
    st.tuples(st.just(answers.take_back), st.lists(st.sampled_from(("R01", "C01", "C12")), max_size=2)),
    st.tuples(st.just(answers.set_initials), st.sampled_from(("", "AB"))),
    st.tuples(st.just(answers.rule_out), st.sampled_from(("R18", "weak")), st.just("pulses good; AB")),
    st.tuples(st.just(steps.add), st.sampled_from(POINTS), st.sampled_from(SIDES)),
    st.tuples(st.just(steps.add_best), st.just(3)),
    st.tuples(st.just(steps.start_from_template)),
    st.tuples(st.just(steps.confirm_sides)),
    st.tuples(st.just(steps.move_to_where_it_hurts)),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def act(session, action, *arguments):
    """Do something, as far as it is allowed now."""
    try:
        if action == "remove":
            session.do(steps.remove, step_of(session, *arguments)) if session.now.steps else None
        elif isinstance(action, str):
            getattr(session, action)()
        else:
            session.do(action, *arguments)
    except SelfcareError:
        return


def shown_of(now):
    """Everything that a view shows of what follows."""
    return {
        "complaint": now.complaint,
        "screening": now.screening,
        "findings": now.findings,
        "alerts": now.alerts,
        "points": now.suggestions and now.suggestions.points,
        "steps": now.steps,
        "routine": now.routine,
        "held back": now.changes_by_answers,
        "pending": now.pending,
        "to ask": now.to_ask,
        "conflicts": now.side_conflicts,
        "to look at": now.not_cleared,
        "obstacle": now.obstacle,
        "kind": type(now.refusal),
        "offers": [offer[:5] for offer in (*now.first_offers, *now.all_offers)],
    }


def afresh(visit):
    """What follows from a visit when nothing is remembered from before."""
    derive.record_screening.cache_clear()
    GUIDE.kept_values.clear()
    return shown_of(derive.derive(visit))


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTIONS, max_size=14))
def test_what_a_session_shows_is_what_follows_from_its_visit_alone(actions):
    session = Session(guide=GUIDE)
    for action in actions:
        act(session, *action)
    shown = shown_of(session.now)
    assert shown == shown_of(derive.derive(session.visit)) == afresh(session.visit)
    assert shown["steps"] == session.now.routine.steps
    # Nothing is left in it that does not stand any more, however it came to be so.
    assert drop_outdated(session.visit).visit is session.visit


@settings(max_examples=30, deadline=None)
@given(st.lists(ACTIONS, max_size=10))
def test_the_planner_refuses_what_the_gate_refuses_and_nothing_else_but_an_area_without_a_side(actions):
    session = Session(guide=GUIDE)
    for action in actions:
        act(session, *action)
    if session.now.refusal is None:
        session.now.routine.require_clearance()
    elif not session.visit.areas_without_side:
        with pytest.raises(SelfcareError):
            session.now.routine.require_clearance()


def test_the_same_answers_make_one_screening():
    visit = answers.answer(Visit(kit.Routine()), "C01", True)
    ticked = complaint.choose_area(visit, "heel")
    today = datetime.date.today()
    assert derive.screening_of(ticked, today) is derive.screening_of(visit, today)
    assert derive.screening_of(answers.answer(visit, "C03", True), today) != derive.screening_of(visit, today)


def test_answers_of_today_are_those_of_another_day_tomorrow():
    visit = answers.confirm_answers(Visit(kit.Routine().add("gmed_2", side="left")))
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    assert derive.derive(visit).obstacle == ""
    assert "ask them again" in derive.derive(visit, tomorrow).obstacle


def test_a_planner_that_stays_open_overnight_asks_again(yesterday):
    session = Session()
    session.do(steps.add, "gmed_2", "left")
    session.do(answers.confirm_answers)
    session._now = derive.derive(replace(session.visit, asked_on=yesterday), yesterday)
    assert session._now.refusal is None
    assert f"asked on {yesterday}: ask them again" in session.now.obstacle


def test_what_still_stands_is_the_same_visit():
    visit = complaint.toggle_area(Visit(kit.Routine()), "hip_side", "left")
    assert drop_outdated(visit) == (visit, "")
    assert drop_outdated(visit).visit is visit


def test_sides_confirmed_of_another_complaint_do_not_stand():
    visit = complaint.toggle_area(Visit(kit.Routine()), "hip_side", "right")
    visit = steps.confirm_sides(steps.add(visit, "tfl_1", "left").visit).visit
    assert drop_outdated(visit).visit.draft.sides_confirmed == ("tfl_1 left",)
    assert drop_outdated(complaint.choose_side(visit, "left")).visit.draft.sides_confirmed == ()
    assert drop_outdated(replace(visit, areas=())).visit.draft.sides_confirmed == ()
