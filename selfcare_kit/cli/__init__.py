"""The shell command: parse, call the library, print. An error is the library's own sentence."""

from __future__ import annotations

from selfcare_kit.cli.group import main

__all__ = ["main"]
