"""What the tests of the pages share: `pages` and `programs`, a browser's page, and a guide with a language from right to left."""

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


@pytest.fixture(scope="module")
def page(browser):
    """One page for a module: to open another takes longer than most of its tests."""
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture
def show(page):
    """Show HTML so many millimetres wide, as it is printed or on a screen, and return the page."""

    def shown(html, wide, media="print"):
        page.set_viewport_size({"width": round(wide / 25.4 * 96), "height": 1000})
        page.emulate_media(media=media)
        page.set_content(html)
        return page

    return shown
