"""The work on the rows of a batch: each row's files are made, and written where they are not there yet."""

from __future__ import annotations

import datetime
import difflib
import json
import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from selfcare_kit.batches.done import DoneRows, digest_of, file_digest, run_digest
from selfcare_kit.batches.orders import COLUMNS, NEEDED, Order, code_key, read_order, shown_code
from selfcare_kit.batches.summary import RowResult
from selfcare_kit.errors import (
    BlockedError,
    FileFormatError,
    FileWriteError,
    MissingLettersWarning,
    ReferralRequired,
    ScreeningRequired,
    SelfcareError,
    heard_letters,
    quoted,
    shown_name,
)
from selfcare_kit.export.kinds import KINDS, FileKind, file_name_of
from selfcare_kit.export.record.csv import table_rows
from selfcare_kit.export.record.table import Row, cells_by_column, columns_of
from selfcare_kit.files import NO_ROOM, kept_copies, move_aside, write_atomically
from selfcare_kit.guide.guide import Guide
from selfcare_kit.safety.alerts import find_alerts

if TYPE_CHECKING:
    from selfcare_kit.model.complaint import Complaint
    from selfcare_kit.routine import Routine

# From 0 to 1: so alike two names of columns are when one is taken for a slip of the other.
CLOSE = 0.78
# Names that people give to columns of their own.
OWN_COLUMNS = ("client_id", "country", "county")
# Errors that say: what was made for this client before may not be handed out.
REFUSALS = (BlockedError, ReferralRequired, ScreeningRequired)
_TWICE = (
    "code must be another one than in row {}, got {}, which gives files of the same names; "
    "give each row a code of its own."
)


class Outcome(NamedTuple):
    """What came of a row, with its digest and those of its files, and their language; all empty when it failed."""

    result: RowResult
    row: str = ""
    files: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Batch:
    """All that a batch needs.

    Parameters
    ----------
    content : bytes
        The clients' table.
    name : str
        Its file name, for messages.
    folder : Path
        Where the files go.
    guide : Guide
        Whose points are offered.
    kinds : tuple of str
        Files to write where a row names none.
    options : mapping of str to object
        Options of the handout where a row says nothing.
    done : DoneRows
        What is done already.
    day : datetime.date
        The day of the run.
    """

    content: bytes = field(repr=False)
    name: str
    folder: Path
    guide: Guide
    kinds: tuple[str, ...]
    options: Mapping[str, Any]
    done: DoneRows
    day: datetime.date

    def rows(self) -> Iterator[tuple[Row, list[str]]]:
        """Return the rows that are not blank, each with the names of the columns.

        Returns
        -------
        iterator of (Row, list of str)
            Without the header. It raises `csv.Error` where the table is broken.

        Raises
        ------
        FileFormatError
            If the file is not such a table.
        """
        filled = (row for row in table_rows(self.content, self.name, COLUMNS) if not row.is_blank)
        header = next(filled, Row(1, ()))
        columns = columns_of(header, self.name, NEEDED, COLUMNS)
        self._check_strange(columns)
        return ((row, columns) for row in filled)

    @property
    def passed_over(self) -> tuple[str, ...]:
        """Names of the columns that are not ours."""
        columns = next((columns for _, columns in self.rows()), [])
        return tuple(shown_name(column) for column in columns if column and column not in COLUMNS)

    def _check_strange(self, columns: list[str]) -> None:
        """Refuse a column that is nearly one of ours: passed over, its sensations or answers would be lost."""
        for column in columns:
            if column in (*COLUMNS, *OWN_COLUMNS):
                continue
            meant = difflib.get_close_matches(column, COLUMNS, n=1, cutoff=CLOSE)
            if meant:
                raise FileFormatError(
                    f"{self.name} has a column {quoted(column)}, which is none; perhaps {meant[0]!r} was meant; "
                    "correct it, or give a column of your own another name."
                )

    def outcomes(self) -> Iterator[Outcome]:
        """Work on the rows in order, and yield what came of each."""
        first_row: dict[str, int] = {}
        full = ""
        for row, columns in self.rows():
            is_spoiled = bool(row.damaged) and columns.index("code") in row.damaged
            code = "" if is_spoiled else shown_code(dict(zip(columns, row.cells, strict=False)))
            first = first_row.setdefault(code_key(code), row.number) if code else row.number
            if first != row.number:
                yield _failed(row.number, code, _TWICE.format(first, quoted(code)))
                continue
            try:
                yield self._outcome(row, columns, code, full)
            except FileWriteError as error:
                yield _failed(row.number, code, str(error))
                if error.errno in NO_ROOM:
                    full = f"not tried, as nothing more can be written; {error}"

    def _outcome(self, row: Row, columns: list[str], code: str, full: str) -> Outcome:
        try:
            return self._made(row.number, read_order(cells_by_column(row, columns, "the table", COLUMNS)), full)
        except FileWriteError:
            raise
        except SelfcareError as error:
            return self._refused(row.number, code, str(error), is_over=isinstance(error, REFUSALS))
        except Exception as error:
            # One row must not keep the others from their handouts; and a traceback may hold a client's words.
            reason = f"the kit failed on this row ({type(error).__name__}); report it."
            return self._refused(row.number, code, reason)

    def _made(self, number: int, order: Order, full: str) -> Outcome:
        kinds, complaint = order.kinds(self.kinds), order.complaint(self.guide)
        alerts = tuple(map(str, find_alerts(complaint, self.guide))) if complaint else ()
        names = tuple(file_name_of(kind, order.code, self.day) for kind in kinds)
        row = digest_of(json.dumps([self._run, names, order.cells], sort_keys=True).encode())
        files = self.done.files_of(row)
        language = self._language(order, kinds)
        if files and files == tuple(file_digest(self.folder / name) for name in names):
            return Outcome(RowResult(number, order.code, "unchanged", names, "", alerts), row, files, language)
        with heard_letters() as heard:
            routine, told_of_sides, contents = self._contents(order, complaint, kinds)
        if full:
            return _failed(number, order.code, full)
        told = [] if any(kind.for_client for kind in kinds) else self._outdated(order.code, routine)
        told = [told_of_sides, *_boxes(heard, order.cells["client"]), *told]
        told += [self._write(self.folder / name, content) for name, content in zip(names, contents, strict=True)]
        made = RowResult(number, order.code, "made", names, " ".join(filter(None, told)), alerts)
        return Outcome(made, row, tuple(map(digest_of, contents)), language)

    def _language(self, order: Order, kinds: tuple[FileKind, ...]) -> str:
        has_words = any("language" in kind.options for kind in kinds)
        return {"language": self.guide.language, **self.options, **order.options}["language"] if has_words else ""

    def _contents(
        self, order: Order, complaint: Complaint | None, kinds: tuple[FileKind, ...]
    ) -> tuple[Routine, str, list[bytes]]:
        """Make all files of a row before the first is written, so that a refusal leaves no half of a set."""
        if datetime.date.today() != self.day:
            raise ScreeningRequired(
                f"the answers of {self.day} do not hold for the day that began while the batch ran; ask the safety "
                "questions again, and run it again."
            )
        routine, options = order.routine(self.guide, complaint), {**self.options, **order.options}
        return routine, order.sides_told(routine, kinds), [kind.to_bytes(routine, **options) for kind in kinds]

    def _write(self, path: Path, content: bytes) -> str:
        """Write a file unless it is there; what somebody else wrote or changed is kept under another name."""
        there = file_digest(path)
        if there == digest_of(content):
            return ""
        kept = ""
        if os.path.lexists(path) and not self.done.has_written(there):
            kept = f"Something else lay at {path.name}, and is kept as {move_aside(path).name}."
        # Whatever lay there is aside; a link put there since must not lead out of the folder.
        write_atomically(path, content, follow_links=False)
        return kept

    def _refused(self, number: int, code: str, reason: str, *, is_over: bool = False) -> Outcome:
        return _failed(number, code, " ".join((reason, *self._earlier(code, is_over=is_over))))

    def _outdated(self, code: str, routine: Routine) -> list[str]:
        """See to a client's page of an earlier run when a row asks for records only, and its answers refuse it."""
        if routine.screening is None:
            return []
        try:
            routine.require_clearance()
        except REFUSALS:
            return self._earlier(code, is_over=True)
        return []

    def _earlier(self, code: str, *, is_over: bool) -> list[str]:
        """Tell of what earlier runs made for a client; take it back where the answers it was made under are over."""
        told = []
        for kind in KINDS.values() if code else ():
            if not kind.for_client:
                continue
            path = self.folder / file_name_of(kind, code, self.day)
            if is_over and self.done.has_written(file_digest(path)) and _deleted(path):
                told.append(f"An earlier {path.name} was deleted.")
            there = [path] if os.path.lexists(path) else []
            told += [f"Do not hand out the {each.name} that lies there." for each in (*there, *kept_copies(path))]
        return told

    @cached_property
    def _run(self) -> str:
        return run_digest(self.guide, self.day, self.options)


def _boxes(heard: list[MissingLettersWarning], client: str) -> list[str]:
    """Tell which letters have become boxes; of those in the client's name only what script they are of."""
    secret = unicodedata.normalize("NFC", client) + unicodedata.normalize("NFD", client)
    return [MissingLettersWarning(each.letters, each.file, secret).sentence for each in heard]


def _failed(number: int, code: str, reason: str) -> Outcome:
    return Outcome(RowResult(number, code, "failed", (), reason))


def _deleted(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
