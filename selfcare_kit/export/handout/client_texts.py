"""The texts of a client's page in a language, chosen by the client's sensations and findings.

A key such as `handout.stop.1.with.numb;tingling` holds the text that replaces `handout.stop.1` for a client who has one
of these sensations or findings. What depends on a guide and a language only is made once and kept with the guide.
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
    """The texts of a language by key; a missing key raises a GuideError that names it."""

    def __missing__(self, key: str) -> str:
        raise GuideError(
            f"a page for the client needs the text {key!r}, got none in the guide's text folder; "
            "copy its row from text/en.csv of the built-in guide."
        )

    @cached_property
    def kept(self) -> dict[str, Any]:
        """Values made from these texts, kept to be used again."""
        return {}

    @cached_property
    def variants(self) -> tuple[tuple[str, frozenset[str], str], ...]:
        """The texts that replace others: the key they replace, the ids that call for them, the text."""
        return tuple((*condition_of(key), text) for key, text in self.items() if WITH in key)

    @cached_property
    def conditions(self) -> frozenset[str]:
        """All ids of sensations and findings that decide between texts."""
        return frozenset().union(*(ids for _, ids, _ in self.variants))

    def fitted(self, known: frozenset[str]) -> Texts:
        """Return the texts for a client with some sensations and findings."""
        fitted = Texts(self)
        for key, ids, text in self.variants:
            if not ids.isdisjoint(known):
                fitted[key] = text
        return fitted


@kept_by_guide(at_most=MAX_LANGUAGES)
def client_texts(guide: Guide, language: str) -> Texts:
    """Return the texts of a language for anybody; a missing one is an error when it is used."""
    return Texts(guide.texts(language))


def texts_for(routine: Plan, language: str) -> Texts:
    """Return the texts of a language for a routine's client, by its complaint and screening."""
    texts = client_texts(routine.guide, language)
    return _fitted_texts(routine.guide, language, known_of(routine) & texts.conditions)


@kept_by_guide(at_most=MAX_KEPT)
def _fitted_texts(guide: Guide, language: str, known: frozenset[str]) -> Texts:
    return client_texts(guide, language).fitted(known)


def known_of(routine: Plan) -> frozenset[str]:
    """Return the ids of a complaint's sensations and of the screening's findings."""
    complaint, screening = routine.complaint, routine.screening
    sensations = (id for area in complaint.areas for id in area.sensations) if complaint else ()
    findings = (finding.id for finding in screening.findings) if screening else ()
    return frozenset((*sensations, *findings))


def supervised_by(routine: Plan, texts: Texts) -> str:
    """Return the id of the caution that lets a client do nothing alone, empty for none; its title has a text.

    Such a client's page has another title and no diary, since nothing is done at home.
    """
    findings = routine.screening.findings if routine.screening else ()
    return next((each.id for each in findings if f"caution.{each.id}.title" in texts), "")
