"""Write docs/guide-tables.md, the description of each table for authors of guides: `python -m tools.guide_tables`.

It is made from `data/datapackage.json` alone, as are reading and checking a guide.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from selfcare_kit.guide.problems.columns import BODY_LANDMARKS
from selfcare_kit.guide.schema import Column, Table, Usual, tables

PAGE = Path(__file__).resolve().parents[1] / "docs" / "guide-tables.md"
INTRODUCTION = """\
# The tables of a guide

A guide is a folder with `guide.toml`, a folder `text/` and these tables. `selfcare-kit check FOLDER` lists the
problems in them, with file, row and column. This page is written by `python -m tools.guide_tables` from
`data/datapackage.json`; change the description there, not here.

A table is CSV in UTF-8 with commas and one header row that names every column, but those that a guide may leave out.
Several values in a cell are separated by `;`. Yes and no are `yes` and `no`. A column that "must be filled" may be
empty in no row; where a column says "empty:", an empty cell means what stands there. The columns of the key are
together different in every row. A table may have other columns than these; nothing reads them.

The least that a point needs is seven cells of `points.csv` or fewer: `id`, `muscle`, `label`, `area`, `technique`, and
`cautions` and `touches` where something lies there; its place in `places.csv`, where its pain is felt in
`referrals.csv`, and the text `point.ID.where`. `selfcare-kit check` names what is still missing.

## Texts

`text/LANGUAGE.csv` has the columns `key` and `text`. Headings, units and the general rules of "Before you start" are
those of the kit until a guide writes its own; a guide that writes one rule (`handout.before_you_start.1`) writes all.
When to get help is the guide's own, one line in each row, numbered without a gap: `handout.emergency.1` and so on
(right away), `handout.today.1` (a doctor today), `handout.stop.1` (stop). With `.short` before the number they are for
a page with little room. To take a line away, take its row out and number those below it again.

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
    is_key = column.name in table.key
    named = ("key" if len(table.key) == 1 else "part of the key") if is_key else ""
    if column.usual:
        parts += [*([named] if named else []), f"empty: {_usual(column.usual)}"]
    elif is_key or column.is_required:
        parts.append(f"{named}, must be filled" if named else "must be filled")
    if column.name in table.added:
        parts.append("a guide may leave the column out")
    return "; ".join(parts)


def _usual(usual: Usual) -> str:
    if usual.value:
        return f"`{usual.value}`"
    if usual.dose:
        return f"`{usual.dose}` of [dose] in guide.toml"
    if usual.source:
        return f"the first of sources.csv of kind `{usual.source}`"
    if not usual.of:
        return f"as `{usual.column}`"
    return f"{'the first of ' if usual.is_first else ''}`{usual.column}` of its {usual.of}"


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
