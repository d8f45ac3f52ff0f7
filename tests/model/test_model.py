"""Values check themselves when they are made."""

import pytest

from selfcare_kit.errors import DoseError, InvalidValueError
from selfcare_kit.model.actions import severest
from selfcare_kit.model.complaint import AreaComplaint, Complaint
from selfcare_kit.model.dose import Dose, check_dose
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import Step


def own_area(step):
    return (step.area,)


def test_the_severest_action_wins():
    assert severest(["caution", "emergency", "refer"]) == "emergency"
    assert severest([]) == "go"


def test_both_and_midline_touch_left_and_right():
    assert sides_touched("left") == ("left",)
    assert sides_touched("both") == sides_touched("midline") == ("left", "right")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"side": "links"}, r"side must be one of left, right, both, got 'links'"),
        ({"side": "midline"}, r"side must be one of left, right, both, got 'midline'"),
        ({"mode": "rub"}, r"mode must be one of hold, sweep, scrape, got 'rub'"),
        ({"seconds": 121}, r"seconds must be a whole number from 1 to 120, got 121"),
        ({"seconds": 0}, r"seconds must be a whole number from 1 to 120, got 0"),
        ({"seconds": 60.0}, r"seconds must be a whole number from 1 to 120, got 60.0"),
        ({"seconds": True}, r"seconds must be a whole number from 1 to 120, got True"),
        ({"pressure": 8}, r"pressure must be a whole number from 1 to 7, got 8"),
        ({"every_days_min": 0}, r"every_days_min must be a whole number from 1 to 14, got 0"),
        ({"every_days_min": 3, "every_days_max": 2}, r"every_days_max must be a whole number from 3 to 14, got 2"),
        ({"note": "a\x00b"}, r"note must be text without NUL"),
        ({"note": "\ud800"}, r"note must be text without NUL or broken characters"),
        ({"note": "x" * 10_001}, r"note must have at most 10,000 characters, got 10,001"),
        ({"note": None}, r"note must be text, got None"),
        ({"tool": ["ball"]}, r"tool must be text, got \['ball'\]"),
        ({"side": "x" * 500}, r"got 'x{79}\.\.\.; choose one"),
    ],
)
def test_a_step_refuses_a_wrong_value_in_one_sentence(values, message):
    with pytest.raises(InvalidValueError, match=message):
        Step("piri_1", **{"side": "left", **values})


def test_a_step_on_both_sides_counts_twice():
    assert Step("piri_1", "both", seconds=50).total_seconds == 100


def test_a_changed_step_is_a_new_one():
    step = Step("piri_1", side="left")
    assert step.changed(seconds=90).seconds == 90
    assert step.seconds == 60


def test_only_doses_and_words_of_a_step_can_be_changed():
    with pytest.raises(InvalidValueError, match="what to change must be one of side, mode, seconds"):
        Step("piri_1", side="left").changed(point="tfl_1")


@pytest.mark.parametrize("area_seconds", [[120], [60, 60], [40, 40, 40]])
def test_steps_of_one_area_may_fill_its_time(area_seconds):
    check_dose(
        [Step(f"p{n}", side="left", seconds=s, area="low_back") for n, s in enumerate(area_seconds)], Dose(), own_area
    )


def test_steps_of_one_area_and_side_add_up_to_the_limit():
    steps = [
        Step("ql_s1", side="left", seconds=60, area="low_back"),
        Step("ql_s2", "both", seconds=61, area="low_back"),
    ]
    with pytest.raises(DoseError, match=r"at most 120 seconds in all, got 121 for low_back left with 'ql_s2'"):
        check_dose(steps, Dose(), own_area)


def test_left_and_right_have_their_own_time():
    check_dose([Step("a", "left", seconds=120, area="x"), Step("b", "right", seconds=120, area="x")], Dose(), own_area)


def test_a_guide_can_only_be_stricter_than_the_hard_limits():
    with pytest.raises(InvalidValueError, match="max_area_seconds must be a whole number from 1 to 120, got 180"):
        Dose(max_area_seconds=180)
    with pytest.raises(InvalidValueError, match="max_pressure must be a whole number from 1 to 7, got 9"):
        Dose(max_pressure=9)


def test_a_stricter_guide_is_obeyed():
    strict = Dose(max_pressure=4, default_pressure=3, every_days_min=3)
    with pytest.raises(DoseError, match="at most 90 seconds in all, got 100"):
        check_dose([Step("a", side="left", seconds=100, area="x")], Dose(max_area_seconds=90), own_area)
    with pytest.raises(DoseError, match="pressure must be at most 4 of 10 in this guide, got 5"):
        check_dose([Step("a", side="left", pressure=5, area="x")], strict, own_area)
    with pytest.raises(DoseError, match="rests at least 3 days in this guide, got 2"):
        check_dose([Step("a", side="left", pressure=3, area="x")], strict, own_area)


def test_pain_goes_from_0_to_10():
    assert AreaComplaint("groin", side="left", pain=10).pain == 10
    with pytest.raises(InvalidValueError, match="pain must be a whole number from 0 to 10, got 11"):
        AreaComplaint("groin", side="left", pain=11)


def test_an_area_stands_once_in_a_complaint():
    with pytest.raises(InvalidValueError, match="names each area once, got 'groin' twice"):
        Complaint((AreaComplaint("groin", "left"), AreaComplaint("groin", "right")))


def test_sensations_are_a_list_not_a_word():
    with pytest.raises(InvalidValueError, match="sensations must be a list such as"):
        Complaint.from_dict({"groin": {"side": "left", "sensations": "ache"}})


def test_an_unknown_detail_of_a_complaint_is_named():
    with pytest.raises(InvalidValueError, match="holds side, sensations and pain, got 'sid'"):
        Complaint.from_dict({"groin": {"sid": "left"}})
