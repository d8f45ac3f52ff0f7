"""`search`: what a word finds in a guide, be it a name, an abbreviation, a code or a complaint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import InvalidValueError, check_whole_number, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.plan.search_index import (
    ENTRY_KINDS,
    Entry,
    Rank,
    SearchIndex,
    normalized_id,
    normalized_words,
    search_index,
)

if TYPE_CHECKING:
    import pandas as pd

MAX_WORDS = 8
# A shorter word with a wrong letter is like too many others.
MIN_LETTERS_FOR_TYPO = 5
# How well a word fits, best first: an id, a whole name, the beginning of a name, words of a name, a typing error.
ID, NAME, BEGINNING, WORDS, TYPO = range(5)
# In the place of a name's number, where the id fits.
NO_NAME = -1

# That level, the rank among equals, and the number of the name; less is better.
Fit = tuple[int, Rank, int]


@dataclass(frozen=True)
class Match:
    """One result of a search.

    Parameters
    ----------
    kind : {"point", "muscle", "area", "acupoint", "template"}
        What it is.
    id : str
        Its id in the guide.
    label : str
        Its label in the guide.
    word : str
        The name that fits, as it is written in the guide.
    note : str
        A remark, such as that a complaint leads to areas and is no diagnosis; often empty.
    points : tuple of str
        Ids of its points: itself, those of a muscle or template, or those near an acupuncture point.
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
    """The results of a search, best first.

    Made by `search`. It is a sequence: `found[0]`, `len(found)`, `for match in found`.

    Parameters
    ----------
    word : str
        The word that was searched for.
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
        """A sentence that nothing was found; empty otherwise."""
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
        rows = [(match.kind, match.id, match.label, match.word, match.note, " ".join(match.points)) for match in self]
        return pd.DataFrame(rows, columns=columns)


def search(word: str, *, limit: int = 12, guide: Guide | None = None) -> Matches:
    """Find points, muscles, areas, acupuncture points and templates by a word.

    It finds Latin and common names, abbreviations, synonyms and codes, in every language of the guide;
    the beginning of a word is enough. A complaint leads to areas, never to a diagnosis. One wrong
    letter is tolerated in a word of five letters or more, but not in an id.

    Parameters
    ----------
    word : str
        Such as `"TFL"`, `"front of hip"`, `"GB30"` or `"plantar fasciitis"`.
    limit : int, default=12
        The largest number of results.
    guide : Guide, optional
        The built-in one when left out.

    Returns
    -------
    Matches
        Best first.

    Raises
    ------
    InvalidValueError
        If the word is not text, or the limit is not a whole number.

    Examples
    --------
    >>> [match.id for match in search("TFL")]
    ['tfl_1', 'tensor_fasciae_latae']
    >>> search("plantar fasciitis")[0].id
    'heel'
    """
    if not isinstance(word, str):
        raise InvalidValueError(f"a search word must be text, got {quoted(word)}; type a name or a code.")
    check_whole_number("limit", limit, 0, 1000)
    index = search_index(guide or load_guide())
    fits = _fits(word, index)
    entries = sorted(fits, key=lambda number: (*fits[number][:2], index.entries[number].order))
    return Matches(word, tuple(_match(index.entries[number], fits[number][2], index) for number in entries[:limit]))


def _fits(word: str, index: SearchIndex) -> dict[int, Fit]:
    """Return how well a word fits the entries that it finds, by their numbers."""
    words = normalized_words(word)[:MAX_WORDS]
    fits: dict[int, Fit] = {}
    if not words:
        return fits
    id = normalized_id(word)
    for number in index.entries_with_id(id):
        entry = index.entries[number]
        rank = (False, ENTRY_KINDS.index(entry.kind), 0, True)
        fits[number] = (ID if normalized_id(entry.id) == id else BEGINNING, rank, NO_NAME)
    text = " ".join(words)
    numbers = index.names_with(words[0]).intersection(*(index.names_with(prefix) for prefix in words[1:]))
    texts, ranks, owners = index.texts, index.ranks, index.owners
    for number in numbers:
        name = texts[number]
        fit = (NAME if name == text else BEGINNING if name.startswith(text) else WORDS, ranks[number], number)
        if owners[number] not in fits or fit < fits[owners[number]]:
            fits[owners[number]] = fit
    return fits if numbers else fits | _fits_with_typo(words, index)


def _fits_with_typo(words: list[str], index: SearchIndex) -> dict[int, Fit]:
    """Return what fits when each longer word may have one wrong letter; a word with a digit is an id."""
    names_of_words: list[frozenset[int]] = []
    whole_words: set[str] = set()
    for word in words:
        numbers = index.names_with(word)
        if not numbers and len(word) >= MIN_LETTERS_FOR_TYPO and word.isalpha():
            near = [other for other in index.similar_words(word) if is_one_letter_off(word, other)]
            numbers = frozenset().union(*(index.names_with(other) for other in near))
            whole_words.update(other for other in near if len(other) <= len(word) + 1)
        names_of_words.append(numbers)
    fits: dict[int, Fit] = {}
    for number in names_of_words[0].intersection(*names_of_words[1:]):
        # A whole word with a wrong letter is more likely than the beginning of a longer one.
        own_words = index.texts[number].split()
        level = TYPO + 2 * whole_words.isdisjoint(own_words) + (len(own_words) > len(words))
        fit = (level, index.ranks[number], number)
        entry = index.owners[number]
        fits[entry] = min(fits.get(entry, fit), fit)
    return fits


def is_one_letter_off(word: str, name: str) -> bool:
    """Return whether a word is the beginning of a name except for one letter that is wrong, missing, extra or swapped.

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


def _match(entry: Entry, number: int, index: SearchIndex) -> Match:
    points = (entry.id,) if entry.kind == "point" else index.points_of.get((entry.kind, entry.id), ())
    if number == NO_NAME:
        return Match(entry.kind, entry.id, entry.label, entry.id, "", points)
    name = index.names[number]
    note = ""
    if name.is_complaint:
        note = f"where {name.written} is felt; no diagnosis"
    elif name.is_of_neighbor:
        note = f"near {name.written}"
    return Match(entry.kind, entry.id, entry.label, name.written, note, points)
