"""Cells that a spreadsheet program damaged: error values, numbers cut short, and texts turned into days."""

from __future__ import annotations

import re
from functools import cache

from selfcare_kit.errors import quoted

# As Excel writes them.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ENGLISH = "|".join(MONTHS)
_GERMAN = "Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
_FRENCH_AND_SPANISH = (
    "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc|ene|feb|mar|abr|may|jun|jul|ago|sep|sept|dic"
)
# In all languages of Excel, such as #N/A, #NV, #VALUE!, #WERT!, #NAME?, #¡REF!; Err:508 is LibreOffice's.
_ERROR = (
    r"(?i:#(?:N/[A-Z]|NV|NA)!?|#[¡¿]?[^\W\d]+(?:/0)?[ \xa0\u202f]?[!?]|#[^\W\d]+/0!?|#(?:SPILL|GETTING_DATA)|"
    r"#[^\W\d]+(?:\.\.\.|…)|(?:Err|Error|Erreur|Errore|Fehler): ?[0-9]{3})"
)
_TOO_NARROW = "#{3,}"
_CUT_SHORT = r"[+-]?[0-9](?:[.,][0-9]+)?[eE][+-][0-9]{2,3}"
# As Excel writes what it read as a day: MAR-1 becomes 1-Mar or Mar-01, and 2-1 in German 02. Jan, in French 02-janv.
_MADE_A_DAY = (
    rf"[0-9]{{1,2}}-(?:{_ENGLISH})(?:-[0-9]{{2}})?|(?:{_ENGLISH})-[0-9]{{2}}|"
    rf"[0-9]{{2}}\. (?:{_GERMAN})(?: [0-9]{{2}})?|(?:{_GERMAN}) [0-9]{{2}}|"
    rf"[0-9]{{2}}-(?:{_FRENCH_AND_SPANISH})\.?(?:-[0-9]{{2}})?|(?:{_FRENCH_AND_SPANISH})\.?-[0-9]{{2}}"
)
# Each damaged cell but a day has one of these in it.
_TRACES = ("#", "＃", "E+", "E-", "Err", "Fehler:")

# Only when the first cell needs one, as most of what is started reads no cell that could be damaged.
_compiled = cache(re.compile)


def is_damaged(cell: str) -> bool:
    """Return whether a cell may be damaged, in any column; `damage_message` describes it."""
    text = _plain(cell)
    patterns = (_ERROR, _TOO_NARROW, _CUT_SHORT, _MADE_A_DAY)
    return bool(text) and any(_compiled(pattern).fullmatch(text) for pattern in patterns)


def damage_message(column: str, cell: str) -> str:
    """Return the message for a damaged cell, with what to do; empty where the column may hold it.

    Examples
    --------
    >>> damage_message("title", "#N/A")
    "column 'title' must hold what was meant, got the error '#N/A' of a formula; type it again."
    >>> damage_message("title", "1-Mar")
    ''
    """
    text = _plain(cell)
    if _compiled(_TOO_NARROW).fullmatch(text):
        return f"column {column!r} must hold what was meant, got {quoted(text)} of a column too narrow; widen it."
    if _compiled(_ERROR).fullmatch(text):
        return f"column {column!r} must hold what was meant, got the error {quoted(text)} of a formula; type it again."
    kind = "number cut short" if _compiled(_CUT_SHORT).fullmatch(text) else "day"
    if kind == "day" and not (column == "code" and _compiled(_MADE_A_DAY).fullmatch(text)):
        return ""
    return (
        f"column {column!r} must hold what was typed, got {quoted(text)}, a {kind} by the spreadsheet program; "
        "type it again with an apostrophe in front."
    )


def may_hold_damage(text: str) -> bool:
    """Return whether a cell of a whole table may be damaged, other than by a day; most tables need no closer look."""
    return any(trace in text for trace in _TRACES)


def _plain(cell: str) -> str:
    return cell.strip().replace("＃", "#")
