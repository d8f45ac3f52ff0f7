"""The group of commands, and what they share: the guide's option, and writing a file."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfcare_kit.errors import SelfcareError, heard_letters
from selfcare_kit.version import __version__

if TYPE_CHECKING:
    from selfcare_kit.guide.guide import Guide

FILE = click.Path(dir_okay=False, path_type=Path)


# In the order in which they are listed; each is imported when it is called.
HOMES = {
    "routine": "selfcare_kit.cli.routine",
    "batch": "selfcare_kit.cli.batch",
    "clinic": "selfcare_kit.cli.clinic",
    "figure": "selfcare_kit.cli.pages",
    "intake": "selfcare_kit.cli.pages",
    "leaflet": "selfcare_kit.cli.pages",
    "points": "selfcare_kit.cli.guides",
    "areas": "selfcare_kit.cli.guides",
    "search": "selfcare_kit.cli.guides",
    "check": "selfcare_kit.cli.guides",
    "lab": "selfcare_kit.cli.apps",
    "app": "selfcare_kit.cli.apps",
}


@contextmanager
def _letters_told() -> Iterator[None]:
    """Say at the end, in one line each, where letters have become boxes."""
    with heard_letters() as heard:
        try:
            yield
        finally:
            for warning in heard:
                click.echo(f"! {warning}", err=True)


class _Commands(click.Group):
    """A group whose commands turn the library's errors into one line and a non-zero exit."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        home = HOMES.get(cmd_name)
        return getattr(import_module(home), cmd_name) if home else None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _letters_told():
                return super().invoke(ctx)
        except (SelfcareError, FileNotFoundError) as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            # Whoever reads the output has enough of it, as in "| head -1"; click ends quietly then.
            if error.errno == errno.EPIPE:
                raise
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


def clinic_options(command: Any) -> Any:
    """Give a command the options that name the clinic's settings."""
    file = click.option("--clinic", type=FILE, help="The clinic's settings; else clinic.toml in this folder, if any.")
    none = click.option("--no-clinic", is_flag=True, help="Print no clinic, even if there is a clinic.toml here.")
    return file(none(command))


def clinic_of(path: Path | None, no_clinic: bool) -> Path | None:
    """Return the clinic's file that counts, and say so where nobody named it."""
    from selfcare_kit.clinic.profile import clinic_in

    if no_clinic or path:
        return None if no_clinic else path
    found = clinic_in()
    if found:
        click.echo(f"Clinic settings from {found}", err=True)
    return found


def tell_translation(guide: Guide, language: str) -> None:
    """Say where the texts of a language come from, if nobody has reviewed them."""
    notice = guide.translation(language).notice
    if notice:
        click.echo(f"! {notice}", err=True)


def load(folder: Path | None) -> Guide:
    """Open the guide of a folder; the built-in one when left out."""
    from selfcare_kit.guide.load import load_guide

    return load_guide(folder)


def is_stream(path: Path | None) -> bool:
    """Return whether a path is - for the standard output."""
    return str(path) == "-"


def write(path: Path, content: bytes, *, err: bool = False) -> None:
    """Write a file and say so, on the standard error if asked to; for - the content goes to the standard output."""
    from selfcare_kit.files import write_atomically

    if is_stream(path):
        click.echo(content, nl=False)
        return
    write_atomically(path, content)
    click.echo(f"Wrote {path}", err=err)
