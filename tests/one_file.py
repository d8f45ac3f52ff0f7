"""The planner as one file, made once for all tests, in whichever process they run.

It is kept in `build/` with the digest of all that it is made of; `tests/browser/test_one_file.py` makes another and
finds the same bytes.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

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


# Not for the session: `marks` would not see what it starts.
@pytest.fixture(scope="module")
def planner_page(pyodide):
    """The bytes of the page, made today."""
    from selfcare_kit.files import write_atomically
    from tools.build_page.__main__ import made_page

    today = datetime.date.today()
    kept = pyodide.with_name(f"planner-for-tests-{_digest(pyodide, today)}.html")
    with _alone(kept.with_name("planner-for-tests.lock")):
        if not kept.is_file():
            for old in kept.parent.glob("planner-for-tests-*.html"):
                old.unlink()
            write_atomically(kept, made_page(pyodide, made=today))
    return kept.read_bytes()


@pytest.fixture(scope="module")
def planner_file(planner_page, tmp_path_factory):
    """The file, on the disk."""
    path = tmp_path_factory.mktemp("file") / "planner.html"
    path.write_bytes(planner_page)
    return path


def _digest(pyodide: Path, day: datetime.date) -> str:
    """Return a digest of all that the page is made of."""
    from tools.build_page import kit
    from tools.build_page.packages import needed_packages

    versions = (sys.version, zlib.ZLIB_RUNTIME_VERSION, subprocess.check_output(["node", "--version"]), day)
    found = hashlib.sha256(repr(versions).encode())
    found.update(pyodide.read_bytes())
    own = {path.as_posix(): path.read_bytes() for path in Path(kit.__file__).parent.rglob("*") if path.is_file()}
    for package in needed_packages():
        own |= package.files
        found.update(repr(package._replace(files={})).encode())
    for name, content in sorted({**kit.kit_files(), **own}.items()):
        if not name.endswith(".pyc"):
            found.update(f"{name} {len(content)} ".encode() + content)
    return found.hexdigest()[:16]


@contextlib.contextmanager
def _alone(path: Path):
    """Let only one process go on at a time, where the system can."""
    with path.open("w") as lock:
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
