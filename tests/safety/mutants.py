"""Guides and code with one rule taken away or weakened."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide

ACTIONS = ("", "caution", "refer", "urgent", "emergency")
ORACLE = Path(__file__).with_name("oracle.py")
PROMISES = Path(__file__).with_name("promises.py")


class Weaker(NamedTuple):
    """A guide's table with one thing weaker in it, or the guide without a text; `id` is the rule."""

    id: str
    what: str
    table: str = ""
    rows: tuple = ()
    text: str = ""


def weaker_guides(guide):
    """Every way in which a row that keeps somebody safe can be weakened, one at a time."""
    for table, ways in WAYS.items():
        rows = guide.table(table)
        for index, row in enumerate(rows):
            yield Weaker(row["id"], "deleted", table, rows[:index] + rows[index + 1 :])
            for what, changes in ways(row, guide):
                yield Weaker(row["id"], what, table, (*rows[:index], {**row, **changes}, *rows[index + 1 :]))
    for row in guide.table("cautions"):
        yield Weaker(row["id"], "says nothing to the client", text=f"caution.{row['id']}")


def weakened(guide, weaker):
    """The same guide with another table, or without a text, in memory."""
    changed = Guide(guide.folder)
    changed._tables = {name: guide.table(name) for name in guide.rows_by_id} | guide._tables
    changed._texts = copy.copy(guide._texts)
    if weaker.table:
        changed._tables[weaker.table] = tuple(weaker.rows)
    else:
        own = guide._texts.own(guide.language)
        changed._texts._own = {guide.language: {key: text for key, text in own.items() if key != weaker.text}}
        changed._texts._texts = {}
    return changed


def _shorter(row, column, guide):
    """A list without one of its ids, and without all of them."""
    cell = row[column]
    ids = list(guide.area_ids) if cell == "all" else [part for part in cell.split(";") if part]
    for id in ids if len(ids) < 30 else ids[:: len(ids) // 6]:
        yield f"{column} without {id}", {column: ";".join(each for each in ids if each != id)}
    if ids:
        yield f"{column} emptied", {column: ""}


def _without_one(row, column):
    """A list of several without one of its ids."""
    ids = [part for part in row[column].split(";") if part]
    for id in ids if len(ids) > 1 else ():
        yield f"{column} without {id}", {column: ";".join(each for each in ids if each != id)}


def _asked_less(row, guide):
    """A question that fewer complaints make relevant, or that no longer comes first."""
    if row["core"] == "yes":
        yield "not asked first", {"core": "no"}
        return
    for column in ("ask_areas", "ask_sensations", "ask_after"):
        if row[column] == "all":
            yield f"{column} of a few", {column: "foot_top;heel"}
        else:
            yield from _without_one(row, column)


def _milder(row, column, lowest="caution"):
    """The same row with each action below its own."""
    for action in ACTIONS[ACTIONS.index(lowest) : ACTIONS.index(row[column])]:
        yield f"{column} only {action or 'nothing'}", {column: action}


def _red_flag(row, guide):
    yield from _milder(row, "action", "refer")
    yield from _shorter(row, "areas", guide)
    yield from _shorter(row, "blocks_tools", guide)
    yield from _loosened(row)
    yield from _asked_less(row, guide)
    yield from _shorter(row, "all_of", guide)
    yield "says nothing", {"message": ""}


def _loosened(row):
    if row["where"] == "required":
        yield "where may be left out", {"where": "optional"}
        yield "where not asked", {"where": "no"}
    # What speaks of all areas cannot be narrowed, whatever stands there.
    if row["where"] == "no" and row["areas"] != "all":
        yield "may be narrowed", {"where": "optional"}


def _caution(row, guide):
    yield from _milder(row, "action")
    yield from _shorter(row, "areas", guide)
    yield from _shorter(row, "also_in", guide)
    yield from _shorter(row, "blocks_tools", guide)
    yield from _shorter(row, "blocks_positions", guide)
    yield from _loosened(row)
    if row["blocks_area"] == "yes" and row["action"] != "refer":
        yield "blocks no area", {"blocks_area": "no"}
    if row["max_pressure"]:
        yield "more pressure", {"max_pressure": str(int(row["max_pressure"]) + 1)}
        yield "any pressure", {"max_pressure": ""}
    if row["max_seconds"]:
        yield "longer", {"max_seconds": str(int(row["max_seconds"]) + 1)}
        yield "any time", {"max_seconds": ""}
    if row["kind"] in ("question", "both"):
        yield from _asked_less(row, guide)
        yield "not asked", {"kind": "anatomy"}
    if row["kind"] in ("anatomy", "both"):
        yield "answered away", {"kind": "question", "question": "Is it so?"}
    yield "says nothing", {"message": ""}


def _point(row, guide):
    if row["show_only"] == "yes":
        yield "may be pressed", {"show_only": "no"}
    else:
        yield "more pressure", {"pressure": str(int(row["pressure"]) + 1)}
        yield "another area", {"area": "thigh_back" if row["area"] != "thigh_back" else "shin"}
        yield from _shorter(row, "cautions", guide)
        yield from _shorter(row, "touches", guide)
        yield from _shorter(row, "sweeps", guide)


def _sensation(row, guide):
    yield from _shorter(row, "implies", guide)
    for column in ("alert_action", "alert_both_sides_action"):
        # On both sides the severer of the two counts: where they are equal, one alone changes nothing.
        if column == "alert_action" or row[column] != row["alert_action"]:
            yield from _milder(row, column, "")
    if row["alert_action"]:
        yield from _shorter(row, "alert_asks", guide)
        yield "says nothing", {"alert_message": ""}


def _nerve(row, guide):
    yield from _milder(row, "action")
    yield from _shorter(row, "areas", guide)
    yield from _shorter(row, "sensations", guide)
    for column in ("with_one_of", "also_one_of"):
        yield from _without_one(row, column)
    if row["pain_min"]:
        yield "more pain", {"pain_min": str(int(row["pain_min"]) + 1)}
    yield from _shorter(row, "asks", guide)


def _limit(row, guide):
    for column in ("felt_in", "felt", "points", "areas"):
        yield from _without_one(row, column)
    if row["felt_in"]:
        yield "felt elsewhere", {"felt_in": "tailbone"}
    if row["areas"] in ("all", "explained"):
        yield "areas of a few", {"areas": "foot_top;heel"}
    yield from _shorter(row, "blocks_tools", guide)
    yield from _shorter(row, "blocks_positions", guide)
    if row["pain_min"]:
        yield "more pain", {"pain_min": str(int(row["pain_min"]) + 1)}
    if row["max_pressure"]:
        yield "more pressure", {"max_pressure": str(int(row["max_pressure"]) + 1)}
        yield "any pressure", {"max_pressure": ""}
    if row["blocks"] == "yes":
        yield "blocks nothing", {"blocks": "no"}
    if row["who"] == "everyone":
        yield "only if answered", {"who": "answered"}


WAYS = {
    "red_flags": _red_flag,
    "cautions": _caution,
    "points": _point,
    "sensations": _sensation,
    "nerves": _nerve,
    "limits": _limit,
}


class Change(NamedTuple):
    """A line of code that keeps somebody safe, and the same line with that taken away."""

    module: str
    old: str
    new: str


# A judge is kept by complaint and screening, not by one of them.
KEPT = """\
            try:
                return values[arguments]
            except KeyError:
                value = function(guide, *arguments)
"""
KEPT_BY = """\
            whole = arguments
            if function.__name__ == "_kept_judge":
                arguments = arguments{}
            try:
                return values[arguments]
            except KeyError:
                value = function(guide, *whole)
"""
CHANGES = (
    # The one door
    Change("export.kinds", "        if self.for_client:\n            routine.require_clearance()\n        elif", "        if"),
    Change("export.kinds", '"handout.handout:handout_html",\n            for_client=True', '"handout.handout:handout_html",\n            for_client=False'),
    Change("export.kinds", '"handout.pdf:handout_pdf",\n            for_client=True', '"handout.pdf:handout_pdf",\n            for_client=False'),
    Change("export.kinds", '"chart.calendar:routine_ics",\n            for_client=True', '"chart.calendar:routine_ics",\n            for_client=False'),
    # The gate
    Change("safety.gate", "    check_steps(steps, judge)\n    _require_screening_of", "    _require_screening_of"),
    Change("safety.gate", "    _require_screening_of(today or datetime.date.today(), judge, steps)\n", ""),
    Change("safety.gate", "    _require_clearance(judge)\n", ""),
    Change("safety.gate", "    _require_sides(conflicts)\n", ""),
    Change("safety.gate", "    if told:\n        raise BlockedError(\n            f\"a client's", "    if False:\n        raise BlockedError(\n            f\"a client's"),
    Change("safety.gate", '        if verdict.status != "allowed":\n', "        if False:\n"),
    Change("safety.gate", '        if verdict.status != "allowed":\n', '        if verdict.status == "blocked":\n'),
    Change("safety.gate", "    if objections:\n", "    if False:\n"),
    Change("safety.gate", "    if screening is None:\n        raise", "    if False:\n        raise"),
    Change("safety.gate", "    if screening.date != today:\n", "    if False:\n"),
    Change("safety.gate", "    if screening.date != today:\n", "    if screening.date < today:\n"),
    Change("safety.gate", "    if screening.date != today:\n", "    if screening.date > today:\n"),
    Change("safety.gate", "    if missing:\n", "    if False:\n"),
    Change("safety.gate", "found = (*judge.findings, *judge.alerts)", "found = judge.findings"),
    Change("safety.gate", "found = (*judge.findings, *judge.alerts)", "found = judge.alerts"),
    Change("safety.gate", 'if action in ("emergency", "urgent"):', 'if action in ("emergency",):'),
    Change("safety.gate", 'if action in ("emergency", "urgent"):', 'if action in ("urgent",):'),
    Change("safety.gate", 'if action in ("emergency", "urgent"):', 'if action in ("emergency", "urgent") and not judge.screening.agreed_by:'),
    Change("safety.gate", "    if open_ids:\n", "    if False:\n"),
    Change("safety.gate", "not (screening and screening.agreement(each.id))", "not (screening and (screening.agreed_by or screening.agreed))"),
    # What was set aside
    Change("safety.gate", "if rule.id not in screening.asked\n        and (rule.id not in screening.not_relevant or is_relevant(rule.id, areas, felt, screening.yes, guide))", "if rule.id not in screening.asked and rule.id not in screening.not_relevant"),
    Change("safety.gate", "is_relevant(rule.id, areas, felt, screening.yes, guide)", "is_relevant(rule.id, areas, felt, (), guide)"),
    Change("safety.gate", "is_relevant(rule.id, areas, felt, screening.yes, guide)", "is_relevant(rule.id, areas, (), screening.yes, guide)"),
    Change("safety.gate", "    areas = {area for step in steps for area in guide.point(step.point).areas_worked(step.mode)}\n", "    areas = set()\n"),
    Change("safety.gate", "    areas |= areas_reached(complaint, guide) if complaint else set()\n", ""),
    Change("safety.questions", "    return frozenset(complaint.area_ids).union(*(worked[point] for point in points if point in worked))\n", "    return frozenset().union(*(worked[point] for point in points if point in worked))\n"),
    Change("safety.questions", "    return frozenset(complaint.area_ids).union(*(worked[point] for point in points if point in worked))\n", "    return frozenset(complaint.area_ids)\n"),
    Change("safety.questions", "or not relevance.sensations.isdisjoint(sensations)\n", "\n"),
    Change("safety.questions", "or not relevance.after.isdisjoint(yes)\n", "\n"),
    Change("safety.questions", "        relevance.always\n        or", "        False\n        or"),
    Change("safety.questions", "is_always = rule.core or is_of_any_place", "is_always = rule.core"),
    Change("safety.questions", "is_always = rule.core or is_of_any_place", "is_always = is_of_any_place"),
    Change("safety.screening", "    if always is not None:\n", "    if False:\n"),
    Change("safety.screening", "    if both is not None:\n", "    if False:\n"),
    Change("safety.screening", "if not aside else tuple(id for id in every if id not in aside)", ""),
    # Sides
    Change("safety.explained", "for side in sides_touched(step.side) if side not in hurts]", "for side in () if side not in hurts]"),
    Change("safety.explained", "for side in sides_touched(step.side) if side not in hurts]", "for side in sides_touched(step.side) if not hurts & set(sides_touched(step.side))]"),
    Change("safety.explained", "        explained = explained_by(step.point, complaint, guide) or complaint.areas\n", "        explained = complaint.areas\n"),
    Change("safety.explained", "        explained = explained_by(step.point, complaint, guide) or complaint.areas\n", "        explained = explained_by(step.point, complaint, guide)\n        if not explained:\n            continue\n"),
    Change("safety.explained", "    explained = explained_by(point, complaint, guide) or complaint.areas\n", "    explained = explained_by(point, complaint, guide)\n"),
    Change("safety.explained", "    explained = explained_by(point, complaint, guide) or complaint.areas\n", "    explained = complaint.areas\n"),
    Change("safety.explained", 'return sides.pop() if len(sides) == 1 else "both"', "return sides.pop()"),
    Change("plan.plan", "if each.key not in self.sides_confirmed)\n\n    @property\n    def sides_meant", "if not self.sides_confirmed)\n\n    @property\n    def sides_meant"),
    Change("plan.plan", "check_clearance(self.steps, self._judge, self.side_conflicts, today)", "check_clearance(self.steps, self._judge, (), today)"),
    Change("safety.explained", "    if len(sides) > 1:\n", "    if False:\n"),
    Change("plan.plan", "return tuple(key for key in confirmed if key in keys)", "return confirmed"),
    Change("plan.plan", "                steps.append(adapt(moved, self._judge) or moved)\n", "                steps.append(moved)\n"),
    # Its callers
    Change("plan.plan", "        check_steps(self.steps, self._judge)\n", ""),
    Change("plan.plan", "        check_dose(self.steps, self.guide.dose, self.guide.areas_dosed)\n", ""),
    Change("plan.plan", "        self._check_identity()\n", ""),
    Change("plan.plan", "return Judge.of(self.guide, self.complaint, self.screening)", "return Judge.of(self.guide, None, self.screening)"),
    Change("plan.plan", "return Judge.of(self.guide, self.complaint, self.screening)", "return Judge.of(self.guide, self.complaint, None)"),
    Change("plan.plan", "complaint=source.complaint, screening=source.screening", "screening=source.screening"),
    Change("plan.plan", "complaint=source.complaint, screening=source.screening", "complaint=source.complaint"),
    Change("plan.suggestions", "judge = Judge.of(guide, complaint, require_screening(screening))", "judge = Judge.of(guide, complaint, None)"),
    Change("plan.suggestions", "judge = Judge.of(guide, complaint, require_screening(screening))", "judge = Judge.of(guide, None, screening)"),
    # The verdict
    Change("safety.verdict", "screening.evaluated(guide, complaint) if screening else None", "screening"),
    Change("safety.verdict", "screening.evaluated(guide, complaint) if screening else None", "screening.evaluated(guide) if screening else None"),
    Change("safety.verdict", "        implied = implied_by(self.complaint, self.guide) if self.complaint else {}\n", "        implied = {}\n"),
    Change("safety.verdict", "return find_alerts(self.complaint, self.guide) if self.complaint else ()", "return ()"),
    Change("safety.verdict", "return limits_of(self.guide, self.complaint, (each.id for each in self.findings))", "return ()"),
    Change("safety.verdict", "return limits_of(self.guide, self.complaint, (each.id for each in self.findings))", "return limits_of(self.guide, self.complaint, ())"),
    Change("safety.verdict", "return limits_of(self.guide, self.complaint, (each.id for each in self.findings))", "return limits_of(self.guide, None, (each.id for each in self.findings))"),
    Change("safety.verdict", "if (point.id in each.points or not areas.isdisjoint(each.applies_to)) and", "if not areas.isdisjoint(each.applies_to) and"),
    Change("safety.verdict", "if (point.id in each.points or not areas.isdisjoint(each.applies_to)) and", "if point.id in each.points and"),
    Change("safety.verdict", "frozenset(point.areas_worked(mode)), sides_touched(side)", "frozenset((point.area,)), sides_touched(side)"),
    Change("safety.verdict", "not each.sides.isdisjoint(sides)\n", "each.sides >= set(sides)\n"),
    Change("safety.verdict", "        if reason is not None:\n", "        if False:\n"),
    Change("safety.verdict", "        if point.show_only:\n            return", "        if False:\n            return"),
    Change("safety.verdict", "        if not objection:\n            return Verdict", "        if True:\n            return Verdict"),
    Change("safety.verdict", "            if not self._objection(milder, point):\n", "            if True:\n"),
    Change("safety.verdict", "        if blocked:\n            return blocked\n", ""),
    Change("safety.verdict", "        if closed:\n            return closed\n", ""),
    Change("safety.verdict", "for area in point.areas_worked(mode) if closed_place", "for area in (point.area,) if closed_place"),
    Change("safety.verdict", "            if objection:\n                return objection\n", "            pass\n"),
    Change("safety.verdict", "rules = (*rules_of_place(point.id, self.guide), *(each for each in speaking if point.id in each.points))", "rules = tuple(each for each in speaking if point.id in each.points)"),
    Change("safety.verdict", "for each in speaking if point.id in each.points))\n", "for each in ()))\n"),
    Change("safety.verdict", " or self._too_hard(step, areas)\n", "\n"),
    Change("safety.verdict", "for each in (*self.findings, *self.alerts) if _speaks_of(each, areas)", "for each in self.alerts if _speaks_of(each, areas)"),
    Change("safety.verdict", "for each in (*self.findings, *self.alerts) if _speaks_of(each, areas)", "for each in self.findings if _speaks_of(each, areas)"),
    Change("safety.verdict", "            area = next((area for area in areas if area in left_out), None)\n", "            area = None\n"),
    Change("safety.verdict", "            if area is None and point not in each.blocked_points:\n", "            if area is None:\n"),
    Change("safety.verdict", "pressure=min([step.pressure, *pressures])", "pressure=step.pressure"),
    Change("safety.verdict", "seconds=min([step.seconds, *seconds])", "seconds=step.seconds"),
    Change("guide.kept", KEPT, KEPT_BY.format("[1:]")),
    Change("guide.kept", KEPT, KEPT_BY.format("[:1]")),
    # Screening and findings
    Change("safety.screening", 'if finding.action == "refer" and not finding.is_regional and self.agreement(finding.id):', "if self.agreement(finding.id):"),
    Change("safety.screening", 'if finding.action == "refer" and not finding.is_regional and self.agreement(finding.id):', 'if finding.action == "refer" and self.agreement(finding.id):'),
    Change("safety.screening", 'if finding.action == "refer" and not finding.is_regional and self.agreement(finding.id):', 'if finding.action == "refer" and not finding.is_regional and (self.agreed or self.agreed_by):'),
    Change("safety.screening", "return dict(self.agreed).get(id, self.agreed_by)", "return self.agreed_by or ''.join(text for _, text in self.agreed)"),
    Change("safety.screening", "    if not any(each.isalpha() for each in said) or", "    if"),
    Change("safety.findings", "        if tool in each.blocked_tools:\n", "        if False:\n"),
    Change("safety.findings", "        if mode in each.blocked_modes:\n", "        if False:\n"),
    Change("safety.findings", "        if position in each.blocked_positions:\n", "        if False:\n"),
    Change("safety.findings", "pressure > each.max_pressure:", "pressure > each.max_pressure + 1:"),
    Change("safety.findings", "seconds > each.max_seconds:", "seconds > each.max_seconds + 1:"),
    Change("safety.findings", "seconds > each.max_seconds:", "False:"),
    Change("safety.screening", "and not places.get(id):", "and False:"),
    Change("safety.screening", "    if outside:\n", "    if False:\n"),
    Change("safety.screening", "    if initials and (not letters", "    if False and (not letters"),
    Change("safety.screening", "            if id not in judged.yes or where.get(id):\n", "            if id in judged.yes:\n"),
    Change("safety.findings", 'rule.is_red_flag or rule.blocks_area or rule.action == "refer"', 'rule.blocks_area or rule.action == "refer"'),
    Change("safety.findings", 'rule.is_red_flag or rule.blocks_area or rule.action == "refer"', 'rule.is_red_flag or rule.action == "refer"'),
    Change("safety.findings", 'rule.is_red_flag or rule.blocks_area or rule.action == "refer"', "rule.is_red_flag or rule.blocks_area"),
    Change("safety.findings", "-ACTIONS.index(each.action)", "ACTIONS.index(each.action)"),
    Change("safety.findings", "if needed and needed <= blocked)", "if False)"),
    Change("safety.findings", "for id in (*answered, *derived))", "for id in answered)"),
    Change("safety.findings", 'set(flag.all_of) <= set(answered)', "False"),
    Change("guide.rows", 'in ("anatomy", "both")', 'in ("anatomy",)'),
    Change("safety.cautions", "id in stays or id not in screening.answered_no", "id not in screening.answered_no"),
    # Limits
    Change("safety.findings", '        if limit.who == "answered" and limit.rule not in ids:\n', "        if limit.rule not in ids:\n"),
    Change("safety.findings", "        if met is not None:\n", "        if met:\n"),
    Change("safety.findings", "        if met is not None:\n", "        if not met and met is not None:\n"),
    Change("safety.findings", 'if (not places or places == ALL or each.area in places)', 'if (not places or each.area in places)'),
    Change("safety.findings", "not set(sensations).isdisjoint(each.sensations)", "set(sensations) <= set(each.sensations)"),
    Change("safety.findings", "each.pain >= pain)", "each.pain > pain)"),
    Change("safety.findings", "ALL: guide.area_ids, FELT: felt, EXPLAINED: felt", "ALL: guide.area_ids, FELT: felt, EXPLAINED: ()"),
    Change("safety.findings", "ALL: guide.area_ids, FELT: felt, EXPLAINED: felt", "ALL: (), FELT: felt, EXPLAINED: felt"),
    Change("safety.findings", "        points |= points_explaining(felt, complaint, guide)\n", "        pass\n"),
    Change("safety.findings", "    if not areas and not points:\n", "    if False:\n"),
    Change("safety.findings", "for each in met for side in sides_touched(each.side)) or frozenset(BODY_SIDES)", "for each in met for side in sides_touched(each.side))"),
    Change("safety.findings", "for each in met for side in sides_touched(each.side)) or frozenset(BODY_SIDES)", "for each in met for side in (each.side,)) or frozenset(BODY_SIDES)"),
    Change("safety.findings", "for each in met for side in sides_touched(each.side)) or frozenset(BODY_SIDES)", "for each in ()) or frozenset(BODY_SIDES)"),
    Change("safety.findings", "blocked_areas=frozenset(areas) if limit.blocks else frozenset(),\n        blocked_tools=tools", "blocked_tools=tools"),
    Change("safety.findings", "blocked_points=frozenset(points) if limit.blocks else frozenset()", "blocked_points=frozenset()"),
    Change("safety.findings", "        points=frozenset(points),\n", ""),
    Change("safety.explained", "    return referred | led\n", "    return referred\n"),
    Change("safety.explained", "    return referred | led\n", "    return led\n"),
    # Alerts
    Change("safety.alerts", "both_sides = any_both_sides and each.id in alarming", "both_sides = False"),
    Change("safety.alerts", "_, any_both_sides = _areas_with(felt, alarming)", "any_both_sides = False"),
    Change("safety.alerts", "return tuple(each.area for each in found), len(sides) > 1", "return tuple(each.area for each in found), False"),
    Change("safety.alerts", "    found = [*_nerve_alerts(felt, guide)]\n", "    found = []\n"),
    Change("safety.alerts", "        found = [*_sensation_alerts(felt, guide), *found]\n", "        pass\n"),
    Change("safety.alerts", "is_met = bool(met) and all(not set(group).isdisjoint(areas) for group in groups)", "is_met = bool(met) and not list(groups)"),
    Change("safety.alerts", "is_met = bool(met) and all(not set(group).isdisjoint(areas) for group in groups)", "is_met = bool(met) and all(set(group) <= set(areas) for group in groups)"),
    Change("safety.alerts", "if is_met and (both_sides or not nerve.both_sides):", "if is_met and both_sides:"),
    Change("safety.alerts", "if is_met and (both_sides or not nerve.both_sides):", "if is_met and not nerve.both_sides:"),
    Change("safety.alerts", "each.pain >= nerve.pain_min)", "each.pain > nerve.pain_min)"),
    Change("safety.alerts", "    if nerve.sensations and each.sensations.isdisjoint(nerve.sensations):\n", "    if each.sensations.isdisjoint(nerve.sensations):\n"),
    Change("safety.alerts", 'sides_touched(each.side if is_paired else "both")', "sides_touched(each.side)"),
    # What lies where, and for how long
    Change("guide.records", "return (self.area, *self.touches, *self._lane(mode))", "return (self.area, *self._lane(mode))"),
    Change("guide.records", "return (self.area, *self.touches, *self._lane(mode))", "return (self.area, *self.touches)"),
    Change("guide.records", "return tuple(dict.fromkeys((self.area, *self._lane(mode))))", "return (self.area,)"),
    Change("guide.records", 'return () if mode == "hold" else self.sweeps', "return ()"),
    Change("model.limits", "HARD_MAX_SECONDS = 120", "HARD_MAX_SECONDS = 600"),
    Change("model.dose", "        if step.pressure > dose.max_pressure:\n", "        if False:\n"),
    Change("model.dose", "        if step.every_days_min < dose.every_days_min:\n", "        if False:\n"),
    Change("model.dose", "            if seconds[place] > dose.max_area_seconds:\n", "            if False:\n"),
    Change("model.dose", "return [(area, side) for side in sides_touched(step.side) for area in areas_of(step)]", "return [(area, step.side) for area in areas_of(step)]"),
    Change("model.dose", "return [(area, side) for side in sides_touched(step.side) for area in areas_of(step)]", "return [(step.point, side) for side in sides_touched(step.side)]"),
    Change("model.sides", "return (side,) if side in BODY_SIDES else BODY_SIDES", "return (side,)"),
    Change("model.sides", "return (side,) if side in BODY_SIDES else BODY_SIDES", 'return ("left",) if side != "right" else ("right",)'),
    Change("guide.records", "return max(actions, key=ACTIONS.index", "return min(actions, key=ACTIONS.index"),
    Change("body.place.places", 'flip(xyz) if side == "right" else xyz, side', "xyz, side"),
    Change("body.place.atlas", "flip = -1 if self._is_mirrored(side) else 1", "flip = 1"),
    # What is offered and proposed
    Change("plan.suggestion", "own = own_step(self.guide.point_values[point], self.side(point))", 'own = own_step(self.guide.point_values[point], "left")'),
    Change("plan.dosing", "    step = judge.verdict(own).step or own\n", "    step = own\n"),
    Change("plan.dosing", "    shares = (min(most // crowd[place] for place in own) for own in places)\n", "    shares = (most for own in places)\n"),
    Change("plan.dosing", "seconds=min(step.seconds, left)) if left >= MIN_SECONDS else step", "seconds=step.seconds) if left >= MIN_SECONDS else step"),
    Change("plan.dosing", "    return judge.verdict(step).step\n", "    return step\n"),
    Change("safety.verdict", " or self._bears_too_much(step)", ""),
    Change("safety.verdict", "sides = frozenset(BODY_SIDES) - {step.side}", "sides = frozenset({step.side})"),
    # Files
    Change("export.record.record", 'screening = screening_from_dict(record["screening"], guide) if record["screening"] else None', "screening = None"),
    Change("safety.screening", "date=date, asked=asked, agreed=agreed, not_relevant=aside)", "asked=asked, agreed=agreed, not_relevant=aside)"),
)  # fmt: skip

# What the promises of `promises.py` miss when it is gone.
PROMISE_CHANGES = (
    Change("plan.dosing", "    step = judge.verdict(own).step or own\n", "    step = own\n"),
    Change("plan.suggestion", "            step=verdict.step,\n", "            step=own_step(point, side) if verdict.step else None,\n"),
    Change("plan.suggestion", '{"allowed": "offer", "changed": "offer"}', '{"allowed": "offer", "changed": "offer", "blocked": "offer"}'),
    Change("plan.suggestion", '{"allowed": "offer", "changed": "offer"}', '{"allowed": "offer", "changed": "blocked"}'),
    Change("plan.plan", "each.step or own_step(points[each.point], each.side)", "own_step(points[each.point], each.side)"),
    Change("guide.techniques", "yield replace(step, mode=mode, tool=tool, position=position)", "yield step"),
    Change("guide.techniques", "for tool in dict.fromkeys((step.tool, *point.tools)):", "for tool in (step.tool,):"),
    Change("guide.techniques", "            for position in places or (step.position,):\n", "            for position in (step.position,):\n"),
    Change("safety.verdict", "            if not self._objection(milder, point):\n", "            if True:\n"),
    Change("safety.verdict", "pressure=min([step.pressure, *pressures])", "pressure=step.pressure"),
    Change("safety.verdict", "seconds=min([step.seconds, *seconds])", "seconds=step.seconds"),
    Change("safety.verdict", "speaking = (*self.speaking_of(point, step.mode, step.side), *rules_of_place(point.id, self.guide))", "speaking = self.speaking_of(point, step.mode, step.side)"),
    Change("safety.verdict", "            milder = replace(milder, pressure=self.guide.dose.careful_max_pressure)\n", "            pass\n"),
    Change("safety.verdict", "rules = (*rules_of_place(point.id, self.guide), *(each for each in speaking if point.id in each.points))", "rules = tuple(each for each in speaking if point.id in each.points)"),
    Change("safety.verdict", " or self._too_hard(step, areas)\n", "\n"),
    Change("safety.findings", "        if tool in each.blocked_tools:\n", "        if False:\n"),
    Change("safety.findings", "        if position in each.blocked_positions:\n", "        if False:\n"),
    Change("safety.findings", "pressure > each.max_pressure:", "pressure != each.max_pressure:"),
    Change("safety.findings", "seconds > each.max_seconds:", "seconds < each.max_seconds:"),
    Change("safety.findings", "for each in met for side in sides_touched(each.side)) or frozenset(BODY_SIDES)", 'for each in met for side in ("left",)) or frozenset(BODY_SIDES)'),
    Change("safety.findings", "for each in met for side in sides_touched(each.side)) or frozenset(BODY_SIDES)", "for each in ()) or frozenset(BODY_SIDES)"),
    Change("safety.explained", "    return sides.pop() if len(sides) == 1 else \"both\"\n", '    return "both"\n'),
    Change("safety.explained", "    return sides.pop() if len(sides) == 1 else \"both\"\n", '    return "left"\n'),
)  # fmt: skip

RUN = """
import importlib.abc, importlib.machinery, json, os, runpy, sys
# What the kit is built on is loaded once; the kit itself anew for each change.
import csv, dataclasses, difflib, html, icalendar, jinja2, jinja2.ext, tomllib, unicodedata, uuid
changes, oracle = json.loads(sys.stdin.read())
sys.path.append(os.path.dirname(oracle))
class Changed(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname):
        source = self.get_data(self.path).decode()
        assert source.count(old) == 1, f"{fullname} has {source.count(old)} times {old!r}; change the table of changes"
        return compile(source.replace(old, new), self.path, "exec")
class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, fullname, path, target=None):
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if fullname == name:
            spec.loader = Changed(fullname, spec.origin)
        return spec
for name, old, new in changes:
    ours, theirs = os.pipe()
    if os.fork() == 0:
        sys.meta_path.insert(0, Finder())
        try:
            told = next(runpy.run_path(oracle)["told"]())
        except StopIteration:
            told = ""
        except BaseException as error:
            told = f"does not run: {type(error).__name__}: {error}"
        os.write(theirs, json.dumps(told).encode()[:60_000])
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        print(pipe.read(), flush=True)
    os.wait()
"""


def told_by_changed_code(changes, oracle=ORACLE):
    """The first thing that the oracle tells of the code with each change; empty where it finds nothing."""
    # In as many processes as there are cores, each with its share of the changes.
    count = max(1, min(os.cpu_count() or 1, 4, len(changes)))
    with ThreadPoolExecutor(count) as pool:
        shares = list(pool.map(lambda number: _told(changes[number::count], oracle), range(count)))
    return [shares[number % count][number // count] for number in range(len(changes))]


def _told(changes, oracle):
    task = json.dumps([[(f"selfcare_kit.{module}", old, new) for module, old, new in changes], str(oracle)])
    done = subprocess.run([sys.executable, "-c", RUN], input=task, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]
