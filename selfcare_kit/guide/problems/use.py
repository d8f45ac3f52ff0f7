"""The problems between the tables of a guide whose rows are right one by one."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from selfcare_kit.errors import DoseError, InvalidValueError, quoted
from selfcare_kit.guide.cells import Row
from selfcare_kit.guide.point import Point, point_of
from selfcare_kit.model.dose import Dose, check_dose
from selfcare_kit.model.step import Step

Tables = Mapping[str, Sequence[Row]]
# File, row as a spreadsheet numbers it, column and message of each problem.
Found = Iterator[tuple[str, int | None, str, str]]

# Without a row in these nothing would be asked, suggested or refused.
NEVER_EMPTY = ("areas", "points", "red_flags")
OTHER_END = {"lane_from": "lane_to", "lane_to": "lane_from"}


def check_use(tables: Tables, settings: Mapping[str, Any], dose: Dose) -> Found:
    """Yield what would fail, or never be asked, when the guide is used; its rows and settings must have no problem."""
    for name in NEVER_EMPTY:
        if not tables[name]:
            yield f"{name}.csv", None, "", "must hold a row, got none; write what the guide needs."
    placed = {row["id"] for row in tables["places"]}
    muscles = {row["muscle"]: row["muscle"] for row in tables["points"]}
    points = {row["id"]: point_of(row, muscles) for row in tables["points"]}
    for number, point in enumerate(points.values(), start=2):
        for column, message in _check_point(point, dose, placed):
            yield "points.csv", number, column, message
    yield from _check_lanes(tables["places"])
    yield from _check_landmarks(tables["landmarks"])
    yield from _check_search_words(tables.get("search_words", ()))
    yield from _check_reviews(tables.get("reviews", ()))
    if "template" in settings:
        yield from _check_template(points, settings["template"], dose)


def _check_point(point: Point, dose: Dose, placed: set[str]) -> Iterator[tuple[str, str]]:
    if point.id not in placed:
        yield "id", "has no place on the body; add a row to places.csv."
    if point.show_only:
        if not point.show_only_reason:
            yield "show_only_reason", "must say why the point is only shown; fill it in."
        return
    limits = {"pressure": (point.pressure, dose.max_pressure), "seconds": (point.seconds, dose.max_area_seconds)}
    for column, (value, limit) in limits.items():
        if value > limit:
            yield column, f"must be at most {limit}, which [dose] of guide.toml allows, got {value}; lower it."
    lowest, days = dose.every_days_min, point.every_days_min
    if days < lowest:
        yield "every_days_min", f"must be {lowest} or more, as [dose] of guide.toml says, got {days}; correct it."


def _check_lanes(rows: Sequence[Row]) -> Found:
    """Yield a problem for each end of a lane whose other end is missing."""
    ends = {(row["id"], int(row["n"]), row["role"]) for row in rows}
    for number, row in enumerate(rows, start=2):
        other = OTHER_END.get(row["role"])
        if other and (row["id"], int(row["n"]), other) not in ends:
            message = f"of {row['id']} must have its other end, {other} with n {row['n']}, got none; add a row for it."
            yield "places.csv", number, "role", f"{row['role']} {message}"


def _check_search_words(rows: Sequence[Row]) -> Found:
    for number, row in enumerate(rows, start=2):
        found = [name for name in ("points", "muscles", "areas", "acupoints") if row[name]]
        if not found:
            yield "search_words.csv", number, "areas", "must not be empty where nothing else is; name what is meant."
        elif row["kind"] == "complaint" and found != ["areas"]:
            yield "search_words.csv", number, found[0], "must be empty for a complaint: its word leads to areas only."


def _check_reviews(rows: Sequence[Row]) -> Found:
    for number, row in enumerate(rows, start=2):
        try:
            datetime.date.fromisoformat(row["day"])
        except ValueError:
            yield "reviews.csv", number, "day", f"must be a day like 2026-11-28, got {quoted(row['day'])}; correct it."


def _check_landmarks(rows: Sequence[Row]) -> Found:
    sources = {row["id"]: [row["from_landmark"], row["to_landmark"]] for row in rows}
    for number, row in enumerate(rows, start=2):
        seen: set[str] = set()
        remaining = list(sources[row["id"]])
        while remaining:
            landmark = remaining.pop()
            if landmark not in seen:
                seen.add(landmark)
                remaining += sources.get(landmark, ())
        if row["id"] in seen:
            yield "landmarks.csv", number, "from_landmark", "leads back to itself; name another landmark."


def _check_template(points: Mapping[str, Point], template: Mapping[str, Any], dose: Dose) -> Found:
    where = ("guide.toml", None, "template.steps")
    steps: dict[str, Step] = {}
    for values in template["steps"]:
        id, point = values["point"], points[values["point"]]
        if point.show_only:
            yield *where, f"{id} may be shown but not pressed; take it out."
        if id in steps:
            yield *where, f"{id} stands twice; keep one of them."
        try:
            steps[id] = step = _template_step(point, values, template.get("side", "both"))
        except InvalidValueError as error:
            yield *where, f"of {id}: {error}"
            continue
        limit = point.max_seconds
        if step.seconds > limit:
            yield *where, f"of {id}: seconds must be at most {limit}, its max_seconds, got {step.seconds}; lower it."
    try:
        check_dose(steps.values(), dose, lambda step: points[step.point].areas_dosed(step.mode))
    except DoseError as error:
        yield *where, str(error)


def _template_step(point: Point, values: Mapping[str, Any], side: str) -> Step:
    """Return a step of the template, with the defaults of its point for what the template leaves out."""
    own = {name: getattr(point, name) for name in ("seconds", "pressure", "every_days_min", "every_days_max")}
    return Step(**{"side": side, **own, **values}, area=point.area)
