"""Ready routines: a guide's own sequence of steps, and the best points for a complaint."""

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
    """Return a guide's own sequence as a routine without complaint and screening.

    Parameters
    ----------
    name : str, optional
        Id of the template; the guide's only one when left out.
    side : {"left", "right", "both"}, optional
        The client's own side; the template's own when left out, which is both in the built-in guide.
    guide : Guide, optional
        The built-in one when left out.
    code : str, default=""
        The client's code.

    Returns
    -------
    Plan
        A new routine; `with_screening` makes it ready for the client.

    Raises
    ------
    UnknownIdError
        If the guide has no such template.

    Examples
    --------
    >>> [step.point for step in template("hip_and_leg").steps][:3]
    ['gmed_2', 'piri_1', 'tfl_1']
    """
    guide = guide or load_guide()
    found = guide.settings.get("template")
    if not found or name not in (None, found.get("id", guide.id)):
        known = found.get("id", guide.id) if found else "none"
        raise UnknownIdError(
            f"a template of guide {guide.id!r} must be {known}, got {name!r}; see [template] in its guide.toml."
        )
    routine = Plan(title=found["title"], code=code, guide=guide)
    for values in found["steps"]:
        details = {key: value for key, value in values.items() if key != "point"}
        own_side = details.pop("side", found.get("side", "both"))
        routine = routine.add(values["point"], side or own_side, **details)
    return routine


def template_for(
    complaint: Complaint | None, side: str | None, screening: Screening | None, *, guide: Guide, code: str = ""
) -> Plan:
    """Return a guide's own sequence for a complaint.

    Parameters
    ----------
    complaint : Complaint or None
        What is felt makes steps milder, or takes them out: a numb foot gets no firm tool.
    side : {"left", "right", "both"} or None
        The client's own side, for all steps. When None, as for `sided_template`.
    screening : Screening or None
        The safety answers.
    guide : Guide
        Whose sequence it is.
    code : str, default=""
        The client's code.

    Returns
    -------
    Plan
        A new routine with complaint and screening.

    Raises
    ------
    BlockedError
        If an answer speaks against a step: that is for a person to decide.
    """
    made = sided_template(complaint, side, guide=guide, code=code)
    if screening is not None:
        made.with_screening(screening)
    return made.adapted_to(screening, complaint=complaint)


def sided_template(complaint: Complaint | None, side: str | None = None, *, guide: Guide, code: str = "") -> Plan:
    """Return a guide's own sequence on the sides of a complaint, whatever is felt.

    Parameters
    ----------
    complaint : Complaint or None
        Where it hurts: each step takes the side of the areas that its point can explain, else that of the whole
        complaint. `sides_by_default` tells which steps that leaves on both sides without a word of the client's.
    side : {"left", "right", "both"}, optional
        The client's own side, for all steps. Without it and without a complaint they are on the template's own.
    guide : Guide
        Whose sequence it is.
    code : str, default=""
        The client's code.

    Returns
    -------
    Plan
        A new routine without complaint and screening.

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
    """Say which steps are on both sides though nothing that hurts says so, with a full stop; empty for none.

    Parameters
    ----------
    routine : Plan
        With its complaint.

    Returns
    -------
    str
        A sentence with the labels of their points.
    """
    names = [routine.guide.point(step.point).label for step in routine.steps if _is_by_default(step, routine)]
    if not names:
        return ""
    if len(names) == len(routine.steps):
        return "All steps are on both sides, as nothing that hurts says which."
    return f"On both sides, as nothing that hurts says which: {'; '.join(names)}."


def _is_by_default(step: Step, routine: Plan) -> bool:
    if step.side != "both" or routine.complaint is None:
        return step.side == "both"
    explained = {each.side for each in explained_by(step.point, routine.complaint, routine.guide)}
    if explained:
        return explained == {"midline"}
    # What explains nothing belongs to the whole complaint, where that is of one word.
    return {each.side for each in routine.complaint.areas} - {"midline"} != {"both"}


def best_plan(found: Suggestions, count: int = 5, *, title: str = "", code: str = "") -> Plan:
    """Return the best points of some suggestions as a routine, or say why there is none.

    Parameters
    ----------
    found : Suggestions
        What was suggested for a complaint.
    count : int, default=5
        How many points at the most.
    title, code : str, default=""
        As for `Plan`.

    Returns
    -------
    Plan
        A new routine with at least one step.

    Raises
    ------
    InvalidValueError
        If the guide knows no point for the complaint.
    BlockedError
        If the safety answers leave none of them.
    """
    chosen = found.top(count)
    if chosen:
        return Plan.from_suggestions(chosen, title=title, code=code)
    if not found:
        raise InvalidValueError(found.message)
    findings = found.screening.findings if found.screening else ()
    urgent = [f"{each.id}: {each.message}" for each in findings if each.action != "caution"]
    reasons = dict.fromkeys(notice.text for each in found for notice in each.cautions[:1])
    raise BlockedError(f"no point may be pressed here: {' '.join([*urgent, *reasons][:MAX_REASONS])}")
