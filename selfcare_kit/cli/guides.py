"""Commands that list, search and check a guide."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from selfcare_kit.cli.group import guide_option, load
from selfcare_kit.guide.names import normalised


@click.command()
@click.option("--area", help="Only the points in this area.")
@guide_option
def points(area: str | None, guide_folder: Path | None) -> None:
    """List the points of the guide."""
    guide = load(guide_folder)
    wanted = guide.area(area) if area else None
    for point in guide.point_values.values():
        if wanted in (None, point.area):
            shown = "  (show only)" if point.show_only else ""
            click.echo(f"{point.id:9} {point.area:15} {point.label}{shown}")


@click.command()
@guide_option
def areas(guide_folder: Path | None) -> None:
    """List the areas of the guide."""
    for area in load(guide_folder).records.areas.values():
        click.echo(f"{area.id:15} {area.group:22} {area.label}")


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@click.option("--limit", type=click.IntRange(1, 1000), default=12, show_default=True, help="Largest number of results.")
@guide_option
def search(words: tuple[str, ...], limit: int, guide_folder: Path | None) -> None:
    """Find points, muscles, areas, acupuncture points and templates by a name, abbreviation, code or complaint.

    A side, what is felt and a pain may stand with the name, such as "hip side l ache 6"; then the first line says
    what was understood.
    """
    from selfcare_kit.plan.search import search as find
    from selfcare_kit.plan.sentence.sentence import read_sentence

    guide, text = load(guide_folder), " ".join(words)
    found = find(text, limit=limit, guide=guide)
    sentence = read_sentence(text, guide)
    matches = tuple(found)
    is_name = any(normalised(match.word) == normalised(text) for match in found)
    if sentence.is_more_than_a_name and not is_name:
        click.echo(f"Understood: {sentence}")
        matches = (*filter(None, [sentence.match]), *sentence.alternatives)[:limit]
    for match in matches:
        click.echo(str(match))
    if not matches:
        click.echo(found.message, err=True)
        sys.exit(1)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def check(folder: Path) -> None:
    """List the problems of the guide in FOLDER."""
    from selfcare_kit.check.check import check_guide

    problems = check_guide(folder)
    for problem in problems:
        click.echo(str(problem))
    count = sum(not problem.is_note for problem in problems)
    if count:
        click.echo(f"{count} problem{'s' if count > 1 else ''}", err=True)
        sys.exit(1)
    notes = f"No problems, {len(problems)} note{'s' if len(problems) > 1 else ''}."
    click.echo(notes if problems else "No problems.")
