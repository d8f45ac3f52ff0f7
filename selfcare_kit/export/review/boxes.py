"""Boxes to tick, each for one item or for several that say the same, and how long they take to read.

The minutes are a model: words at a reading speed, and some seconds for looking and ticking. Nobody has held a watch.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from selfcare_kit.review.items import Item

# Technical text is read slower than a story.
WORDS_A_MINUTE = 180
_NO_WORDS = re.compile(r"[*#&]+")


@dataclass(frozen=True)
class Box:
    """A question of the form with its three answers.

    Parameters
    ----------
    items : tuple of Item
        What the answer is about; the same answer is written for each.
    ask : str
        What is agreed to.
    seconds : float
        How long it takes, by the model.
    part : str
        The part of the pack that it is in.
    risk : float
        The higher, the sooner it should be read.
    why : tuple of str
        What makes it risky.
    """

    items: tuple[Item, ...]
    ask: str
    seconds: float
    part: str
    risk: float = 0.0
    why: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of its first item, which is in no other box."""
        return self.items[0].id

    @property
    def pairs(self) -> str:
        """Items and digests as JSON, which the form writes into its answers."""
        return json.dumps([[item.id, item.digest] for item in self.items])

    @property
    def code(self) -> str:
        """The first item, how many more there are, and the digest in short."""
        more = f" +{len(self.items) - 1}" if len(self.items) > 1 else ""
        return f"{self.items[0].id}{more} · {self.items[0].digest[:6]}"


def reading_seconds(*texts: str) -> float:
    """Return how long texts take to read, by the model.

    Examples
    --------
    >>> reading_seconds("three short words")
    1.0
    """
    return sum(len(_NO_WORDS.sub(" ", text).split()) for text in texts) / WORDS_A_MINUTE * 60


def minutes_of(boxes: Iterable[Box]) -> int:
    """Return the minutes that boxes take, at least one."""
    return max(1, round(sum(box.seconds for box in boxes) / 60))
