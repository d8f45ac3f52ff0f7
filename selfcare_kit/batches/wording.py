"""The library's sentences in the words of who types the table: no Python, and no id that the row does not hold."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress

from selfcare_kit.errors import UnknownIdError, quoted
from selfcare_kit.guide.guide import Guide

# Advice for Python, and what to do in a table instead.
ADVICE = {
    " (in Python, routine.with_screening(kit.screen(...)))": " in none_of_these or yes, and today in asked_on",
    "see guide.sensations for what each is": "choose one of them",
}
WORDS = 'see the sheet Words of "selfcare-kit batch --example clients.xlsx"'
_FOR_PYTHON = re.compile(r" \(in Python, [^()]*(?:\([^()]*\)[^()]*)*\)")
_ANSWERS = re.compile(r"a safety answer must be one of .+?, got (.+); see the guide's red flags and cautions")
_TEXT_FILE = re.compile(r"add text/\S+\.csv to the guide")
# Not in an example of how a cell is written, such as C12=foot_top or hip_side:left.
_ID = re.compile(r"(?<![\w:=+'])(?:[A-Z][0-9]{2}[a-z]?|[a-z]+(?:_[a-z0-9]+)+)(?![\w:=+'])")
# What is allowed has to be typed as it is listed.
_ALLOWED = re.compile(r"must be one of [^;]*")


def in_plain_words(message: str, typed: Collection[str], guide: Guide) -> str:
    """Return a message of the library for the report; `typed` are the cells of the row.

    Examples
    --------
    >>> from selfcare_kit.guide.load import load_guide
    >>> in_plain_words("hip_side hurts; weak dorsiflexion is R03.", ["C-104", "hip_side"], load_guide())
    'hip_side hurts; weak dorsiflexion is "New foot drop or severe weakness".'
    """
    for text, instead in ADVICE.items():
        message = message.replace(text, instead)
    message = _FOR_PYTHON.sub("", message)
    message = _ANSWERS.sub(rf"yes must name questions by their ids, got \1; {WORDS}", message)
    message = _TEXT_FILE.sub("choose one of them", message)
    message = re.sub(rf" (?:in|of) guide {re.escape(quoted(guide.id))}", "", message)
    known = " ".join(typed).casefold()
    listed = [match.span() for match in _ALLOWED.finditer(message)]

    def named(match: re.Match[str]) -> str:
        is_listed = any(start <= match.start() < end for start, end in listed)
        is_typed = re.search(rf"(?<!\w){re.escape(match[0].casefold())}(?!\w)", known)
        # Some sentences have the label behind the id already.
        if is_listed or is_typed or message.startswith(" (", match.end()):
            return match[0]
        label = _label(match[0], guide)
        return f'"{label}"' if label else match[0]

    return _ID.sub(named, message)


def _label(id: str, guide: Guide) -> str:
    """Return the label of a question, an area or a point; empty for any other word."""
    found = guide.records.rules.get(id) or guide.records.areas.get(id)
    with suppress(UnknownIdError):
        return found.label if found else guide.point(id).label
    return ""
