"""`search`: what a word finds in a guide, be it a name, an abbreviation, a code or a complaint."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import InvalidValueError, SelfcareError, check_whole_number, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.guide.point import Point
from selfcare_kit.plan.search_index import (
    ENTRY_KINDS,
    Rank,
    SearchIndex,
    normalized_id,
    normalized_words,
    search_index,
)
from selfcare_kit.plan.template_file import Template, templates_for_guide
from selfcare_kit.review.states import held_points

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


# A code that many people know.
EXAMPLE = "GB30"


class Matches:
    """The results of a search, best first.

    Made by `search`. It is a sequence: `found[0]`, `len(found)`, `for match in found`.

    Parameters
    ----------
    word : str
        The word that was searched for.
    matches : tuple of Match
        Best first.
    guide : Guide, optional
        The guide that was searched; the built-in one when left out.
    """

    def __init__(self, word: str, matches: tuple[Match, ...], guide: Guide | None = None) -> None:
        self.word = word
        self._matches = matches
        self._guide = guide

    def __len__(self) -> int:
        return len(self._matches)

    def __iter__(self) -> Iterator[Match]:
        return iter(self._matches)

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return Matches(self.word, self._matches[index], self._guide)
        return self._matches[index]

    def __repr__(self) -> str:
        return "\n".join(map(str, self)) or f"Matches(none: {self.message})"

    @property
    def message(self) -> str:
        """A sentence that nothing was found; empty otherwise."""
        if self._matches:
            return ""
        return f"Nothing in this guide is called {quoted(self.word)}; try {_what_to_try(self._guide or load_guide())}."

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


def _what_to_try(guide: Guide) -> str:
    """Return what a guide can be searched for, with something that it has."""
    codes = guide.records.acupoints
    if codes:
        return f"a muscle, an area or a code such as {EXAMPLE if EXAMPLE in codes else next(iter(codes))}"
    muscle = next((point.muscle for point in guide.point_values.values()), "")
    return f"a muscle or an area, such as {muscle}" if muscle else "a muscle or an area"


def search(word: str, *, limit: int = 12, guide: Guide | None = None) -> Matches:
    """Find points, muscles, areas, acupuncture points and templates, the clinic's own included, by a word.

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
    guide = guide or load_guide()
    index = search_index(guide, own_templates(guide))
    fits = fits_of(word, index)
    return Matches(
        word, tuple(match_of(number, fits[number], index) for number in best_first(fits, index)[:limit]), guide
    )


def own_templates(guide: Guide) -> tuple[Template, ...]:
    """Return the clinic's templates for a guide that can be used; none from a file that cannot be read."""
    # A wrong file must not keep anybody from finding a muscle: whoever lists or uses templates is told.
    with suppress(SelfcareError):
        return tuple(each for each in templates_for_guide(guide) if not each.problem)
    return ()


def describe(match: Match, guide: Guide | None = None) -> str:
    """Return what a list of results says beside the name of one.

    Parameters
    ----------
    match : Match
        A result of `search`, or of a sentence.
    guide : Guide, optional
        The guide that was searched; the built-in one when left out.

    Returns
    -------
    str
        For a point its area with its first tool and its position, or that it is shown only; for an acupuncture point
        the muscles near it and where it lies, for reference only.

    Examples
    --------
    >>> describe(search("TFL")[0])
    'Hip, front; Massage ball; Standing at a wall'
    >>> describe(search("GB29")[0])  # doctest: +ELLIPSIS
    'near: gluteus minimus, tensor fasciae latae; perhaps: gluteus medius. Midway between the ASIS ...'
    """
    guide = guide or load_guide()
    if match.kind == "point":
        return _described_point(guide.point_values[match.id], guide)
    if match.kind == "acupoint":
        return _described_acupoint(match.id, guide)
    if match.kind == "area":
        return f"area; {guide.records.areas[match.id].group}"
    one, many = ("step", "steps") if match.kind == "template" else ("point", "points")
    return f"{match.kind}, {len(match.points)} {one if len(match.points) == 1 else many}"


def _described_point(point: Point, guide: Guide) -> str:
    records = guide.records
    how = ["shown only"]
    if point.id in held_points(guide):
        how = ["held back by a reviewer"]
    elif not point.show_only:
        tools = (records.tools[id].label for id in point.tools[:1])
        how = [*tools, records.positions[point.position].label]
    return "; ".join((records.areas[point.area].label, *how))


def _described_acupoint(id: str, guide: Guide) -> str:
    """Return the muscles near an acupuncture point, certain ones apart, and its location."""
    near: dict[bool, list[str]] = {True: [], False: []}
    # Certain ones first, so that none is called uncertain, too.
    for each in sorted(guide.records.point_acupoints, key=lambda each: not each.certain):
        muscle = guide.point_values[each.point].muscle
        if each.acupoint == id and muscle not in (*near[True], *near[False]):
            near[each.certain].append(muscle)
    named = ((called, near[certain]) for called, certain in (("near", True), ("perhaps", False)))
    told = "; ".join(f"{called}: {', '.join(muscles)}" for called, muscles in named if muscles)
    return ". ".join(filter(None, (told, guide.records.acupoints[id].location)))


def best_first(fits: dict[int, Fit], index: SearchIndex) -> list[int]:
    """Return the numbers of entries in the order of how well they fit."""
    return sorted(fits, key=lambda number: (*fits[number][:2], index.entries[number].order))


def fits_of(word: str, index: SearchIndex) -> dict[int, Fit]:
    """Return how well a word fits the entries that it finds, by their numbers; one wrong letter is forgiven."""
    words = normalized_words(word)[:MAX_WORDS]
    fits = fits_as_typed(word, index)
    # A code with what its letters spell by mistake is no name.
    return fits if not words or index.names_with_all(words) else fits | _fits_with_typo(words, index)


def fits_as_typed(word: str, index: SearchIndex) -> dict[int, Fit]:
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
    numbers = index.names_with_all(words)
    texts, ranks, owners = index.texts, index.ranks, index.owners
    for number in numbers:
        name = texts[number]
        fit = (NAME if name == text else BEGINNING if name.startswith(text) else WORDS, ranks[number], number)
        if owners[number] not in fits or fit < fits[owners[number]]:
            fits[owners[number]] = fit
    return fits


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


def match_of(number: int, fit: Fit, index: SearchIndex) -> Match:
    """Return an entry as a result of a search, with the name that fits."""
    entry = index.entries[number]
    points = (entry.id,) if entry.kind == "point" else index.points_of.get((entry.kind, entry.id), ())
    if fit[2] == NO_NAME:
        return Match(entry.kind, entry.id, entry.label, entry.id, "", points)
    name = index.names[fit[2]]
    note = ""
    if name.is_complaint:
        note = f"where {name.written} is felt; no diagnosis"
    elif name.is_of_neighbor:
        note = f"near {name.written}"
    return Match(entry.kind, entry.id, entry.label, name.written, note, points)
