"""The answers for a new guide: checked one by one or all at once, read from a file, and kept in one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfcare_kit.clinics.toml_file import toml_values
from selfcare_kit.errors import InvalidValueError, quoted, shown_name
from selfcare_kit.files import read_file, write_atomically
from selfcare_kit.guide.guide import built_in
from selfcare_kit.guide.scaffold.questions import GROUPS, ITEM, QUESTIONS, Draft, Group, Question, landmarks

MAX_FILE_BYTES = 1_000_000
MAX_LETTERS = 400
HEADER = '# Answers for "selfcare-kit guide new FOLDER --from THIS FILE". docs/write-a-guide.md explains each.\n\n'
_ID = re.compile(r"\w+")
YES_NO = {"yes": True, "y": True, "no": False, "n": False}


@dataclass(frozen=True)
class OwnLandmark:
    """A landmark that the body does not have, told from those that it has."""

    id: str
    label: str
    from_landmark: str
    to_landmark: str
    fraction: float
    lateral: float
    up: float
    front: float


@dataclass(frozen=True)
class OwnRedFlag:
    """A red flag of the author's own; no areas mean all."""

    id: str
    label: str
    message: str
    areas: tuple[str, ...]
    question: str
    action: str


@dataclass(frozen=True)
class OwnCaution:
    """A caution of the author's own; without a question it is true of everybody."""

    id: str
    label: str
    message: str
    areas: tuple[str, ...]
    question: str
    client: str
    leave_out: bool


@dataclass(frozen=True)
class NewPoint:
    """A point of the new guide, its place included."""

    muscle: str
    muscle_client: str
    label: str
    from_landmark: str
    to_landmark: str
    fraction: float
    lateral: float
    up: float
    front: float
    surface: str
    area: str
    touches: tuple[str, ...]
    main: tuple[str, ...]
    also: tuple[str, ...]
    technique: str
    pressure: float
    cautions: tuple[str, ...]
    client: str


@dataclass(frozen=True)
class Answers:
    """All that is asked for a new guide; `answers_of` makes and checks them."""

    title: str
    clinic: str
    areas: tuple[str, ...]
    techniques: tuple[str, ...]
    tools: tuple[str, ...]
    positions: tuple[str, ...]
    red_flags: tuple[str, ...]
    cautions: tuple[str, ...]
    emergency: tuple[str, ...]
    today: tuple[str, ...]
    stop: tuple[str, ...]
    landmarks: tuple[OwnLandmark, ...]
    own_red_flags: tuple[OwnRedFlag, ...]
    own_cautions: tuple[OwnCaution, ...]
    points: tuple[NewPoint, ...]


_RECORDS: dict[str, Any] = {
    "landmarks": OwnLandmark, "own_red_flags": OwnRedFlag, "own_cautions": OwnCaution, "points": NewPoint,
}  # fmt: skip


def checked_answer(question: Question, value: Any, draft: Draft) -> Any:
    """Return an answer as it is kept: the usual one where it is empty, ids as a list; raise where it is not allowed."""
    if value in ("", None, [], ()):
        if question.usual is not None and value in ("", None):
            return question.usual(draft)
        if question.is_needed:
            raise InvalidValueError(f"{question.name} must not be empty; answer it: {question.text.lower()}.")
        return [] if question.kind in ("ids", "lines") else ""
    return _CHECKS[question.kind](question, value, draft)


def answers_of(values: Mapping[str, Any]) -> Answers:
    """Return the answers that a mapping holds by the names of the questions.

    Raises
    ------
    InvalidValueError
        For the first answer that is missing or not allowed.

    Examples
    --------
    >>> answers_of({"title": "Calf pain"})
    Traceback (most recent call last):
    selfcare_kit.errors.InvalidValueError: clinic must not be empty; answer it: who writes it: your clinic.
    """
    known = [question.name for question in QUESTIONS] + [group.name for group in GROUPS]
    _check_names(values, known, "the answers")
    draft: dict[str, Any] = {}
    for question in QUESTIONS:
        draft[question.name] = checked_answer(question, values.get(question.name), draft)
    for group in GROUPS:
        draft[group.name] = _checked_group(group, values.get(group.name, []), draft)
    _check_techniques(draft)
    records = {name: tuple(record(**_frozen(each)) for each in draft[name]) for name, record in _RECORDS.items()}
    return Answers(**{**_frozen(draft), **records})


def read_answers(path: str | Path) -> dict[str, Any]:
    """Return the answers in a TOML file as they stand, which may be some of them; `answers_of` checks them."""
    name = shown_name(Path(path).name)
    content = read_file(path, MAX_FILE_BYTES, called=name, advice="name the file of answers")
    return toml_values(content, name)


def save_answers(draft: Draft, path: Path) -> Path:
    """Write the answers so far into a TOML file, which `read_answers` reads again."""
    # A late import, as a guide from a finished file needs no writer of TOML.
    import tomlkit

    order = [*(question.name for question in QUESTIONS), *(group.name for group in GROUPS)]
    kept = {name: draft[name] for name in order if name in draft}
    # A list without an item stands before the first table, or it would belong to that.
    kept = dict(sorted(kept.items(), key=lambda each: bool(each[1]) and each[0] in _RECORDS))
    return write_atomically(path, (HEADER + tomlkit.dumps(kept)).encode())


def _frozen(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _checked_group(group: Group, items: Any, draft: Draft) -> list[dict[str, Any]]:
    if not isinstance(items, list) or not all(isinstance(each, Mapping) for each in items):
        raise InvalidValueError(f"{group.name} must be tables, got {quoted(items)}; write [[{group.name}]] above each.")
    if len(items) < group.at_least:
        raise InvalidValueError(f"{group.name} must hold at least one {group.one}, got none; write [[{group.name}]].")
    found: list[dict[str, Any]] = []
    for number, item in enumerate(items, start=1):
        name = f"{group.one} {number}"
        try:
            _check_names(item, [question.name for question in group.questions], name)
            found.append({})
            so_far = {**draft, group.name: found[:-1], ITEM: found[-1]}
            for question in group.questions:
                found[-1][question.name] = checked_answer(question, item.get(question.name), so_far)
        except InvalidValueError as error:
            raise InvalidValueError(f"{name}: {error}") from None
    ids = [each["id"] for each in found if "id" in each]
    taken = _ids_of_kit(group.name) if ids else set()
    twice = next((id for id in ids if ids.count(id) > 1 or id in taken), "")
    if twice:
        raise InvalidValueError(f"{group.name} must have ids of their own, got {quoted(twice)} twice; choose another.")
    return found


def _ids_of_kit(name: str) -> set[str]:
    if name == "landmarks":
        return {*landmarks({})}
    return {*built_in().records.rules}


def _check_names(values: Mapping[str, Any], known: list[str], name: str) -> None:
    unknown = next((each for each in values if each not in known), None)
    if unknown is not None:
        raise InvalidValueError(f"{name} may hold {', '.join(known)}, got {quoted(unknown)}; correct or remove it.")


def _check_techniques(draft: Draft) -> None:
    """Refuse a technique of whose tools or positions none was taken."""
    for id in draft["techniques"]:
        technique = built_in().records.techniques[id]
        for name, own in {"tools": technique.tools, "positions": technique.positions}.items():
            if own and not {*own} & {*draft[name]}:
                raise InvalidValueError(
                    f"{name} must hold one of those of {id}, {', '.join(own)}, got {', '.join(draft[name])}; "
                    "add one, or leave the technique out."
                )


def _text(question: Question, value: Any, draft: Draft) -> str:
    if not isinstance(value, str) or "\n" in value.strip() or not value.isprintable():
        raise InvalidValueError(f"{question.name} must be a text on one line, got {quoted(value)}; write it so.")
    text = value.strip()
    if question.name == "id" and not _ID.fullmatch(text):
        raise InvalidValueError(f"id must have letters, digits and _ only, got {quoted(text)}; correct it.")
    if text and not any(letter.isalnum() for letter in text):
        raise InvalidValueError(f"{question.name} must be told in words, got {quoted(text)}; write it out.")
    if len(text) > MAX_LETTERS:
        raise InvalidValueError(
            f"{question.name} must have at most {MAX_LETTERS} letters, got {len(text)}; shorten it."
        )
    return text or checked_answer(question, text, draft)


def _lines(question: Question, value: Any, draft: Draft) -> list[str]:
    lines = [value] if isinstance(value, str) else value
    if not isinstance(lines, list | tuple):
        raise InvalidValueError(
            f"{question.name} must be a list of texts, got {quoted(value)}; write one in each line."
        )
    return [_text(question._replace(is_needed=True), line, draft) for line in lines]


def _one_id(question: Question, value: Any, draft: Draft) -> str:
    found = _ids(question, value, draft)
    if len(found) != 1:
        raise InvalidValueError(f"{question.name} must be one id, got {len(found)}; choose one.")
    return found[0]


def _ids(question: Question, value: Any, draft: Draft) -> list[str]:
    given = re.split(r"[\s;,]+", value.strip(" ;,")) if isinstance(value, str) else value
    allowed = question.choices(draft) if question.choices else {}
    if not isinstance(given, list | tuple):
        raise InvalidValueError(f"{question.name} must be a list of ids, got {quoted(value)}; write them in brackets.")
    for id in given:
        if id not in allowed:
            known = ", ".join(allowed) or "nothing yet"
            raise InvalidValueError(f"{question.name} must be of {known}, got {quoted(id)}; choose from these.")
    return list(dict.fromkeys(given))


def _number(question: Question, value: Any, draft: Draft) -> float:
    try:
        number = float(value.replace(",", ".").replace("\N{MINUS SIGN}", "-") if isinstance(value, str) else value)
    except (TypeError, ValueError):
        number = float("nan")
    if isinstance(value, bool) or not question.low <= number <= question.high:
        limits = f"from {question.low:g} to {question.high:g}"
        raise InvalidValueError(f"{question.name} must be a number {limits}, got {quoted(value)}; correct it.")
    if question.name == "pressure" and number != int(number):
        raise InvalidValueError(f"pressure must be a whole number, got {quoted(value)}; correct it.")
    return int(number) if number == int(number) else number


def _yes_no(question: Question, value: Any, draft: Draft) -> bool:
    found = YES_NO.get(value.casefold()) if isinstance(value, str) else value
    if not isinstance(found, bool):
        raise InvalidValueError(f"{question.name} must be yes or no, got {quoted(value)}; answer with one of them.")
    return found


_CHECKS = {"text": _text, "lines": _lines, "id": _one_id, "ids": _ids, "number": _number, "yes_no": _yes_no}
