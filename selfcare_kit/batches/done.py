"""The list of finished rows of a batch: for each a digest of all that its files are made from, and of the files.

It is a file beside the others, replaced atomically, and holds digests only: nothing of a client.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from selfcare_kit.errors import SelfcareError
from selfcare_kit.files import write_atomically
from selfcare_kit.guide.guide import Guide
from selfcare_kit.version import __version__

FILE = ".selfcare-batch.json"
FORMAT = 1
MAX_BYTES = 64_000_000
BYTES_A_DIGEST = 16
# Of the time of a run, for saving the list, which takes longer the longer it is.
MAX_SHARE_OF_TIME = 0.05
MIN_SECONDS_BETWEEN_SAVES = 0.2


def digest_of(content: bytes) -> str:
    """Return the digest of a content, in hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=BYTES_A_DIGEST).hexdigest()


def run_digest(guide: Guide, day: datetime.date, options: Mapping[str, Any]) -> str:
    """Return the digest of what all files of a run are made from: the kit, the guide's files, the day and the options.

    The `repr` of an option must show all that it holds.
    """
    total = hashlib.blake2b(f"{__version__} {guide.id} {day}".encode(), digest_size=BYTES_A_DIGEST)
    total.update("".join(f"{name} {value!r} " for name, value in sorted(options.items())).encode())
    # Every table counts, whatever version the guide claims to be.
    for path in sorted(path for path in guide.folder.rglob("*") if path.suffix in (".csv", ".toml")):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def file_digest(path: Path) -> str:
    """Return the digest of a file; empty when it does not exist, is a link or cannot be read."""
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=BYTES_A_DIGEST)).hexdigest()
    except OSError:
        return ""


class DoneRows:
    """The finished rows of a day in one folder, by the digest of each row: the digests of its files after its table's.

    They are separated by spaces, and the table's begins with @; `table` is that of the table of this run.
    """

    def __init__(self, folder: Path, day: datetime.date, rows: Mapping[str, str], table: str = "") -> None:
        self.folder, self.day, self.table = folder, day, table
        self._rows = dict(rows)
        self._saved_at = time.monotonic()
        self._seconds_to_next_save = MIN_SECONDS_BETWEEN_SAVES

    @classmethod
    def load(cls, folder: Path, day: datetime.date, table: str = "") -> DoneRows:
        """Read the list of a folder; one that is missing, damaged or of another day counts as empty."""
        try:
            path = folder / FILE
            if path.is_symlink() or path.stat().st_size > MAX_BYTES:
                return cls(folder, day, {}, table)
            found = json.loads(path.read_bytes())
            if found["format"] != FORMAT or found["day"] != day.isoformat():
                return cls(folder, day, {}, table)
            return cls(folder, day, {str(row): str(files) for row, files in found["rows"].items()}, table)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return cls(folder, day, {}, table)

    def __len__(self) -> int:
        return len(self._rows)

    def files_of(self, row: str) -> tuple[str, ...]:
        """Return the digests of a row's files, by the row's digest; empty when the row is not finished."""
        return _files(self._rows.get(row, ""))

    def has_written(self, file: str) -> bool:
        """Return whether a batch of the day wrote a file with this digest, so that it can be made again."""
        return file in self._written

    def is_of_another_table(self, file: str) -> bool:
        """Return whether a file with this digest was made from a row of another table."""
        return self._written.get(file, "") not in ("", self.table)

    def add(self, row: str, files: tuple[str, ...]) -> None:
        """Add a finished row and its files by their digests, and save the list from time to time."""
        if self.files_of(row) != files:
            self._rows[row] = " ".join((f"@{self.table}", *files))
            self._written.update(dict.fromkeys(files, self.table))
        if time.monotonic() - self._saved_at > self._seconds_to_next_save:
            self.save()

    def save(self) -> None:
        """Save the list; where that fails, the next run makes the rows that are not in it again."""
        started_at = time.monotonic()
        values = {"format": FORMAT, "day": self.day.isoformat(), "rows": self._rows}
        with suppress(SelfcareError):
            write_atomically(self.folder / FILE, json.dumps(values, separators=(",", ":")).encode(), follow_links=False)
        self._saved_at = time.monotonic()
        seconds = self._saved_at - started_at
        self._seconds_to_next_save = max(MIN_SECONDS_BETWEEN_SAVES, seconds / MAX_SHARE_OF_TIME)

    @cached_property
    def _written(self) -> dict[str, str]:
        """The digest of the table by that of each file; empty for a list of an earlier version."""
        written = {}
        for digests in self._rows.values():
            table = digests.partition(" ")[0]
            written.update(dict.fromkeys(_files(digests), table[1:] if table.startswith("@") else ""))
        return written


def _files(digests: str) -> tuple[str, ...]:
    return tuple(digest for digest in digests.split() if not digest.startswith("@"))
