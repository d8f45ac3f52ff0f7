"""The search index: all names of what is in a guide, and of the clinic's templates, by their words."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.plan.template_file import Template

# In the order of equally good matches.
ENTRY_KINDS = ("point", "muscle", "area", "acupoint", "template")
KIND_OF_TABLE = {"points": "point", "muscles": "muscle", "areas": "area", "acupoints": "acupoint"}
# In the languages of the built-in guide.
STOP_WORDS = frozenset(
    (
        *("a", "an", "and", "at", "by", "in", "my", "of", "on", "or", "the", "to"),
        *("al", "con", "de", "del", "el", "en", "la", "las", "lo", "los", "y"),
        *("au", "aux", "d", "des", "du", "et", "l", "le", "les"),
        *("am", "das", "dem", "den", "der", "die", "ein", "eine", "im", "und", "unter", "vom", "von", "zum", "zur"),
    )
)
MAX_CACHED_PREFIXES = 4096

# Kind and id of an entry.
Key = tuple[str, str]
Rank = tuple[bool, int, int, bool]


class Entry(NamedTuple):
    """Something that can be found, with its position among all of its kind."""

    kind: str
    id: str
    label: str
    order: int


class Name(NamedTuple):
    """One name of an entry, as `text` in normalized words and as it is written in the guide.

    `is_of_neighbor` marks the code of an acupuncture point nearby, `is_complaint` what people call a complaint.
    """

    text: str
    entry: Entry
    written: str
    position: int = 0
    is_of_neighbor: bool = False
    is_complaint: bool = False

    @property
    def rank(self) -> Rank:
        """The sort key among names that fit equally well; of equal names that of a complaint comes first."""
        return (self.is_of_neighbor, ENTRY_KINDS.index(self.entry.kind), self.position, not self.is_complaint)


def normalized_words(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents, hyphens and stop words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("'s", "s"))
    plain = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    words = plain.split()
    return [word for word in words if word not in STOP_WORDS] or words


def normalized_id(text: str) -> str:
    """Return the letters and digits of an id, in lower case."""
    return "".join(c for c in text.casefold() if c.isalnum())


class SearchIndex:
    """All names of a guide's points, muscles, areas, acupuncture points and templates, and of the clinic's."""

    def __init__(self, guide: Guide, own: Sequence[Template] = ()) -> None:
        self.guide = guide
        self._own = own
        self.entries = list(_entries(guide, own))
        self._numbers = {(entry.kind, entry.id): number for number, entry in enumerate(self.entries)}
        self.names = [name for name in self._all_names() if name.text]
        self.texts = [name.text for name in self.names]
        self.owners = [self.number_of(name.entry) for name in self.names]
        self.ranks = [name.rank for name in self.names]
        self._by_id: dict[str, list[int]] = {}
        for number, entry in enumerate(self.entries):
            # The id of a muscle or an area is its name.
            if entry.kind in ("point", "acupoint", "template"):
                self._by_id.setdefault(normalized_id(entry.id), []).append(number)
        self._ids = sorted(self._by_id)
        self._names_by_word: dict[str, set[int]] = {}
        for number, name in enumerate(self.names):
            for word in name.text.split():
                self._names_by_word.setdefault(word, set()).add(number)
        self._vocabulary = sorted(self._names_by_word)
        self._names_by_prefix: dict[str, frozenset[int]] = {}

    def names_with(self, prefix: str) -> frozenset[int]:
        """Return the numbers of the names with a word that begins with a prefix."""
        found = self._names_by_prefix.get(prefix)
        if found is None:
            if len(self._names_by_prefix) >= MAX_CACHED_PREFIXES:
                self._names_by_prefix.clear()
            numbers = (self._names_by_word[word] for word in _with_prefix(self._vocabulary, prefix))
            found = frozenset().union(*numbers)
            # What begins no name may be private, and is not kept.
            if found:
                self._names_by_prefix[prefix] = found
        return found

    def names_with_all(self, prefixes: Sequence[str]) -> frozenset[int]:
        """Return the numbers of the names that have a word for each of one or more prefixes."""
        return self.names_with(prefixes[0]).intersection(*map(self.names_with, prefixes[1:]))

    def similar_words(self, word: str) -> list[str]:
        """Return the words that may be meant if one letter is wrong: alike at the beginning, or after it."""
        rest = word[3:]
        same_beginning = _with_prefix(self._vocabulary, word[:2])
        one_less_or_equal = (each for each in self._vocabulary if each.startswith(rest, 2) or each.startswith(rest, 3))
        one_more = (each for each in self._vocabulary if each.startswith(rest, 4))
        return [each for each in {*same_beginning, *one_less_or_equal, *one_more} if each.isalpha()]

    def entries_with_id(self, prefix: str) -> list[int]:
        """Return the numbers of the entries with an id that begins with a prefix."""
        return [number for id in _with_prefix(self._ids, prefix) for number in self._by_id[id]]

    def entry(self, kind: str, id: str) -> Entry:
        """Return an entry by its kind and id."""
        return self.entries[self._numbers[kind, id]]

    def number_of(self, entry: Entry) -> int:
        """Return the number of an entry."""
        return self._numbers[entry.kind, entry.id]

    @cached_property
    def points_of(self) -> dict[Key, tuple[str, ...]]:
        """The points of a muscle, near an acupuncture point or of a template, by the entry's kind and id."""
        points: dict[Key, list[str]] = {}
        for point in self.guide.point_values.values():
            points.setdefault(("muscle", point.muscle_id), []).append(point.id)
            for code in self.guide.acupoints_near.get(point.id, ()):
                points.setdefault(("acupoint", code), []).append(point.id)
        for id, template in _templates(self.guide):
            points["template", id] = [step["point"] for step in template["steps"]]
        for template in self._own:
            points["template", template.name] = [step.point for step in template.steps]
        return {key: tuple(ids) for key, ids in points.items()}

    def _all_names(self) -> Iterator[Name]:
        guide = self.guide
        texts = [guide.texts(language) for language in guide.languages]
        for entry in self.entries:
            if entry.kind == "point":
                yield from _names(entry, [entry.label])
                yield from _names(entry, guide.acupoints_near.get(entry.id, ()), is_of_neighbor=True)
            elif entry.kind == "muscle":
                muscle = guide.records.muscles[entry.id]
                latin = muscle.latin.removeprefix("musculus ").removeprefix("musculi ")
                names = [muscle.name, muscle.latin, latin, *muscle.synonyms, *_texts(texts, f"muscle.{entry.id}")]
                yield from self._names_of_muscle(entry, names)
            elif entry.kind == "area":
                area = guide.records.areas[entry.id]
                names = [area.label, area.client, *area.synonyms, *_texts(texts, f"area.{entry.id}")]
                yield from _names(entry, [entry.id, *names])
            else:
                yield from _names(entry, [entry.label])
        yield from self._names_of_table()

    def _names_of_table(self) -> Iterator[Name]:
        """Yield the names in the guide's table of search words; a complaint leads to areas only."""
        for row in self.guide.records.search_words:
            is_complaint = row.kind == "complaint"
            for table, kind in KIND_OF_TABLE.items():
                for position, id in enumerate(getattr(row, table)):
                    if is_complaint and kind != "area":
                        continue
                    entry = self.entry(kind, id)
                    if kind == "muscle":
                        yield from self._names_of_muscle(entry, [row.word], position)
                    else:
                        text = " ".join(normalized_words(row.word))
                        yield Name(text, entry, row.word, position, is_complaint=is_complaint)

    def _names_of_muscle(self, muscle: Entry, names: Iterable[str], position: int = 0) -> Iterator[Name]:
        """Yield the names of a muscle for the muscle and for each of its points."""
        points = (self.entry("point", id) for id in self.points_of.get(("muscle", muscle.id), ()))
        for entry in (muscle, *points):
            yield from _names(entry, names, position)


def _names(entry: Entry, names: Iterable[str], position: int = 0, *, is_of_neighbor: bool = False) -> Iterator[Name]:
    for text, name in {" ".join(normalized_words(name)): name for name in names}.items():
        yield Name(text, entry, name, position, is_of_neighbor)


def _with_prefix(ordered: list[str], prefix: str) -> list[str]:
    first = bisect_left(ordered, prefix)
    return ordered[first : bisect_left(ordered, f"{prefix}\U0010ffff", first)]


def _texts(texts: list[dict[str, str]], key: str) -> list[str]:
    return [own[key] for own in texts if key in own]


def _templates(guide: Guide) -> list[tuple[str, dict]]:
    template = guide.settings.get("template")
    return [(template.get("id", guide.id), template)] if template else []


def _entries(guide: Guide, own: Sequence[Template]) -> Iterator[Entry]:
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
    titles = [(id, template["title"]) for id, template in _templates(guide)]
    titles += [(template.name, template.title) for template in own]
    for number, (id, title) in enumerate(titles):
        yield Entry("template", id, title, number)


@kept_by_guide(at_most=1)
def search_index(guide: Guide, own: Sequence[Template] = ()) -> SearchIndex:
    """Return the search index of a guide and the clinic's own templates, made once and kept."""
    return SearchIndex(guide, own)
