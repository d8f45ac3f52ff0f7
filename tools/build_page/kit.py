"""The kit itself, as it lies in this checkout: what a wheel holds, without what a page has no use for."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The shell, batches of clients and the parts of Jupyter that run a server.
LEFT_OUT = re.compile(
    r"__pycache__|\.pyc$|^cli/|^batches/|^jupyter/(app|config|safe|share)/|^jupyter/(launch|user_server)\.py$|\.md$"
)


def kit_files() -> dict[str, bytes]:
    """Return the files of the package and its data by their paths in it."""
    files = _files_of(ROOT / "selfcare_kit", "selfcare_kit")
    return files | _files_of(ROOT / "data", "selfcare_kit/data")


def stub_files() -> dict[str, bytes]:
    """Return the stand-ins for a package that the page has no use for."""
    return _files_of(Path(__file__).parent / "stubs", "")


def _files_of(folder: Path, where: str) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    wanted = {name: path for name, path in found.items() if not LEFT_OUT.search(name)}
    return {f"{where}/{name}".lstrip("/"): path.read_bytes() for name, path in wanted.items()}
