"""Write docs/guide-tables.md, the description of each table for authors of guides: `python -m tools.guide_tables`.

It is made from `data/datapackage.json` alone, as are reading and checking a guide.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from selfcare_kit.guide.problems.columns import BODY_LANDMARKS
from selfcare_kit.guide.schema import Column, Table, tables

PAGE = Path(__file__).resolve().parents[1] / "docs" / "guide-tables.md"
INTRODUCTION = """\
# The tables of a guide

A guide is a folder with `guide.toml`, a folder `text/` and these tables. `selfcare-kit check FOLDER` lists the
problems in them, with file, row and column. This page is written by `python -m tools.guide_tables` from
`data/datapackage.json`; change the description there, not here.

A table is CSV in UTF-8 with commas and one header row. Several values in a cell are separated by `;`. Yes and no are
`yes` and `no`. A column that "must be filled" may be empty in no row; the columns of the key are together different in
every row. A table may have other columns than these; nothing reads them.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRODUCTION, *(line for table in tables().values() for line in _section(table))])


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.name}.csv"
    yield ""
    yield f"{table.description}{' A guide may leave the file out.' if table.is_optional else ''}"
    yield ""
    yield "| column | what it is | what it may hold |"
    yield "|---|---|---|"
    for column in table.columns.values():
        yield f"| `{column.name}` | {_escaped(column.description)} | {_escaped(_allowed(column, table))} |"
    yield ""


def _allowed(column: Column, table: Table) -> str:
    parts = [_values(column)]
    if column.alone:
        parts.append(f"or one word alone: {', '.join(f'`{word}`' for word in column.alone)}")
    if column.at_most:
        parts.append(f"at most `{column.at_most}`")
    if column.name in table.key:
        parts.append("key, must be filled" if len(table.key) == 1 else "part of the key, must be filled")
    elif column.is_required:
        parts.append("must be filled")
    if column.name in table.added:
        parts.append("a guide may leave the column out")
    return "; ".join(parts)


def _values(column: Column) -> str:
    if column.references:
        where = " or ".join(
            "landmarks of the body" if name == BODY_LANDMARKS else f"{name}.csv" for name in column.references
        )
        return f"{'ids' if column.kind == 'list' else 'an id'} of {where}"
    if column.kind == "list":
        return "words"
    if column.kind == "choice":
        return ", ".join(f"`{choice}`" for choice in column.choices if choice)
    if column.kind == "number":
        return f"a {'whole ' if column.type == 'integer' else ''}number from {column.low:g} to {column.high:g}"
    return "text"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
