"""The commands for templates: those of a guide and of the clinic."""

from __future__ import annotations

from pathlib import Path

import click

from selfcare_kit.cli.group import CLINIC_HELP, FILE, guide_option, load


@click.group()
@click.option("--clinic", "path", type=FILE, help=CLINIC_HELP + " Templates lie beside it.")
@click.pass_context
def template(context: click.Context, path: Path | None) -> None:
    """List, keep, rename and delete templates: routines without anything of a client."""
    context.obj = path.parent if path else None


@template.command("list")
@guide_option
@click.pass_obj
def list_templates(folder: Path | None, guide_folder: Path | None) -> None:
    """List the templates: the guide's own first, then the clinic's."""
    from selfcare_kit.plan.templates import templates

    for each in templates(load(guide_folder), folder=folder):
        about = " ".join(step.point for step in each.steps) if each.is_own else each.title
        click.echo(f"{each.name:26} {len(each.steps):2} steps  {about}")
        if each.problem:
            click.echo(f"! {each.problem}", err=True)


@template.command()
@click.argument("routine_file", type=FILE)
@click.argument("name")
@guide_option
@click.pass_obj
def save(folder: Path | None, routine_file: Path, name: str, guide_folder: Path | None) -> None:
    """Keep the routine in ROUTINE_FILE as the template NAME.

    Points, their order and their doses are kept. Left or right, notes, title, code and safety answers are not.
    """
    from selfcare_kit.plan.keep_templates import save_template
    from selfcare_kit.routine import read_routine

    made = save_template(read_routine(routine_file, guide=load(guide_folder)), name, folder=folder)
    click.echo(f"Saved {made}. Nothing about a client is in it.")


@template.command()
@click.argument("name")
@click.argument("new_name")
@click.pass_obj
def rename(folder: Path | None, name: str, new_name: str) -> None:
    """Give the clinic's template NAME the name NEW_NAME."""
    from selfcare_kit.plan.keep_templates import rename_template

    click.echo(f"Renamed: {rename_template(name, new_name, folder=folder)}.")


@template.command()
@click.argument("name")
@click.pass_obj
def delete(folder: Path | None, name: str) -> None:
    """Delete the clinic's template NAME."""
    from selfcare_kit.plan.keep_templates import delete_template

    delete_template(name, folder=folder)
    click.echo(f"Deleted {name}.")
