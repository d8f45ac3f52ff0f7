"""Telling an author what is wrong in a guide folder: file, row, column, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from selfcare_kit.errors import GuideError, quoted, shown_name
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import BUILT_IN, SHARED_TEXTS, Guide, built_in
from selfcare_kit.guide.languages import ABOUT, DIRECTIONS, NAME_LISTS, fields_of, numbers_of
from selfcare_kit.guide.problems.settings import check_settings
from selfcare_kit.guide.problems.use import check_use
from selfcare_kit.guide.schema import BASES, TABLES, Row, Table, read_table, split
from selfcare_kit.guide.short_texts import is_short

# What looks alike may be the opposite where somebody's safety or a place on the body is meant.
NEVER_GUESSED = {"points", "areas", "red_flags", "cautions", "landmarks", "body landmarks", "acupoints"}
# Headings without which a guide can make every page but the leaflet.
LEAFLET_TEXTS = tuple(
    f"leaflet.{name}"
    for name in (
        "title", "where_first.title", "foot_path.title", "technique.title", "tools.title", "points.title",
        "acupuncture.title", "picture.title", "safety.title",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """One thing to correct in a guide.

    Parameters
    ----------
    file : str
        Where it is.
    row : int or None
        Row of the table, 1 for the header; None when it is the whole file.
    column : str
        Column; empty when it is the whole row or file.
    message : str
        What is wrong, what is allowed and what to do, in one sentence.
    is_note : bool, default=False
        Whether the guide can be used as it is, such as when a language lacks a text.
    """

    file: str
    row: int | None
    column: str
    message: str
    is_note: bool = False

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file}, row {self.row}"
        note = "note: " if self.is_note else ""
        return f"{place}{f', column {self.column}' if self.column else ''}: {note}{self.message}"


def find_problems(folder: str | Path) -> list[Problem]:
    """List what is wrong in the tables, settings and texts of a guide folder, in the order of the files."""
    folder = Path(folder)
    try:
        guide = Guide(folder)
    except GuideError as error:
        return [Problem("guide.toml", None, "", str(error))]
    tables: dict[str, tuple[Row, ...]] = {}
    problems: list[Problem] = []
    for name in TABLES:
        try:
            tables[name] = guide.table(name)
        except GuideError as error:
            problems.append(Problem(f"{name}.csv", None, "", str(error)))
    if problems:
        return problems
    ids = _known_ids(tables)
    for name, table in TABLES.items():
        problems += _check_table(name, table, tables[name], ids)
    problems += [Problem("guide.toml", None, *each) for each in check_settings(guide.settings, ids)]
    if not problems:
        problems += [Problem(*each) for each in check_use(tables, guide.settings, guide.dose)]
        problems += _check_name(guide)
    return [*problems, *_check_texts(guide, tables)]


def _check_name(guide: Guide) -> list[Problem]:
    if guide.id != BUILT_IN or guide.folder.resolve() == (data_folder() / BUILT_IN).resolve():
        return []
    message = "is the built-in guide's; give your own another, so that a page tells which of them it is from."
    return [Problem("guide.toml", None, "id", message, is_note=True)]


def _known_ids(tables: dict[str, tuple[Row, ...]]) -> dict[str, set[str]]:
    ids = {name: {row[TABLES[name].key[0]] for row in rows} for name, rows in tables.items()}
    ids["body landmarks"] = {row["id"] for row in read_table(data_folder() / "body" / "landmarks.csv", ("id",))}
    return ids


def _check_table(name: str, table: Table, rows: tuple[Row, ...], ids: dict[str, set[str]]) -> Iterator[Problem]:
    file = f"{name}.csv"
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        key = tuple(row[column] for column in table.key)
        if key in seen:
            names = ", ".join(key)
            yield Problem(
                file, number, table.key[0], f"{quoted(names)} already stands in row {seen[key]}; keep one of them."
            )
        seen.setdefault(key, number)
        for column, message in _check_row(table, row, ids):
            yield Problem(file, number, column, message)


def _check_row(table: Table, row: Row, ids: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    for column in (*table.key, *table.required):
        if not row[column] or (column in table.lists and not split(row[column])):
            yield column, "must not be empty; fill it in."
    for column, target in table.references.items():
        if row[column]:
            yield from _check_id(column, row[column], target, ids)
    for column, target in table.lists.items():
        for id in split(row[column]):
            if id in table.words.get(column, ()):
                if row[column] != id:
                    yield column, f"{id!r} must stand alone, got {quoted(row[column])}; remove the others."
            else:
                yield from _check_id(column, id, target, ids)
    for column, choices in table.choices.items():
        if row[column] not in choices:
            allowed = ", ".join(choice or "empty" for choice in choices)
            yield column, f"must be one of {allowed}, got {quoted(row[column])}; correct it."
    for column, (low, high) in table.numbers.items():
        if row[column] and not _is_number(row[column], low, high):
            yield column, f"must be a number from {low:g} to {high:g}, got {quoted(row[column])}; correct it."
    for less, more in table.ordered:
        if _is_more(row[less], row[more]):
            yield less, f"must be at most {row[more]}, which is {more}, got {quoted(row[less])}; correct one of them."
    yield from _check_question(row)
    if "where" in table.columns and not split(row["areas"]) and row["where"] != "required":
        yield "areas", "must not be empty unless where is required; name the areas it is about, or all."
    if table.is_cited:
        yield from _check_citation(row, ids)


def _check_question(row: Row) -> Iterator[tuple[str, str]]:
    """Tell of a red flag or caution that is to be asked and has no question."""
    is_asked = row["kind"] in ("question", "both") if "kind" in row else "all_of" in row and not row["all_of"]
    if "question" in row and is_asked and not row["question"]:
        yield "question", "must not be empty; write what the client is asked."


def _check_id(column: str, id: str, target: str, ids: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    names = target.split("|")
    known = set().union(*(ids[name] for name in names))
    if id in known:
        return
    where = " or ".join(name if name == "body landmarks" else f"{name}.csv" for name in names)
    meant = [] if NEVER_GUESSED & set(names) else difflib.get_close_matches(id, known, n=1)
    advice = f"perhaps {quoted(meant[0])} was meant" if meant else "add it there or correct it"
    yield column, f"{quoted(id)} is not in {where}; {advice}."


def _is_number(text: str, low: float, high: float) -> bool:
    kind = int if isinstance(low, int) and isinstance(high, int) else float
    try:
        return low <= kind(text) <= high
    except ValueError:
        return False


def _is_more(text: str, most: str) -> bool:
    try:
        return float(text) > float(most)
    except ValueError:
        return False


def _check_citation(row: Row, ids: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    if row["basis"] not in BASES:
        yield "basis", f"must be one of {', '.join(BASES)}, got {quoted(row['basis'])}; say where the row comes from."
    if not split(row["source"]):
        yield "source", "must name at least one key of sources.csv; add where the row comes from."
    for key in split(row["source"]):
        yield from _check_id("source", key, "sources", ids)


def _check_texts(guide: Guide, tables: dict[str, tuple[Row, ...]]) -> Iterator[Problem]:
    file = shown_name(f"text/{guide.language}.csv")
    if guide.language not in guide.languages:
        message = f"needs the guide's own language; add {file} with the columns key and text."
        yield Problem("text", None, "", message)
        return
    try:
        first = guide.texts(guide.language)
    except GuideError as error:
        yield Problem(file, None, "", str(error))
        return
    for key in _needed_texts(guide, tables):
        if key not in first:
            yield Problem(file, None, "key", f"{quoted(key)} has no text; add it.")
    for key in LEAFLET_TEXTS:
        is_needed = "template" in guide.settings or not key.startswith("leaflet.picture.")
        if is_needed and key not in first:
            yield Problem(
                file, None, "key", f"{quoted(key)} has no text, so there is no leaflet; add it.", is_note=True
            )
    for language in guide.languages:
        yield from _check_language(guide, language, first)


def _needed_texts(guide: Guide, tables: dict[str, tuple[Row, ...]]) -> list[str]:
    kinds = ("area", "muscle", "tool", "position", "technique", "sensation", "caution")
    return [
        *(f"point.{row['id']}.where" for row in tables["points"]),
        *(f"{kind}.{row['id']}" for kind in kinds for row in tables[f"{kind}s"]),
        *(key for key in built_in().texts("en") if key.startswith(SHARED_TEXTS) and not is_short(key)),
    ]


def _check_language(guide: Guide, language: str, first: Mapping[str, str]) -> Iterator[Problem]:
    file = shown_name(f"text/{language}.csv")
    try:
        rows = read_table(guide.folder / "text" / f"{language}.csv", ("key", "text"))
    except GuideError as error:
        yield Problem(file, None, "", str(error))
        return
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        if row["key"] in seen:
            message = f"{quoted(row['key'])} already stands in row {seen[row['key']]}; keep one of them."
            yield Problem(file, number, "key", message)
        seen.setdefault(row["key"], number)
        if row["text"]:
            yield from (Problem(file, number, *found) for found in _check_text(row["key"], row["text"], first))
    for key in guide.translation(language).missing:
        message = f"{quoted(key)} has no text and stays {quoted(guide.language)}; translate it."
        yield Problem(file, None, "key", message, is_note=True)


def _check_text(key: str, text: str, first: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Yield column, message and whether it is a note, for one text of a language."""
    if key in ABOUT:
        if key == "language.direction" and text not in DIRECTIONS:
            yield "text", f"must be one of {', '.join(DIRECTIONS)}, got {quoted(text)}; correct it.", False
        return
    if key not in first:
        is_guessed = not key.startswith(tuple(f"{table[:-1]}." for table in NEVER_GUESSED))
        meant = difflib.get_close_matches(key, first, n=1) if is_guessed else []
        advice = f"perhaps {quoted(meant[0])} was meant" if meant else "remove it"
        yield "key", f"{quoted(key)} is not a text of the guide's own language, so nothing shows it; {advice}.", True
        return
    count = NAME_LISTS.get(key, 0)
    if count and len(split(text)) != count:
        yield "text", f"must be {count} names with ';' between, got {len(split(text))}; correct it.", False
    if fields_of(text) != fields_of(first[key]):
        wanted = ", ".join(fields_of(first[key])) or "none"
        yield "text", f"must hold the fields {wanted} and no other, got {quoted(text)}; keep them as they are.", False
    if numbers_of(text) != numbers_of(first[key]) and not key.startswith("date."):
        wanted = ", ".join(numbers_of(first[key])) or "none"
        message = (
            f"holds other numbers than the guide's own language ({wanted}), got {quoted(text)}; see which is right."
        )
        yield "text", message, True
