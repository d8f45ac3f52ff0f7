"""Guides with one rule taken away or weakened; the code is weakened in `code_mutants.py`."""

from __future__ import annotations

import copy
from typing import NamedTuple

from selfcare_kit.guide.guide import Guide

ACTIONS = ("", "caution", "refer", "urgent", "emergency")


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
