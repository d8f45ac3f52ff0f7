"""The texts of a routine for clinicians, which the chart note and the care plan share.

Each is one line, whatever was typed: a text from outside cannot add a line of its own.
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

SIDE_LABELS = {"left": "left", "right": "right", "both": "both sides", "midline": "midline"}
# Characters that change the direction of the text after them, which could make a line read as another.
_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Control characters, line ends and spaces.
_BREAKS = ("Cc", "Zl", "Zp", "Zs")


class StepLabels(NamedTuple):
    """The texts of a step for a clinician, each without a full stop at its end."""

    site: str
    work: str
    pressure: str
    tool_and_position: str
    rest: str
    note: str


def one_line(text: str) -> str:
    r"""Return a text on one line, with one space for line ends, control characters and spaces in a row.

    Examples
    --------
    >>> one_line("after a\r\n  warm\x07 shower ")
    'after a warm shower'
    """
    plain = (" " if unicodedata.category(letter) in _BREAKS else letter for letter in text.translate(_DIRECTION_MARKS))
    return " ".join("".join(plain).split())


def step_labels(step: Step, guide: Guide) -> StepLabels:
    """Return the texts of a step for a clinician."""
    each_side = " on each side" if len(sides_touched(step.side)) > 1 else ""
    tool_and_position = [_label(guide.records.tools, step.tool), _label(guide.records.positions, step.position)]
    days = str(step.every_days_min)
    if step.every_days_max > step.every_days_min:
        days = f"{days} to {step.every_days_max}"
    return StepLabels(
        site=step_site(step.point, step.side, guide),
        work=f"{step.mode} {step.seconds} s{each_side}",
        pressure=f"pressure up to {step.pressure} of 10",
        tool_and_position=", ".join(text[:1].lower() + text[1:] for text in tool_and_position if text),
        rest=f"every {days} days" if days != "1" else "every day",
        note=one_line(step.note),
    )


def step_site(point: str, side: str, guide: Guide) -> str:
    """Return where a step is; the id alone for a point that the guide no longer has."""
    found = guide.point_values.get(point)
    return f"{f'{found.label} ({point})' if found else point}, {SIDE_LABELS[side]}"


def area_label(area: str, side: str, guide: Guide) -> str:
    """Return an area with its side; the id alone for an area that the guide no longer has."""
    found = guide.records.areas.get(area)
    return f"{one_line(found.label) if found else area}, {SIDE_LABELS[side]}"


def complaint_label(area_complaint: AreaComplaint, guide: Guide) -> str:
    """Return the complaint in one area, such as "side of the hip, left: ache, 6 of 10"."""
    area = guide.records.areas[area_complaint.area].label
    details = [guide.records.sensations[id].label.lower() for id in area_complaint.sensations]
    if area_complaint.pain is not None:
        details.append(f"{area_complaint.pain} of 10")
    after = f": {', '.join(details)}" if details else ""
    return f"{area}, {SIDE_LABELS[area_complaint.side]}{after}"


def obstacle(routine: Plan) -> str:
    """Return why a routine could not have gone out on the day of its safety questions; empty when it could."""
    asked_on = routine.screening.date if routine.screening else None
    try:
        routine.require_clearance(today=asked_on)
    except SelfcareError as error:
        return str(error)
    return ""


def _label(found: Mapping[str, Tool | Position], id: str) -> str:
    return found[id].label if id else ""
