"""The care plan is a FHIR R4 resource that says what the routine says, and not who the client is."""

import json
import re
from xml.etree import ElementTree

import pytest
from examples import examples
from fhir.resources.R4B.careplan import CarePlan
from hypothesis import given
from hypothesis import strategies as st

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


def plan_of(routine):
    return json.loads(routine.to_fhir())


def test_a_validator_accepts_it_and_keeps_all_of_it(routine):
    plan = plan_of(routine)
    again = CarePlan.model_validate(plan)
    assert json.loads(again.model_dump_json()) == plan


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
@given(title=TEXT, code=TEXT, note=TEXT)
def test_whatever_is_typed_the_plan_is_valid_and_its_narrative_well_formed(title, code, note):
    plan = plan_of(kit.Routine(title=title, code=code).add("ql_s2", side="left", note=note))
    CarePlan.model_validate(plan)
    narrative = ElementTree.fromstring(plan["text"]["div"])
    assert {each.tag.rpartition("}")[2] for each in narrative.iter()} == {"div", "p", "ol", "li"}
    # The standard allows no other control characters, and no empty texts.
    for text in re.findall(r'"((?:[^"\\]|\\.)*)"', json.dumps(plan)):
        assert text.strip()
        assert not re.search(r"\\u00[01]", text)
