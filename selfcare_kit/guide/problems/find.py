"""The problems in a guide folder, each with file, row, column and what to do.

`load_guide` refuses a folder with a problem that is not only a note. `check_guide` in `selfcare_kit.check` lists these
problems, and adds notes that need the rules of a plan.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from selfcare_kit.errors import GuideError, quoted, shown_name
from selfcare_kit.guide.cells import Row, read_table, split
from selfcare_kit.guide.data import data_folder
from selfcare_kit.guide.guide import BUILT_IN, Guide, built_in
from selfcare_kit.guide.languages import ABOUT, DIRECTIONS, NAME_LISTS, fields_of, numbers_of, shared_part
from selfcare_kit.guide.problems.columns import BODY_LANDMARKS, NEVER_GUESSED, row_checker
from selfcare_kit.guide.problems.help_lines import check_help_lines
from selfcare_kit.guide.problems.settings import check_settings
from selfcare_kit.guide.problems.use import check_use
from selfcare_kit.guide.schema import Table, tables
from selfcare_kit.guide.short_texts import is_short

# Headings that only the leaflet needs.
LEAFLET_TEXTS = tuple(
    f"leaflet.{name}"
    for name in (
        "title", "where_first.title", "technique.title", "tools.title", "points.title", "picture.title", "safety.title",
    )
)  # fmt: skip

# Which key was meant takes long to find out; where so many are unknown, the language is of another guide.
MAX_GUESSES = 20


@dataclass(frozen=True)
class Problem:
    """One thing to correct in a guide.

    Parameters
    ----------
    file : str
        The file it is in.
    row : int or None
        Row of the table, 1 for the header; None for the whole file.
    column : str
        Column; empty for the whole row or file.
    message : str
        What is wrong, what is allowed and what to do, in one sentence.
    is_note : bool, default=False
        Whether it may be left as it is, such as when a language lacks a text.
    """

    file: str
    row: int | None
    column: str
    message: str
    is_note: bool = False

    def __str__(self) -> str:
        name = self.file.rpartition("/")[2]
        # What a reader says of a table begins with its name.
        if self.row is None and self.message.startswith(name):
            return self.file + self.message.removeprefix(name)
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
    rows: dict[str, tuple[Row, ...]] = {}
    problems: list[Problem] = []
    for name in tables():
        try:
            rows[name] = guide.table(name)
        except GuideError as error:
            problems.append(Problem(f"{name}.csv", None, "", str(error)))
    if problems:
        return problems
    ids = known_ids(rows)
    for name, table in tables().items():
        problems += _check_table(table, rows[name], ids)
    problems += [Problem("guide.toml", None, *each) for each in check_settings(guide.settings, ids)]
    if not problems:
        problems += [Problem(*each) for each in check_use(rows, guide.settings, guide.dose)]
        problems += _check_id(guide)
    return [*problems, *_check_texts(guide, rows)]


def _check_id(guide: Guide) -> list[Problem]:
    """Return a note when another guide has the id of the built-in one."""
    if guide.id != BUILT_IN or guide.folder.resolve() == (data_folder() / BUILT_IN).resolve():
        return []
    message = "is the built-in guide's; give your own another, so that a page names the guide it is from."
    return [Problem("guide.toml", None, "id", message, is_note=True)]


def known_ids(rows: dict[str, tuple[Row, ...]]) -> dict[str, set[str]]:
    """Return the ids that cells may refer to, by table; the landmarks of the body are among them."""
    ids = {name: {row[table.key[0]] for row in rows[name]} for name, table in tables().items()}
    ids[BODY_LANDMARKS] = {row["id"] for row in read_table(data_folder() / "body" / "landmarks.csv", ("id",))}
    return ids


def _check_table(table: Table, rows: tuple[Row, ...], ids: dict[str, set[str]]) -> Iterator[Problem]:
    file = f"{table.name}.csv"
    check_row = row_checker(table, ids)
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=2):
        key = tuple(row[column] for column in table.key)
        if key in seen:
            names = ", ".join(key)
            yield Problem(
                file, number, table.key[0], f"{quoted(names)} already stands in row {seen[key]}; keep one of them."
            )
        seen.setdefault(key, number)
        for column, message in check_row(row):
            yield Problem(file, number, column, message)


def _check_texts(guide: Guide, rows: dict[str, tuple[Row, ...]]) -> Iterator[Problem]:
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
    for key in _needed_texts(guide, rows):
        if key not in first:
            yield Problem(file, None, "key", f"{quoted(key)} has no text; add it.")
    for column, message, is_note in check_help_lines(first):
        yield Problem(file, None, column, message, is_note=is_note)
    for key in LEAFLET_TEXTS:
        is_needed = "template" in guide.settings or not key.startswith("leaflet.picture.")
        if is_needed and key not in first:
            yield Problem(
                file, None, "key", f"{quoted(key)} has no text, so there is no leaflet; add it.", is_note=True
            )
    for language in guide.languages:
        yield from _check_language(guide, language, first)


def _needed_texts(guide: Guide, rows: dict[str, tuple[Row, ...]]) -> list[str]:
    kinds = ("area", "muscle", "tool", "position", "technique", "sensation", "caution")
    shared = shared_part(built_in().texts("en"), (), guide.texts(guide.language))
    return [
        *(f"point.{row['id']}.where" for row in rows["points"]),
        *(f"{kind}.{row['id']}" for kind in kinds for row in rows[f"{kind}s"]),
        *(key for key in shared if not is_short(key)),
    ]


def _check_language(guide: Guide, language: str, first: Mapping[str, str]) -> Iterator[Problem]:
    file = shown_name(f"text/{language}.csv")
    try:
        rows = read_table(guide.folder / "text" / f"{language}.csv", ("key", "text"))
    except GuideError as error:
        yield Problem(file, None, "", str(error))
        return
    seen: dict[str, int] = {}
    unknown = 0
    for number, row in enumerate(rows, start=2):
        if row["key"] in seen:
            message = f"{quoted(row['key'])} already stands in row {seen[row['key']]}; keep one of them."
            yield Problem(file, number, "key", message)
        seen.setdefault(row["key"], number)
        if row["text"]:
            unknown += row["key"] not in first
            found = _check_text(row["key"], row["text"], first, may_guess=unknown <= MAX_GUESSES)
            yield from (Problem(file, number, *each) for each in found)
    for key in guide.translation(language).missing:
        message = f"{quoted(key)} has no text and stays {quoted(guide.language)}; translate it."
        yield Problem(file, None, "key", message, is_note=True)


def _check_text(key: str, text: str, first: Mapping[str, str], *, may_guess: bool) -> Iterator[tuple[str, str, bool]]:
    """Yield the column, the message and whether it is only a note, for each problem of a text."""
    if key in ABOUT:
        if key == "language.direction" and text not in DIRECTIONS:
            yield "text", f"must be one of {', '.join(DIRECTIONS)}, got {quoted(text)}; correct it.", False
        return
    if key not in first:
        may_guess = may_guess and not key.startswith(tuple(f"{table[:-1]}." for table in NEVER_GUESSED))
        matches = difflib.get_close_matches(key, first, n=1) if may_guess else []
        advice = f"perhaps {quoted(matches[0])} was meant" if matches else "remove it"
        yield "key", f"{quoted(key)} is not a text of the guide's own language, so nothing shows it; {advice}.", True
        return
    count = NAME_LISTS.get(key, 0)
    if count and len(split(text)) != count:
        yield "text", f"must be {count} names with ';' between, got {len(split(text))}; correct it.", False
    for message, is_note in _unlike(text, first[key], not key.startswith("date.")):
        yield "text", message, is_note


# Most texts are as they were when a guide was last checked.
@lru_cache(maxsize=8192)
def _unlike(text: str, first: str, has_numbers: bool) -> tuple[tuple[str, bool], ...]:
    """Return what a text holds other than that of the guide's own language, and whether that is only a note."""
    found = []
    if fields_of(text) != fields_of(first):
        wanted = ", ".join(fields_of(first)) or "none"
        message = f"must hold the fields {wanted} and no other, got {quoted(text)}; keep them as they are."
        found.append((message, False))
    if has_numbers and numbers_of(text) != numbers_of(first):
        wanted = ", ".join(numbers_of(first)) or "none"
        message = (
            f"holds other numbers than the guide's own language ({wanted}), got {quoted(text)}; see which is right."
        )
        found.append((message, True))
    return tuple(found)
