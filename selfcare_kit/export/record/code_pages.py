"""Detecting a text that was read in another code page than it was written in.

"CSV (MS-DOS)" writes the letter ö as the byte that Windows reads as a closing quotation mark, and "CSV (Macintosh)"
writes ß as that of §. Inside of a word, or at the wrong end of it, such a character is in no name.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_LETTER = r"[^\W\d_]"
# Between two letters only an apostrophe, a character of ASCII or the dot of Catalan l·l is usual.
_INSIDE = re.compile(rf"(?<={_LETTER})(?:[^\w\s’\x00-\x7f]|\xa0)(?={_LETTER})")
_DOT_OF_CATALAN = re.compile("(?<=[lL])·(?=[lL])")
_BEFORE_WORD = re.compile(
    rf"(?<!{_LETTER})(?:[€…†‡‰‹›™®©•–—”§¨¬×÷Ô](?={_LETTER})|µ(?={_LETTER}{{3}})|[çÇ](?=[b-df-hj-np-tv-z]))"
)
_AFTER_WORD = re.compile(rf"(?<={_LETTER})[€„‚…†‡‰‹›–—•§¶µ](?!\w)")
# The other mark of the pair, which has to be on the same line.
_OPENING = {"„": "“”", "‚": "‘’", "“": "”", "‘": "’"}
_CLOSING = {"”": "“„", "“": "„", "‘": "‚"}
# Upper case of DOS is lower case in Windows: RAéL, GARCÖA.
_MIXED_CASE = re.compile(
    "[A-ZÁÂÄÇÉËÍÎÓÔÖÚÜ]{2}[áâäçéëíîóôöúü]|[áâäçéëíîóôöúü][A-ZÁÂÄÇÉËÍÎÓÔÖÚÜ]{2}|[a-z][ÁÂÄÇÉËÍÎÓÔÖÚÜ]|Ö[AO]"
)
# ß of DOS is á in Windows: Straße, Groß, Weiß, Fuß; Juárez and Damián are meant.
_SHARP_S = re.compile("[aeoäöü]á|(?:[ae]u|ei)á|[iu]á(?![nrscdgzjvp])|[A-Z]á[A-Z]")
# Æ of DOS and í of the Macintosh are an apostrophe in Windows, but not as in O'Example, dell'Anna or client's.
_APOSTROPHE = re.compile(
    rf"(?<![\w‘‚])’[a-z]{{4}}|{_LETTER}{{2}}(?<![lLdDsSnN])(?<!qu)(?<!QU)’(?!(?:s|t|m|d|n|ll|re|ve|i)\b){_LETTER}"
    rf"|{_LETTER}[nN]’[b-df-hj-np-tv-z]{_LETTER}|{_LETTER}s’{_LETTER}|\b[BFPRVWZ]’[a-z]|\bD’[ae]z\b"
)
# Capital letters of DOS and of the Macintosh, such as Ú, Ó and Š, are small ones in Windows: a cell of a few words, all
# others with a capital letter, is the name of a person.
_SMALL_INITIAL = re.compile(
    r"(?:^|[,;\t\"])(?:[A-Z][\w.]*[ -]){0,2}[áéëíîóô][a-z]+(?:[ -][A-Z]\w*){0,2}(?=[,;\t\"]|$)", re.MULTILINE
)

# UTF-8 that was read in the code page of Windows and saved again.
_READ_TWICE = re.compile("[ÃÄÅÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")
# Luís of the Macintosh; no name has a possessive.
_POSSESSIVE = re.compile(r"’s\b")
# Symbols, brackets, quotation marks, fractions and controls.
_NO_LETTERS = ("Sc", "Sm", "So", "Pi", "Pf", "Ps", "Pe", "No", "Cc", "Cn", "Co")
_APOSTROPHES = ("’", "‘")


def line_in_other_code_page(text: str) -> int:
    r"""Return the first line, from 1, that was not written in the code page it was read in; 0 when there is none.

    Examples
    --------
    >>> line_in_other_code_page("name\nKöhler"), line_in_other_code_page("name\nK”hler")
    (0, 2)
    """
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, start=1) if _is_strange(line)), 0)


def is_garbled(name: str) -> bool:
    """Return whether a person's name was read in a wrong code page before it came here, or lost letters in one.

    Examples
    --------
    >>> [is_garbled(name) for name in ("KÃ¶hler", "K?hler", "K\ufffdhler", "O'Example-Köhler")]
    [True, True, True, False]
    """
    if "\ufffd" in name or "??" in name:
        return True
    return any(
        before.isalpha()
        and after.isalpha()
        and (middle == "?" or (not middle.isascii() and _is_no_part_of_a_name(middle)))
        for before, middle, after in zip(name, name[1:], name[2:], strict=False)
    ) or bool(_READ_TWICE.search(name) or _POSSESSIVE.search(name) or _mixes_alphabets(name))


def _mixes_alphabets(name: str) -> bool:
    """Return whether a Latin letter touches one of another alphabet, as bytes of DOS do that happen to be UTF-8."""
    alphabets = [_alphabet(character) for character in name]
    return any(set(pair) > {"LATIN"} and "" not in pair for pair in pairwise(alphabets))


def _alphabet(character: str) -> str:
    """Return the first word of a letter's or a mark's name; empty for a combining accent of any alphabet."""
    if not unicodedata.category(character).startswith(("L", "M")):
        return ""
    first = unicodedata.name(character, "").partition(" ")[0]
    return "" if first in ("COMBINING", "MODIFIER", "FEMININE", "MASCULINE", "ZERO", "VARIATION") else first


def _is_no_part_of_a_name(character: str) -> bool:
    return unicodedata.category(character) in _NO_LETTERS and character not in _APOSTROPHES


def _is_strange(line: str) -> bool:
    if line.isascii():
        return False
    plain = _DOT_OF_CATALAN.sub("l", line)
    patterns = (_INSIDE, _BEFORE_WORD, _AFTER_WORD, _MIXED_CASE, _SHARP_S, _APOSTROPHE, _SMALL_INITIAL)
    return any(pattern.search(plain) for pattern in patterns) or _has_lone_quotation_mark(plain)


def _has_lone_quotation_mark(line: str) -> bool:
    """Return whether a quotation mark touches a word and the other mark of its pair is missing."""
    for found in re.finditer("[„“”‚‘]", line):
        before, after = line[: found.start()], line[found.end() :]
        is_paired = any(mark in before for mark in _CLOSING.get(found[0], "")) if before[-1:].isalpha() else True
        if after[:1].isalpha():
            is_paired = is_paired and any(mark in after for mark in _OPENING.get(found[0], ""))
        if not is_paired:
            return True
    return False
