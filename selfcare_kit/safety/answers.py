"""Checks of the safety answers as they are given: ids, areas, initials, and what was ruled out."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Mapping

from selfcare_kit.errors import InvalidValueError, Named, UnknownIdError, check_text, listed, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.safety.questions import can_be_set_aside

MAX_AGREEMENT = 200
MAX_INITIALS = 40
NO_INITIALS = ("no", "none", "nobody", "n/a", "na")


def known_ids(name: str, ids: object, guide: Guide) -> tuple[str, ...]:
    """Return the ids of rules as the guide spells them; one id alone is a list of one."""
    return tuple(_known(guide, id) for id in _listed(name, ids))


def _known(guide: Guide, id: object) -> str:
    """Return an id as the guide spells it; case is ignored when only one id is meant."""
    ids = [*guide.records.red_flags, *guide.records.cautions]
    code = id.strip() if isinstance(id, str) else ""
    if code in ids:
        return code
    matches = [known for known in ids if known.casefold() == code.casefold()]
    if len(matches) == 1:
        return matches[0]
    raise UnknownIdError(
        f"a safety answer must be one of {', '.join(ids)} in guide {guide.id!r}, got {quoted(id)}; "
        "see the guide's red flags and cautions."
    )


def _listed(name: str, values: object) -> tuple[object, ...]:
    if isinstance(values, str):
        return (values,)
    if not isinstance(values, Iterable):
        raise InvalidValueError(
            f"{name} must be a list of ids such as ['C12'], got {quoted(values)}; put it in brackets."
        )
    return tuple(values)


def areas_of_answers(
    where: Mapping[str, Iterable[str]] | None, yes: tuple[str, ...], guide: Guide
) -> dict[str, tuple[str, ...]]:
    """Return the areas that answers are narrowed to, or refuse areas that are wrong, not wanted or missing."""
    if where is not None and not isinstance(where, Mapping):
        raise InvalidValueError(
            f"where must be a mapping such as {{'C12': ['foot_top']}}, got {quoted(where)}; write it so."
        )
    narrowed: dict[str, tuple[str, ...]] = {}
    for id, areas in (where or {}).items():
        known = _known(guide, id)
        if known not in yes:
            raise InvalidValueError(
                f"where names areas of an answer that is yes, got {known!r}, which is not; add it to yes."
            )
        if guide.records.rules[known].has_fixed_areas:
            raise InvalidValueError(
                f"where is for answers about a region, got {known!r}, which has fixed areas; leave it out."
            )
        narrowed[known] = tuple(dict.fromkeys(guide.area(area) for area in _listed(f"where of {known}", areas)))
        _check_narrowing(known, narrowed[known], guide)
    for id in yes:
        if guide.records.rules[id].where == "required" and not narrowed.get(id):
            raise InvalidValueError.of(
                f"{id} ({guide.records.rules[id].label})",
                "needs the areas it is about",
                given="none",
                advice=f"name the client's areas in where, as in {id}=foot_top "
                f"(in Python, where={{'{id}': ['foot_top']}})",
            )
    return narrowed


def _check_narrowing(id: str, areas: tuple[str, ...], guide: Guide) -> None:
    """Refuse areas outside those of a rule; a rule for any one region has no areas of its own."""
    rule = guide.records.rules[id]
    if rule.is_everywhere and rule.where == "required":
        return
    own = rule.areas
    outside = [area for area in areas if own and area not in own]
    if outside:
        raise InvalidValueError.of(
            f"where of {id}",
            ("must be among ", *listed("area", own)),
            given=Named("area", outside[0], repr(outside[0])),
            advice="name where it is, or leave where out",
        )


def check_date(date: object) -> datetime.date:
    """Return a date, or refuse anything else, a datetime included."""
    if isinstance(date, datetime.datetime) or not isinstance(date, datetime.date):
        raise InvalidValueError(f"date must be a datetime.date, got {quoted(date)}; pass date.today().")
    return date


def check_set_aside(ids: tuple[str, ...], yes: tuple[str, ...], guide: Guide) -> None:
    """Refuse to set aside a question that was answered yes, or that every complaint makes relevant."""
    both = next((id for id in ids if id in yes), None)
    if both is not None:
        raise InvalidValueError(
            f"an answer is yes, no or not relevant, got {both!r} as yes and as not relevant; take it out of one."
        )
    always = next((id for id in ids if not can_be_set_aside(id, guide)), None)
    if always is not None:
        raise InvalidValueError(
            f"{always} ({guide.records.rules[always].label}) bears on every complaint, so it cannot be set aside as "
            "not relevant; ask it."
        )


def agreements(agreed: Mapping[str, str] | None, guide: Guide) -> dict[str, str]:
    """Return what was ruled out, by the id of the finding or alert as the guide spells it."""
    if agreed is not None and not isinstance(agreed, Mapping):
        raise InvalidValueError(
            f"agreed must be a mapping such as {{'R18': 'pulses good; AB'}}, got {quoted(agreed)}; write it so."
        )
    alerts = {*guide.records.sensations, *guide.records.nerves}
    return {id if id in alerts else _known(guide, id): text for id, text in (agreed or {}).items()}


def check_agreement(id: str, text: object) -> str:
    """Return what was ruled out for a finding in one line, or refuse a text that says nothing."""
    words = " ".join(check_text(f"agreed of {id}", text).split())
    has_letters = any(character.isalpha() for character in words)
    if not has_letters or len(words) > MAX_AGREEMENT or words.casefold() in NO_INITIALS:
        raise InvalidValueError(
            f"what was ruled out for {id} must be a few words with the clinician's initials, such as "
            f"'pulses good, both feet; AB', got {quoted(words)}; write it, or leave {id} out."
        )
    return words


def check_initials(text: object) -> str:
    """Return a clinician's initials, or refuse a text that names nobody."""
    initials = check_text("agreed_by", text).strip()
    # A Hangul filler counts as a letter and cannot be seen.
    letters = [letter for letter in initials if letter.isalpha() and "FILLER" not in unicodedata.name(letter, "")]
    if initials and (not letters or initials.casefold() in NO_INITIALS or len(initials) > MAX_INITIALS):
        raise InvalidValueError.of(
            Named("value", "agreed_by"),
            "must be the initials of the clinician who looked, such as 'AB'",
            given=repr(initials[:MAX_INITIALS]),
            advice="leave it out when nobody has",
        )
    return initials
