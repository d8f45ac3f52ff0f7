"""Copies of a guide as authors may edit it: a few cells changed at random, in memory, always the same for a seed."""

from __future__ import annotations

import copy
import dataclasses
import random

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.problems.columns import row_checker
from selfcare_kit.guide.problems.find import known_ids
from selfcare_kit.guide.problems.use import check_use
from selfcare_kit.guide.schema import tables as schemas

MAX_EDITS = 8


def edited(guide, seed):
    """A copy of a guide with one to eight edits, and what they are."""
    chance = random.Random(seed)
    tables = {name: [dict(row) for row in guide.table(name)] for name in schemas()}
    told = [chance.choice(EDITS)(tables, chance) for _ in range(chance.randint(1, MAX_EDITS))]
    return made(guide, tables, careful=chance.choice((None, None, 1, 3, 7))), tuple(told)


def made(guide, tables, careful=None):
    """A guide with other tables, in memory."""
    changed = Guide(guide.folder)
    changed._tables = {name: tuple(rows) for name, rows in tables.items()}
    changed._texts = copy.copy(guide._texts)
    if careful is not None:
        changed.dose = dataclasses.replace(changed.dose, careful_max_pressure=careful)
    return changed


def with_cells(guide, *cells):
    """A copy with some cells changed: (table, id, column, value); with value None the row is taken out."""
    tables = {name: [dict(row) for row in guide.table(name)] for name in schemas()}
    for table, id, column, value in cells:
        (row,) = [row for row in tables[table] if row["id"] == id]
        row[column] = value
    return made(guide, tables)


def problems(guide):
    """What `check_guide` would tell of the tables of a guide in memory."""
    tables = {name: guide.table(name) for name in schemas()}
    ids = known_ids(tables)
    found = []
    for name in ("points", "red_flags", "cautions", "limits", "sensations", "techniques"):
        check_row = row_checker(schemas()[name], ids)
        found += [(name, row["id"], *each) for row in tables[name] for each in check_row(row)]
    return found + list(check_use(tables, guide.settings, guide.dose))


def _ids(tables, table):
    return [row["id"] for row in tables[table]]


def _some(chance, ids, most=4):
    """A few of some ids, as a cell."""
    return ";".join(chance.sample(ids, chance.randint(0, min(most, len(ids)))))


def _tools(tables, chance):
    return _some(chance, _ids(tables, "tools"), 6)


def _positions(tables, chance):
    return _some(chance, _ids(tables, "positions"), 4)


def _of_caution(column, value):
    def edit(tables, chance):
        row = chance.choice(tables["cautions"])
        row[column] = value(tables, chance)
        if not row["areas"] and row["where"] != "required":
            row["where"] = "required"
        if row["kind"] in ("question", "both"):
            row["question"] = row["question"] or "Is it so?"
        return f"{column} of {row['id']}: {row[column]!r}"

    return edit


def _of_point(column, value):
    def edit(tables, chance):
        row = chance.choice([row for row in tables["points"] if row["show_only"] == "no"])
        row[column] = value(tables, chance)
        if row["max_seconds"] and int(row["seconds"]) > int(row["max_seconds"]):
            row["seconds"] = row["max_seconds"]
        return f"{column} of {row['id']}: {row[column]!r}"

    return edit


def _of_red_flag(column, value):
    def edit(tables, chance):
        row = chance.choice([row for row in tables["red_flags"] if row["where"] == "no"])
        row[column] = value(tables, chance)
        return f"{column} of {row['id']}: {row[column]!r}"

    return edit


def _of_technique(tables, chance):
    row = chance.choice(tables["techniques"])
    column = chance.choice(("tools", "positions"))
    row[column] = _some(chance, _ids(tables, column), 4)
    return f"{column} of {row['id']}: {row[column]!r}"


def _of_sensation(tables, chance):
    row = chance.choice(tables["sensations"])
    row["implies"] = _some(chance, _ids(tables, "cautions"), 2)
    return f"implies of {row['id']}: {row['implies']!r}"


def _new_limit(tables, chance):
    areas = _ids(tables, "areas")
    felt_in = chance.choice(("", "all", _some(chance, areas, 6)))
    felt = _some(chance, _ids(tables, "sensations"), 3)
    pain = chance.choice(("", "", "0", "4", "7"))
    row = {
        "id": f"L{len(tables['limits']) + 100}",
        "rule": chance.choice(_ids(tables, chance.choice(("cautions", "cautions", "red_flags")))),
        "who": chance.choice(("answered", "everyone")),
        "felt_in": felt_in,
        "felt": felt,
        "pain_min": pain,
        "areas": chance.choice(("", "all", "felt", "explained", _some(chance, areas, 8))),
        "points": _some(chance, _ids(tables, "points"), 5),
        "blocks": chance.choice(("no", "no", "yes")),
        "blocks_tools": chance.choice(("", _tools(tables, chance))),
        "blocks_positions": chance.choice(("", _positions(tables, chance))),
        "max_pressure": chance.choice(("", "1", "2", "3", "4")),
        "max_seconds": chance.choice(("", "5", "30", "45")),
        "message": "",
        "basis": "estimate",
        "source": "KIT",
    }
    tables["limits"].append(row)
    return f"a new row of limits: { ({name: cell for name, cell in row.items() if cell})!r}"


def _areas(tables, chance):
    return chance.choice(("all", _some(chance, _ids(tables, "areas"), 12) or "hip_side"))


def _number(low, high):
    return lambda tables, chance: str(chance.randint(low, high))


def _one_of(*words):
    return lambda tables, chance: chance.choice(words)


def _shuffled_tools(tables, chance):
    tools = chance.sample(_ids(tables, "tools"), chance.randint(1, 4))
    return ";".join(tools)


EDITS = (
    *(_of_caution("max_pressure", lambda tables, chance: str(chance.randint(1, 5))),) * 3,
    _of_caution("max_pressure", _one_of("")),
    *(_of_caution("max_seconds", lambda tables, chance: str(chance.choice((5, 20, 30, 60)))),) * 2,
    *(_of_caution("blocks_area", _one_of("yes", "no")),) * 2,
    *(_of_caution("blocks_tools", _tools),) * 3,
    *(_of_caution("blocks_positions", _positions),) * 3,
    *(_of_caution("kind", _one_of("question", "anatomy", "both")),) * 2,
    *(_of_caution("areas", _areas),) * 2,
    _of_caution("also_in", lambda tables, chance: _some(chance, _ids(tables, "areas"), 6)),
    _of_caution("action", _one_of("caution", "refer")),
    _of_caution("where", _one_of("no", "optional", "required")),
    _of_red_flag("blocks_tools", _tools),
    _of_red_flag("areas", _areas),
    _of_red_flag("action", _one_of("refer")),
    *(_of_point("tools", _shuffled_tools),) * 2,
    *(_of_point("position", lambda tables, chance: chance.choice(_ids(tables, "positions"))),) * 2,
    _of_point("technique", lambda tables, chance: chance.choice(_ids(tables, "techniques"))),
    *(_of_point("mode", _one_of("hold", "sweep", "scrape")),) * 2,
    _of_point("seconds", _number(1, 120)),
    _of_point("max_seconds", _number(1, 120)),
    _of_point("pressure", _number(1, 7)),
    _of_point("cautions", lambda tables, chance: _some(chance, _ids(tables, "cautions"), 4)),
    _of_point("touches", lambda tables, chance: _some(chance, _ids(tables, "areas"), 3)),
    *(_of_point("sweeps", lambda tables, chance: _some(chance, _ids(tables, "areas"), 4)),) * 2,
    _of_point("area", lambda tables, chance: chance.choice(_ids(tables, "areas"))),
    _of_technique,
    _of_sensation,
    *(_new_limit,) * 6,
)
