"""The words of a short sentence: how it is split, and which of its words are sides, sensations and numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.model.sides import BODY_SIDES, SIDES
from selfcare_kit.plan.search_index import STOP_WORDS, SearchIndex, normalized_id, normalized_words, search_index
from selfcare_kit.plan.template_file import Template

# Longer text is no short sentence, and a keystroke must not wait for it.
MAX_LETTERS = 400
MAX_TOKENS = 20
MIN_LETTERS = 3
MIN_LETTERS_OF_PLURAL = 5
# In the languages of the built-in guide; "and" between left and right means both, "or" does not.
AND_WORDS = frozenset(("and", "y", "et", "und", "+", "&"))
PAIN_WORDS = frozenset(("pain", "dolor", "douleur", "schmerz", "schmerzen"))
SHORT_SIDES = {"l": "left", "r": "right", "b": "both"}

_NUMBERS_OF_NUMBERS = r"[0-9.,]*[0-9](?:\s*/\s*[0-9.,]*[0-9])+"
_TOKEN = re.compile(rf"{_NUMBERS_OF_NUMBERS}|[+&]|[^\s,;:!?()\[\]{{}}\"=/|+&]+")
_PAIN = re.compile(r"(10|[0-9])(\s*/\s*10)?")
# Never part of a word at its ends.
_MARKS = ".-_'’"

Phrase = tuple[str, ...]


class Token(NamedTuple):
    """A word as it is written at a position of a sentence, and in normalized words."""

    at: int
    written: str
    text: str

    @property
    def is_small(self) -> bool:
        """Whether it is a word that no search looks at, or joins two others."""
        return self.text in STOP_WORDS or self.is_and

    @property
    def is_and(self) -> bool:
        """Whether it joins two others."""
        return self.text in AND_WORDS

    @property
    def pain(self) -> int | None:
        """The pain that it says if it is a number for that."""
        found = _PAIN.fullmatch(self.written)
        return int(found[1]) if found else None


class Felt(NamedTuple):
    """A sensation that words mean, how many tokens they are, and whether these are whole words, not beginnings."""

    id: str
    count: int
    is_whole: bool


def split_sentence(text: str) -> list[Token]:
    """Return the words of a sentence; a code such as `EX-B6` and a pain such as `6 / 10` are one each."""
    found = _TOKEN.findall(unicodedata.normalize("NFC", text[: MAX_LETTERS + 1]))
    if len(text) > MAX_LETTERS:
        # The last one may be cut off, and half a word can mean something else.
        found = found[:-1]
    tokens = (
        (word, word if word in AND_WORDS else " ".join(normalized_words(word)))
        for word in (each.strip(_MARKS) for each in found)
    )
    return [Token(at, *token) for at, token in enumerate(token for token in tokens if token[1])]


@dataclass(frozen=True)
class SentenceWords:
    """What words mean beside names, in every language of a guide."""

    guide: Guide
    index: SearchIndex

    @cached_property
    def sides(self) -> dict[Phrase, str]:
        """The sides by their words; a word that is left in one language and right in another means neither."""
        found: dict[Phrase, set[str]] = {}
        for phrase, side in self._words_of_sides():
            found.setdefault(phrase, set()).add(side)
        return {phrase: min(sides) for phrase, sides in found.items() if phrase and len(sides) == 1}

    def _words_of_sides(self) -> Iterator[tuple[Phrase, str]]:
        yield from (((word,), side) for word, side in SHORT_SIDES.items())
        yield from (((side,), side) for side in SIDES)
        for language in self.guide.languages:
            texts = self.guide.texts(language)
            phrases = {side: tuple(normalized_words(texts.get(f"side.{side}", side))) for side in SIDES}
            yield from ((phrase, side) for side, phrase in phrases.items())
            # The word that tells left from right stands for it: "izquierdo" for "lado izquierdo".
            for side, other in (BODY_SIDES, BODY_SIDES[::-1]):
                yield from (((word,), side) for word in phrases[side] if word not in phrases[other])

    @cached_property
    def sensations(self) -> list[tuple[Phrase, str]]:
        """The words for each sensation, with its id."""
        texts = [self.guide.texts(language) for language in self.guide.languages]
        found: dict[tuple[Phrase, str], None] = {}
        for each in self.guide.records.sensations.values():
            translated = (own.get(f"sensation.{each.id}", "") for own in texts)
            for names in (each.id, each.label, each.client, *translated):
                found |= {(tuple(normalized_words(name)), each.id): None for name in re.split("[,;]", names)}
        return [(phrase, id) for phrase, id in found if phrase]

    @cached_property
    def _sensations_by_letter(self) -> dict[str, list[tuple[Phrase, str]]]:
        """The words for sensations by their first letter: most words of a sentence begin none."""
        found: dict[str, list[tuple[Phrase, str]]] = {}
        for phrase, id in self.sensations:
            found.setdefault(phrase[0][0], []).append((phrase, id))
        return found

    @cached_property
    def names_with_sensation(self) -> frozenset[int]:
        """The numbers of names such as "weak ankle" and "toes cramp", one word of which is a sensation."""
        felt = [phrase[0] for phrase, _ in self.sensations if len(phrase) == 1]
        vocabulary = {word for text in self.index.texts for word in text.split()}
        # "burns" is what burning does.
        said = {word for word in vocabulary if any(word == each or _begins_as_plural(word, each) for each in felt)}
        return frozenset(number for number, text in enumerate(self.index.texts) if not said.isdisjoint(text.split()))

    @cached_property
    def _numbers_of_names(self) -> frozenset[tuple[str, str]]:
        """The numbers that names hold, each with the word before it."""
        pairs = (pair for text in self.index.texts for pair in zip(text.split(), text.split()[1:], strict=False))
        return frozenset(pair for pair in pairs if pair[1].isdigit())

    def is_in_name(self, before: Sequence[Token], token: Token) -> bool:
        """Return whether a number or a small word belongs to the words before it, as in `GB 30` and `gmin a`."""
        if before and token.pain is not None and (before[-1].text, token.text) in self._numbers_of_names:
            return True
        for first in range(len(before)):
            id = normalized_id("".join(each.written for each in (*before[first:], token)))
            entries = self.index.entries_with_id(id)
            # The beginning of an id is enough for a number: "GB 3" is on its way to "GB 30".
            if entries and (token.pain is not None or id in {normalized_id(self.index.entries[n].id) for n in entries}):
                return True
        return False

    def side_at(self, tokens: Sequence[Token], at: int) -> tuple[str, int]:
        """Return the side that words at a position mean, "" for none, and how many they are; more words go first."""
        phrase: Phrase = ()
        found = ("", 0)
        for count, token in enumerate(tokens[at:], start=1):
            # Small words count in no phrase, but are a part of it: "les deux côtés".
            if count == 1 or not token.is_small:
                phrase += tuple(token.text.split())
            side = self.sides.get(phrase, "")
            if side and (count == 1 or not token.is_small):
                found = (side, count)
            if len(phrase) > self._longest_side:
                break
        return found

    @cached_property
    def _longest_side(self) -> int:
        return max(map(len, self.sides))

    def felt_at(self, tokens: Sequence[Token], at: int) -> Felt | None:
        """Return the sensation that words at a position mean, None for none or for more than one."""
        best = (0, 0)
        ids: set[str] = set()
        for phrase, id in self._sensations_by_letter.get(tokens[at].text[0], ()):
            fit = _phrase_fit(tokens, at, phrase)
            if fit > best:
                best, ids = fit, {id}
            elif fit == best:
                ids.add(id)
        return Felt(min(ids), best[0], best[0] == best[1]) if best[0] and len(ids) == 1 else None


def _phrase_fit(tokens: Sequence[Token], at: int, phrase: Phrase) -> tuple[int, int]:
    """Return how many words at a position begin those of a phrase, and how many of these are whole."""
    text = tokens[at].text
    if " " in text:
        # Joined by hyphens, as in "pins-and-needles".
        joined = " ".join(phrase)
        return int(joined.startswith(text)), int(joined == text)
    count = whole = 0
    for token, word in zip(tokens[at : at + len(phrase)], phrase, strict=False):
        if not _begins(token.text, word):
            break
        count += 1
        whole += _is_word(token.text, word)
    return count, whole


def _is_word(text: str, word: str) -> bool:
    return text == word or (len(text) >= MIN_LETTERS_OF_PLURAL and text == f"{word}s")


def _begins(text: str, word: str) -> bool:
    """Return whether a text is a word, its beginning or its plural."""
    return text == word or (len(text) >= MIN_LETTERS and word.startswith(text)) or _begins_as_plural(text, word)


def _begins_as_plural(text: str, word: str) -> bool:
    """Return whether a text without its last letter "s" begins a word, as "burns" does for "burning"."""
    return len(text) >= MIN_LETTERS_OF_PLURAL and text.endswith("s") and word.startswith(text[:-1])


@kept_by_guide(at_most=1)
def sentence_words(guide: Guide, own: Sequence[Template] = ()) -> SentenceWords:
    """Return the words of sentences of a guide and the clinic's own templates, made once and kept."""
    return SentenceWords(guide, search_index(guide, own))
