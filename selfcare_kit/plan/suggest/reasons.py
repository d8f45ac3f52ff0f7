"""The sentences that say why a point is suggested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Referral
from selfcare_kit.model.complaint import Complaint

# By kind of referral, and whether the sources are certain.
SENTENCES = {
    ("primary", True): "Its pain is mainly felt in the {}",
    ("primary", False): "Its pain may mainly be felt in the {}",
    ("spillover", True): "Its pain can spread to the {}",
    ("spillover", False): "Its pain may spread to the {}",
}


def referral_reasons(referrals: Sequence[Referral], area_labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return a sentence for each area of a complaint that a point can explain, and one for how many they are."""
    reasons = [_reason(referral, area_labels[referral.area]) for referral in referrals]
    if len(referrals) > 1:
        reasons.insert(0, f"It can explain {len(referrals)} of the {len(area_labels)} areas chosen.")
    return tuple(reasons)


def _reason(referral: Referral, area: str) -> str:
    doubt = "; sources disagree" if referral.disputed else "" if referral.certain else "; sources are unsure"
    support = f" ({support_text(referral.support)})" if referral.support is not None else ""
    return f"{SENTENCES[referral.kind, referral.certain].format(area)}{doubt}{support}."


def support_text(support: int) -> str:
    """Return in words how many independent sources state a referral.

    Examples
    --------
    >>> support_text(3), support_text(0)
    ('3 independent sources', 'no second source found')
    """
    if support == 0:
        return "no second source found"
    return f"{support} independent source{'s' if support > 1 else ''}"


def area_labels(complaint: Complaint, guide: Guide) -> dict[str, str]:
    """Return the client's words for the areas of a complaint, with the side where the areas differ in it."""
    labels = {each.area: guide.records.areas[each.area].client for each in complaint.areas}
    if len({each.side for each in complaint.areas}) == 1:
        return labels
    side_labels = {"both": "both sides", "midline": "midline"}
    return {each.area: f"{labels[each.area]} ({side_labels.get(each.side, each.side)})" for each in complaint.areas}
