"""The planner's sentences about the library's values; plain text, without widgets."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence

from selfcare_kit.clinics.profile import PAPERS, VARIANTS
from selfcare_kit.errors import Named, Phrase, SelfcareError, worded
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import sides_touched
from selfcare_kit.model.step import Step
from selfcare_kit.plan.hints import find_hints
from selfcare_kit.planner.visit.visit import Visit
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
SIDE_CHOICES = (("left", "Left"), ("right", "Right"), ("both", "Both"))
MIDLINE_CHOICE = ("midline", "Midline")
PAIN_CHOICES = (("", "?"), *((level, str(level)) for level in range(11)))
NO_AREA_YET = "Points appear when an area is chosen."
NO_SIDE_YET = "Points appear when the client's side is chosen."
NOTHING_HIGHLIGHTED = "L and R are the client's own left and right."
SHOWN_PAIN = "pain is often felt where solid, sometimes where dotted."
SIDE_WORDS = {"left": "the left side", "right": "the right side", "both": "both sides"}
SIDE_LETTERS = {"left": "L", "right": "R", "both": "L+R", "midline": "M"}
GRADE_WORDS = {"main": "main", "spread": "can spread there", "uncertain": "uncertain"}
MOVE_OR_CONFIRM = "move them to where it hurts, or keep them there on purpose"
# Names of the library's values on the page.
VALUE_WORDS = {
    "agreed_by": "the initials",
    "every_days_min": "days of rest, at least",
    "every_days_max": "days of rest, at most",
}
TABLES = {"area": "areas", "tool": "tools", "position": "positions", "sensation": "sensations"}
STATUS_WORDS = {"offer": "", "caution": "with care", "show_only": "show only", "blocked": "blocked"}


def day_in_words(visit: Visit) -> str:
    """Return which day counts where the browser's is not this computer's; empty where both are the same."""
    here, there = datetime.date.today(), visit.browser_day
    if there in (None, here):
        return ""
    if visit.today == there:
        return f"Dated {there}, as this browser's clock says; the computer that runs the planner has {here}."
    return (
        f"Dated {here}, as the computer that runs the planner says; this browser's clock says {there}, more than a day "
        "apart: set the clock that is wrong."
    )


def count_of(count: int, noun: str) -> str:
    """Return a count with its noun, such as "1 step" or "no step".

    Examples
    --------
    >>> count_of(5, "step")
    '5 steps'
    """
    return f"{count or 'no'} {noun}{'s' if count > 1 else ''}"


def name_and_place(label: str) -> tuple[str, str]:
    """Return the label of a point as its muscle and the rest.

    Examples
    --------
    >>> name_and_place("Gluteus medius, mid-crest")
    ('Gluteus medius', ', mid-crest')
    """
    name, comma, place = label.partition(",")
    return name, comma + place


def id_of(step: Step) -> str:
    """Return what a step is known by in events: point and side."""
    return f"{step.point}.{step.side}"


def dose_in_words(step: Step, guide: Guide) -> str:
    """Return how a step is done, in a line.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> step = Step("tfl_1", "left", tool="massage_ball", position="wall_standing", every_days_max=2)
    >>> dose_in_words(step, load_guide())
    '60 s · 5/10 · massage ball, standing at a wall · 2 days'
    """
    records = guide.records
    names = [records.tools[step.tool].label if step.tool else "", records.positions[step.position].label]
    how = ", ".join(name[:1].lower() + name[1:] for name in names if name)
    least, most = step.every_days_min, step.every_days_max
    days = f"{least} days" if least == most else f"{least}–{most} days"
    return f"{step.seconds} s · {step.pressure}/10 · {how} · {days}"


def clock(seconds: int) -> str:
    """Return a time in minutes and seconds.

    Examples
    --------
    >>> clock(330), clock(300), clock(45)
    ('5 min 30 s', '5 min', '45 s')
    """
    minutes, rest = divmod(seconds, 60)
    parts = (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "")
    return " ".join(part for part in parts if part)


def choices_of_looks(guide: Guide) -> dict[str, list[tuple[str, str]]]:
    """Return the values of each look of the handout, each with its words."""
    return {
        "papers": [(paper, paper) for paper in PAPERS],
        "variants": [(name, name.replace("_", " ")) for name in VARIANTS],
        "languages": [(language, guide.translation(language).name) for language in guide.languages],
    }


def label_of(named: Named, guide: Guide) -> str:
    """Return the page's name of an id or a value, the library's own where the page has no other."""
    if named.kind == "value":
        return VALUE_WORDS.get(named.id, str(named))
    if named.kind == "point":
        return guide.point_values[named.id].label if named.id in guide.point_values else str(named)
    record = getattr(guide.records, TABLES[named.kind]).get(named.id)
    # Labels of areas, tools and the like go inside a sentence; points keep their capital, as names do.
    return record.label[:1].lower() + record.label[1:] if record else str(named)


def in_words(phrase: Phrase, guide: Guide) -> str:
    """Return a phrase of the library, such as the advice of an error, with the page's names for ids and values.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> in_words(("raise ", Named("value", "every_days_min"), " of ", Named("point", "gmed_2")), load_guide())
    'raise days of rest, at least of Gluteus medius, mid-crest'
    """
    return worded(phrase, lambda named: label_of(named, guide))


def refusal_in_words(error: SelfcareError, guide: Guide) -> str:
    """Return the sentence of an error, with the page's names for ids and values."""
    return error.sentence(lambda named: label_of(named, guide))


def capitalised(sentence: str) -> str:
    """Return a sentence beginning with a capital, unless it begins with the name of a file.

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
    """Return which steps are on a side on which nothing hurts, by number, without a full stop; empty for none."""
    numbers = {(step.point, side): i for i, step in enumerate(steps, start=1) for side in sides_touched(step.side)}
    text = describe_conflicts(conflicts, name_of=lambda each: f"step {numbers[each.point, each.side]}")
    return text[:1].upper() + text[1:]


def asks_in_words(items: Iterable[Finding | Alert]) -> str:
    """Return what findings and alerts ask for, each sentence once."""
    sentences = (
        item.text if isinstance(item, Alert) else f"{item.id} ({item.label}): {item.message}" for item in items
    )
    return " ".join(dict.fromkeys(sentences))


def name_of_concern(item: Finding | Alert, guide: Guide) -> str:
    """Return what a finding or an alert is about, in a few words."""
    records = guide.records
    if isinstance(item, Finding):
        rule = records.rules.get(item.id)
        return (rule.short_label if rule else "") or item.label
    return (records.sensations if item.id in records.sensations else records.nerves)[item.id].label


def answer_changes_in_words(before: Iterable[Step], after: Routine) -> str:
    """Return what the safety answers changed in the steps of a routine, and why; empty when nothing."""
    new = {step.key: step for step in after.steps}
    old = {step.key: step for step in before}
    names: dict[str, list[str]] = {}
    for key, step in old.items():
        if key not in new:
            change = f"Taken out of the routine because of {_reason(step, after)}"
        elif new[key] != step:
            change = f"Changed to {_differences(step, new[key], after.guide)}"
        else:
            continue
        names.setdefault(change, []).append(_name(step, after))
    back = [_name(step, after) for key, step in new.items() if key not in old]
    if back:
        names["Back in the routine"] = back
    return " ".join(f"{change}: {'; '.join(changed)}." for change, changed in names.items())


def _name(step: Step, routine: Routine) -> str:
    return f"{routine.guide.point(step.point).label} ({step.side})"


def _reason(step: Step, routine: Routine) -> str:
    objection = routine.verdict(step).objection
    if objection is None:
        return "the safety answers"
    # A rule that forbids a whole area is reason enough; another objection is given in words.
    return objection.rule or in_words(objection.problem, routine.guide)


def _differences(old: Step, new: Step, guide: Guide) -> str:
    names = ("tool", "mode", "position", "pressure", "seconds")
    changed = [name for name in names if getattr(old, name) != getattr(new, name)]
    return ", ".join(f"{name} {_value(name, getattr(new, name), guide)}" for name in changed)


def _value(name: str, value: object, guide: Guide) -> str:
    return label_of(Named(name, str(value)), guide) if name in TABLES else str(value)
