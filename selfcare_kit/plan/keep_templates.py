"""Keeping, renaming and deleting a clinic's templates."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from selfcare_kit.errors import InvalidValueError, UnknownIdError, quoted
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.load import load_guide
from selfcare_kit.plan.plan import Plan
from selfcare_kit.plan.template_file import (
    Template,
    TemplateStep,
    change_templates,
    checked_name,
    clinic_templates,
    guides_names,
    name_key,
    template_table,
)

# A shorter code may be part of any word.
MIN_CODE_LETTERS = 3


def save_template(routine: Plan, name: str, *, folder: str | Path | None = None) -> Template:
    """Keep a routine as a template of the clinic, without anything of its client.

    Points, their order and their doses are kept. Left and right, notes, title, code, complaint and safety answers are
    not; a point with a step on each side is kept once, as the first of them.

    Parameters
    ----------
    routine : Routine
        With at least one step.
    name : str
        Such as "Runner's hip", of at most 60 characters; no other template may have it, in whatever case.
    folder : str or Path, optional
        Where the clinic's `templates.toml` lies; beside the clinic's settings that are in force when left out.

    Returns
    -------
    Template
        What was kept.

    Raises
    ------
    InvalidValueError
        If the name is not allowed or is taken, or there are no steps; the file is then as it was.
    FileFormatError
        If the file is wrong; it is then as it was.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> routine = Plan(code="C-104").add("tfl_1", side="left", seconds=45)
    >>> save_template(routine, "Runner's hip", folder=folder).steps[0].seconds
    45
    >>> [each.name for each in clinic_templates(folder)]
    ["Runner's hip"]
    """
    if not isinstance(routine, Plan):
        raise InvalidValueError(f"a template is made of a Routine, got {quoted(routine)}; read_routine opens one.")
    routine.require_steps()
    checked = _new_name(name, routine.guide, folder)
    if len(routine.code) >= MIN_CODE_LETTERS and re.search(rf"(?<!\w){re.escape(routine.code)}(?!\w)", checked, re.I):
        raise InvalidValueError(
            f"a template's name may hold nothing of a client, got the code {quoted(routine.code)} in it; name what it "
            "is for."
        )
    first = {step.point: step for step in reversed(routine.steps)}
    steps = tuple(TemplateStep.of(step) for step in routine.steps if first[step.point] is step)
    made = Template(checked, checked, steps, routine.guide_id)
    change_templates(folder, lambda tables: tables.append(template_table(made)))
    return made


def rename_template(name: str, new_name: str, *, folder: str | Path | None = None) -> Template:
    """Give a template of the clinic another name.

    Parameters
    ----------
    name, new_name : str
        The present name, in whatever case, and the new one.
    folder : str or Path, optional
        Where the clinic's `templates.toml` lies; beside the clinic's settings that are in force when left out.

    Returns
    -------
    Template
        With its new name.

    Raises
    ------
    UnknownIdError
        If the clinic has no such template.
    InvalidValueError
        If the new name is not allowed or is taken.
    """
    index, present = _found(name, folder)
    checked = _new_name(new_name, load_guide(), folder, but=present.name)
    change_templates(folder, lambda tables: tables[index].__setitem__("name", checked))
    return replace(present, name=checked, title=checked)


def delete_template(name: str, *, folder: str | Path | None = None) -> None:
    """Delete a template of the clinic.

    Parameters
    ----------
    name : str
        Its name, in whatever case.
    folder : str or Path, optional
        Where the clinic's `templates.toml` lies; beside the clinic's settings that are in force when left out.

    Raises
    ------
    UnknownIdError
        If the clinic has no such template.
    """
    index, _ = _found(name, folder)
    change_templates(folder, lambda tables: tables.__delitem__(index))


def _new_name(name: object, guide: Guide, folder: str | Path | None, but: str = "") -> str:
    """Return a name that no other template has."""
    checked = checked_name(name)
    taken = (*guides_names(guide), *(each.name for each in clinic_templates(folder) if each.name != but))
    if name_key(checked) in map(name_key, taken):
        raise InvalidValueError(
            f"a template must have a name of its own, got {quoted(checked)}, which is taken; choose another one, or "
            "delete that template first."
        )
    return checked


def _found(name: object, folder: str | Path | None) -> tuple[int, Template]:
    """Return the index and the template of a name among all of the clinic's."""
    found = clinic_templates(folder)
    for index, each in enumerate(found):
        if isinstance(name, str) and name_key(each.name) == name_key(name):
            return index, each
    allowed = f"must be one of {', '.join(each.name for each in found)}" if found else "must have been saved before"
    raise UnknownIdError(f"a template of the clinic {allowed}, got {quoted(name)}; kit.templates() lists them.")
