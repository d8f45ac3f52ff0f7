"""The shell command: it parses options, calls the library and prints; errors are the library's sentences."""

from __future__ import annotations

import atexit
import gc

# What a command imports and makes lasts until it ends: looking for garbage in it took 4 % of the time of a figure, and
# once more at the end, when all of it is given back anyway, 10 %.
gc.set_threshold(50_000)
atexit.register(gc.freeze)

from selfcare_kit.cli.group import main  # noqa: E402  (its imports are half of that)

__all__ = ["main"]
