"""The command that follows one client from visit to visit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfcare_kit.cli.group import FILE, guide_option, is_stream, load, write

if TYPE_CHECKING:
    from selfcare_kit.course.course import Course

# What `--out` writes, by the ending of its name.
WRITERS: dict[str, Callable[[Course, Path], object]] = {
    ".csv": lambda course, path: course.to_csv(path),
    ".html": lambda course, path: course.to_html(path),
    ".json": lambda course, path: course.to_fhir(path),
}


def _write_example(ctx: click.Context, _: click.Parameter, folder: Path | None) -> None:
    from selfcare_kit.course.example import CODE, example_records

    if folder is None or ctx.resilient_parsing:
        return
    paths = example_records(folder)
    click.echo(f"Wrote {len(paths)} made-up records of {CODE} to {folder}.")
    ctx.exit()


@click.command()
@click.argument("source", metavar="FOLDER", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--code", help="The client's code; it may be left out where all files are of one client.")
@click.option("--out", type=FILE, help='Table (.csv) or FHIR (.json) to write; "-" prints the table.')
@click.option(
    "--example",
    type=click.Path(file_okay=False, path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=_write_example,
    help="Write made-up records of six visits to this folder, and do nothing else.",
)
@guide_option
def course(source: tuple[Path, ...], code: str | None, out: Path | None, guide_folder: Path | None) -> None:
    """Follow one client through the saved files in FOLDER, or through several files.

    Prints one paragraph for the chart, and every file that could not be read.
    """
    from selfcare_kit.course.read import read_course

    if out is not None and not is_stream(out) and out.suffix.lower() not in WRITERS:
        raise click.UsageError(f"--out must end in {', '.join(WRITERS)}, got {str(out)!r}.")
    found = read_course(source[0] if len(source) == 1 else source, code, guide=load(guide_folder))
    for each in found.unread:
        click.echo(f"! {each.reason}", err=True)
    click.echo(found.summary(), err=is_stream(out))
    if is_stream(out):
        write(out, str(found.to_csv()).encode())
    elif out is not None:
        click.echo(f"Wrote {WRITERS[out.suffix.lower()](found, out)}")
