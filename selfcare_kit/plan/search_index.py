"""What everything in a guide is called: the words by which it is looked up, made once and kept."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide

# In the order in which equals are listed.
KINDS = ("point", "muscle", "area", "acupoint", "template")
TABLE_KINDS = {"points": "point", "muscles": "muscle", "areas": "area", "acupoints": "acupoint"}
# Words that tell nothing apart, in the languages of the built-in guide.
EMPTY_WORDS = frozenset(
    (
        *("a", "an", "and", "at", "by", "in", "my", "of", "on", "or", "the", "to"),
        *("al", "con", "de", "del", "el", "en", "la", "las", "lo", "los", "y"),
        *("au", "aux", "d", "des", "du", "et", "l", "le", "les"),
        *("am", "das", "dem", "den", "der", "die", "ein", "eine", "im", "und", "unter", "vom", "von", "zum", "zur"),
    )
)
MAX_KEPT = 4096

Key = tuple[str, str]
Rank = tuple[bool, int, int, bool]


class Entry(NamedTuple):
    """Something that can be found: a kind and an id, what it is called, and its place among its kind."""

    kind: str
    id: str
    label: str
    order: int


class Phrase(NamedTuple):
    """One name of an entry.

    `is_borrowed` says that it is the name of something near; `is_complaint` that it is what people call their trouble.
    """

    text: str
    entry: Entry
    shown: str
    position: int = 0
    is_borrowed: bool = False
    is_complaint: bool = False

    @property
    def rank(self) -> Rank:
        """Where it comes among names that fit as well; of the same words, the complaint speaks."""
        return (self.is_borrowed, KINDS.index(self.entry.kind), self.position, not self.is_complaint)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents, hyphens and what tells nothing apart."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("'s", "s"))
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    words = kept.split()
    return [word for word in words if word not in EMPTY_WORDS] or words


def compact(text: str) -> str:
    """Return an id as it is compared: letters and digits only, in lower case."""
    return "".join(c for c in text.casefold() if c.isalnum())


class WordIndex:
    """All names of a guide's points, muscles, areas, acupuncture points and templates.

    Parameters
    ----------
    guide : Guide
        Whose they are.
    """

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.entries = list(_entries(guide))
        self._numbers = {(each.kind, each.id): number for number, each in enumerate(self.entries)}
        self.phrases = [phrase for phrase in self._phrases() if phrase.text]
        self.texts = [phrase.text for phrase in self.phrases]
        self.owners = [self._numbers[phrase.entry.kind, phrase.entry.id] for phrase in self.phrases]
        self.ranks = [phrase.rank for phrase in self.phrases]
        self._by_id: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            # The id of a muscle or an area is its name.
            if entry.kind in ("point", "acupoint", "template"):
                self._by_id.setdefault(compact(entry.id), []).append(number)
        self._ids = sorted(self._by_id)
        postings: dict[str, set[int]] = {}
        for number, phrase in enumerate(self.phrases):
            for word in phrase.text.split():
                postings.setdefault(word, set()).add(number)
        self._postings = postings
        self._vocabulary = sorted(postings)
        self._begun: dict[str, frozenset[int]] = {}

    def beginning(self, start: str) -> frozenset[int]:
        """Return the numbers of the phrases in which a word begins so."""
        found = self._begun.get(start)
        if found is None:
            if len(self._begun) >= MAX_KEPT:
                self._begun.clear()
            numbers = (self._postings[word] for word in _starting(self._vocabulary, start))
            found = self._begun[start] = frozenset().union(*numbers)
        return found

    def like(self, word: str) -> list[str]:
        """Return the words that may be meant if one letter is wrong: they begin alike, or go on alike further in."""
        rest = word[3:]
        alike = _starting(self._vocabulary, word[:2])
        further = (each for each in self._vocabulary if each.startswith(rest, 2) or each.startswith(rest, 3))
        furthest = (each for each in self._vocabulary if each.startswith(rest, 4))
        return [each for each in {*alike, *further, *furthest} if each.isalpha()]

    def ids_starting(self, start: str) -> list[int]:
        """Return the numbers of the entries that have an id that begins so."""
        return [number for id in _starting(self._ids, start) for number in self._by_id[id]]

    @cached_property
    def points_of(self) -> dict[Key, tuple[str, ...]]:
        """The points that belong to an entry: of a muscle, near an acupuncture point, or of a template."""
        found: dict[Key, list[str]] = {}
        for point in self.guide.point_values.values():
            found.setdefault(("muscle", point.muscle_id), []).append(point.id)
            for code in self.guide.acupoints_near.get(point.id, ()):
                found.setdefault(("acupoint", code), []).append(point.id)
        for id, template in _templates(self.guide):
            found["template", id] = [step["point"] for step in template["steps"]]
        return {key: tuple(points) for key, points in found.items()}

    def _phrases(self) -> Iterator[Phrase]:
        guide = self.guide
        texts = [guide.texts(language) for language in guide.languages]
        for entry in self.entries:
            if entry.kind == "point":
                yield from self._named(entry, [entry.label])
                codes = guide.acupoints_near.get(entry.id, ())
                yield from self._named(entry, codes, is_borrowed=True)
            elif entry.kind == "muscle":
                muscle = guide.records.muscles[entry.id]
                latin = muscle.latin.removeprefix("musculus ").removeprefix("musculi ")
                names = [muscle.name, muscle.latin, latin, *muscle.synonyms, *_texts(texts, f"muscle.{entry.id}")]
                yield from self._of_muscle(entry, names)
            elif entry.kind == "area":
                area = guide.records.areas[entry.id]
                names = [area.label, area.client, *area.synonyms, *_texts(texts, f"area.{entry.id}")]
                yield from self._named(entry, [entry.id, *names])
            else:
                yield from self._named(entry, [entry.label])
        yield from self._words()

    def _words(self) -> Iterator[Phrase]:
        """Yield what the table of search words adds; a complaint leads to areas only."""
        for each in self.guide.records.search_words:
            is_complaint = each.kind == "complaint"
            for table, kind in TABLE_KINDS.items():
                for position, id in enumerate(getattr(each, table)):
                    if is_complaint and kind != "area":
                        continue
                    entry = self._entry(kind, id)
                    if kind == "muscle":
                        yield from self._of_muscle(entry, [each.word], position)
                    else:
                        text = " ".join(words_of(each.word))
                        yield Phrase(text, entry, each.word, position, is_complaint=is_complaint)

    def _of_muscle(self, muscle: Entry, names: Iterable[str], position: int = 0) -> Iterator[Phrase]:
        """Yield the names of a muscle, which are those of its points, too."""
        points = (self._entry("point", id) for id in self.points_of.get(("muscle", muscle.id), ()))
        for entry in (muscle, *points):
            yield from self._named(entry, names, position)

    def _entry(self, kind: str, id: str) -> Entry:
        return self.entries[self._numbers[kind, id]]

    @staticmethod
    def _named(entry: Entry, names: Iterable[str], position: int = 0, *, is_borrowed: bool = False) -> Iterator[Phrase]:
        for text, name in {" ".join(words_of(name)): name for name in names}.items():
            yield Phrase(text, entry, name, position, is_borrowed)


def _starting(ordered: list[str], start: str) -> list[str]:
    first = bisect_left(ordered, start)
    return ordered[first : bisect_left(ordered, f"{start}\U0010ffff", first)]


def _texts(texts: list[dict[str, str]], key: str) -> list[str]:
    return [each[key] for each in texts if key in each]


def _templates(guide: Guide) -> list[tuple[str, dict]]:
    template = guide.settings.get("template")
    return [(template.get("id", guide.id), template)] if template else []


def _entries(guide: Guide) -> Iterator[Entry]:
    # What may be pressed comes before what is only shown.
    points = sorted(guide.point_values.values(), key=lambda point: point.show_only)
    for number, point in enumerate(points):
        yield Entry("point", point.id, point.label, number)
    records = guide.records
    for number, muscle in enumerate(records.muscles.values()):
        yield Entry("muscle", muscle.id, muscle.name, number)
    for number, area in enumerate(records.areas.values()):
        yield Entry("area", area.id, area.label, number)
    for number, code in enumerate(records.acupoints):
        yield Entry("acupoint", code, code, number)
    for number, (id, template) in enumerate(_templates(guide)):
        yield Entry("template", id, template["title"], number)


@kept_by_guide(at_most=1)
def words_in(guide: Guide) -> WordIndex:
    """Return the words of a guide; made once and kept."""
    return WordIndex(guide)
