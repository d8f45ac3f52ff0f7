"""The work on the rows of a batch: each row's files are made, and written where they are not there yet."""

from __future__ import annotations

import datetime
import difflib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from selfcare_kit.alerts import find_alerts
from selfcare_kit.batches.done import DoneRows, digest_of, file_digest, run_digest
from selfcare_kit.batches.orders import COLUMNS, NEEDED, Order, code_key, read_order
from selfcare_kit.batches.summary import RowResult
from selfcare_kit.errors import FileFormatError, FileWriteError, ScreeningRequired, SelfcareError, quoted
from selfcare_kit.export.csv import table_rows
from selfcare_kit.export.kinds import KINDS, FileKind, file_name_of
from selfcare_kit.export.table import Row, cells_by_column, columns_of
from selfcare_kit.files import NO_ROOM, move_aside, write_atomically
from selfcare_kit.guide import Guide

if TYPE_CHECKING:
    from selfcare_kit.complaint import Complaint

# From 0 to 1: so alike two names of columns are when one is taken for a slip of the other.
CLOSE = 0.78


class Outcome(NamedTuple):
    """What came of a row, with its digest and those of its files, and their language; all empty when it failed."""

    result: RowResult
    row: str = ""
    files: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Batch:
    """All that a batch needs; it can be sent to another process.

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
    look : mapping of str to object
        Look of the handout where a row says nothing.
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
    look: Mapping[str, Any]
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

    def _check_strange(self, columns: list[str]) -> None:
        """Refuse a column that is nearly one of ours: passed over, its sensations or answers would be lost."""
        for column in columns:
            meant = () if column in COLUMNS else difflib.get_close_matches(column, COLUMNS, n=1, cutoff=CLOSE)
            if meant:
                raise FileFormatError(
                    f"{self.name} has a column {quoted(column)}, which is none; perhaps {meant[0]!r} was meant; "
                    "correct it, or give a column of your own another name."
                )

    def outcomes(self, share: int = 0, of: int = 1) -> Iterator[Outcome]:
        """Work on the rows of one share.

        Parameters
        ----------
        share, of : int
            Every row whose place divided by `of` leaves `share`.

        Returns
        -------
        iterator of Outcome
            One for each row of the share, in order.
        """
        first_row: dict[str, int] = {}
        full = ""
        for index, (row, columns) in enumerate(self.rows()):
            code, order, refusal = self._ordered(row, columns, first_row)
            if index % of != share:
                continue
            if order is None or full:
                yield _failed(row.number, code, refusal or full)
                continue
            try:
                yield self._outcome(row.number, order)
            except FileWriteError as error:
                yield _failed(row.number, code, str(error))
                if error.errno in NO_ROOM:
                    full = f"not tried, as nothing more can be written; {error}"

    def _ordered(self, row: Row, columns: list[str], first_row: dict[str, int]) -> tuple[str, Order | None, str]:
        """Return a row's code and what it asks for, or why that cannot be told."""
        try:
            order = read_order(cells_by_column(row, columns, "the table"))
        except SelfcareError as error:
            return "", None, str(error)
        first = first_row.setdefault(code_key(order.code), row.number)
        if first == row.number:
            return order.code, order, ""
        return order.code, None, (
            f"code must be another one than in row {first}, got {order.code!r}, which gives files of the same names; "
            "give each row a code of its own."
        )  # fmt: skip

    def _outcome(self, number: int, order: Order) -> Outcome:
        try:
            kinds, complaint = order.kinds(self.kinds), order.complaint(self.guide)
            alerts = (
                tuple(f"{each.action}: {each.id}" for each in find_alerts(complaint, self.guide)) if complaint else ()
            )
            names = tuple(file_name_of(kind, order.code, self.day) for kind in kinds)
            row = digest_of(json.dumps([self._run, names, order.cells], sort_keys=True).encode())
            files = self.done.files_of(row)
            language = self._language(order, kinds)
            if files and files == tuple(file_digest(self.folder / name) for name in names):
                return Outcome(RowResult(number, order.code, "unchanged", names, "", alerts), row, files, language)
            contents = self._contents(order, complaint, kinds)
        except SelfcareError as error:
            return self._refused(number, order, str(error))
        except Exception as error:
            # One row must not keep the others from their handouts; and a traceback may hold a client's words.
            return self._refused(number, order, f"the kit failed on this row ({type(error).__name__}); report it.")
        kept = [self._write(self.folder / name, content) for name, content in zip(names, contents, strict=True)]
        made = RowResult(number, order.code, "made", names, " ".join(filter(None, kept)), alerts)
        return Outcome(made, row, tuple(map(digest_of, contents)), language)

    def _language(self, order: Order, kinds: tuple[FileKind, ...]) -> str:
        has_words = any("language" in kind.look for kind in kinds)
        return {"language": self.guide.language, **self.look, **order.look}["language"] if has_words else ""

    def _contents(self, order: Order, complaint: Complaint | None, kinds: tuple[FileKind, ...]) -> list[bytes]:
        """Make all files of a row before the first is written, so that a refusal leaves no half of a set."""
        if datetime.date.today() != self.day:
            raise ScreeningRequired(
                f"the answers of {self.day} do not hold for the day that began while the batch ran; ask the safety "
                "questions again, and run it again."
            )
        routine, look = order.routine(self.guide, complaint), {**self.look, **order.look}
        return [kind.content(routine, **look) for kind in kinds]

    def _write(self, path: Path, content: bytes) -> str:
        """Write a file unless it is there; what somebody else wrote or changed is kept under another name."""
        there = file_digest(path)
        if there == digest_of(content):
            return ""
        kept = ""
        if os.path.lexists(path) and not self.done.has_written(there):
            kept = f"{path.name} was not as a batch had written it, and is kept as {move_aside(path).name}."
        write_atomically(path, content)
        return kept

    def _refused(self, number: int, order: Order, reason: str) -> Outcome:
        """Report a refusal, and take back what an earlier run made for the client under other answers."""
        for kind in KINDS.values():
            path = self.folder / file_name_of(kind, order.code, self.day)
            if not kind.for_client or not os.path.lexists(path):
                continue
            if self.done.has_written(file_digest(path)) and _deleted(path):
                reason += f" An earlier {path.name} was deleted."
            else:
                reason += f" Do not hand out the {path.name} that lies there."
        return _failed(number, order.code, reason)

    @cached_property
    def _run(self) -> str:
        return run_digest(self.guide, self.day, self.look)


def _failed(number: int, code: str, reason: str) -> Outcome:
    return Outcome(RowResult(number, code, "failed", (), reason))


def _deleted(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
