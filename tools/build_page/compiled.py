"""Modules compiled ahead: starting would else be compiling, for the most part.

The page's own Python compiles them, run by node: each version has code of its own. Only what is imported at the start
is compiled, as code takes twice the room of its source, and without the numbers of lines, which nobody would see.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from .archive import unzipped, zipped
from .pyodide import FetchError

SCRIPT = Path(__file__).parent / "compile.mjs"
# Where the archive of what was compiled says a module is from.
LIBRARY, PACKAGES = "library/", "packages/"


def compiled(
    pyodide: Path, library: Mapping[str, bytes], packages: Mapping[str, bytes]
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return the files of the standard library and of the packages, with code in place of what is imported first."""
    made = _run(pyodide, zipped(packages))
    return _with_code(library, made, LIBRARY), _with_code(packages, made, PACKAGES)


@lru_cache(maxsize=1)
def _run(pyodide: Path, packages: bytes) -> dict[str, bytes]:
    node = shutil.which("node")
    if node is None:
        raise FetchError("modules are compiled with node, got none on this computer; install Node.js.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with tarfile.open(pyodide) as archive:
            archive.extractall(folder, filter="data")
        (folder / "packages.zip").write_bytes(packages)
        # It looks for the library beside itself.
        (folder / "package" / SCRIPT.name).write_bytes(SCRIPT.read_bytes())
        command = [node, str(folder / "package" / SCRIPT.name), str(folder / "packages.zip"), str(folder / "made.zip")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise FetchError(f"the planner did not start in node: {done.stderr.strip()[-800:]}")
        return unzipped((folder / "made.zip").read_bytes())


def _with_code(files: Mapping[str, bytes], made: Mapping[str, bytes], where: str) -> dict[str, bytes]:
    own = {name.removeprefix(where): code for name, code in made.items() if name.startswith(where)}
    return {name: content for name, content in files.items() if f"{name}c" not in own} | own
