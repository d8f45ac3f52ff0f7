"""The command for many clients at once."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click

from selfcare_kit.cli.group import FILE, clinic_of, clinic_options, guide_option, is_stream, load, write
from selfcare_kit.export.kinds import KINDS


def _write_example(ctx: click.Context, _: click.Parameter, path: Path | None) -> None:
    from selfcare_kit.cli.examples import batch_example, write_batch_example

    if path is None or ctx.resilient_parsing:
        return
    if is_stream(path):
        write(path, batch_example().encode())
    else:
        click.echo(f"Wrote {write_batch_example(path)}; its comments explain each row.")
    ctx.exit()


def _warn_of_jobs(ctx: click.Context, _: click.Parameter, jobs: int | None) -> None:
    from selfcare_kit.batches.run import JOBS_IGNORED

    if jobs is not None and not ctx.resilient_parsing:
        click.echo(JOBS_IGNORED.replace("jobs", "--jobs", 1), err=True)


@click.command()
@click.argument("clients", type=FILE)
@click.option(
    "--example",
    type=FILE,
    is_eager=True,
    expose_value=False,
    callback=_write_example,
    help="Write an example table to this new .xlsx or .csv file, and do nothing else.",
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files; created if needed.")
@click.option("--kinds", default="html+csv", show_default=True, help=f"Files to write: {', '.join(KINDS)}.")
@click.option("--jobs", type=int, hidden=True, expose_value=False, callback=_warn_of_jobs)
@click.option("--sheet", default="", help="Sheet of the workbook CLIENTS; the first visible one when left out.")
@click.option(
    "--language",
    default="",
    help="Language of handouts, unless a row names one; else the clinic's, or the guide's own.",
)
@click.option(
    "--paper", default="", help="Paper of handouts, unless a row names one: A4 or Letter; else the clinic's, or A4."
)
@click.option(
    "--variant",
    default="",
    help="Look of handouts, unless a row names one: standard, large, black_and_white, no_figure or detailed; else the "
    "clinic's, or standard.",
)
@clinic_options
@guide_option
def batch(
    clients: Path, out: Path, kinds: str, sheet: str, guide_folder: Path | None, clinic: Path | None,
    no_clinic: bool, **options: Any,
) -> None:  # fmt: skip
    """Write the files of many clients from the table CLIENTS, one row for each.

    Rows that are finished are skipped. docs/batch.md describes the columns.
    """
    from selfcare_kit.batches.run import batch as run_batch

    wanted = [kind for kind in re.split(r"[+,;\s]+", kinds) if kind]
    guide = load(guide_folder)
    options["clinic"] = clinic_of(clinic, no_clinic)
    try:
        summary = run_batch(clients, out, kinds=wanted, guide=guide, sheet=sheet, **options)
    except KeyboardInterrupt:
        click.echo("Stopped. Every file is whole; run it again to go on.", err=True)
        sys.exit(130)
    click.echo(str(summary))
    if summary.failed:
        sys.exit(1)
