"""What the planner gives out: a file's name and bytes. No file is written on the server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from selfcare_kit.errors import check_choice
from selfcare_kit.export.csv import ENCODING
from selfcare_kit.routine import Routine

KINDS = ("csv", "html", "json")
LONGEST_CODE = 40


class File(NamedTuple):
    """A file on its way to the browser."""

    name: str
    type: str
    content: bytes


def make_file(routine: Routine, kind: str, client: str = "", look: Mapping[str, str] | None = None) -> File:
    """Make a file of a routine.

    Parameters
    ----------
    routine : Routine
        What to write.
    kind : {"csv", "html", "json"}
        The clinician's record or the client's handout.
    client : str, default=""
        Name to print on the handout; it is in the page only, never in the file's name.
    look : mapping of str to str, optional
        paper, variant and language of the handout.

    Returns
    -------
    File
        Name, type and bytes.

    Raises
    ------
    SelfcareError
        If the routine may not be written, or may not go to the client now.
    """
    if check_choice("file", kind, KINDS) == "csv":
        return File(f"routine{_ending(routine)}.csv", "text/csv", str(routine.to_csv()).encode(ENCODING))
    if kind == "json":
        return File(f"routine{_ending(routine)}.json", "application/json", str(routine.to_json()).encode())
    page = str(routine.to_html(client=client, **(look or {})))
    return File(f"handout{_ending(routine)}.html", "text/html", page.encode())


def _ending(routine: Routine) -> str:
    code = re.sub(r"[^\w.-]+", "_", routine.code).strip("._")[:LONGEST_CODE]
    return "".join(f"_{part}" for part in (code, routine.date.isoformat()) if part)
