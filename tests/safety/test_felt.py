"""What a client feels counts as an answer, and what lies at a place holds in everybody."""

import math

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError
from selfcare_kit.guide.cells import split
from selfcare_kit.guide.guide import Guide
from selfcare_kit.safety.findings import closed_by


def felt(sensation, *areas, side="left"):
    return {area: {"side": side, "sensations": [sensation]} for area in areas}


def actions(complaint):
    return {alert.id: alert.action for alert in kit.suggest(complaint, side="left").alerts}


def test_a_numb_foot_gets_no_firm_tool_whatever_was_answered(clear, guide):
    firm = set(split(guide.row("cautions", "C04")["blocks_tools"]))
    areas = set(split(guide.row("cautions", "C04")["areas"]))
    found = kit.suggest(felt("numb", "foot_arch", "heel", "foot_ball"), side="left", screening=clear)
    on_the_foot = [each for each in found if each.area in areas and each.is_offered]
    assert on_the_foot
    assert not firm & {each.tool for each in on_the_foot}
    with pytest.raises(BlockedError, match="small_firm_ball is blocked on foot_arch by C04"):
        kit.Routine(complaint=found.complaint, screening=clear).add("fdb_1", side="left", tool="small_firm_ball")


def test_a_step_made_before_numbness_was_told_is_made_milder_or_left_out(clear):
    made = kit.Routine(screening=clear)
    for point in ("abdm_1", "abh_1", "fdb_1"):
        made = made.add(point, side="left", seconds=60)
    complaint = kit.suggest(felt("numb", "heel"), side="left").complaint
    # The sole has no tool but firm ones, and the inner edge lies beside the tarsal tunnel.
    kept = made.adapted_to(clear, complaint=complaint).steps
    assert [(step.point, step.tool, step.pressure, step.seconds) for step in kept] == [
        ("abdm_1", "supported_fingers", 2, 30)
    ]


def test_numbness_elsewhere_leaves_the_foot_its_tools(clear):
    routine = kit.Routine(complaint=kit.suggest(felt("numb", "thigh_outer"), side="left").complaint, screening=clear)
    assert routine.add("fdb_1", side="left").steps[0].tool == "small_firm_ball"


def test_the_page_and_the_note_tell_what_numbness_asks_for(clear):
    found = kit.suggest(felt("numb", "foot_arch"), side="left", screening=clear)
    routine = kit.Routine.from_suggestions(found.top(5)).add("abdm_1")
    assert (
        "C04 Foot or lower leg that does not feel, or diabetes with nerve damage, by what is felt (caution)"
        in routine.to_note()
    )
    assert "Use only fingers there, very lightly" in routine.to_html()


@pytest.mark.parametrize("initials", ["", "AB"])
def test_the_leg_of_a_swollen_calf_is_left_out_whoever_looked(initials):
    screening = kit.screen(agreed_by=initials)
    found = kit.suggest(felt("swelling", "calf_back"), side="left", screening=screening)
    assert not [each.point for each in found if each.area == "calf_back" and each.is_offered]
    with pytest.raises(BlockedError, match="calf_back is blocked by C05"):
        kit.Routine(complaint=found.complaint, screening=screening).add("gas_1", side="left")
    for point in ("fibl_1", "vl_4", "abdm_1"):
        with pytest.raises(BlockedError, match="is blocked by C05"):
            kit.Routine(complaint=found.complaint, screening=screening).add(point, side="left")
        assert kit.Routine(complaint=found.complaint, screening=screening).add(point, side="right").steps


def test_an_answer_for_the_whole_leg_is_not_narrowed_by_what_is_felt():
    found = kit.suggest(felt("swelling", "calf_back"), side="left", screening=kit.screen(yes=["C05"]))
    assert "thigh_outer" in found.screening.blocked_areas


def test_an_answer_that_was_narrowed_holds_where_it_was_and_where_it_is_felt():
    found = kit.suggest(
        felt("swelling", "calf_back"), side="left", screening=kit.screen(yes=["C05"], where={"C05": ["thigh_outer"]})
    )
    assert found.screening.blocked_areas == {"thigh_outer", "calf_back"}


def test_initials_for_numb_feet_do_not_bring_firm_tools_back():
    screening = kit.screen(yes=["R19"], agreed_by="AB")
    with pytest.raises(BlockedError, match="small_firm_ball is blocked on foot_arch by R19"):
        kit.Routine(screening=screening).add("fdb_1", side="left", tool="small_firm_ball")


@pytest.mark.parametrize(
    ("left", "right", "id", "action"),
    [
        (felt("weak", "thigh_back"), felt("weak", "foot_top", side="right"), "N13", "emergency"),
        (felt("weak", "foot_top"), felt("weak", "ankle_front", side="right"), "N13", "emergency"),
        (felt("weak", "buttock_center"), felt("weak", "hip_side", side="right"), "N13", "emergency"),
        (felt("numb", "thigh_back"), felt("numb", "foot_top", side="right"), "N12", "emergency"),
        (felt("numb", "buttock_lower", side="both"), {}, "N12", "emergency"),
        (felt("sharp", "thigh_back"), felt("sharp", "calf_back", side="right"), "N14", "refer"),
        (felt("numb", "buttock_lower"), {}, "N11", "refer"),
        (felt("numb", "sacrum"), {}, "N11", "refer"),
    ],
)
def test_a_nerve_pattern_asks_for_what_its_source_asks(left, right, id, action):
    assert actions({**left, **right}).get(id) == action


def test_numb_feet_alone_are_no_emergency_and_one_side_is_neither():
    assert actions(felt("numb", "foot_top", "heel", side="both"))["N10"] == "refer"
    assert "N12" not in actions(felt("numb", "foot_top", "heel", side="both"))
    assert not {"N12", "N13", "N14"} & set(actions(felt("weak", "thigh_back", "calf_back", "foot_top")))


@pytest.mark.parametrize(
    ("point", "values", "message"),
    [
        ("int_d1", {"pressure": 4}, "pressure 4 is above 3, the most C22"),
        ("edb_1", {"pressure": 7}, "pressure 7 is above 3, the most C2[23]"),
        ("fibb_1", {"tool": "scraping_tool", "mode": "scrape"}, "scraping_tool is blocked on calf_outer by C23"),
        ("ql_s1", {"position": "floor_lying"}, "floor_lying is blocked by C07"),
    ],
)
@pytest.mark.parametrize("screening", [None, kit.screen()], ids=["unasked", "clear"])
def test_what_lies_at_a_place_holds_in_everybody(screening, point, values, message):
    with pytest.raises(BlockedError, match=message):
        kit.Routine(screening=screening).add(point, side="left", **values)


def test_no_point_in_a_closed_place_may_be_pressed_even_if_a_guide_offers_it(guide, tmp_path):
    import shutil

    folder = tmp_path / "own"
    shutil.copytree(guide.folder, folder)
    points = folder / "points.csv"
    text = points.read_text("utf-8")
    start = text.index("\ngas_3,")
    points.write_text(text[:start] + text[start:].replace(",yes,", ",no,", 1), "utf-8")
    with pytest.raises(BlockedError, match="gas_3 .* may be shown but not pressed: No ball or tool in the hollow"):
        kit.Routine(guide=Guide(folder)).add("gas_3", side="left")


def test_every_point_that_may_be_pressed_can_be_as_the_guide_proposes(guide, clear):
    for point in guide.point_values.values():
        if not point.show_only:
            assert closed_by(point.area, guide) is None
            kit.Routine(screening=clear).add(point.id, side="left")


def test_a_wound_is_kept_out_of_search_areas_and_lanes_that_reach_into_it():
    shin = kit.screen(yes=["C12"], where={"C12": ["shin"]})
    with pytest.raises(BlockedError, match="shin is blocked by C12"):
        kit.Routine(screening=shin).add("fibt_1", side="left")
    knee = kit.screen(yes=["C12"], where={"C12": ["knee_outer"]})
    with pytest.raises(BlockedError, match="knee_outer is blocked by C12"):
        kit.Routine(screening=knee).add("vl_4", side="left", mode="sweep")
    adapted = kit.template(side="left").adapted_to(knee)
    assert {step.point: step.mode for step in adapted.steps}["vl_4"] == "hold"


def test_only_what_the_answers_ask_for_is_changed(clear):
    chosen = kit.Routine(screening=clear).add("gmed_2", side="left", position="any", pressure=5)
    (step,) = chosen.adapted_to(kit.screen(yes=["C01"])).steps
    assert (step.pressure, step.position, step.tool) == (3, "any", chosen.steps[0].tool)


@pytest.mark.parametrize(
    ("felt_there", "answers"),
    [
        ({"knee_front": {"side": "right", "sensations": ["ache"]}}, {}),
        ({"knee_inner": {"side": "both", "sensations": ["swelling"]}}, {}),
        ({}, {"yes": ["C10b"], "where": {"C10b": ["knee_front"]}}),
        ({}, {"yes": ["C12"], "where": {"C12": ["knee_inner"]}}),
    ],
)
def test_a_calf_does_not_rest_on_a_knee_that_hurts_or_is_left_out(felt_there, answers):
    complaint = {"calf_back": {"side": "left", "sensations": ["ache"]}, **felt_there}
    found = kit.suggest(complaint, screening=kit.screen(**answers))
    assert found.of("gas_1").tool == "knobbed_tool"
    with pytest.raises(BlockedError, match="the tool opposite_knee rests on the other side, where knee_"):
        kit.Routine(complaint=found.complaint, screening=found.screening).add("gas_1", "left", tool="opposite_knee")


def test_a_calf_rests_on_the_other_knee_where_only_its_own_hurts():
    found = kit.suggest({area: {"side": "left", "sensations": ["ache"]} for area in ("calf_back", "knee_front")})
    assert found.of("gas_1").tool == "opposite_knee"


def test_with_a_hip_replacement_no_leg_is_crossed_over_the_other():
    screening = kit.screen(yes=["C10"])
    with pytest.raises(BlockedError, match="opposite_knee is blocked on calf_back by C10"):
        kit.Routine(screening=screening).add("gas_1", side="left", tool="opposite_knee")


def test_pressed_points_of_the_buttock_keep_off_the_sciatic_line_and_the_fibular_ones_off_the_head(guide):
    for point in guide.point_values.values():
        if point.id.startswith(("piri", "gmax", "gmed", "gmin")) and not point.show_only:
            assert _from_sciatic_line(guide, point.id) > 1.8, point.id
    x, y, z = (a - b for a, b in zip(_place(guide, "fibl_1").xyz, _landmark(guide, "fibular_head"), strict=True))
    assert math.hypot(x, y, z) - _place(guide, "fibl_1").uncertainty_cm >= 4


def _place(guide, id):
    from selfcare_kit.body.place.places import places_of

    return places_of(guide).of(id)[0]


def _landmark(guide, id):
    from selfcare_kit.body.place.atlas import atlas

    return tuple(atlas().landmarks.loc[id, ["x_cm", "y_cm", "z_cm"]])


def _from_sciatic_line(guide, id):
    """Distance in cm, seen from behind, from the line of C08 between PSIS, tuberosity and trochanter."""
    psis, sitting, trochanter = (
        _landmark(guide, each) for each in ("psis", "ischial_tuberosity", "greater_trochanter")
    )
    upper = [a + (b - a) / 3 for a, b in zip(psis, sitting, strict=True)]
    lower = [(a + b) / 2 for a, b in zip(trochanter, sitting, strict=True)]
    place = _place(guide, id).xyz
    along = (lower[0] - upper[0], lower[1] - upper[1])
    to = (place[0] - upper[0], place[1] - upper[1])
    share = (to[0] * along[0] + to[1] * along[1]) / (along[0] ** 2 + along[1] ** 2)
    share = min(1.0, max(0.0, share))
    return math.hypot(to[0] - share * along[0], to[1] - share * along[1])
