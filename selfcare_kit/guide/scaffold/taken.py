"""Rows and texts that a new guide takes from the kit's: marked as taken, and without what the new one does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate

from selfcare_kit.guide.cells import Row, split
from selfcare_kit.guide.guide import built_in
from selfcare_kit.guide.languages import field_names
from selfcare_kit.guide.problems.columns import BODY_LANDMARKS
from selfcare_kit.guide.scaffold.answers import Answers
from selfcare_kit.guide.scaffold.questions import ALL
from selfcare_kit.guide.schema import tables

KIT, OWN = "KIT", "OWN"
# What a taken row stands on: nobody read its sources again for the new guide.
BASES = {"source": "known", "known": "known", "estimate": "estimate"}
LANGUAGE = "en"
# Columns whose ids say where or when a rule holds: without any of them it would hold elsewhere.
_CONDITIONS = ("felt_in", "felt", "all_of")
# Tables whose rows the answers name.
_NAMED = ("areas", "techniques", "tools", "positions", "red_flags", "cautions")


def taken_rows(answers: Answers) -> dict[str, list[Row]]:
    """Return the rows of the kit's guide that the answers name, and those that belong to them, by table."""
    base = built_in()
    known = {name: {row["id"] for row in base.table(name)} & {*getattr(answers, name)} for name in _NAMED}
    known["areas"] = {*answers.areas}
    known["red_flags"] |= {
        row["id"] for row in base.table("red_flags") if row["all_of"] and _has_all(row["all_of"], known)
    }
    known["sensations"] = {row["id"] for row in base.table("sensations")}
    known["points"] = set()
    known[BODY_LANDMARKS] = {id for row in base.table("cautions") for id in split(row["near"])}
    rows = {name: [row for row in base.table(name) if row["id"] in known[name]] for name in (*_NAMED, "sensations")}
    rows["limits"] = [row for row in base.table("limits") if row["rule"] in known["red_flags"] | known["cautions"]]
    return {name: [new for row in found if (new := _fitted(name, row, known))] for name, found in rows.items()}


def _has_all(cell: str, known: Mapping[str, set[str]]) -> bool:
    return {*split(cell)} <= known["red_flags"] | known["cautions"]


def _fitted(table: str, row: Row, known: Mapping[str, set[str]]) -> Row | None:
    """Return a row that names only what the new guide has, marked as taken; None where it would say something else."""
    new = {**row, "basis": BASES[row["basis"]], "source": KIT}
    for column in tables()[table].columns.values():
        if column.kind != "list" or not column.references or column.name == "source":
            continue
        had = split(row[column.name])
        left = [id for id in had if id in column.alone or any(id in known.get(each, ()) for each in column.references)]
        new[column.name] = ";".join(left)
        if column.name in _CONDITIONS and had and (not left or (column.name == "all_of" and left != [*had])):
            return None
    return _with_areas(table, row, new)


def _with_areas(table: str, row: Row, new: Row) -> Row | None:
    if table == "limits":
        # Neither areas nor points would mean the points that carry the rule.
        return new if new["areas"] or new["points"] or not (row["areas"] or row["points"]) else None
    if "ask_areas" in new:
        # A rule that the author took although it is about other areas holds for all, and is asked of all.
        if row["areas"] and not new["areas"]:
            new["areas"] = ALL
        if row["ask_areas"] and not new["ask_areas"]:
            new["ask_areas"] = ALL
    if table == "areas":
        # What the kit's guide lacks there says nothing of the new one.
        new["lacks"] = ""
    if table == "techniques":
        new["stated_by_guide"] = "no"
    return new


def taken_texts(answers: Answers, rules: Collection[str]) -> dict[str, str]:
    """Return the texts of the kit's guide for what is taken from it; `rules` are its red flags and cautions."""
    texts = built_in().texts(LANGUAGE)
    ids = {
        "area": answers.areas, "technique": answers.techniques, "tool": answers.tools, "position": answers.positions,
        "flag": rules, "caution": rules, "sensation": [row["id"] for row in built_in().table("sensations")],
        "handout.card.tool": answers.tools, "handout.dose.tool": answers.tools,
    }  # fmt: skip
    starts = {f"{kind}.{id}" for kind, found in ids.items() for id in found}
    taken = {key: text for key, text in texts.items() if not starts.isdisjoint(_starts_of(key))}
    return taken | _how_texts(answers, texts)


def _starts_of(key: str) -> Iterator[str]:
    """Yield a key with ever more of its parts: point, point.gmed_2, point.gmed_2.where."""
    return accumulate(key.split("."), "{}.{}".format)


def _how_texts(answers: Answers, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the short sentences on how a step is done, for the tools and positions taken and the areas of points."""
    worked = {area for point in answers.points for area in (point.area, *point.touches)}
    taken = {}
    for key, text in texts.items():
        kind, *parts = key.split(".")
        is_how = kind == "how" and parts[1] in answers.positions and parts[2] in answers.tools
        is_phrase = kind == "phrase" and parts[1] in worked
        if (is_how and (len(parts) == 3 or parts[3] in worked)) or is_phrase:
            taken[key] = text
    used = {field for key, text in taken.items() if key.startswith("how.") for field in field_names(text)}
    return {key: text for key, text in taken.items() if not key.startswith("phrase.") or key.split(".")[1] in used}
