"""Commands that draw the body, and write the leaflet and the intake sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfcare_kit.cli.group import (
    FILE,
    clinic_of,
    clinic_options,
    guide_option,
    is_stream,
    load,
    print_translation_notice,
    write,
)

if TYPE_CHECKING:
    from selfcare_kit.body import Body, PositionPicture, PosturePicture
    from selfcare_kit.guide.guide import Guide


@click.command()
@click.option(
    "--view",
    help="front, back, side, oblique, inner, sole or foot_top; when left out the one that shows the marks best.",
)
@click.option(
    "--side",
    type=click.Choice(["left", "right"]),
    help="The client's own side; left when left out, but --step needs it.",
)
@click.option("--step", metavar="POINT", help="Show how a point is worked, instead of the body.")
@click.option("--position", help="With --step, such as wall_standing; the tool's first one when left out.")
@click.option("--tool", help="With --step, such as massage_ball; the point's first one when left out.")
@click.option(
    "--crop",
    type=click.Choice(["fit", "whole", "lower"]),
    help="fit shows what is around the marks or points; when left out whole, of a guide of your own fit.",
)
@click.option(
    "--mark", "marks", multiple=True, metavar="ID", help="Mark a point or acupuncture point; may be repeated."
)
@click.option("--refer", "referral", metavar="POINT", help="Show the referred pain of a point.")
@click.option("--muscle", "muscles", multiple=True, help="Show a muscle; may be repeated.")
@click.option("--shade", "shades", multiple=True, metavar="AREA", help="Shade an area; may be repeated.")
@click.option("--out", type=FILE, required=True, help="File to write, ending in .svg, .png or .pdf; - prints SVG.")
@guide_option
def figure(guide_folder: Path | None, out: Path, **options: Any) -> None:
    """Draw the body with marks, or the position picture of a step."""
    guide = load(guide_folder) if guide_folder else None
    drawn = _step(guide, options) if options["step"] else _body(guide, options)
    writers = {".svg": drawn.to_svg, ".png": drawn.to_png, ".pdf": drawn.to_pdf}
    if is_stream(out):
        return write(out, drawn.to_svg().encode())
    if out.suffix.lower() not in writers:
        raise click.UsageError(f"--out must end in {', '.join(writers)}, got {str(out)!r}.")
    click.echo(f"Wrote {writers[out.suffix.lower()](out)}")


def _step(guide: Guide | None, options: dict[str, Any]) -> PositionPicture | PosturePicture:
    from selfcare_kit.body import PositionPicture
    from selfcare_kit.body.postures import picture_of_way

    if not options["side"]:
        raise click.UsageError("--step needs --side left or --side right, got none; no side is guessed.")
    way = {name: options[name] for name in ("side", "position", "tool")}
    # Where there is no picture at all, the error of the exact one says why.
    return picture_of_way(options["step"], guide=guide, **way) or PositionPicture(options["step"], guide=guide, **way)


def _body(guide: Guide | None, options: dict[str, Any]) -> Body:
    from selfcare_kit.body import Body

    for name in ("position", "tool"):
        if options[name]:
            raise click.UsageError(f"--{name} goes with --step only, got {options[name]!r}; add --step POINT.")
    crop = options["crop"] or ("fit" if guide else "whole")
    has_more = options["muscles"] or options["referral"] or options["shades"]
    view = options["view"] or ("back" if has_more else _best_view(guide, options["marks"]))
    body = Body(view, side=options["side"] or "left", crop=None if crop == "fit" else crop, guide=guide)
    if options["muscles"]:
        body = body.muscles(options["muscles"])
    if options["referral"]:
        body = body.refer(options["referral"])
    if options["shades"]:
        body = body.shade(options["shades"])
    if options["marks"]:
        body = body.mark(options["marks"])
    return body


def _best_view(guide: Guide | None, marks: tuple[str, ...]) -> str:
    """Return the view that shows all marks and the first of them best; from behind where nothing says otherwise."""
    from selfcare_kit.body.place.places import places_of
    from selfcare_kit.body.views import views_for
    from selfcare_kit.guide.load import load_guide

    opened = guide or load_guide()
    places = places_of(opened)
    shown = [views_for(opened, mark) for mark in map(places.name, marks) if mark in places.ids]
    return next((view for view in shown[0] if all(view in each for each in shown)), "back") if shown else "back"


@click.command()
@click.option("--out", type=FILE, required=True, help="Page to write.")
@click.option("--language", default="", help="Language of the page; the clinic's, or the guide's own, when left out.")
@clinic_options
@guide_option
def leaflet(out: Path, language: str, guide_folder: Path | None, clinic: Path | None, no_clinic: bool) -> None:
    """Write the guide itself as a page."""
    from selfcare_kit.clinics.profile import check_clinic, with_preferences

    guide = load(guide_folder)
    settings = check_clinic(clinic_of(clinic, no_clinic))
    language = with_preferences(settings, {"language": language}, guide.language)["language"]
    write(out, guide.to_html(language=language, clinic=settings).encode())
    print_translation_notice(guide, language)


@click.command()
@click.option("--out", type=FILE, required=True, help="Sheet to write, ending in .html or .pdf.")
@click.option("--language", default="", help="Language of the sheet; the clinic's, or the guide's own, when left out.")
@click.option("--code", default="", help="The client's code, never a name; an empty line for it when left out.")
@click.option("--paper", type=click.Choice(["A4", "Letter"]), help="The clinic's, or A4, when left out.")
@clinic_options
@guide_option
def intake(
    out: Path, language: str, code: str, paper: str | None, guide_folder: Path | None, clinic: Path | None,
    no_clinic: bool,
) -> None:  # fmt: skip
    """Write the sheet that a client fills in before a visit."""
    from selfcare_kit.clinics.profile import check_clinic, with_preferences
    from selfcare_kit.export.intake import intake_sheet

    guide = load(guide_folder)
    settings = check_clinic(clinic_of(clinic, no_clinic))
    language = with_preferences(settings, {"language": language}, guide.language)["language"]
    options = {"language": language, "code": code, "paper": paper or "", "guide": guide}
    if is_stream(out):
        write(out, intake_sheet(clinic=settings, **options).encode())
    else:
        click.echo(f"Wrote {intake_sheet(out, clinic=settings, **options)}")
    print_translation_notice(guide, language)
