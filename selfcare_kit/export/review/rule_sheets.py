"""The sheets of rules, methods and texts: each row in words, a rule with a worked example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from selfcare_kit.export.review.examples import example_of_nerve, example_of_place, example_of_question
from selfcare_kit.export.review.risk import Risk, risk_of_rule
from selfcare_kit.export.review.sheets import Entry, Sheet, entry
from selfcare_kit.export.review.sources import Cited, cited
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.records import Rule
from selfcare_kit.review.items import METHODS, STANDING, items_of

SAFETY = ("safety", "Safety rules")
METHOD = ("method", "Method and every page")
MAX_AREAS = 8
NO_SOURCE = Cited("", "")
SHORT = ".short."


def safety_sheets(guide: Guide) -> Iterator[Sheet]:
    """Yield the sheets of red flags, of cautions, of nerves and of feelings."""
    rules = guide.records.rules.values()
    red = [_rule_entry(rule, guide) for rule in rules if rule.is_red_flag]
    asked = [_rule_entry(rule, guide) for rule in rules if not rule.is_red_flag and rule.is_asked]
    place = [_rule_entry(rule, guide) for rule in rules if not rule.is_red_flag and not rule.is_asked]
    first = "the most serious and least certain first"
    for slug, title, entries in (
        ("red_flags", "Red flags", red),
        ("cautions", "Cautions that are asked", asked),
        ("places", "Cautions of the place", place),
    ):
        if entries:
            yield Sheet(*SAFETY, slug, title, f"{len(entries)} rules, {first}", entries=_riskiest_first(entries))
    said = "What the planner tells a clinician before any point"
    nerves = tuple(_nerve_entry(row, guide) for row in guide.typed_rows("nerves"))
    if nerves:
        yield Sheet(*SAFETY, "nerves", "Nerves", said, entries=nerves)
    feelings = tuple(_sensation_entry(row, guide) for row in guide.typed_rows("sensations"))
    yield Sheet(*SAFETY, "feelings", "Feelings", said, entries=feelings)


def method_sheets(guide: Guide) -> Iterator[Sheet]:
    """Yield the sheets of limits and orders, of techniques, tools and positions, and of what every page says."""
    items, part = items_of(guide), METHOD[0]
    dose = "; ".join(f"{name.replace('_', ' ')} **{value}**" for name, value in guide.settings.get("dose", {}).items())
    high, some = Risk(6.0, ("holds for every point",)), Risk(3.0)
    right = "Right as it stands"
    limits = [entry(items["guide/dose"], "Limits of the dose", [("text", dose)], NO_SOURCE, right, part, high)]
    for path in guide.settings.get("paths", ()):
        lines = [("text", _path_words(path, guide))]
        item = items[f"guide/path/{path['id']}"]
        limits.append(entry(item, path["title"], lines, NO_SOURCE, "This order is right", part, some))
    if "template" in guide.settings:
        template = guide.settings["template"]
        steps = (guide.point(step["point"]).label for step in template["steps"])
        lines = [("text", "; ".join(f"{number} {label}" for number, label in enumerate(steps, start=1)))]
        title = f"The guide's own sequence: {template['title']}"
        limits.append(entry(items["guide/template"], title, lines, NO_SOURCE, "This sequence is right", part, some))
    yield Sheet(*METHOD, "limits", "Limits and orders", "They hold for every page", entries=tuple(limits))
    methods = tuple(_method_entry(table, row, guide) for table in METHODS for row in guide.typed_rows(table))
    yield Sheet(*METHOD, "methods", "Techniques, tools, positions", "What is used, and how", entries=methods)
    pages = tuple(_page_entry(name, guide) for name in STANDING)
    yield Sheet(*METHOD, "pages", "On every page", "What every client reads", entries=pages)


def _riskiest_first(entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda each: -each.box.risk))


def _rule_entry(rule: Rule, guide: Guide) -> Entry:
    table = "red_flags" if rule.is_red_flag else "cautions"
    (row,) = (row for row in guide.typed_rows(table) if row["id"] == rule.id)
    example = example_of_question(rule, guide) if rule.is_asked and not rule.all_of else example_of_place(rule, guide)
    client = guide.texts(guide.language).get(f"caution.{rule.id}", "")
    limits = [each.message for each in guide.records.limits if each.rule == rule.id]
    lines = [
        ("ask", f"Asked: “{rule.question}” {rule.more}" if rule.is_asked else "Not asked."),
        ("small", f"Meant: {row['clinical']}" if row.get("clinical") else ""),
        ("text", _what_it_does(rule, guide)),
        ("text", f"To the clinician: {rule.message}"),
        ("text", f"Besides: {' '.join(limits)}" if limits else ""),
        ("client", f"On the page: {client}" if client else ""),
        ("example", f"**Example.** {example.page} {example.answered}"),
    ]
    where = cited(guide, row["source"], row["basis"])
    ask = "Question, action and areas are right" if rule.is_asked else "Limit and areas are right"
    risk = risk_of_rule(rule, row["basis"])
    return entry(items_of(guide)[f"rule/{rule.id}"], f"{rule.id} {rule.label}", lines, where, ask, SAFETY[0], risk)


def _what_it_does(rule: Rule, guide: Guide) -> str:
    records = guide.records
    does = [f"**{rule.action}**", f"for {_area_words(rule.areas, guide)}"]
    if rule.all_of:
        does.append(f"if {' and '.join(rule.all_of)} are answered yes")
    if rule.also_in:
        does.append(f"also in {_area_words(rule.also_in, guide)}")
    if rule.blocks_area or rule.is_red_flag:
        does.append("these areas are left out")
    if rule.blocks_tools:
        does.append(f"not with {', '.join(records.tools[id].label.lower() for id in rule.blocks_tools)}")
    if rule.blocks_positions:
        does.append(f"not {', '.join(records.positions[id].label.lower() for id in rule.blocks_positions)}")
    if rule.max_pressure is not None:
        does.append(f"at most {rule.max_pressure} of 10")
    if rule.max_seconds is not None:
        does.append(f"at most {rule.max_seconds} s")
    if not rule.has_fixed_areas:
        does.append("asks where" if rule.where == "required" else "may ask where")
    return f"{'; '.join(does)}."


def _area_words(areas: Iterable[str], guide: Guide) -> str:
    """Return areas in words; many of them by the groups that they fill, so that a reader sees what is meant."""
    chosen = list(areas)
    if chosen == ["all"]:
        return "all areas"
    if not chosen:
        return "the area that is named"
    known = guide.records.areas
    if len(chosen) <= MAX_AREAS:
        return "; ".join(known[id].label.lower() for id in chosen if id in known) or ", ".join(chosen)
    words = []
    for group in dict.fromkeys(area.group for area in known.values()):
        inside = [id for id, area in known.items() if area.group == group]
        here = [id for id in inside if id in chosen]
        if len(here) == len(inside):
            words.append(f"all of {group.lower()}")
        elif len(here) > len(inside) / 2:
            missing = "; ".join(known[id].label.lower() for id in inside if id not in chosen)
            words.append(f"{group.lower()} but for {missing}")
        elif here:
            words.append("; ".join(known[id].label.lower() for id in here))
    return "; ".join(words)


def _nerve_entry(row: dict[str, Any], guide: Guide) -> Entry:
    nerve = guide.records.nerves[row["id"]]
    example = example_of_nerve(nerve, guide)
    felt = " or ".join(guide.records.sensations[id].label.lower() for id in nerve.sensations) or "pain"
    asks = f"Asks {', '.join(nerve.asks)}." if nerve.asks else ""
    lines = [
        ("text", f"Felt as {felt}{', both sides' if nerve.both_sides else ''} in {_area_words(nerve.areas, guide)}."),
        ("text", f"**{nerve.action}** Think of: {nerve.think_of}. {row.get('separates', '')}"),
        ("text", f"Next: {nerve.next} {asks}"),
        ("example", f"**Example.** {example.page} {example.answered}"),
    ]
    where, title = cited(guide, row["source"], row["basis"]), f"{row['id']} {row['label']}"
    item = items_of(guide)[f"nerve/{row['id']}"]
    return entry(item, title, lines, where, "Right as it stands", SAFETY[0], Risk(4.0))


def _sensation_entry(row: dict[str, Any], guide: Guide) -> Entry:
    both = f" On both sides: **{row['alert_both_sides_action']}**." if row["alert_both_sides_action"] else ""
    alert = f"**{row['alert_action']}** {row['alert_message']}{both}" if row["alert_action"] else f"No alert.{both}"
    implies = f"Counts as {', '.join(row['implies'])}." if row["implies"] else ""
    lines = [("client", f"The client reads: {row['client']}"), ("text", alert), ("text", implies)]
    where = cited(guide, row["source"], row["basis"])
    item = items_of(guide)[f"sensation/{row['id']}"]
    return entry(item, row["label"], lines, where, "Right as it stands", SAFETY[0], Risk(3.0))


def _path_words(path: dict[str, Any], guide: Guide) -> str:
    first, then = ("; ".join(guide.point(id).label for id in path.get(name, ())) for name in ("first", "then"))
    felt = ", ".join(guide.records.sensations[id].label.lower() for id in path["sensations"])
    return f"Felt as {felt} in {_area_words(path['areas'], guide)}: first {first}; then {then}."


def _method_entry(table: str, row: dict[str, Any], guide: Guide) -> Entry:
    kind, records = METHODS[table], guide.records
    about = row.get("posture") or ("firm" if row.get("firm") else "")
    if table == "techniques":
        tools = ", ".join(records.tools[id].label.lower() for id in row["tools"])
        about = f"{row['mode']}; {tools}; {', '.join(records.positions[id].label.lower() for id in row['positions'])}"
    text = guide.texts(guide.language).get(f"{kind}.{row['id']}", "")
    where, item = cited(guide, row["source"], row["basis"]), items_of(guide)[f"{kind}/{row['id']}"]
    lines = [("small", about), ("client", text)]
    return entry(item, f"{kind.capitalize()}: {row['label']}", lines, where, "Safe and clear", METHOD[0], Risk(2.0))


def _page_entry(name: str, guide: Guide) -> Entry:
    item = items_of(guide)[f"page/{name}"]
    # A short text says the same with less room.
    texts = (("client", text.replace("**", "")) for key, text in item.content.items() if SHORT not in key)
    ask = "True, enough, and no more than a client can read"
    return entry(item, item.title, texts, NO_SOURCE, ask, METHOD[0], Risk(5.0))
