"""The care plan is a FHIR R4 resource that says what the routine says, and not who the client is."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from examples import examples
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.careplan import CarePlan
from hypothesis import given
from hypothesis import strategies as st
from outcomes import outcomes

import selfcare_kit as kit

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)


@pytest.fixture
def routine():
    screening = kit.screen(yes=["C12", "R18"], where={"C12": ["foot_top"]}, agreed_by="AB")
    felt = {
        "hip_side": {"side": "left", "sensations": ["ache"], "pain": 6},
        "foot_top": {"side": "left", "sensations": ["numb"]},
    }
    found = kit.suggest(felt, side="left", screening=screening)
    made = kit.Routine.from_suggestions(found.top(2), title="Hip & leg", code="C-104")
    return made.add("gmed_2", side="both", seconds=45, pressure=3, every_days_min=3, note="after a <warm> shower")


def resources_of(routine, kind):
    entries = json.loads(routine.to_fhir())["entry"]
    return [entry["resource"] for entry in entries if entry["resource"]["resourceType"] == kind]


def plan_of(routine):
    (plan,) = resources_of(routine, "CarePlan")
    return plan


def test_a_validator_accepts_it_and_keeps_all_of_it(routine):
    found = routine.with_outcome(
        days_planned=7, days_done=5, change=-2, sore=["gmed_2"], activities={"climb the stairs": 4, "sleep": None},
        scores=[kit.Score("Our leg score", 12.5)],
    )  # fmt: skip
    bundle = json.loads(found.to_fhir())
    again = Bundle.model_validate(bundle)
    assert json.loads(again.model_dump_json()) == bundle
    assert bundle["entry"][0]["resource"]["resourceType"] == "CarePlan"


def test_pain_is_observed_area_by_area_and_what_was_not_asked_says_so(routine):
    hip, foot = resources_of(routine, "Observation")
    (code,) = hip["code"]["coding"]
    assert (code["system"], code["code"]) == ("http://loinc.org", "72514-3")
    assert hip["bodySite"] == {"text": "Hip, side, left"}
    assert hip["valueQuantity"]["value"] == 6
    assert hip["valueQuantity"]["code"] == "{score}"
    assert "valueQuantity" not in foot
    assert foot["dataAbsentReason"]["coding"][0]["code"] == "not-asked"
    assert {each["effectiveDateTime"] for each in (hip, foot)} == {routine.date.isoformat()}
    assert hip["subject"] == {"type": "Patient", "identifier": {"value": "C-104"}}


def test_no_pain_is_a_value_and_not_a_missing_one(guide):
    complaint = guide.complaint({"hip_side": {"side": "left", "pain": 0}})
    (observed,) = resources_of(kit.Routine(complaint=complaint).add("tfl_1"), "Observation")
    assert observed["valueQuantity"]["value"] == 0


def test_the_plan_refers_to_what_was_observed_and_to_the_clients_goals(routine):
    bundle = json.loads(routine.with_outcome(activities={"climb the stairs": 4}).to_fhir())
    kinds = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    plan = bundle["entry"][0]["resource"]
    assert len(kinds) == len(bundle["entry"])
    assert [kinds[each["reference"]] for each in plan["supportingInfo"]] == ["Observation"] * 3
    assert [kinds[each["reference"]] for each in plan["goal"]] == ["Goal"]


def test_a_goal_is_what_the_client_wants_to_do_again_without_a_number_of_our_own(routine):
    (goal,) = resources_of(routine.with_outcome(activities={"climb the stairs": 4}), "Goal")
    assert goal["description"] == {"text": "climb the stairs"}
    assert "target" not in goal


def test_without_an_activity_there_is_no_goal(routine):
    assert resources_of(routine, "Goal") == []
    assert "goal" not in plan_of(routine)


def test_the_time_since_the_last_visit_is_observed_and_told(routine):
    found = routine.with_outcome(days_planned=7, days_done=5, change=-2, sore=["gmed_2"])
    observed = {each["code"]["text"]: each["valueQuantity"]["value"] for each in resources_of(found, "Observation")[2:]}
    assert observed == {
        "Change felt since the last visit, -5 very much worse to 5 completely recovered": -2,
        "Days on which the routine was done since the last visit, of 7 planned": 5,
    }
    assert plan_of(found)["note"][0]["text"] == (
        "Since the last visit: done on 5 of 7 planned days; change felt -2 (-5 to +5); "
        "sore after: Gluteus medius, mid-crest (gmed_2), both sides."
    )


def test_the_notice_of_the_codes_is_shipped():
    notice = " ".join((Path(kit.__file__).parents[1] / "NOTICE").read_text(encoding="utf-8").split())
    assert "This material contains content from LOINC (http://loinc.org)." in notice


def test_an_empty_case_is_valid_too():
    plan = plan_of(kit.Routine().add("ql_s2", side="left"))
    CarePlan.model_validate(plan)
    assert plan["subject"] == {"type": "Patient", "display": "Client"}
    assert plan["title"] == "Self-massage routine"
    assert "addresses" not in plan
    assert "created" not in plan


def test_each_step_is_an_activity_with_site_dose_and_timing(routine):
    details = [each["detail"] for each in plan_of(routine)["activity"]]
    assert len(details) == len(routine)
    last = details[-1]
    assert last["code"]["text"] == "Self-massage, hold: gluteus medius"
    assert last["scheduledTiming"]["repeat"] == {
        "boundsPeriod": {"start": routine.date.isoformat()},
        "duration": 90, "durationUnit": "s", "frequency": 1, "period": 3, "periodUnit": "d",
    }  # fmt: skip
    assert last["description"] == (
        "Body site: Gluteus medius, mid-crest (gmed_2), both sides. Dose: hold 45 s on each side, pressure up to 3 of "
        "10, light first. With: massage ball, standing at a wall. Repeat: every 3 days. "
        "Note to the client: after a <warm> shower."
    )
    assert details[0]["scheduledTiming"]["repeat"]["periodMax"] == 3


def test_the_client_is_there_by_code_only(routine):
    plan = plan_of(routine)
    assert plan["subject"] == {"type": "Patient", "identifier": {"value": "C-104"}}


def test_complaint_findings_and_advice_are_told(routine):
    plan = plan_of(routine)
    assert [each["display"] for each in plan["addresses"]] == [
        "Hip, side, left: ache, 6 of 10",
        "Foot, top, left: numbness",
    ]
    notes = " ".join(each["text"] for each in plan["note"])
    assert "R18 Leg pain or numbness on walking, eased by rest (refer)" in notes
    assert "AB agreed for all findings: R18 (nothing said about what was ruled out)." in notes
    assert "Start with light pressure" in notes


def test_what_was_ruled_out_and_which_side_is_meant_is_told(guide):
    screening = kit.screen(yes=["R18"], agreed={"R18": "pulses good; AB"})
    complaint = guide.complaint("hip_side", "left")
    routine = kit.Routine(complaint=complaint, screening=screening).add("tfl_1", side="right").confirm_sides()
    notes = [each["text"] for each in plan_of(routine)["note"]]
    assert "R18: looked at and ruled out: pulses good; AB." in notes
    assert any(text.startswith("Meant, though nothing hurts there: Tensor fasciae latae") for text in notes)


@pytest.mark.parametrize("answers", [{}, {"yes": ["R18"], "agreed_by": "AB"}])
def test_what_could_go_to_the_client_on_the_day_of_its_screening_is_active(answers, yesterday):
    routine = kit.Routine(screening=kit.screen(**answers, date=yesterday)).add("ql_s2", side="left")
    assert plan_of(routine)["status"] == "active"


def test_what_may_not_go_to_the_client_is_a_draft(yesterday):
    felt = kit.suggest({"tailbone": {"side": "midline", "sensations": ["numb"]}}, side="left").complaint
    alarming = kit.Routine(complaint=felt, screening=kit.screen(date=yesterday)).add("ql_s2", side="left")
    assert plan_of(alarming)["status"] == "draft"
    assert plan_of(kit.Routine().add("ql_s2", side="left"))["status"] == "draft"


@examples(60)
@given(title=TEXT, code=TEXT, note=TEXT, outcome=outcomes())
def test_whatever_is_typed_the_plan_is_valid_and_its_narrative_well_formed(title, code, note, outcome):
    routine = kit.Routine(title=title, code=code, outcome=outcome).add("ql_s2", side="left", note=note)
    Bundle.model_validate_json(routine.to_fhir())
    plan = plan_of(routine)
    narrative = ElementTree.fromstring(plan["text"]["div"])
    assert {each.tag.rpartition("}")[2] for each in narrative.iter()} == {"div", "p", "ol", "li"}
    # The standard allows no other control characters, and no empty texts.
    for text in re.findall(r'"((?:[^"\\]|\\.)*)"', routine.to_fhir()):
        assert text.strip()
        assert not re.search(r"\\u00[01]", text)
