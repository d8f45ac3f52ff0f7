"""A routine as a FHIR R4 CarePlan with what was felt and found at its visit, for a practice's record system.

The steps are text: the guide's tables have no codes that a record system could use.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from typing import Any

from selfcare_kit.export.chart.labels import StepLabels, complaint_label, obstacle, one_line, step_labels
from selfcare_kit.export.chart.note import advice_lines, outcome_lines, safety_lines, side_lines
from selfcare_kit.export.chart.observations import Resource, goals_of, observations_of, subject_of
from selfcare_kit.export.record.record import stable_id
from selfcare_kit.model.step import Step
from selfcare_kit.plan.plan import Plan

XHTML = "http://www.w3.org/1999/xhtml"
TITLE = "Self-massage routine"


def routine_fhir(routine: Plan) -> str:
    """Return a routine as the JSON of a FHIR R4 Bundle, always the same, with the client's code and no name."""
    return fhir_json(care_bundle(routine))


def fhir_json(resource: Resource) -> str:
    """Return a resource as a JSON file."""
    return json.dumps(resource, ensure_ascii=False, indent=2) + "\n"


def care_bundle(routine: Plan) -> Resource:
    """Return a Bundle of plain values: the CarePlan first, then what was observed and the client's own goals."""
    felt = list(observations_of(routine.complaint, routine.outcome, routine.date, routine.code, routine.guide))
    goals = list(goals_of(routine.outcome, routine.code))
    addresses = [f"urn:uuid:{stable_id(routine, f'part {number}')}" for number in range(1 + len(felt) + len(goals))]
    plan = care_plan(routine)
    if felt:
        plan["supportingInfo"] = [{"reference": address} for address in addresses[1 : 1 + len(felt)]]
    if goals:
        plan["goal"] = [{"reference": address} for address in addresses[1 + len(felt) :]]
    return bundle_of(zip(addresses, [plan, *felt, *goals], strict=True))


def bundle_of(resources: Iterable[tuple[str, Resource]]) -> Resource:
    """Return a Bundle of resources, each with its address in it."""
    entries = [{"fullUrl": address, "resource": resource} for address, resource in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def care_plan(routine: Plan) -> Resource:
    """Return a routine as a FHIR R4 CarePlan of plain values; a draft if it could not have gone to the client."""
    labels = [step_labels(step, routine.guide) for step in routine.steps]
    plan: Resource = {
        "resourceType": "CarePlan",
        "text": {"status": "generated", "div": _narrative(routine, labels)},
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{stable_id(routine, 'care plan')}"}],
        "status": "draft" if obstacle(routine) else "active",
        "intent": "plan",
        "category": [{"text": "Self-massage at home"}],
        "title": one_line(routine.title) or TITLE,
        "subject": subject_of(routine.code),
        "period": {"start": routine.date.isoformat()},
    }
    if routine.screening:
        plan["created"] = routine.screening.date.isoformat()
    if routine.complaint and routine.complaint.areas:
        conditions = (complaint_label(area, routine.guide) for area in routine.complaint.areas)
        plan["addresses"] = [{"type": "Condition", "display": text} for text in conditions]
    plan["activity"] = [
        {"detail": _detail(step, texts, routine)} for step, texts in zip(routine.steps, labels, strict=True)
    ]
    notes = (*outcome_lines(routine), *safety_lines(routine), *side_lines(routine), *advice_lines(routine))
    plan["note"] = [{"text": text} for text in notes]
    return plan


def _detail(step: Step, labels: StepLabels, routine: Plan) -> dict[str, Any]:
    repeat: dict[str, Any] = {
        "boundsPeriod": {"start": routine.date.isoformat()},
        "duration": step.total_seconds,
        "durationUnit": "s",
        "frequency": 1,
        "period": step.every_days_min,
        "periodUnit": "d",
    }
    if step.every_days_max > step.every_days_min:
        repeat["periodMax"] = step.every_days_max
    parts = [
        f"Body site: {labels.site}",
        f"Dose: {labels.work}, {labels.pressure}, light first",
        f"With: {labels.tool_and_position}",
    ]
    parts += [f"Repeat: {labels.rest}", *([f"Note to the client: {labels.note}"] if labels.note else [])]
    return {
        "kind": "ServiceRequest",
        "code": {"text": f"Self-massage, {step.mode}: {one_line(step.muscle)}"},
        "status": "not-started",
        "doNotPerform": False,
        "scheduledTiming": {"repeat": repeat},
        "description": ". ".join(part.rstrip(".") for part in parts) + ".",
    }


def _narrative(routine: Plan, labels: list[StepLabels]) -> str:
    items = "".join(f"<li>{_safe(step.site)}: {step.work}, {step.pressure}, {step.rest}</li>" for step in labels)
    return f'<div xmlns="{XHTML}"><p>{_safe(one_line(routine.title) or TITLE)}</p><ol>{items}</ol></div>'


def _safe(text: str) -> str:
    """Return a text for XHTML: escaped, without two characters that XML does not allow."""
    return escape("".join(letter for letter in text if letter not in "\ufffe\uffff"))
