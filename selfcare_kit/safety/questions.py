"""The safety questions of a guide: their order, their groups, and which of them a complaint makes relevant."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from selfcare_kit.errors import UnknownIdError, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.guide.records import Rule
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.safety.explained import points_explaining

# Titles for the questions that no group of the guide names.
RED_FLAGS, CAUTIONS = "Red flags", "Cautions"


@dataclass(frozen=True)
class Question:
    """One safety question. `questions` returns them.

    Parameters
    ----------
    id : str
        Red flag or caution it answers, such as `"R01"`.
    label : str
        What a yes may mean, for the clinician.
    short_label : str
        The same in two to four words.
    question : str
        The question in plain words, for the client.
    more : str
        What else counts as yes; empty when nothing has to be added.
    where : {"no", "optional", "required"}
        Whether a yes has to, or may, name the areas it is about.
    is_core : bool
        Whether it is asked first, and of everybody.
    is_relevant : bool
        Whether the complaint makes it relevant; one that is not may be set aside.
    can_be_set_aside : bool
        False when it is relevant for every complaint.
    """

    id: str
    label: str
    short_label: str
    question: str
    more: str = ""
    where: str = "no"
    is_core: bool = False
    is_relevant: bool = True
    can_be_set_aside: bool = True

    def __str__(self) -> str:
        return f"{self.id}  {self.question}"


class QuestionGroup(NamedTuple):
    """Questions that belong together."""

    title: str
    rules: tuple[Rule, ...]


class _Relevance(NamedTuple):
    """When a question is relevant: always, or for some areas, some sensations or some answers."""

    always: bool
    areas: frozenset[str]
    sensations: frozenset[str]
    after: frozenset[str]


def questions(
    complaint: Any = None, *, yes: Iterable[str] = (), guide: Guide | None = None, language: str = ""
) -> tuple[Question, ...]:
    """Return the safety questions in the order in which they are asked.

    The core questions come first, then those that the complaint makes relevant, then the rest. A question is
    relevant when it is about an area of the complaint or one that a step for it could work, about a sensation of the
    complaint, or when another answer leads to it.

    Parameters
    ----------
    complaint : str, iterable of str, mapping or Complaint, optional
        Where it hurts, as for `suggest`; sides do not matter here. Without it every area and sensation counts.
    yes : iterable of str, default=()
        Ids answered yes so far: some questions are asked only after another.
    guide : Guide, optional
        The built-in one when left out.
    language : str, default=""
        Language of `question` and `more`; the guide's own when empty, and where a translation is missing.

    Returns
    -------
    tuple of Question
        Every question once.

    Raises
    ------
    UnknownIdError
        If an area, a sensation, an answer or the language is not in the guide.

    Examples
    --------
    >>> asked = questions({"heel": {"side": "left", "sensations": ["ache"]}})
    >>> asked[0].id, asked[0].short_label
    ('R01', 'Cauda equina')
    >>> [each.id for each in asked if each.is_relevant and not each.is_core][:3]
    ['R08', 'R10b', 'R13']
    >>> [each.id for each in questions("heel", yes=["R03"]) if each.is_relevant and not each.is_core][:2]
    ['R02', 'R04']
    """
    guide = guide or load_guide()
    answered = _known_answers(guide, yes)
    if complaint is None:
        areas, sensations = frozenset(guide.area_ids), frozenset(guide.records.sensations)
    else:
        made = guide.complaint(complaint, side="both")
        areas, sensations = areas_reached(made, guide), sensations_of(made)
    core, relevant, others = [], [], []
    for if_relevant, if_not in _questions_in(guide, language or guide.language):
        if if_relevant.is_core:
            core.append(if_relevant)
        elif is_relevant(if_relevant.id, areas, sensations, answered, guide):
            relevant.append(if_relevant)
        else:
            others.append(if_not)
    return (*core, *relevant, *others)


def is_relevant(
    id: str, areas: Collection[str], sensations: Collection[str], yes: Collection[str], guide: Guide
) -> bool:
    """Return whether a question is relevant for some areas, for sensations in any area, or for the answers so far."""
    relevance = _relevances(guide)[id]
    return (
        relevance.always
        or not relevance.areas.isdisjoint(areas)
        or not relevance.sensations.isdisjoint(sensations)
        or not relevance.after.isdisjoint(yes)
    )


def can_be_set_aside(id: str, guide: Guide) -> bool:
    """Return whether a question is irrelevant for some complaints."""
    return not _relevances(guide)[id].always


def areas_reached(complaint: Complaint, guide: Guide) -> frozenset[str]:
    """Return the areas of a complaint, and all areas that a step for it could work in any mode."""
    worked = _areas_worked(guide)
    points = points_explaining(frozenset(complaint.area_ids), complaint, guide)
    return frozenset(complaint.area_ids).union(*(worked[point] for point in points if point in worked))


def sensations_of(complaint: Complaint) -> frozenset[str]:
    """Return the sensations in any area of a complaint."""
    return frozenset(sensation for each in complaint.areas for sensation in each.sensations)


def question_groups(guide: Guide | None = None) -> tuple[QuestionGroup, ...]:
    """Return the questions in the groups of `[[question_groups]]` in the guide's `guide.toml`.

    Parameters
    ----------
    guide : Guide, optional
        The built-in one when left out.

    Returns
    -------
    tuple of QuestionGroup
        Every question once; those that no group names come last, red flags before cautions.

    Examples
    --------
    >>> [group.title for group in question_groups()][:2]
    ['Nerves and strength', 'Blood and breath']
    """
    guide = guide or load_guide()
    remaining = {rule.id: rule for rule in guide.records.asked_rules}
    groups = []
    for group in guide.settings.get("question_groups", ()):
        rules = tuple(remaining.pop(id) for id in group["ids"] if id in remaining)
        groups.append(QuestionGroup(group["title"], rules))
    groups.append(QuestionGroup(RED_FLAGS, tuple(rule for rule in remaining.values() if rule.is_red_flag)))
    groups.append(QuestionGroup(CAUTIONS, tuple(rule for rule in remaining.values() if not rule.is_red_flag)))
    return tuple(group for group in groups if group.rules)


def _known_answers(guide: Guide, yes: Iterable[str]) -> frozenset[str]:
    answered = (yes,) if isinstance(yes, str) else tuple(yes)
    for id in answered:
        if not isinstance(id, str) or id not in guide.records.rules:
            listed = ", ".join(rule.id for rule in guide.records.asked_rules)
            raise UnknownIdError(
                f"an answer must be one of {listed} in guide {guide.id!r}, got {quoted(id)}; "
                "see the guide's red flags and cautions."
            )
    return frozenset(answered)


@kept_by_guide(at_most=1)
def _relevances(guide: Guide) -> dict[str, _Relevance]:
    return {rule.id: _relevance(rule) for rule in guide.records.asked_rules}


def _relevance(rule: Rule) -> _Relevance:
    has_condition = bool(rule.ask_areas or rule.ask_sensations or rule.ask_after)
    areas = frozenset(rule.ask_areas if has_condition else rule.areas)
    # A question about any region the client names, and one about the whole body, are relevant for every complaint.
    is_of_any_region = rule.where == "required" and not has_condition
    is_always = rule.core or is_of_any_region or "all" in areas
    return _Relevance(is_always, areas, frozenset(rule.ask_sensations), frozenset(rule.ask_after))


@kept_by_guide(at_most=1)
def _areas_worked(guide: Guide) -> dict[str, frozenset[str]]:
    """Return all areas that each point may work in some mode, for the points that may be pressed."""
    return {
        each.id: frozenset((each.area, *each.touches, *each.sweeps))
        for each in guide.point_values.values()
        if not each.show_only
    }


@kept_by_guide(at_most=16)
def _questions_in(guide: Guide, language: str) -> tuple[tuple[Question, Question], ...]:
    """Return each question in a language twice: as it is when it is relevant, and when it is not."""
    texts = guide.texts(language)
    relevant = [_question(rule, texts, can_be_set_aside(rule.id, guide)) for rule in guide.records.asked_rules]
    return tuple((question, replace(question, is_relevant=False)) for question in relevant)


def _question(rule: Rule, texts: dict[str, str], is_optional: bool) -> Question:
    key = f"question.{rule.id}"
    return Question(
        id=rule.id,
        label=rule.label,
        short_label=rule.short_label or rule.label,
        question=texts.get(key, rule.question),
        more=texts.get(f"{key}.more", rule.more),
        where=rule.where,
        is_core=rule.core,
        can_be_set_aside=is_optional,
    )
