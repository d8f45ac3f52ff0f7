"""The commands for the author of a guide: writing one, and having it reviewed."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfcare_kit.cli.group import FILE, load

if TYPE_CHECKING:
    from selfcare_kit.guide.guide import Guide

STATE_WORDS = {"reviewed": "reviewed", "held": "held back", "stale": "changed since", "open": "open"}


@click.group()
def guide() -> None:
    """Write a guide of your own, and have it reviewed by clinicians."""


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


@guide.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write the pack for reviewers into.")
@click.option("--apply", "answers", type=FILE, help="A file of answers that a reviewer's form saved.")
def review(folder: Path | None, out: Path | None, answers: Path | None) -> None:
    """Say how far the guide in FOLDER is reviewed, write a pack for reviewers, or take in their answers.

    The pack holds sheets to print and a form that works in a browser without a network. Without FOLDER it is about the
    built-in guide. See docs/review-a-guide.md.
    """
    opened = load(folder)
    if out is not None:
        _write_pack(opened, out)
    if answers is not None:
        _apply(opened, answers)
        opened = _loaded_again(opened)
    if out is None:
        _print_states(opened)


def _write_pack(opened: Guide, out: Path) -> None:
    from selfcare_kit.export.review.pack import write_pack

    pack = write_pack(opened, out)
    click.echo(f"Wrote {pack.index}: {pack.summary}")
    click.echo(f"Reviewers fill in {pack.form}; then run: selfcare-kit guide review FOLDER --apply ANSWERS.csv")


def _apply(opened: Guide, answers: Path) -> None:
    from selfcare_kit.export.review.answers import apply_answers

    added = apply_answers(answers, opened)
    for text in (*added.answers.remarks, *added.answers.refused):
        click.echo(f"! {text}", err=True)
    known = f", {added.known} there already" if added.known else ""
    refused = f", {len(added.answers.refused)} left out" if added.answers.refused else ""
    click.echo(f"Added {added.count} answers to {opened.folder / 'reviews.csv'}{known}{refused}.")
    if added.answers.refused and not added.answers.rows:
        sys.exit(1)


def _loaded_again(opened: Guide) -> Guide:
    from selfcare_kit.guide.guide import Guide

    return Guide(opened.folder)


def _print_states(opened: Guide) -> None:
    from selfcare_kit.review.items import items_of
    from selfcare_kit.review.notice import review_of
    from selfcare_kit.review.states import OPEN, held_points, states_of

    states = states_of(opened)
    counts = Counter(states.get(id, OPEN).state for id in items_of(opened))
    told = ", ".join(f"{counts[state]} {words}" for state, words in STATE_WORDS.items())
    click.echo(f"{opened.id} {opened.version}, {counts.total()} items: {told}.")
    click.echo(str(review_of(guide=opened)))
    for point, why in held_points(opened).items():
        click.echo(f"Held back: {point}: {why}.")
