"""The command that writes example settings of a clinic."""

from __future__ import annotations

from pathlib import Path

import click

from selfcare_kit.cli.group import FILE
from selfcare_kit.clinic.profile import FILE_NAME


@click.command()
@click.option(
    "--out", type=FILE, default=Path(FILE_NAME), show_default=True, help="New file to write; it must not exist yet."
)
def clinic(out: Path) -> None:
    """Write example settings of a clinic, to be changed: its name, numbers, logo and videos."""
    from selfcare_kit.cli.examples import write_clinic_example

    click.echo(f"Wrote {write_clinic_example(out)}; open it and enter your own data.")
