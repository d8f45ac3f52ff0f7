"""Examples of the files that a clinic fills in: its settings, and the table of a batch."""

from __future__ import annotations

import datetime
from importlib.resources import files
from pathlib import Path

from selfcare_kit.errors import InvalidValueError, shown_name
from selfcare_kit.files import write_new

# The date in the example, which is replaced by today's, as no handout is made for an older one.
WRITTEN_ON = "2026-11-23"
TABLE_ENDINGS = (".csv",)


def write_clinic_example(path: str | Path) -> Path:
    """Write example settings of a clinic to a new file."""
    return write_new(path, example_text("clinic.toml").encode())


def write_batch_example(path: str | Path) -> Path:
    """Write an example table for a batch to a new file, with today as the day of the questions."""
    path = Path(path)
    if path.suffix.lower() not in TABLE_ENDINGS:
        endings = " or ".join(TABLE_ENDINGS)
        raise InvalidValueError(
            f"the example table must end in {endings}, got {shown_name(path.name)!r}; name it clients.csv or so."
        )
    return write_new(path, example_text("clients.csv").replace(WRITTEN_ON, f"{datetime.date.today()}").encode())


def example_text(name: str) -> str:
    """Return the text of an example file of the package."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
