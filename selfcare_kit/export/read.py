"""Reading a routine back from a file: a table, JSON, or the client's handout."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from selfcare_kit.errors import FileFormatError, InvalidValueError, quoted, shown_name
from selfcare_kit.export.handout.pdf import record_from_pdf
from selfcare_kit.export.record.csv import plain_record_from_csv
from selfcare_kit.export.record.encoding import decode_utf8
from selfcare_kit.export.record.record import plan_from_record
from selfcare_kit.export.record.table import completed_record
from selfcare_kit.export.record.xlsx_read import plain_record_from_xlsx
from selfcare_kit.files import is_file, read_file
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.plan.plan import Plan

MAX_BYTES = 5_000_000
_DATA_START = re.compile(r"""<script\b[^<>]{0,200}\bid=["']?selfcare-routine\b["']?[^<>]{0,200}>""", re.IGNORECASE)
_DATA_END = re.compile(r"</script\b", re.IGNORECASE)
# The kinds of file from which a routine is read, each by its own ending.
READABLE = ("html", "csv", "json", "xlsx", "pdf")
ENDINGS = tuple(f".{kind}" for kind in READABLE)
# Other endings that browsers and spreadsheet programs give to the same files.
ALIASES = {".htm": ".html", ".txt": ".csv", ".tsv": ".csv"}
# What is read from cells, which may lack values that a guide proposes.
TABLES = {".csv": plain_record_from_csv, ".xlsx": plain_record_from_xlsx}
ZIP_START = b"PK\x03\x04"


def plan_from_file(path: str | Path, guide: Guide | None = None) -> Plan:
    """Return the plan in a file that this kit wrote, as `selfcare_kit.read_routine` documents."""
    return plan_from_bytes(content_of(path), Path(path).name, guide)


def content_of(path: str | Path) -> bytes:
    """Return the content of a file that may hold a routine."""
    if not isinstance(path, str | Path):
        raise InvalidValueError(f"path must be a file's name, got {quoted(path)}; put it in quotes.")
    path = Path(path)
    if not is_file(path):
        raise FileNotFoundError(
            f"a routine is read from a file, got {quoted(str(path))}, which is none; check the path."
        )
    advice = "choose an exported routine"
    return read_file(path, MAX_BYTES, called=shown_name(path.name), advice=advice, smaller=advice)


def plan_from_bytes(content: bytes, name: str, guide: Guide | None = None) -> Plan:
    """Return the plan in the content of a file, whose kind is the ending of its name."""
    guide, record = guide or load_guide(), plain_record(content, name)
    is_table = _kind(name) in TABLES
    name = shown_name(name)
    return plan_from_record(completed_record(record, name, guide) if is_table else record, name, guide)


def _kind(name: str) -> str:
    """Return the kind of a file by the ending of its name."""
    ending = Path(name).suffix.lower()
    return ALIASES.get(ending, ending)


def plain_record(content: bytes, name: str) -> Any:
    """Return what a file holds as plain values of whatever format, with no rule of a guide applied."""
    kind, name = _kind(name), shown_name(name)
    if kind not in ENDINGS:
        raise FileFormatError(f"a routine is read from {', '.join(ENDINGS)}, got {name!r}; choose an exported file.")
    if len(content) > MAX_BYTES:
        raise FileFormatError(f"{name} must be at most {MAX_BYTES // 1_000_000} MB; choose an exported routine.")
    if kind != ".xlsx" and content.startswith(ZIP_START):
        raise FileFormatError(f"{name} must be {kind}, got a packed file such as a workbook; rename it to .xlsx.")
    if kind in TABLES:
        return TABLES[kind](content, name)
    try:
        if kind == ".pdf":
            return record_from_pdf(content, name)
        text = decode_utf8(content, name)
        return json.loads(_embedded(text, name) if kind == ".html" else text)
    except (ValueError, RecursionError) as error:
        if isinstance(error, FileFormatError):
            raise
        raise FileFormatError(f"{name} does not hold a whole routine; export it again.") from None


def _embedded(text: str, name: str) -> str:
    """Return the data of a handout, by searching: a hostile page could keep a parser busy for hours."""
    start = _DATA_START.search(text)
    end = _DATA_END.search(text, start.end()) if start else None
    if not start or not end:
        raise FileFormatError(
            f"{name} must be a handout with its routine inside, got a page without one; choose an exported handout."
        )
    return text[start.end() : end.start()]
