"""The command for many clients at once."""

from __future__ import annotations

import click


@click.command(hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def batch(arguments: tuple[str, ...]) -> None:
    """Make handouts for many clients from a CSV: not there yet."""
    raise click.ClickException('"batch" is not in this version; call "selfcare-kit routine" once for each client.')
