"""Every kind of file that a routine can be written as, and the one door out, in which the gate stands.

A new kind is a new row: whether it is for the client decides whether it has to pass the gate, not how it is
made. Importing this module loads no writer; each is loaded when it first writes.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from selfcare_kit.errors import check_choice
from selfcare_kit.export.extras import missing_extra
from selfcare_kit.export.private import check_private

if TYPE_CHECKING:
    from selfcare_kit.plan.plan import Plan

MAX_CODE_LENGTH = 40
# What a handout can be told about its look; whatever else `to_html` learns belongs here, too.
HANDOUT_OPTIONS = ("client", "language", "paper", "variant", "clinic")


class File(NamedTuple):
    """A file on its way to somebody: its name, its media type and its bytes."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class FileKind:
    """One kind of file.

    Parameters
    ----------
    name : str
        Such as `"html"`; also the shell's option.
    label : str
        What a clinician calls it.
    stem : str
        How the names of such files begin.
    ending : str
        With its full stop.
    media_type : str
        As a browser is told.
    maker : str
        Module of this package and function, such as `"record.csv:routine_csv"`: takes a routine, and by keyword
        what `look` names; returns text or bytes.
    for_client : bool, default=False
        True for what goes to the client and so passes the gate.
    look : tuple of str, default=()
        What it can be told about its look.
    encoding : str, default="utf-8"
        Of a text.
    needs_steps : bool, default=True
        False for what says something of a visit without steps, too.
    module, extra : str, default=""
        The package it needs and the extra that brings it; empty when nothing is needed.
    """

    name: str
    label: str
    stem: str
    ending: str
    media_type: str
    maker: str
    for_client: bool = False
    look: tuple[str, ...] = ()
    encoding: str = "utf-8"
    needs_steps: bool = True
    module: str = ""
    extra: str = ""

    @property
    def obstacle(self) -> str:
        """One sentence on how to install what is missing; empty when the kind can be written."""
        return missing_extra(self.module, self.extra, f"writing {self.ending}") if self.module else ""

    def content(self, routine: Plan, **look: Any) -> bytes:
        """Write a routine as this kind.

        Parameters
        ----------
        routine : Plan
            What to write.
        **look
            client, language, paper, variant and so on; what this kind does not take is left out, but no kind holds
            the client's name anywhere else than where it is printed.

        Returns
        -------
        bytes
            The whole file.

        Raises
        ------
        MissingExtraError
            If a package is not installed.
        SelfcareError
            If the routine may not be written, may not go to the client now, or holds the client's name.
        """
        check_private(look.get("client", ""), routine)
        made = self.made(routine, **{name: value for name, value in look.items() if name in self.look})
        return made.encode(self.encoding) if isinstance(made, str) else made

    def made(self, routine: Plan, **look: Any) -> str | bytes:
        """Make what a file of this kind holds; the only way to it, past the gate where it is for the client.

        Parameters
        ----------
        routine : Plan
            What to write.
        **look
            Those of `look`.

        Returns
        -------
        str or bytes
            The whole content.

        Raises
        ------
        MissingExtraError
            If a package is not installed.
        SelfcareError
            If the routine may not be written, or may not go to the client now.
        """
        if self.for_client:
            routine.require_clearance()
        elif self.needs_steps or not (routine.screening or routine.complaint):
            routine.require_steps()
        module, _, function = self.maker.partition(":")
        return getattr(import_module(f"selfcare_kit.export.{module}"), function)(routine, **look)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[str, FileKind] = {
    kind.name: kind
    for kind in (
        FileKind(
            "html", "Handout", "handout", ".html", "text/html", "handout.handout:handout_html", True, HANDOUT_OPTIONS
        ),
        FileKind(
            "pdf", "Handout as PDF", "handout", ".pdf", "application/pdf",
            "handout.pdf:handout_pdf", True, HANDOUT_OPTIONS, module="weasyprint", extra="pdf",
        ),
        FileKind(
            "ics", "Calendar", "calendar", ".ics", "text/calendar", "chart.calendar:routine_ics", True, ("language",)
        ),
        FileKind("csv", "Record (CSV)", "routine", ".csv", "text/csv", "record.csv:routine_csv", encoding="utf-8-sig"),
        FileKind("xlsx", "Record (Excel)", "routine", ".xlsx", _XLSX, "record.xlsx:routine_xlsx"),
        FileKind("json", "Record (JSON)", "routine", ".json", "application/json", "record.record:routine_json"),
        FileKind("note", "Chart note", "note", ".txt", "text/plain", "chart.note:routine_note", needs_steps=False),
        FileKind("fhir", "Care plan (FHIR)", "careplan", ".json", "application/fhir+json", "chart.fhir:routine_fhir"),
        FileKind("svg", "Figure (SVG)", "figure", ".svg", "image/svg+xml", "figure:figure_svg"),
        FileKind("png", "Figure (PNG)", "figure", ".png", "image/png", "figure:figure_png"),
    )
}  # fmt: skip


def file_kind(name: str) -> FileKind:
    """Return a kind of file by its name.

    Parameters
    ----------
    name : str
        Such as `"html"`.

    Returns
    -------
    FileKind
        The row of `KINDS`.

    Raises
    ------
    InvalidValueError
        If there is no such kind.

    Examples
    --------
    >>> file_kind("ics").for_client, file_kind("csv").for_client
    (True, False)
    """
    return KINDS[check_choice("file", name, KINDS)]


def make_file(routine: Plan, kind: str, **look: Any) -> File:
    """Make a file of a routine, with a name by code and date; nothing is written to disk.

    Parameters
    ----------
    routine : Plan
        What to write.
    kind : str
        One of `KINDS`.
    **look
        As for `FileKind.content`. A client's name is in the page only, never in the file's name.

    Returns
    -------
    File
        Name, media type and bytes.

    Raises
    ------
    SelfcareError
        If the routine may not be written, or may not go to the client now.
    """
    found = file_kind(kind)
    return File(file_name(routine, found), found.media_type, found.content(routine, **look))


def file_name(routine: Plan, kind: FileKind) -> str:
    """Return the name of a routine's file.

    Parameters
    ----------
    routine : Plan
        Whose file.
    kind : FileKind
        What it is.

    Returns
    -------
    str
        As `file_name_of`.
    """
    return file_name_of(kind, routine.code, routine.date)


def file_name_of(kind: FileKind, code: str, date: datetime.date) -> str:
    """Return the name of a file: what it is, the client's code, and the routine's date.

    Parameters
    ----------
    kind : FileKind
        What it is.
    code : str
        The client's code; what a name of a file cannot hold becomes an underscore.
    date : datetime.date
        The routine's date.

    Returns
    -------
    str
        Such as "handout_C-104_2026-11-23.html", which every system can store.

    Examples
    --------
    >>> file_name_of(file_kind("html"), "../C-104", datetime.date(2026, 11, 23))
    'handout_C-104_2026-11-23.html'
    """
    safe = re.sub(r"[^\w.-]+", "_", code).strip("._")[:MAX_CODE_LENGTH]
    parts = (kind.stem, safe, date.isoformat())
    return "_".join(part for part in parts if part) + kind.ending
