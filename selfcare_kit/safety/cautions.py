"""Which cautions ride along with a point."""

from __future__ import annotations

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Point
from selfcare_kit.safety.screening import Screening


def riding_cautions(point: Point, guide: Guide, screening: Screening | None) -> tuple[str, ...]:
    """Return the cautions that belong to a point, without what was asked and does not apply.

    Parameters
    ----------
    point : Point
        The point.
    guide : Guide
        Whose cautions and red flags speak.
    screening : Screening or None
        The safety answers; without them every caution of the point rides along.

    Returns
    -------
    tuple of str
        Ids. What is true of the place in everybody stays, whatever was answered.
    """
    if screening is None:
        return point.cautions
    stays = guide.records.anatomical_rules
    return tuple(id for id in point.cautions if id in stays or id not in screening.answered_no)
