"""The commands for the author of a guide."""

from __future__ import annotations

from pathlib import Path

import click

from selfcare_kit.cli.group import FILE


@click.group()
def guide() -> None:
    """Write a guide of your own."""


@guide.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--from", "answers", type=FILE, help="File of answers; then nothing is asked.")
@click.option("--example", type=FILE, help="Write example answers to this new file, and do nothing else.")
@click.option("--grid", type=FILE, help="Write the body with a grid to read places from (.html), and do nothing else.")
def new(folder: Path | None, answers: Path | None, example: Path | None, grid: Path | None) -> None:
    """Write a guide of your own into the new FOLDER, without code: areas, rules, then point by point.

    Each answer is kept at once in a file beside the folder, so that the same command goes on where you stopped. See
    docs/write-a-guide.md.
    """
    from selfcare_kit.cli.new_guide import make, write_only

    if example is not None or grid is not None:
        if folder is not None or answers is not None:
            raise click.UsageError("--example and --grid write a file and do nothing else; leave out the rest.")
        return write_only(example, grid)
    make(folder, answers)
