"""Routines made at once: a guide's template, and the best points for a complaint."""

from __future__ import annotations

from dataclasses import replace

from selfcare_kit.errors import BlockedError, InvalidValueError, UnknownIdError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.model.complaint import Complaint
from selfcare_kit.model.step import Step
from selfcare_kit.plan.plan import Plan
from selfcare_kit.plan.suggest.suggestions import Suggestions
from selfcare_kit.safety.explained import explained_by, side_for
from selfcare_kit.safety.screening import Screening

MAX_REASONS = 3


def template(name: str | None = None, side: str | None = None, *, guide: Guide | None = None, code: str = "") -> Plan:
    """Return a guide's template without complaint and screening, as `selfcare_kit.template` does.

    >>> [step.point for step in template("hip_and_leg").steps][:3]
    ['gmed_2', 'piri_1', 'tfl_1']
    """
    guide = guide or load_guide()
    settings = guide.settings.get("template")
    if not settings or name not in (None, settings.get("id", guide.id)):
        known = settings.get("id", guide.id) if settings else "none"
        raise UnknownIdError(
            f"a template of guide {guide.id!r} must be {known}, got {name!r}; see [template] in its guide.toml."
        )
    routine = Plan(title=settings["title"], code=code, guide=guide)
    for values in settings["steps"]:
        details = {key: value for key, value in values.items() if key != "point"}
        own_side = details.pop("side", settings.get("side", "both"))
        routine = routine.add(values["point"], side or own_side, **details)
    return routine


def template_for(
    complaint: Complaint | None, side: str | None, screening: Screening | None, *, guide: Guide, code: str = ""
) -> Plan:
    """Return a guide's template, adapted to a complaint and its sensations under the safety answers.

    It raises BlockedError where an answer, rather than a sensation, rules out a step: a person has to decide that.
    """
    made = sided_template(complaint, side, guide=guide, code=code)
    if screening is not None:
        made.with_screening(screening)
    return made.adapted_to(screening, complaint=complaint)


def sided_template(complaint: Complaint | None, side: str | None = None, *, guide: Guide, code: str = "") -> Plan:
    """Return a guide's template on one side, or on the sides of a complaint, whatever the sensations.

    Without a side, each step takes the side of the areas that its point can explain, else that of the whole
    complaint; without a complaint, too, the template's own. The result has neither complaint nor screening.

    Examples
    --------
    >>> guide = load_guide()
    >>> sides = {"hip_side": {"side": "left"}, "foot_top": {"side": "right"}}
    >>> made = sided_template(guide.complaint(sides), guide=guide)
    >>> {step.point: step.side for step in made.steps if step.point in ("tfl_1", "edb_1")}
    {'tfl_1': 'left', 'edb_1': 'right'}
    """
    made = template(side=side, guide=guide, code=code)
    if side is not None or complaint is None:
        return made
    return replace(made, steps=tuple(step.changed(side=side_for(step.point, complaint, guide)) for step in made.steps))


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
