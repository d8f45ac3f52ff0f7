"""The shell command: parse, call the library, print. An error is the library's own sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfcare_kit import __version__
from selfcare_kit.errors import SelfcareError

if TYPE_CHECKING:
    from selfcare_kit.complaint import Complaint
    from selfcare_kit.guide import Guide
    from selfcare_kit.routine import Routine
    from selfcare_kit.screening import Screening

SIDE = click.Choice(["left", "right", "both", "midline"])
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


def _guide_option(command: Any) -> Any:
    option = click.option(
        "--guide",
        "guide_folder",
        type=click.Path(path_type=Path),
        help="Folder of your own guide; else the built-in one.",
    )
    return option(command)


def _clinic_options(command: Any) -> Any:
    file = click.option("--clinic", type=FILE, help="The clinic's settings; else clinic.toml in this folder, if any.")
    none = click.option("--no-clinic", is_flag=True, help="Print no clinic, even if there is a clinic.toml here.")
    return file(none(command))


def _clinic(path: Path | None, no_clinic: bool) -> Path | None:
    """Return the clinic's file that counts, and say so where nobody named it."""
    from selfcare_kit.clinic import clinic_in

    if no_clinic or path:
        return None if no_clinic else path
    found = clinic_in()
    if found:
        click.echo(f"Clinic settings from {found}", err=True)
    return found


def _tell_translation(guide: Guide, language: str) -> None:
    notice = guide.translation(language).notice
    if notice:
        click.echo(f"! {notice}", err=True)


def _load(folder: Path | None) -> Guide:
    from selfcare_kit.guide import load_guide

    return load_guide(folder)


def _write(path: Path, content: str | bytes) -> None:
    from selfcare_kit.files import write_atomically

    write_atomically(path, content.encode() if isinstance(content, str) else content)
    click.echo(f"Wrote {path}")


@main.command()
@click.option(
    "--area",
    "areas",
    multiple=True,
    metavar="AREA[:SIDE[:SENSATIONS[:PAIN]]]",
    help="Where it hurts; repeat it. foot_top:left:numb+tingling:6 gives an area its own words.",
)
@click.option("--side", type=SIDE, help="The client's own side; left when left out, with --template its own.")
@click.option("--sensation", "sensations", multiple=True, help="What it feels like; repeat it.")
@click.option("--none-of-these", is_flag=True, help="Every red flag and caution was asked; none applies.")
@click.option("--yes", "yes", multiple=True, metavar="ID", help="A red flag or caution answered yes; repeat it.")
@click.option("--where", "where", multiple=True, metavar="ID=AREA", help="The area such an answer is about.")
@click.option("--ask", is_flag=True, help="Ask the safety questions one by one.")
@click.option("--agreed-by", default="", help="Initials of the clinician who looked at a finding.")
@click.option("--count", default=5, show_default=True, help="How many points at the most.")
@click.option("--template", "from_template", is_flag=True, help="The guide's own sequence instead of suggestions.")
@click.option("--from", "from_file", type=FILE, help="An exported routine instead of suggestions.")
@click.option("--title", default="", help="Head of the handout.")
@click.option("--code", default="", help="The client's code; never a name.")
@click.option("--client", default="", help="Name to print on the handout; kept nowhere else.")
@click.option("--language", default="en", show_default=True)
@click.option("--paper", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True)
@click.option(
    "--variant", default="standard", show_default=True, help="standard, large, black_and_white, no_figure or detailed."
)
@click.option("--html", "html_path", type=FILE, help="Write the client's handout.")
@click.option("--csv", "csv_path", type=FILE, help="Write the clinician's CSV.")
@click.option("--json", "json_path", type=FILE, help="Write the clinician's JSON.")
@_clinic_options
@_guide_option
def routine(guide_folder: Path | None, **options: Any) -> None:
    """Make a routine for a complaint and write it."""
    guide = _load(guide_folder)
    screening = _screening(guide, options)
    if options["html_path"] and screening is None:
        ids = ", ".join(_question_ids(guide))
        raise click.ClickException(
            f"the handout needs the safety answers ({ids}), got none; add --none-of-these if all were asked and none "
            "applies, --yes ID for each that does, or --ask to be asked."
        )
    made = _make_routine(guide, screening, options)
    outputs = _rendered(made, options)
    for path, content in outputs:
        _write(path, content)
    _print_routine(made)


def _question_ids(guide: Guide) -> list[str]:
    from selfcare_kit.screening import questions

    return [row["id"] for row in questions(guide)]


def _screening(guide: Guide, options: dict[str, Any]) -> Screening | None:
    from selfcare_kit.screening import screen

    given = [name for name in ("none_of_these", "yes", "ask") if options[name]]
    if len(given) > 1:
        raise click.UsageError("Use one of --none-of-these, --yes and --ask.")
    if not given:
        return None
    where: dict[str, list[str]] = {}
    for pair in options["where"]:
        id, found, area = pair.partition("=")
        if not found:
            raise click.UsageError(f"--where must look like C12=foot_top, got {pair!r}.")
        where.setdefault(id, []).append(area)
    yes = list(options["yes"])
    if options["ask"]:
        yes, where = _asked(guide)
    return screen(yes, where, options["agreed_by"], guide=guide)


def _asked(guide: Guide) -> tuple[list[str], dict[str, list[str]]]:
    from selfcare_kit.screening import questions

    yes: list[str] = []
    where: dict[str, list[str]] = {}
    for row in questions(guide):
        if click.confirm(f"{row['id']}  {row['question']}", default=None):
            yes.append(row["id"])
            if row["where"] == "required":
                named = click.prompt("    Which areas (ids with blanks between)")
                where[row["id"]] = named.replace(",", " ").split()
    return yes, where


def _make_routine(guide: Guide, screening: Screening | None, options: dict[str, Any]) -> Routine:
    from dataclasses import replace

    from selfcare_kit.export.read import read_routine
    from selfcare_kit.routine import Routine
    from selfcare_kit.sequences import template
    from selfcare_kit.suggestions import suggest

    if options["from_file"]:
        made = read_routine(options["from_file"], guide=guide)
    elif options["from_template"]:
        made = template(side=options["side"], guide=guide, code=options["code"])
    else:
        if not options["areas"]:
            raise click.UsageError('Say where it hurts with --area; "selfcare-kit areas" lists the areas.')
        found = suggest(_complaint(guide, options), screening=screening, guide=guide)
        for alert in found.alerts:
            click.echo(f"! {alert}", err=True)
        chosen = found.top(options["count"])
        if not chosen:
            raise click.ClickException(found.message or _why_none(found))
        made = Routine.from_suggestions(chosen, title=options["title"], code=options["code"])
    named = {name: options[name] for name in ("title", "code") if options[name]}
    if options["areas"]:
        named["complaint"] = _complaint(guide, options)
    made = replace(made, **named) if named else made
    return made.with_screening(screening) if screening else made


def _why_none(found: Any) -> str:
    reasons = dict.fromkeys(notice.text for each in found for notice in each.cautions[:1])
    return f"no point may be pressed here: {' '.join(list(reasons)[:3])}"


def _complaint(guide: Guide, options: dict[str, Any]) -> Complaint:
    areas: dict[str, dict[str, Any]] = {}
    for text in options["areas"]:
        name, *details = text.split(":")
        if len(details) > 3 or (len(details) == 3 and details[2] not in map(str, range(11))):
            raise click.UsageError(f"--area must look like foot_top:left:numb+tingling:6, got {text!r}.")
        values: dict[str, Any] = dict(zip(("side", "sensations", "pain"), details, strict=False))
        if "sensations" in values:
            values["sensations"] = [each for each in values["sensations"].split("+") if each]
        if "pain" in values:
            values["pain"] = int(values["pain"])
        area = guide.area(name)
        if area in areas:
            raise click.UsageError(f"Name each area once, got {area} twice; write {area}:both for both sides.")
        areas[area] = values
    return guide.complaint(areas, options["side"] or "left", options["sensations"])


def _rendered(made: Routine, options: dict[str, Any]) -> list[tuple[Path, str | bytes]]:
    from selfcare_kit.export.csv import ENCODING

    outputs: list[tuple[Path, str | bytes]] = []
    if options["html_path"]:
        look = {name: options[name] for name in ("client", "language", "paper", "variant")}
        page = made.to_html(**look, clinic=_clinic(options["clinic"], options["no_clinic"]))
        _tell_translation(made.guide, options["language"])
        outputs.append((options["html_path"], str(page)))
    if options["csv_path"]:
        outputs.append((options["csv_path"], str(made.to_csv()).encode(ENCODING)))
    if options["json_path"]:
        outputs.append((options["json_path"], str(made.to_json())))
    return outputs


def _print_routine(made: Routine) -> None:
    for number, step in enumerate(made.steps, start=1):
        label = made.guide.point(step.point).label
        click.echo(f"{number:2}  {step.point:8} {step.side:5} {step.mode:6} {step.seconds:3} s  {label}")
    for hint in made.hints:
        click.echo(f"Hint: {hint}", err=True)


@main.command()
@click.option("--view", default="back", show_default=True, help="front, back, side, oblique, inner, sole or foot_top.")
@click.option("--side", type=click.Choice(["left", "right"]), default="left", show_default=True)
@click.option("--crop", type=click.Choice(["whole", "lower"]), default="whole", show_default=True)
@click.option("--mark", "marks", multiple=True, metavar="ID", help="Point, acupuncture point or landmark; repeat it.")
@click.option("--refer", "referral", metavar="POINT", help="Show where a point's pain is felt.")
@click.option("--muscle", "muscles", multiple=True, help="Show a muscle; repeat it.")
@click.option("--shade", "shades", multiple=True, metavar="AREA", help="Colour an area; repeat it.")
@click.option("--out", type=FILE, required=True, help="File ending in .svg, .png or .pdf.")
@_guide_option
def figure(guide_folder: Path | None, out: Path, **options: Any) -> None:
    """Draw the body with marks."""
    from selfcare_kit.body import Body

    guide = _load(guide_folder) if guide_folder else None
    body = Body(options["view"], side=options["side"], crop=options["crop"], guide=guide)
    if options["muscles"]:
        body = body.muscles(options["muscles"])
    if options["referral"]:
        body = body.refer(options["referral"])
    if options["shades"]:
        body = body.shade(options["shades"])
    if options["marks"]:
        body = body.mark(options["marks"])
    writers = {".svg": body.to_svg, ".png": body.to_png, ".pdf": body.to_pdf}
    if out.suffix.lower() not in writers:
        raise click.UsageError(f"--out must end in {', '.join(writers)}, got {str(out)!r}.")
    click.echo(f"Wrote {writers[out.suffix.lower()](out)}")


@main.command()
@click.option("--out", type=FILE, required=True, help="The page to write.")
@click.option("--language", default="en", show_default=True)
@_clinic_options
@_guide_option
def leaflet(out: Path, language: str, guide_folder: Path | None, clinic: Path | None, no_clinic: bool) -> None:
    """Write the guide itself as a page."""
    guide = _load(guide_folder)
    click.echo(f"Wrote {guide.to_html(out, language=language, clinic=_clinic(clinic, no_clinic))}")
    _tell_translation(guide, language)


@main.command()
@click.option("--area", help="Only points that lie in this area.")
@_guide_option
def points(area: str | None, guide_folder: Path | None) -> None:
    """List the points of the guide."""
    guide = _load(guide_folder)
    wanted = guide.area(area) if area else None
    for point in guide.point_values.values():
        if wanted in (None, point.area):
            shown = "  (show only)" if point.show_only else ""
            click.echo(f"{point.id:9} {point.area:15} {point.label}{shown}")


@main.command()
@_guide_option
def areas(guide_folder: Path | None) -> None:
    """List the areas of the guide."""
    for row in _load(guide_folder).table("areas"):
        click.echo(f"{row['id']:15} {row['group']:22} {row['label']}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def check(folder: Path) -> None:
    """Tell what is wrong in the guide in FOLDER."""
    from selfcare_kit.guide_check import check_guide

    found = check_guide(folder)
    for problem in found:
        click.echo(str(problem))
    problems = sum(not problem.is_note for problem in found)
    if problems:
        click.echo(f"{problems} problems", err=True)
        sys.exit(1)
    click.echo("No problems." if len(found) == problems else f"No problems, {len(found)} notes.")


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
def lab(folder: Path) -> None:
    """Open JupyterLab on the planner, with its notebook in FOLDER (here, when left out)."""
    from selfcare_kit.widgets.launch import open_lab

    sys.exit(open_lab(folder))


@main.command(hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def app(arguments: tuple[str, ...]) -> None:
    """Open the planner as a page without code: not there yet."""
    raise click.ClickException('"app" is not in this version; use "selfcare-kit lab".')


@main.command(hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def batch(arguments: tuple[str, ...]) -> None:
    """Make handouts for many clients from a CSV: not there yet."""
    raise click.ClickException('"batch" is not in this version; call "selfcare-kit routine" once for each client.')
