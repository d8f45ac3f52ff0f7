"""What the tests of the pages share: `pages` and `programs`, and a guide with a language from right to left."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# With import-mode importlib a folder is not on the path.
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def right_to_left(guide, tmp_path):
    """Put a routine under the guide with a small Hebrew file, made up for tests; the rest stays English."""
    import shutil
    from dataclasses import replace

    from selfcare_kit.guide.guide import Guide

    folder = shutil.copytree(guide.folder, tmp_path / "guide")
    shutil.copy(Path(__file__).with_name("he.csv"), folder / "text" / "he.csv")
    return lambda routine: replace(routine, guide=Guide(folder))
