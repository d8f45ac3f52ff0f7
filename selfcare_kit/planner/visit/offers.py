"""The suggestions that are shown, each with its sign in the list and on the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import Step
from selfcare_kit.plan.suggest.suggestion import Suggestion
from selfcare_kit.plan.suggest.suggestions import Suggestions

BEST = 5
SHOWN_AT_FIRST = 6
# Not L and R, which tell the sides on the figure, nor what looks like a number.
LETTERS = "ABCDEFGHJKMNPQSTUVWXYZ"


class Offer(NamedTuple):
    """A suggestion that is shown: lettered in the list and on the figure, until it is a step with a number."""

    sign: str
    point: str
    side: str
    is_offered: bool
    is_step: bool
    found: Suggestions

    @property
    def suggestion(self) -> Suggestion:
        """All that is said of it; worked out only when it is asked for, since the figure needs no words."""
        return self.found.of(self.point)

    @property
    def key(self) -> str:
        """Point and side in one word."""
        return f"{self.point}.{self.side}"


def offers_of(found: Suggestions | None, steps: Sequence[Step], *, is_all: bool) -> tuple[Offer, ...]:
    """Return suggestions as they are shown: the best five, then the others that may be pressed, then the rest."""
    if found is None:
        return ()
    shown = found.best_first(BEST, None if is_all else SHOWN_AT_FIRST)
    numbers: dict[tuple[str, str], int] = {}
    for number, step in enumerate(steps, start=1):
        for side in sides_touched(step.side):
            numbers.setdefault((step.point, side), number)
    return tuple(_offer(place, point, shown, numbers) for place, point in enumerate(shown.points))


def _offer(place: int, point: str, found: Suggestions, numbers: dict[tuple[str, str], int]) -> Offer:
    side, is_offered = found.offering.side(point), found.offering.verdict(point).is_allowed
    places = ((point, each) for each in sides_touched(side))
    number = min((numbers[each] for each in places if each in numbers), default=0)
    rounds, letter = divmod(place, len(LETTERS))
    sign = str(number) if number else LETTERS[letter] * (rounds + 1)
    return Offer(sign, point, side, is_offered, bool(number), found)
