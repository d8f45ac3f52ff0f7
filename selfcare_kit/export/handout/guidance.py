"""The texts of a page besides its steps: rules, cautions, help boxes and sources.

Plain text throughout; the template escapes it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.clinics.profile import Clinic
from selfcare_kit.export.handout.client_texts import Texts, client_texts, texts_for
from selfcare_kit.export.handout.page import numbered
from selfcare_kit.export.handout.wording import how_often
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.languages import fill
from selfcare_kit.guide.records import Source
from selfcare_kit.plan.plan import Plan
from selfcare_kit.review.notice import review_of
from selfcare_kit.safety.cautions import cautions_for
from selfcare_kit.safety.findings import Finding


class Care(NamedTuple):
    """A caution in a sentence, and the numbers of its steps; empty when it is for all of them."""

    text: str
    steps: tuple[int, ...]


class CallText(NamedTuple):
    """A text with a telephone number in it, in three parts."""

    before: str
    number: str = ""
    after: str = ""

    def __str__(self) -> str:
        return "".join(self)


class Help(NamedTuple):
    """One of the boxes about when to stop and whom to call."""

    name: str
    title: CallText
    lead: CallText
    items: tuple[str, ...]


def rules_of(routine: Plan, language: str, *, is_short: bool = False) -> tuple[str, ...]:
    """Return the guide's general rules with the rest of the routine's steps; `**` on either side marks bold words."""
    low, high = rest_of(routine)
    guide, texts = routine.guide, texts_for(routine, language)
    kept = texts.kept.setdefault("rules", {})
    if (low, high, is_short) not in kept:
        values = {"max_seconds": guide.dose.max_area_seconds, "often": how_often(low, high, texts)}
        short = numbered(texts, "handout.rule.short") if is_short else ()
        rules = short or numbered(texts, "handout.before_you_start")
        kept[low, high, is_short] = tuple(fill(rule, values) for rule in rules)
    return kept[low, high, is_short]


def rest_of(routine: Plan) -> tuple[int, int]:
    """Return the shortest and the longest rest of a routine's steps, in days."""
    return (
        min(step.every_days_min for step in routine.steps),
        max(step.every_days_max for step in routine.steps),
    )


def review_line(routine: Plan, language: str) -> str:
    """Return the line that says which of a routine's points clinicians have reviewed."""
    return review_of((step.point for step in routine.steps), guide=routine.guide).text(language)


def care_of(routine: Plan, language: str, *, is_short: bool = False) -> list[Care]:
    """Return the cautions of findings and points, those for all steps first; none twice, and no general rule."""
    texts, rules = texts_for(routine, language), rules_of(routine, language)
    end = ".short" if is_short else ""
    answered: dict[str, set[int]] = {}
    for finding in routine.screening.findings if routine.screening else ():
        steps = _steps_for(finding, routine)
        if steps:
            answered.setdefault(_finding_text(finding, routine.guide, texts, end), set()).update(steps)
    steps_of = {text: set(steps) for text, steps in answered.items()}
    points, cautions = routine.guide.point_values, routine.guide.records.cautions
    for number, step in enumerate(routine.steps, start=1):
        for id in cautions_for(points[step.point], routine.guide, routine.screening):
            text = texts[f"caution.{id}"] if id in cautions else ""
            if text and text not in rules:
                steps_of.setdefault(texts.get(f"caution.{id}{end}") or text, set()).add(number)
    cautions_of_steps = [
        Care(text, () if text in answered and len(steps) == len(routine.steps) else tuple(sorted(steps)))
        for text, steps in steps_of.items()
    ]
    return sorted(cautions_of_steps, key=lambda care: bool(care.steps))


def _steps_for(finding: Finding, routine: Plan) -> tuple[int, ...]:
    """Return the numbers of the steps that a finding's text belongs to: all of them where it blocks areas."""
    numbered_steps = tuple(enumerate(routine.steps, start=1))
    if finding.blocked_areas:
        return tuple(number for number, _ in numbered_steps)
    points = routine.guide.point_values
    return tuple(
        number
        for number, step in numbered_steps
        if step.point in finding.points or not finding.applies_to.isdisjoint(points[step.point].areas_worked(step.mode))
    )


def _finding_text(finding: Finding, guide: Guide, texts: Texts, end: str) -> str:
    if finding.id in guide.records.cautions:
        return texts.get(f"caution.{finding.id}{end}") or texts[f"caution.{finding.id}"]
    return texts.get(f"flag.{finding.id}{end}") or texts.get(f"flag.{finding.id}") or texts["handout.looked_at"]


def help_of(texts: Texts, clinic: Clinic, *, is_long: bool = False) -> tuple[Help, ...]:
    """Return the help boxes, the most urgent first, with short items where there are some and not `is_long`."""
    people = people_of(texts, clinic)
    # In the order of the page, each box with the telephone number it names.
    number_of_box = {"emergency": people["number"], "today": clinic.urgent_number, "stop": clinic.phone}
    is_short = not is_long and "handout.emergency.action" in texts
    boxes = []
    for name, number in number_of_box.items():
        prefix = f"handout.{name}"
        items = (numbered(texts, f"{prefix}.short") if is_short else ()) or numbered(texts, prefix)
        if not items:
            continue
        with_number = "_number" if name != "emergency" and number else ""
        if is_short:
            title, lead = texts[f"{prefix}.action{with_number}"], texts[f"{prefix}.action_text"]
        else:
            usual = texts.get(f"{prefix}.text", "")
            title, lead = texts[f"{prefix}.title"], texts.get(f"{prefix}.text{with_number}") or usual
        filled = tuple(fill(item, people) for item in items)
        # In a text about the clinic `number` is the clinic's own.
        values = {**people, "number": number} if name == "stop" else people
        boxes.append(
            Help(name, _call_text(fill(title, values), number), _call_text(fill(lead, values), number), filled)
        )
    return tuple(boxes)


def _call_text(text: str, number: str) -> CallText:
    return CallText(*text.partition(number)) if number else CallText(text)


def people_of(texts: Texts, clinic: Clinic) -> dict[str, Any]:
    """Return whom to call, by fields of the texts: `number` in an emergency, `urgent` today, `call` with questions."""
    call = (
        fill(texts["handout.call.number"], {"number": clinic.phone}) if clinic.phone else texts["handout.call.default"]
    )
    number = clinic.emergency_number or texts["handout.emergency.default_number"]
    return {"number": number, "urgent": clinic.urgent_number, "call": call}


def sources_of(routine: Plan, language: str) -> str:
    """Return the citable sources of a routine's points, besides the guide itself, own estimates last."""
    guide = routine.guide
    points, sources = guide.point_values, guide.records.sources
    keys = (key for step in routine.steps for key in points[step.point].sources)
    cited = [sources[key] for key in dict.fromkeys(keys) if key in sources]
    labels = [
        source.short or source.citation
        for source in cited
        if is_citable(source) and source.kind not in ("guide", "own")
    ]
    own = (
        [client_texts(guide, language)["handout.sources.own"]] if any(source.kind == "own" for source in cited) else []
    )
    return "; ".join(dict.fromkeys([*labels, *own]))


def is_citable(source: Source) -> bool:
    """Return whether a clinician would cite a source; a web page stays in the table, for those who review the guide."""
    return source.kind != "web"
