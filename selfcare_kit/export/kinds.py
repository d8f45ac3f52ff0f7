"""Every kind of file that a routine can be written as, and the one door out, in which the gate stands.

A new kind is a new row of `KINDS`: `for_client` decides whether it has to pass the gate, not how it is made. Importing
this module loads no writer; each is loaded when it first writes.
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
# The options of a handout that can be the same for many clients, but for the name; what else `to_html` learns belongs
# here, too. `course` is of one client.
HANDOUT_OPTIONS = ("client", "language", "paper", "variant", "clinic", "pain_diary")


class File(NamedTuple):
    """A finished file: its name, its media type and its bytes."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True)
class FileKind:
    """One kind of file: what it is called, what writes it, and who reads it."""

    # Such as "html"; also the shell's option.
    name: str
    # What a clinician calls it.
    label: str
    # How the names of such files begin, and how they end, with the full stop.
    stem: str
    ending: str
    media_type: str
    # "module:function" in this package: the function takes a plan and, by keyword, those of `options` that were
    # given; it returns text or bytes.
    maker: str
    # True for what goes to the client, and so has to pass the gate.
    for_client: bool = False
    # The keywords that the maker takes, beside `today` where the file is for the client.
    options: tuple[str, ...] = ()
    # Of a text.
    encoding: str = "utf-8"
    # False for what also describes a visit without steps.
    needs_steps: bool = True
    # The package from elsewhere that the maker needs, and the extra that brings it; empty when it needs none.
    package: str = ""
    extra: str = ""

    @property
    def missing_package(self) -> str:
        """One sentence on how to install the package that is missing; empty when the kind can be written."""
        return missing_extra(self.package, self.extra, f"writing {self.ending}") if self.package else ""

    def to_bytes(self, routine: Plan, *, today: datetime.date | None = None, **options: Any) -> bytes:
        """Return a whole file of a routine; options of other kinds are ignored, but the client's name is checked.

        `today` is the day where the reader is, this computer's when left out.
        """
        check_private(options.get("client", ""), routine)
        own = {name: options[name] for name in options if name in self.options}
        content = self.to_text_or_bytes(routine, today=today, **own)
        return content.encode(self.encoding) if isinstance(content, str) else content

    def to_text_or_bytes(self, routine: Plan, *, today: datetime.date | None = None, **options: Any) -> str | bytes:
        """Return what a file of a routine holds; the one way to a maker, past the gate where it is for the client."""
        if self.for_client:
            routine.require_clearance(today)
            options["today"] = today
        elif self.needs_steps or not (routine.screening or routine.complaint):
            routine.require_steps()
        module, _, function = self.maker.partition(":")
        return getattr(import_module(f"selfcare_kit.export.{module}"), function)(routine, **options)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[str, FileKind] = {
    kind.name: kind
    for kind in (
        FileKind(
            "html", "Handout", "handout", ".html", "text/html", "handout.handout:handout_html",
            for_client=True, options=(*HANDOUT_OPTIONS, "course"),
        ),
        FileKind(
            "pdf", "Handout as PDF", "handout", ".pdf", "application/pdf", "handout.pdf:handout_pdf",
            for_client=True, options=(*HANDOUT_OPTIONS, "course"), package="weasyprint", extra="pdf",
        ),
        FileKind(
            "ics", "Calendar", "calendar", ".ics", "text/calendar", "chart.calendar:routine_ics",
            for_client=True, options=("language",),
        ),
        # With a byte order mark, without which Excel takes the file for another encoding.
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

    Examples
    --------
    >>> file_kind("ics").for_client, file_kind("csv").for_client
    (True, False)
    """
    return KINDS[check_choice("file", name, KINDS)]


def make_file(routine: Plan, kind: str, *, today: datetime.date | None = None, **options: Any) -> File:
    """Return a file of a routine, named by code and date and never by the client's name; nothing goes to disk."""
    found = file_kind(kind)
    return File(file_name(routine, found), found.media_type, found.to_bytes(routine, today=today, **options))


def file_name(routine: Plan, kind: FileKind) -> str:
    """Return the name of a routine's file."""
    return file_name_of(kind, routine.code, routine.date)


def file_name_of(kind: FileKind, code: str, date: datetime.date) -> str:
    """Return the name of a file of a code and a date, which every system can store.

    Examples
    --------
    >>> file_name_of(file_kind("html"), "../C-104", datetime.date(2026, 11, 23))
    'handout_C-104_2026-11-23.html'
    """
    safe = re.sub(r"[^\w.-]+", "_", code).strip("._")[:MAX_CODE_LENGTH]
    parts = (kind.stem, safe, date.isoformat())
    return "_".join(part for part in parts if part) + kind.ending
