"""Routines made at once: a template of the guide or of the clinic, and the best points for a complaint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from selfcare_kit.errors import BlockedError, InvalidValueError, SelfcareError, UnknownIdError, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import brought_up_to_date, fitted_step, own_step
from selfcare_kit.plan.plan import Plan
from selfcare_kit.plan.suggest.suggestions import Suggestions
from selfcare_kit.plan.template_file import Template, TemplateStep, guides_names, name_key, templates_for_guide
from selfcare_kit.review.states import held_points
from selfcare_kit.safety.explained import explained_by, side_for
from selfcare_kit.safety.screening import Screening
from selfcare_kit.safety.verdict import Judge

MAX_REASONS = 3


def templates(guide: Guide | None = None, *, folder: str | Path | None = None) -> tuple[Template, ...]:
    """Return the templates for a guide: its own first, then those of the clinic.

    Parameters
    ----------
    guide : Guide, optional
        The built-in one when left out.
    folder : str or Path, optional
        Where the clinic's `templates.toml` lies; beside the clinic's settings that are in force when left out.

    Returns
    -------
    tuple of Template
        Each with its name, title and steps; `problem` says why one cannot be used.

    Raises
    ------
    FileFormatError
        If the clinic's file is wrong; the message names what to correct.

    Examples
    --------
    >>> [(each.name, each.is_own, len(each.steps)) for each in templates()]
    [('hip_and_leg', False, 10)]
    """
    guide = guide or load_guide()
    return (*guides_templates(guide), *templates_for_guide(guide, folder))


def template(
    name: str | None = None, side: str | None = None, *, guide: Guide | None = None, code: str = "",
    folder: str | Path | None = None,
) -> Plan:  # fmt: skip
    """Return a template without complaint and screening, as `selfcare_kit.template` does.

    >>> [step.point for step in template("hip_and_leg").steps][:3]
    ['gmed_2', 'piri_1', 'tfl_1']
    """
    guide = guide or load_guide()
    saved = _saved(name, guide, folder)
    if saved is not None:
        return _plan_of(saved, lambda point: _required(side, saved), guide, code)
    settings = guide.settings["template"]
    left_out = tuple(why_left_out(id, guide) for id in guides_steps(guide) if id in held_points(guide))
    routine = Plan(title=settings["title"], code=code, guide=guide, changed_on_reading=left_out)
    for values in settings["steps"]:
        if values["point"] in held_points(guide):
            continue
        details = {key: value for key, value in values.items() if key != "point"}
        own_side = details.pop("side", settings.get("side", "both"))
        routine = routine.add(values["point"], side or own_side, **details)
    return routine


def template_for(
    complaint: Complaint | None, side: str | None, screening: Screening | None, *, guide: Guide, code: str = "",
    name: str | None = None, folder: str | Path | None = None,
) -> Plan:  # fmt: skip
    """Return a template, adapted to a complaint and its sensations under the safety answers.

    It raises BlockedError where an answer, rather than a sensation, rules out a step: a person has to decide that.
    """
    made = sided_template(complaint, side, guide=guide, code=code, name=name, folder=folder)
    if screening is not None:
        made.with_screening(screening)
    return made.adapted_to(screening, complaint=complaint)


def sided_template(
    complaint: Complaint | None, side: str | None = None, *, guide: Guide, code: str = "", name: str | None = None,
    folder: str | Path | None = None,
) -> Plan:  # fmt: skip
    """Return a template on one side, or on the sides of a complaint, whatever the sensations.

    Without a side, each step takes the side of the areas that its point can explain, else that of the whole
    complaint; without a complaint, too, the guide's own. The clinic's have none: they need a side or a complaint. The
    result has neither complaint nor screening.

    Examples
    --------
    >>> guide = load_guide()
    >>> sides = {"hip_side": {"side": "left"}, "foot_top": {"side": "right"}}
    >>> made = sided_template(guide.complaint(sides), guide=guide)
    >>> {step.point: step.side for step in made.steps if step.point in ("tfl_1", "edb_1")}
    {'tfl_1': 'left', 'edb_1': 'right'}
    """
    if side is not None or complaint is None:
        return template(name, side, guide=guide, code=code, folder=folder)
    saved = _saved(name, guide, folder)
    if saved is not None:
        return _plan_of(saved, lambda point: side_for(point, complaint, guide), guide, code)
    made = template(name, guide=guide, code=code, folder=folder)
    return replace(made, steps=tuple(step.changed(side=side_for(step.point, complaint, guide)) for step in made.steps))


@kept_by_guide(at_most=1)
def guides_templates(guide: Guide) -> tuple[Template, ...]:
    """Return a guide's own template, if it has one, with the doses that its routine would have."""
    if not guides_names(guide):
        return ()
    name, title = guides_names(guide)
    try:
        steps = template(name, guide=guide).steps
    except SelfcareError as error:
        return (Template(name, title, (), guide.id, is_own=False, problem=str(error)),)
    return (Template(name, title, tuple(map(TemplateStep.of, steps)), guide.id, is_own=False),)


def guides_steps(guide: Guide) -> tuple[str, ...]:
    """Return the points of a guide's own template in order, held back or not."""
    return tuple(values["point"] for values in guide.settings.get("template", {}).get("steps", ()))


def why_left_out(point: str, guide: Guide) -> str:
    """Return that a point is left out because a reviewer wants something changed, and what."""
    return f"{guide.point(point).label} is left out: {held_points(guide)[point]}."


def _saved(name: str | None, guide: Guide, folder: str | Path | None) -> Template | None:
    """Return the clinic's template of a name that can be used; None where it is the guide's own."""
    own = guides_names(guide)[:1]
    if own and name in (None, *own):
        return None
    found = templates_for_guide(guide, folder)
    for each in found:
        if isinstance(name, str) and name_key(each.name) == name_key(name):
            if each.problem:
                raise UnknownIdError(each.problem)
            return each
    known = " or ".join((*own, *(each.name for each in found))) or "none"
    raise UnknownIdError(
        f"a template of guide {guide.id!r} must be {known}, got {quoted(name)}; kit.templates() lists them."
    )


def _plan_of(saved: Template, side_of: Callable[[str], str], guide: Guide, code: str) -> Plan:
    """Return a clinic's template as a plan, as today's rules of the guide allow it; its hints say what that changed."""
    steps: list[Step] = []
    told: list[str] = []
    for each in saved.steps:
        values = fitted_step(asdict(each), guide, told)
        if values is not None:
            point = guide.point(values["point"])
            details = {name: value for name, value in values.items() if name != "point"}
            steps.append(own_step(point, side_of(point.id)).changed(**details))
    allowed, changes = brought_up_to_date(steps, Judge.of(guide, None, None))
    if not allowed:
        raise BlockedError(f"the template {quoted(saved.name)} has no step that guide {guide.id!r} allows; delete it.")
    try:
        return Plan(title=saved.title, code=code, steps=allowed, guide=guide, changed_on_reading=(*told, *changes))
    except SelfcareError as error:
        raise type(error).in_place(f"the template {quoted(saved.name)}", error) from None


def _required(side: str | None, saved: Template) -> str:
    if side is None:
        raise InvalidValueError(
            f"the template {quoted(saved.name)} needs the client's side, got none; give left, right or both, or say "
            "where it hurts."
        )
    return side


def sides_by_default(routine: Plan) -> str:
    """Return a sentence that lists the steps on both sides for which the complaint gives no side; empty for none."""
    labels = [routine.guide.point(step.point).label for step in routine.steps if _is_by_default(step, routine)]
    if not labels:
        return ""
    if len(labels) == len(routine.steps):
        return "All steps are on both sides, as nothing that hurts says which."
    return f"On both sides, as nothing that hurts says which: {'; '.join(labels)}."


def _is_by_default(step: Step, routine: Plan) -> bool:
    if step.side != "both" or routine.complaint is None:
        return step.side == "both"
    explained = {area.side for area in explained_by(step.point, routine.complaint, routine.guide)}
    if explained:
        return explained == {"midline"}
    # A point that explains none of the areas is on both sides for a reason only if all of them are.
    return {area.side for area in routine.complaint.areas} - {"midline"} != {"both"}


def best_plan(found: Suggestions, count: int = 5, *, title: str = "", code: str = "") -> Plan:
    """Return the best points of some suggestions as a routine; raise an error that says why where there is none."""
    chosen = found.top(count)
    if chosen:
        return Plan.from_suggestions(chosen, title=title, code=code)
    if not found:
        raise InvalidValueError(found.message)
    findings = found.screening.findings if found.screening else ()
    urgent = [f"{finding.id}: {finding.message}" for finding in findings if finding.action != "caution"]
    reasons = dict.fromkeys(notice.text for suggestion in found for notice in suggestion.cautions[:1])
    raise BlockedError(f"no point may be pressed here: {' '.join([*urgent, *reasons][:MAX_REASONS])}")
