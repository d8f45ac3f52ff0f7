"""The work on the rows of a batch: the files of each row are made, and written unless they exist already."""

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

from selfcare_kit.batches.client_request import (
    COLUMNS,
    REQUIRED_COLUMNS,
    ClientRequest,
    code_key,
    read_request,
    shown_code,
)
from selfcare_kit.batches.done import DoneRows, digest_of, file_digest, run_digest
from selfcare_kit.batches.summary import RowResult
from selfcare_kit.batches.wording import in_plain_words
from selfcare_kit.errors import (
    BlockedError,
    FileFormatError,
    FileWriteError,
    MissingLettersWarning,
    ReferralRequired,
    ScreeningRequired,
    SelfcareError,
    catch_missing_letters,
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

# From 0 to 1: a column whose name is at least so similar to one of ours is taken for a misspelling.
MIN_SIMILARITY = 0.78
# Columns that people have for themselves, though the names are similar to ours.
OTHER_COLUMNS = ("client_id", "country", "county")
# Errors after which a handout that was made earlier for this client must not be handed out.
REFUSALS = (BlockedError, ReferralRequired, ScreeningRequired)
_DUPLICATE_CODE = (
    "code must differ from that of row {}, got {}, which gives files of the same names; "
    "give each row a code of its own."
)
_OF_ANOTHER_TABLE = (
    "the files of a code must be made from one table, got {} once more, of which another table made other files here "
    "today; choose another folder, or delete those files if this row is the right one."
)


class DoneRow(NamedTuple):
    """The result of a row, with the digests of the row and its files and their language, empty when it failed."""

    result: RowResult
    row: str = ""
    files: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Batch:
    """A batch on one day: the clients' table and its file name, the folder for the files, and what rows leave open."""

    content: bytes = field(repr=False)
    name: str
    folder: Path
    guide: Guide
    kinds: tuple[str, ...]
    options: Mapping[str, Any]
    done: DoneRows
    day: datetime.date

    def rows(self) -> Iterator[tuple[Row, list[str]]]:
        """Return the rows below the header that are not blank, each with the names of the columns.

        The iterator raises `csv.Error` where the table is broken further down.
        """
        filled = (row for row in table_rows(self.content, self.name, COLUMNS) if not row.is_blank)
        header = next(filled, Row(1, ()))
        columns = columns_of(header, self.name, REQUIRED_COLUMNS, COLUMNS)
        self._check_misspelled(columns)
        return ((row, columns) for row in filled)

    @property
    def unused_columns(self) -> tuple[str, ...]:
        """The names of the columns that are not ours."""
        columns = next((columns for _, columns in self.rows()), [])
        return tuple(shown_name(column) for column in columns if column and column not in COLUMNS)

    def _check_misspelled(self, columns: list[str]) -> None:
        """Refuse a column that is nearly one of ours: unused, its sensations or answers would be lost."""
        for column in columns:
            if column in (*COLUMNS, *OTHER_COLUMNS):
                continue
            similar = difflib.get_close_matches(column, COLUMNS, n=1, cutoff=MIN_SIMILARITY)
            if similar:
                raise FileFormatError(
                    f"{self.name} has an unknown column {quoted(column)}; perhaps {similar[0]!r} was meant; "
                    "correct it, or give a column of your own another name."
                )

    def done_rows(self) -> Iterator[DoneRow]:
        """Process the rows in order, and yield what came of each."""
        first_row: dict[str, int] = {}
        disk_full = ""
        for row, columns in self.rows():
            is_spoiled = bool(row.damaged) and columns.index("code") in row.damaged
            code = "" if is_spoiled else shown_code(dict(zip(columns, row.cells, strict=False)))
            first = first_row.setdefault(code_key(code), row.number) if code else row.number
            if first != row.number:
                yield _failed(row.number, code, _DUPLICATE_CODE.format(first, quoted(code)))
                continue
            try:
                yield self._in_plain_words(self._done(row, columns, code, disk_full), row)
            except FileWriteError as error:
                yield _failed(row.number, code, str(error))
                if error.errno in NO_ROOM:
                    disk_full = f"not tried, as nothing more can be written; {error}"

    def _in_plain_words(self, done_row: DoneRow, row: Row) -> DoneRow:
        result = done_row.result
        reason, *alerts = (in_plain_words(each, row.cells, self.guide) for each in (result.reason, *result.alerts))
        return done_row._replace(result=result._replace(reason=reason, alerts=tuple(alerts)))

    def _done(self, row: Row, columns: list[str], code: str, disk_full: str) -> DoneRow:
        try:
            request = read_request(cells_by_column(row, columns, "the table", COLUMNS))
            return self._made(row.number, request, disk_full)
        except FileWriteError:
            raise
        except SelfcareError as error:
            return self._refused(row.number, code, str(error), is_refusal=isinstance(error, REFUSALS))
        except Exception as error:
            # One row must not stop the others; and a traceback may hold a client's words.
            reason = f"the kit failed on this row ({type(error).__name__}); report it."
            return self._refused(row.number, code, reason)

    def _made(self, number: int, request: ClientRequest, disk_full: str) -> DoneRow:
        kinds, complaint = request.kinds(self.kinds), request.complaint(self.guide)
        alerts = tuple(map(str, find_alerts(complaint, self.guide))) if complaint else ()
        names = tuple(file_name_of(kind, request.code, self.day) for kind in kinds)
        row = digest_of(json.dumps([self._run, names, request.cells], sort_keys=True).encode())
        files = self.done.files_of(row)
        language = self._language(request, kinds)
        if files and files == tuple(file_digest(self.folder / name) for name in names):
            return DoneRow(RowResult(number, request.code, "unchanged", names, "", alerts), row, files, language)
        with catch_missing_letters() as missing_letters:
            routine, sides_message, contents = self._contents(request, complaint, kinds)
        if disk_full:
            return _failed(number, request.code, disk_full)
        if self._would_replace_another(names, contents):
            return _failed(number, request.code, _OF_ANOTHER_TABLE.format(quoted(request.code)))
        messages = [sides_message, *_missing_letters_messages(missing_letters, request.cells["client"])]
        if not any(kind.for_client for kind in kinds):
            messages += self._messages_if_refused(request.code, routine)
        messages += [self._write(self.folder / name, content) for name, content in zip(names, contents, strict=True)]
        made = RowResult(number, request.code, "made", names, " ".join(filter(None, messages)), alerts)
        return DoneRow(made, row, tuple(map(digest_of, contents)), language)

    def _language(self, request: ClientRequest, kinds: tuple[FileKind, ...]) -> str:
        """Return the language of a row's files; empty where none of them has text in it."""
        has_language = any("language" in kind.options for kind in kinds)
        return {"language": self.guide.language, **self.options, **request.options}["language"] if has_language else ""

    def _contents(
        self, request: ClientRequest, complaint: Complaint | None, kinds: tuple[FileKind, ...]
    ) -> tuple[Routine, str, list[bytes]]:
        """Make all files of a row before the first is written, so that a refusal leaves no incomplete set."""
        if datetime.date.today() != self.day:
            raise ScreeningRequired(
                f"the answers of {self.day} do not hold for the day that began while the batch ran; ask the safety "
                "questions again, and run it again."
            )
        routine, options = request.routine(self.guide, complaint), {**self.options, **request.options}
        sides_message = request.sides_message(routine, kinds)
        return routine, sides_message, [kind.to_bytes(routine, **options) for kind in kinds]

    def _would_replace_another(self, names: tuple[str, ...], contents: list[bytes]) -> bool:
        """Return whether the files would replace those that another table has made."""
        present = [file_digest(self.folder / name) for name in names]
        return any(
            self.done.is_of_another_table(file) and file != digest_of(content)
            for file, content in zip(present, contents, strict=True)
        )

    def _write(self, path: Path, content: bytes) -> str:
        """Write a file unless it exists; rename one that somebody else wrote or changed, and return a message."""
        present = file_digest(path)
        if present == digest_of(content):
            return ""
        message = ""
        if os.path.lexists(path) and not self.done.has_written(present):
            message = f"Another file was at {path.name}; it is kept as {move_aside(path).name}."
        # A link that was put there in the meantime must not lead out of the folder.
        write_atomically(path, content, follow_links=False)
        return message

    def _refused(self, number: int, code: str, reason: str, *, is_refusal: bool = False) -> DoneRow:
        return _failed(number, code, " ".join((reason, *self._earlier_files_messages(code, is_refusal=is_refusal))))

    def _messages_if_refused(self, code: str, routine: Routine) -> list[str]:
        """Handle a client's page of an earlier run where a row requests records only, and its answers refuse a page."""
        if routine.screening is None:
            return []
        try:
            routine.require_clearance()
        except REFUSALS:
            return self._earlier_files_messages(code, is_refusal=True)
        return []

    def _earlier_files_messages(self, code: str, *, is_refusal: bool) -> list[str]:
        """Return messages about files for a client that exist already; delete those of an earlier run on a refusal."""
        messages = []
        for kind in KINDS.values() if code else ():
            if not kind.for_client:
                continue
            path = self.folder / file_name_of(kind, code, self.day)
            if is_refusal and self.done.has_written(file_digest(path)) and _deleted(path):
                messages.append(f"An earlier {path.name} was deleted.")
            present = [path] if os.path.lexists(path) else []
            messages += [f"Do not hand out the older file {each.name}." for each in (*present, *kept_copies(path))]
        return messages

    @cached_property
    def _run(self) -> str:
        return run_digest(self.guide, self.day, self.options)


def _missing_letters_messages(warnings: list[MissingLettersWarning], client: str) -> list[str]:
    """Return a sentence for each warning, which shows only the scripts of letters of the client's name."""
    secret = unicodedata.normalize("NFC", client) + unicodedata.normalize("NFD", client)
    return [MissingLettersWarning(warning.letters, warning.file, secret).sentence for warning in warnings]


def _failed(number: int, code: str, reason: str) -> DoneRow:
    return DoneRow(RowResult(number, code, "failed", (), reason))


def _deleted(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
