"""How far each item of a guide is reviewed, and which points are held back.

The last word of a reviewer on an item counts, if the item still says what was read. One wish for a change outweighs
every agreement, whoever has it; an agreement counts only from a profession that `reviewers.csv` lets count.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from selfcare_kit.errors import GuideError, quoted
from selfcare_kit.guide.guide import Guide, built_in
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.records import ItemReview, Reviewer

if TYPE_CHECKING:
    from selfcare_kit.review.items import Item

State = Literal["reviewed", "held", "stale", "open"]
PART_WORDS = {
    "place": "place",
    "areas": "pain areas",
    "words": "words for the client",
    "work": "dose, tools or cautions",
}


class ItemState(NamedTuple):
    """How far an item is reviewed, and by which rows of `reviews.csv`.

    `reviewed`: somebody whose profession counts agrees; `held`: somebody wants a change; `stale`: it was agreed to, and
    has changed since; `open`: none of these.
    """

    state: State
    agreed: tuple[ItemReview, ...] = ()
    wanted: tuple[ItemReview, ...] = ()

    @property
    def day(self) -> str:
        """The last day on which somebody agreed; empty for none."""
        return max((each.day for each in self.agreed), default="")


OPEN = ItemState("open")


def reviewers_of(guide: Guide) -> tuple[Reviewer, ...]:
    """Return the professions that may review a guide; those of the built-in one where it names none."""
    return guide.records.reviewers or built_in().records.reviewers


@kept_by_guide(at_most=1)
def states_of(guide: Guide) -> Mapping[str, ItemState]:
    """Return the state of each item that somebody has reviewed, by its id; every other item is open."""
    if not guide.records.reviews:
        return {}
    # A late import, here and below: a guide without answers needs no item, and a cold start has a bar.
    from selfcare_kit.review.items import items_of

    by_item: dict[str, dict[tuple[str, str], ItemReview]] = {}
    for review in _by_day(guide.records.reviews):
        # A later word on the same wording, or on a newer one, replaces the reviewer's earlier one.
        by_item.setdefault(review.item, {})[review.reviewer, review.profession] = review
    counts_for = {each.profession: each.counts_for for each in reviewers_of(guide)}
    items = items_of(guide)
    return {id: _state_of(items[id], last.values(), counts_for) for id, last in by_item.items() if id in items}


def _state_of(item: Item, last: Iterable[ItemReview], counts_for: Mapping[str, tuple[str, ...]]) -> ItemState:
    counted = [each for each in last if each.verdict == "change" or item.kind in counts_for.get(each.profession, ())]
    now = [each for each in counted if each.digest in item.digests]
    wanted = tuple(each for each in now if each.verdict == "change")
    agreed = tuple(each for each in now if each.verdict == "agree")
    if wanted:
        return ItemState("held", agreed, wanted)
    if agreed:
        return ItemState("reviewed", agreed)
    return ItemState("stale" if any(each.verdict == "agree" for each in counted) else "open")


def _by_day(reviews: Iterable[ItemReview]) -> list[ItemReview]:
    """Return reviews by day; those of one day in the order in which they were added."""
    return sorted(reviews, key=lambda each: day_of(each).toordinal())


def day_of(review: ItemReview) -> datetime.date:
    """Return the day of a review, or raise a GuideError where it is none."""
    try:
        return datetime.date.fromisoformat(review.day)
    except ValueError:
        raise GuideError(
            f"reviews.csv: the day of {review.item} must be like 2026-11-28, got {quoted(review.day)}; correct it."
        ) from None


@kept_by_guide(at_most=1)
def held_points(guide: Guide) -> Mapping[str, str]:
    """Return why points are held back, by their ids: a reviewer wants something of them changed."""
    if not guide.records.reviews:
        return {}
    from selfcare_kit.review.items import point_of_item

    found: dict[str, str] = {}
    for id, state in states_of(guide).items():
        point = point_of_item(id)
        if point and state.wanted and point not in found:
            found[point] = _why_held(id, state.wanted[-1], guide)
    return found


def _why_held(item: str, review: ItemReview, guide: Guide) -> str:
    label = next((each.label.lower() for each in reviewers_of(guide) if each.profession == review.profession), "")
    who = f"{review.reviewer}, {label or review.profession}"
    # The apostrophe keeps a spreadsheet program from running what was typed.
    comment = review.comment.removeprefix("'").strip().rstrip(".")
    said = f" ({quoted(comment)})" if comment else ""
    part = PART_WORDS[item.rpartition("/")[2]]
    return f"a reviewer ({who}, {review.day}) wants its {part} changed{said}, and nobody has answered that yet"


def state_of_point(point: str, guide: Guide) -> State:
    """Return how far a point is reviewed: as its least reviewed item, and held if one of them is."""
    from selfcare_kit.review.items import point_items

    states = states_of(guide)
    found = [states.get(id, OPEN).state for id in point_items(point)]
    return next(state for state in ("held", "stale", "open", "reviewed") if state in found)
