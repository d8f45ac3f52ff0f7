"""The name in a short sentence: the one thing it means, or what it may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from selfcare_kit.plan.search import (
    BEGINNING,
    MAX_WORDS,
    NAME,
    TYPO,
    WORDS,
    Fit,
    Match,
    best_first,
    fits_as_typed,
    fits_of,
    match_of,
)
from selfcare_kit.plan.search_index import Entry, SearchIndex, normalized_words
from selfcare_kit.plan.sentence.words import SentenceWords, Token

MAX_ALTERNATIVES = 12

# How well the entries fit that words find, by their numbers.
Fits = dict[int, Fit]


class Named(NamedTuple):
    """What the words of a name mean, and what else they may; `left_over` are those that no name has."""

    match: Match | None = None
    alternatives: tuple[Match, ...] = ()
    left_over: tuple[Token, ...] = ()


class Names:
    """The names in a sentence of `tokens`; where something is felt, `is_felt`, an area goes before a muscle."""

    def __init__(self, words: SentenceWords, tokens: Sequence[Token], *, is_felt: bool) -> None:
        self.index = words.index
        self.words = words
        self.tokens = tokens
        self.is_felt = is_felt

    def fits(self, chosen: Iterable[Token], search: Callable[[str, SearchIndex], Fits] = fits_as_typed) -> Fits:
        """Return what fits all of some tokens; a search reads no more than so many words."""
        query = self._query(chosen)
        return search(query, self.index) if len(normalized_words(query)) <= MAX_WORDS else {}

    def are_completed_by(self, tokens: Sequence[Token], more: Sequence[Token]) -> bool:
        """Return whether tokens are no name yet but with more are in one: no complaint, none that holds a sensation."""
        if not tokens or _level(self.fits(tokens)) <= NAME:
            return False
        numbers = self.index.names_with_all([word for token in (*tokens, *more) for word in token.text.split()])
        plain = numbers - self.words.names_with_sensation
        return any(not self.index.names[number].is_complaint for number in plain)

    def find(self, names: Sequence[Token], others: Sequence[Token]) -> Named:
        """Return what the tokens of a name mean; `others` say what is felt, and are in names such as "numb foot"."""
        if not names:
            # What is only felt names nothing; places may be called so.
            fits = self.fits(others)
            return Named(None, self._matches(best_first(fits, self.index), fits))
        every = [*names, *others]
        whole = self.fits(every)
        if _level(whole) <= NAME:
            return self._named(every, whole)
        runs = self._runs(names)
        kept = {token for run, _ in runs for token in run}
        left_over = tuple(token for token in names if token not in kept)
        # Beside a word that is not understood only a whole name is sure.
        if len(runs) == 1 and (not left_over or _level(runs[0][1]) <= NAME):
            return self._named(*runs[0])._replace(left_over=left_over)
        fits = {}
        for _, own in runs:
            fits |= {number: min(fit, fits.get(number, fit)) for number, fit in own.items()}
        return Named(None, self._matches(best_first(fits, self.index), fits), left_over)

    def _query(self, chosen: Iterable[Token]) -> str:
        """Return tokens as they are written, with the small words between them, which ids may hold."""
        ordered = sorted(chosen)
        if not ordered:
            return ""
        between = (each for each in self.tokens if each.is_small and ordered[0] < each < ordered[-1])
        return " ".join(token.written for token in sorted({*ordered, *between}))

    def _runs(self, names: Sequence[Token]) -> list[tuple[Sequence[Token], Fits]]:
        """Return the longest runs of tokens that find something, those that fit best, with what they find."""
        whole = self.fits(names)
        if whole:
            return [(names, whole)]
        known = [token for token in names if self._is_known(token)]
        for size in range(len(known), 0, -1):
            runs = [known[at : at + size] for at in range(len(known) - size + 1)]
            found = [(run, fits) for run in runs if (fits := self.fits(run, fits_of))]
            if found:
                best = min(_level(fits) for _, fits in found)
                return [each for each in found if _level(each[1]) == best]
        return []

    def _is_known(self, token: Token) -> bool:
        return bool(self.index.names_with_all(token.text.split()) or self.fits([token], fits_of))

    def _named(self, tokens: Sequence[Token], fits: Fits) -> Named:
        entries, tie = self.index.entries, self._tie(self._query(tokens), fits)
        areas = {number for number in tie if self.is_felt and entries[number].kind == "area"}
        # Of parts of names, such as "flexor", no area is meant because only one happens to have it.
        one = self._one_of([entries[number] for number in (areas if areas and _level(fits) <= NAME else tie)])
        ordered = sorted(best_first(fits, self.index), key=lambda number: (number not in areas, number not in tie))
        if one is None:
            return Named(None, self._matches(ordered, fits))
        number = self.index.number_of(one)
        match = match_of(number, fits[number], self.index)
        return Named(match, self._matches((each for each in ordered if each != number), fits))

    def _tie(self, query: str, fits: Fits) -> set[int]:
        """Return the numbers of the entries that fit best and equally well."""
        index, best = self.index, _level(fits)
        # Which words of a name come first says nothing of which is meant: "hanche" begins one of its areas by chance.
        levels = (BEGINNING, WORDS) if best in (BEGINNING, WORDS) else (best,)
        words = normalized_words(query)
        numbers = index.names_with_all(words)
        better: list[Callable[[int], bool]] = [lambda number: not fits[number][1][0]]
        if best > NAME:
            # "piri" is more likely the piriformis than the piriformis syndrome.
            as_long = {index.owners[number] for number in numbers if len(index.texts[number].split()) == len(words)}
            named = {index.owners[number] for number in numbers if not index.names[number].is_complaint}
            better += [as_long.__contains__, named.__contains__]
        tie = {number for number, fit in fits.items() if fit[0] in levels}
        for is_better in better:
            tie = {number for number in tie if is_better(number)} or tie
        return tie

    def _one_of(self, entries: Sequence[Entry]) -> Entry | None:
        """Return the one entry that is meant; a muscle with its points is one, or its only point to press."""
        muscles = [entry for entry in entries if entry.kind == "muscle"]
        points = self.index.guide.point_values
        if len(muscles) == 1 and all(e.kind == "muscle" or self._is_point_of(e, muscles[0]) for e in entries):
            own = self.index.points_of.get(("muscle", muscles[0].id), ())
            pressed = [id for id in own if not points[id].show_only]
            return self.index.entry("point", pressed[0]) if len(pressed) == 1 else muscles[0]
        return entries[0] if len(entries) == 1 else None

    def _is_point_of(self, entry: Entry, muscle: Entry) -> bool:
        return entry.kind == "point" and self.index.guide.point_values[entry.id].muscle_id == muscle.id

    def _matches(self, numbers: Iterable[int], fits: Fits) -> tuple[Match, ...]:
        return tuple(match_of(number, fits[number], self.index) for number in [*numbers][:MAX_ALTERNATIVES])


def _level(fits: Fits) -> int:
    """Return how well what fits best does; worse than all where nothing does."""
    return min((fit[0] for fit in fits.values()), default=TYPO + TYPO)
