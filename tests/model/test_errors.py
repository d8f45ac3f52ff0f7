"""An error says what is wrong, what is allowed, what was given and what to do next, each on its own, too."""

from __future__ import annotations

import pickle

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, DoseError, FileFormatError, InvalidValueError, Named, UnknownIdError
from selfcare_kit.model.step import Step

TOO_OFTEN = DoseError.of(
    "a point",
    "rests at least 2 days in this guide",
    given=("1 for ", Named("point", "gmed_2", "'gmed_2'")),
    advice=("raise ", Named("value", "every_days_min")),
)
SENTENCE = "a point rests at least 2 days in this guide, got 1 for 'gmed_2'; raise every_days_min."


def capital(named):
    return f"{named.kind.upper()} {named.id}"


def test_its_fields_make_one_sentence():
    assert str(TOO_OFTEN) == TOO_OFTEN.sentence() == SENTENCE


def test_a_reader_who_knows_no_ids_is_told_other_names():
    assert TOO_OFTEN.sentence(capital) == (
        "a point rests at least 2 days in this guide, got 1 for POINT gmed_2; raise VALUE every_days_min."
    )


def test_what_was_given_and_what_to_do_may_be_missing():
    assert str(BlockedError.of("the guide", "does not allow it")) == "the guide does not allow it."
    assert str(InvalidValueError.of("it", "is there", advice="say which")) == "it is there; say which."


def test_where_it_came_up_is_said_before_it():
    found = FileFormatError.in_place("r.csv, row 2", TOO_OFTEN)
    assert type(found) is FileFormatError
    assert str(found) == f"r.csv, row 2: {SENTENCE}"
    assert "POINT gmed_2" in found.sentence(capital)
    assert found.advice == TOO_OFTEN.advice
    assert str(FileFormatError.in_place("r.csv", ValueError("broken."))) == "r.csv: broken."


def test_a_sentence_alone_is_told_as_it_is():
    assert InvalidValueError("gmed_2 is wrong.").sentence(capital) == "gmed_2 is wrong."


def test_its_fields_are_kept_when_it_goes_to_another_process():
    again = pickle.loads(pickle.dumps(TOO_OFTEN))
    assert (str(again), again.sentence(capital)) == (SENTENCE, TOO_OFTEN.sentence(capital))


@pytest.mark.parametrize(
    ("error", "refused", "field", "value"),
    [
        (DoseError, lambda: kit.Routine().add("gmed_2", side="left", every_days_min=1), "advice", TOO_OFTEN.advice),
        (InvalidValueError, lambda: Step("gmed_2", "left", pressure=9), "what", Named("value", "pressure")),
        (InvalidValueError, lambda: Step("gmed_2", "up"), "given", "'up'"),
        (BlockedError, lambda: kit.Routine().add("sol_2", side="left"), "advice", "choose another point"),
        (UnknownIdError, lambda: kit.load_guide().point("x_1"), "what", "point"),
        (UnknownIdError, lambda: kit.Routine().remove("gmed_2"), "advice", "add it first"),
    ],
)
def test_what_the_planner_may_meet_carries_its_fields(error, refused, field, value):
    with pytest.raises(error) as caught:
        refused()
    assert getattr(caught.value, field) == value
    assert str(caught.value) == caught.value.sentence()


def test_a_blocked_step_knows_its_ids():
    routine = kit.Routine(screening=kit.screen(yes=["C10"]))
    with pytest.raises(BlockedError, match="tfl_1 left: hip_front is blocked by C10") as caught:
        routine.add("tfl_1", side="left")
    assert "POINT tfl_1 left: AREA hip_front is blocked by C10" in caught.value.sentence(capital)


def test_an_objection_says_which_rule_leaves_a_place_out_and_which_only_limits_how():
    screened = kit.Routine(screening=kit.screen(yes=["C10"]))
    objection = screened.verdict(Step("tfl_1", "left")).objection
    assert objection.rule.startswith("C10 (")
    assert screened.verdict(Step("tfl_1", "left")).reason == str(objection)
    light = kit.Routine(screening=kit.screen(yes=["C01"])).verdict(Step("piri_1", "left", pressure=6))
    assert (light.status, light.objection.rule, light.objection.advice) == ("changed", "", "lower it")
    assert "pressure 6 is above 3" in light.reason
