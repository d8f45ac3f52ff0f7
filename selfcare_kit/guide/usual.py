"""What an empty cell means in the columns of which `data/datapackage.json` says the usual value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from selfcare_kit.guide.cells import Row, split
from selfcare_kit.guide.schema import Table, Usual, tables
from selfcare_kit.model.dose import Dose


class Tables(Protocol):
    """What usual values are looked up in: the tables of a guide, and its dose."""

    dose: Dose

    def table(self, name: str) -> Sequence[Row]:
        """Return the rows of a table."""


def fill_usual(rows: Sequence[Row], table: Table, folder: Tables) -> None:
    """Fill the empty cells of rows that have a usual value; a cell whose value cannot be told stays empty."""
    filled = [
        (row, column, usual)
        for row in rows
        for column, usual in table.usual.items()
        if column in row and not row[column]
    ]
    for row, column, usual in filled:
        row[column] = _value(row, usual, table, folder)
    for row, column, _ in filled:
        limit = table.columns[column].at_most
        # What was written goes before what is usual: 30 seconds at most, and 60 are usual.
        if limit and row[column].isdigit() and row[limit].isdigit():
            row[column] = str(min(int(row[column]), int(row[limit])))


def _value(row: Row, usual: Usual, table: Table, folder: Tables) -> str:
    """Return the usual value of a cell in a row."""
    if usual.value:
        return usual.value
    if usual.dose:
        return str(getattr(folder.dose, usual.dose))
    if usual.source:
        return next((each["key"] for each in folder.table("sources") if each["kind"] == usual.source), "")
    if not usual.of:
        return row[usual.column]
    (name,) = table.columns[usual.of].references
    (key,) = tables()[name].key
    found = next((each[usual.column] for each in folder.table(name) if each[key] == row[usual.of]), "")
    # A technique lists its positions, the best first; a point has one.
    return next(iter(split(found)), "") if usual.is_first else found
