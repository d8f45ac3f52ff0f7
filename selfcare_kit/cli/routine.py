"""The command that makes a routine for a complaint and writes it."""

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
    tell_translation,
    write,
)
from selfcare_kit.errors import InvalidValueError, SelfcareError, quoted
from selfcare_kit.export.kinds import HANDOUT_OPTIONS, KINDS
from selfcare_kit.export.private import check_name
from selfcare_kit.model.sides import SIDES, STEP_SIDES

if TYPE_CHECKING:
    from selfcare_kit.guide.guide import Guide
    from selfcare_kit.model.complaint import Complaint
    from selfcare_kit.routine import Routine
    from selfcare_kit.safety.screening import Screening

SIDE = click.Choice(SIDES)
HURTS = "where-it-hurts"


def _file_options(command: Any) -> Any:
    """Give a command an option for each kind of file, in the order of their table."""
    for kind in reversed(KINDS.values()):
        reader = "client" if kind.for_client else "clinician"
        command = click.option(f"--{kind.name}", type=FILE, help=f"{kind.label}, for the {reader}.")(command)
    return command


@click.command()
@click.option(
    "--area",
    "areas",
    multiple=True,
    metavar="AREA[:SIDE[:SENSATIONS[:PAIN]]]",
    help="Where it hurts; repeat it. foot_top:left:numb+tingling:6 gives an area its own words.",
)
@click.option(
    "--side",
    type=SIDE,
    help="The client's own side, of areas that give none; never guessed. With --template, else that of what each step "
    "can explain.",
)
@click.option(
    "--sensation",
    "sensations",
    multiple=True,
    help="What it feels like, in areas that do not say it themselves; repeat it.",
)
@click.option("--none-of-these", is_flag=True, help="Every red flag and caution was asked; none applies.")
@click.option("--yes", "yes", multiple=True, metavar="ID", help="A red flag or caution answered yes; repeat it.")
@click.option("--where", "where", multiple=True, metavar="ID=AREA", help="The area such an answer is about.")
@click.option("--ask", is_flag=True, help="Ask the safety questions one by one.")
@click.option("--agreed-by", default="", help="Initials of the clinician who looked at every finding that asks for it.")
@click.option(
    "--agreed",
    "agreed",
    multiple=True,
    metavar="ID=WORDS",
    help='What was ruled out for one finding or alert, and by whom, such as "R18=pulses good; AB"; repeat it.',
)
@click.option("--count", type=click.IntRange(1, 50), default=5, show_default=True, help="How many points at the most.")
@click.option("--template", "from_template", is_flag=True, help="The guide's own sequence instead of suggestions.")
@click.option("--from", "from_file", type=FILE, help="An exported routine instead of suggestions.")
@click.option(
    "--on-side",
    type=click.Choice([*STEP_SIDES, HURTS]),
    help=f"Move the steps to a side; {HURTS} moves those on a side on which nothing hurts.",
)
@click.option(
    "--confirm-sides", is_flag=True, help="Steps on a side on which nothing hurts are meant; the chart note says so."
)
@click.option("--title", default="", help="Head of the handout.")
@click.option("--code", default="", help="The client's code; never a name.")
@click.option("--client", default="", help="Name to print on the handout; kept nowhere else.")
@click.option("--language", default="", help="Of the handout; the guide's own when left out.")
@click.option("--paper", type=click.Choice(["A4", "Letter"]), default="A4", show_default=True)
@click.option(
    "--variant", default="standard", show_default=True, help="standard, large, black_and_white, no_figure or detailed."
)
@_file_options
@clinic_options
@guide_option
def routine(guide_folder: Path | None, **options: Any) -> None:
    """Make a routine for a complaint and write it."""
    guide = load(guide_folder)
    options["language"] = options["language"] or guide.language
    _check_together(options)
    screening = _screening(guide, options)
    _require_answers(guide, screening, options)
    made = _make_routine(guide, screening, options)
    _tell_sides(made, options)
    # All of them are made before the first is written: a refusal leaves no half of a set.
    wanted = [kind for kind in KINDS.values() if options[kind.name]]
    handout_options = {name: options[name] for name in HANDOUT_OPTIONS}
    if any("clinic" in kind.options for kind in wanted):
        handout_options["clinic"] = clinic_of(options["clinic"], options["no_clinic"])
    files = [(options[kind.name], kind.to_bytes(made, **handout_options)) for kind in wanted]
    if any("language" in kind.options for kind in wanted):
        tell_translation(guide, options["language"])
    # Into a file that is streamed nothing else is mixed.
    err = any(is_stream(path) for path, _ in files)
    for path, content in files:
        write(path, content, err=err)
    _print_routine(made, err=err)


def _check_together(options: dict[str, Any]) -> None:
    """Refuse what would be passed over, or would write over itself."""
    if options["from_file"] and (options["side"] or options["from_template"]) and not options["areas"]:
        extra = "--template" if options["from_template"] else "--side, or move them with --on-side"
        raise click.UsageError(f"--from brings its own steps and sides; leave out {extra}.")
    if options["sensations"] and not options["areas"]:
        felt = quoted(options["sensations"][0])
        raise click.UsageError(f"--sensation must be of an area, got {felt} without one; name where with --area.")
    _check_answers(options)
    paths = [options[name].absolute() for name in KINDS if options[name]]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice:
        raise click.UsageError(f"{twice.name} is named for two kinds of file; give each a file of its own.")
    texts = [(name, options[name]) for name in ("title", "code", "agreed_by")]
    texts += [("agreed", words) for words in options["agreed"]]
    try:
        check_name(options["client"], texts, only="stand in --client only", shown=_option)
    except InvalidValueError as error:
        raise click.UsageError(str(error)) from None


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _check_answers(options: dict[str, Any]) -> None:
    has_yes = options["yes"] or options["ask"]
    if options["where"] and not has_yes:
        raise click.UsageError("--where is about an answer; name it with --yes, or use --ask.")
    # What is felt can ask for a look, too, when none of the questions applies.
    extra = next((_option(name) for name in ("agreed_by", "agreed") if options[name]), None)
    if extra and not has_yes and not options["none_of_these"]:
        raise click.UsageError(
            f"{extra} is about an answer or what is felt; name the answers with --yes, --none-of-these or --ask."
        )


def _require_answers(guide: Guide, screening: Screening | None, options: dict[str, Any]) -> None:
    kind = next((kind for kind in KINDS.values() if kind.for_client and options[kind.name]), None)
    if kind is not None and screening is None:
        ids = ", ".join(_question_ids(guide))
        raise click.ClickException(
            f"--{kind.name} goes to the client and needs the safety answers ({ids}), got none; add --none-of-these if "
            "all were asked and none applies, --yes ID for each that does, or --ask to be asked."
        )


def _question_ids(guide: Guide) -> list[str]:
    return [rule.id for rule in guide.records.asked_rules]


def _screening(guide: Guide, options: dict[str, Any]) -> Screening | None:
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
        yes, where = _asked(guide)
    agreed = read_agreed(options["agreed"], name="--agreed")
    return screen(yes, where, options["agreed_by"], guide=guide, agreed=agreed)


def _asked(guide: Guide) -> tuple[list[str], dict[str, list[str]]]:
    yes: list[str] = []
    where: dict[str, list[str]] = {}
    for rule in guide.records.asked_rules:
        more = f" {rule.more}" if rule.more else ""
        if click.confirm(f"{rule.id}  {rule.question}{more}", default=None):
            yes.append(rule.id)
            if rule.where == "required":
                words = "    Which areas (with commas between)"
                where[rule.id] = click.prompt(words, value_proc=partial(_areas, guide))
            elif rule.where == "optional":
                words = "    Only in some areas? Name them with commas between, or press Enter for all it is about"
                named = click.prompt(words, value_proc=partial(_areas, guide), default="", show_default=False)
                where |= {rule.id: named} if named else {}
    return yes, where


def _areas(guide: Guide, named: str) -> list[str]:
    """Read areas that were typed, by id, label or synonym; click asks again when it refuses."""
    words = [word.strip() for word in named.split(",") if word.strip()]
    try:
        return [guide.area(word) for word in words]
    except SelfcareError as error:
        try:
            return [guide.area(word) for word in named.split()]
        except SelfcareError:
            raise click.UsageError(str(error)) from None


def _make_routine(guide: Guide, screening: Screening | None, options: dict[str, Any]) -> Routine:
    from dataclasses import replace

    from selfcare_kit.plan.suggest.suggestions import suggest
    from selfcare_kit.plan.templates import best_plan, sided_template, sides_by_default, template_for
    from selfcare_kit.routine import Routine, read_routine

    complaint = _complaint(guide, options)
    made = read_routine(options["from_file"], guide=guide) if options["from_file"] else None
    if complaint is None and made is not None:
        complaint = made.complaint
    # First of all: what is refused further down has to be ruled out all the more.
    _tell_alerts(complaint, guide)
    if made is None and options["from_template"]:
        made = Routine.of(template_for(complaint, options["side"], screening, guide=guide))
        for change in made.changes_since(sided_template(complaint, options["side"], guide=guide)):
            click.echo(f"By what is felt: {change}", err=True)
        if options["side"] is None and options["on_side"] not in STEP_SIDES and (told := sides_by_default(made)):
            click.echo(f"{told} --side or --on-side gives another.", err=True)
    elif made is None:
        found = suggest(complaint, screening=screening, guide=guide)
        made = Routine.of(best_plan(found, options["count"]))
        if found.message:
            click.echo(found.message, err=True)
    named = {name: options[name] for name in ("title", "code") if options[name]}
    made = replace(made, complaint=complaint, screening=screening or made.screening, **named)
    return _moved(made, options)


def _moved(made: Routine, options: dict[str, Any]) -> Routine:
    """Put the steps on the side that was asked for, and take the word for those that are meant where they are."""
    wanted = options["on_side"]
    if wanted == HURTS and made.complaint is None:
        raise click.UsageError(f"--on-side {HURTS} needs to know where it hurts; name it with --area.")
    if wanted:
        made = made.on_side(None if wanted == HURTS else wanted)
    return made.confirm_sides() if options["confirm_sides"] else made


def _tell_sides(made: Routine, options: dict[str, Any]) -> None:
    """Refuse a client's page whose steps lie where nothing hurts, and say of records that they do."""
    from selfcare_kit.safety.explained import describe_conflicts

    told = describe_conflicts(made.side_conflicts)
    if not told:
        return
    what_to_do = f"move the steps with --on-side {HURTS}, or say with --confirm-sides that they are meant"
    kind = next((kind for kind in KINDS.values() if kind.for_client and options[kind.name]), None)
    if kind is not None:
        raise click.ClickException(
            f"--{kind.name} goes to the client and needs its steps on the side that hurts, got: {told}; {what_to_do}."
        )
    click.echo(f"! No page for the client as it stands: {told}; {what_to_do}.", err=True)


def _complaint(guide: Guide, options: dict[str, Any]) -> Complaint | None:
    from selfcare_kit.plan.shorthand import read_complaint

    if options["areas"]:
        return read_complaint(options["areas"], guide, options["side"], options["sensations"], name="--area")
    if options["from_file"] or options["from_template"]:
        return None
    raise click.UsageError('Say where it hurts with --area; "selfcare-kit areas" lists the areas.')


def _tell_alerts(complaint: Complaint | None, guide: Guide) -> None:
    from selfcare_kit.safety.alerts import find_alerts

    for alert in find_alerts(complaint, guide) if complaint else ():
        click.echo(f"! {alert}", err=True)


def _print_routine(made: Routine, *, err: bool) -> None:
    for number, step in enumerate(made.steps, start=1):
        label = made.guide.point(step.point).label
        click.echo(f"{number:2}  {step.point:8} {step.side:5} {step.mode:6} {step.seconds:3} s  {label}", err=err)
    for hint in made.hints:
        click.echo(f"Hint: {hint}", err=True)
