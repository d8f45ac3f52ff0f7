"""A clients' table as somebody types it, and what a batch left in a folder."""

from __future__ import annotations

import csv
import datetime
import io

from selfcare_kit.batches.client_request import COLUMNS

TODAY = datetime.date.today().isoformat()
# A row that is in order; tests change one thing.
FINE = {
    "code": "C-104", "client": "Ada Test", "title": "Hip", "areas": "hip_side", "side": "left", "sensations": "ache",
    "none_of_these": "yes", "asked_on": TODAY,
}  # fmt: skip


def row(code="C-104", **cells):
    return {**FINE, "code": code, **cells}


def table(*rows, columns=tuple(COLUMNS), delimiter=",", encoding="utf-8-sig", line_end="\r\n"):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, restval="", delimiter=delimiter, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def names(folder):
    """Names of the files that are not hidden."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def files_of(*codes, day=TODAY):
    """Names of the files that rows get when they name no kinds."""
    return sorted(name for code in codes for name in (f"handout_{code}_{day}.html", f"routine_{code}_{day}.csv"))


def contents(folder):
    """Bytes of all files, the hidden ones, too, without the list of what is done, which saves times of nothing."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}
