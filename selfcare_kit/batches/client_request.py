"""What a row of the clients' table requests: files, a complaint, a screening, and the routine made from them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from selfcare_kit.errors import (
    BlockedError,
    InvalidValueError,
    ScreeningRequired,
    check_text,
    check_whole_number,
    quoted,
)
from selfcare_kit.export.client_name import holds_name
from selfcare_kit.export.kinds import KINDS, MAX_CODE_LENGTH, FileKind, file_kind, file_name_of
from selfcare_kit.export.private import check_name
from selfcare_kit.export.record.code_pages import is_garbled
from selfcare_kit.export.record.dates import read_date
from selfcare_kit.export.record.table import whole_number
from selfcare_kit.plan.shorthand import read_agreed, read_complaint, read_where, split_agreed
from selfcare_kit.plan.suggest.suggestions import suggest
from selfcare_kit.plan.templates import best_plan, sides_by_default, template_for
from selfcare_kit.routine import Routine
from selfcare_kit.safety.explained import describe_conflicts
from selfcare_kit.safety.screening import Screening, screen
from selfcare_kit.spreadsheets.yes_words import is_yes

if TYPE_CHECKING:
    from selfcare_kit.guide.guide import Guide
    from selfcare_kit.model.complaint import Complaint

COLUMNS = {
    "code": "the client's code; it names the files, so it is never a name",
    "client": "the name to print on the handout; it goes nowhere else",
    "title": "heading of the handout",
    "areas": "where it hurts, separated by semicolons: hip_side; foot_top:left:numb+tingling:6",
    "side": "the client's own side, for areas without one: left, right or both",
    "sensations": "what it feels like, for areas without sensations of their own: ache; numb",
    "template": "yes for the guide's own sequence instead of the best points",
    "confirm_sides": "yes to confirm steps on a side on which nothing hurts",
    "count": "the largest number of points; 5 when left out",
    "none_of_these": "yes when every safety question was asked and none applies",
    "yes": "safety questions answered yes, separated by semicolons: C01; C12",
    "where": "the areas of such answers: C12=foot_top; C12=heel",
    "agreed_by": "initials of the clinician who assessed all findings that need it",
    "agreed": "what was ruled out for each, and by whom: R18=pulses good, AB; R19=no fever, AB",
    "asked_on": "the day the safety questions were asked; for a handout it must be today",
    "kinds": "kinds of files to write, joined by a plus: html+csv",
    "language": "language of the handout, such as en",
    "paper": "A4 or Letter",
    "variant": "look of the handout: standard, large, black_and_white, no_figure or detailed",
}
OPTION_COLUMNS = ("language", "paper", "variant")
REQUIRED_COLUMNS = ("code",)
DEFAULT_COUNT = 5
MAX_COUNT = 50
_PHRASE_SEPARATOR = re.compile(r"[;\n]")
_WORD_SEPARATOR = re.compile(r"[;,+\s]+")


@dataclass(frozen=True)
class ClientRequest:
    """The request of one row: the client's code, and its cells by column; what they hold is checked when it is used."""

    code: str
    cells: Mapping[str, str]

    def kinds(self, default: tuple[str, ...]) -> tuple[FileKind, ...]:
        """Return the kinds of files to write, each once; the default ones where the row names none."""
        wanted = _words(self.cells["kinds"].casefold()) or default
        return tuple(file_kind(name) for name in dict.fromkeys(wanted))

    @property
    def options(self) -> dict[str, str]:
        """The options of the handout that the row gives, with the client's name."""
        own = {name: self.cells[name] for name in OPTION_COLUMNS if self.cells[name]}
        if "paper" in own:
            own["paper"] = own["paper"].capitalize()
        for name in ("language", "variant"):
            if name in own:
                own[name] = own[name].casefold()
        return {**own, "client": self.cells["client"]}

    def complaint(self, guide: Guide) -> Complaint | None:
        """Return the complaint; None when the row names no area."""
        areas, sensations = _phrases(self.cells["areas"], guide), self.cells["sensations"]
        if areas:
            return read_complaint(areas, guide, self.cells["side"] or None, _words(sensations))
        if _words(sensations):
            raise InvalidValueError(
                f"sensations must be of an area, got {quoted(sensations)} without one; name where in areas."
            )
        return None

    def routine(self, guide: Guide, complaint: Complaint | None) -> Routine:
        """Make the routine for the row's complaint: of the guide's template, or of the best points."""
        screening, title = self._screening(guide), self.cells["title"]
        if is_yes("template", self.cells):
            if self.cells["count"]:
                raise InvalidValueError(
                    f"count is for the best points and not for the guide's own sequence, got "
                    f"{quoted(self.cells['count'])}; empty it, or template."
                )
            side = self.cells["side"].casefold() or None
            made = Routine.of(template_for(complaint, side, screening, guide=guide, code=self.code))
            return self._with_confirmed_sides(replace(made, title=title or made.title))
        if complaint is None:
            raise InvalidValueError("areas must say where it hurts, got none; name an area, or write yes as template.")
        found = suggest(complaint, screening=screening, guide=guide)
        made = best_plan(found, self._count(), title=title, code=self.code)
        return self._with_confirmed_sides(Routine.of(made))

    def sides_message(self, routine: Routine, kinds: Iterable[FileKind]) -> str:
        """Return a message about the sides of the steps, or none; refuse a file for the client with a conflict."""
        conflicts = describe_conflicts(routine.side_conflicts)
        if not conflicts:
            is_side_left_out = is_yes("template", self.cells) and not self.cells["side"]
            return sides_by_default(routine) if is_side_left_out else ""
        advice = "correct side and areas, or write yes as confirm_sides when it is meant"
        if any(kind.for_client for kind in kinds):
            raise BlockedError(f"the steps must lie on the side that hurts, got: {conflicts}; {advice}.")
        return f"No page for the client as it stands: {conflicts}; {advice}."

    def _with_confirmed_sides(self, routine: Routine) -> Routine:
        return routine.confirm_sides() if is_yes("confirm_sides", self.cells) else routine

    def _count(self) -> int:
        cell = self.cells["count"]
        number = whole_number(cell) if cell else DEFAULT_COUNT
        return check_whole_number("count", cell if number is None else number, 1, MAX_COUNT)

    def _screening(self, guide: Guide) -> Screening | None:
        none_apply, yes = is_yes("none_of_these", self.cells), _words(self.cells["yes"])
        if none_apply and yes:
            raise InvalidValueError(
                f"none_of_these and yes exclude each other, got yes and {quoted(self.cells['yes'])}; empty one of them."
            )
        if self.cells["none_of_these"] and not none_apply and not yes:
            raise InvalidValueError("yes must name what applies when none_of_these is no, got none; name it.")
        for column in ("where", "agreed_by", "agreed"):
            if self.cells[column] and not none_apply and not yes:
                raise InvalidValueError(
                    f"{column} is about an answer, got {quoted(self.cells[column])} without one; name it in yes."
                )
        if none_apply or yes:
            where = read_where(_phrases(self.cells["where"], guide))
            agreed = read_agreed(split_agreed(self.cells["agreed"], guide))
            return screen(yes, where, self.cells["agreed_by"], guide=guide, date=self._asked_on(), agreed=agreed)
        return None

    def _asked_on(self) -> datetime.date:
        cell = self.cells["asked_on"]
        if not cell:
            raise ScreeningRequired(
                "asked_on must be the day the safety questions were asked, got none; write it as 2026-11-23."
            )
        # Where it could be one of two days: today, as a handout needs, and none that is still to come.
        today = datetime.date.today()
        return datetime.date.fromisoformat(read_date(cell, "asked_on", "asked_on", (today,), today))


def read_code(cells: Mapping[str, str]) -> str:
    """Return the client's code of a row, stripped; refuse one that cannot name a file or be printed."""
    code = cells["code"].strip()
    if not code:
        raise InvalidValueError("code must not be empty, as it names the files; give each row a code of its own.")
    if len(code) > MAX_CODE_LENGTH or not code.isprintable():
        raise InvalidValueError(
            f"code must be at most {MAX_CODE_LENGTH} printable characters, got {quoted(code[:MAX_CODE_LENGTH])}; "
            "shorten it."
        )
    if not any(character.isalnum() for character in code):
        raise InvalidValueError(f"code must hold a letter or a digit, got {quoted(code)}; write it as C-104.")
    return code


def shown_code(cells: Mapping[str, str]) -> str:
    """Return the code of a row for the report, whatever its other cells hold; empty where it cannot be shown."""
    try:
        code = read_code({"code": cells.get("code", "")})
    except InvalidValueError:
        return ""
    return "" if holds_name(code, cells.get("client", ""), any_word=True) else code


def code_key(code: str) -> str:
    """Return a key that is equal for codes whose files would have the same name on some system.

    Examples
    --------
    >>> code_key("c/104") == code_key("C_104")
    True
    """
    name = file_name_of(KINDS["html"], code, datetime.date.min)
    return unicodedata.normalize("NFKC", name).casefold()


def read_request(cells: Mapping[str, str]) -> ClientRequest:
    """Read the cells of a row; refuse a code that cannot name files, and a client's name in another cell."""
    own = {column: cells.get(column, "").strip() for column in COLUMNS}
    _check_private(own)
    return ClientRequest(read_code(own), own)


def _phrases(cell: str, guide: Guide) -> list[str]:
    """Return the parts of a cell between semicolons, commas and line breaks; the comma in an area's label is none."""
    return [part for phrase in _PHRASE_SEPARATOR.split(cell) for part in _between_commas(phrase, guide)]


def _between_commas(phrase: str, guide: Guide) -> list[str]:
    parts: list[str] = []
    for part in filter(None, map(str.strip, phrase.split(","))):
        # Such as "Hip, side:left" or "C12=Foot, top".
        if parts and guide.has_area(f"{parts[-1].rpartition('=')[2]}, {part.partition(':')[0]}"):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _words(cell: str) -> list[str]:
    return [word for word in _WORD_SEPARATOR.split(cell) if word]


def _check_private(cells: Mapping[str, str]) -> None:
    """Refuse a client's name that cannot be printed, or that would get into records; no message quotes it."""
    try:
        name = check_text("client", cells["client"])
    except InvalidValueError:
        raise InvalidValueError(
            "client must be a name of at most 10,000 characters, without NUL or broken ones; type it again."
        ) from None
    if name == "0":
        raise InvalidValueError(
            "client must be a name or empty, got '0', as a formula writes it for an empty cell; empty it, or type the "
            "name."
        )
    if is_garbled(name):
        raise InvalidValueError(
            "client must be the name as it is written, got one with a character inside a word that no name has, as a "
            'wrong code page leaves it; type it again, and save the table as "CSV UTF-8".'
        )
    texts = ((column, cells[column]) for column in COLUMNS if column != "client")
    check_name(name, texts, only="stand in the column client only", shown=repr)
