"""The suggestions that are shown, each with its symbol in the list and on the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import Step
from selfcare_kit.plan.suggest.suggestion import Suggestion
from selfcare_kit.plan.suggest.suggestions import Suggestions

BEST = 5
SHOWN_AT_FIRST = 7
# Not L and R, which mark the sides on the figure, nor letters that look like a number.
LETTERS = "ABCDEFGHJKMNPQSTUVWXYZ"


class Offer(NamedTuple):
    """A suggestion that is shown; its symbol is a letter, or the number of its step once it is in the routine."""

    symbol: str
    point: str
    side: str
    is_offered: bool
    is_step: bool
    suggestions: Suggestions

    @property
    def suggestion(self) -> Suggestion:
        """Its reasons and cautions, worked out on request, since the figure needs no words."""
        return self.suggestions.of(self.point)

    @property
    def key(self) -> str:
        """Point and side as one key, "point.side"."""
        return f"{self.point}.{self.side}"


def offers_of(suggestions: Suggestions | None, steps: Sequence[Step], *, is_all: bool) -> tuple[Offer, ...]:
    """Return suggestions as they are shown: the best five, then the others that may be pressed, then the rest."""
    if suggestions is None:
        return ()
    shown = suggestions.best_first(BEST, None if is_all else SHOWN_AT_FIRST)
    numbers: dict[tuple[str, str], int] = {}
    for number, step in enumerate(steps, start=1):
        for side in sides_touched(step.side):
            numbers.setdefault((step.point, side), number)
    return tuple(_offer(index, point, shown, numbers) for index, point in enumerate(shown.points))


def _offer(index: int, point: str, suggestions: Suggestions, numbers: dict[tuple[str, str], int]) -> Offer:
    side, is_offered = suggestions.offering.side(point), suggestions.offering.verdict(point).is_allowed
    found = [numbers.get((point, each), 0) for each in sides_touched(side)]
    # A point that is worked on one of its two sides is still to be added on the other.
    number = min(found, default=0)
    rounds, letter = divmod(index, len(LETTERS))
    symbol = str(number) if number else LETTERS[letter] * (rounds + 1)
    return Offer(symbol, point, side, is_offered, bool(number), suggestions)
