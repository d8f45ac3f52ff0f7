"""The client's texts in each language: reading their files, who wrote them, and which texts are missing.

A language is one file, `text/<language>.csv`, with the columns key and text. Its first rows are
about the file itself: `language.name`, `language.direction`, `language.drafted_by` and
`language.reviewed_by`. A text that is missing is taken from the guide's own language.

Headings, units and general rules of the built-in guide are printed by every other guide, too. When to get help is not
among them: those signs belong to a complaint, and so to its guide. Nor are words for tools: their ids are the guide's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from selfcare_kit.errors import UnknownIdError, quoted, shown_name
from selfcare_kit.guide.cells import read_table, split

MACHINE = "machine"
DIRECTIONS = ("ltr", "rtl")
ABOUT = ("language.name", "language.direction", "language.drafted_by", "language.reviewed_by")
# Separates the key of a text from the ids of the rules under which another text replaces it.
WITH = ".with."
# Lists of names separated by ";", and how many names each must hold.
NAME_LISTS = {"date.months": 12, "date.weekdays": 7, "date.months_long": 12}

SHARED_TEXTS = ("date.", "figure.", "handout.", "intake.", "mode.", "punctuation.", "side.")
# The boxes of a page that say when to get help; each guide writes the lines below their headings.
HELP_BOXES = ("emergency", "today", "stop")

_LINE = r"\.(short\.)?\d+(\..+)?"
# Compiled when a guide of somebody else first needs them.
_OF_A_GUIDE = rf"handout\.({'|'.join(HELP_BOXES)}){_LINE}|handout\.(card|dose)\.tool\..+"
_RULE = r"handout\.(before_you_start|rule\.short)\.\d+(\..+)?"

_FIELD = re.compile(r"\{([a-z_]+)\}")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Translation:
    """How far a guide's texts in one language can be trusted.

    Parameters
    ----------
    language : str
        Such as `"es"`.
    name : str
        Its name in the language itself, such as "Español"; the same as `language` when the file
        gives none.
    direction : {"ltr", "rtl"}
        Direction of writing.
    drafted_by : str
        Who wrote the first version; "machine" for a machine translation. Empty for the guide's own language.
    reviewed_by : str
        Who has read all of it since; empty until somebody has.
    missing : tuple of str
        Keys of the texts that are still in the guide's own language.

    Examples
    --------
    >>> Translation("es", "Español", drafted_by="machine").notice
    'Español (es) was drafted by a machine and nobody has reviewed it yet: have somebody who speaks it read the page.'
    """

    language: str
    name: str
    direction: str = "ltr"
    drafted_by: str = ""
    reviewed_by: str = ""
    missing: tuple[str, ...] = ()

    @property
    def notice(self) -> str:
        """A warning for the clinician before the client gets a page; empty when there is none."""
        parts = []
        called = self.language if self.name == self.language else f"{self.name} ({self.language})"
        if self.drafted_by and not self.reviewed_by:
            by = "a machine" if self.drafted_by == MACHINE else self.drafted_by
            parts.append(
                f"{called} was drafted by {by} and nobody has reviewed it yet: "
                "have somebody who speaks it read the page."
            )
        if self.missing:
            count = f"{len(self.missing)} texts are" if len(self.missing) > 1 else "1 text is"
            parts.append(f"{count} missing in {called} and will be printed in the guide's own language.")
        return " ".join(parts)


class TextFolder:
    """The text files of a guide, each read once; a missing text is in the guide's own language.

    Parameters
    ----------
    folder : Path
        Holds `<language>.csv` files.
    guide_id : str
        Id of the guide, for messages.
    first : str
        The guide's own language.
    shared : callable
        Returns the texts that all guides share in a language.
    from_tables : callable
        Returns the texts in the guide's tables, which are in its own language and need a translation as well.
    """

    def __init__(
        self,
        folder: Path,
        guide_id: str,
        first: str,
        shared: Callable[[str], Mapping[str, str]],
        from_tables: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self.folder = folder
        self.guide_id = guide_id
        self.first = first
        self.shared = cache(shared)
        self.from_tables = from_tables
        self._own: dict[str, dict[str, str]] = {}
        self._texts: dict[str, dict[str, str]] = {}
        self._translations: dict[str, Translation] = {}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Names of the files, without ".csv"."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.csv")))

    def own(self, language: str) -> dict[str, str]:
        """Return the texts in the file of a language; an empty one counts as missing.

        Raises
        ------
        UnknownIdError
            If there is no such file.
        GuideError
            If it cannot be read as a table of texts.
        """
        if language not in self.languages:
            known = ", ".join(map(shown_name, self.languages))
            raise UnknownIdError(
                f"language must be one of {known} in guide {quoted(self.guide_id)}, "
                f"got {quoted(language)}; add {shown_name(f'text/{language}.csv')} to the guide."
            )
        if language not in self._own:
            rows = read_table(self.folder / f"{language}.csv", ("key", "text"))
            self._own[language] = {row["key"]: row["text"] for row in rows if row["text"]}
        return self._own[language]

    def texts(self, language: str) -> dict[str, str]:
        """Return all texts in a language, in the order of the guide's own language."""
        if language not in self._texts:
            own, first = self.own(language), self._first()
            shared_first = self.shared(self.first)
            # A text that this guide changed goes before the translation of the shared one.
            changed = {key: text for key, text in first.items() if shared_first.get(key) != text}
            self._texts[language] = {**shared_first, **first, **self.shared(language), **changed, **own}
        return self._texts[language]

    def translation(self, language: str) -> Translation:
        """Return who drafted and reviewed the texts of a language, and which are missing."""
        if language not in self._translations:
            self._translations[language] = self._translation(language)
        return self._translations[language]

    def _translation(self, language: str) -> Translation:
        own = self.own(language)
        name, direction, drafted_by, reviewed_by = (own.get(key, "") for key in ABOUT)
        present = {**self.shared(language), **(self._first() if language == self.first else own)}
        needed = {**self.shared(self.first), **self._first()}
        return Translation(
            language,
            name or language,
            direction if direction in DIRECTIONS else "ltr",
            drafted_by,
            reviewed_by,
            tuple(key for key in needed if key not in present and key not in ABOUT),
        )

    def _first(self) -> dict[str, str]:
        own = self.own(self.first) if self.first in self.languages else {}
        return {**self.from_tables(), **own}


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a text that lists them with ";" between, such as the months.

    Examples
    --------
    >>> names_in("January;February")
    ('January', 'February')
    """
    return split(text)


def condition_of(key: str) -> tuple[str, frozenset[str]]:
    """Return the key of the text that a text replaces, and the ids of the rules of which one has to apply.

    Examples
    --------
    >>> condition_of("handout.rule.1.with.C26")
    ('handout.rule.1', frozenset({'C26'}))
    """
    other, _, ids = key.partition(WITH)
    return other, frozenset(split(ids))


def fields_of(text: str) -> list[str]:
    """Return the `{fields}` of a text, sorted.

    Examples
    --------
    >>> fields_of("every {low} to {high} days")
    ['{high}', '{low}']
    """
    return sorted(f"{{{name}}}" for name in field_names(text))


def field_names(text: str) -> list[str]:
    """Return the names of the fields of a text, in order.

    Examples
    --------
    >>> field_names("{wall} Lean in slowly.")
    ['wall']
    """
    return _FIELD.findall(text)


def fill(text: str, values: Mapping[str, Any]) -> str:
    """Return a text with values in place of its `{fields}`.

    A field without a value stays, and a value that looks like a field is not replaced again, so that no text from
    outside can do harm.

    Examples
    --------
    >>> fill("For {client}", {"client": "{number}", "number": 3})
    'For {number}'
    """
    return _FIELD.sub(lambda match: str(values.get(match[1], match[0])), text)


def numbers_of(text: str) -> list[str]:
    """Return the numbers written in digits in a text, sorted.

    Examples
    --------
    >>> numbers_of("In the last 12 weeks")
    ['12']
    """
    return sorted(_NUMBER.findall(text))


def shared_part(texts: Mapping[str, str], sensations: Collection[str], own: Collection[str]) -> dict[str, str]:
    """Return what another guide takes over from the texts of the built-in one in a language.

    Parameters
    ----------
    texts : mapping of str to str
        The built-in guide's texts in that language.
    sensations : collection of str
        Its sensations. A text for those of whom something else is known is taken over for its sensations only, since
        the same id is another rule in another guide.
    own : collection of str
        Keys of the other guide's own texts. One that writes a rule of "Before you start" writes all of them, so that
        it can leave one out.

    Returns
    -------
    dict of str to str
        Text by key.

    Examples
    --------
    >>> shared_part({"handout.stop.title": "Stop", "handout.stop.1": "Your leg swells."}, (), ())
    {'handout.stop.title': 'Stop'}
    >>> shared_part({"handout.rule.short.5.with.numb;C04": "If it gets worse, stop."}, ("numb",), ())
    {'handout.rule.short.5.with.numb': 'If it gets worse, stop.'}
    """
    is_rule, is_of_a_guide = re.compile(_RULE).fullmatch, re.compile(_OF_A_GUIDE).fullmatch
    has_rules = any(map(is_rule, own))
    shared = {}
    for key, text in texts.items():
        if not key.startswith(SHARED_TEXTS) or is_of_a_guide(key) or (has_rules and is_rule(key)):
            continue
        name, _, ids = key.partition(WITH)
        felt = [id for id in split(ids) if id in sensations]
        if not ids:
            shared[key] = text
        elif felt:
            shared[f"{name}{WITH}{';'.join(felt)}"] = text
    return shared
