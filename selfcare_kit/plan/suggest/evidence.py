"""The evidence for a suggestion: which areas the point explains by which sources, and how common such points are."""

from __future__ import annotations

from dataclasses import dataclass

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Referral, Share

GRADES = ("main", "spread", "uncertain")
# In percent: a narrower range is written as its middle.
MIN_RANGE = 15
MIN_NEARLY_ALL = 95
MAX_HARDLY_ANY = 5


@dataclass(frozen=True)
class Explained:
    """An area of the complaint that a point can explain.

    Parameters
    ----------
    area : str
        The area's id.
    label : str
        The area's label.
    grade : {"main", "spread", "uncertain"}
        `main`: its primary referral; `spread`: spillover; `uncertain`: sources are unsure or disagree.
    support : int or None
        Number of independent sources; None where the guide does not count them.
    disputed : bool
        Whether sources disagree.
    note : str
        The part of the area, or why it is uncertain.
    sources : tuple of str
        Citations.
    """

    area: str
    label: str
    grade: str
    support: int | None
    disputed: bool
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Prevalence:
    """How often points of a muscle were found in people with a condition, which is no proof that they cause it.

    Parameters
    ----------
    text : str
        In words, such as "found in 4 of 10 people with low back pain, 9 studies".
    percent : tuple of float
        The lowest and the highest share.
    condition : str
        The condition of the people examined.
    people : str
        Their number, or that of the studies.
    note : str
        A remark about the number.
    sources : tuple of str
        Citations.
    """

    text: str
    percent: tuple[float, float]
    condition: str
    people: str
    note: str
    sources: tuple[str, ...]

    def __str__(self) -> str:
        return self.text


def explained_areas(referrals: tuple[Referral, ...], guide: Guide) -> tuple[Explained, ...]:
    """Return the areas of a complaint that a point explains, from its referrals that match; main areas first."""
    areas = [
        Explained(
            area=referral.area,
            label=guide.records.areas[referral.area].label,
            grade=_grade(referral),
            support=referral.support,
            disputed=referral.disputed,
            note=referral.note,
            sources=citations(referral.source, guide),
        )
        for referral in referrals
    ]
    return tuple(sorted(areas, key=lambda explained: GRADES.index(explained.grade)))


def _grade(referral: Referral) -> str:
    if referral.disputed or not referral.certain:
        return "uncertain"
    return "main" if referral.kind == "primary" else "spread"


def prevalence_of(point: str, referrals: tuple[Referral, ...], guide: Guide) -> tuple[Prevalence, ...]:
    """Return how common points of a point's muscle were in conditions of the areas that it explains."""
    muscle = guide.point_values[point].muscle_id
    areas = {referral.area for referral in referrals}
    shares = guide.records.shares_of_muscles.get(muscle, ())
    return tuple(_prevalence(share, guide) for share in shares if not areas.isdisjoint(share.areas))


def _prevalence(share: Share, guide: Guide) -> Prevalence:
    low = share.percent_low
    high = low if share.percent_high is None else share.percent_high
    found = f"a point in {share.group} was found" if share.group else "found"
    text = f"{found} in {of_ten(low, high)} people with {share.condition}, {share.people}"
    return Prevalence(text, (low, high), share.condition, share.people, share.note, citations(share.source, guide))


def of_ten(low: float, high: float) -> str:
    """Return a share of people in percent, or a range of shares, in words.

    Examples
    --------
    >>> of_ten(34, 45), of_ten(30, 55), of_ten(98, 98)
    ('4 of 10', '3 to 6 of 10', 'nearly all')
    """
    if low >= MIN_NEARLY_ALL:
        return "nearly all"
    if high < MAX_HARDLY_ANY:
        return "hardly any"
    if high - low <= MIN_RANGE:
        low = high = (low + high) / 2
    tenths = [int(share / 10 + 0.5) for share in (low, high)]
    return f"{tenths[0]} of 10" if tenths[0] == tenths[1] else f"{tenths[0]} to {tenths[1]} of 10"


def citations(keys: tuple[str, ...], guide: Guide) -> tuple[str, ...]:
    """Return the citations of some sources, each once."""
    sources = guide.records.sources
    return tuple(dict.fromkeys(sources[key].citation for key in keys if key in sources))
