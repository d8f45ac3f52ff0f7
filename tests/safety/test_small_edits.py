"""Small edits of a guide, as an author makes them without a thought, and what holds of the guide then."""

import random

import cases
import edits
import promises
import pytest

import selfcare_kit as kit
from selfcare_kit.model.step import Step

# Before there was one judge, most of these made suggestions that could not be added, or best fives that could not be made.
EDITS = {
    "pregnancy keeps off the back": [("cautions", "C02", "blocks_positions", "floor_lying;lying_on_back")],
    "thin bones keep from the wall": [
        ("cautions", "C03", "blocks_positions", "floor_lying;lying_on_back;chair_sitting;any;wall_standing")
    ],
    "thin bones speak of the whole body": [("cautions", "C03", "areas", "all")],
    "a foot that does not feel gets 2 of 10": [("cautions", "C04", "max_pressure", "2")],
    "a foot that does not feel gets nothing": [
        (
            "cautions",
            "C04",
            "blocks_tools",
            "massage_ball;small_firm_ball;knobbed_tool;scraping_tool;long_handle;supported_fingers",
        )
    ],
    "a blood thinner gets 1 of 10": [("cautions", "C01", "max_pressure", "1")],
    "an artificial hip keeps from the chair": [
        ("cautions", "C10", "also_in", "calf_back;calf_inner;calf_outer;foot_top;foot_inner;shin"),
        ("cautions", "C10", "blocks_positions", "chair_sitting"),
    ],
    "an artificial hip keeps from any easy position": [
        ("cautions", "C10", "also_in", "calf_back;calf_inner;calf_outer;foot_top;foot_inner;shin"),
        ("cautions", "C10", "blocks_positions", "chair_sitting;any"),
    ],
    "2 of 10 over the artery of the foot": [("cautions", "C22", "max_pressure", "2")],
    "no knob over the nerve of the outer leg": [
        ("cautions", "C23", "blocks_tools", "scraping_tool;long_handle;knobbed_tool")
    ],
    "3 of 10 over the sciatic nerve": [("cautions", "C08", "max_pressure", "3")],
    "nothing at the wall over the sciatic nerve": [("cautions", "C08", "blocks_positions", "wall_standing")],
    "no ball on the trochanter": [("cautions", "C18", "blocks_tools", "massage_ball")],
    "nothing near the ASIS": [("cautions", "C19", "blocks_area", "yes")],
    "no knee in pregnancy": [("cautions", "C02", "blocks_tools", "opposite_knee")],
    "fibularis longus is only scraped": [("points", "fibl_1", "tools", "scraping_tool;long_handle")],
    "varicose veins are true of the place, too": [("cautions", "C05", "kind", "both")],
    "tingling is a foot that does not feel": [("sensations", "tingling", "implies", "C04")],
    "a point gets 30 s": [("points", "gas_1", "seconds", "30"), ("points", "gas_1", "max_seconds", "30")],
    "fingers only over the sciatic nerve": [
        (
            "cautions",
            "C08",
            "blocks_tools",
            "massage_ball;small_firm_ball;knobbed_tool;scraping_tool;long_handle;opposite_knee",
        )
    ],
    "a lane over its own area": [
        ("points", "vl_4", "sweeps", "thigh_outer;hip_side;hip_side"),
        ("points", "vl_4", "mode", "sweep"),
        ("points", "vl_4", "seconds", "90"),
    ],
}
ANSWERS = [
    (),
    ("C01",),
    ("C02",),
    ("C03",),
    ("C04",),
    ("C05",),
    ("C10",),
    ("C01", "C03"),
    ("C04", "C01"),
    ("C10", "C02"),
]


@pytest.mark.parametrize("name", EDITS)
def test_a_small_edit_keeps_what_is_offered_addable(guide, name):
    changed, chance = edits.with_cells(guide, *EDITS[name]), random.Random(name)
    every = [(complaint, yes) for complaint in cases.COMPLAINTS.values() for yes in ANSWERS]
    told = [
        (complaint, yes, each)
        for complaint, yes in chance.sample(every, 8)
        for each in promises.broken(changed, complaint, yes)
    ]
    assert told == []
    assert edits.problems(changed) == []


def test_a_cap_of_the_place_lowers_what_is_offered(guide):
    changed = edits.with_cells(guide, *EDITS["3 of 10 over the sciatic nerve"])
    found = kit.suggest("buttock_center", side="left", screening=kit.screen(guide=changed), guide=changed)
    offered = {each.point: each.step.pressure for each in found if each.is_offered}
    assert offered["gmax_1"] == offered["piri_1"] == 3
    assert kit.Routine.from_suggestions(found.top(5)).steps


def test_a_tool_that_is_blocked_at_the_place_gives_way_to_another(guide):
    changed = edits.with_cells(guide, *EDITS["no knob over the nerve of the outer leg"])
    routine = kit.Routine(guide=changed).add("fibt_1", side="left")
    assert routine.steps[0].tool == "supported_fingers"


def test_a_place_that_is_closed_for_everybody_is_shown_only(guide):
    changed = edits.with_cells(guide, *EDITS["nothing near the ASIS"])
    found = kit.suggest("hip_front", side="left", guide=changed)
    assert found.of("tfl_1").status == "show_only"


def test_a_point_without_any_way_is_left_out_with_the_reason(guide):
    changed = edits.with_cells(
        guide,
        *EDITS["nothing at the wall over the sciatic nerve"],
        ("techniques", "ball_hold", "positions", "wall_standing"),
    )
    found = kit.suggest("buttock_center", side="left", guide=changed)
    piri = found.of("piri_1")
    assert piri.status == "blocked"
    assert "the position wall_standing is blocked by C08" in piri.cautions[0].text


def test_a_lane_that_names_an_area_twice_counts_there_once(guide):
    changed = edits.with_cells(guide, *EDITS["a lane over its own area"])
    step = Step("vl_4", "left", mode="sweep", seconds=90)
    assert changed.areas_dosed(step) == ("thigh_outer", "hip_side")
    assert kit.Routine(guide=changed).add("vl_4", side="left").total_seconds == 90


def test_a_rule_of_the_whole_body_that_needs_a_place_blocks_that_place(guide):
    changed = edits.with_cells(guide, ("cautions", "C12", "areas", "all"))
    found = kit.screen(yes=["C12"], where={"C12": ["foot_top"]}, guide=changed)
    assert found.blocked_areas == {"foot_top"}


def test_a_limit_of_what_is_felt_holds_nothing_where_nothing_is_told(guide):
    row = {**guide.row("limits", "L13"), "id": "L99", "felt_in": "", "felt": "", "rule": "C31", "max_pressure": "1"}
    tables = {name: guide.table(name) for name in edits.schemas()}
    changed = edits.made(guide, tables | {"limits": (*guide.table("limits"), row)})
    assert kit.Routine(guide=changed).add("gmed_1", side="left").steps[0].pressure == 4
    found = kit.suggest("low_back", side="left", guide=changed)
    assert found.of("gmed_1").step.pressure == 1
