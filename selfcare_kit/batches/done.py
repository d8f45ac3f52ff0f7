"""What of a batch is done: for each row a digest of all that went into its files, and of the files.

It is kept beside the files, replaced in one move, and holds digests only: nothing of a client.
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
# Saving takes longer the more is done; so much of the time it may take.
SHARE_OF_TIME = 0.05
MIN_SECONDS = 0.2


def digest_of(content: bytes) -> str:
    """Return what tells a content from any other.

    Parameters
    ----------
    content : bytes
        Of a file, or what goes into it.

    Returns
    -------
    str
        In hexadecimal digits.
    """
    return hashlib.blake2b(content, digest_size=BYTES_A_DIGEST).hexdigest()


def run_digest(guide: Guide, day: datetime.date, options: Mapping[str, Any]) -> str:
    """Return the digest of what goes into all files of a run: the kit, the guide, the day and the options.

    Parameters
    ----------
    guide : Guide
        Every table of its folder counts, whatever its version says.
    day : datetime.date
        The day; the answers to the safety questions hold for one.
    options : mapping of str to object
        Of the handouts, where a row says nothing; values that tell all they hold.

    Returns
    -------
    str
        In hexadecimal digits.
    """
    total = hashlib.blake2b(f"{__version__} {guide.id} {day}".encode(), digest_size=BYTES_A_DIGEST)
    total.update("".join(f"{name} {value!r} " for name, value in sorted(options.items())).encode())
    for path in sorted(path for path in guide.folder.rglob("*") if path.suffix in (".csv", ".toml")):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def file_digest(path: Path) -> str:
    """Return the digest of a file on the disk.

    Parameters
    ----------
    path : Path
        Where it should be.

    Returns
    -------
    str
        Empty when there is no such file, or it cannot be read.
    """
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=BYTES_A_DIGEST)).hexdigest()
    except OSError:
        return ""


class DoneRows:
    """The rows of a day that are done, with the digests of their files.

    Parameters
    ----------
    folder : Path
        Where the files are.
    day : datetime.date
        The day; what was done on another does not count.
    rows : mapping of str to str
        Digests of a row's files, with blanks between, by the digest of the row.
    """

    def __init__(self, folder: Path, day: datetime.date, rows: Mapping[str, str]) -> None:
        self.folder, self.day = folder, day
        self._rows = dict(rows)
        self._saved_at = time.monotonic()
        self._pause = MIN_SECONDS

    @classmethod
    def load(cls, folder: Path, day: datetime.date) -> DoneRows:
        """Read what is done; a list that is missing, damaged or of another day is an empty one.

        Parameters
        ----------
        folder : Path
            Where the files are.
        day : datetime.date
            The day.

        Returns
        -------
        DoneRows
            What is done on that day.
        """
        try:
            path = folder / FILE
            if path.is_symlink() or path.stat().st_size > MAX_BYTES:
                return cls(folder, day, {})
            found = json.loads(path.read_bytes())
            if found["format"] != FORMAT or found["day"] != day.isoformat():
                return cls(folder, day, {})
            return cls(folder, day, {str(row): str(files) for row, files in found["rows"].items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return cls(folder, day, {})

    def __len__(self) -> int:
        return len(self._rows)

    def files_of(self, row: str) -> tuple[str, ...]:
        """Return the digests of a row's files.

        Parameters
        ----------
        row : str
            Digest of the row.

        Returns
        -------
        tuple of str
            Empty when the row is not done.
        """
        return tuple(self._rows.get(row, "").split())

    def has_written(self, file: str) -> bool:
        """Tell whether a content is one that was written here, and so can be made again.

        Parameters
        ----------
        file : str
            Digest of the content.

        Returns
        -------
        bool
            False for what somebody else wrote or changed.
        """
        return file in self._written

    def add(self, row: str, files: tuple[str, ...]) -> None:
        """Take down that a row is done, and save the list from time to time.

        Parameters
        ----------
        row : str
            Digest of the row.
        files : tuple of str
            Digests of its files.
        """
        if self.files_of(row) != files:
            self._rows[row] = " ".join(files)
            self._written.update(files)
        if time.monotonic() - self._saved_at > self._pause:
            self.save()

    def save(self) -> None:
        """Save the list; where that fails, the next run makes again what it does not know of."""
        begun = time.monotonic()
        values = {"format": FORMAT, "day": self.day.isoformat(), "rows": self._rows}
        with suppress(SelfcareError):
            write_atomically(self.folder / FILE, json.dumps(values, separators=(",", ":")).encode(), follow_links=False)
        self._saved_at = time.monotonic()
        self._pause = max(MIN_SECONDS, (self._saved_at - begun) / SHARE_OF_TIME)

    @cached_property
    def _written(self) -> set[str]:
        return {file for files in self._rows.values() for file in files.split()}
