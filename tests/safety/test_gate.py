"""The one gate: nothing unsafe becomes a routine, and nothing unscreened reaches a client."""

import dataclasses
import datetime

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, InvalidValueError, ReferralRequired, UnknownIdError
from selfcare_kit.model.complaint import AreaComplaint, Complaint
from selfcare_kit.safety.screening import Screening


def test_a_screened_routine_may_go(five_steps):
    five_steps.require_clearance()


def test_no_screening_is_refused():
    with pytest.raises(kit.ScreeningRequired, match=r"needs a screening of today, got none; ask the safety questions"):
        kit.Routine().add("ql_s2", side="left").require_clearance()


def test_a_screening_of_another_day_is_refused(yesterday, five_steps):
    for date in (yesterday, datetime.date.today() + datetime.timedelta(days=1)):
        old = five_steps.with_screening(kit.screen(date=date))
        with pytest.raises(kit.ScreeningRequired, match=rf"needs a screening of today .*got one of {date}"):
            old.require_clearance()


def test_a_screening_that_left_questions_out_is_refused(five_steps):
    partial = five_steps.with_screening(kit.screen(asked=["R01"]))
    with pytest.raises(kit.ScreeningRequired, match="needs all questions .* got no answer to R02"):
        partial.require_clearance()


@pytest.mark.parametrize("point", ["gas_3", "gas_4", "tp_1"])
def test_a_show_only_point_is_refused_even_without_a_screening(point):
    with pytest.raises(BlockedError, match=rf"{point} .* may be shown but not pressed"):
        kit.Routine().add(point, side="left")


def test_an_unknown_point_is_refused_without_a_guess():
    with pytest.raises(
        UnknownIdError, match=r"point must be one of .*got 'piri_9'; see .selfcare-kit points."
    ) as error:
        kit.Routine().add("piri_9", side="left")
    assert "Did you mean" not in str(error.value)


def test_a_blocked_step_is_refused_by_add():
    routine = kit.Routine(screening=kit.screen(yes=["C07"]))
    with pytest.raises(BlockedError, match=r"ql_s2 left: low_back is blocked by C07 .*leave it out"):
        routine.add("ql_s2", side="left")


def test_a_blocked_step_is_refused_by_with_screening_naming_each(five_steps):
    with pytest.raises(BlockedError, match=r"ql_s2 left: low_back is blocked") as error:
        five_steps.with_screening(kit.screen(yes=["C07", "C10"]))
    assert "piri_1 left" in str(error.value)


def test_a_blocked_suggestion_is_refused():
    found = kit.suggest(["low_back"], side="left", screening=kit.screen(yes=["C07"]))
    blocked = [each for each in found if each.status == "blocked"]
    with pytest.raises(BlockedError, match="low_back is blocked by C07"):
        kit.Routine.from_suggestions(found[[each.point for each in found].index(blocked[0].point) :][:1])


def test_a_blocked_tool_is_refused_when_it_is_chosen():
    routine = kit.Routine(screening=kit.screen(yes=["C04"])).add("edb_1", side="left")
    with pytest.raises(BlockedError, match="the tool knobbed_tool is blocked on .* by C04"):
        routine.change("edb_1", tool="knobbed_tool")


def test_pressure_above_an_answers_limit_is_refused():
    routine = kit.Routine(screening=kit.screen(yes=["C01"])).add("piri_1", side="left")
    assert routine.steps[0].pressure == 3
    with pytest.raises(BlockedError, match="pressure 4 is above 3, the most C01"):
        routine.change("piri_1", pressure=4)


@pytest.mark.parametrize("id", ["C01", "C05"])
def test_scraping_is_refused_with_any_tool(id):
    where = {"C05": ["thigh_inner"]} if id == "C05" else None
    routine = kit.Routine(screening=kit.screen(yes=[id], where=where)).add("fibl_1", side="left")
    assert (routine.steps[0].mode, routine.steps[0].tool) == ("hold", "knobbed_tool")
    with pytest.raises(BlockedError, match=f"the mode scrape is blocked on calf_outer by {id}"):
        routine.change("fibl_1", mode="scrape")
    with pytest.raises(BlockedError, match=f"the tool long_handle is blocked on calf_outer by {id}"):
        routine.change("fibl_1", tool="long_handle")


def test_floor_work_is_refused_with_weak_bones():
    routine = kit.Routine(screening=kit.screen(yes=["C03"]))
    with pytest.raises(BlockedError, match="the position floor_lying is blocked by C03"):
        routine.add("piri_1", side="left", position="floor_lying")


R01_WAYS = {
    "fresh routine": lambda s: kit.Routine.from_suggestions(kit.suggest(["thigh_outer"], side="left", screening=s)[:3]),
    "template": lambda s: kit.template("hip_and_leg").with_screening(s),
    "a step added by hand": lambda s: kit.Routine(screening=s).add("tfl_1", side="left"),
    "replaced field": lambda s: dataclasses.replace(kit.Routine().add("tfl_1", side="left"), screening=s),
}


@pytest.mark.parametrize("way", R01_WAYS)
def test_a_cauda_equina_answer_refuses_every_way(way):
    with pytest.raises(BlockedError, match="is blocked by R01 .*cauda equina.*leave it out"):
        R01_WAYS[way](kit.screen(yes=["R01"], agreed_by="AB"))


def test_a_cauda_equina_answer_refuses_a_routine_read_from_a_file(five_steps, tmp_path):
    for name, write in (("r.csv", five_steps.to_csv), ("r.html", five_steps.to_html), ("r.json", five_steps.to_json)):
        again = kit.read_routine(write(tmp_path / name))
        with pytest.raises(BlockedError, match="is blocked by R01"):
            again.with_screening(kit.screen(yes=["R01"]))


def test_a_routine_read_from_an_older_file_needs_the_questions_again(five_steps, yesterday, tmp_path):
    old = five_steps.with_screening(kit.screen(date=yesterday))
    again = kit.read_routine(old.to_csv(tmp_path / "r.csv"))
    with pytest.raises(kit.ScreeningRequired):
        again.to_html(tmp_path / "h.html")
    assert not (tmp_path / "h.html").exists()


@pytest.mark.parametrize("id", ["R05", "R07", "R14"])
def test_an_urgent_answer_refuses_even_where_it_blocks_nothing(id):
    routine = kit.Routine(screening=kit.screen(yes=[id], agreed_by="AB")).add("ql_s2", side="left")
    with pytest.raises(
        ReferralRequired, match=rf"safety answers say (urgent|emergency), got {id}.*no agreement lifts it"
    ):
        routine.require_clearance()


def test_a_referral_needs_the_clinicians_initials():
    steps = kit.Routine(screening=kit.screen(yes=["R19"])).add("ql_s2", side="left")
    with pytest.raises(ReferralRequired, match=r"a clinician has to look .*R19.*agreed_by"):
        steps.require_clearance()
    steps.with_screening(kit.screen(yes=["R19"], agreed_by="AB")).require_clearance()


def test_a_weak_leg_needs_initials_although_no_question_was_answered_yes(clear):
    found = kit.suggest(["thigh_outer"], side="left", sensations=["weak"], screening=clear)
    routine = kit.Routine.from_suggestions(found.top(2))
    with pytest.raises(ReferralRequired, match="a clinician has to look.*weak"):
        routine.require_clearance()
    routine.with_screening(kit.screen(agreed_by="AB")).require_clearance()


def test_an_emergency_of_the_complaint_cannot_be_agreed_away():
    found = kit.suggest(["tailbone"], side="midline", sensations=["numb"], screening=kit.screen(agreed_by="AB"))
    routine = kit.Routine.from_suggestions(found.top(1))
    with pytest.raises(ReferralRequired, match="safety answers say emergency"):
        routine.require_clearance()


def test_an_empty_routine_cannot_be_written(clear):
    routine = kit.Routine(title="Empty", screening=clear)
    for write in (routine.to_csv, routine.to_html, routine.to_json, routine.figure):
        with pytest.raises(InvalidValueError, match="needs steps before it is written, got 'Empty' with none"):
            write()


def test_the_clinicians_own_files_pass_without_a_screening():
    routine = kit.Routine().add("ql_s2", side="left")
    assert "ql_s2" in routine.to_csv()
    assert "ql_s2" in routine.to_json()


FORGED = {
    "findings emptied": lambda: dataclasses.replace(kit.screen(yes=["R01"]), findings=()),
    "made by hand": lambda: Screening(yes=("R01",), asked=kit.screen().asked, guide="hip_and_leg"),
    "findings of another": lambda: dataclasses.replace(
        kit.screen(yes=["R01"]), findings=kit.screen(yes=["C26"]).findings
    ),
}


@pytest.mark.parametrize("way", FORGED)
def test_findings_that_were_tampered_with_count_for_nothing(way):
    with pytest.raises(BlockedError, match="is blocked by R01"):
        kit.Routine(screening=FORGED[way]()).add("tfl_1", side="left")
    assert {each.status for each in kit.suggest(["thigh_outer"], side="left", screening=FORGED[way]())} <= {
        "blocked",
        "show_only",
    }


@pytest.mark.parametrize("screening", ["today", {"yes": []}, True])
def test_only_a_screening_is_a_screening(screening):
    with pytest.raises(InvalidValueError, match=r"a screening must come from kit.screen"):
        kit.Routine(screening=screening).add("tfl_1", side="left")


def test_suggestions_taken_out_of_their_list_keep_complaint_and_screening(clear):
    found = kit.suggest(["tailbone"], side="midline", sensations=["numb"], screening=clear)
    for chosen in (list(found.top(2)), [each for each in found if each.is_offered], found.top(2)):
        routine = kit.Routine.from_suggestions(chosen)
        assert routine.screening == clear
        with pytest.raises(ReferralRequired, match="safety answers say emergency"):
            routine.require_clearance()


def test_a_complaint_made_by_hand_is_checked_against_the_guide():
    with pytest.raises(UnknownIdError, match="sensation must be one of ache.*got 'Numb'"):
        kit.Routine(complaint=Complaint((AreaComplaint("tailbone", "midline", ("Numb",)),)))
    with pytest.raises(InvalidValueError, match="sensations must be a list"):
        AreaComplaint("tailbone", "midline", "numb")


def test_a_forged_urgent_answer_is_judged_where_it_blocks_nothing_too():
    forged = dataclasses.replace(kit.screen(yes=["R05"]), findings=())
    routine = kit.Routine(screening=forged).add("ql_s2", side="left")
    assert [finding.id for finding in routine.screening.findings] == ["R05"]
    with pytest.raises(ReferralRequired, match="R05"):
        routine.require_clearance()


def test_suggestions_for_two_complaints_are_refused(clear):
    aching = kit.suggest(["low_back"], side="left", screening=clear).top(1)
    numb = kit.suggest(["tailbone"], side="midline", sensations=["numb"], screening=clear).top(1)
    with pytest.raises(InvalidValueError, match="must be for one complaint under one screening, got several"):
        kit.Routine.from_suggestions([aching[0], numb[0]])


def test_an_empty_tool_or_position_becomes_the_guides_own_and_is_judged():
    assert kit.Routine().add("fdb_1", side="left", tool="").steps[0].tool == "small_firm_ball"
    with pytest.raises(BlockedError, match="small_firm_ball is blocked on foot_arch by C04"):
        kit.Routine(screening=kit.screen(yes=["C04"])).add("fdb_1", side="left", tool="")
    with pytest.raises(BlockedError, match="floor_lying is blocked"):
        kit.Routine(screening=kit.screen(yes=["C02"])).add("tfl_1", side="left", position="floor_lying")


@pytest.mark.parametrize("position", ["floor_lying", "lying_on_back", "chair_sitting", "any"])
def test_weak_bones_leave_the_wall_only(position):
    with pytest.raises(BlockedError, match=f"the position {position} is blocked by C03"):
        kit.Routine(screening=kit.screen(yes=["C03"])).add("piri_1", side="left", position=position)


def test_points_over_nerves_close_to_the_skin_are_proposed_lightly(guide):
    for point in guide.point_values.values():
        if {"C22", "C23"} & set(point.cautions):
            assert point.pressure <= 3, point.id


def test_adapting_keeps_the_complaint_and_its_alarm(clear):
    found = kit.suggest(["thigh_outer"], side="left", sensations=["weak"], screening=clear)
    adapted = kit.Routine.from_suggestions(found.top(2)).adapted_to(kit.screen(yes=["C26"]))
    with pytest.raises(ReferralRequired, match="weak"):
        adapted.require_clearance()


# Answers set aside, and what a clinician looked at


def test_a_question_set_aside_is_asked_again_when_the_areas_reach_further():
    complaint = kit.suggest("heel", "left").complaint
    aside = [each.id for each in kit.questions(complaint) if not each.is_relevant]
    assert aside
    heel = kit.Routine(complaint=complaint, screening=kit.screen(not_relevant=aside)).add("fdb_1", side="left")
    heel.require_clearance()
    further = dataclasses.replace(heel, complaint=kit.suggest(["heel", "low_back"], "left").complaint)
    reopened = [each.id for each in kit.questions(further.complaint) if each.id in aside and each.is_relevant]
    with pytest.raises(kit.ScreeningRequired, match=f"got no answer to {', '.join(reopened)};"):
        further.require_clearance()
    with pytest.raises(kit.ScreeningRequired, match=f"got no answer to .*{reopened[0]}"):
        heel.add("ql_s2", side="left").require_clearance()


@pytest.mark.parametrize("id", ["R01", "C12"])
def test_what_bears_on_every_complaint_cannot_be_set_aside(id):
    with pytest.raises(InvalidValueError, match=f"{id} .* bears on every complaint, so it cannot be set aside"):
        kit.screen(not_relevant=[id])


def test_an_answer_is_not_yes_and_not_relevant_at_once():
    with pytest.raises(InvalidValueError, match="got 'R14' as yes and as not relevant"):
        kit.screen(yes=["R14"], not_relevant=["R14"])


def test_what_was_ruled_out_for_one_finding_does_not_stand_for_another():
    agreed = {"R18": "foot pulses good on both sides; AB"}
    routine = kit.Routine(screening=kit.screen(yes=["R18", "R19"], agreed=agreed)).add("ql_s2", side="left")
    with pytest.raises(ReferralRequired, match=r"a clinician has to look .*got R19") as error:
        routine.require_clearance()
    assert "R18" not in str(error.value)
    both = kit.screen(yes=["R18", "R19"], agreed={**agreed, "R19": "reflexes and vibration sense normal; AB"})
    routine.with_screening(both).require_clearance()


def test_an_alert_is_agreed_by_its_own_id():
    complaint = kit.suggest({"thigh_outer": {"side": "left", "sensations": ["weak"]}}).complaint
    for agreed, is_free in (({"weak": "power 5 of 5 in both legs; AB"}, True), ({"N13": "power 5 of 5; AB"}, False)):
        routine = kit.Routine(complaint=complaint, screening=kit.screen(agreed=agreed)).add("vl_4", side="left")
        if is_free:
            routine.require_clearance()
        else:
            with pytest.raises(ReferralRequired, match="weak"):
                routine.require_clearance()


def test_initials_for_everything_still_work_and_say_nothing_of_what_was_ruled_out():
    screening = kit.screen(yes=["R18"], agreed_by="AB")
    kit.Routine(screening=screening).add("ql_s2", side="left").require_clearance()
    assert (screening.agreement("R18"), screening.agreed) == ("AB", ())


@pytest.mark.parametrize("said", ["", "  ", "--", "no", "x" * 201, 5])
def test_nothing_is_agreed_without_words(said):
    with pytest.raises(InvalidValueError, match=r"agreed of R18|what was ruled out for R18"):
        kit.screen(yes=["R18"], agreed={"R18": said})


@pytest.mark.parametrize("id", ["C05", "C10", "R05", "R01", "C12"])
def test_what_is_blocked_stays_blocked_whoever_agreed(id):
    where = {"C12": ["calf_back"], "C05": ["calf_back"]}.get(id)
    screening = kit.screen(yes=[id], where=where and {id: where}, agreed={id: "looked at; AB"}, agreed_by="AB")
    point = "piri_1" if id == "C10" else "gas_1"
    with pytest.raises(BlockedError, match=f"is blocked by {id}"):
        kit.Routine(screening=screening).add(point, side="left")
