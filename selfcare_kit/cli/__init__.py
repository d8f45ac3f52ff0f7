"""The shell command: parse, call the library, print. An error is the library's own sentence."""

from __future__ import annotations

from selfcare_kit.cli.apps import app, lab
from selfcare_kit.cli.batch import batch
from selfcare_kit.cli.group import main
from selfcare_kit.cli.guides import areas, check, points
from selfcare_kit.cli.pages import figure, leaflet
from selfcare_kit.cli.routine import routine

__all__ = ["main"]

for command in (routine, figure, leaflet, points, areas, check, lab, app, batch):
    main.add_command(command)
