"""The shell command: it parses options, calls the library and prints; errors are the library's sentences."""

from __future__ import annotations

from selfcare_kit.cli.group import main

__all__ = ["main"]
