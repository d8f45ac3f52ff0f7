"""Python for the browser, from npm: one version, known by its digest."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

from .archive import unzipped

VERSION = "314.0.7"
SHA256 = "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0"
# The version of Python in it, for what packages need of one.
PYTHON = "3.14"


class Core(NamedTuple):
    """What of Pyodide is put into the page."""

    # The two scripts, and the program.
    loader: bytes
    module: bytes
    program: bytes
    # The standard library, file by file.
    library: dict[str, bytes]
    # Which packages can be loaded from elsewhere: none.
    lock: bytes


class FetchError(Exception):
    """Pyodide could not be fetched, or is not what it was."""


def obtain(folder: Path) -> Path:
    """Return the package of Pyodide in a folder, fetched with npm if it is not there yet."""
    path = folder / f"pyodide-{VERSION}.tgz"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        _fetch(path)
    return path


def _fetch(path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise FetchError(
            f"pyodide {VERSION} is fetched with npm, got none on this computer; install npm, or name the package with "
            "--pyodide."
        )
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        command = [npm, "pack", "--silent", f"pyodide@{VERSION}", "--pack-destination", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        made = Path(folder) / path.name
        if done.returncode or not made.is_file():
            why = done.stderr.strip().splitlines()[-1:] or ["nothing was said"]
            raise FetchError(f"npm could not fetch pyodide {VERSION} ({why[0]}); try again, or name it with --pyodide.")
        made.replace(path)


def read_core(path: Path) -> Core:
    """Return the parts of a package that is the known one."""
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise FetchError(f"{path.name} must have the digest {SHA256}, got {found}; delete it and fetch it again.")
    with tarfile.open(path) as archive:
        files = {
            member.name.removeprefix("package/"): archive.extractfile(member).read()  # type: ignore[union-attr]
            for member in archive.getmembers()
            if member.isfile()
        }
    lock = json.loads(files["pyodide-lock.json"])
    return Core(
        loader=files["pyodide.mjs"],
        module=files["pyodide.asm.mjs"],
        program=files["pyodide.asm.wasm"],
        library=unzipped(files["python_stdlib.zip"]),
        lock=json.dumps({**lock, "packages": {}}, sort_keys=True).encode(),
    )
