"""Sentences the planner makes of the library's values; plain text, without widgets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from selfcare_kit.errors import Named, Phrase, SelfcareError, worded
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import Step
from selfcare_kit.plan.hints import find_hints
from selfcare_kit.routine import Routine
from selfcare_kit.safety.alerts import Alert
from selfcare_kit.safety.explained import SideConflict, describe_conflicts
from selfcare_kit.safety.findings import Finding

ACTION_WORDS = {
    "caution": "Take care",
    "refer": "A clinician looks first",
    "urgent": "Urgent: today",
    "emergency": "Emergency: now",
}
SECTIONS = {
    "safety": "Safety",
    "symptoms": "Where",
    "suggestions": "Points",
    "steps": "Routine",
    "preview": "Preview",
    "download": "Hand out",
}
SIDES = (("left", "Left"), ("right", "Right"), ("both", "Both"))
MIDLINE = ("midline", "Midline")
PAINS = (("", "not asked"), *((level, str(level)) for level in range(11)))
NO_AREA_YET = "Choose where it hurts, on the figure or in the list; or begin with what is there already."
NO_SIDE_YET = "Choose the client's side, in section 2."
NOTHING_LOOKED_AT = "Click where it hurts; left and right are the client's own."
SHOWN_PAIN = "its pain is often felt where the figure is solid orange, sometimes where it is dotted."
SIDE_WORDS = {"left": "the left side", "right": "the right side", "both": "both sides"}
GRADE_WORDS = {"main": "main", "spread": "can spread there", "uncertain": "uncertain"}
MOVE_OR_CONFIRM = "move them to where it hurts, or say that they are meant so, in section 4"
# What the library calls its own values, in the words of the page.
VALUE_WORDS = {
    "agreed_by": "the initials",
    "every_days_min": "days of rest, at least",
    "every_days_max": "days of rest, at most",
}
TABLES = {"area": "areas", "tool": "tools", "position": "positions", "sensation": "sensations"}
STATUS_WORDS = {"offer": "", "caution": "with care", "show_only": "show only", "blocked": "blocked"}


def count_of(count: int, noun: str) -> str:
    """Write a number with its noun.

    Parameters
    ----------
    count : int
        How many.
    noun : str
        Takes an "s" in the plural.

    Returns
    -------
    str
        Such as "1 step", "5 steps" or "no step".

    Examples
    --------
    >>> count_of(5, "step")
    '5 steps'
    """
    return f"{count or 'no'} {noun}{'s' if count > 1 else ''}"


def clock(seconds: int) -> str:
    """Write a time.

    Parameters
    ----------
    seconds : int
        The time.

    Returns
    -------
    str
        Such as "5 min" or "5 min 30 s".

    Examples
    --------
    >>> clock(330), clock(300), clock(45)
    ('5 min 30 s', '5 min', '45 s')
    """
    minutes, rest = divmod(seconds, 60)
    parts = (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "")
    return " ".join(part for part in parts if part)


def label_of(named: Named, guide: Guide) -> str:
    """Return what the page calls an id or a value of the library; as the library does where it has no other word."""
    if named.kind == "value":
        return VALUE_WORDS.get(named.id, str(named))
    if named.kind == "point":
        return guide.point_values[named.id].label if named.id in guide.point_values else str(named)
    record = getattr(guide.records, TABLES[named.kind]).get(named.id)
    # Areas, tools and the like stand inside of a sentence, points by their names.
    return record.label[:1].lower() + record.label[1:] if record else str(named)


def in_words(phrase: Phrase, guide: Guide) -> str:
    """Write a phrase of the library in the words of the page.

    Parameters
    ----------
    phrase : str, Named or tuple of them
        Such as the advice of an error.
    guide : Guide
        Whose ids have labels.

    Returns
    -------
    str
        With labels for ids and names.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> in_words(("raise ", Named("value", "every_days_min"), " of ", Named("point", "gmed_2")), load_guide())
    'raise days of rest, at least of Gluteus medius, mid-crest'
    """
    return worded(phrase, lambda named: label_of(named, guide))


def refusal_in_words(error: SelfcareError, guide: Guide) -> str:
    """Write why something was refused, with labels for ids and names."""
    return error.sentence(lambda named: label_of(named, guide))


def capitalised(sentence: str) -> str:
    """Begin a sentence with a capital, unless it begins with the name of a file.

    Parameters
    ----------
    sentence : str
        May be empty.

    Returns
    -------
    str
        The same otherwise.

    Examples
    --------
    >>> capitalised("seconds must be less."), capitalised("huge.csv is empty.")
    ('Seconds must be less.', 'huge.csv is empty.')
    """
    first = sentence.partition(" ")[0].rstrip(",:;")
    return sentence[:1].upper() + sentence[1:] if first.isalpha() else sentence


def hints_in_words(routine: Routine) -> tuple[str, ...]:
    """Return the hints of a routine, with labels for ids."""
    guide = routine.guide
    hints = find_hints(
        routine.steps,
        guide,
        routine.guide_version,
        routine.complaint,
        name=lambda step: guide.point(step.point).label,
    )
    return (*routine.changed_on_reading, *hints)


def conflicts_in_words(conflicts: Collection[SideConflict], steps: Sequence[Step]) -> str:
    """Say which steps lie on a side on which nothing hurts, by their numbers, without a full stop; empty for none."""
    numbers = {(step.point, side): at for at, step in enumerate(steps, start=1) for side in sides_touched(step.side)}
    told = describe_conflicts(conflicts, name_of=lambda each: f"step {numbers[each.point, each.side]}")
    return told[:1].upper() + told[1:]


def asks_in_words(items: Iterable[Finding | Alert]) -> str:
    """Say what findings and alerts ask for, each once."""
    return " ".join(
        dict.fromkeys(
            each.text if isinstance(each, Alert) else f"{each.id} ({each.label}): {each.message}" for each in items
        )
    )


def changed_by_answers(before: Iterable[Step], after: Routine) -> str:
    """Say what the safety answers changed in the steps of a routine, and why; empty when all are the same."""
    now = {step.key: step for step in after.steps}
    then = {step.key: step for step in before}
    said: dict[str, list[str]] = {}
    for key, step in then.items():
        what = ""
        if key not in now:
            what = f"Taken out of the routine because of {_reason(step, after)}"
        elif now[key] != step:
            what = f"Changed to {_differences(step, now[key], after.guide)}"
        if what:
            said.setdefault(what, []).append(_name(step, after))
    back = [_name(step, after) for key, step in now.items() if key not in then]
    if back:
        said["Back in the routine"] = back
    return " ".join(f"{what}: {'; '.join(names)}." for what, names in said.items())


def _name(step: Step, routine: Routine) -> str:
    return f"{routine.guide.point(step.point).label} ({step.side})"


def _reason(step: Step, routine: Routine) -> str:
    objection = routine.verdict(step).objection
    if objection is None:
        return "the safety answers"
    # What is left out where it is needs no place in words: the step has been named.
    return objection.rule or in_words(objection.problem, routine.guide)


def _differences(old: Step, new: Step, guide: Guide) -> str:
    names = ("tool", "mode", "position", "pressure", "seconds")
    changed = [name for name in names if getattr(old, name) != getattr(new, name)]
    return ", ".join(f"{name} {_value(name, getattr(new, name), guide)}" for name in changed)


def _value(name: str, value: object, guide: Guide) -> str:
    return label_of(Named(name, str(value)), guide) if name in TABLES else str(value)
