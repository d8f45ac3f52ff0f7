"""A guide's own sequence of steps, as a routine."""

from __future__ import annotations

from selfcare_kit.errors import UnknownIdError
from selfcare_kit.guide import Guide, load_guide
from selfcare_kit.routine import Routine


def template(
    name: str | None = None, side: str | None = None, *, guide: Guide | None = None, code: str = ""
) -> Routine:
    """Return a guide's own sequence as a routine without a screening.

    Parameters
    ----------
    name : str, optional
        Id of the template; the guide's only one when left out.
    side : {"left", "right", "both"}, optional
        The client's own side; the template's own when left out.
    guide : Guide, optional
        The built-in one when left out.
    code : str, default=""
        The client's code.

    Returns
    -------
    Routine
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
    routine = Routine(title=found["title"], code=code, guide=guide)
    for values in found["steps"]:
        details = {key: value for key, value in values.items() if key != "point"}
        own_side = details.pop("side", found.get("side", "both"))
        routine = routine.add(values["point"], side or own_side, **details)
    return routine
