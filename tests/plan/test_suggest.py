"""Points are ranked by what they explain, with reasons, and the screening is respected."""

import shutil

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import InvalidValueError, UnknownIdError


def ids(found):
    return [each.point for each in found]


def test_the_best_point_explains_every_area(guide):
    found = kit.suggest(["buttock_center", "thigh_outer"], side="left", sensations=["ache"])
    assert any("2 of the 2 areas" in reason for reason in found[0].reasons)
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)


def support(each):
    return sum(part.support for part in each.explains)


def test_what_more_sources_state_comes_first_among_equals():
    found = kit.suggest(["buttock_center", "thigh_outer"], side="left")
    equals = [each for each in found if each.score == found.of("piri_1").score]
    assert [each.point for each in equals] == ["tfl_1", "gmax_2", "gmin_a", "piri_1"]
    assert [support(each) for each in equals] == [7, 5, 5, 3]


def test_the_guides_own_points_come_first_where_support_is_equal_too(guide):
    own = {step["point"] for step in guide.settings["template"]["steps"]}
    for area in guide.area_ids:
        found = list(kit.suggest({area: {}}, side="left" if guide.row("areas", area)["paired"] == "yes" else "midline"))
        keys = [(-each.score, -support(each), each.point not in own) for each in found]
        assert keys == sorted(keys), area


def test_a_guide_that_counts_no_sources_ranks_without_them(guide, tmp_path):
    copy = shutil.copytree(guide.folder, tmp_path / "mine")
    table = guide.referrals.drop(columns=["support", "disputed"])
    table.to_csv(copy / "referrals.csv", index=False)
    found = kit.suggest(["low_back"], side="left", guide=kit.load_guide(copy))
    assert {each.score for each in found} <= {0.5, 1.0, 2.0}
    assert "Its pain is mainly felt in the low back, beside the spine." in found[0].reasons


def test_a_primary_referral_counts_more_than_spillover():
    found = {each.point: each for each in kit.suggest(["thigh_back"], side="left")}
    assert found["gmin_p"].score > found["piri_1"].score > 0


def test_each_suggestion_says_why():
    for each in kit.suggest(["low_back", "calf_outer"], side="left"):
        assert each.reasons
        assert all(reason.endswith(".") for reason in each.reasons)


def test_an_unsure_source_is_said_and_counts_less(guide):
    row = next(row for row in guide.table("referrals") if row["certain"] == "no")
    found = {each.point: each for each in kit.suggest([row["area"]], side="left")}
    assert any("unsure" in reason for reason in found[row["point"]].reasons)


def test_the_muscle_is_its_standard_name():
    found = {each.point: each for each in kit.suggest(["calf_back"], side="left")}
    assert found["gas_1"].muscle == "gastrocnemius"


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_a_suggestion_has_the_side_of_the_area_it_explains(side):
    assert {each.side for each in kit.suggest(["thigh_outer"], side=side)} == {side}


def test_sides_of_several_areas_are_kept_apart():
    found = kit.suggest({"low_back": {"side": "left"}, "foot_ball": {"side": "right"}}, side="left")
    sides = {each.point: each.side for each in found}
    assert sides["ql_s1"] == "left"
    assert sides["fdb_1"] == "right"


def test_an_area_is_found_by_a_clients_word_and_by_any_case(guide):
    assert kit.suggest(["Thigh Outer"], side="left").complaint.area_ids == ("thigh_outer",)
    synonym = guide.row("areas", "foot_arch")["synonyms"].split(";")[0]
    assert guide.area(synonym.upper()) == "foot_arch"


def test_what_the_guide_does_not_cover_is_said_instead_of_an_empty_list():
    found = kit.suggest(["knee_inner"], side="left")
    assert len(found) == 0
    assert list(found.not_covered) == ["knee_inner"]
    assert found.message.startswith("This guide does not cover the inner side of the knee (adductors, vastus medialis")
    assert found.message in repr(found)


def test_what_it_covers_only_in_part_is_said_beside_a_thin_list():
    found = kit.suggest(["groin", "calf_back"], side="left")
    assert list(found.not_covered) == ["groin"]
    assert found.message == (
        "This guide covers the groin only in part (adductors, iliopsoas, pectineus are not in it)."
    )
    assert kit.suggest(["calf_back"], side="left").message == ""


def test_every_area_without_a_point_says_so(guide):
    referred = {row["area"] for row in guide.table("referrals")}
    for area in set(guide.area_ids) - referred:
        assert "does not cover" in kit.suggest([area], side="left").not_covered[area]


def test_a_numb_foot_is_worked_from_the_hip_down(guide):
    found = kit.suggest(["foot_top"], side="left", sensations=["numb"])
    assert found.alerts
    stages = [guide.row("areas", each.area)["stage"] for each in found]
    assert stages == sorted(stages)
    assert {"1", "2"} == set(stages)
    assert {"gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2"} <= set(ids(found))


def test_an_aching_foot_is_not_sent_to_the_hip(guide):
    found = kit.suggest(["foot_top"], side="left", sensations=["ache"])
    assert "ql_s2" not in ids(found)
    assert guide.row("areas", found[0].area)["stage"] == "2"


def test_hip_aches_and_foot_is_numb_is_the_guides_own_case(guide):
    found = kit.suggest(
        {
            "hip_side": {"side": "left", "sensations": ["ache"], "pain": 6},
            "foot_top": {"side": "left", "sensations": ["numb"]},
        },
        side="left",
    )
    assert found.alerts
    assert guide.row("areas", found[0].area)["stage"] == "1"


def test_show_only_points_are_shown_and_never_offered():
    found = kit.suggest(["knee_back"], side="left")
    status = {each.point: each.status for each in found}
    assert status["gas_3"] == status["gas_4"] == "show_only"
    assert not {"gas_3", "gas_4", "tp_1"} & set(ids(found.top(47)))


def test_a_blocked_area_blocks_its_points_and_says_why():
    screening = kit.screen(yes=["C12"], where={"C12": ["low_back"]})
    found = {each.point: each for each in kit.suggest(["low_back"], side="left", screening=screening)}
    assert found["ql_s2"].status == "blocked"
    assert "C12" in str(found["ql_s2"].cautions[0])
    assert found["gmed_2"].status != "blocked" if "gmed_2" in found else True


def test_an_emergency_blocks_every_point():
    found = kit.suggest(["low_back", "thigh_outer"], side="left", screening=kit.screen(yes=["R01"]))
    assert {each.status for each in found} <= {"blocked", "show_only"}
    assert len(found.top(5)) == 0


def test_a_tool_that_is_blocked_is_replaced_by_the_next_one():
    screening = kit.screen(yes=["C04"])
    found = {each.point: each for each in kit.suggest(["foot_top", "foot_ball"], side="left", screening=screening)}
    assert found["edb_1"].tool == "supported_fingers"
    assert found["edb_1"].status == "caution"
    assert found["fdb_1"].status == "blocked"


def test_cautions_of_the_place_ride_along():
    found = {each.point: each for each in kit.suggest(["buttock_center"], side="left")}
    assert "C08" in [notice.id for notice in found["piri_1"].cautions]


def test_a_question_answered_no_is_not_repeated_but_anatomy_is(clear):
    def riding(screening):
        found = {each.point: each for each in kit.suggest(["hip_side", "low_back"], side="left", screening=screening)}
        return {point: {notice.id for notice in found[point].cautions} for point in ("tfl_1", "ql_s2")}

    assert "C10" in riding(None)["tfl_1"]
    assert "C10" not in riding(clear)["tfl_1"]
    assert "C19" in riding(clear)["tfl_1"]
    assert "C07" in riding(clear)["ql_s2"]


def test_acupuncture_points_ride_along_as_codes():
    found = {each.point: each for each in kit.suggest(["buttock_center"], side="left")}
    assert "GB30" in found["piri_1"].acupoints


def test_top_takes_each_muscle_once_before_any_twice():
    muscles = [each.muscle for each in kit.suggest(["thigh_outer", "hip_side"], side="left").top(5)]
    assert len(muscles) == len(set(muscles)) == 5


def test_top_leaves_each_step_a_third_of_an_areas_time_at_the_least():
    for areas in (["thigh_outer"], ["low_back"], ["foot_ball", "foot_arch", "heel"], ["calf_back"]):
        routine = kit.Routine.from_suggestions(kit.suggest(areas, side="both").top(12))
        assert all(step.seconds >= 40 for step in routine.steps)


def test_best_first_tells_the_best_then_what_may_be_pressed_then_the_rest():
    found = kit.suggest(["hip_side", "calf_outer", "foot_arch"], "left", screening=kit.screen(yes=["C01", "C14"]))
    ordered = found.best_first(5)
    assert ids(ordered)[:5] == ids(found.top(5))
    assert sorted(ids(ordered)) == sorted(ids(found))
    offered = [each.is_offered for each in ordered]
    assert offered == sorted(offered, reverse=True)
    assert not all(offered)


def test_best_first_can_stop_early():
    found = kit.suggest(["hip_side", "calf_outer"], side="left")
    assert ids(found.best_first(5, most=7)) == ids(found.best_first(5))[:7]


def test_a_suggestion_is_found_by_its_point():
    found = kit.suggest(["hip_side"], side="left")
    assert [found.of(point) for point in found.points] == list(found)
    with pytest.raises(UnknownIdError, match="a suggested point must be one of .*, got 'nowhere'"):
        found.of("nowhere")


def test_top_keeps_complaint_and_screening(clear):
    found = kit.suggest(["thigh_outer"], side="left", screening=clear).top(2)
    assert found.complaint.area_ids == ("thigh_outer",)
    assert found.screening == clear


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"areas": ["thigh"]}, UnknownIdError, "area must be one of low_back, sacrum.*got 'thigh'"),
        ({"areas": ["groin"], "side": "L"}, InvalidValueError, "side must be one of left, right, both, midline"),
        (
            {"areas": ["groin"], "side": "left", "sensations": ["sore"]},
            UnknownIdError,
            "sensation must be one of ache.*got 'sore'",
        ),
        ({"areas": []}, InvalidValueError, "a complaint needs at least one area, got none"),
    ],
)
def test_a_wrong_complaint_gets_one_sentence(arguments, error, message):
    with pytest.raises(error, match=message):
        kit.suggest(**arguments)


def test_the_same_question_gets_the_same_answer():
    first, second = (
        kit.suggest(["thigh_outer", "calf_outer"], side="left"),
        kit.suggest(["thigh_outer", "calf_outer"], side="left"),
    )
    assert list(first) == list(second)


def test_a_frame_has_a_row_for_each_suggestion():
    found = kit.suggest(["thigh_outer"], side="left")
    df = found.to_frame()
    assert list(df.index) == ids(found)
    assert {"muscle", "score", "status", "reasons", "cautions"} <= set(df.columns)


def test_a_point_of_the_foot_path_has_the_side_of_the_foot():
    found = {
        each.point: each.side
        for each in kit.suggest(
            {
                "foot_top": {"side": "left", "sensations": ["numb"]},
                "hip_side": {"side": "right", "sensations": ["ache"]},
            },
            side="left",
        )
    }
    assert found["gmin_p"] == "left"
    assert found["gas_1"] == "left"
    assert found["tfl_1"] == found["piri_1"] == "both"  # their pain is felt in the side of the hip, too


def test_one_point_explains_two_areas_only_on_one_side():
    same = {each.point: each.score for each in kit.suggest(["low_back", "thigh_outer"], side="left")}
    apart = kit.suggest({"low_back": {"side": "left"}, "thigh_outer": {"side": "right"}}, side="left")
    assert same["ql_s2"] > {each.point: each.score for each in apart}["ql_s2"]


def test_where_sides_differ_the_reasons_name_them():
    found = kit.suggest({"buttock_center": {"side": "right"}, "foot_top": {"side": "left"}}, side="left")
    told = {reason for each in found for reason in each.reasons}
    assert "Its pain is mainly felt in the middle of the buttock (right) (3 independent sources)." in told
    assert "Its pain is mainly felt in the top of the foot (left) (1 independent source)." in told
    one = kit.suggest(["buttock_center"], side="right")
    assert "Its pain is mainly felt in the middle of the buttock (5 independent sources)." in one[0].reasons


def test_a_suggestion_says_at_a_glance_what_it_explains_and_how_well_that_is_known():
    each = kit.suggest(["hip_side", "thigh_front", "thigh_outer"], side="left").of("tfl_1")
    glance = [(part.area, part.grade, part.support) for part in each.explains]
    assert glance == [("hip_side", "main", 7), ("thigh_outer", "main", 7), ("thigh_front", "spread", 2)]
    assert any("Finando" in source for source in each.explains[0].sources)


def test_where_sources_disagree_the_reason_says_so(guide):
    for row in guide.table("referrals"):
        each = kit.suggest({row["area"]: {"side": "both"}}).of(row["point"])
        assert each.explains[0].disputed == (row["disputed"] == "yes")
        assert any("sources disagree" in reason for reason in each.reasons) == (row["disputed"] == "yes")
        if row["disputed"] == "yes":
            assert "ources disagree" in row["note"]
            assert each.explains[0].grade == "uncertain"


def test_a_study_that_says_how_common_it_is_is_told_with_its_source():
    each = kit.suggest(["low_back"], side="left").of("gmed_1")
    assert "Found in 4 of 10 people with low back pain, 9 studies." in each.reasons
    assert "Biomedicines 2025" in each.prevalence[0].sources[0]
    assert not kit.suggest(["groin"], side="left").of("ql_s1").prevalence


def test_what_was_counted_of_a_group_is_not_told_of_one_muscle():
    each = kit.suggest(["knee_back"], side="left").of("bf_1")
    assert str(each.prevalence[0]).startswith("a point in the hamstrings was found in 3 of 10 people")


def test_latent_points_and_those_of_the_other_side_speak_for_nothing(guide):
    shown = [
        part for area in guide.area_ids for each in kit.suggest({area: {"side": "both"}}) for part in each.prevalence
    ]
    assert shown
    assert not any(part.note.startswith("Latent") or "unaffected" in part.note.lower() for part in shown)


def test_points_that_may_only_be_shown_take_no_place_among_the_best():
    found = kit.suggest(["heel", "calf_back"], side="left")
    assert "show_only" in {each.status for each in found[:6]}
    assert len(found.top(6)) == 6
    assert all(each.is_offered for each in found.top(6))


def test_after_the_best_other_muscles_come_before_a_muscles_further_points(guide):
    found = kit.suggest(["low_back", "buttock_center"], side="left")
    offered = [each.muscle for each in found.best_first(2) if each.is_offered]
    muscles = list(dict.fromkeys(offered))
    assert offered[: len(muscles)] == muscles
    assert len(offered) > len(muscles)


def test_a_third_muscle_of_an_area_is_not_pushed_out_by_a_second_point_of_another():
    found = kit.suggest(["ankle_outer"], side="left").top(5)
    assert [each.point for each in found][:3] == ["fibl_1", "fibb_1", "fibt_1"]
    assert {each.area for each in found[:3]} == {"calf_outer"}
