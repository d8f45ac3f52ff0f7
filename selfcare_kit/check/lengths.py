"""The lengths that the short texts of a guide may have, and a note for each that is longer.

A handout of five steps is one sheet of paper; longer texts would push its end to a second sheet. The limits for English
were measured on that page; other languages need a little more for the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from selfcare_kit.errors import quoted, shown_name
from selfcare_kit.guide.cells import Row, read_table
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.languages import field_names, fill
from selfcare_kit.guide.problems.find import Problem
from selfcare_kit.guide.short_texts import filled_how, how_key, plain
from selfcare_kit.guide.techniques import ways_of
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.model.step import MODES, Step
from selfcare_kit.plan.dosing import own_step

# Values for the fields of a text while its letters are counted.
_SAMPLES = {"seconds": "120", "max_seconds": "120", "pressure": "7", "count": "10"}


class Budget(NamedTuple):
    """The most letters of the texts whose keys fit a pattern."""

    keys: re.Pattern[str]
    english: int
    other: int

    def allowed(self, language: str) -> int:
        """Return the most letters in a language."""
        return self.english if language == "en" else self.other


def _budget(keys: str, english: int, other: int) -> Budget:
    return Budget(re.compile(keys), english, other)


# The first that fits a key counts. Filled templates have `HOLD` and `MOVE`, anatomical cautions `ANATOMY`.
BUDGETS = (
    _budget(r"point\.[^.]+\.name", 24, 26),
    _budget(r"point\.[^.]+\.where\.short", 105, 120),
    _budget(r"caution\.[^.]+\.short(\..+)?", 125, 145),
    _budget(r"(flag\.[^.]+|handout\.looked_at)\.short", 110, 130),
    _budget(r"handout\.emergency\.short\..+", 57, 66),
    _budget(r"handout\.today\.short\.\d+\.with\..+", 85, 98),
    _budget(r"handout\.today\.short\..+", 65, 75),
    _budget(r"handout\.stop\.short\..+", 85, 98),
    _budget(r"handout\.rule\.short\.\d+\.with\..+", 66, 90),
    _budget(r"handout\.rule\.short\..+", 60, 72),
    _budget(r"handout\.card\.side\..+", 12, 12),
    _budget(r"handout\.card\.tool\..+", 24, 24),
    _budget(r"handout\.card\.seconds_each_side", 26, 26),
    _budget(r"handout\.about\.short", 330, 330),
)
ANATOMY = _budget(r"caution\..+", 85, 110)
HOLD, MOVE = _budget(r"how\.hold\..+", 115, 130), _budget(r"how\..+", 135, 150)


def letters_of(text: str) -> int:
    """Return how many letters a text has on the page: without marks for bold print, and with its fields filled.

    Examples
    --------
    >>> letters_of("At most **{max_seconds} seconds**")
    19
    """
    return len(plain(fill(text, _SAMPLES)))


def letters_allowed(key: str, language: str, guide: Guide) -> int | None:
    """Return how many letters the text with a key may have in a language; None for no limit."""
    if key.startswith("caution.") and ".short" in key:
        caution = guide.records.cautions.get(key.split(".")[1])
        # An anatomical caution is on the card of a point, whatever was answered.
        if caution is not None and caution.is_anatomical:
            return ANATOMY.allowed(language)
    found = next((each for each in BUDGETS if each.keys.fullmatch(key)), None)
    return found.allowed(language) if found else None


def check_lengths(guide: Guide) -> Iterator[Problem]:
    """Yield a note for every short text with too many letters, in the order of the files; the guide has no problem."""
    ways = tuple(all_ways(guide))
    for language in guide.languages:
        yield from _check_language(guide, language, ways)


def all_ways(guide: Guide) -> Iterator[Step]:
    """Yield a step for every mode, tool and position that a clinician is offered for the points that may be pressed."""
    for point in guide.point_values.values():
        if point.show_only:
            continue
        for mode in MODES:
            in_mode = replace(own_step(point, "left"), mode=mode)
            for tool in ways_of(in_mode, guide).tools:
                with_tool = replace(in_mode, tool=tool)
                for position in ways_of(with_tool, guide).positions:
                    yield replace(with_tool, position=position)


def _check_language(guide: Guide, language: str, ways: tuple[Step, ...]) -> Iterator[Problem]:
    file = shown_name(f"text/{language}.csv")
    rows = read_table(guide.folder / "text" / f"{language}.csv", ("key", "text"))
    longest = _longest_filled(guide, language, ways) if any(row["key"].startswith("how.") for row in rows) else {}
    kinds = {row["key"].split(".")[1] for row in rows if row["key"].startswith("phrase.")}
    for number, row in enumerate(rows, start=2):
        is_template = row["key"].startswith("how.")
        messages = _check_template(row, language, longest, kinds) if is_template else _check_text(row, language, guide)
        for message in messages:
            yield Problem(file, number, "text", message, is_note=True)


def _check_text(row: Row, language: str, guide: Guide) -> Iterator[str]:
    key, letters = row["key"], letters_of(row["text"])
    allowed = letters_allowed(key, language, guide)
    if allowed is not None and letters > allowed:
        yield f"{quoted(key)} must have at most {allowed} letters in {language}, got {letters}; shorten it."


def _check_template(row: Row, language: str, longest: dict[str, tuple[int, str]], kinds: set[str]) -> Iterator[str]:
    key = row["key"]
    for kind in sorted(set(field_names(row["text"])) - kinds):
        message = f"has the field {{{kind}}} and no key begins with 'phrase.{kind}.'; correct one of them."
        yield f"{quoted(key)} {message}"
    allowed = (HOLD if HOLD.keys.fullmatch(key) else MOVE).allowed(language)
    letters, step = longest.get(key, (0, ""))
    if letters > allowed:
        yield (
            f"{quoted(key)} must have at most {allowed} letters in {language} with its phrases, "
            f"got {letters} for {step}; shorten it or the phrase."
        )


def _longest_filled(guide: Guide, language: str, ways: tuple[Step, ...]) -> dict[str, tuple[int, str]]:
    """Return the most letters of each template when it is filled, with the point and side they are for."""
    texts = guide.texts(language)
    # Many ways to work a point have one template.
    templates = dict.fromkeys(
        (step.point, how_key(texts, guide.point(step.point), mode=step.mode, position=step.position, tool=step.tool))
        for step in ways
    )
    longest: dict[str, tuple[int, str]] = {}
    for id, key in templates:
        for side in STEP_SIDES if key else ():
            letters = letters_of(filled_how(texts, key, guide.point(id), side))
            longest[key] = max(longest.get(key, (0, "")), (letters, f"{id} {side}"))
    return longest
