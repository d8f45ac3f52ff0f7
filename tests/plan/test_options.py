"""What a step may be now: all of it can be taken, and what is not among it is refused with its reason."""

from dataclasses import replace

import plans
import pytest
from examples import examples
from hypothesis import given

import selfcare_kit as kit
from selfcare_kit.errors import SelfcareError, UnknownIdError
from selfcare_kit.guide.techniques import is_described
from selfcare_kit.model.step import CHANGEABLE

KINDS = ("tool", "position", "mode", "side")
RANGES = ("seconds", "pressure", "every_days_min", "every_days_max")


def ids(choices):
    return [each.id for each in choices]


def test_a_step_has_tools_positions_modes_and_sides_with_labels():
    found = kit.Routine().add("piri_1", side="left").options("piri_1")
    assert found.tools[0] == ("massage_ball", "Massage ball")
    assert ("floor_lying", "Lying on the floor") in found.positions
    assert found.modes == (("hold", "Hold"), ("sweep", "Sweep"))
    assert ids(found.sides) == ["left", "right", "both"]
    assert (found.seconds, found.pressure) == ((1, 120), (1, 4))
    assert (found.every_days_min, found.every_days_max) == ((2, 14), (2, 14))
    assert found.blocked == ()


def test_what_the_answers_block_has_its_reason():
    numb = kit.Routine(screening=kit.screen(yes=["C04"])).add("gas_1", side="left")
    found = numb.options("gas_1")
    assert ids(found.tools) == ["supported_fingers"]
    assert (found.pressure, found.seconds) == ((1, 2), (1, 30))
    knee = next(each for each in found.blocked if each.id == "opposite_knee")
    assert (knee.kind, knee.label) == ("tool", "Opposite knee")
    assert knee.reason.startswith("The tool opposite_knee is blocked on calf_back by C04 (Foot or lower leg")


def test_the_seconds_are_those_that_the_other_steps_leave():
    routine = kit.Routine().add("ql_s1", side="left", seconds=80).add("ql_s2", side="left", seconds=30)
    assert routine.options("ql_s2").seconds == (1, 40)


def test_a_side_on_which_the_point_has_another_step_is_blocked():
    routine = kit.Routine().add("piri_1", side="left").add("piri_1", side="right")
    found = routine.options("piri_1", "left")
    assert ids(found.sides) == ["left"]
    assert [(each.id, each.reason) for each in found.blocked] == [
        ("right", "The point has another step there."),
        ("both", "The point has another step there."),
    ]


def test_no_tool_is_listed_of_which_the_guide_says_nothing_at_the_point():
    assert "opposite_knee" not in ids(kit.Routine().add("tfl_1", side="left").options("tfl_1").tools)


def test_a_step_that_is_not_there_has_no_options():
    with pytest.raises(UnknownIdError, match="add it first"):
        kit.Routine().options("tfl_1")


@examples(40)
@given(plans.ROUTINES)
def test_every_option_can_be_taken_and_what_is_blocked_cannot(routine):
    for step in routine.steps[:3]:
        found = routine.options(*step.key)
        for kind in KINDS:
            assert getattr(step, kind) in ids(getattr(found, f"{kind}s"))
            for id in ids(getattr(found, f"{kind}s")):
                changed = routine.change_all(of=[step.key], **{kind: id})
                (new,) = (each for each in changed.steps if each not in routine.steps or each == step)
                assert getattr(new, kind) == id
                assert changed.held_back == ()
                assert is_described(new, routine.guide) or new.tool == step.tool
        for each in found.blocked:
            changed = routine.change_all(of=[step.key], **{each.kind: each.id})
            assert changed == routine
            assert [(held.name, held.asked, held.why) for held in changed.held_back] == [(each.kind, each.id, each.why)]


@examples(40)
@given(plans.ROUTINES)
def test_the_ranges_end_where_the_routine_refuses(routine):
    for step in routine.steps[:3]:
        found = routine.options(*step.key)
        for name in RANGES:
            least, most = getattr(found, name)
            assert least <= getattr(step, name) <= most
            rest = {"every_days_max": 14} if name == "every_days_min" else {}
            for value in (least, most):
                routine.change(step.point, of=step.side, **{name: value}, **rest)
            for value in (least - 1, most + 1):
                with pytest.raises(SelfcareError):
                    routine.change(step.point, of=step.side, **{name: value}, **rest)


def test_the_options_of_a_step_are_worked_out_once():
    routine = kit.Routine().add("tfl_1", side="left")
    assert routine.options("tfl_1") is replace(routine, title="Hip").options("tfl_1")
    assert set(KINDS) < set(CHANGEABLE)
