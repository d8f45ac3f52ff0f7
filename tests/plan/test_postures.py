"""Steps of one posture can be put together, and nothing else is moved."""

import plans
import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

import selfcare_kit as kit

POINTS = ("gmed_2", "piri_1", "tfl_1", "vl_3", "fibb_1", "gas_1")
WALL, FLOOR, CHAIR, BACK, ANY = "wall_standing", "floor_lying", "chair_sitting", "lying_on_back", "any"


def in_positions(*positions):
    routine = kit.Routine()
    for point, position in zip(POINTS, positions, strict=False):
        routine = routine.add(point, side="left", position=position)
    return routine


def positions_of(routine):
    return [step.position for step in routine.steps]


@pytest.mark.parametrize(
    ("positions", "count"),
    [((), 0), ((ANY, ANY), 0), ((WALL, ANY, WALL), 0), ((WALL, FLOOR, WALL), 2), ((FLOOR, BACK, CHAIR), 1)],
)
def test_changes_of_posture_are_counted(positions, count):
    assert in_positions(*positions).position_changes == count


def test_steps_of_a_posture_come_together_in_their_order():
    grouped = in_positions(WALL, FLOOR, CHAIR, WALL, BACK).grouped_by_position()
    assert positions_of(grouped) == [WALL, WALL, FLOOR, BACK, CHAIR]
    assert [step.point for step in grouped.steps] == ["gmed_2", "vl_3", "piri_1", "fibb_1", "tfl_1"]
    assert type(grouped) is kit.Routine


def test_a_step_in_any_position_stays_with_the_one_before_it():
    assert positions_of(in_positions(ANY, WALL, FLOOR, ANY, WALL).grouped_by_position()) == [
        ANY,
        WALL,
        WALL,
        FLOOR,
        ANY,
    ]


def test_grouping_answers_the_hint():
    routine = in_positions(WALL, FLOOR, WALL)
    assert any("put steps of the same position together" in hint for hint in routine.hints)
    assert not any("same position" in hint for hint in routine.grouped_by_position().hints)


@examples(80)
@given(st.lists(st.sampled_from((WALL, FLOOR, CHAIR, BACK, ANY)), max_size=6))
def test_as_few_changes_are_left_as_there_can_be_and_then_nothing_moves(positions):
    routine = in_positions(*positions)
    grouped = routine.grouped_by_position()
    postures = {plans.GUIDE.records.positions[position].posture for position in positions} - {"any"}
    assert grouped.position_changes == max(len(postures) - 1, 0)
    assert sorted(step.point for step in grouped.steps) == sorted(step.point for step in routine.steps)
    assert grouped.grouped_by_position() == grouped
    if routine.position_changes == grouped.position_changes:
        assert grouped == routine
