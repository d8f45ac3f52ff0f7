"""The commands that show a clinic's settings, ask for them, and write an example of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from selfcare_kit.cli.group import CLINIC_HELP, FILE, guide_option, is_stream, load, write
from selfcare_kit.clinics.place import FILE_NAME, clinic_file, clinic_folder
from selfcare_kit.clinics.profile import PAPERS, SETTINGS, VARIANTS, Clinic, read_clinic
from selfcare_kit.errors import SelfcareError

# What stands for no value where Enter keeps the present one.
NONE = "-"
LINE_END = "|"
QUESTIONS = {
    "name": "Name, at the head of the page",
    "contact": f"Address, telephone, web: up to four lines, separated by {LINE_END}",
    "phone": "Number to call with questions",
    "emergency_number": "Emergency number of your country (never guessed)",
    "urgent_number": "Number for advice on the same day, where there is one",
    "footer": "Line at the foot of the page",
    "paper": f"Paper: {' or '.join(PAPERS)}",
    "language": "Language of the pages, such as en or es",
    "variant": f"Look of the handout: {', '.join(VARIANTS)}",
}


@click.group(invoke_without_command=True)
@click.option("--out", type=FILE, help="Write example settings to this new file, and do nothing else.")
@click.option("--clinic", "path", type=FILE, help=CLINIC_HELP)
@guide_option
@click.pass_context
def clinic(context: click.Context, out: Path | None, path: Path | None, guide_folder: Path | None) -> None:
    """Show the clinic's settings that are in force, and where they lie; "clinic edit" asks for them.

    The techniques and points of its videos have to be those of the guide.
    """
    context.obj = path
    if out is not None and context.invoked_subcommand:
        raise click.UsageError("--out writes an example and does nothing else; leave out the command.")
    if out is not None:
        from selfcare_kit.cli.examples import clinic_example, write_clinic_example

        if is_stream(out):
            return write(out, clinic_example().encode())
        click.echo(f"Wrote {write_clinic_example(out)}; open it and enter your own data.")
    elif not context.invoked_subcommand:
        _show(path or clinic_file(), guide_folder)


@clinic.command()
@click.pass_obj
def edit(path: Path | None) -> None:
    """Ask for the settings one by one.

    They are saved at the end, all or none. Logo and videos are named in the file itself.
    """
    from selfcare_kit.clinics.save import save_clinic

    path = path or clinic_folder() / FILE_NAME
    present = read_clinic(path) if path.is_file() else Clinic()
    click.echo(f"{path}\nEnter keeps what stands in brackets, {NONE} takes it out.")
    changes = {name: _asked(name, question, present) for name, question in QUESTIONS.items()}
    click.echo(f"Saved {save_clinic(changes, path)}. Nothing about a client is in it.")


def _show(path: Path | None, guide_folder: Path | None) -> None:
    if path is None:
        click.echo(
            f'No clinic settings are in force. "selfcare-kit clinic edit" asks for them and saves '
            f'{clinic_folder() / FILE_NAME}; "selfcare-kit clinic --out {FILE_NAME}" writes an example here.'
        )
        return
    found = read_clinic(path)
    click.echo(f"Clinic settings from {path}")
    for name in SETTINGS:
        value = _shown(name, getattr(found, name))
        if value:
            click.echo(f"{name:17} {value}")
    if found.videos:
        from selfcare_kit.export.handout.videos import check_videos

        check_videos(found, load(guide_folder))


def _shown(name: str, value: Any) -> str:
    if name == "logo":
        return "a picture" if value else ""
    if name == "videos":
        return "; ".join(f"{video.technique or video.point}: {video.readable}" for video in value)
    return f" {LINE_END} ".join(value) if name == "contact" else value


def _asked(name: str, question: str, present: Clinic) -> Any:
    """Ask for a setting until it is allowed; Enter keeps the present value."""
    value = getattr(present, name)
    default = _shown(name, value)

    def checked(typed: str) -> Any:
        # What stands may hold the mark that separates lines.
        return value if typed == default else _checked(name, "" if typed.strip() == NONE else typed.strip())

    return click.prompt(question, default=default, show_default=bool(default), value_proc=checked)


def _checked(name: str, typed: str) -> Any:
    value = [line.strip() for line in typed.split(LINE_END) if line.strip()] if name == "contact" else typed
    try:
        Clinic(**{name: value})
    except SelfcareError as error:
        raise click.UsageError(str(error)) from None
    return value
