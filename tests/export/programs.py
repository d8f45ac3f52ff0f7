"""Programs that clients and clinicians have. Without one a test is left out; in CI it fails."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def program(name: str, package: str, purpose: str) -> str:
    """Path of a program; `package` is what brings it."""
    path = shutil.which(name)
    if path is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(f"No {name} here: install it (apt-get install {package}) to {purpose}.")
    return path


def output_of(*command: str, timeout: float = 120) -> str:
    done = subprocess.run(command, check=True, capture_output=True, timeout=timeout)
    return done.stdout.decode("utf-8")
