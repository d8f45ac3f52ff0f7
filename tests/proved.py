"""What a long build has proved holds until something it is made of changes: that it gives what is committed.

A proof is kept in `build/`, by the digest of all that goes into it. In CI, and for `make figure-check`, which sets FRESH,
none counts.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("numpy", "scipy", "shapely", "scikit-image", "mujoco")


def proof_of(name: str, folders: Iterable[str], *, kept_in: Path = ROOT / "build") -> Path:
    """Return the file to write when the build has passed; skip the test where it passed with the same before."""
    found = hashlib.sha256(f"{sys.version} {[_version(package) for package in PACKAGES]}".encode())
    for folder in folders:
        inside = [ROOT / folder] if (ROOT / folder).is_file() else (ROOT / folder).rglob("*")
        for path in sorted(path for path in inside if path.is_file() and "__pycache__" not in path.parts):
            content = path.read_bytes()
            found.update(f"{path.relative_to(ROOT).as_posix()} {len(content)} ".encode() + content)
    proof = kept_in / f"proof-of-{name}-{found.hexdigest()[:16]}"
    if proof.is_file() and os.environ.get("CI") != "true" and "FRESH" not in os.environ:
        pytest.skip(f"{name}: proved before, and nothing it is made of has changed; make figure-check proves it again.")
    for old in kept_in.glob(f"proof-of-{name}-*"):
        old.unlink()
    return proof


def keep(proof: Path) -> None:
    """Note that a build has passed."""
    proof.parent.mkdir(exist_ok=True)
    proof.touch()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
