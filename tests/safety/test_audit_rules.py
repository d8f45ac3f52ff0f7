"""What the audit of November 2026 found in the rules of the built-in guide; each complaint with the right value."""

import cases
import pytest
from cases import area
from test_audit import empty

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, ReferralRequired

HEEL = {"heel": area("left", "ache", pain=4)}


def found(complaint, yes=(), agreed_by="AB", where=None):
    return kit.suggest(complaint, screening=kit.screen(yes=yes, where=where, agreed_by=agreed_by))


def best(complaint, yes=(), count=50):
    top = found(complaint, yes).top(count)
    return {step.point: step for step in kit.Routine.from_suggestions(top).steps} if len(top) else {}


def offered(complaint, yes=()):
    return {each.point: each.step for each in found(complaint, yes) if each.is_offered}


def actions(complaint):
    return {each.id: each.action for each in kit.suggest(complaint).alerts}


def goes_out(complaint, yes=(), agreed_by="", where=None):
    """Whether a page of the best five goes out."""
    suggestions = found(complaint, yes, agreed_by, where)
    routine = kit.Routine.from_suggestions(suggestions.top(5))
    try:
        routine.require_clearance()
    except ReferralRequired:
        return False
    return True


# 2: pain that radiates


def test_sharp_7_from_buttock_to_calf_asks_for_a_look_first():
    complaint = cases.COMPLAINTS["sharp 7 of 10 from buttock to calf"]
    assert "refer" in actions(complaint).values()
    assert not goes_out(complaint)
    assert goes_out(complaint, agreed_by="AB")
    assert max(step.pressure for step in best(complaint).values()) <= 3


@pytest.mark.parametrize(
    "areas",
    [
        {"thigh_outer": area("both", "sharp", pain=8), "calf_outer": area("both", "sharp", pain=8)},
        {"thigh_front": area("both", "sharp", pain=9)},
        {"buttock_center": area("both", "sharp", pain=8)},
        {"thigh_back": area("both", "ache", pain=9), "calf_back": area("both", "ache", pain=9)},
        {"thigh_front": area("both", "tingling")},
        {"thigh_front": area("both", "sharp", pain=7), "shin": area("both", "sharp", pain=6)},
    ],
)
def test_strong_or_odd_pain_in_both_legs_asks_for_a_look_first(areas):
    assert "refer" in actions(areas).values()
    assert not goes_out(areas)


# 3: what does not feel


@pytest.mark.parametrize("felt", [(["C04"], "ache"), ([], "numb"), ([], "tingling")])
def test_a_foot_that_does_not_feel_gets_fingers_lightly_and_briefly(felt):
    yes, sensation = felt
    step = offered(
        {"foot_inner": area("left", sensation)} if sensation == "ache" else {"foot_outer": area("left", sensation)}, yes
    )
    on_the_foot = {id: each for id, each in step.items() if each.area.startswith(("foot", "heel", "calf", "shin"))}
    assert on_the_foot
    assert {each.tool for each in on_the_foot.values()} == {"supported_fingers"}
    assert max(each.pressure for each in on_the_foot.values()) <= 2
    assert max(each.seconds for each in on_the_foot.values()) <= 30


@pytest.mark.parametrize("harder", [{"pressure": 3}, {"pressure": 7}, {"seconds": 120}, {"tool": "small_firm_ball"}])
def test_nobody_gives_more_to_a_foot_that_does_not_feel(harder):
    with pytest.raises(BlockedError, match="C04"):
        empty({"foot_inner": area("left", "ache")}, ["C04"]).add("abh_1", side="left", **harder)


@pytest.mark.parametrize("yes", [[], ["C04"]])
def test_a_numb_calf_is_not_scraped(yes):
    numb = {"calf_outer": area("left", "numb"), "shin": area("left", "numb")}
    fibl = offered(numb, yes)["fibl_1"]
    assert (fibl.mode, fibl.tool, fibl.pressure) == ("hold", "supported_fingers", 2)
    with pytest.raises(BlockedError):
        empty(numb, yes).add("fibl_1", side="left", mode="scrape", tool="scraping_tool")


# 4: an artificial hip


@pytest.mark.parametrize(
    "complaint", [{"calf_back": area("left", "ache", pain=4)}, {"foot_inner": area("left", "ache")}]
)
def test_an_artificial_hip_gets_nothing_that_bends_it_deep(complaint):
    steps = offered(complaint, ["C10"]).values()
    assert not {step.tool for step in steps} & {"knobbed_tool", "opposite_knee", "supported_fingers", "scraping_tool"}
    with pytest.raises(BlockedError, match="C10"):
        empty(complaint, ["C10"]).add("gas_1", side="left", tool="knobbed_tool", position="lying_on_back")
    with pytest.raises(BlockedError, match="C10"):
        empty(complaint, ["C10"]).add("abh_1", side="left", tool="supported_fingers", position="chair_sitting")


def test_an_artificial_hip_leaves_the_low_back_at_the_wall():
    assert {step.position for step in offered({"low_back": area("left", "ache")}, ["C10"]).values()} == {
        "wall_standing"
    }


# 5: initials


def test_a_swollen_calf_gets_nothing_on_its_leg_whoever_looked():
    complaint = {"calf_back": area("left", "swelling", "ache", pain=8), "thigh_back": area("left", "ache")}
    assert {step.area for step in offered(complaint).values()} <= {"buttock_center", "buttock_outer", "hip_side"}
    routine = empty(complaint)
    for point in ("bf_1", "hs_med_1", "gas_1", "ta_1", "fdb_1", "vl_4"):
        with pytest.raises(BlockedError):
            routine.add(point, side="left")
    routine.add("vl_4", side="right")


def test_a_hot_swollen_toe_stops_the_page_and_gets_nothing_beside_it():
    complaint = {"big_toe": area("right", "sharp", "burning", "swelling", pain=9)}
    assert "urgent" in actions(complaint).values()
    assert not goes_out(complaint, agreed_by="AB")
    assert not {"fhb_1", "adh_1", "abh_1"} & set(offered(complaint))


def test_a_swollen_ankle_gets_nothing_around_it():
    complaint = {"ankle_outer": area("left", "swelling", "ache", pain=8)}
    assert not {"fibt_1", "edb_1", "int_1", "int_d1"} & set(offered(complaint))


# 6: what can be lifted


@pytest.mark.parametrize("id", ["R11", "R12b", "R10b", "R11b"])
def test_one_finding_alone_asks_for_a_look_and_no_more(id):
    complaint = {**HEEL, "buttock_center": area("left", "ache")}
    with pytest.raises(ReferralRequired, match=f"a clinician has to look before .*{id} "):
        empty(HEEL, [id], agreed_by="").add("ql_s2" if id == "R10b" else "qp_1", side="left").require_clearance()
    assert goes_out(complaint, [id], agreed_by="AB")


def test_cancer_once_and_pain_that_grows_are_urgent_together():
    assert not goes_out(HEEL, ["R11", "R11b"], agreed_by="AB")
    assert kit.screen(yes=["R11", "R11b"]).action == "urgent"


# 8: the alert and what is offered


def test_a_burning_outer_thigh_gets_nothing_beside_the_asis():
    steps = offered({"thigh_outer": area("left", "burning", "numb", pain=4)})
    assert "tfl_1" not in steps
    assert max(steps[id].pressure for id in ("gmin_a", "gmed_3") if id in steps) <= 3


def test_a_tingling_sole_gets_nothing_beside_the_tarsal_tunnel():
    assert "abh_1" not in offered(cases.COMPLAINTS["a burning inner ankle and a tingling sole"])


# 11: pregnancy and thin bones


def test_pregnancy_lies_neither_on_the_back_nor_on_the_belly_and_stays_light():
    complaint = {"calf_back": area("both", "cramp", pain=5), "low_back": area("both", "ache")}
    steps = offered(complaint, ["C02"]).values()
    assert not {step.position for step in steps} & {"lying_on_back", "floor_lying"}
    assert max(step.pressure for step in steps) <= 4
    assert max(step.pressure for step in steps if step.area == "low_back") <= 3
    assert not {step.mode for step in steps} & {"scrape"}
    with pytest.raises(BlockedError, match="C02"):
        empty(complaint, ["C02"]).add("gas_1", side="left", pressure=7)


def test_thin_bones_lie_nowhere_and_stand_on_no_ball():
    complaint = {
        name: area("left", "ache") for name in ("calf_back", "buttock_center", "foot_arch", "low_back", "hip_side")
    }
    steps = offered(complaint, ["C03"]).values()
    assert not {step.position for step in steps} & {"lying_on_back", "floor_lying", "standing_foot"}
    assert max(step.pressure for step in steps) <= 4
    assert max(step.pressure for step in steps if step.area in ("low_back", "hip_side", "buttock_center")) <= 3
    for point in ("gmin_a", "ql_d1"):
        with pytest.raises(BlockedError, match="C03"):
            empty(complaint, ["C03"]).add(point, side="left", pressure=7)
    with pytest.raises(BlockedError, match="standing_foot is blocked by C03"):
        empty(complaint, ["C03"]).add("fdb_1", side="left", position="standing_foot")


# 12: the side of the hip


def test_pain_at_the_side_of_the_hip_keeps_off_the_trochanter():
    steps = offered({"hip_side": area("right", "ache", pain=6)})
    assert "vl_5" not in steps
    assert max(steps[id].pressure for id in ("gmed_2", "gmin_a")) <= 3


# 13: who cannot stop, and children


def test_a_child_is_looked_at_first_and_asked_about_by_itself():
    assert kit.screen(yes=["C28"]).action == "refer"
    assert "child" not in next(rule.question for rule in kit.load_guide().records.asked_rules if rule.id == "C26")


# 14: how strong it is


@pytest.mark.parametrize(("pain", "most"), [(None, 5), (0, 5), (6, 5), (7, 3), (10, 3)])
def test_strong_pain_gets_light_pressure(pain, most):
    steps = best({"buttock_center": area("left", "ache", pain=pain)}).values()
    assert max(step.pressure for step in steps) <= most
    assert most == 3 or max(step.pressure for step in steps) > 3


def test_sharp_pain_from_flank_to_groin_asks_for_a_look_first():
    assert not goes_out({"low_back": area("right", "sharp", pain=9), "groin": area("right", "sharp", pain=9)})


def test_one_sore_calf_asks_about_a_clot():
    alerts = kit.suggest(cases.COMPLAINTS["one calf sore after a flight"]).alerts
    assert {"R05", "R06"} <= {id for alert in alerts for id in alert.asks}


# 15: places


def test_the_inner_edge_of_the_shin_is_pressed_lightly():
    with pytest.raises(BlockedError, match="C32"):
        empty({"calf_inner": area("left", "ache")}).add("fdl_1", side="left", pressure=7)
    told = {notice.id for notice in found({"calf_inner": area("left", "ache")}).of("fdl_1").cautions}
    assert "C32" in told


@pytest.mark.parametrize(
    ("complaint", "point", "harder"),
    [
        ({"tailbone": area("midline", "ache")}, "gmax_3", {"pressure": 7}),
        ({"buttock_center": area("left", "sharp", "numb", pain=9)}, "piri_1", {"pressure": 7}),
        ({"foot_inner": area("left", "ache")}, "edb_1", {"pressure": 7}),
        ({"foot_inner": area("left", "ache")}, "abdm_1", {"pressure": 7, "position": "standing_foot"}),
        ({"calf_outer": area("left", "ache")}, "fibl_1", {"pressure": 7}),
        ({"thigh_back": area("left", "ache")}, "bf_1", {"pressure": 7, "position": "chair_sitting"}),
        ({"thigh_back": area("left", "ache")}, "bf_1", {"position": "chair_sitting"}),
        ({"foot_inner": area("left", "ache")}, "abh_1", {"pressure": 4}),
    ],
)
def test_what_lies_at_a_place_is_not_pressed_hard(complaint, point, harder):
    with pytest.raises(BlockedError):
        empty(complaint).add(point, side="left", **harder)


def test_varicose_veins_hold_the_rest_of_the_leg_to_3_of_10():
    complaint = {"calf_outer": area("left", "ache")}
    with pytest.raises(BlockedError, match="pressure 7 is above 3, the most C05"):
        empty(complaint, ["C05"], {"C05": ["calf_back"]}).add(
            "fibl_1", side="left", mode="hold", tool="knobbed_tool", pressure=7
        )


def test_poor_flow_and_a_graft_are_told_apart(guide):
    texts = guide.texts("en")
    assert "blood flow" in texts["caution.C16"]
    assert "graft" in texts["caution.C16b"]
    assert "graft" not in texts["caution.C16"]


# Gaps of section 2


def test_tingling_of_the_saddle_is_an_emergency():
    for complaint in ({"tailbone": area("midline", "tingling")}, {"buttock_lower": area("both", "tingling")}):
        assert "emergency" in actions(complaint).values()


def test_one_leg_that_hurts_on_walking_is_asked_about():
    asked = {rule.id: rule.question for rule in kit.load_guide().records.asked_rules}
    assert "both legs" not in asked["R18"]
    assert not goes_out({"buttock_center": area("left", "ache")}, ["R18"])
