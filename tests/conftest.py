"""Shared fixtures. Matplotlib draws without a screen: CI has none."""

from __future__ import annotations

import datetime
import gc
import os
import shutil
import sys
from pathlib import Path

import pytest

os.environ.setdefault("MPLBACKEND", "Agg")

# With import-mode importlib a folder is not on the path: `areas`, `axe`, `browsers`, `examples`, `longest`, `marks`, `nu`, `one_file`, `outcomes`,
# `pairs` and `small_guide` are for all.
sys.path.insert(0, str(Path(__file__).parent))

import examples  # noqa: F401 (it names the profile of the quick suite)
from browsers import FLAGS, chromium_path
from longest import longest_first
from marks import pytest_fixture_setup, pytest_runtest_call, pytest_terminal_summary  # noqa: F401
from one_file import planner_file, planner_page, pyodide  # noqa: F401 (fixtures)

import selfcare_kit as kit
from selfcare_kit.guide.scaffold.example import example_answers
from selfcare_kit.jupyter.start import leave_out_grammars

# Reading a notebook brings in jsonschema, too: seconds for each process that collects the tests.
leave_out_grammars()

# No folder of a test has to outlast a failure of power, and to wait for the disk takes longer than most tests; what is
# about it puts its own in this place, or starts a process.
os.fsync = lambda handle: None


def pytest_collection():
    """Nothing that is collected is garbage: the collector of it would look through all of it again and again."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Where several processes share the tests, the longest files begin, so that none is left alone at the end."""
    if hasattr(config, "workerinput"):
        items.sort(key=longest_first)


def pytest_collection_finish():
    """What is collected stays to the end: the collector of garbage need not look through all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def guide():
    return kit.load_guide()


@pytest.fixture(scope="session")
def example_guide(tmp_path_factory):
    """The folder of the example guide, made once for all tests that change a copy of it."""
    return kit.new_guide(example_answers(), tmp_path_factory.mktemp("example") / "mine")


@pytest.fixture
def own(example_guide, tmp_path):
    """The guide of the example, loaded from a copy that may be changed."""
    return kit.load_guide(shutil.copytree(example_guide, tmp_path / "mine"))


@pytest.fixture
def clear():
    """All questions asked today, none applies."""
    return kit.screen()


@pytest.fixture
def yesterday():
    return datetime.date.today() - datetime.timedelta(days=1)


@pytest.fixture
def five_steps(clear):
    """The guide's first five points on the left, ready for the client."""
    routine = kit.Routine(title="Hip and outer leg", code="C-104", screening=clear)
    for point in ("gmed_2", "piri_1", "tfl_1", "vl_4", "ql_s2"):
        routine = routine.add(point, side="left")
    return routine


# Not for the session: while it is open, no other test of that thread can run a coroutine of its own.
@pytest.fixture(scope="module")
def browser():
    """One Chromium for the tests of a module."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS))
        yield opened
        opened.close()
