"""The group of commands, and what they share: common options, loading a guide and writing a file."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfcare_kit.errors import SelfcareError, catch_missing_letters
from selfcare_kit.version import __version__

if TYPE_CHECKING:
    from selfcare_kit.guide.guide import Guide

# What shells show of a program that the system has ended because its reader has gone.
READER_GONE = 141
# What stands for the standard output, which is written to and never replaced.
STREAMS = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
FILE = click.Path(dir_okay=False, path_type=Path)
CLINIC_HELP = "File of the clinic's settings; else clinic.toml in this folder, or that of the user."

# In the order of the help; a command's module is imported when the command is called.
MODULE_OF_COMMAND = {
    "routine": "selfcare_kit.cli.routine",
    "batch": "selfcare_kit.cli.batch",
    "clinic": "selfcare_kit.cli.clinic",
    "template": "selfcare_kit.cli.template",
    "course": "selfcare_kit.cli.course",
    "figure": "selfcare_kit.cli.pages",
    "intake": "selfcare_kit.cli.pages",
    "leaflet": "selfcare_kit.cli.pages",
    "points": "selfcare_kit.cli.guides",
    "areas": "selfcare_kit.cli.guides",
    "search": "selfcare_kit.cli.guides",
    "check": "selfcare_kit.cli.guides",
    "guide": "selfcare_kit.cli.guide",
    "lab": "selfcare_kit.cli.apps",
    "app": "selfcare_kit.cli.apps",
    "page": "selfcare_kit.cli.apps",
}


def docs_folder() -> Path:
    """Return the folder of the pages: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    own = package / "docs"
    return own if own.is_dir() else package.parent / "docs"


@contextmanager
def _missing_letters_printed() -> Iterator[None]:
    """Print the warnings of missing letters at the end, one line each."""
    with catch_missing_letters() as caught:
        try:
            yield
        finally:
            for warning in caught:
                click.echo(f"! {warning}", err=True)


def _ended_without_reader() -> click.exceptions.Exit:
    """Return the quiet end of a command whose output nobody reads any more, as in "| head -1"."""
    # What is still to be printed has nowhere to go, and Python would complain of it at its end.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return click.exceptions.Exit(READER_GONE)


class _Commands(click.Group):
    """A group whose commands turn the library's errors into one line and a non-zero exit."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(MODULE_OF_COMMAND)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = MODULE_OF_COMMAND.get(cmd_name)
        return getattr(import_module(module), cmd_name) if module else None

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_text("The pages that the help names, such as docs/batch.md, are in:")
        # Not wrapped, so that it can be copied.
        formatter.write(f"{docs_folder()}\n")

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        # Here --help is printed.
        try:
            return super().make_context(*arguments, **more)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise _ended_without_reader() from None
            raise

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _missing_letters_printed():
                return super().invoke(ctx)
        except (SelfcareError, FileNotFoundError) as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise _ended_without_reader() from None
            raise click.ClickException(
                f"{error.filename or 'a file'} cannot be read or written: {error.strerror}; choose another place."
            ) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="selfcare-kit")
def main() -> None:
    """From a client's complaint to a safe self-massage routine and one printed page."""
    # Some consoles of Windows cannot show every letter.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")


def guide_option(command: Any) -> Any:
    """Add the option for a guide's folder to a command."""
    option = click.option(
        "--guide",
        "guide_folder",
        type=click.Path(path_type=Path),
        help="Folder of your own guide; the built-in one when left out.",
    )
    return option(command)


def clinic_options(command: Any) -> Any:
    """Add the options for the clinic's settings to a command."""
    file = click.option("--clinic", type=FILE, help=CLINIC_HELP)
    none = click.option("--no-clinic", is_flag=True, help="Use no clinic's settings, even if there are some.")
    return file(none(command))


def clinic_of(path: Path | None, no_clinic: bool) -> Path | None:
    """Return the file of the clinic's settings, and print its path where it was not named."""
    from selfcare_kit.clinics.place import clinic_file

    if no_clinic or path:
        return None if no_clinic else path
    found = clinic_file()
    if found:
        click.echo(f"Clinic settings from {found}", err=True)
    return found


def print_translation_notice(guide: Guide, language: str) -> None:
    """Print where the texts of a language come from, if nobody has reviewed them."""
    notice = guide.translation(language).notice
    if notice:
        click.echo(f"! {notice}", err=True)


def load(folder: Path | None) -> Guide:
    """Load the guide of a folder; the built-in one when left out."""
    from selfcare_kit.guide.load import load_guide

    return load_guide(folder)


def is_stream(path: Path | None) -> bool:
    """Return whether a path is "-", or a name of the system's, which stands for the standard output."""
    return str(path) in STREAMS


def write(path: Path, content: bytes, *, err: bool = False) -> None:
    """Write a file and print its path, with `err` to the standard error; for a stream print the content instead."""
    write_all([(path, content)], err=err)


def write_all(files: Sequence[tuple[Path, bytes]], *, err: bool = False) -> None:
    """Write files as `write` does, all before anything is printed: without a reader, printing ends the command."""
    from selfcare_kit.files import write_atomically

    for path, content in files:
        if not is_stream(path):
            write_atomically(path, content)
    for path, content in files:
        if is_stream(path):
            click.echo(content, nl=False)
        else:
            click.echo(f"Wrote {path}", err=err)
