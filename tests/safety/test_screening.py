"""Answers to the safety questions, and what they stop."""

import datetime
import json
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError, UnknownIdError
from selfcare_kit.plan.dosing import own_step
from selfcare_kit.safety.screening import screening_from_dict
from selfcare_kit.safety.verdict import Judge


def objection(screening, area, **how):
    return str(Judge.of(kit.load_guide(), None, screening).area_objection(area, **how) or "")


def test_none_of_these_is_go_and_asks_everything(clear, guide):
    assert clear.action == "go"
    assert clear.blocked_areas == frozenset()
    assert set(clear.asked) == {rule.id for rule in guide.records.asked_rules}
    assert clear.date == datetime.date.today()


def test_the_guide_has_all_its_red_flags_and_cautions(guide):
    split = {10: "b", 11: "bc", 12: "b", 15: "bc", 22: "b", 24: "b"}
    flags = [f"R{n:02}{part}" for n in range(1, 28) for part in ("", *split.get(n, ""))]
    assert list(guide.rows_by_id["red_flags"]) == flags
    cautions = [f"C{n:02}{part}" for n in range(1, 34) for part in ("", *("b" if n in (10, 16) else ""))]
    assert list(guide.rows_by_id["cautions"]) == cautions


def test_no_safety_rule_changes_unseen(guide):
    """The rules as a second copy: whoever changes one changes it in two places, and says why."""
    expected = json.loads((Path(__file__).parent / "safety_rules.json").read_text())
    for table, rows in expected.items():
        found = {row["id"]: row for row in guide.table(table)}
        assert list(found) == list(rows), table
        for id, rule in rows.items():
            assert {column: found[id][column] for column in rule} == rule, (table, id)


def test_every_caution_has_a_sentence_for_the_client(guide):
    texts = guide.texts()
    assert [row["id"] for row in guide.table("cautions") if not texts.get(f"caution.{row['id']}")] == []


def test_every_question_is_asked(guide, clear):
    anatomy = {"C06", "C08", "C09", "C18", "C19", "C20", "C21", "C22", "C23", "C24", "C25", "C30", "C31", "C32"}
    derived, felt = {"R11c"}, {"C33"}
    every = {*guide.rows_by_id["red_flags"], *guide.rows_by_id["cautions"]}
    assert set(clear.asked) == every - anatomy - derived - felt
    assert all("?" in rule.question for rule in guide.records.asked_rules)


# What the clinical sources say, written down a second time on purpose: a weakened row fails here.
ACTIONS = {
    "R01": "emergency", "R02": "urgent", "R03": "urgent", "R04": "emergency", "R05": "urgent", "R06": "emergency",
    "R07": "emergency", "R08": "emergency", "R09": "urgent", "R10": "emergency", "R10b": "refer", "R11": "refer",
    "R11b": "refer", "R12": "urgent", "R12b": "refer", "R13": "urgent", "R14": "urgent", "R15": "emergency",
    "R15b": "urgent", "R15c": "refer", "R16": "emergency", "R17": "refer", "R18": "refer", "R19": "refer",
    "R20": "refer", "R21": "refer", "R22": "refer", "R22b": "emergency", "R23": "urgent", "R24": "refer",
    "R24b": "emergency", "R25": "refer", "R26": "refer", "R27": "urgent", "C15": "refer", "C28": "refer",
}  # fmt: skip


@pytest.mark.parametrize(("id", "action"), ACTIONS.items())
def test_a_red_flag_has_the_action_of_its_source(id, action):
    where = {id: ["knee_back"]} if id in ("R13", "R20", "R25", "R26", "C15") else None
    assert kit.screen(yes=[id], where=where).action == action


BLOCKED_BY = {
    "R01": "low_back foot_top", "R02": "foot_top", "R04": "hip_side", "R05": "calf_back thigh_inner",
    "R06": "low_back", "R07": "foot_top", "R08": "shin", "R09": "low_back buttock_center", "R10": "hip_side",
    "R11": "low_back", "R12": "low_back", "R14": "foot_arch", "R15": "low_back", "R16": "foot_top", "R17": "low_back",
    "R18": "calf_back buttock_center low_back", "R10b": "shin groin", "R11b": "low_back", "R12b": "low_back",
    "R15b": "low_back", "R15c": "low_back knee_back", "R21": "low_back", "R22": "hip_side", "R22b": "foot_top",
    "R23": "achilles calf_back", "R24": "thigh_front", "R24b": "low_back", "R27": "groin low_back", "R19": "foot_top", "R03": "calf_outer low_back buttock_center",
    "C05": "calf_back", "C06": "knee_back", "C07": "low_back",
    "C10": "hip_side buttock_center thigh_outer thigh_front thigh_back", "C14": "thigh_front",
    "C16": "groin calf_back", "C16b": "groin calf_back", "C28": "low_back foot_top",
    "C17": "calf_back", "C20": "groin",
}  # fmt: skip


@pytest.mark.parametrize(("id", "areas"), BLOCKED_BY.items())
def test_an_answer_blocks_the_areas_of_its_source(id, areas):
    assert set(areas.split()) <= kit.screen(yes=[id]).blocked_areas


@pytest.mark.parametrize("id", ["R13", "R20", "R25", "R26", "C10b", "C11", "C12", "C13", "C15", "C29"])
def test_an_answer_about_that_region_needs_where(id):
    with pytest.raises(InvalidValueError, match=rf"{id} .* needs the areas it is about, got none"):
        kit.screen(yes=[id])
    assert kit.screen(yes=[id], where={id: ["foot_top"]}).blocked_areas == {"foot_top"}


def test_varicose_veins_can_be_narrowed_to_where_they_are():
    found = kit.screen(yes=["C05"], where={"C05": ["calf_inner"]})
    assert found.blocked_areas == {"calf_inner"}


def test_varicose_veins_block_scraping_on_the_whole_leg_even_when_narrowed():
    found = kit.screen(yes=["C05"], where={"C05": ["calf_inner"]})
    assert "scraping_tool" in found.blocked_tools
    assert "scraping_tool is blocked on calf_outer by C05" in objection(found, "calf_outer", tool="scraping_tool")


def test_cancer_in_the_past_is_looked_at_and_with_a_sign_of_it_urgent():
    assert kit.screen(yes=["R11"]).action == "refer"
    assert "heel" not in kit.screen(yes=["R11"]).blocked_areas
    both = kit.screen(yes=["R11", "R11b"])
    assert both.action == "urgent"
    assert both.findings[0].id == "R11c"


def test_what_follows_from_two_answers_is_not_asked(clear):
    assert "R11c" not in clear.asked


@pytest.mark.parametrize("tool", ["small_firm_ball", "knobbed_tool", "massage_ball", "scraping_tool", "opposite_knee"])
def test_insensate_feet_block_firm_tools_on_the_foot(tool):
    found = kit.screen(yes=["C04"])
    assert f"{tool} is blocked on foot_arch by C04" in objection(found, "foot_arch", tool=tool)
    assert objection(found, "foot_arch", tool="supported_fingers") == ""
    assert objection(found, "low_back", tool=tool) == ""


def test_blood_thinners_mean_light_pressure_and_no_scraping():
    found = kit.screen(yes=["C01"])
    assert found.action == "caution"
    assert "lower it" in objection(found, "thigh_outer", pressure=5)
    assert objection(found, "thigh_outer", pressure=3) == ""
    assert "scraping_tool" in found.blocked_tools


def test_every_answer_that_speaks_of_an_area_can_object():
    found = kit.screen(yes=["C26", "C03", "C01"])
    assert "C03" in objection(found, "low_back", position="floor_lying")
    assert "C01" in objection(found, "foot_top", pressure=5)


def test_initials_lift_the_block_of_a_referral_but_not_of_an_emergency():
    assert kit.screen(yes=["R19"]).blocked_areas
    assert not kit.screen(yes=["R19"], agreed_by="AB").blocked_areas
    assert kit.screen(yes=["R01"], agreed_by="AB").blocked_areas
    assert kit.screen(yes=["R05"], agreed_by="AB").blocked_areas
    assert kit.screen(yes=["C10"], agreed_by="AB").blocked_areas


def test_the_severest_message_comes_first():
    found = kit.screen(yes=["C01", "R01", "R17"])
    assert [message[:3] for message in found.messages] == ["R01", "R17", "C01"]


def test_case_does_not_matter_in_an_id():
    assert kit.screen(yes=["r01"]).yes == ("R01",)


def test_an_unknown_answer_is_refused_with_what_there_is():
    with pytest.raises(UnknownIdError, match=r"a safety answer must be one of R01, R02.*got 'R99'"):
        kit.screen(yes=["R99"])


def test_where_is_only_for_an_answer_that_is_yes_and_has_a_region():
    with pytest.raises(InvalidValueError, match="got 'C12', which is not; add it to yes"):
        kit.screen(where={"C12": ["foot_top"]})
    with pytest.raises(InvalidValueError, match="got 'R01', which has fixed areas"):
        kit.screen(yes=["R01"], where={"R01": ["foot_top"]})
    with pytest.raises(UnknownIdError, match="area must be one of"):
        kit.screen(yes=["C12"], where={"C12": ["nose"]})


def test_answers_survive_being_plain_values():
    found = kit.screen(yes=["C12", "R19"], where={"C12": ["heel"]}, agreed_by="AB")
    again = screening_from_dict(found.to_dict())
    assert again == found
    assert again.blocked_areas == found.blocked_areas


def test_answers_to_another_guides_questions_are_refused():
    values = kit.screen(yes=["R19"]).to_dict()
    with pytest.raises(InvalidValueError, match="must be of guide 'hip_and_leg', got one of 'neck'; ask this guide's"):
        screening_from_dict({**values, "guide": "neck"})
    assert screening_from_dict({key: value for key, value in values.items() if key != "guide"}).yes == ("R19",)


@pytest.mark.parametrize("values", [{}, {"yes": 1}, {"date": "today", "yes": [], "asked": []}, {"where": 3}])
def test_broken_answers_are_refused(values):
    with pytest.raises(InvalidValueError, match="ask the questions again"):
        screening_from_dict(values)


@pytest.mark.parametrize("initials", [".", "?", "-", "no", "None", "n/a", "\u200b", "\u3164", "x" * 41])
def test_initials_are_those_of_somebody(initials):
    with pytest.raises(InvalidValueError, match="agreed_by must be the initials of the clinician who looked"):
        kit.screen(yes=["R17"], agreed_by=initials)
    assert kit.screen(yes=["R17"], agreed_by=" ").agreed_by == ""


def test_an_answer_cannot_be_narrowed_away():
    with pytest.raises(InvalidValueError, match=r"where of C05 must be among .* got 'low_back'"):
        kit.screen(yes=["C05"], where={"C05": ["low_back"]})
    with pytest.raises(InvalidValueError, match=r"got 'C16', which has fixed areas"):
        kit.screen(yes=["C16"], where={"C16": ["big_toe"]})


@pytest.mark.parametrize("id", ["C15", "R20"])
def test_initials_open_the_page_but_not_the_region_the_answer_is_about(id):
    found = kit.screen(yes=[id], where={id: ["low_back"]}, agreed_by="AB")
    assert found.blocked_areas == {"low_back"}
    kit.Routine(screening=found).add("tfl_1", side="left").require_clearance()


def test_answers_of_a_file_stay_as_few_as_they_were():
    few = kit.screen(asked=["R01", "C01"])
    assert screening_from_dict(few.to_dict()).asked == ("R01", "C01")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"yes": None}, "yes must be a list of ids such as"),
        ({"yes": 5}, "yes must be a list of ids such as"),
        ({"yes": [["R01"]]}, "a safety answer must be one of R01"),
        ({"where": ["C12"]}, "where must be a mapping such as"),
        ({"yes": ["C12"], "where": {"C12": 5}}, "where of C12 must be a list"),
        ({"agreed_by": 5}, "agreed_by must be text, got 5"),
        ({"date": "2026-11-23"}, "date must be a datetime.date, got '2026-11-23'"),
        ({"date": datetime.datetime(2026, 11, 23)}, "date must be a datetime.date, got datetime"),
    ],
)
def test_a_wrong_kind_of_answer_gets_one_sentence(arguments, message):
    with pytest.raises((InvalidValueError, UnknownIdError), match=message):
        kit.screen(**arguments)


def test_under_a_bruise_of_the_thigh_no_muscle_of_the_thigh_is_pressed(guide):
    blocked = kit.screen(yes=["C14"]).blocked_areas
    thigh = {"vastus_lateralis", "biceps_femoris", "semitendinosus"}
    points = [point for point in guide.point_values.values() if point.muscle_id in thigh]
    assert len(points) >= 7
    assert {point.area for point in points} <= blocked


@pytest.mark.parametrize(("id", "area"), [("R13", "calf_back"), ("R25", "thigh_outer"), ("C12", "heel")])
def test_each_of_several_findings_blocks_its_own_area(guide, id, area):
    where = {"R13": ["calf_back"], "R25": ["thigh_outer"], "C12": ["heel"]}
    judge = Judge.of(guide, None, kit.screen(yes=list(where), where=where))
    others = {other for areas in where.values() for other in areas} - {area}
    points = [
        point
        for point in guide.point_values.values()
        if not point.show_only and area in point.areas_worked("hold") and others.isdisjoint(point.areas_worked("hold"))
    ]
    assert points
    for point in points:
        objection = judge.verdict(own_step(point, "left")).objection
        assert objection.rule.startswith(f"{id} "), point.id


def test_how_a_question_was_asked_is_kept_and_comes_back(guide):
    how = {"R01": "aloud", "C12": "label", "C01": "sheet"}
    screening = kit.screen(yes=["C12"], where={"C12": ["heel"]}, how=how)
    assert screening_from_dict(screening.to_dict(), guide) == screening
    assert dict(screening.how) == how
    assert dict(screening.evaluated(guide).how) == how


def test_how_is_left_out_of_a_record_where_nobody_said_it(guide):
    assert "how" not in kit.screen().to_dict()
    assert screening_from_dict(kit.screen().to_dict(), guide).how == ()


def test_how_decides_nothing(guide):
    said = kit.screen(yes=["R01"], how={rule.id: "label" for rule in guide.records.asked_rules})
    unsaid = kit.screen(yes=["R01"])
    assert (said.findings, said.asked, said.action) == (unsaid.findings, unsaid.asked, unsaid.action)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"R01": "by phone"}, "how must be one of aloud, label, sheet, got 'by phone'"),
        ({"R99": "aloud"}, "a safety answer must be one of R01"),
    ],
)
def test_a_wrong_way_of_asking_gets_one_sentence(how, message):
    with pytest.raises((InvalidValueError, UnknownIdError), match=message):
        kit.screen(how=how)
