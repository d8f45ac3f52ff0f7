"""The client's texts in a language, and which of them fit what a client came with.

A key such as `handout.stop.1.with.numb;tingling` holds what is said instead of `handout.stop.1` to a client who
feels one of these, or of whom one of these findings is known. What depends on a guide and a language only is made
once and kept with the guide.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from selfcare_kit.errors import GuideError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.languages import WITH, condition_of
from selfcare_kit.plan.plan import Plan

MAX_KEPT = 256
MAX_LANGUAGES = 16


class Texts(dict[str, str]):
    """A language's texts by key; a missing one is named in a sentence."""

    def __missing__(self, key: str) -> str:
        raise GuideError(
            f"a page for the client needs the text {key!r}, got none in the guide's text folder; "
            "copy its row from text/en.csv of the built-in guide."
        )

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What was made of these texts and serves again."""
        return {}

    @cached_property
    def variants(self) -> tuple[tuple[str, frozenset[str], str], ...]:
        """Texts that stand for others under a condition: the other's key, the condition's ids, the text."""
        return tuple((*condition_of(key), text) for key, text in self.items() if WITH in key)

    @cached_property
    def conditions(self) -> frozenset[str]:
        """All ids that decide which text is used."""
        return frozenset().union(*(ids for _, ids, _ in self.variants))

    def fitted(self, known: frozenset[str]) -> Texts:
        """Return the texts for a client of whom some sensations and findings are known."""
        fitted = Texts(self)
        for key, ids, text in self.variants:
            if not ids.isdisjoint(known):
                fitted[key] = text
        return fitted


@kept_by_guide(at_most=MAX_LANGUAGES)
def client_texts(guide: Guide, language: str) -> Texts:
    """Return the texts of a language as they are for anybody, checked when they are used.

    Parameters
    ----------
    guide : Guide
        Whose texts.
    language : str
        Such as `"en"`.

    Returns
    -------
    Texts
        Text by key.

    Raises
    ------
    UnknownIdError
        If the guide has no such language.
    """
    return Texts(guide.texts(language))


def texts_for(routine: Plan, language: str) -> Texts:
    """Return the texts of a language as they fit a routine's client.

    Parameters
    ----------
    routine : Plan
        Its complaint and its screening say what the client came with.
    language : str
        Such as `"en"`.

    Returns
    -------
    Texts
        Text by key, the same object for clients who came with the same.
    """
    texts = client_texts(routine.guide, language)
    return _fitted_texts(routine.guide, language, known_of(routine) & texts.conditions)


@kept_by_guide(at_most=MAX_KEPT)
def _fitted_texts(guide: Guide, language: str, known: frozenset[str]) -> Texts:
    return client_texts(guide, language).fitted(known)


def known_of(routine: Plan) -> frozenset[str]:
    """Return the sensations that are felt somewhere, and the findings of the screening."""
    complaint, screening = routine.complaint, routine.screening
    felt = (sensation for each in complaint.areas for sensation in each.sensations) if complaint else ()
    findings = (each.id for each in screening.findings) if screening else ()
    return frozenset((*felt, *findings))


def supervised_by(routine: Plan, texts: Texts) -> str:
    """Return the caution that lets a client do nothing alone, one with a text for the title; empty for none.

    Such a client's page has another title and no diary, since nothing is done at home.
    """
    findings = routine.screening.findings if routine.screening else ()
    return next((each.id for each in findings if f"caution.{each.id}.title" in texts), "")
