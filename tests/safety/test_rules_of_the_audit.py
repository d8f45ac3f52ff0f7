"""What the audit found may no longer reach a client: each of its findings with the value that is right."""

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, ReferralRequired
from selfcare_kit.safety.alerts import find_alerts

CALF = ("gas_1", "gas_2", "sol_1", "sol_3", "fdl_1", "fhl_1", "fibl_1", "fibb_1")


def felt(**areas):
    """A complaint from words such as foot_top="left numb 3"."""
    told = {}
    for area, words in areas.items():
        side, *rest = words.split()
        sensations = [word for word in rest if not word.isdigit()]
        pain = next((int(word) for word in rest if word.isdigit()), None)
        told[area] = {"side": side, "sensations": sensations} | ({} if pain is None else {"pain": pain})
    return kit.load_guide().complaint(told)


def made(point, complaint=None, yes=(), **how):
    screening = kit.screen(yes=yes, agreed_by="AB")
    return kit.Routine(screening=screening, complaint=complaint).add(point, side="left", **how).steps[0]


def actions(complaint):
    return {each.id: each.action for each in find_alerts(complaint, kit.load_guide())}


@pytest.mark.parametrize("sensation", ["numb", "tingling"])
def test_a_foot_that_does_not_feel_gets_fingers_only_light_and_short(sensation):
    step = made("edb_1", felt(foot_top=f"left {sensation}"))
    assert (step.tool, step.pressure, step.seconds) == ("supported_fingers", 2, 30)


@pytest.mark.parametrize("point", CALF)
def test_a_numb_lower_leg_gets_fingers_only(point):
    step = made(point, yes=["C04"])
    assert (step.mode, step.tool, step.pressure, step.seconds) == ("hold", "supported_fingers", 2, 30)


def test_a_numb_calf_is_not_scraped():
    with pytest.raises(BlockedError):
        made("fibl_1", felt(calf_outer="left numb"), mode="scrape", tool="scraping_tool")


def test_in_pregnancy_nothing_is_done_on_the_back_or_belly_and_nothing_is_scraped():
    step = made("gas_1", yes=["C02"])
    assert (step.position, step.pressure) == ("chair_sitting", 4)
    assert made("ql_s2", yes=["C02"]).pressure == 3
    assert made("fibl_1", yes=["C02"]).mode == "hold"
    for position in ("lying_on_back", "floor_lying"):
        with pytest.raises(BlockedError):
            made("gas_1", yes=["C02"], position=position)


@pytest.mark.parametrize(
    ("point", "most"),
    [("ql_s1", 3), ("gmax_1", 4), ("fibl_1", 3), ("abh_1", 3), ("fdl_1", 3), ("gmax_3", 3), ("sol_3", 4), ("fdb_1", 4)],
)
def test_over_nerves_and_the_low_back_pressure_is_low_in_everybody(point, most):
    assert made(point).pressure == most
    with pytest.raises(BlockedError):
        made(point, pressure=most + 1)


@pytest.mark.parametrize("how", ["sharp 4", "burning 4", "ache 7"])
def test_sharp_burning_or_strong_pain_is_pressed_lightly_where_it_may_come_from(how):
    complaint = felt(thigh_outer=f"left {how}")
    assert made("vl_3", complaint).pressure == 3
    assert made("vl_3", felt(thigh_outer="left ache 6")).pressure == 5


def test_a_thigh_is_not_pressed_on_a_chair():
    assert made("bf_1").position == "wall_standing"
    with pytest.raises(BlockedError, match="C08"):
        made("bf_1", position="chair_sitting")


def test_a_swollen_calf_closes_its_whole_leg_whoever_looked():
    complaint = felt(calf_back="left swelling 4")
    for point in ("bf_1", "vl_4", "fdb_1", "gas_1"):
        with pytest.raises(BlockedError):
            made(point, complaint)
    other = kit.Routine(screening=kit.screen(agreed_by="AB"), complaint=complaint)
    assert other.add("vl_4", side="right").steps


def test_beside_a_swollen_toe_nothing_is_pressed():
    with pytest.raises(BlockedError, match="swollen toe|C13|foot_ball"):
        made("fhb_1", felt(big_toe="left swelling 5"))
    assert actions(felt(big_toe="left swelling 9"))["N17"] == "urgent"


def test_meralgia_is_not_pressed_beside_the_hip_bone():
    with pytest.raises(BlockedError, match="C19"):
        made("tfl_1", felt(thigh_outer="left burning"))
    assert made("tfl_1", felt(thigh_outer="left ache"))


def test_a_tarsal_tunnel_is_kept_off():
    for area in ("ankle_inner", "foot_arch"):
        with pytest.raises(BlockedError, match="C21"):
            made("abh_1", felt(**{area: "left burning"}))


def test_pain_at_the_side_of_the_hip_is_not_pressed_below_the_trochanter():
    with pytest.raises(BlockedError, match="C18"):
        made("vl_5", felt(hip_side="left ache"))
    assert made("gmed_2", felt(hip_side="left ache")).pressure == 3


def test_an_artificial_hip_is_not_bent_deep():
    for point in ("gas_1", "fibb_1", "edb_1", "abh_1"):
        step = None
        try:
            step = made(point, yes=["C10"])
        except BlockedError:
            continue
        assert step.tool in ("small_firm_ball", "long_handle")
    assert made("fdb_1", yes=["C10"]).tool == "small_firm_ball"
    assert made("fibl_1", yes=["C10"]).tool == "long_handle"


def test_an_unsteady_client_neither_stands_nor_lies_on_the_floor():
    assert made("gas_1", yes=["C27"]).position in ("lying_on_back", "chair_sitting")
    for point in ("tfl_1", "ql_s2"):
        with pytest.raises(BlockedError, match="C27"):
            made(point, yes=["C27"])


def test_pain_from_the_buttock_to_below_the_knee_asks_for_the_nerve_root():
    assert actions(felt(buttock_center="left ache 5", calf_back="left ache 5"))["N15"] == "caution"
    found = actions(felt(buttock_center="left sharp 7", thigh_back="left sharp 7", calf_back="left sharp 7"))
    assert (found["N15b"], found["N16b"]) == ("refer", "refer")
    assert "N15" not in actions(felt(buttock_center="left ache 5", thigh_back="left ache 5"))


def test_a_saddle_that_tingles_is_an_emergency_like_a_numb_one():
    assert actions(felt(tailbone="midline tingling"))["N09"] == "emergency"
    assert actions(felt(buttock_lower="both tingling"))["N09b"] == "emergency"
    assert "N09b" not in actions(felt(buttock_lower="left tingling"))


@pytest.mark.parametrize(
    ("area", "how"), [("thigh_front", "sharp 5"), ("thigh_front", "ache 9"), ("buttock_center", "ache 8")]
)
def test_strong_or_sharp_pain_in_both_legs_is_looked_at(area, how):
    assert "refer" in actions(felt(**{area: f"both {how}"})).values()


def test_sharp_pain_from_flank_to_groin_is_looked_at():
    assert actions(felt(low_back="right sharp 9", groin="right sharp 9"))["N19"] == "refer"


def test_pain_in_a_calf_asks_for_a_clot():
    (alert,) = find_alerts(felt(calf_back="left ache 5"), kit.load_guide())
    assert (alert.id, alert.action) == ("N18", "caution")
    assert "R05" in alert.asks


def test_cancer_in_the_past_and_a_sore_heel_can_be_looked_at_and_printed():
    heel = felt(heel="right ache 4")
    routine = kit.Routine(screening=kit.screen(yes=["R11"]), complaint=heel).add("qp_1", side="right")
    with pytest.raises(ReferralRequired):
        routine.require_clearance()
    looked = kit.screen(yes=["R11"], agreed={"R11": "breast 2009, no signs; AB"})
    kit.Routine(screening=looked, complaint=heel).add("qp_1", side="right").require_clearance()


def test_new_numbness_on_one_side_stays_a_caution():
    assert set(actions(felt(foot_top="left numb")).values()) == {"caution"}
