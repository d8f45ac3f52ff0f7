"""A record made with another version of the guide, without what the guide does not have: named, never guessed.

What is lost of the complaint or the answers could have held something back. Then all questions count as not asked, so
that no page goes to the client before they are asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selfcare_kit.errors import InvalidValueError, SelfcareError, UnknownIdError, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.plan.dosing import fitted_step
from selfcare_kit.safety.answers import agreements, areas_of_answers, check_set_aside, known_ids

# The key of the sentences about what was left out; only a reader can set a tuple, no JSON can.
LEFT_OUT = "left_out"
ASK_AGAIN = "The safety questions have to be asked again, as part of the complaint or of the answers is left out."
_SHAPE = {"yes": list, "asked": list, "where": dict, "agreed": dict, "not_relevant": list, "how": dict}


def fitted_to_guide(record: Mapping[str, Any], guide: Guide) -> dict[str, Any]:
    """Return a record with what a guide has of it, and sentences about the rest."""
    told: list[str] = []
    steps = [fitted_step(values, guide, told) for values in record["steps"]]
    told_of_steps = len(told)
    complaint, screening = record["complaint"], record["screening"]
    if isinstance(complaint, Mapping):
        complaint = _complaint(complaint, guide, told)
    if isinstance(screening, Mapping):
        screening = _screening(screening, guide, told)
        if len(told) > told_of_steps:
            screening = {**screening, "asked": screening.get("yes", [])}
            told.append(ASK_AGAIN)
    before = record.get(LEFT_OUT)
    return {
        **record,
        "steps": [step for step in steps if step is not None],
        "complaint": complaint,
        "screening": screening,
        LEFT_OUT: (*(before if isinstance(before, tuple) else ()), *told),
    }


def _complaint(values: Mapping[str, Any], guide: Guide, told: list[str]) -> dict[str, Any] | None:
    """Return the areas of a complaint that the guide has, with the sensations that it has; None when none is left."""
    kept: dict[str, Any] = {}
    for name, details in values.items():
        try:
            area = guide.area(name)
        except UnknownIdError:
            told.append(f"Left out of the complaint: {quoted(name)}, an area that the guide does not have.")
            continue
        label = guide.records.areas[area].label
        if area in kept:
            told.append(f"Left out of the complaint: {quoted(name)}, which is part of {label!r} now.")
        elif isinstance(details, Mapping) and details.get("side") == "midline" and guide.records.areas[area].paired:
            told.append(f"Left out of the complaint: {label!r}, which has two sides now; name the side that hurts.")
        else:
            kept[area] = _with_known_sensations(details, label, guide, told)
    return kept or None


def _with_known_sensations(details: Any, label: str, guide: Guide, told: list[str]) -> Any:
    felt = details.get("sensations") if isinstance(details, Mapping) else None
    if not isinstance(felt, list):
        return details
    gone = [each for each in felt if each not in guide.records.sensations]
    told += [f"Left out of {label!r}: {quoted(each)}, a sensation that the guide does not have." for each in gone]
    return {**details, "sensations": [each for each in felt if each not in gone]}


def _screening(values: Mapping[str, Any], guide: Guide, told: list[str]) -> dict[str, Any]:
    """Return answers to the guide's questions; an answer that is yes is never lost in silence."""
    if not all(isinstance(values.get(name, kind()), kind) for name, kind in _SHAPE.items()):
        # Whoever reads the answers refuses them.
        return dict(values)
    where = values.get("where", {})
    yes, narrowed = [], {}
    for id in values.get("yes", ()):
        areas = _areas_of_answer(id, where.get(id), guide, told)
        if areas is not None:
            yes.append(id)
            narrowed |= {id: areas} if areas else {}
    return {
        **values,
        "yes": yes,
        "where": narrowed,
        "asked": [id for id in values.get("asked", ()) if _is_question(id, guide)],
        "agreed": {id: text for id, text in values.get("agreed", {}).items() if _is_agreed(id, text, guide)},
        "not_relevant": [id for id in values.get("not_relevant", ()) if _can_stay_aside(id, guide)],
        "how": {id: way for id, way in values.get("how", {}).items() if _is_question(id, guide)},
    }


def _areas_of_answer(id: Any, areas: Any, guide: Guide, told: list[str]) -> list[str] | None:
    """Return the areas that an answer is narrowed to, empty where it holds in all of its own; None when it is lost."""
    if not _is_question(id, guide):
        told.append(f"Left out: the answer yes to {quoted(id)}, a question that the guide does not have.")
        return None
    named = f"the answer yes to {quoted(id)}"
    listed = list(areas or ())
    known = [area for area in listed if guide.has_area(area)]
    # Where it can, an answer holds in all of its areas rather than in fewer.
    for wanted, message in (
        (listed, ""),
        ([], f"Changed: {named} holds in all of its areas, as the guide has others."),
        (
            known,
            f"Changed: {named} holds in {', '.join(map(str, known))} only, as the guide has no other of its areas.",
        ),
    ):
        try:
            found = areas_of_answers({id: wanted} if wanted else None, known_ids("yes", (id,), guide), guide)
        except SelfcareError:
            continue
        told += [message] if message else []
        return [area for each in found.values() for area in each]
    told.append(f"Left out: {named}, as its areas have to be named again.")
    return None


def _is_question(id: Any, guide: Guide) -> bool:
    try:
        return bool(known_ids("asked", (id,), guide))
    except UnknownIdError:
        return False


def _is_agreed(id: Any, text: Any, guide: Guide) -> bool:
    try:
        return bool(agreements({id: text}, guide))
    except UnknownIdError:
        return False


def _can_stay_aside(id: Any, guide: Guide) -> bool:
    """Return whether a question can still be set aside; one that cannot counts as not asked."""
    try:
        check_set_aside(known_ids("not_relevant", (id,), guide), (), guide)
    except (UnknownIdError, InvalidValueError):
        return False
    return True
