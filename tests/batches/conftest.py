"""Lets the tests of the batch share `clients`, and run one in a folder of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import selfcare_kit as kit

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def run(tmp_path, out):
    """Run a batch of a table, as bytes or as rows."""
    from clients import table

    def run_batch(*rows, content=None, **options):
        path = tmp_path / "clients.csv"
        path.write_bytes(table(*rows) if content is None else content)
        return kit.batch(path, out, **options)

    return run_batch
