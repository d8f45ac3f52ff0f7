"""The planner as one file, made once for all tests of a process."""

from __future__ import annotations

import datetime
import os
import shutil

import pytest


@pytest.fixture(scope="session")
def pyodide():
    """The package of Pyodide; without npm and node the tests that need them are left out, in CI they fail."""
    from tools.build_page.kit import ROOT
    from tools.build_page.pyodide import VERSION, obtain

    folder = ROOT / "build"
    is_fetched = (folder / f"pyodide-{VERSION}.tgz").is_file()
    if shutil.which("node") is None or (not is_fetched and shutil.which("npm") is None):
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("No npm here: install it (apt-get install npm) to make the planner as one file.")
    return obtain(folder)


@pytest.fixture(scope="session")
def planner_page(pyodide):
    """The bytes of the page, made today."""
    from tools.build_page.__main__ import made_page

    return made_page(pyodide, made=datetime.date.today())


@pytest.fixture(scope="session")
def planner_file(planner_page, tmp_path_factory):
    """The file, on the disk."""
    path = tmp_path_factory.mktemp("file") / "planner.html"
    path.write_bytes(planner_page)
    return path
