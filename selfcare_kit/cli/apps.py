"""Commands that open the planner."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
def lab(folder: Path) -> None:
    """Open JupyterLab on the planner, with its notebook in FOLDER (here, when left out)."""
    from selfcare_kit.widgets.launch import open_lab

    sys.exit(open_lab(folder))


@click.command(hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def app(arguments: tuple[str, ...]) -> None:
    """Open the planner as a page without code: not there yet."""
    raise click.ClickException('"app" is not in this version; use "selfcare-kit lab".')
