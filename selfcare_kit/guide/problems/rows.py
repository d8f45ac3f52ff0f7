"""Telling an author which rows do not fit each other, though each could be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selfcare_kit.errors import quoted
from selfcare_kit.guide.cells import split
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.names import normalised
from selfcare_kit.guide.problems.find import Problem
from selfcare_kit.guide.schema import tables

# Several ids in a cell have ";" between them, and a key of a text has "." around an id.
_NOT_IN_IDS = re.compile(r"[\s;.,]")
ANY = "any"


def check_rows(guide: Guide) -> Iterator[Problem]:
    """Yield what does not fit between the rows of a guide, in the order of the files."""
    yield from _check_ids(guide)
    yield from _check_techniques(guide)
    yield from _check_bases(guide)
    yield from _areas_without_points(guide)


def _check_ids(guide: Guide) -> Iterator[Problem]:
    for name, table in tables().items():
        for number, row in enumerate(guide.table(name), start=2) if table.key == ("id",) else ():
            if _NOT_IN_IDS.search(row["id"]):
                better = normalised(_NOT_IN_IDS.sub(" ", row["id"]))
                message = (
                    f"must have no blank, comma, semicolon or full stop, got {quoted(row['id'])}; write {better!r}."
                )
                yield Problem(f"{name}.csv", number, "id", message)


def _check_techniques(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each point whose position or tools its own technique does not have."""
    for number, point in enumerate(guide.point_values.values(), start=2):
        technique = guide.records.techniques[point.technique]
        if technique.positions and point.position not in (*technique.positions, ANY):
            known = ", ".join(technique.positions)
            message = (
                f"of {point.id} must be one of its technique {technique.id}, {known}, got {quoted(point.position)}"
            )
            yield Problem("points.csv", number, "position", f"{message}; correct it, or add it to techniques.csv.")
        if technique.tools and not set(point.tools) & set(technique.tools):
            known, given = ", ".join(technique.tools), quoted(";".join(point.tools))
            message = f"of {point.id} must have one of its technique {technique.id}, {known}, got {given}"
            yield Problem("points.csv", number, "tools", f"{message}; correct it, or add it to techniques.csv.")


def _check_bases(guide: Guide) -> Iterator[Problem]:
    """Yield a problem for each row that says a source was read, and names none that was."""
    sources = {row["key"]: row for row in guide.table("sources")}
    unread = {key for key, row in sources.items() if row["seen"] == "known" or row["kind"] == "own"}
    for name, table in tables().items():
        for number, row in enumerate(guide.table(name), start=2) if table.is_cited else ():
            if row["basis"] == "source" and set(split(row["source"])) <= unread:
                message = f"must be known or estimate, since nobody read {row['source']}, got 'source'"
                yield Problem(
                    f"{name}.csv", number, "basis", f"{message}; correct it, or name the source that was read."
                )


def _areas_without_points(guide: Guide) -> Iterator[Problem]:
    """Note each area that leads to no point, where the guide does not say which muscles are lacking there."""
    for number, area in enumerate(guide.records.areas.values(), start=2):
        if area.id not in guide.records.areas_with_points and not area.lacks:
            message = (
                f"{area.id} can be clicked and leads to no point; name it in referrals.csv, "
                "or say in the column lacks which muscles the guide does not have."
            )
            yield Problem("areas.csv", number, "", message, is_note=True)
