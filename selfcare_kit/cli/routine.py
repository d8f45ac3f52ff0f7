"""The command that makes a routine for a complaint and writes its files."""

from __future__ import annotations

from functools import partial
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
    write_all,
)
from selfcare_kit.clinics.profile import check_clinic, with_preferences
from selfcare_kit.errors import InvalidValueError, SelfcareError, quoted
from selfcare_kit.export.kinds import HANDOUT_OPTIONS, KINDS
from selfcare_kit.export.private import check_name
from selfcare_kit.model.sides import SIDES, STEP_SIDES

if TYPE_CHECKING:
    from selfcare_kit.guide.guide import Guide
    from selfcare_kit.model.complaint import Complaint
    from selfcare_kit.routine import Routine
    from selfcare_kit.safety.screening import Screening

WHERE_IT_HURTS = "where-it-hurts"
# The value of --template without a name, which is no name.
GUIDES_OWN = " "
DOSE = ("pressure", "seconds", "every_days_min", "every_days_max")


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _file_options(command: Any) -> Any:
    """Add an option for each kind of file to a command, in the order of `KINDS`."""
    for kind in reversed(KINDS.values()):
        recipient = "client" if kind.for_client else "clinician"
        command = click.option(f"--{kind.name}", type=FILE, help=f"{kind.label}, for the {recipient}.")(command)
    return command


def _dose_options(command: Any) -> Any:
    """Add an option for each number of a dose to a command."""
    helps = {
        "pressure": "Pressure of all steps, of 10; each gets what the answers and the guide allow of it.",
        "seconds": "Seconds of all steps, in the same way.",
        "every_days_min": "Least days between sessions.",
        "every_days_max": "Most days between sessions.",
    }
    for name in reversed(DOSE):
        command = click.option(_option(name), type=int, help=helps[name])(command)
    return command


@click.command()
@click.option(
    "--area",
    "areas",
    multiple=True,
    metavar="AREA[:SIDE[:SENSATIONS[:PAIN]]]",
    help="Where it hurts; may be repeated. Each area can have its own side, sensations and pain: "
    "foot_top:left:numb+tingling:6.",
)
@click.option(
    "--side",
    type=click.Choice(SIDES),
    help="The client's own side, for areas without one; never guessed. Steps of a --template without it take the side "
    "of the areas that they can explain.",
)
@click.option(
    "--sensation",
    "sensations",
    multiple=True,
    help="What it feels like, for areas without sensations of their own; may be repeated.",
)
@click.option("--none-of-these", is_flag=True, help="All red flags and cautions were asked; none applies.")
@click.option("--yes", "yes", multiple=True, metavar="ID", help="A red flag or caution answered yes; may be repeated.")
@click.option("--where", "where", multiple=True, metavar="ID=AREA", help="The area of such an answer; may be repeated.")
@click.option("--ask", is_flag=True, help="Ask the safety questions one by one.")
@click.option("--agreed-by", default="", help="Initials of the clinician who assessed all findings that need it.")
@click.option(
    "--agreed",
    "agreed",
    multiple=True,
    metavar="ID=TEXT",
    help='What was ruled out for one finding or alert, and by whom, such as "R18=pulses good; AB"; may be repeated.',
)
@click.option("--count", type=click.IntRange(1, 50), default=5, show_default=True, help="Largest number of points.")
@click.option(
    "--template",
    "from_template",
    is_flag=False,
    flag_value=GUIDES_OWN,
    metavar="[NAME]",
    help="Use the guide's own sequence instead of suggestions, or a template of the clinic by its name.",
)
@click.option("--from", "from_file", type=FILE, help="Use a saved routine instead of suggestions.")
@click.option(
    "--on-side",
    type=click.Choice([*STEP_SIDES, WHERE_IT_HURTS]),
    help=f"Move the steps to a side; {WHERE_IT_HURTS} moves only those on a side on which nothing hurts.",
)
@click.option(
    "--confirm-sides", is_flag=True, help="Confirm steps on a side on which nothing hurts; the chart note mentions it."
)
@_dose_options
@click.option("--title", default="", help="Heading of the handout.")
@click.option("--code", default="", help="The client's code; never a name.")
@click.option("--client", default="", help="The client's name, printed on the handout and kept nowhere else.")
@click.option("--language", default="", help="Language of the handout; else the clinic's, or the guide's own.")
@click.option("--paper", type=click.Choice(["A4", "Letter"]), help="The clinic's, or A4, when left out.")
@click.option(
    "--variant",
    default="",
    help="Look of the handout: standard, large, black_and_white, no_figure or detailed; else the clinic's.",
)
@click.option("--pain-diary", is_flag=True, help="Give each day of the handout's diary a box for the pain.")
@_file_options
@clinic_options
@guide_option
def routine(guide_folder: Path | None, **options: Any) -> None:
    """Make a routine for a complaint and write its files."""
    guide = load(guide_folder)
    _check_combinations(options)
    screening = _screening(guide, options)
    _require_answers(guide, screening, options)
    made = _make_routine(guide, screening, options)
    _check_sides(made, options)
    kinds = [kind for kind in KINDS.values() if options[kind.name]]
    if any("language" in kind.options for kind in kinds):
        clinic = check_clinic(clinic_of(options["clinic"], options["no_clinic"]))
        given = {**options, "paper": options["paper"] or "", "clinic": clinic}
        options = with_preferences(clinic, given, guide.language)
    handout_options = {name: options[name] for name in HANDOUT_OPTIONS}
    # All are made before the first is written, so that a refusal leaves no incomplete set.
    files = [(options[kind.name], kind.to_bytes(made, **handout_options)) for kind in kinds]
    if any("language" in kind.options for kind in kinds):
        print_translation_notice(guide, options["language"])
    # Nothing else may be in the standard output with a file.
    err = any(is_stream(path) for path, _ in files)
    write_all(files, err=err)
    _print_routine(made, err=err)


def _check_combinations(options: dict[str, Any]) -> None:
    """Refuse options without effect, two files of one name, and the client's name in another option."""
    if options["from_file"] and (options["side"] or options["from_template"]) and not options["areas"]:
        extra = "--template" if options["from_template"] else "--side, or move them with --on-side"
        raise click.UsageError(f"--from brings its own steps and sides; leave out {extra}.")
    if options["sensations"] and not options["areas"]:
        given = quoted(options["sensations"][0])
        raise click.UsageError(f"--sensation must be of an area, got {given} without one; name where with --area.")
    _check_answers(options)
    named = [options[name] for name in KINDS if options[name]]
    paths = [Path("-") if is_stream(path) else path.absolute() for path in named]
    repeated = next((path for path in paths if paths.count(path) > 1), None)
    if repeated:
        raise click.UsageError(f"{repeated.name} is named for two kinds of file; give each a file of its own.")
    texts = [(name, options[name]) for name in ("title", "code", "agreed_by")]
    texts += [("agreed", text) for text in options["agreed"]]
    try:
        check_name(options["client"], texts, only="stand in --client only", shown=_option)
    except InvalidValueError as error:
        raise click.UsageError(str(error)) from None


def _check_answers(options: dict[str, Any]) -> None:
    """Refuse areas and agreements without the answers they belong to."""
    has_yes = options["yes"] or options["ask"]
    if options["where"] and not has_yes:
        raise click.UsageError("--where is about an answer; name it with --yes, or use --ask.")
    # An agreement can also be about a sensation, when none of the questions applies.
    extra = next((_option(name) for name in ("agreed_by", "agreed") if options[name]), None)
    if extra and not has_yes and not options["none_of_these"]:
        raise click.UsageError(
            f"{extra} is about an answer or a sensation; name the answers with --yes, --none-of-these or --ask."
        )


def _require_answers(guide: Guide, screening: Screening | None, options: dict[str, Any]) -> None:
    """Refuse a file for the client without safety answers."""
    kind = next((kind for kind in KINDS.values() if kind.for_client and options[kind.name]), None)
    if kind is not None and screening is None:
        ids = ", ".join(rule.id for rule in guide.records.asked_rules)
        raise click.ClickException(
            f"--{kind.name} goes to the client and needs the safety answers ({ids}), got none; add --none-of-these if "
            "all were asked and none applies, --yes ID for each that does, or --ask to be asked."
        )


def _screening(guide: Guide, options: dict[str, Any]) -> Screening | None:
    """Return the screening of the safety answers; None when none were given."""
    from selfcare_kit.plan.shorthand import read_agreed, read_where
    from selfcare_kit.safety.screening import screen

    given = [name for name in ("none_of_these", "yes", "ask") if options[name]]
    if len(given) > 1:
        raise click.UsageError("Use one of --none-of-these, --yes and --ask.")
    if not given:
        return None
    where = read_where(options["where"], name="--where")
    yes = list(options["yes"])
    if options["ask"]:
        yes, where = _ask_questions(guide)
    agreed = read_agreed(options["agreed"], name="--agreed")
    return screen(yes, where, options["agreed_by"], guide=guide, agreed=agreed)


def _ask_questions(guide: Guide) -> tuple[list[str], dict[str, list[str]]]:
    """Ask the safety questions one by one; return the ids answered yes, and the areas of such answers."""
    yes: list[str] = []
    where: dict[str, list[str]] = {}
    for rule in guide.records.asked_rules:
        more = f" {rule.more}" if rule.more else ""
        if click.confirm(f"{rule.id}  {rule.question}{more}", default=None):
            yes.append(rule.id)
            if rule.where == "required":
                text = "    Which areas (separated by commas)"
                where[rule.id] = click.prompt(text, value_proc=partial(_read_areas, guide))
            elif rule.where == "optional":
                text = "    Only in some areas? Name them, separated by commas, or press Enter for all it is about"
                areas = click.prompt(text, value_proc=partial(_read_areas, guide), default="", show_default=False)
                where |= {rule.id: areas} if areas else {}
    return yes, where


def _read_areas(guide: Guide, typed: str) -> list[str]:
    """Return the ids of areas typed by id, label or synonym; click asks again after an error."""
    names = [name.strip() for name in typed.split(",") if name.strip()]
    try:
        return [guide.area(name) for name in names]
    except SelfcareError as error:
        try:
            return [guide.area(name) for name in typed.split()]
        except SelfcareError:
            raise click.UsageError(str(error)) from None


def _make_routine(guide: Guide, screening: Screening | None, options: dict[str, Any]) -> Routine:
    """Return the routine from a file, a template or suggestions, for the complaint and the safety answers."""
    from dataclasses import replace

    from selfcare_kit.routine import read_routine

    complaint = _complaint(guide, options)
    made = read_routine(options["from_file"], guide=guide) if options["from_file"] else None
    if complaint is None and made is not None:
        complaint = made.complaint
    # Before anything is refused, as what has to be ruled out is the same then.
    _print_alerts(complaint, guide)
    if made is None and options["from_template"]:
        made = _routine_from_template(complaint, screening, guide, options)
    elif made is None:
        made = _routine_from_suggestions(complaint, screening, guide, options)
    given = {name: options[name] for name in ("title", "code") if options[name]}
    made = replace(made, complaint=complaint, screening=screening or made.screening, **given)
    dose = {name: options[name] for name in DOSE if options[name] is not None}
    made = _with_sides(made, options)
    return made.change_all(**dose) if dose else made


def _routine_from_template(
    complaint: Complaint | None, screening: Screening | None, guide: Guide, options: dict[str, Any]
) -> Routine:
    from selfcare_kit.plan.templates import sided_template, sides_by_default, template_for
    from selfcare_kit.routine import Routine

    own, clinic = options["from_template"] == GUIDES_OWN, options["clinic"]
    named = {"name": None if own else options["from_template"], "folder": clinic.parent if clinic else None}
    made = Routine.of(template_for(complaint, options["side"], screening, guide=guide, **named))
    for change in made.changes_since(sided_template(complaint, options["side"], guide=guide, **named)):
        click.echo(f"Because of the sensations: {change}", err=True)
    message = sides_by_default(made)
    if message and options["side"] is None and options["on_side"] not in STEP_SIDES:
        click.echo(f"{message} --side or --on-side gives another.", err=True)
    return made


def _routine_from_suggestions(
    complaint: Complaint | None, screening: Screening | None, guide: Guide, options: dict[str, Any]
) -> Routine:
    from selfcare_kit.plan.suggest.suggestions import suggest
    from selfcare_kit.plan.templates import best_plan, why_left_out
    from selfcare_kit.review.states import held_points
    from selfcare_kit.routine import Routine

    found = suggest(complaint, screening=screening, guide=guide)
    made = Routine.of(best_plan(found, options["count"]))
    held = held_points(guide)
    for point in dict.fromkeys(each.point for each in found if each.point in held):
        click.echo(f"Hint: {why_left_out(point, guide)}", err=True)
    if found.message:
        click.echo(found.message, err=True)
    return made


def _with_sides(made: Routine, options: dict[str, Any]) -> Routine:
    """Return the routine with its steps moved to the side, and their sides confirmed, as the options say."""
    side = options["on_side"]
    if side == WHERE_IT_HURTS and made.complaint is None:
        raise click.UsageError(f"--on-side {WHERE_IT_HURTS} needs to know where it hurts; name it with --area.")
    if side:
        made = made.on_side(None if side == WHERE_IT_HURTS else side)
    return made.confirm_sides() if options["confirm_sides"] else made


def _check_sides(made: Routine, options: dict[str, Any]) -> None:
    """Refuse a client's page with steps on a side on which nothing hurts; for records print a warning only."""
    from selfcare_kit.safety.explained import describe_conflicts

    conflicts = describe_conflicts(made.side_conflicts)
    if not conflicts:
        return
    advice = f"move the steps with --on-side {WHERE_IT_HURTS}, or say with --confirm-sides that they are meant"
    kind = next((kind for kind in KINDS.values() if kind.for_client and options[kind.name]), None)
    if kind is not None:
        raise click.ClickException(
            f"--{kind.name} goes to the client and needs its steps on the side that hurts, got: {conflicts}; {advice}."
        )
    click.echo(f"! No page for the client as it stands: {conflicts}; {advice}.", err=True)


def _complaint(guide: Guide, options: dict[str, Any]) -> Complaint | None:
    """Return the complaint of the options; None where a file or a template can do without."""
    from selfcare_kit.plan.shorthand import read_complaint

    if options["areas"]:
        return read_complaint(options["areas"], guide, options["side"], options["sensations"], name="--area")
    if options["from_file"] or options["from_template"]:
        return None
    raise click.UsageError('Say where it hurts with --area; "selfcare-kit areas" lists the areas.')


def _print_alerts(complaint: Complaint | None, guide: Guide) -> None:
    from selfcare_kit.safety.alerts import find_alerts

    for alert in find_alerts(complaint, guide) if complaint else ():
        click.echo(f"! {alert}", err=True)


def _print_routine(made: Routine, *, err: bool) -> None:
    for number, step in enumerate(made.steps, start=1):
        label = made.guide.point(step.point).label
        click.echo(f"{number:2}  {step.point:8} {step.side:5} {step.mode:6} {step.seconds:3} s  {label}", err=err)
    for hint in made.hints:
        click.echo(f"Hint: {hint}", err=True)
