"""The cautions of a point, in view of the safety answers."""

from __future__ import annotations

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Point
from selfcare_kit.safety.screening import Screening


def cautions_for(point: Point, guide: Guide, screening: Screening | None) -> tuple[str, ...]:
    """Return the ids of a point's cautions, without those that were asked about and do not apply.

    Without a screening all of them are returned; anatomical ones stay, whatever was answered.
    """
    if screening is None:
        return point.cautions
    anatomical = guide.records.anatomical_rules
    return tuple(id for id in point.cautions if id in anatomical or id not in screening.answered_no)
