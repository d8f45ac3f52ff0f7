"""The texts of a language beside those of the guide's own, for somebody who speaks both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.languages import ABOUT

# What a client must understand comes first.
ORDER = (
    "handout.emergency", "handout.today", "handout.stop", "question", "caution", "point", "handout", "technique", "how",
    "phrase", "position", "tool", "sensation", "area", "muscle",
)  # fmt: skip


class Group(NamedTuple):
    """Texts of one kind: key, own language, other language."""

    name: str
    rows: tuple[tuple[str, str, str], ...]


def translation_groups(guide: Guide, language: str) -> tuple[Group, ...]:
    """Return the texts to compare, by kind, the most important kind first; what is not translated is left out."""
    own, other = guide.texts(guide.language), guide.texts(language)
    missing = set(guide.translation(language).missing)
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for key in _keys(own):
        if key not in missing:
            groups.setdefault(_group_of(key), []).append((key, own[key], other[key]))
    known = [name for name in ORDER if name in groups]
    return tuple(Group(name, tuple(groups[name])) for name in (*known, *(name for name in groups if name not in ORDER)))


def _keys(texts: dict[str, str]) -> Iterator[str]:
    return (key for key in texts if key not in ABOUT)


def _group_of(key: str) -> str:
    return next((name for name in ORDER if key.startswith(f"{name}.")), key.partition(".")[0])
