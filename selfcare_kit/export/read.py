"""Reading a routine back from a file: CSV, JSON, or the client's handout itself."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from selfcare_kit.errors import FileFormatError
from selfcare_kit.export.csv import record_from_csv
from selfcare_kit.export.record import routine_from_record
from selfcare_kit.guide import Guide
from selfcare_kit.routine import Routine

MAX_BYTES = 5_000_000
DATA_ID = "selfcare-routine"
KINDS = (".html", ".csv", ".json")


def read_routine(path: str | Path, *, guide: Guide | None = None) -> Routine:
    """Read a routine from a file that this kit wrote.

    Parameters
    ----------
    path : str or Path
        A .csv, .html or .json file.
    guide : Guide, optional
        The guide it was made with; the built-in one when left out.

    Returns
    -------
    Routine
        Equal to the one that was written. Its screening is as old as the file, so the safety
        questions have to be asked again before it goes to a client.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    FileFormatError
        If the file is not a routine.
    BlockedError, DoseError, UnknownIdError
        If its steps are not allowed.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"a routine is read from a file, got {str(path)!r}, which is none; check the path.")
    if path.stat().st_size > MAX_BYTES:
        raise FileFormatError(f"{path.name} must be at most {MAX_BYTES // 1_000_000} MB; choose an exported routine.")
    return routine_from_bytes(path.read_bytes(), path.name, guide=guide)


def routine_from_bytes(content: bytes, name: str, *, guide: Guide | None = None) -> Routine:
    """Read a routine from the content of a file, for an upload.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name; the ending tells what it is.
    guide : Guide, optional
        The guide it was made with; the built-in one when left out.

    Returns
    -------
    Routine
        As `read_routine`.

    Raises
    ------
    FileFormatError
        If the content is not a routine.
    """
    kind = Path(name).suffix.lower()
    if kind not in KINDS:
        raise FileFormatError(f"a routine is read from {', '.join(KINDS)}, got {name!r}; choose an exported file.")
    if len(content) > MAX_BYTES:
        raise FileFormatError(f"{name} must be at most {MAX_BYTES // 1_000_000} MB; choose an exported routine.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileFormatError(
            f"{name} must be UTF-8 text, got byte {content[error.start]:#04x} at {error.start}; save it as UTF-8."
        ) from None
    record = record_from_csv(text, name) if kind == ".csv" else _record_from_json(text, kind, name)
    return routine_from_record(record, name, guide)


def _record_from_json(text: str, kind: str, name: str) -> Any:
    if kind == ".html":
        text = _embedded(text, name)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise FileFormatError(f"{name} does not hold a whole routine; export it again.") from None


class _DataBlock(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.is_inside = False
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_inside = tag == "script" and dict(attrs).get("id") == DATA_ID

    def handle_endtag(self, tag: str) -> None:
        self.is_inside = False

    def handle_data(self, data: str) -> None:
        if self.is_inside:
            self.parts.append(data)


def _embedded(text: str, name: str) -> str:
    parser = _DataBlock()
    parser.feed(text)
    parser.close()
    if not parser.parts:
        raise FileFormatError(
            f"{name} must be a handout with its routine inside, got a page without one; choose an exported handout."
        )
    return "".join(parser.parts)
