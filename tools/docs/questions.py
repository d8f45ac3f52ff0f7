"""The safety questions of the built-in guide as a page: what is asked, and what a yes does."""

from __future__ import annotations

from collections.abc import Iterable

import selfcare_kit as kit
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Rule

INTRODUCTION = """\
# The safety questions

All {count} questions of the built-in guide, made from its tables `red_flags.csv` and `cautions.csv`, where each has its
sources. [Safety](safety.md) says what a red flag and a caution do, and which questions come first.
**No clinician has reviewed them yet.** A number such as "at most 3 of 10" is mostly the kit's own estimate.
"""
HEADINGS = {
    "emergency": (
        "Red flags: emergency",
        "A yes: no page. Call the emergency number, or send the client to an emergency department now.",
    ),
    "urgent": ("Red flags: urgent", "A yes: nothing goes to the client. A doctor has to see the client today."),
    "refer": (
        "Somebody looks first",
        "A yes: no page before a clinician has written down what was ruled out, with initials.",
    ),
}
CAUTIONS = (
    "Cautions",
    "A yes: the page can be printed, with less pressure or time, another tool or position, or without some places.",
)
PLACES = (
    "What holds for everybody",
    "Never asked: it follows from what lies at a place, or from what the client feels.",
)


def questions_page() -> str:
    """Return the whole page."""
    guide = kit.load_guide()
    rules = guide.records.rules.values()
    asked = [rule for rule in rules if rule.is_asked]
    parts = [INTRODUCTION.format(count=len(asked))]
    for action, (title, text) in HEADINGS.items():
        those = [rule for rule in rules if rule.action == action]
        parts.append(_section(title, text, those, guide))
    cautions = [rule for rule in rules if rule.action not in HEADINGS]
    parts.append(_section(*CAUTIONS, [rule for rule in cautions if rule.is_asked], guide))
    parts.append(_section(*PLACES, [rule for rule in cautions if not rule.is_asked], guide))
    return "\n".join(parts)


def _section(title: str, text: str, rules: Iterable[Rule], guide: Guide) -> str:
    rows = [f"| {rule.id} {rule.short_label or rule.label} | {_asked(rule)} | {_does(rule, guide)} |" for rule in rules]
    head = ["| what it may be | what is asked | what it does |", "|---|---|---|"]
    return "\n".join([f"## {title}", "", text, "", *head, *(row.replace("\n", " ") for row in rows), ""])


def _asked(rule: Rule) -> str:
    if rule.all_of:
        return f"Not asked: it is {' and '.join(rule.all_of)} together."
    if not rule.is_asked:
        return "Not asked."
    return " ".join(filter(None, (f"**{rule.question}**", rule.more)))


def _does(rule: Rule, guide: Guide) -> str:
    parts = [rule.message, f"*Where:* {_where(rule, guide)}."]
    return " ".join(filter(None, parts))


def _where(rule: Rule, guide: Guide) -> str:
    if rule.where == "required":
        return "the areas that the answer names"
    if rule.is_everywhere:
        return "everywhere"
    areas = guide.areas[["label", "group"]]
    labels = []
    for group, rows in areas.groupby("group", sort=False):
        inside = [area for area in rows.index if area in rule.areas]
        if len(inside) == len(rows):
            labels.append(group.lower())
        else:
            labels += [areas.loc[area, "label"].lower() for area in inside]
    return "; ".join(labels)
