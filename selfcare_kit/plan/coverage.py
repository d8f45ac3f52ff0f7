"""What a guide does not cover of a complaint, so that an empty or thin list never looks like a finding."""

from __future__ import annotations

from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.complaint import Complaint


def not_covered(complaint: Complaint, guide: Guide) -> dict[str, str]:
    """Return the areas of a complaint that a guide does not cover, or only in part, each with a sentence for it."""
    referred = guide.records.areas_with_points
    found = {}
    for area in dict.fromkeys(complaint.area_ids):
        lacks = guide.records.areas[area].lacks
        if lacks or area not in referred:
            found[area] = _sentence(area, lacks, area in referred, guide)
    return found


def _sentence(area: str, lacks: tuple[str, ...], is_covered_in_part: bool, guide: Guide) -> str:
    name = guide.records.areas[area].client.partition(",")[0]
    missing = f" ({', '.join(lacks)} {'is' if len(lacks) == 1 else 'are'} not in it)" if lacks else ""
    if is_covered_in_part:
        return f"This guide covers the {name} only in part{missing}."
    return f"This guide does not cover the {name}{missing}."
