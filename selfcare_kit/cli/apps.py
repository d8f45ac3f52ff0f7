"""Commands that open the planner."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
def lab(folder: Path) -> None:
    """Open JupyterLab on the planner, with its notebook in FOLDER (here, when left out)."""
    from selfcare_kit.jupyter.launch import open_lab

    sys.exit(open_lab(folder))


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path())
@click.option("--port", type=click.IntRange(1, 65535), help="Port on this machine; 8866 when left out.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def app(folder: Path, port: int | None, no_browser: bool) -> None:
    """Open the planner as a page without code, with the clinic's settings of FOLDER (here, when left out)."""
    from selfcare_kit.jupyter.launch import open_app

    sys.exit(open_app(folder, port, has_browser=not no_browser))


@click.command()
def page() -> None:
    """Say how to get the planner as one file, for a browser on a computer on which nothing may be installed."""
    click.echo(
        "planner.html is the whole planner in one file, which a browser opens: ask for it where you got selfcare-kit. "
        'In a checkout of the source code, "make page" writes it (docs/one-file.md).'
    )
