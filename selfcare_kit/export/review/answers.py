"""Reading the answers of a review form, and adding them to the guide's `reviews.csv`.

The form saves a CSV file, which may have been opened and saved again by a spreadsheet program. A row that cannot be
used is left out and named; rows are only ever added, and the same file counts once however often it is applied.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from selfcare_kit.errors import FileFormatError, InvalidValueError, quoted, shown_name
from selfcare_kit.export.record.csv import DELIMITERS, guard, unguard
from selfcare_kit.export.record.dates import read_date
from selfcare_kit.export.record.encoding import decode_table
from selfcare_kit.files import is_file, read_file, write_atomically
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.names import normalised
from selfcare_kit.guide.records import ItemReview
from selfcare_kit.guide.schema import tables
from selfcare_kit.review.items import Item, items_of
from selfcare_kit.review.states import reviewers_of

TABLE = "reviews"
MAX_ANSWER_BYTES = 4_000_000
MAX_COMMENT = 2_000
MAX_INITIALS = 12
NEEDED = ("item", "digest", "verdict", "comment", "reviewer", "profession", "day")
VERDICTS = ("agree", "change", "unsure")
# As people write it; apostrophes are left out before.
SAME_VERDICT = {"dont know": "unsure", "do not know": "unsure", "agreed": "agree", "yes": "agree"}
_DIGEST = re.compile(r"[a-p]{12}")
_VERSION = re.compile(r"[\w.]{1,40}")
_SPACE = re.compile(r"\s+")


class Answers(NamedTuple):
    """What is in a file of answers: rows to add, remarks on some of them, and why others are left out."""

    rows: tuple[ItemReview, ...]
    remarks: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


class Added(NamedTuple):
    """What was added to the reviews of a guide: how many rows, how many were there already, and the answers."""

    count: int
    known: int
    answers: Answers


def apply_answers(path: str | Path, guide: Guide, today: datetime.date | None = None) -> Added:
    """Add the answers in a file to the `reviews.csv` of a guide's folder.

    Parameters
    ----------
    path : str or Path
        The file that the form saved.
    guide : Guide
        The guide that was read; load it again to see what the answers change.
    today : datetime.date, optional
        For tests; the real date when left out.

    Returns
    -------
    Added
        With what is left out and why.

    Raises
    ------
    FileFormatError
        If the file is no table of answers.
    """
    answers = read_answers(path, guide, today)
    # Read again, as answers may have been added since the guide was opened.
    known = {_key(row) for row in Guide(guide.folder).records.reviews}
    fresh = {_key(row): row for row in answers.rows if _key(row) not in known}
    if fresh:
        _write(guide.folder / f"{TABLE}.csv", [*fresh.values()])
    return Added(len(fresh), len(answers.rows) - len(fresh), answers)


def _key(row: ItemReview) -> tuple[str, ...]:
    return tuple(str(vars(row)[column]) for column in tables()[TABLE].key)


def _write(path: Path, rows: list[ItemReview]) -> None:
    """Write rows at the end of a table, whose own rows stay byte for byte as they are."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    names = tables()[TABLE].names
    before = b""
    if is_file(path):
        before = read_file(path, 64_000_000, called=path.name, advice="allow it to be read", error=FileFormatError)
    if not before:
        writer.writerow(names)
    elif not before.endswith((b"\n", b"\r")):
        before += b"\n"
    for row in rows:
        writer.writerow([vars(row)[name] for name in names])
    write_atomically(path, before + out.getvalue().encode())


def read_answers(path: str | Path, guide: Guide, today: datetime.date | None = None) -> Answers:
    """Return the answers in a file, as rows of `reviews.csv`, and what cannot be used of it."""
    today = today or datetime.date.today()
    name = shown_name(Path(path).name)
    advice = "save the form's answers again and name that file"
    content = read_file(path, MAX_ANSWER_BYTES, called=name, advice=advice, error=FileFormatError)
    text, remark = _text(content, name)
    rows: list[ItemReview] = []
    remarks = [remark] if remark else []
    refused: list[str] = []
    for number, cells in _table(text, name):
        if not cells["verdict"]:
            continue
        try:
            row = _review(cells, guide, name, today)
        except InvalidValueError as error:
            refused.append(f"{name}, row {number}: {str(error).removeprefix(f'{name}: ')}")
            continue
        rows.append(row)
        remarks += (f"{name}, row {number}: {each}" for each in _remarks(row, items_of(guide)[row.item]))
    return Answers(tuple(rows), tuple(remarks), tuple(refused))


def _text(content: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file and a remark where its letters may be wrong."""
    try:
        return decode_table(content, name), ""
    except FileFormatError:
        remark = f"{name} is no UTF-8 text and was read as Windows text; see whether accents in comments are right."
        return content.decode("cp1252", errors="replace"), remark


def _table(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number and the cells of each row."""
    # A line that names the separator is Excel's own and no row.
    first, _, rest = text.partition("\n")
    start = 1 if first.lower().startswith("sep=") else 0
    header = (rest if start else text).partition("\n")[0]
    delimiter = max(DELIMITERS, key=header.count)
    try:
        table = list(csv.reader(io.StringIO(rest if start else text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FileFormatError(f"{name} is not a table ({error}); save the form's answers again.") from None
    names = [normalised(cell) for cell in table[0]] if table else []
    missing = [column for column in NEEDED if column not in names]
    if missing:
        raise FileFormatError(
            f"{name} must have the columns {', '.join(NEEDED)}, got none called {', '.join(missing)}; "
            "save the form's answers again."
        )
    columns = tables()[TABLE].names
    for number, row in enumerate(table[1:], start=start + 2):
        cells = dict(zip(names, map(str.strip, row), strict=False))
        yield number, {column: cells.get(column, "") for column in columns}


def _review(cells: Mapping[str, str], guide: Guide, name: str, today: datetime.date) -> ItemReview:
    """Return the row of an answer, or raise an InvalidValueError that says why there is none."""
    _check_guide(cells["guide"], guide)
    if cells["item"] not in items_of(guide):
        raise InvalidValueError(
            f"an item must be one of guide {guide.id!r}, got {quoted(cells['item'])}, which it does not have; "
            "make a new pack and ask again."
        )
    if not _DIGEST.fullmatch(cells["digest"]):
        raise InvalidValueError(
            f"the digest must be 12 letters that say which wording was read, got {quoted(cells['digest'])}; "
            "take the file as the form saved it."
        )
    if not cells["reviewer"] or len(cells["reviewer"]) > MAX_INITIALS:
        raise InvalidValueError(
            f"the reviewer must be initials of at most {MAX_INITIALS} letters, got {quoted(cells['reviewer'])}; "
            "fill in who answered."
        )
    values = {
        "verdict": _verdict(cells["verdict"]),
        "profession": _profession(cells["profession"], guide),
        "day": _day(cells["day"], name, today),
        "comment": guard(_comment(cells["comment"])),
        "reviewer": guard(cells["reviewer"]),
        "guide": guide.id,
        "version": cells["version"] if _VERSION.fullmatch(cells["version"]) else "",
    }
    return ItemReview(**{**cells, **values})


def _check_guide(id: str, guide: Guide) -> None:
    if id and id != guide.id:
        advice = "name the folder of that guide"
        raise InvalidValueError(f"answers must be about guide {guide.id!r}, got {quoted(id)}; {advice}.")


def _verdict(cell: str) -> str:
    word = _SPACE.sub(" ", cell.casefold().replace("'", "").replace("’", ""))
    verdict = SAME_VERDICT.get(word, word)
    if verdict not in VERDICTS:
        raise InvalidValueError(f"a verdict must be {', '.join(VERDICTS)}, got {quoted(cell)}; correct it.")
    return verdict


def _profession(cell: str, guide: Guide) -> str:
    reviewers = reviewers_of(guide)
    names = {normalised(name): each.profession for each in reviewers for name in (each.label, each.profession)}
    if normalised(cell) not in names:
        known = ", ".join(each.label for each in reviewers)
        raise InvalidValueError(f"the profession must be one of {known}, got {quoted(cell)}; fill it in.")
    return names[normalised(cell)]


def _day(cell: str, name: str, today: datetime.date) -> str:
    try:
        day = read_date(cell, name, "day", latest=today)
    except FileFormatError as error:
        raise InvalidValueError(str(error)) from None
    if datetime.date.fromisoformat(day) > today:
        raise InvalidValueError(f"the day must be {today} or before, got {day}, which is still to come; correct it.")
    return day


def _comment(cell: str) -> str:
    return _SPACE.sub(" ", unguard(cell)).strip()[:MAX_COMMENT]


def _remarks(row: ItemReview, item: Item) -> Iterator[str]:
    if row.verdict == "change" and not row.comment:
        yield f"{row.item} is to be changed, and nobody says how; ask {row.reviewer}."
    if row.digest not in item.digests:
        yield f"{row.item} has changed since it was read; the answer is kept as history."
