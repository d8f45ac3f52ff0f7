"""The group of commands, and what they share: the guide's option, and writing a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfcare_kit import __version__
from selfcare_kit.errors import SelfcareError

if TYPE_CHECKING:
    from selfcare_kit.guide import Guide

FILE = click.Path(dir_okay=False, path_type=Path)


class _Commands(click.Group):
    """A group whose commands turn the library's errors into one line and a non-zero exit."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (SelfcareError, FileNotFoundError) as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            raise click.ClickException(
                f"{error.filename or 'a file'} cannot be read or written: {error.strerror}; choose another place."
            ) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="selfcare-kit")
def main() -> None:
    """From a client's complaint to a safe self-massage routine and one printed page."""
    # A console of few letters, as Windows has them, shows the others escaped.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")


def guide_option(command: Any) -> Any:
    """Give a command the option that names a guide's folder."""
    option = click.option(
        "--guide",
        "guide_folder",
        type=click.Path(path_type=Path),
        help="Folder of your own guide; else the built-in one.",
    )
    return option(command)


def load(folder: Path | None) -> Guide:
    """Open the guide of a folder; the built-in one when left out."""
    from selfcare_kit.guide import load_guide

    return load_guide(folder)


def write(path: Path, content: bytes) -> None:
    """Write a file and say so."""
    from selfcare_kit.files import write_atomically

    write_atomically(path, content)
    click.echo(f"Wrote {path}")
