"""What a page says besides its steps: rules, cautions, when to get help, and where all of it comes from.

Plain text throughout; escaping is the template's work.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.clinic.profile import Clinic
from selfcare_kit.export.handout.client_texts import Texts, client_texts, texts_for
from selfcare_kit.export.handout.page import numbered
from selfcare_kit.export.handout.wording import how_often
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.languages import fill
from selfcare_kit.guide.records import Source
from selfcare_kit.plan.plan import Plan
from selfcare_kit.safety.cautions import cautions_for
from selfcare_kit.safety.findings import Finding


class Care(NamedTuple):
    """A sentence of care, and the numbers of the steps it belongs to; none for all of them."""

    text: str
    steps: tuple[int, ...]


class Called(NamedTuple):
    """A text with a telephone number in it, parted there."""

    before: str
    number: str = ""
    after: str = ""

    def __str__(self) -> str:
        return "".join(self)


class Help(NamedTuple):
    """One of the boxes that say when to stop and whom to call."""

    name: str
    title: Called
    lead: Called
    items: tuple[str, ...]


def rules_of(routine: Plan, language: str, *, is_short: bool = False) -> tuple[str, ...]:
    """Return the guide's general rules, with the rest its steps ask for.

    Parameters
    ----------
    routine : Plan
        With at least one step.
    language : str
        Such as `"en"`.
    is_short : bool, default=False
        The short ones, which leave the dose to lines of its own, where the language has them.

    Returns
    -------
    tuple of str
        One sentence or two each; what counts most in a short one stands between two asterisks.
    """
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
    """Return the shortest and the longest rest that a routine's steps ask for, in days."""
    return (
        min(step.every_days_min for step in routine.steps),
        max(step.every_days_max for step in routine.steps),
    )


def care_of(routine: Plan, language: str, *, is_short: bool = False) -> list[Care]:
    """Return what to take care of: first what the client answered, then what the points ask for.

    Parameters
    ----------
    routine : Plan
        With at least one step.
    language : str
        Such as `"en"`.
    is_short : bool, default=False
        The short sentences, where the language has them.

    Returns
    -------
    list of Care
        No sentence twice, and none that is a general rule anyway; what goes for all steps first.
    """
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
    every = len(routine.steps)
    found = [
        Care(text, () if text in answered and len(steps) == every else tuple(sorted(steps)))
        for text, steps in steps_of.items()
    ]
    return sorted(found, key=lambda each: bool(each.steps))


def _steps_for(finding: Finding, routine: Plan) -> tuple[int, ...]:
    """Return the numbers of the steps that a finding's text goes with.

    What is to be left out is told with all of them; how to press somewhere only where a step does it.
    """
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
    """Return when to stop and whom to call.

    Parameters
    ----------
    texts : Texts
        Of a language.
    clinic : Clinic
        Whose numbers are printed.
    is_long : bool, default=False
        Whole sentences. Otherwise a sign a line under what is to be done, where the language has the words.

    Returns
    -------
    tuple of Help
        What is most urgent first.
    """
    people = people_of(texts, clinic)
    numbers = {"emergency": people["number"], "today": clinic.urgent_number, "stop": clinic.phone}
    is_short = not is_long and "handout.emergency.action" in texts
    found = []
    for name, number in numbers.items():
        prefix = f"handout.{name}"
        items = numbered(texts, f"{prefix}.short" if is_short else prefix)
        if not items:
            continue
        called = "_number" if name != "emergency" and number else ""
        if is_short:
            title, lead = texts[f"{prefix}.action{called}"], texts[f"{prefix}.action_text"]
        else:
            usual = texts.get(f"{prefix}.text", "")
            title, lead = texts[f"{prefix}.title"], texts.get(f"{prefix}.text{called}") or usual
        filled = tuple(fill(item, people) for item in items)
        # The clinic's own number stands for `number` where the text is about the clinic.
        own = {**people, "number": number} if name == "stop" else people
        found.append(Help(name, _called(fill(title, own), number), _called(fill(lead, own), number), filled))
    return tuple(found)


def _called(text: str, number: str) -> Called:
    return Called(*text.partition(number)) if number else Called(text)


def people_of(texts: Texts, clinic: Clinic) -> dict[str, Any]:
    """Return whom to call, for the fields of the texts.

    Parameters
    ----------
    texts : Texts
        Of a language.
    clinic : Clinic
        Whose numbers are printed; where it has none, words stand for them.

    Returns
    -------
    dict of str to str
        `number` for emergencies, `urgent` for the same day, `call` for questions.
    """
    call = (
        fill(texts["handout.call.number"], {"number": clinic.phone}) if clinic.phone else texts["handout.call.default"]
    )
    number = clinic.emergency_number or texts["handout.emergency.default_number"]
    return {"number": number, "urgent": clinic.urgent_number, "call": call}


def sources_of(routine: Plan, language: str) -> str:
    """Return the sources that the routine's points come from, besides the guide itself and pages of the web.

    Parameters
    ----------
    routine : Plan
        With at least one step.
    language : str
        Such as `"en"`.

    Returns
    -------
    str
        Each once, with "; " between, own estimates last. Web pages stay in the guide's tables where
        there is anything that a clinician would cite.
    """
    guide = routine.guide
    points, sources = guide.point_values, guide.records.sources
    keys = (key for step in routine.steps for key in points[step.point].sources)
    cited = [sources[key] for key in dict.fromkeys(keys) if key in sources]
    named = [each.short or each.citation for each in cited if is_citable(each) and each.kind not in ("guide", "own")]
    own = [client_texts(guide, language)["handout.sources.own"]] if any(each.kind == "own" for each in cited) else []
    return "; ".join(dict.fromkeys([*named, *own]))


def is_citable(source: Source) -> bool:
    """Return whether a clinician would cite a source; a web page stays in the table, for who reviews the guide."""
    return source.kind != "web"
