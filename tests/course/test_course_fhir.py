"""A course in FHIR R4, for a record system: what was observed, and goals nobody has to accept."""

import json

from fhir.resources.R4B.bundle import Bundle


def resources_of(course, kind):
    return [
        each["resource"] for each in json.loads(course.to_fhir())["entry"] if each["resource"]["resourceType"] == kind
    ]


def test_a_validator_accepts_it_and_keeps_all_of_it(course):
    bundle = json.loads(course.to_fhir())
    assert json.loads(Bundle.model_validate(bundle).model_dump_json()) == bundle
    addresses = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(addresses)) == len(addresses)


def test_pain_of_each_visit_and_area_is_observed_on_its_day(course):
    pains = [each for each in resources_of(course, "Observation") if "coding" in each["code"]]
    assert len(pains) == len(course) * len(course.areas)
    hips = [each for each in pains if each["bodySite"]["text"] == "Hip, side, left"]
    assert [each["valueQuantity"]["value"] for each in hips] == [7, 6, 5, 5, 3, 2]
    assert [each["effectiveDateTime"] for each in hips] == [visit.date.isoformat() for visit in course.visits]
    assert sum("dataAbsentReason" in each for each in pains) == 1


def test_a_goal_of_pain_is_the_change_that_matters_and_only_proposed(course):
    goals = {each["description"]["text"]: each for each in resources_of(course, "Goal")}
    hip = goals["Clearly less pain than 7 of 10, Hip, side, left"]
    assert (hip["lifecycleStatus"], hip["target"][0]["detailQuantity"]["value"]) == ("proposed", 4)
    assert goals["climb the stairs"]["lifecycleStatus"] == "active"


def test_where_nothing_can_be_clearly_less_there_is_no_goal(visit, course_of):
    assert resources_of(course_of(visit(pains={"hip_side": 1, "groin": None})), "Goal") == []
