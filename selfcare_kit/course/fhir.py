"""A course as a FHIR R4 Bundle: what was observed at each visit, and goals."""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Iterator

from selfcare_kit.course.change import clearly_less
from selfcare_kit.course.visits import Visits
from selfcare_kit.export.chart.fhir import bundle_of, fhir_json
from selfcare_kit.export.chart.labels import area_label
from selfcare_kit.export.chart.observations import PAIN, Resource, goals_of, observations_of, score_quantity, subject_of


def course_fhir(course: Visits) -> str:
    """Return a course as the JSON of a Bundle, always the same, with the client's code and no name."""
    resources = [*_observations(course), *_pain_goals(course)]
    if course.visits:
        resources += goals_of(course.visits[-1].outcome, course.code)
    return fhir_json(bundle_of((f"urn:uuid:{_id(number, each)}", each) for number, each in enumerate(resources)))


def _observations(course: Visits) -> Iterator[Resource]:
    for visit in course.visits:
        yield from observations_of(visit.complaint, visit.outcome, visit.date, course.code, course.guide)


def _pain_goals(course: Visits) -> Iterator[Resource]:
    """Yield a goal for each area, only proposed: it is the change that matters, and nobody has agreed on it yet."""
    for area, side in course.areas:
        pains = zip(course.visits, course.pains(area, side), strict=True)
        visit, first = next(((visit, pain) for visit, pain in pains if pain is not None), (None, None))
        bound = None if first is None else clearly_less(first)
        if bound is None:
            continue
        label = area_label(area, side, course.guide)
        target = {"measure": PAIN, "detailQuantity": {**score_quantity(math.floor(bound)), "comparator": "<="}}
        yield {
            "resourceType": "Goal",
            "lifecycleStatus": "proposed",
            "description": {"text": f"Clearly less pain than {first} of 10, {label}"},
            "subject": subject_of(course.code),
            "startDate": visit.date.isoformat(),
            "target": [target],
        }


def _id(number: int, resource: Resource) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"selfcare-kit course {number} {json.dumps(resource)}")
