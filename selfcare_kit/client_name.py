"""Whether a client's name stands in a text that gets into records."""

from __future__ import annotations

import re
import unicodedata
from itertools import permutations

# A shorter name is found in too many words that have nothing to do with it: it has to be the whole text.
SHORTEST = 3
# From here on a word of a name is looked for inside of the words of a code, too, as in "amiller".
SHORTEST_INSIDE = 5
MOST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset(
    ("dr", "prof", "mr", "mrs", "ms", "mx", "sr", "sra", "srta", "m", "mme", "mlle", "herr", "frau")
)  # fmt: skip
# Letters that are not one with an accent, as they are typed where the keyboard has none.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
_UMLAUTS = re.compile("([aou])e")
# Writing without blanks between words.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")


def holds_name(text: str, name: str, *, any_word: bool = False) -> bool:
    """Tell whether a text holds a client's name, whatever its case, accents, order and signs between.

    The name is found in the alphabet it is written in only: "Ольга" is not known as "Olga".

    Parameters
    ----------
    text : str
        Such as a title or a code.
    name : str
        As it is printed on the handout; titles and initials do not count, and what holds a digit is no name.
    any_word : bool, default=False
        Whether one word of the name is enough, if it has three letters or more.

    Returns
    -------
    bool
        Whether all words of the name stand in the text, apart or run together.

    Examples
    --------
    >>> holds_name("MILLER_anna-2", "Dr. Anna Miller"), holds_name("Mueller", "Müller")
    (True, True)
    >>> holds_name("Miller-2", "Anna Miller"), holds_name("Miller-2", "Anna Miller", any_word=True)
    (False, True)
    """
    # A code printed in the place of a name may stand anywhere.
    if any(sign.isdigit() for sign in name):
        return False
    words = _words(name)
    own = [word for word in words if word not in _TITLES and (len(word) > 1 or _is_unspaced(word))] or words
    found = _words(text)
    if _has_unspaced(found, own, any_word):
        return True
    if sum(map(len, own)) < SHORTEST:
        return bool(own) and _letters(text) == _letters(name)
    # "ue" may be ü, or just u and e: either way of reading counts.
    readings = ((found, own), ([*map(_folded, found)], [*map(_folded, own)]))
    return any(_has_all(*each) or (any_word and _has_any(*each)) for each in readings)


def _has_all(found: list[str], own: list[str]) -> bool:
    return set(own) <= set(found) or (len(own) > 1 and _runs_in("".join(found), own))


def _has_any(found: list[str], own: list[str]) -> bool:
    run = "".join(found)
    long = (word for word in own if len(word) >= SHORTEST)
    return any(word in found or (len(word) >= SHORTEST_INSIDE and word in run) for word in long)


def _runs_in(run: str, own: list[str]) -> bool:
    return len(own) <= MOST_WORDS and any("".join(order) in run for order in permutations(own))


def _has_unspaced(found: list[str], own: list[str], any_word: bool) -> bool:
    """Look for a name whose writing has no blanks: inside of a text, from two signs on."""
    parts, run = [word for word in own if _is_unspaced(word)], "".join(found)
    if any_word and any(len(part) > 1 and part in run for part in parts):
        return True
    return sum(map(len, parts)) > 1 and _runs_in(run, parts)


def _is_unspaced(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith(_UNSPACED)


def _folded(word: str) -> str:
    return _UMLAUTS.sub(r"\1", word)


def _plain(text: str) -> str:
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    # Together again, as the parts of one Korean sign are no letters of their own.
    return unicodedata.normalize("NFC", bare).casefold().translate(_LETTERS)


def _words(text: str) -> list[str]:
    return _WORD.findall(_plain(text))


def _letters(text: str) -> str:
    return "".join(sign for sign in _plain(text) if sign.isalnum())
