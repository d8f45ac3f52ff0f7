"""Which texts a spreadsheet program reads as a number, a day or a truth value, and so would change."""

from __future__ import annotations

import re

from selfcare_kit.spreadsheets.damage import is_damaged

# Names of months in the kit's languages, long and short.
_MONTHS = (
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec januar februar märz mai juni juli oktober dezember jän mär mrz okt dez enero febrero "
    "marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago dic janvier "
    "février mars avril juin juillet août septembre octobre novembre décembre janv fév févr avr juil déc"
)
_DAYS_OF_WEEK = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun montag dienstag mittwoch "
    "donnerstag freitag samstag sonntag mo di mi do fr sa so lunes martes miércoles jueves viernes sábado domingo lun "
    "mié jue vie sáb dom lundi mardi mercredi jeudi vendredi samedi dimanche mer jeu ven sam dim"
)
_WORDS_BEFORE_NUMBER = frozenset((*_MONTHS.split(), *_DAYS_OF_WEEK.split(), "eur", "usd", "chf", "gbp"))
# These only after a number.
_WORDS_AFTER_NUMBER = frozenset(
    (*_WORDS_BEFORE_NUMBER, "e", "a", "p", "am", "pm", "m", "h", "t", "uhr", "de", "st", "nd", "rd", "th")
)
_TRUTH_VALUES = frozenset(("true", "false", "wahr", "falsch", "vrai", "faux", "verdadero", "falso"))
_PUNCTUATION = frozenset(".,:;/-–+−()%$€£¥₩₹'’ \xa0\u202f\t")
_FRACTIONS = frozenset("½¼¾")
_PARTS = re.compile(r"[^\W\d_]+|\d+|.", re.DOTALL)
# Longer ones are shown and saved as 1.23457E+11.
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")


def is_changed_by_spreadsheets(text: str) -> bool:
    """Return whether a spreadsheet program may change a text.

    Examples
    --------
    >>> [is_changed_by_spreadsheets(text) for text in ("MAR-1", "12E-3", "(5)", "$5", "C-104", "March", "104")]
    [True, True, True, True, False, False, False]
    """
    if _WHOLE_NUMBER.fullmatch(text):
        return False
    bare = text.strip()
    if bare.casefold() in _TRUTH_VALUES or is_damaged(bare):
        return True
    has_number = False
    for part in _PARTS.findall(bare.casefold()):
        if part.isdecimal() or part in _FRACTIONS:
            has_number = True
        elif part.isalpha():
            if part not in (_WORDS_AFTER_NUMBER if has_number else _WORDS_BEFORE_NUMBER):
                return False
        elif part not in _PUNCTUATION:
            return False
    return has_number
