"""The problems in a row of a table: one check for each kind of column, and one for each condition between columns."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from selfcare_kit.errors import quoted
from selfcare_kit.guide.cells import Row, split
from selfcare_kit.guide.schema import Column, Kind, Table

Ids = Mapping[str, set[str]]
# Column and message of each problem.
Found = Iterator[tuple[str, str]]
CellCheck = Callable[[Column, str, Ids], Iterator[str]]

BODY_LANDMARKS = "body-landmarks"
# Tables for which no similar id is suggested: it could be a wrong muscle, area or safety rule.
NEVER_GUESSED = {"points", "areas", "red_flags", "cautions", "landmarks", BODY_LANDMARKS, "acupoints"}


def row_checker(table: Table, ids: Ids) -> Callable[[Row], Found]:
    """Return a function that yields the problems in a row of a table, column by column, then between columns."""
    citation = CITATION if table.is_cited else {}
    columns = [
        (column, _cell_checker(citation.get(column.name) or CHECKS[column.kind], column, ids))
        for column in table.columns.values()
    ]
    ordered = [column for column in table.columns.values() if column.at_most]

    def check_row(row: Row) -> Found:
        for column, check_cell in columns:
            messages = check_cell(row[column.name])
            if messages and not _is_told_elsewhere(column, table, row, ids):
                yield from ((column.name, message) for message in messages)
        for column in ordered:
            yield from _check_order(column, row)
        yield from _check_question(row)
        yield from _check_areas(row)

    return check_row


def _cell_checker(check: CellCheck, column: Column, ids: Ids) -> Callable[[str], tuple[str, ...]]:
    """Return a function that gives the problems of a cell; most cells of a column are alike, so it keeps them."""
    return cache(lambda cell: tuple(check(column, cell, ids)))


def _is_told_elsewhere(column: Column, table: Table, row: Row, ids: Ids) -> bool:
    """Return whether a cell is empty only because the id that tells its usual value is wrong, which is one problem."""
    if row[column.name] or column.usual is None or not column.usual.of:
        return False
    of = table.columns[column.usual.of]
    return not any(row[of.name] in ids[name] for name in of.references)


def _check_text(column: Column, cell: str, ids: Ids) -> Iterator[str]:
    if column.is_required and not cell:
        yield "must not be empty; fill it in."


def _check_choice(column: Column, cell: str, ids: Ids) -> Iterator[str]:
    if cell not in column.choices:
        allowed = ", ".join(choice or "empty" for choice in column.choices)
        yield f"must be one of {allowed}, got {quoted(cell)}; correct it."


def _check_number(column: Column, cell: str, ids: Ids) -> Iterator[str]:
    if not cell:
        yield from _check_text(column, cell, ids)
    elif not _is_between(cell, column):
        yield f"must be a number from {column.low:g} to {column.high:g}, got {quoted(cell)}; correct it."


def _check_id(column: Column, cell: str, ids: Ids) -> Iterator[str]:
    yield from _check_text(column, cell, ids)
    if cell:
        yield from _check_reference(cell, column.references, ids)


def _check_list(column: Column, cell: str, ids: Ids) -> Iterator[str]:
    values = split(cell)
    if column.is_required and not values:
        yield "must not be empty; fill it in."
    for value in values if column.references else ():
        if value not in column.alone:
            yield from _check_reference(value, column.references, ids)
        elif cell != value:
            yield f"{value!r} must stand alone, got {quoted(cell)}; remove the others."


def _check_basis(column: Column, cell: str, ids: Ids) -> Iterator[str]:
    if cell not in column.choices:
        yield f"must be one of {', '.join(column.choices)}, got {quoted(cell)}; say where the row comes from."


def _check_source(column: Column, cell: str, ids: Ids) -> Iterator[str]:
    keys = split(cell)
    if not keys:
        yield "must name at least one key of sources.csv; add where the row comes from."
    for key in keys:
        yield from _check_reference(key, column.references, ids)


CHECKS: dict[Kind, CellCheck] = {
    "text": _check_text,
    "choice": _check_choice,
    "number": _check_number,
    "id": _check_id,
    "list": _check_list,
}
# The columns for the source of a row have their own advice.
CITATION = {"basis": _check_basis, "source": _check_source}


def _check_reference(id: str, names: tuple[str, ...], ids: Ids) -> Iterator[str]:
    if any(id in ids[name] for name in names):
        return
    known = set().union(*(ids[name] for name in names))
    where = " or ".join("body landmarks" if name == BODY_LANDMARKS else f"{name}.csv" for name in names)
    matches = [] if NEVER_GUESSED & set(names) else difflib.get_close_matches(id, known, n=1)
    advice = f"perhaps {quoted(matches[0])} was meant" if matches else "add it there or correct it"
    yield f"{quoted(id)} is not in {where}; {advice}."


def _check_order(column: Column, row: Row) -> Found:
    value, limit = row[column.name], row[column.at_most]
    try:
        is_above = float(value) > float(limit)
    except ValueError:
        return
    if is_above:
        message = f"must be at most {limit}, which is {column.at_most}, got {quoted(value)}; correct one of them."
        yield column.name, message


def _check_question(row: Row) -> Found:
    """Yield a problem when a red flag or caution that is asked about has no question."""
    is_asked = row["kind"] in ("question", "both") if "kind" in row else "all_of" in row and not row["all_of"]
    if "question" in row and is_asked and not row["question"]:
        yield "question", "must not be empty; write what the client is asked."


def _check_areas(row: Row) -> Found:
    """Yield a problem when a rule has no areas and its answer need not name one."""
    if "where" in row and not split(row["areas"]) and row["where"] != "required":
        yield "areas", "must not be empty unless where is required; name the areas it is about, or all."


def _is_between(cell: str, column: Column) -> bool:
    number = int if column.type == "integer" else float
    try:
        return column.low <= number(cell) <= column.high
    except ValueError:
        return False
