"""What a page, a note or the planner says about who has reviewed it."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from selfcare_kit.guide.guide import Guide, built_in
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.languages import fill, names_in
from selfcare_kit.guide.point import Point
from selfcare_kit.review.items import STANDING, is_for, point_items
from selfcare_kit.review.states import OPEN, states_of

TEXTS = "handout.review"
# More professions than these are called clinicians.
MAX_NAMED = 2


@dataclass(frozen=True)
class Review:
    """Which points of a page clinicians have reviewed; as text, the line that the page shows.

    Parameters
    ----------
    points : tuple of str
        The points, in the order of their numbers on the page.
    reviewed : tuple of str
        Those of which each item was reviewed by somebody whose profession counts, and has not changed since.
    held : tuple of str
        Those that are held back, since a reviewer wants a change.
    professions : tuple of str
        Who reviewed them, ids of `reviewers.csv`, the most frequent first.
    day : str
        The oldest day that counts, such as "2026-11-28"; empty where nothing is reviewed.
    is_rest_reviewed : bool
        Whether the safety questions and whatever else the page says were reviewed, too.
    is_of_guide : bool
        Whether it is about all points of the guide rather than those of one page.
    guide : Guide
        Whose points they are.

    Examples
    --------
    >>> str(review_of(["piri_1", "tfl_1"]))
    'This guide has not been reviewed by a clinician yet.'
    """

    points: tuple[str, ...]
    reviewed: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    professions: tuple[str, ...] = ()
    day: str = ""
    is_rest_reviewed: bool = False
    is_of_guide: bool = False
    guide: Guide = field(kw_only=True, repr=False, compare=False)

    def __str__(self) -> str:
        return self.text(self.guide.language)

    @property
    def not_reviewed(self) -> tuple[int, ...]:
        """The numbers of the points that are not reviewed, from 1."""
        return tuple(n for n, point in enumerate(self.points, start=1) if point not in self.reviewed)

    def text(self, language: str) -> str:
        """Return the line in a language of the guide; it is never empty."""
        # A language that has no words for it says it in English: the line never vanishes.
        texts = ChainMap(self.guide.texts(language), built_in().texts("en"))
        if not self.reviewed:
            named = self.guide.reviewed_by and not self.guide.records.reviews
            key = "handout.reviewed_by" if named else "handout.not_reviewed"
            return fill(texts[key], {"reviewer": self.guide.reviewed_by})
        about = f"{TEXTS}.{'guide' if self.is_of_guide else 'page'}"
        values = {"done": len(self.points) - len(self.not_reviewed), "count": len(self.points)}
        values |= {"who": _who(self.professions, texts), "month": _month(self.day, texts)}
        said = [fill(texts[f"{about}.{self._form(values['done'])}"], values)]
        if self.not_reviewed and not self.is_of_guide:
            numbers = ", ".join(map(str, self.not_reviewed))
            said.append(fill(texts[f"{TEXTS}.page.open"], {"numbers": numbers}))
        if not self.is_rest_reviewed:
            said.append(texts[f"{TEXTS}.rest_open"])
        if _is_draft(self.guide, language):
            said.append(texts[f"{TEXTS}.translation"])
        return " ".join(said)

    def _form(self, done: int) -> str:
        """Return which of the texts says how many of the points are reviewed."""
        if not self.not_reviewed:
            return "one" if len(self.points) == 1 and not self.is_of_guide else "all"
        return "single" if done == 1 else "some"


@kept_by_guide(at_most=16)
def _is_draft(guide: Guide, language: str) -> bool:
    """Return whether nobody who speaks a language has reviewed its texts."""
    translation = guide.translation(language)
    return bool(translation.drafted_by and not translation.reviewed_by)


def review_of(points: Iterable[str] | None = None, *, guide: Guide | None = None) -> Review:
    """Say which of some points clinicians have reviewed; as text, the line that a page with them shows.

    Parameters
    ----------
    points : iterable of str, optional
        Their ids in the order of their numbers; all points of the guide when left out.
    guide : Guide, optional
        The built-in one when left out.

    Returns
    -------
    Review
        It is never empty: where nobody has reviewed anything, it says that.

    Raises
    ------
    UnknownIdError
        If the guide has no such point.

    Examples
    --------
    >>> review_of(["piri_1", "tfl_1"]).reviewed
    ()
    """
    guide = guide or built_in()
    is_of_guide = points is None
    ids = tuple(guide.point_values) if points is None else tuple(guide.point(id).id for id in points)
    states = states_of(guide)
    if not states:
        return Review(ids, is_of_guide=is_of_guide, guide=guide)
    of_points = {id: [states.get(item, OPEN) for item in point_items(id)] for id in ids}
    done = tuple(id for id, found in of_points.items() if all(each.state == "reviewed" for each in found))
    counted = [state for id in done for state in of_points[id]]
    rest = [states.get(item, OPEN) for item in items_behind(guide, ids)]
    by = Counter(each.profession for state in counted for each in state.agreed)
    return Review(
        ids,
        reviewed=done,
        held=tuple(id for id, found in of_points.items() if any(each.state == "held" for each in found)),
        professions=tuple(profession for profession, _ in by.most_common()),
        # The oldest day says no more than is true of all.
        day=min((state.day for state in counted), default=""),
        is_rest_reviewed=all(state.state == "reviewed" for state in rest),
        is_of_guide=is_of_guide,
        guide=guide,
    )


def items_behind(guide: Guide, points: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the items that a page with some points rests on, beside those of the points."""
    chosen = [guide.point(id) for id in points]
    areas = frozenset(area for point in chosen for area in (*point.areas_worked(point.mode), *point.sweeps))
    carried = {id for point in chosen for id in point.cautions}
    rules = guide.records.rules.items()
    asked = (id for id, rule in rules if id in carried or (rule.is_asked and is_for(rule, areas)))
    methods = dict.fromkeys(item for point in chosen if not point.show_only for item in _methods(point))
    standing = (f"page/{name}" for name in STANDING)
    return (*(f"rule/{id}" for id in asked), *methods, "guide/dose", *standing)


def _methods(point: Point) -> tuple[str, ...]:
    tools = tuple(f"tool/{tool}" for tool in point.tools[:1])
    return (f"technique/{point.technique}", f"position/{point.position}", *tools)


def _who(professions: tuple[str, ...], texts: Mapping[str, str]) -> str:
    clinicians = texts[f"{TEXTS}.by.several"]
    names = [texts.get(f"{TEXTS}.by.{profession}", clinicians) for profession in professions]
    if len(names) > MAX_NAMED or len(set(names)) < len(names):
        return clinicians
    return names[0] if len(names) == 1 else fill(texts[f"{TEXTS}.by.two"], {"first": names[0], "second": names[1]})


def _month(day: str, texts: Mapping[str, str]) -> str:
    year, month, _ = day.split("-")
    names = names_in(texts.get("date.months_long", ""))
    values: dict[str, Any] = {"year": year, "month": names[int(month) - 1] if len(names) == 12 else month}
    return fill(texts[f"{TEXTS}.month"], values)
