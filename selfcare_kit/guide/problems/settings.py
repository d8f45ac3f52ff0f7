"""The problems in `guide.toml`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from selfcare_kit.errors import InvalidValueError, quoted
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.model.step import CHANGEABLE, Step

Ids = Mapping[str, set[str]]
# Column and message of each problem.
Problems = Iterator[tuple[str, str]]

NEEDED = ("id", "title", "version")
TEXTS = ("date", "language", "reviewed_by")
WEIGHTS = ("primary", "spillover", "uncertain", "several", "support")


def check_settings(settings: Mapping[str, Any], ids: Ids) -> Problems:
    """Yield the problems in the settings of a guide; `Guide` checks the dose itself."""
    for name in NEEDED:
        if not settings.get(name) or not isinstance(settings[name], str):
            yield name, f'must be a text and not empty; write {name} = "...".'
    for name in TEXTS:
        if not isinstance(settings.get(name, ""), str):
            yield name, f'must be a text, got {quoted(settings[name])}; write {name} = "...".'
    yield from _check_weights(settings.get("suggest", {}))
    if "template" in settings:
        yield from _check_template(settings["template"], ids)
    yield from _check_leaflet(settings.get("leaflet", {}), ids)
    yield from _each("paths", settings, ids, _check_path)
    yield from _each("question_groups", settings, ids, _check_question_group)


def _each(name: str, settings: Mapping[str, Any], ids: Ids, check: Callable[[Any, Ids], Problems]) -> Problems:
    rows = settings.get(name, [])
    for row in rows if isinstance(rows, list) else [None]:
        yield from check(row, ids)


def _check_weights(weights: object) -> Problems:
    values = weights if isinstance(weights, dict) else {"": weights}
    for name, value in values.items():
        # `support` is a list: the weights of a row with 0, 1, 2 ... independent sources.
        if name == "support":
            if not isinstance(value, list) or not value or not all(map(_is_weight, value)):
                yield "suggest", f"must give support a list of numbers from 0 to 1000, got {quoted(value)}; correct it."
        elif name not in WEIGHTS or not _is_weight(value):
            known = ", ".join(WEIGHTS)
            yield "suggest", f"must give {known} numbers from 0 to 1000, got {quoted({name: value})}; correct it."


def _is_weight(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return is_number and 0 <= value <= 1_000


def _check_question_group(group: object, ids: Ids) -> Problems:
    if not isinstance(group, dict) or not isinstance(group.get("title"), str) or not isinstance(group.get("ids"), list):
        yield "question_groups", "each must have a title and a list of ids; write both."
        return
    yield from _check_known(group["ids"], "question_groups", "red_flags|cautions", ids)


def _check_leaflet(leaflet: object, ids: Ids) -> Problems:
    if (
        not isinstance(leaflet, dict)
        or set(leaflet) - {"pictures"}
        or not isinstance(leaflet.get("pictures", {}), dict)
    ):
        yield "leaflet", "must have pictures only, a point for each text; write them as [leaflet.pictures]."
        return
    yield from _check_known(list(leaflet.get("pictures", {}).values()), "leaflet.pictures", "points", ids)


def _check_path(path: object, ids: Ids) -> Problems:
    lists = {"areas": "areas", "sensations": "sensations", "first": "points", "then": "points"}
    words = ("reason_first", "reason_then")
    if (
        not isinstance(path, dict)
        or not all(isinstance(path.get(name), list) for name in lists)
        or not all(isinstance(path.get(name), str) for name in words)
    ):
        yield "paths", f"each must have the lists {', '.join(lists)} and the texts {', '.join(words)}; write them."
        return
    for name, table in lists.items():
        yield from _check_known(path[name], "paths", table, ids)


def _check_template(template: object, ids: Ids) -> Problems:
    steps = template.get("steps") if isinstance(template, dict) else None
    if not isinstance(steps, list) or not isinstance(template.get("title"), str):
        yield "template", "must have a title and [[template.steps]]; write both."
        return
    if not isinstance(template.get("id", ""), str):
        yield "template", f'must have a text as id, got {quoted(template["id"])}; write id = "...".'
    if template.get("side", STEP_SIDES[0]) not in STEP_SIDES:
        yield "template", f"must have a side of {', '.join(STEP_SIDES)}, got {quoted(template['side'])}; correct it."
    for step in steps:
        yield from _check_step(step, ids)


def _check_step(step: object, ids: Ids) -> Problems:
    where = "template.steps"
    point = step.get("point") if isinstance(step, dict) else None
    found = list(_check_known([point], where, "points", ids))
    if found:
        yield from found
        return
    unknown = [name for name in step if name not in ("point", *CHANGEABLE)]
    if unknown:
        yield where, f"must have {', '.join(CHANGEABLE)} at the most, got {quoted(unknown[0])}; take it out."
        return
    for name, table in (("tool", "tools"), ("position", "positions")):
        if name in step:
            yield from _check_known([step[name]], where, table, ids)
    try:
        Step(**{"side": STEP_SIDES[0], **step})
    except InvalidValueError as error:
        yield where, f"of {point}: {error}"


def _check_known(found: list[Any], where: str, tables: str, ids: Ids) -> Problems:
    names = tables.split("|")
    known = set().union(*(ids[name] for name in names))
    files = " or ".join(f"{name}.csv" for name in names)
    for id in found:
        if not isinstance(id, str) or id not in known:
            yield where, f"{quoted(id)} is not in {files}; add it there or correct it."
