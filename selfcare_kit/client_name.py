"""Whether a client's name stands in a text that gets into records."""

from __future__ import annotations

import re
import unicodedata
from itertools import permutations

# A shorter name is found in too many words that have nothing to do with it: it has to be the whole text.
SHORTEST = 3
MOST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+")
_TITLES = frozenset(
    ("dr", "prof", "mr", "mrs", "ms", "mx", "sr", "sra", "srta", "m", "mme", "mlle", "herr", "frau")
)  # fmt: skip


def holds_name(text: str, name: str) -> bool:
    """Tell whether a text holds a client's name, whatever its case, accents, order and signs between.

    Parameters
    ----------
    text : str
        Such as a title or a code.
    name : str
        As it is printed on the handout; titles and initials do not count, and what holds a digit is no name.

    Returns
    -------
    bool
        Whether all words of the name stand in the text, apart or run together.

    Examples
    --------
    >>> holds_name("MILLER_anna-2", "Dr. Anna Miller")
    True
    >>> holds_name("Outer hip", "Anna Miller")
    False
    """
    # A code printed in the place of a name may stand anywhere.
    if any(sign.isdigit() for sign in name):
        return False
    words = _words(name)
    own = [word for word in words if word not in _TITLES and len(word) > 1] or words
    found = _words(text)
    if sum(map(len, own)) < SHORTEST:
        return bool(own) and _letters(text) == _letters(name)
    if set(own) <= set(found):
        return True
    if not 1 < len(own) <= MOST_WORDS:
        return False
    run = "".join(found)
    return any("".join(order) in run for order in permutations(own))


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)).casefold()


def _words(text: str) -> list[str]:
    return _WORD.findall(_plain(text))


def _letters(text: str) -> str:
    return "".join(sign for sign in _plain(text) if sign.isalnum())
