"""Guides and code with one rule taken away or weakened."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from selfcare_kit.guide import Guide

ACTIONS = ("", "caution", "refer", "urgent", "emergency")
ORACLE = Path(__file__).with_name("oracle.py")


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


CHANGES = (
    # The gate
    Change("safety.gate", "judged = screening.evaluated(guide, complaint) if screening else None", "judged = screening"),
    Change("safety.gate", "    _check_points(steps, guide, judged)\n", ""),
    Change("safety.gate", "    if for_client:\n", "    if False:\n"),
    Change("safety.gate", "    if point.show_only:\n", "    if False:\n"),
    Change("safety.gate", "        if why:\n", "        if False:\n"),
    Change("safety.gate", "    if screening is None:\n        raise", "    if False:\n        raise"),
    Change("safety.gate", "    if screening.date != today:\n", "    if False:\n"),
    Change("safety.gate", "    if screening.date != today:\n", "    if screening.date < today:\n"),
    Change("safety.gate", "    if screening.date != today:\n", "    if screening.date > today:\n"),
    Change("safety.gate", "    if missing:\n", "    if False:\n"),
    Change("safety.gate", "find_alerts(complaint, guide) if complaint else ()", "()"),
    Change("safety.gate", "severest((screening.action, *(alert.action for alert in alerts)))", "screening.action"),
    Change("safety.gate", 'if action in ("emergency", "urgent"):', 'if action in ("emergency",):'),
    Change("safety.gate", 'if action in ("emergency", "urgent"):', 'if action in ("emergency", "urgent") and not screening.agreed_by:'),
    Change("safety.gate", 'if action == "refer" and not screening.agreed_by:', "if False:"),
    # Its callers
    Change("writers", "        self.require_clearance()\n        language =", "        language ="),
    Change("writers", "        self.require_clearance()\n        return deliver_text(routine_ics", "        return deliver_text(routine_ics"),
    Change("routine", "for_client=True", "for_client=False"),
    Change("routine", "        object.__setattr__(self, \"screening\", judged)\n        check_dose(self.steps, self.guide.dose)\n", '        object.__setattr__(self, "screening", judged)\n'),
    Change("routine", "        self._check_identity()\n", ""),
    Change("routine", "screening=self.screening, complaint=self.complaint)\n", "screening=None, complaint=self.complaint)\n"),
    Change("routine", "complaint=source.complaint, screening=source.screening", "screening=source.screening"),
    Change("routine", "complaint=source.complaint, screening=source.screening", "complaint=source.complaint"),
    # Screening and findings
    Change("safety.screening", "if finding.action == \"refer\" and self.agreed_by and not finding.is_regional:", "if self.agreed_by:"),
    Change("safety.screening", "if finding.action == \"refer\" and self.agreed_by and not finding.is_regional:", 'if finding.action == "refer" and self.agreed_by:'),
    Change("safety.screening", "        if blocking is not None:\n", "        if False:\n"),
    Change("safety.findings", "        if tool in each.blocked_tools:\n", "        if False:\n"),
    Change("safety.findings", "        if mode in each.blocked_modes:\n", "        if False:\n"),
    Change("safety.findings", "        if position in each.blocked_positions:\n", "        if False:\n"),
    Change("safety.findings", "pressure > each.max_pressure:", "pressure > each.max_pressure + 1:"),
    Change("safety.screening", "and not places.get(id):", "and False:"),
    Change("safety.screening", "    if outside:\n", "    if False:\n"),
    Change("safety.screening", "    if initials and (not letters", "    if False and (not letters"),
    Change("safety.findings", 'is_red_flag or row["blocks_area"] == "yes" or row["action"] == "refer"', 'row.get("blocks_area") == "yes" or row["action"] == "refer"'),
    Change("safety.findings", 'is_red_flag or row["blocks_area"] == "yes" or row["action"] == "refer"', 'is_red_flag or row["action"] == "refer"'),
    Change("safety.findings", "-ACTIONS.index(each.action)", "ACTIONS.index(each.action)"),
    Change("safety.findings", "if needed and needed <= blocked)", "if False)"),
    Change("safety.cautions", 'in ("anatomy", "both")', 'in ("anatomy",)'),
    Change("safety.cautions", "id in stays or id not in screening.answered_no", "id not in screening.answered_no"),
    # Alerts
    Change("safety.alerts", "both_sides = any_both_sides and row[\"id\"] in alarming", "both_sides = False"),
    Change("safety.alerts", "_, any_both_sides = _areas_with(felt, alarming)", "any_both_sides = False"),
    Change("safety.alerts", "return tuple(each.area for each in found), len(sides) > 1", "return tuple(each.area for each in found), False"),
    Change("safety.alerts", "[*_sensation_alerts(felt, guide), *_nerve_alerts(felt, guide)]", "_sensation_alerts(felt, guide)"),
    Change("safety.alerts", "is_met = bool(areas) and (not needed or", "is_met = bool(areas) and (not needed and"),
    Change("safety.gate", "screening.evaluated(guide, complaint) if screening else None", "screening.evaluated(guide) if screening else None"),
    Change("safety.gate", "return None if closed is None else closed.message", "return None"),
    Change("safety.gate", "        if reason is not None:\n", "        if False:\n"),
    Change("safety.gate", "        why = objection_by(rules, point.area, step.tool, step.position, step.pressure, step.mode)\n", "        why = ''\n"),
    Change("model", "return (self.area, *self.touches, *(() if mode == \"hold\" else self.sweeps))", "return (self.area, *(() if mode == \"hold\" else self.sweeps))"),
    Change("model", "return (self.area, *self.touches, *(() if mode == \"hold\" else self.sweeps))", "return (self.area, *self.touches)"),
    Change("suggestions", "screening.evaluated(guide, complaint)", "screening.evaluated(guide)"),
    Change("routine", "screening.evaluated(self.guide, self.complaint) if screening else None", "screening.evaluated(self.guide) if screening else None"),
    Change("safety.alerts", "    if not felt:\n", "    if True:\n"),
    # Suggestions and what is proposed
    Change("suggestion", "        if point.show_only:\n            return", "        if False:\n            return"),
    Change("suggestion", "if screening is None or not any(screening.touching(area) for area in areas):", "if True:"),
    Change("suggestion", "            if not objection:\n", "            if True:\n"),
    Change("suggestions", "screening = screening.evaluated(guide, complaint)", "pass"),
    Change("suggestion", 'return sides.pop() if len(sides) == 1 else "both"', "return sides.pop()"),
    Change("proposal", "        pressure=min([step.pressure, *limits]),\n", ""),
    Change("proposal", '        tool=_first_allowed(screening, areas, "tool", point.tools),\n', ""),
    Change("proposal", "share = guide.dose.max_area_seconds // crowd", "share = guide.dose.max_area_seconds"),
    # Dose and sides
    Change("model", "HARD_MAX_SECONDS = 120", "HARD_MAX_SECONDS = 600"),
    Change("model", "        if step.pressure > dose.max_pressure:\n", "        if False:\n"),
    Change("model", "        if step.every_days_min < dose.every_days_min:\n", "        if False:\n"),
    Change("model", "            if seconds[place] > dose.max_area_seconds:\n", "            if False:\n"),
    Change("model", "place = (step.area, side)", "place = (step.area, step.side)"),
    Change("model", "place = (step.area, side)", "place = (step.point, side)"),
    Change("model", 'return (side,) if side in ("left", "right") else ("left", "right")', "return (side,)"),
    Change("model", 'return (side,) if side in ("left", "right") else ("left", "right")', 'return ("left",) if side != "right" else ("right",)'),
    Change("model", "return max(actions, key=ACTIONS.index", "return min(actions, key=ACTIONS.index"),
    Change("body.places", 'flip(xyz) if side == "right" else xyz, side', "xyz, side"),
    Change("body.atlas", "flip = -1 if self._is_mirrored(side) else 1", "flip = 1"),
    # Files
    Change("export.record", 'screening=screening_from_dict(record["screening"], guide) if record["screening"] else None', "screening=None"),
    Change("safety.screening", "guide=guide, date=date, asked=asked)", "guide=guide, asked=asked)"),
)  # fmt: skip

RUN = """
import importlib.abc, importlib.machinery, json, os, runpy, sys
# What the kit is built on is loaded once; the kit itself anew for each change.
import csv, dataclasses, difflib, html, icalendar, jinja2, jinja2.ext, tomllib, unicodedata, uuid
changes, oracle = json.loads(sys.stdin.read())
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


def told_by_changed_code(changes):
    """The first thing that the oracle tells of the code with each change; empty where it finds nothing."""
    task = json.dumps([[(f"selfcare_kit.{module}", old, new) for module, old, new in changes], str(ORACLE)])
    done = subprocess.run([sys.executable, "-c", RUN], input=task, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]
