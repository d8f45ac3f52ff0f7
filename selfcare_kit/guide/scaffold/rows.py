"""The files of a new guide, made of the answers: as few rows and cells as a guide needs.

A cell whose usual value is meant stays empty, such as the dose of a point, or where an own row comes from.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable

from selfcare_kit.guide.cells import Row, read_table, split, table_bytes
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import BUILT_IN, built_in
from selfcare_kit.guide.names import normalised
from selfcare_kit.guide.scaffold.answers import Answers, NewPoint, OwnLandmark
from selfcare_kit.guide.scaffold.questions import ALL
from selfcare_kit.guide.scaffold.taken import KIT, LANGUAGE, OWN, taken_rows, taken_texts
from selfcare_kit.guide.schema import Table, tables

# Light, as nobody has reviewed the guide: the kit's own goes up to 7 of 10.
DOSE = {"max_pressure": 5, "default_pressure": 4}


def files_of(answers: Answers, today: datetime.date) -> dict[str, bytes]:
    """Return the content of each file of the guide by its path in the folder; the list of what is left is not in it."""
    rows, own_texts = rows_of(answers), texts_of(answers)
    files = {"guide.toml": _settings(answers, today)}
    for name, table in tables().items():
        if rows.get(name) or not table.is_optional:
            files[f"{name}.csv"] = table_bytes(table.names, (_needed(table, row) for row in rows.get(name, ())))
    texts = ({"key": key, "text": text} for key, text in own_texts.items())
    files[f"text/{LANGUAGE}.csv"] = table_bytes(("key", "text"), texts)
    return files


def rows_of(answers: Answers) -> dict[str, list[Row]]:
    """Return the rows of each table of the guide."""
    rows = taken_rows(answers)
    rows["sources"] = _sources(answers)
    rows["areas"] = [*rows["areas"], *_new_areas(answers, {row["id"] for row in rows["areas"]})]
    order = {id: number for number, id in enumerate(answers.areas)}
    rows["areas"].sort(key=lambda row: order[row["id"]])
    rows["muscles"] = list(muscles_of(answers).values())
    ids = point_ids(answers)
    rows["points"] = [_point(id, point) for id, point in ids.items()]
    rows["places"] = [{"id": id, **_rule(point), "surface": point.surface} for id, point in ids.items()]
    rows["referrals"] = [row for id, point in ids.items() for row in _referrals(id, point)]
    rows["landmarks"] = [{"id": each.id, "label": each.label, **_rule(each)} for each in answers.landmarks]
    rows["red_flags"] = [*rows["red_flags"], *_own_red_flags(answers)]
    rows["cautions"] = [*rows["cautions"], *_own_cautions(answers)]
    return rows


def texts_of(answers: Answers) -> dict[str, str]:
    """Return the texts of the guide by key."""
    taken = taken_rows(answers)
    rules = [row["id"] for name in ("red_flags", "cautions") for row in taken[name]]
    texts = {"language.name": "English", "language.direction": "ltr", "guide.title": answers.title}
    for name in ("emergency", "today", "stop"):
        texts |= {f"handout.{name}.{n}": line for n, line in enumerate(getattr(answers, name), start=1)}
    texts |= {f"point.{id}.where": point.client for id, point in point_ids(answers).items()}
    texts |= {f"caution.{each.id}": each.client for each in answers.own_cautions}
    for id, row in muscles_of(answers).items():
        texts[f"muscle.{id}"] = built_in().texts(LANGUAGE).get(f"muscle.{id}", row["name"])
    texts |= {f"area.{row['id']}": row["label"].lower() for row in _new_areas(answers, set())}
    return texts | taken_texts(answers, rules)


def point_ids(answers: Answers) -> dict[str, NewPoint]:
    """Return the points by their ids: the muscle, and a number within it."""
    counts: Counter[str] = Counter()
    found = {}
    for point in answers.points:
        muscle = _muscle(point)["id"]
        counts[muscle] += 1
        found[f"{muscle}_{counts[muscle]}"] = point
    return found


def muscles_of(answers: Answers) -> dict[str, Row]:
    """Return the muscles of the points by id; those of the kit's guide with its names and nerves."""
    return {row["id"]: row for row in map(_muscle, answers.points)}


def guide_id(title: str) -> str:
    """Return the id of a guide with a title.

    Examples
    --------
    >>> guide_id("Calf & foot pain"), guide_id("Hip and leg")
    ('calf_foot_pain', 'hip_and_leg_own')
    """
    id = _slug(title) or "guide"
    return f"{id}_own" if id == BUILT_IN else id


def _slug(name: str) -> str:
    return re.sub(r"\W+", "_", name.casefold()).strip("_")


def _muscle(point: NewPoint) -> Row:
    wanted = normalised(point.muscle)
    for row in built_in().table("muscles"):
        if wanted in map(normalised, (row["id"], row["name"], row["latin"], *split(row["synonyms"]))):
            return {
                **row,
                "scope": "guide",
                "basis": "known" if row["basis"] == "source" else row["basis"],
                "source": KIT,
            }
    return {"id": _slug(point.muscle) or "muscle", "name": point.muscle, "depth": "surface"}


def _point(id: str, point: NewPoint) -> Row:
    return {
        "id": id, "muscle": _muscle(point)["id"], "label": point.label, "area": point.area,
        "technique": point.technique,
        "pressure": "" if point.pressure == DOSE["default_pressure"] else str(point.pressure),
        "cautions": ";".join(point.cautions), "touches": ";".join(area for area in point.touches if area != point.area),
    }  # fmt: skip


def _rule(place: NewPoint | OwnLandmark) -> Row:
    offsets = {f"offset_{name}": getattr(place, name) for name in ("lateral", "up", "front")}
    return {
        "from_landmark": place.from_landmark, "to_landmark": place.to_landmark,
        "fraction": f"{place.fraction:g}" if place.to_landmark else "",
        **{name: f"{value:g}" if value else "" for name, value in offsets.items()},
    }  # fmt: skip


def _referrals(id: str, point: NewPoint) -> list[Row]:
    kinds = dict.fromkeys(point.also, "spillover") | dict.fromkeys(point.main, "primary")
    return [
        {"point": id, "area": area, "kind": kinds[area], "certain": "yes"} for area in (*point.main, *_only_also(point))
    ]


def _only_also(point: NewPoint) -> tuple[str, ...]:
    return tuple(area for area in point.also if area not in point.main)


def _new_areas(answers: Answers, known: Iterable[str]) -> list[Row]:
    """Return rows for the areas that the kit's guide does not have; on the figure they are regions."""
    body = {row["id"]: row for row in read_table(data_folder() / "body" / "areas.csv", ("id", "label", "group"))}
    return [
        {"id": id, "label": body[id]["label"], "group": body[id]["group"]}
        for id in answers.areas if id not in known
    ]  # fmt: skip


def _own_red_flags(answers: Answers) -> list[Row]:
    return [
        {"id": each.id, "label": each.label, "question": each.question, "core": "yes", "action": each.action,
         "areas": ";".join(each.areas) or ALL, "message": each.message}
        for each in answers.own_red_flags
    ]  # fmt: skip


def _own_cautions(answers: Answers) -> list[Row]:
    return [
        {"id": each.id, "label": each.label, "kind": "question" if each.question else "anatomy",
         "question": each.question, "message": each.message, "action": "caution",
         "areas": ";".join(each.areas) or ALL, "blocks_area": "yes" if each.leave_out else "no"}
        for each in answers.own_cautions
    ]  # fmt: skip


def _sources(answers: Answers) -> list[Row]:
    kit = built_in()
    return [
        {"key": OWN, "citation": f"Own judgement of {answers.clinic}", "kind": "own", "seen": "whole"},
        {"key": KIT, "citation": f"Taken from {kit.id} {kit.version} of selfcare-kit, which names its sources",
         "kind": "own", "seen": "whole"},
    ]  # fmt: skip


def _settings(answers: Answers, today: datetime.date) -> bytes:
    import tomlkit

    document = tomlkit.document()
    for name, value in {
        "id": guide_id(answers.title), "title": answers.title, "version": "0.1.0", "date": f"{today}",
        "language": LANGUAGE,
    }.items():  # fmt: skip
        document.add(name, tomlkit.item(value))
    document.add(tomlkit.comment("Empty until a clinician has read the whole guide; every page says so."))
    document.add("reviewed_by", tomlkit.item(""))
    document.add(tomlkit.nl())
    document.add("dose", tomlkit.item(DOSE))
    return tomlkit.dumps(document).encode()


def _needed(table: Table, row: Row) -> Row:
    """Return a row with the cells of its table only."""
    return {name: row.get(name, "") for name in table.names}
