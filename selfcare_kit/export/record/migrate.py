"""The versions of the record in files, and how an earlier one becomes today's.

A change of the record that older files lack is a new format: raise `FORMAT`, add the step from the format before it to
`MIGRATIONS`, and commit a file of each kind to tests/export/files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from selfcare_kit.errors import FileFormatError, quoted
from selfcare_kit.model.outcome import Outcome

FORMAT = 3
# The first format with an outcome; in an earlier table a column of such a name is somebody's own.
OUTCOME_FORMAT = 3
Record = dict[str, Any]
# From each earlier format to the next one.
MIGRATIONS: Mapping[int, Callable[[Record], Record]] = {
    # Sides could not be confirmed yet.
    1: lambda record: {**record, "sides_confirmed": []},
    # A visit was its complaint alone; what else was found at it was not asked.
    2: lambda record: {**record, **Outcome().to_dict()},
}


def migrated(record: Mapping[str, Any], name: str) -> Record:
    """Return a record of any known format as a new record of today's format."""
    current = record.get("format")
    if not isinstance(current, int) or isinstance(current, bool) or not 1 <= current <= FORMAT:
        raise FileFormatError(
            f"{name} must be of format {FORMAT} or earlier, got {quoted(current)}; update selfcare-kit."
        )
    new = dict(record)
    for version in range(current, FORMAT):
        new = {**MIGRATIONS[version](new), "format": version + 1}
    return new
