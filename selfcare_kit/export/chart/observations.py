"""What was felt and found at a visit as FHIR R4 Observations and Goals; only pain has a code, the rest is in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from selfcare_kit.export.chart.labels import area_label, one_line
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.outcome import Outcome

Resource = dict[str, Any]

LOINC, UNITS = "http://loinc.org", "http://unitsofmeasure.org"
PAIN = {
    "coding": [
        {"system": LOINC, "code": "72514-3", "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported"}
    ]
}
SURVEY = {"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey"}
NOT_ASKED = {"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "not-asked"}
ACTIVITY_SCALE = "0 not at all to 10 as well as before"
CHANGE = "Change felt since the last visit, -5 very much worse to 5 completely recovered"


def subject_of(code: str) -> Resource:
    """Return whom a resource is about: the client's code, and never a name."""
    shown = one_line(code)
    return {"type": "Patient", **({"identifier": {"value": shown}} if shown else {"display": "Client"})}


def observations_of(
    complaint: Complaint | None, outcome: Outcome, date: datetime.date, code: str, guide: Guide
) -> Iterator[Resource]:
    """Yield an Observation for the pain of each area, each activity and score, and the time since the last visit."""
    for area in complaint.areas if complaint else ():
        site = {"text": area_label(area.area, area.side, guide)}
        yield {**_observation(PAIN, date, code), "bodySite": site, **_score(area.pain)}
    for activity in outcome.activities:
        text = f"Activity of the client's own, {ACTIVITY_SCALE}: {_named(activity.label)}"
        yield {**_observation({"text": text}, date, code), **_score(activity.score)}
    for score in outcome.scores:
        text = f"{_named(score.label)}, {score.better} is better"
        yield {**_observation({"text": text}, date, code), **_score(score.value)}
    if outcome.change is not None:
        yield {**_observation({"text": CHANGE}, date, code), **_score(outcome.change)}
    if outcome.days_done is not None:
        planned = "" if outcome.days_planned is None else f", of {outcome.days_planned} planned"
        days = {"value": outcome.days_done, "unit": "days", "system": UNITS, "code": "d"}
        what = {"text": f"Days on which the routine was done since the last visit{planned}"}
        yield {**_observation(what, date, code), "valueQuantity": days}


def goals_of(outcome: Outcome, code: str) -> Iterator[Resource]:
    """Yield a Goal for each activity that the client wants to do again, without a number that nobody agreed on."""
    for activity in outcome.activities:
        yield {
            "resourceType": "Goal",
            "lifecycleStatus": "active",
            "description": {"text": _named(activity.label)},
            "subject": subject_of(code),
        }


def score_quantity(value: float) -> Resource:
    """Return a score as a FHIR Quantity."""
    return {"value": value, "unit": "score", "system": UNITS, "code": "{score}"}


def _named(label: str) -> str:
    return one_line(label) or "not named"


def _observation(what: Resource, date: datetime.date, code: str) -> Resource:
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [{"coding": [SURVEY]}],
        "code": what,
        "subject": subject_of(code),
        "effectiveDateTime": date.isoformat(),
    }


def _score(value: float | None) -> Resource:
    if value is None:
        return {"dataAbsentReason": {"coding": [NOT_ASKED]}}
    return {"valueQuantity": score_quantity(value)}
