"""How well it is known that a point fits a complaint: what it explains, who says so, and how common it is."""

from __future__ import annotations

from dataclasses import dataclass

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Referral, Share

GRADES = ("main", "spread", "uncertain")
# Shares nearer to each other than this, in percent, are told as one.
ONE_SHARE = 15
NEARLY_ALL = 95
HARDLY_ANY = 5


@dataclass(frozen=True)
class Explained:
    """An area of the complaint that a point can explain.

    Parameters
    ----------
    area : str
        The area's id.
    label : str
        What it is called.
    grade : {"main", "spread", "uncertain"}
        Where the pain is mainly felt, where it can spread, or what sources are unsure of or disagree about.
    support : int or None
        How many independent sources state it; None where the guide does not count them.
    disputed : bool
        Whether sources disagree.
    note : str
        Which part of the area, or why it is uncertain.
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
    """How often points of a muscle were found in people with a condition; that is no proof that they cause it.

    Parameters
    ----------
    text : str
        In words, such as "found in 4 of 10 people with low back pain, 9 studies".
    percent : tuple of float
        The lowest and the highest share.
    condition : str
        What the people had.
    people : str
        How many there were.
    note : str
        What to know of the number.
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


def explained(hits: tuple[Referral, ...], guide: Guide) -> tuple[Explained, ...]:
    """Return what of a complaint a point explains, from the referrals that meet it: main areas first."""
    found = [
        Explained(
            hit.area, guide.records.areas[hit.area].label, _grade(hit), hit.support, hit.disputed, hit.note,
            citations(hit.source, guide),
        )
        for hit in hits
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: GRADES.index(each.grade)))


def _grade(hit: Referral) -> str:
    if hit.disputed or not hit.certain:
        return "uncertain"
    return "main" if hit.kind == "primary" else "spread"


def prevalence_of(point: str, hits: tuple[Referral, ...], guide: Guide) -> tuple[Prevalence, ...]:
    """Return how common points of its muscle were in conditions of the areas that a point explains."""
    muscle = guide.point_values[point].muscle_id
    areas = {hit.area for hit in hits}
    shares = guide.records.shares_of_muscles.get(muscle, ())
    return tuple(_prevalence(share, guide) for share in shares if not areas.isdisjoint(share.areas))


def _prevalence(share: Share, guide: Guide) -> Prevalence:
    low = share.percent_low
    high = low if share.percent_high is None else share.percent_high
    whose = f"a point in {share.group} was found" if share.group else "found"
    text = f"{whose} in {of_ten(low, high)} people with {share.condition}, {share.people}"
    return Prevalence(text, (low, high), share.condition, share.people, share.note, citations(share.source, guide))


def of_ten(low: float, high: float) -> str:
    """Write a share of people, or a range of shares, in words.

    Parameters
    ----------
    low, high : float
        In percent.

    Returns
    -------
    str
        Such as "4 of 10".

    Examples
    --------
    >>> of_ten(34, 45), of_ten(30, 55), of_ten(98, 98)
    ('4 of 10', '3 to 6 of 10', 'nearly all')
    """
    if low >= NEARLY_ALL:
        return "nearly all"
    if high < HARDLY_ANY:
        return "hardly any"
    if high - low <= ONE_SHARE:
        low = high = (low + high) / 2
    tenths = [int(share / 10 + 0.5) for share in (low, high)]
    return f"{tenths[0]} of 10" if tenths[0] == tenths[1] else f"{tenths[0]} to {tenths[1]} of 10"


def citations(keys: tuple[str, ...], guide: Guide) -> tuple[str, ...]:
    """Return the citations of some keys of the sources, each once."""
    sources = guide.records.sources
    return tuple(dict.fromkeys(sources[key].citation for key in keys if key in sources))
