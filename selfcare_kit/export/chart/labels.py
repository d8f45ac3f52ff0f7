"""A routine in a clinician's words: what the chart note and the care plan say of it.

One line each, whatever was typed: a text from outside cannot add a line of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from selfcare_kit.errors import SelfcareError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Position, Tool
from selfcare_kit.model.complaint import AreaComplaint
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import Step
from selfcare_kit.plan.plan import Plan

SIDES = {"left": "left", "right": "right", "both": "both sides", "midline": "midline"}
# Signs that turn the direction of what follows, and could make a line read as another.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_BREAKS = ("Cc", "Zl", "Zp", "Zs")


class StepLabels(NamedTuple):
    """A step for a clinician, each part without a full stop."""

    place: str
    work: str
    pressure: str
    means: str
    rest: str
    note: str


def one_line(text: str) -> str:
    r"""Return a text on one line, without characters that could pass for something else.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Line ends, control characters and blanks in a row become one blank.

    Examples
    --------
    >>> one_line("after a\r\n  warm\x07 shower ")
    'after a warm shower'
    """
    shown = (" " if unicodedata.category(letter) in _BREAKS else letter for letter in text.translate(_TURNS))
    return " ".join("".join(shown).split())


def step_labels(step: Step, guide: Guide) -> StepLabels:
    """Say a step for a clinician.

    Parameters
    ----------
    step : Step
        The step.
    guide : Guide
        Whose point it is.

    Returns
    -------
    StepLabels
        Plain text.
    """
    point = guide.point(step.point)
    each_side = " on each side" if len(sides_touched(step.side)) > 1 else ""
    means = [_label(guide.records.tools, step.tool), _label(guide.records.positions, step.position)]
    days = str(step.every_days_min)
    if step.every_days_max > step.every_days_min:
        days = f"{days} to {step.every_days_max}"
    return StepLabels(
        place=f"{point.label} ({step.point}), {SIDES[step.side]}",
        work=f"{step.mode} {step.seconds} s{each_side}",
        pressure=f"pressure up to {step.pressure} of 10",
        means=", ".join(text[:1].lower() + text[1:] for text in means if text),
        rest=f"every {days} days" if days != "1" else "every day",
        note=one_line(step.note),
    )


def complaint_label(felt: AreaComplaint, guide: Guide) -> str:
    """Say what is felt in one area.

    Parameters
    ----------
    felt : AreaComplaint
        Area, side, sensations and pain.
    guide : Guide
        Whose areas and sensations they are.

    Returns
    -------
    str
        Such as "side of the hip, left: ache, 6 of 10".
    """
    area = guide.records.areas[felt.area].label
    details = [guide.records.sensations[id].label.lower() for id in felt.sensations]
    if felt.pain is not None:
        details.append(f"{felt.pain} of 10")
    told = f": {', '.join(details)}" if details else ""
    return f"{area}, {SIDES[felt.side]}{told}"


def obstacle(routine: Plan) -> str:
    """Say why a routine could not have gone to the client on the day its safety questions were asked.

    Parameters
    ----------
    routine : Plan
        With at least one step.

    Returns
    -------
    str
        The gate's own sentence; empty when it could.
    """
    asked_on = routine.screening.date if routine.screening else None
    try:
        routine.require_clearance(today=asked_on)
    except SelfcareError as error:
        return str(error)
    return ""


def _label(found: Mapping[str, Tool | Position], id: str) -> str:
    return found[id].label if id else ""
