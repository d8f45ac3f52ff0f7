"""Examples of the files that a clinic fills in: its settings, and the table of a batch."""

from __future__ import annotations

import datetime
from importlib.resources import files
from pathlib import Path

from selfcare_kit.errors import InvalidValueError, shown_name
from selfcare_kit.files import write_new
from selfcare_kit.guide.load import load_guide

# The date in the example, which is replaced by today's, as no handout is made for an older one.
WRITTEN_ON = "2026-11-23"
TABLE_ENDINGS = (".xlsx", ".csv")


def write_clinic_example(path: str | Path) -> Path:
    """Write example settings of a clinic to a new file."""
    return write_new(path, clinic_example().encode())


def clinic_example() -> str:
    """Return example settings of a clinic."""
    return example_text("clinic.toml")


def write_batch_example(path: str | Path) -> Path:
    """Write an example table for a batch to a new file, with today as the day of the questions."""
    from selfcare_kit.cli.examples.workbook import clients_workbook

    path, day, table = Path(path), datetime.date.today(), example_text("clients.csv")
    ending = path.suffix.lower()
    if ending not in TABLE_ENDINGS:
        endings = " or ".join(TABLE_ENDINGS)
        raise InvalidValueError(
            f"the example table must end in {endings}, got {shown_name(path.name)!r}; name it clients.xlsx or so."
        )
    if ending == ".xlsx":
        return write_new(path, clients_workbook(table, load_guide(), day))
    return write_new(path, batch_example().encode())


def batch_example() -> str:
    """Return an example table for a batch, with today as the day of the questions."""
    return example_text("clients.csv").replace(WRITTEN_ON, f"{datetime.date.today()}")


def example_text(name: str) -> str:
    """Return the text of an example file of the package."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
