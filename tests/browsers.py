"""The real browser of the tests: Debian's Chromium, or the one that the variable CHROMIUM names."""

from __future__ import annotations

import os
import shutil

import pytest

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium_path() -> str:
    """Where Chromium is; without one the test is left out, in CI it fails."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("No chromium here: install it (apt-get install chromium) to see what a real browser makes of it.")
    return path
