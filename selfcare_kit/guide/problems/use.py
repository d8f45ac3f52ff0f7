"""What each table of a guide allows by itself, and the guide as a whole cannot use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from selfcare_kit.errors import DoseError, InvalidValueError
from selfcare_kit.guide.schema import Row, split
from selfcare_kit.model.dose import Dose, check_dose
from selfcare_kit.model.limits import HARD_MAX_SECONDS
from selfcare_kit.model.step import Step

Tables = Mapping[str, Sequence[Row]]
# File, row as a spreadsheet numbers it, column and message of each problem.
Found = Iterator[tuple[str, int | None, str, str]]

# Without one of these nothing is asked, found or refused.
NEVER_EMPTY = ("areas", "points", "red_flags")


def check_use(tables: Tables, settings: Mapping[str, Any], dose: Dose) -> Found:
    """Tell what would fail, or would not be asked, when a guide is used.

    Parameters
    ----------
    tables : mapping of str to sequence of dict
        The guide's tables, each in order by itself.
    settings : mapping
        As `guide.toml` holds them, in order by themselves.
    dose : Dose
        How much the guide allows.

    Returns
    -------
    iterator of (str, int or None, str, str)
        File, row, column, and what is wrong in one sentence.
    """
    for name in NEVER_EMPTY:
        if not tables[name]:
            yield f"{name}.csv", None, "", "must hold a row, got none; write what the guide needs."
    placed = {row["id"] for row in tables["places"]}
    for number, row in enumerate(tables["points"], start=2):
        for column, message in _check_point(row, dose, placed):
            yield "points.csv", number, column, message
    yield from _check_landmarks(tables["landmarks"])
    yield from _check_search_words(tables.get("search_words", ()))
    if "template" in settings:
        yield from _check_template(tables["points"], settings["template"], dose)


def _check_point(row: Row, dose: Dose, placed: set[str]) -> Iterator[tuple[str, str]]:
    if row["id"] not in placed:
        yield "id", "has no place on the body; add a row to places.csv."
    if row["show_only"] == "yes":
        if not row["show_only_reason"]:
            yield "show_only_reason", "must say why the point is only shown; fill it in."
        return
    most = {"pressure": dose.max_pressure, "seconds": dose.max_area_seconds}
    for column, limit in most.items():
        if float(row[column]) > limit:
            yield column, f"must be at most {limit}, which [dose] of guide.toml allows, got {row[column]}; lower it."
    if float(row["every_days_min"]) < dose.every_days_min:
        least = dose.every_days_min
        yield (
            "every_days_min",
            f"must be {least} or more, as [dose] of guide.toml says, got {row['every_days_min']}; correct it.",
        )


def _check_search_words(rows: Sequence[Row]) -> Found:
    for number, row in enumerate(rows, start=2):
        found = [name for name in ("points", "muscles", "areas", "acupoints") if row[name]]
        if not found:
            yield "search_words.csv", number, "areas", "must not be empty where nothing else is; name what is meant."
        elif row["kind"] == "complaint" and found != ["areas"]:
            yield "search_words.csv", number, found[0], "must be empty for a complaint: its word leads to areas only."


def _check_landmarks(rows: Sequence[Row]) -> Found:
    comes_from = {row["id"]: [row["from_landmark"], row["to_landmark"]] for row in rows}
    for number, row in enumerate(rows, start=2):
        seen: set[str] = set()
        left = list(comes_from[row["id"]])
        while left:
            each = left.pop()
            if each not in seen:
                seen.add(each)
                left += comes_from.get(each, ())
        if row["id"] in seen:
            yield "landmarks.csv", number, "from_landmark", "leads back to itself; name another landmark."


def _check_template(points: Sequence[Row], template: Mapping[str, Any], dose: Dose) -> Found:
    place = ("guide.toml", None, "template.steps")
    rows = {row["id"]: row for row in points}
    steps: dict[str, Step] = {}
    for values in template["steps"]:
        point = values["point"]
        if rows[point]["show_only"] == "yes":
            yield *place, f"{point} may be shown but not pressed; take it out."
        if point in steps:
            yield *place, f"{point} stands twice; keep one of them."
        try:
            steps[point] = step = _template_step(rows[point], values, template.get("side", "both"))
        except InvalidValueError as error:
            yield *place, f"of {point}: {error}"
            continue
        most = int(rows[point]["max_seconds"] or HARD_MAX_SECONDS)
        if step.seconds > most:
            yield *place, f"of {point}: seconds must be at most {most}, its max_seconds, got {step.seconds}; lower it."
    try:
        check_dose(steps.values(), dose, lambda step: _areas_dosed(step, rows[step.point]))
    except DoseError as error:
        yield *place, str(error)


def _areas_dosed(step: Step, row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys((row["area"], *(() if step.mode == "hold" else split(row["sweeps"])))))


def _template_step(row: Row, values: Mapping[str, Any], side: str) -> Step:
    """Return a step as it will be: what the template does not say is the point's own."""
    own = {name: int(row[name]) for name in ("seconds", "pressure", "every_days_min", "every_days_max")}
    return Step(**{"side": side, **own, **values}, area=row["area"])
