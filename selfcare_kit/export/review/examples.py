"""One worked example for each rule, made by the kit itself: what a yes changes on a page."""

from __future__ import annotations

from typing import NamedTuple

from selfcare_kit.errors import ReferralRequired, SelfcareError
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.point import Point
from selfcare_kit.guide.records import Nerve, Rule
from selfcare_kit.model.step import Step
from selfcare_kit.plan.plan import Plan
from selfcare_kit.safety.alerts import find_alerts
from selfcare_kit.safety.screening import screen

MAX_POINTS = 4
MAX_NAMED = 6
# What of a step is compared, and what it is called.
COMPARED = ("tool", "position", "pressure", "mode", "seconds")


class Example(NamedTuple):
    """A page before, and what becomes of it."""

    page: str
    answered: str


def example_of_question(rule: Rule, guide: Guide) -> Example:
    """Return what a yes to the question of a rule does to a page with points of its areas."""
    before = _page(rule, guide)
    labels = "; ".join(guide.point(step.point).label for step in before.steps)
    area = guide.point(before.steps[-1].point).area
    where = {rule.id: [area]} if rule.where == "required" else {}
    answered = f"Answered yes{f', of {guide.records.areas[area].label.lower()}' if where else ''}"
    screening = screen(yes=[rule.id], where=where, guide=guide)
    after = before.adapted_to(screening)
    changes = _changes(before, after, guide) or ["no step of this page changes"]
    return Example(f"A left-side page holds: {labels}.", f"{answered}: {'; '.join(changes)}. {_outcome(after)}")


def example_of_place(rule: Rule, guide: Guide) -> Example:
    """Return what a rule that holds in everybody does, and at which points."""
    points = [point.label for point in guide.point_values.values() if rule.id in point.cautions]
    more = f" and {len(points) - MAX_NAMED} more" if len(points) > MAX_NAMED else ""
    at = f"at {len(points)} point{'s' if len(points) != 1 else ''}: {'; '.join(points[:MAX_NAMED])}{more}"
    limits = []
    if rule.blocks_area:
        limits.append("nothing there may be pressed")
    if rule.max_pressure is not None:
        limits.append(f"at most {rule.max_pressure} of 10 there")
    if rule.blocks_tools:
        limits.append(f"not with {', '.join(guide.records.tools[tool].label.lower() for tool in rule.blocks_tools)}")
    if not limits and any(each.rule == rule.id for each in guide.records.limits):
        limits.append("what stands above under besides")
    said = f" It means: {'; '.join(limits)}." if limits else " It is a warning to the clinician and limits nothing."
    return Example(f"It holds {at}." if points else "It holds at no point of this guide.", f"Nobody is asked.{said}")


def example_of_nerve(nerve: Nerve, guide: Guide) -> Example:
    """Return which alerts the planner shows for somebody with what a nerve is about."""
    areas = [*nerve.areas[:1], *nerve.with_one_of[:1], *nerve.also_one_of[:1]]
    felt, pain = nerve.sensations[:1] or ("ache",), nerve.pain_min
    paired = {area: guide.records.areas[area].paired for area in areas}
    side = "both" if nerve.both_sides else "left"
    details = {area: {"side": side if paired[area] else "midline", "sensations": felt, "pain": pain} for area in areas}
    labels = "; ".join(guide.records.areas[area].label.lower() for area in areas)
    said = f"{', '.join(guide.records.sensations[id].label.lower() for id in felt)} in {labels} ({side})"
    alerts = find_alerts(guide.complaint(details), guide)
    told = "; ".join(f"{alert.id} ({alert.action})" for alert in alerts) or "nothing"
    return Example(f"Felt: {said}{f', pain {pain}' if pain else ''}.", f"The planner says: {told}.")


def _page(rule: Rule, guide: Guide) -> Plan:
    """Return a page of some points, in the areas of a rule and one elsewhere, as the guide proposes them."""
    page = Plan(title="Example", guide=guide, screening=screen(guide=guide))
    for point in _points(rule, guide):
        try:
            page = page.add(point.id, side="left")
        except SelfcareError:
            continue
    return _in_blocked_position(page, rule)


def _in_blocked_position(page: Plan, rule: Rule) -> Plan:
    """Return a page with a step in a position that a rule forbids, if one can be, so that its example shows that."""
    for step in page.steps:
        for position in rule.blocks_positions:
            try:
                return page.change(step.point, position=position)
            except SelfcareError:
                continue
    return page


def _points(rule: Rule, guide: Guide) -> list[Point]:
    pressed = [point for point in guide.point_values.values() if not point.show_only]
    areas = {*rule.areas, *rule.also_in}
    inside = [point for point in pressed if rule.is_everywhere or not areas or point.area in areas]
    # One of each muscle, so that a reader sees how far the rule reaches.
    one_each = list({point.muscle_id: point for point in reversed(inside)}.values())[::-1]
    outside = [point for point in pressed if areas and not rule.is_everywhere and point.area not in areas][:1]
    return [*one_each[: MAX_POINTS - 1], *(outside or one_each[MAX_POINTS - 1 : MAX_POINTS])]


def _changes(before: Plan, after: Plan, guide: Guide) -> list[str]:
    kept = {step.point: step for step in after.steps}
    if not kept:
        return ["**all steps** are taken out"]
    found = []
    for step in before.steps:
        label = guide.point(step.point).label
        if step.point not in kept:
            found.append(f"**{label}** is taken out")
        elif changed := _differences(step, kept[step.point], guide):
            found.append(f"**{label}**: {', '.join(changed)}")
    return found


def _differences(old: Step, new: Step, guide: Guide) -> list[str]:
    tables = {"tool": guide.records.tools, "position": guide.records.positions}
    found = []
    for name in COMPARED:
        values = [getattr(old, name), getattr(new, name)]
        if values[0] != values[1]:
            shown = [tables[name][value].label.lower() if name in tables else str(value) for value in values]
            found.append(f"{name} {shown[0]} → **{shown[1]}**")
    return found


def _outcome(page: Plan) -> str:
    if not page.steps:
        return "No step is left, so there is no page."
    try:
        page.require_clearance()
    except ReferralRequired as error:
        return f"No page is made: {str(error).partition(', got')[0].rstrip('.')}."
    except SelfcareError as error:
        return f"No page is made: {error}"
    return "The page is made."
