"""A change of all steps changes each as far as it may be, and says of each value that is not as asked why."""

import plans
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError, Named, SelfcareError, UnknownIdError
from selfcare_kit.model.step import MODES

NUMBERS = {"pressure": (1, 7), "seconds": (1, 120), "every_days_min": (1, 14)}


@pytest.fixture
def routine():
    return kit.Routine(code="C-104").add("gmed_2", side="left").add("piri_1", side="left").add("ql_s2", side="right")


def values(routine, name):
    return [getattr(step, name) for step in routine.steps]


def test_all_steps_are_changed(routine):
    changed = routine.change_all(pressure=3, every_days_min=3, every_days_max=4)
    assert values(changed, "pressure") == [3, 3, 3]
    assert {(step.every_days_min, step.every_days_max) for step in changed.steps} == {(3, 4)}
    assert changed.held_back == ()
    assert type(changed) is kit.Routine
    assert values(routine, "pressure") == [4, 4, 3], "this one is unchanged"


def test_only_the_named_steps_are_changed(routine):
    assert values(routine.change_all(of=["ql_s2"], seconds=30), "seconds") == [60, 60, 30]
    assert values(routine.change_all(of="gmed_2", seconds=30), "seconds") == [30, 60, 60]
    both = routine.add("piri_1", side="right")
    assert values(both.change_all(of=[("piri_1", "right")], seconds=30), "seconds") == [60, 60, 60, 30]
    assert values(both.change_all(of=["piri_1"], seconds=30), "seconds") == [60, 30, 60, 30]
    assert both.change_all(of=[], seconds=30) == both


def test_a_difference_is_added_to_each(routine):
    changed = routine.change_all(by={"pressure": -1, "seconds": 15})
    assert values(changed, "pressure") == [3, 3, 2]
    assert values(changed, "seconds") == [75, 75, 75]


def test_longer_rest_raises_its_upper_end(routine):
    assert {(step.every_days_min, step.every_days_max) for step in routine.change_all(every_days_min=5).steps} == {
        (5, 5)
    }
    assert {(step.every_days_min, step.every_days_max) for step in routine.change_all(every_days_max=5).steps} == {
        (2, 5)
    }


def test_pressure_goes_as_far_as_the_answers_allow(routine):
    asked = routine.adapted_to(kit.screen(yes=["C01"])).change_all(pressure=6)
    assert values(asked, "pressure") == [3, 3, 3]
    assert str(asked.held_back[0]).startswith(
        "gmed_2 left: pressure is 3, not 6, as pressure 6 is above 3, the most C01 ("
    )
    assert asked.hints[: len(asked.held_back)] == tuple(map(str, asked.held_back))


def test_a_difference_stops_at_the_least_and_says_so(routine):
    changed = routine.change_all(by={"pressure": -5, "every_days_min": -1})
    assert values(changed, "pressure") == [1, 1, 1]
    told = [str(each) for each in changed.held_back if each.point == "gmed_2"]
    assert told == [
        "gmed_2 left: pressure is 1, not -1, as 1 of 10 is the least.",
        "gmed_2 left: every_days_min is 2, not 1, as a point rests at least 2 days in this guide.",
    ]


def test_points_of_one_area_share_its_time():
    routine = kit.Routine()
    for point in ("ql_s1", "ql_s2", "ql_d1"):
        routine = routine.add(point, side="left", seconds=20)
    changed = routine.change_all(seconds=60)
    assert values(changed, "seconds") == [40, 40, 40]
    assert str(changed.held_back[2]) == (
        "ql_d1 left: seconds is 40, not 60, as all steps on low_back left have 120 seconds together."
    )


def test_time_that_one_step_gives_up_is_there_for_the_others():
    routine = kit.Routine().add("ql_s1", side="left", seconds=20).add("ql_s2", side="left", seconds=100)
    assert values(routine.change_all(seconds=60), "seconds") == [60, 60]


def test_a_step_moves_to_a_side_unless_its_point_is_there():
    routine = kit.Routine().add("piri_1", side="left").add("piri_1", side="right").add("tfl_1", side="right")
    changed = routine.change_all(side="left")
    assert [step.key for step in changed.steps] == [("piri_1", "left"), ("piri_1", "right"), ("tfl_1", "left")]
    (held_back,) = changed.held_back
    assert str(held_back) == "piri_1 right: side is right, not left, as the point has another step there."


def test_a_tool_brings_a_position_that_fits_it():
    standing = kit.Routine().add("abdm_1", side="left", position="standing_foot")
    (step,) = standing.change_all(tool="supported_fingers").steps
    assert (step.tool, step.position) == ("supported_fingers", "chair_sitting")


def test_a_tool_of_which_the_guide_says_nothing_at_a_point_is_held_back():
    changed = kit.Routine().add("gas_1", side="left", tool="knobbed_tool").add("tfl_1", side="left").change_all(tool="opposite_knee")  # fmt: skip
    assert values(changed, "tool") == ["opposite_knee", "massage_ball"]
    assert [each.why for each in changed.held_back] == ["the guide does not say how that is done at this point"]


def test_a_tool_that_the_answers_block_is_held_back():
    numb = kit.Routine(screening=kit.screen(yes=["C04"])).add("edb_1", side="left").change_all(tool="knobbed_tool")
    assert values(numb, "tool") == ["supported_fingers"]
    sentence = numb.held_back[0].sentence(lambda named: f"<{named.id}>")
    assert sentence.startswith("<edb_1> left: <tool> is <supported_fingers>, not <knobbed_tool>, as the tool <knobbed_tool> is blocked on <foot_top> by C04")  # fmt: skip
    assert Named("tool", "knobbed_tool") in numb.held_back[0].why


def test_the_next_change_forgets_what_was_held_back(routine):
    held = routine.change_all(by={"pressure": -9})
    assert held.held_back
    for changed in (
        held.add("tfl_1", side="left"),
        held.change("gmed_2", seconds=30),
        held.remove("gmed_2"),
        held.move("gmed_2", 1),
        held.on_side("right"),
        held.confirm_sides(),
        held.with_screening(kit.screen()),
        held.adapted_to(kit.screen()),
        held.change_all(seconds=30),
    ):
        assert changed.held_back == ()
    assert held == routine.change_all(pressure=1)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"pressure": 9}, "pressure must be a whole number from 1 to 7, got 9; light pressure comes first."),
        ({"every_days_min": 15}, "every_days_min must be a whole number from 1 to 14, got 15; choose one in between."),
        ({"length": 3}, "what to change must be one of side, mode, .*got 'length'"),
        ({"by": {"tool": 1}}, "what to change by a difference must be one of seconds, pressure, .*, got 'tool'"),
        (
            {"by": {"pressure": 1}, "pressure": 3},
            "must be one of seconds, every_days_min, every_days_max, got 'pressure'",
        ),
        ({"by": {"pressure": 0.5}}, r"by\['pressure'\] must be a whole number from -120 to 120, got 0.5"),
        ({"by": -1}, r'by must be what to add to each number, got -1; write by=\{"pressure": -1\}.'),
        ({"of": [7]}, r'of must be point ids, or pairs of point id and side, got 7; write of=\["tfl_1"'),
        ({"of": 7}, "of must be point ids, or pairs of point id and side, got 7"),
    ],
)
def test_what_no_step_can_take_is_refused(arguments, told, routine):
    with pytest.raises(InvalidValueError, match=told):
        routine.change_all(**arguments)


@pytest.mark.parametrize("arguments", [{"of": ["tfl_1"]}, {"of": [("gmed_2", "right")]}, {"tool": "hammer"}, {"position": ""}])  # fmt: skip
def test_what_is_not_there_is_refused(arguments, routine):
    with pytest.raises(UnknownIdError):
        routine.change_all(**arguments)


def is_refused(routine, step, **values):
    try:
        routine.change(step.point, of=step.side, **values)
    except SelfcareError:
        return True
    return False


@examples(150)
@given(plans.ROUTINES, st.sampled_from(list(NUMBERS)), st.data())
def test_a_number_is_as_asked_or_as_near_as_the_routine_allows(routine, name, data):
    asked = data.draw(st.integers(*NUMBERS[name]))
    changed = routine.change_all(**{name: asked})
    held = {(each.point, each.side): each for each in changed.held_back}
    for step in changed.steps:
        value = getattr(step, name)
        if step.key not in held:
            assert value == asked
        else:
            nearer = value + (1 if asked > value else -1)
            rest = {"every_days_max": max(nearer, step.every_days_max)} if name == "every_days_min" else {}
            assert is_refused(changed, step, **{name: nearer}, **rest)
            assert (held[step.key].asked, held[step.key].value) == (asked, value)
            assert held[step.key].why


CHOICES = {
    "side": ("left", "right", "both"),
    "mode": MODES,
    "tool": tuple(plans.GUIDE.records.tools),
    "position": tuple(plans.GUIDE.records.positions),
}


@examples(150)
@given(plans.ROUTINES, st.sampled_from(list(CHOICES)), st.data())
def test_a_choice_is_taken_or_the_step_stays_as_it_is(routine, name, data):
    asked = data.draw(st.sampled_from(CHOICES[name]))
    changed = routine.change_all(**{name: asked})
    for before, after in zip(routine.steps, changed.steps, strict=True):
        assert getattr(after, name) == asked or after == before
        assert after.pressure <= before.pressure
        assert after.seconds <= before.seconds
    assert len(changed.held_back) == sum(getattr(step, name) != asked for step in changed.steps)
    assert all(each.why for each in changed.held_back)
    assert changed.side_conflicts or all(routine.verdict(step).status == "allowed" for step in changed.steps)


@examples(60)
@given(plans.ROUTINES, st.data())
def test_several_values_at_once_are_each_set_or_told(routine, data):
    asked = {name: data.draw(st.sampled_from(choices)) for name, choices in CHOICES.items() if data.draw(st.booleans())}
    asked |= {name: data.draw(st.integers(*ends)) for name, ends in NUMBERS.items() if data.draw(st.booleans())}
    changed = routine.change_all(**asked)
    told = {(each.point, each.side, each.name) for each in changed.held_back}
    for step in changed.steps:
        for name, value in asked.items():
            assert (getattr(step, name) == value) != ((*step.key, name) in told)
    assert all(each.why for each in changed.held_back)
