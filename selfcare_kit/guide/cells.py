"""Reading and writing a CSV table, reading the settings of a guide, and converting cells."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from selfcare_kit.errors import GuideError, quoted, reason_of, shown_name
from selfcare_kit.files import is_file, read_file
from selfcare_kit.guide.schema import Column
from selfcare_kit.spreadsheets.damage import damage_message, is_damaged, may_hold_damage

MAX_TABLE_BYTES = 64_000_000
MAX_SETTINGS_BYTES = 1_000_000
# A check reads each table of a guide several times; those of other guides, and large ones, need not stay in memory.
KEPT_TABLES = 64
MAX_KEPT_BYTES = 250_000

# What a spreadsheet needs to see that a table is UTF-8.
ENCODING = "utf-8-sig"

Row = dict[str, str]


@lru_cache(maxsize=4096)
def split(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several, separated by ";", without the spaces around them."""
    return tuple(part for part in (piece.strip() for piece in cell.split(";")) if part)


def row_converter(columns: Iterable[Column]) -> Callable[[Row], dict[str, Any]]:
    """Return the function that converts the cells of a row in some columns; it raises ValueError for a wrong cell."""
    columns = tuple(columns)
    texts = [column.name for column in columns if column.is_text]
    converters = [(column.name, _converter(column)) for column in columns if not column.is_text]

    def converted(row: Row) -> dict[str, Any]:
        values: dict[str, Any] = {name: row[name] for name in texts}
        for name, convert in converters:
            values[name] = convert(row[name])
        return values

    return converted


def _converter(column: Column) -> Callable[[str], Any]:
    if column.kind == "list":
        return split
    if column.type == "boolean":
        return _is_yes
    if column.type in ("integer", "number"):
        number = int if column.type == "integer" else float
        return number if column.is_required else lambda cell: number(cell) if cell else None
    return str


def _is_yes(cell: str) -> bool:
    return cell == "yes"


def read_table(
    path: Path, columns: Iterable[str] = (), added: Iterable[str] = (), optional: Collection[str] = ()
) -> tuple[Row, ...]:
    """Return the rows of a CSV table, all values as text.

    `added` names the columns that it may lack, `optional` those whose cells a row may lack at its end.
    """
    name, advice = shown_name(path.name), f"put the table into {quoted(path.parent.name)}"
    content = read_file(path, MAX_TABLE_BYTES, called=name, advice=advice, smaller="split it", error=GuideError)
    read = _kept_rows if len(content) <= MAX_KEPT_BYTES else _rows
    return tuple(map(dict, read(content, name, tuple(columns), tuple(added), tuple(optional))))


def _rows(
    content: bytes, name: str, columns: tuple[str, ...], added: tuple[str, ...], optional: tuple[str, ...]
) -> tuple[Row, ...]:
    """Return the rows of a table by its content; who is given them changes copies."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GuideError(
            f"{name} must be UTF-8 text, got byte {error.object[error.start]:#04x} at {error.start}; "
            "save it again as CSV UTF-8."
        ) from None
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = next(reader, None) or []
        rows = list(reader)
    except csv.Error as error:
        raise GuideError(f"{name} is not a CSV table ({reason_of(error)}); check its quotation marks.") from None
    # Spreadsheets leave empty columns and rows at the end.
    while header and not header[-1].strip():
        header.pop()
    if len(header) == 1 and ";" in header[0]:
        raise GuideError(f"{name} must have commas between its cells, got semicolons; save it as CSV with commas.")
    for column in columns:
        if column not in header and column not in added:
            raise GuideError(f"{name} has no column {quoted(column)}; add it to the first row.")
    if len(set(header)) != len(header):
        raise GuideError(f"{name} has a column twice; keep one of each.")
    while rows and not any(rows[-1]):
        rows.pop()
    for number, row in enumerate(rows, start=2):
        if not row:
            raise GuideError(f"{name}, row {number} is empty; delete it.")
        # A spreadsheet may leave out empty cells at the end; a file that was cut off may have lost more.
        is_cut_off = number == len(rows) + 1 and not text.endswith(("\n", "\r"))
        can_be_filled = not is_cut_off and all(column in optional for column in header[len(row) :])
        if (len(row) < len(header) and not can_be_filled) or any(cell.strip() for cell in row[len(header) :]):
            raise GuideError(
                f"{name}, row {number} must have {len(header)} cells, got {len(row)}; "
                "check its commas and quotation marks."
            )
    _check_damage(name, header, rows, text)
    missing = {column: "" for column in added if column not in header}
    read = (dict(zip_longest(header, map(str.strip, row[: len(header)]), fillvalue="")) for row in rows)
    return tuple({**row, **missing} for row in read) if missing else tuple(read)


_kept_rows = lru_cache(maxsize=KEPT_TABLES)(_rows)


def table_bytes(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as a CSV table with these columns; cells that a row lacks are empty."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(ENCODING)


def read_settings(folder: Path) -> dict[str, Any]:
    """Return the settings in the `guide.toml` of a folder, or raise a GuideError that says what is wrong."""
    path = folder / "guide.toml"
    if not is_file(path):
        raise GuideError(
            f"a guide is a folder with guide.toml, got {quoted(str(folder))} without one; "
            "name the folder that holds guide.toml."
        )
    advice = "allow it to be read"
    content = read_file(path, MAX_SETTINGS_BYTES, called="guide.toml", advice=advice, error=GuideError)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise GuideError(f"guide.toml is not valid TOML ({shown_name(str(error))}); correct that line.") from None


def _check_damage(name: str, header: list[str], rows: list[list[str]], text: str) -> None:
    """Refuse a table in which a spreadsheet program damaged a cell."""
    for number, row in enumerate(rows, start=2) if may_hold_damage(text) else ():
        for column, cell in zip(header, row, strict=False):
            message = damage_message(column, cell) if is_damaged(cell) else ""
            if message:
                raise GuideError(f"{name}, row {number}: {message}")
