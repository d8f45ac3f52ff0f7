"""The areas of a complaint that a guide does not cover, so that a short list of points never looks like a finding."""

from __future__ import annotations

from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.complaint import Complaint


def not_covered(complaint: Complaint, guide: Guide) -> dict[str, str]:
    """Return the areas of a complaint that a guide does not cover, or only in part, each with a sentence about it."""
    covered = guide.records.areas_with_points
    sentences = {}
    for area in dict.fromkeys(complaint.area_ids):
        missing_muscles = guide.records.areas[area].lacks
        if missing_muscles or area not in covered:
            sentences[area] = _sentence(area, missing_muscles, area in covered, guide)
    return sentences


def _sentence(area: str, muscles: tuple[str, ...], is_covered_in_part: bool, guide: Guide) -> str:
    name = guide.records.areas[area].client.partition(",")[0]
    missing = f" ({', '.join(muscles)} {'is' if len(muscles) == 1 else 'are'} not in it)" if muscles else ""
    if is_covered_in_part:
        return f"This guide covers the {name} only in part{missing}."
    return f"This guide does not cover the {name}{missing}."
