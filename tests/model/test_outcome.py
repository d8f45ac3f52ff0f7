"""What a client says at a visit: within its limits, and None where it was not asked."""

import datetime
import json

import pytest

from selfcare_kit.errors import InvalidValueError
from selfcare_kit.model.outcome import Activity, DiaryDay, Outcome, Score

DAY = datetime.date(2026, 11, 10)


def test_nothing_that_was_not_asked_is_zero():
    assert Outcome().is_empty
    assert set(Outcome().to_dict().values()) == {None}


def test_zero_is_an_answer():
    outcome = Outcome(days_done=0, change=0, activities=[Activity("stairs", 0)])
    assert not outcome.is_empty
    assert Outcome.from_dict(json.loads(json.dumps(outcome.to_dict()))) == outcome


def test_what_a_handout_may_hold_is_the_activities_alone():
    whole = Outcome(7, 5, 2, [("a", "left")], [("b", "left")], [DiaryDay(DAY)], [Activity("x", 1)], [Score("y", 1)])
    assert whole.for_client() == Outcome(activities=whole.activities)


def test_the_next_visit_asks_for_the_same_activities_and_scores_again():
    whole = Outcome(7, 5, 2, activities=[Activity("x", 1)], scores=[Score("y", 3.5, "higher")])
    assert whole.for_next_visit() == Outcome(activities=[Activity("x")], scores=[Score("y", None, "higher")])


def test_the_days_of_a_diary_are_in_order():
    later = DiaryDay(DAY + datetime.timedelta(days=2), pain=3)
    assert Outcome(diary=[later, DiaryDay(DAY)]).diary == (DiaryDay(DAY), later)


def test_a_step_named_twice_counts_once():
    assert Outcome(helped=[("a", "left"), ["a", "left"]]).helped == (("a", "left"),)


def test_spaces_and_line_ends_of_a_label_are_one_space():
    assert Activity(" climb\nthe  stairs ").label == "climb the stairs"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Outcome(days_done=True), "days_done must be a whole number from 0 to 400, got True; leave it out"),
        (lambda: Outcome(days_planned=-1), "days_planned must be a whole number from 0 to 400"),
        (lambda: Outcome(change=6), "change must be a whole number from -5 to 5, got 6"),
        (lambda: Outcome(helped="tfl_1"), r"helped must be steps, each a point with its side, got 'tfl_1'; write \["),
        (lambda: Outcome(sore=[("tfl_1", "midline")]), "side must be one of left, right, both"),
        (lambda: Outcome(activities=[Activity(str(n)) for n in range(4)]), "activities must be at most 3 of Activity"),
        (lambda: Outcome(activities={"stairs": 4}), "activities must be at most 3 of Activity, got {'stairs': 4}"),
        (lambda: Outcome(activities=[Activity("x"), Activity(" x")]), "a visit names each activity once, got 'x' twice"),
        (lambda: Outcome(diary=[DiaryDay(DAY), DiaryDay(DAY)]), "a diary has each day once, got '2026-11-10' twice"),
        (lambda: Activity(" "), "the activity must be named in 1 to 60 characters, got ' '; say what it is"),
        (lambda: Activity("x" * 61), "the activity must be named in 1 to 60 characters.*shorten it"),
        (lambda: Activity("x", 11), "the score of an activity must be a whole number from 0 to 10, got 11"),
        (lambda: Score("x", float("nan")), "the value of a score must be a number, got nan"),
        (lambda: Score("x", 1, "more"), "better must be one of lower, higher, got 'more'"),
        (lambda: DiaryDay("2026-11-10"), "a day of the diary must have a date, got '2026-11-10'"),
        (lambda: DiaryDay(DAY, done=1), "a day of the diary is done, not done or unknown, got 1"),
        (lambda: DiaryDay(DAY, pain=11), "the pain of a day must be a whole number from 0 to 10, got 11"),
        (lambda: Outcome.from_dict({"activities": [{"score": 1}]}), "each of activities holds label, score, got"),
        (lambda: Outcome.from_dict({"scores": [{"label": "x", "unit": 1}]}), "each of scores holds better, label, value"),
    ],
)  # fmt: skip
def test_a_wrong_value_gets_one_sentence(make, message):
    with pytest.raises(InvalidValueError, match=message):
        make()
