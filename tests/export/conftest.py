"""What the tests of the pages share: `pages` and `routines`, and one browser for all of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# With import-mode importlib a folder is not on the path.
sys.path.insert(0, str(Path(__file__).parent))

from pages import chromium


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield opened
        opened.close()


@pytest.fixture
def right_to_left(guide, tmp_path):
    """Put a routine under the guide with a small Hebrew file, made up for tests; the rest stays English."""
    import shutil
    from dataclasses import replace

    from selfcare_kit.guide import Guide

    folder = shutil.copytree(guide.folder, tmp_path / "guide")
    shutil.copy(Path(__file__).with_name("he.csv"), folder / "text" / "he.csv")
    return lambda routine: replace(routine, guide=Guide(folder))
