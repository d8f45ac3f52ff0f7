"""What a visit is made of, and how a change comes into the draft it was made from."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

import selfcare_kit as kit
from selfcare_kit.planner.visit.answers import confirm_answers
from selfcare_kit.planner.visit.opening import new_visit
from selfcare_kit.planner.visit.steps import merged
from selfcare_kit.planner.visit.visit import Symptoms, Visit


@pytest.fixture
def draft():
    routine = kit.Routine(title="Hip")
    for point in ("gmed_2", "piri_1", "tfl_1", "vl_4"):
        routine = routine.add(point, side="left")
    return routine


def points(routine):
    return [step.point for step in routine.steps]


def test_an_area_has_the_shared_side_unless_it_has_its_own():
    visit = Visit(kit.Routine(), areas=("heel", "groin"), shared_side="left", own_sides={"groin": "right"})
    assert visit.complaint_of("heel").side == "left"
    assert visit.complaint_of("groin").side == "right"
    assert visit.touched_sides("shin") == ()


def test_an_area_without_a_side_says_nothing_yet():
    visit = Visit(kit.Routine(), areas=("heel",))
    assert visit.complaint_of("heel") is None
    assert visit.touched_sides("heel") == ()


def test_steps_that_were_held_back_keep_their_places(draft):
    shown = draft.remove("piri_1").remove("tfl_1")
    assert points(merged(draft, shown, shown.change("vl_4", seconds=30))) == points(draft)
    assert points(merged(draft, shown, shown.move("vl_4", 0))) == ["vl_4", "gmed_2", "piri_1", "tfl_1"]
    assert points(merged(draft, shown, shown.remove("gmed_2"))) == ["piri_1", "tfl_1", "vl_4"]
    assert points(merged(draft, shown, shown.add("ql_s2", side="left")))[-1] == "ql_s2"


def test_a_held_step_gives_way_to_one_that_took_its_time(draft):
    shown = draft.remove("gmed_2")
    edited = shown.add("gmed_3", side="left", seconds=120)
    assert points(merged(draft, shown, edited)) == ["piri_1", "tfl_1", "vl_4", "gmed_3"]


def test_a_step_made_milder_keeps_what_was_wanted_until_it_is_touched(draft):
    shown = draft.change("piri_1", pressure=3)
    kept = merged(draft, shown, shown.change("tfl_1", seconds=30))
    assert kept.steps[1].pressure == draft.steps[1].pressure
    touched = merged(draft, shown, shown.change("piri_1", seconds=30))
    assert (touched.steps[1].pressure, touched.steps[1].seconds) == (3, 30)


@pytest.mark.parametrize("others", [{}, {"heel": {"side": "right"}}])
def test_an_opened_complaint_of_the_midline_gives_no_other_area_its_side(others):
    routine = kit.Routine(complaint={"sacrum": {"side": "midline"}, **others})
    visit = new_visit(Visit(kit.Routine()), routine)
    assert visit.complaint_of("sacrum").side == "midline"
    assert visit.side_of("foot_top") == others.get("heel", {}).get("side", "")


def test_an_opened_complaint_keeps_every_area_as_it_was():
    complaint = {
        "hip_side": {"side": "left", "sensations": ["ache"], "pain": 6},
        "foot_top": {"side": "right", "sensations": ["numb"], "pain": None},
        "heel": {"side": "left", "sensations": ["ache"], "pain": 2},
    }
    routine = kit.Routine.from_suggestions(kit.suggest(complaint, side="left").top(3))
    visit = new_visit(Visit(kit.Routine()), routine)
    for area, words in complaint.items():
        shown = visit.complaint_of(area)
        assert (shown.side, list(shown.sensations), shown.pain) == (words["side"], words["sensations"], words["pain"])
    assert visit.symptoms == {
        "hip_side": Symptoms(("ache",), 6),
        "foot_top": Symptoms(("numb",), None),
        "heel": Symptoms(("ache",), 2),
    }


def test_a_plan_that_was_left_open_overnight_is_of_the_day_on_which_its_questions_are_asked(draft):
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    visit = Visit(replace(draft, date=yesterday), asked={"R01": "aloud"}, asked_on=yesterday)
    asked = confirm_answers(visit, ("R03",), "aloud")
    assert asked.draft.date == datetime.date.today() == asked.asked_on
    assert list(asked.asked) == ["R03"]
