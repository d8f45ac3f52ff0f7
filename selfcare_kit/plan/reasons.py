"""Why a point is suggested, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Referral
from selfcare_kit.model.complaint import Complaint

WORDS = {
    ("primary", True): "Its pain is mainly felt in the {}",
    ("primary", False): "Its pain may mainly be felt in the {}",
    ("spillover", True): "Its pain can spread to the {}",
    ("spillover", False): "Its pain may spread to the {}",
}


def referral_reasons(hits: Sequence[Referral], names: Mapping[str, str]) -> tuple[str, ...]:
    """Say why a point is suggested: what of a complaint its pain can explain.

    Parameters
    ----------
    hits : sequence of Referral
        Its referrals that meet the complaint.
    names : mapping of str to str
        The complaint's areas, as `area_names` calls them.

    Returns
    -------
    tuple of str
        A sentence each.
    """
    reasons = [_reason(hit, names[hit.area]) for hit in hits]
    if len(hits) > 1:
        reasons.insert(0, f"It can explain {len(hits)} of the {len(names)} areas chosen.")
    return tuple(reasons)


def _reason(hit: Referral, area: str) -> str:
    doubt = "; sources disagree" if hit.disputed else "" if hit.certain else "; sources are unsure"
    known = support_words(hit.support)
    return f"{WORDS[hit.kind, hit.certain].format(area)}{doubt}{f' ({known})' if known else ''}."


def support_words(support: int | None) -> str:
    """Say how many independent sources state something.

    Parameters
    ----------
    support : int or None
        How many; None where nobody counted them.

    Returns
    -------
    str
        Such as "3 independent sources"; empty where nobody counted them.

    Examples
    --------
    >>> support_words(3), support_words(0)
    ('3 independent sources', 'no second source found')
    """
    if support is None:
        return ""
    if support == 0:
        return "no second source found"
    return f"{support} independent source{'s' if support > 1 else ''}"


def area_names(complaint: Complaint, guide: Guide) -> dict[str, str]:
    """Return what the areas of a complaint are called; with their side where it is about several.

    Parameters
    ----------
    complaint : Complaint
        Where it hurts.
    guide : Guide
        Whose areas have names.

    Returns
    -------
    dict of str to str
        By area id.
    """
    names = {each.area: guide.records.areas[each.area].client for each in complaint.areas}
    if len({each.side for each in complaint.areas}) == 1:
        return names
    told = {"both": "both sides", "midline": "midline"}
    return {each.area: f"{names[each.area]} ({told.get(each.side, each.side)})" for each in complaint.areas}
