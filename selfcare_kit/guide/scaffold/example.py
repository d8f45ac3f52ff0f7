"""An example of the answers for a new guide, to begin with."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from selfcare_kit.clinics.toml_file import toml_values
from selfcare_kit.files import write_new

FILE = "example.toml"


def example_answers() -> dict[str, Any]:
    """Return the answers of the example, by the names of the questions."""
    return toml_values(_content(), FILE)


def write_example_answers(path: str | Path) -> Path:
    """Write the example, with its comments, to a new file."""
    return write_new(path, _content())


def _content() -> bytes:
    return files(__name__.rpartition(".")[0]).joinpath(FILE).read_bytes()
