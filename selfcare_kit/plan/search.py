"""Looking something up by a word: a name, an abbreviation, a code, or what people call their trouble."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import InvalidValueError, check_whole_number, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.plan.search_index import KINDS, Entry, Rank, WordIndex, compact, words_in, words_of

if TYPE_CHECKING:
    import pandas as pd

MAX_WORDS = 8
# Shorter words have too many neighbors for a letter to be forgiven.
MIN_FORGIVEN = 5
# How well a word fits: an id, a whole name, the beginning of a name, words of a name, one with a letter forgiven.
ID, NAME, BEGINNING, WORDS, FORGIVEN = range(5)

# That level, where it comes among equals, and the number of the name; less is better.
Fit = tuple[int, Rank, int]


@dataclass(frozen=True)
class Match:
    """Something that a word finds.

    Parameters
    ----------
    kind : {"point", "muscle", "area", "acupoint", "template"}
        What it is.
    id : str
        Its id in the guide.
    label : str
        What it is called.
    word : str
        The name that fits, as it stands in the guide.
    note : str
        What to know of that: a complaint's word leads to areas and is no diagnosis. Else empty.
    points : tuple of str
        Points it stands for: itself, those of a muscle or template, or those near an acupuncture point.
    """

    kind: str
    id: str
    label: str
    word: str
    note: str
    points: tuple[str, ...]

    def __str__(self) -> str:
        note = f" ({self.note})" if self.note else ""
        return f"{self.kind:9} {self.id:26} {self.label}{note}"


class Matches:
    """What a word finds, best first.

    Made by `search`. It is a sequence: `found[0]`, `len(found)`, `for each in found`.

    Parameters
    ----------
    word : str
        What was looked up.
    matches : tuple of Match
        Best first.
    """

    def __init__(self, word: str, matches: tuple[Match, ...]) -> None:
        self.word = word
        self._matches = matches

    def __len__(self) -> int:
        return len(self._matches)

    def __iter__(self) -> Iterator[Match]:
        return iter(self._matches)

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return Matches(self.word, self._matches[index])
        return self._matches[index]

    def __repr__(self) -> str:
        return "\n".join(map(str, self)) or f"Matches(none: {self.message})"

    @property
    def message(self) -> str:
        """A sentence when nothing was found; empty otherwise."""
        if self._matches:
            return ""
        return f"Nothing in this guide is called {quoted(self.word)}; try a muscle, an area or a code such as GB30."

    def to_frame(self) -> pd.DataFrame:
        """Return them as a data frame.

        Returns
        -------
        pandas.DataFrame
            One row each, best first.
        """
        import pandas as pd

        columns = ["kind", "id", "label", "word", "note", "points"]
        rows = [(each.kind, each.id, each.label, each.word, each.note, " ".join(each.points)) for each in self]
        return pd.DataFrame(rows, columns=columns)


def search(word: str, *, limit: int = 12, guide: Guide | None = None) -> Matches:
    """Find points, muscles, areas, acupuncture points and templates by a word.

    Latin and common names, abbreviations, synonyms and codes, in every language of the guide; the
    beginning of a word is enough. What people call their trouble leads to areas, never to a
    diagnosis. One wrong letter is forgiven in a word of five letters or more, and never in an id.

    Parameters
    ----------
    word : str
        Such as `"TFL"`, `"front of hip"`, `"GB30"` or `"plantar fasciitis"`.
    limit : int, default=12
        How many to return at the most.
    guide : Guide, optional
        The built-in one when left out.

    Returns
    -------
    Matches
        Best first.

    Raises
    ------
    InvalidValueError
        If the word is no text, or the limit no whole number.

    Examples
    --------
    >>> [each.id for each in search("TFL")]
    ['tfl_1', 'tensor_fasciae_latae']
    >>> search("plantar fasciitis")[0].id
    'heel'
    """
    if not isinstance(word, str):
        raise InvalidValueError(f"a search word must be text, got {quoted(word)}; type a name or a code.")
    check_whole_number("limit", limit, 0, 1000)
    index = words_in(guide or load_guide())
    fits = _fits(word, index)
    entries = sorted(fits, key=lambda number: (*fits[number][:2], index.entries[number].order))
    return Matches(word, tuple(_match(index.entries[number], fits[number][2], index) for number in entries[:limit]))


def _fits(word: str, index: WordIndex) -> dict[int, Fit]:
    """Return how well a word fits what it finds, by the number of the entry."""
    words = words_of(word)[:MAX_WORDS]
    fits: dict[int, Fit] = {}
    if not words:
        return fits
    id = compact(word)
    for number in index.ids_starting(id):
        entry = index.entries[number]
        fits[number] = (ID if compact(entry.id) == id else BEGINNING, (False, KINDS.index(entry.kind), 0, True), -1)
    text = " ".join(words)
    numbers = index.beginning(words[0]).intersection(*(index.beginning(each) for each in words[1:]))
    texts, ranks, owners = index.texts, index.ranks, index.owners
    for number in numbers:
        name = texts[number]
        fit = (NAME if name == text else BEGINNING if name.startswith(text) else WORDS, ranks[number], number)
        if owners[number] not in fits or fit < fits[owners[number]]:
            fits[owners[number]] = fit
    return fits if numbers else fits | _forgiven(words, index)


def _forgiven(words: list[str], index: WordIndex) -> dict[int, Fit]:
    """Return what fits when one letter of each longer word is forgiven; a word with a digit is an id."""
    meant: list[frozenset[int]] = []
    whole: set[str] = set()
    for word in words:
        numbers = index.beginning(word)
        if not numbers and len(word) >= MIN_FORGIVEN and word.isalpha():
            near = [each for each in index.like(word) if is_one_letter_off(word, each)]
            numbers = frozenset().union(*(index.beginning(each) for each in near))
            whole.update(each for each in near if len(each) <= len(word) + 1)
        meant.append(numbers)
    fits: dict[int, Fit] = {}
    for number in meant[0].intersection(*meant[1:]):
        # A whole word with a letter wrong is likelier meant than the beginning of a longer one.
        names = index.texts[number].split()
        level = FORGIVEN + 2 * whole.isdisjoint(names) + (len(names) > len(words))
        fit = (level, index.ranks[number], number)
        entry = index.owners[number]
        fits[entry] = min(fits.get(entry, fit), fit)
    return fits


def is_one_letter_off(word: str, name: str) -> bool:
    """Return whether a word begins a name but for one letter that is wrong, missing, too many, or swapped.

    Parameters
    ----------
    word : str
        What was typed, perhaps not to its end.
    name : str
        What may be meant.

    Returns
    -------
    bool
        True where one letter makes the difference.

    Examples
    --------
    >>> is_one_letter_off("solues", "soleus"), is_one_letter_off("sleeves", "soleus")
    (True, False)
    """
    if len(name) < len(word) - 1:
        return False
    at = 0
    while at < len(word) and at < len(name) and word[at] == name[at]:
        at += 1
    return (
        name.startswith(word[at + 1 :], at + 1)
        or name.startswith(word[at + 1 :], at)
        or name.startswith(word[at:], at + 1)
        or (word[at : at + 2] == name[at : at + 2][::-1] and name.startswith(word[at + 2 :], at + 2))
    )


def _match(entry: Entry, number: int, index: WordIndex) -> Match:
    points = (entry.id,) if entry.kind == "point" else index.points_of.get((entry.kind, entry.id), ())
    if number < 0:
        return Match(entry.kind, entry.id, entry.label, entry.id, "", points)
    phrase = index.phrases[number]
    note = ""
    if phrase.is_complaint:
        note = f"where {phrase.shown} is felt; no diagnosis"
    elif phrase.is_borrowed:
        note = f"near {phrase.shown}"
    return Match(entry.kind, entry.id, entry.label, phrase.shown, note, points)
