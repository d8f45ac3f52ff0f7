"""Numb, tingling, burning, weak or swollen is told before any point."""

import pytest

import selfcare_kit as kit


def alerts(areas, side="left", **kwargs):
    return kit.suggest(areas, side, **kwargs).alerts


@pytest.mark.parametrize("sensation", ["numb", "tingling", "burning", "weak", "swelling"])
@pytest.mark.parametrize("area", ["low_back", "thigh_back", "foot_top"])
def test_an_alarming_sensation_always_brings_an_alert(sensation, area):
    assert alerts([area], sensations=[sensation])


@pytest.mark.parametrize("sensation", ["ache", "sharp", "cramp"])
def test_an_ordinary_sensation_brings_none(sensation):
    assert alerts(["thigh_outer"], sensations=[sensation]) == ()


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_weakness_is_at_least_a_referral(side):
    assert alerts(["calf_back"], side=side, sensations=["weak"])[0].action in ("refer", "urgent", "emergency")


@pytest.mark.parametrize("sensation", ["numb", "tingling"])
@pytest.mark.parametrize(
    "areas",
    [
        {"foot_top": {"side": "both"}},
        {"foot_top": {"side": "left"}, "thigh_back": {"side": "right"}},
    ],
)
def test_numb_on_both_sides_is_at_least_a_referral(sensation, areas):
    assert alerts(areas, sensations=[sensation])[0].action in ("refer", "urgent", "emergency")


def test_numb_on_one_side_is_not_yet_a_referral():
    assert {alert.action for alert in alerts(["foot_top"], sensations=["numb"])} == {"caution"}


def test_a_numb_saddle_is_an_emergency():
    found = alerts(["tailbone"], side="midline", sensations=["numb"])
    assert found[0].action == "emergency"
    assert "R01" in found[0].asks


def test_a_swollen_calf_asks_for_a_clot():
    assert "R05" in {ask for alert in alerts(["calf_back"], sensations=["swelling"]) for ask in alert.asks}


def test_a_numb_top_of_foot_names_the_nerves_that_can_do_it():
    text = " ".join(alert.text for alert in alerts(["foot_top"], sensations=["numb"]))
    assert "L5" in text
    assert "fibular" in text


def test_alerts_come_severest_first():
    found = alerts({"calf_back": {"sensations": ["weak"]}, "foot_top": {"sensations": ["numb"]}})
    ranks = [("emergency", "urgent", "refer", "caution").index(alert.action) for alert in found]
    assert ranks == sorted(ranks)


def test_only_the_area_that_is_numb_brings_the_alert():
    found = alerts({"thigh_front": {"sensations": ["ache"]}, "foot_top": {"sensations": ["numb"]}})
    assert {area for alert in found for area in alert.areas} == {"foot_top"}


def test_a_second_sensation_counts_as_much_as_the_first():
    assert alerts(["calf_back"], sensations=["ache", "weak"])[0].action == "refer"


def test_both_feet_numb_think_of_a_polyneuropathy():
    both = alerts(["foot_top"], side="both", sensations=["numb"])
    assert "N10" in {alert.id for alert in both}
    assert "N10" not in {alert.id for alert in alerts(["foot_top"], side="left", sensations=["numb"])}


def test_both_legs_numb_are_an_emergency():
    assert alerts(["calf_back"], side="both", sensations=["numb"])[0].action == "emergency"


@pytest.mark.parametrize(("left", "right"), [("numb", "tingling"), ("tingling", "numb"), ("numb", "weak")])
def test_different_alarming_sensations_on_both_sides_are_a_referral(left, right):
    areas = {
        "thigh_back": {"side": "left", "sensations": [left]},
        "foot_top": {"side": "right", "sensations": [right]},
    }
    assert alerts(areas)[0].action in ("refer", "urgent", "emergency")


@pytest.mark.parametrize("area", ["thigh_outer", "calf_back", "thigh_front"])
@pytest.mark.parametrize("sensation", ["numb", "weak"])
def test_both_legs_numb_or_weak_are_an_emergency(area, sensation):
    assert alerts([area], side="both", sensations=[sensation])[0].action == "emergency"


def test_a_numb_sacrum_belongs_to_both_sides_whatever_side_was_said():
    assert alerts(["sacrum"], side="left", sensations=["numb"])[0].action != "caution"


def test_swelling_wants_a_clinicians_look():
    assert alerts(["calf_back"], sensations=["swelling"])[0].action == "refer"
