"""The time of a whole process that draws a figure, compared with a Python process that does nothing."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.harness import Result, judged

ROUNDS = 15
MAX_RATIO = 8
# As after an installation, as pip compiles what it installs.
WITH_BYTECODE = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def start_results() -> Iterator[Result]:
    """Yield a result for the figure drawn from the shell."""
    with TemporaryDirectory() as folder:
        figure = ("-m", "selfcare_kit", "figure", "--view", "back", "--mark", "piri_1", "--out", f"{folder}/f.svg")
        yield judged("cold: selfcare-kit figure to a file / python -c pass", lambda: _ratio(figure), MAX_RATIO)
        if not Path(folder, "f.svg").stat().st_size:
            raise RuntimeError("the figure was not written")


def _ratio(arguments: tuple[str, ...]) -> float:
    _seconds(arguments), _seconds(("-c", "pass"))
    return statistics.median(_seconds(arguments) / _seconds(("-c", "pass")) for _ in range(ROUNDS))


def _seconds(arguments: tuple[str, ...]) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=WITH_BYTECODE)
    return time.perf_counter() - start
