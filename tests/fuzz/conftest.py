"""Lets the tests of the readers share `watch`, `mutate` and the pages' `programs`, and watches what they read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "export")]


@pytest.fixture
def reading():
    import pandas  # noqa: F401 (loading it opens libraries, which no reader may)
    from watch import Reading

    watched = Reading()
    yield watched
    watched.check_memory()
    print(f"read {watched.read}, refused {watched.refused}")
