"""Finding a client's name in texts that get into records."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations, zip_longest
from typing import NamedTuple

# A shorter name would be found in many other words, so it has to be the whole text, or a whole word of a code.
MIN_LENGTH = 3
# A word of a name of this length is also looked for inside of the words of a code, as in "amiller".
MIN_INSIDE_LENGTH = 5
MAX_WORDS = 4
# The most words of a name that are looked for as one.
MAX_JOINED = 8
# Every apostrophe, also those that Unicode calls a letter, an accent or a prime.
_APOSTROPHES = str.maketrans(dict.fromkeys("`´ʹʻʼʽʾʿˈˊˋ΄՚׳‘’‚‛′‵Ꞌꞌ＇｀", "'"))
_TITLES = frozenset(
    ("dr", "prof", "mr", "mrs", "ms", "mx", "miss", "sr", "sra", "srta", "m", "mme", "mlle", "herr", "frau", "jr")
)  # fmt: skip
# Words between a given name and a surname that are often left out.
_PARTICLES = frozenset(
    ("da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "la", "le", "ten",
     "ter", "van", "von", "zu", "zum", "zur")
)  # fmt: skip
# Before a surname alone these say that it is one; "Dr." may be the clinician.
_FORMS_OF_ADDRESS = (_TITLES - {"dr", "prof", "m", "jr"}) | frozenset(
    ("senor", "senora", "senorita", "monsieur", "madame", "mademoiselle", "herrn", "fraulein")
)
# Letters without an accent to take off, as a keyboard without them types them; some Arabic ones have two codes.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
     "ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ـ": None}
)  # fmt: skip
_UMLAUTS = re.compile("([aou])e|(a)a|(s)s")
# Scripts without spaces between words.
_UNSPACED_SCRIPTS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
# Of these, the ones in which two characters are a given name, as 小明 of 王小明.
_SYLLABLE_SCRIPTS = ("CJK", "HANGUL")
_HYPHENS = frozenset("-‐‑‒–—−")


class _Part(NamedTuple):
    """Letters without anything between them, and whether a space or a hyphen precedes them.

    `is_initial` is true for one upper-case letter, or one with a full stop.
    """

    letters: str
    after_space: bool
    after_hyphen: bool = False
    is_initial: bool = False


def text_with_name(name: str, texts: Mapping[str, str] | Iterable[tuple[str, str]]) -> str | None:
    """Return the name of the first text that holds a client's name; for "code", which names files, one word is enough.

    Examples
    --------
    >>> text_with_name("Ann O'Example", {"title": "Left hip", "code": "OEXAMPLE-1"})
    'code'
    """
    pairs = texts.items() if isinstance(texts, Mapping) else texts
    return next((key for key, text in pairs if text and holds_name(text, name, any_word=key == "code")), None)


def holds_name(text: str, name: str, *, any_word: bool = False) -> bool:
    """Return whether a text holds a client's name, in any case, order and punctuation, and without its accents.

    All words of the name are needed, titles and initials aside, or what stands for them: two words side by side, a word
    with an initial or a form of address beside it, one half of a double name. With `any_word` one word of the name is
    enough. It is found in its own alphabet only: "Ольга" is not found as "Olga".

    Examples
    --------
    >>> holds_name("MILLER_anna-2", "Dr. Anna Miller"), holds_name("Mueller", "Müller")
    (True, True)
    >>> holds_name("Plan of Ann OExample", "Ann O'Example"), holds_name("ann de vries", "Ann DeVries")
    (True, True)
    >>> holds_name("Plan of A. Miller", "Anna Miller"), holds_name("Anna Lee", "Anna Lee-Miller")
    (True, True)
    >>> holds_name("Miller-2", "Anna Miller"), holds_name("Miller-2", "Anna Miller", any_word=True)
    (False, True)
    """
    # With a digit it is no name but a code, which may be in any text.
    if any(character.isdigit() for character in name):
        return False
    found, own = _parts(text), _without_titles(_parts(name))
    if not found or not own:
        return False
    words = [part.letters for part in own]
    if _has_unspaced([part.letters for part in found], words, any_word):
        return True
    # "ue" may be ü, or just u and e: either way of reading counts.
    readings = ((found, own), ([*map(_folded, found)], [*map(_folded, own)]))
    return any(
        _has_all(*reading) or _has_short_form(*reading) or (any_word and _has_any(*reading)) for reading in readings
    )


def _has_short_form(found: list[_Part], own: list[_Part]) -> bool:
    """Return whether a word of the name stands beside another one, an initial of another one or a form of address."""
    # Of each way to write a word of the name, and of each initial, the numbers of the words.
    by_word: dict[str, set[int]] = {}
    by_initial: dict[str, set[int]] = {}
    for number, writings in enumerate(_word_writings(own)):
        for word in writings:
            by_word.setdefault(word, set()).add(number)
            by_initial.setdefault(word[0], set()).add(number)
    beside = [part for part in found if part.letters not in _PARTICLES]
    for start in range(len(beside)):
        for end in range(start + 1, min(len(beside), start + MAX_WORDS) + 1):
            word = "".join(part.letters for part in beside[start:end])
            numbers = by_word.get(word, set()) if len(word) >= MIN_LENGTH else set()
            if not numbers:
                continue
            before, after = beside[max(0, start - 1) : start], beside[end : end + 1]
            if before and before[0].letters in _FORMS_OF_ADDRESS:
                return True
            for part in (*before, *after):
                others = by_initial if part.is_initial else by_word if len(part.letters) >= MIN_LENGTH else {}
                if others.get(part.letters, numbers) - numbers:
                    return True
    return False


def _word_writings(own: list[_Part]) -> Iterator[set[str]]:
    """Yield for each word of a name how it may be written: joined, and of a double name each half."""
    for word in _words_of(own):
        if "".join(part.letters for part in word) not in _PARTICLES:
            halves = {part.letters for part in word if len(part.letters) >= MIN_LENGTH}
            is_double = any(part.after_hyphen for part in word[1:])
            yield {"".join(part.letters for part in word)} | (halves if is_double else set())


def _words_of(own: list[_Part]) -> list[list[_Part]]:
    """Return the parts of each word of a name, which stand between spaces."""
    words: list[list[_Part]] = []
    for part in own:
        if words and not part.after_space:
            words[-1].append(part)
        else:
            words.append([part])
    return words


def _has_all(found: list[_Part], own: list[_Part]) -> bool:
    close, apart = _writings(found)
    words, needed = [part.letters for part in own], _needed(own)
    kept = [word for word, is_needed in zip(words, needed, strict=True) if is_needed]
    run = "".join(part.letters for part in found)
    if sum(map(len, kept)) < MIN_LENGTH:
        is_all = run in ("".join(kept), "".join(words))
        return is_all or (sum(map(len, words)) >= MIN_LENGTH and any(order in apart for order in _orders(words)))
    together = ["".join(part.letters for part in word) for word in _words_of(own)]
    if any(len(part) > 1 and any(order in run for order in _orders(part)) for part in (kept, together)):
        return True
    # The numbers of words up to which the name is found, apart or joined with the next.
    reached = {0}
    for start in range(len(words)):
        if start not in reached:
            continue
        if not needed[start]:
            reached.add(start + 1)
        if words[start] in close:
            reached.add(start + 1)
        most = min(len(words), start + MAX_JOINED)
        reached |= {end for end in range(start + 2, most + 1) if "".join(words[start:end]) in apart}
    return len(words) in reached


def _has_any(found: list[_Part], own: list[_Part]) -> bool:
    apart, run = _writings(found)[1], "".join(part.letters for part in found)
    words = [part.letters for part in own]
    # A shorter one is found where it stands alone, as in "ng-2".
    whole = {"".join(part.letters for part in word) for word in _words_of(own)} - _PARTICLES
    if any(len(word) > 1 and word in whole for word in (part.letters for part in found)):
        return True
    first = Counter(word[0] for word in words)
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + MAX_JOINED) + 1):
            word = "".join(words[start:end])
            if len(word) < MIN_LENGTH:
                continue
            if word in apart or (len(word) >= MIN_INSIDE_LENGTH and word in run):
                return True
            initials = set(first - Counter(part[0] for part in words[start:end]))
            if any(_is_with_initials(part.letters, word, initials) for part in found):
                return True
    return False


def _is_with_initials(letters: str, word: str, initials: set[str]) -> bool:
    """Return whether letters are a word of the name with initials of the others, as in "btest" or "testb"."""
    rests = [letters[len(word) :]] if letters.startswith(word) else []
    rests += [letters[: -len(word)]] if letters.endswith(word) else []
    return any(0 < len(rest) <= len(initials) and set(rest) <= initials for rest in rests)


def _needed(own: list[_Part]) -> list[bool]:
    """Return for each part whether a text needs it to hold the name; initials and words such as "de" are not needed."""
    needed = [
        (len(part.letters) > 1 or _is_unspaced(part.letters)) and not (number and part.letters in _PARTICLES)
        for number, part in enumerate(own)
    ]
    return needed if any(needed) else [True] * len(own)


def _writings(found: list[_Part]) -> tuple[set[str], set[str]]:
    """Return the words of a text with those that surely were one, and with all neighbours joined."""
    close, apart = {part.letters for part in found}, {part.letters for part in found}
    for start in range(len(found)):
        word, is_close = found[start].letters, True
        for part in found[start + 1 : start + MAX_WORDS]:
            # "O Day" is "Oday", and "de vries" is "Devries", while "is a" is not "Isa".
            is_close = is_close and (not part.after_space or (len(word) == 1 and word not in "aeiuy"))
            word += part.letters
            apart.add(word)
            if is_close or len(word) >= MIN_INSIDE_LENGTH:
                close.add(word)
    return close, apart


def _orders(words: list[str]) -> list[str]:
    return ["".join(order) for order in permutations(words)] if len(words) <= MAX_WORDS else ["".join(words)]


def _has_unspaced(found: list[str], own: list[str], any_word: bool) -> bool:
    """Return whether a text holds a name in a script without spaces, from two characters on."""
    parts, run = [word for word in own if _is_unspaced(word)], "".join(found)
    if any_word and any(_has_given_name(run, part) or part[0] in found for part in parts):
        return True
    return sum(map(len, parts)) > 1 and any(order in run for order in _orders(parts))


def _has_given_name(run: str, part: str) -> bool:
    """Return whether a code holds a word of a name without spaces, or two characters of it in a row."""
    size = 2 if unicodedata.name(part[0], "").startswith(_SYLLABLE_SCRIPTS) else len(part)
    return len(part) > 1 and any(part[start : start + size] in run for start in range(len(part) - size + 1))


def _is_unspaced(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith(_UNSPACED_SCRIPTS)


def _without_titles(own: list[_Part]) -> list[_Part]:
    """Return the parts of a name without titles, but with the M of "M'Ba"."""
    kept = [
        part
        for part, after in zip_longest(own, own[1:])
        if part.letters not in _TITLES or (len(part.letters) == 1 and after and not after.after_space)
    ]
    return kept or own


def _folded(part: _Part) -> _Part:
    return part._replace(letters=_UMLAUTS.sub(r"\1\2\3", part.letters))


def _bare(text: str) -> str:
    parted = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    bare = "".join(
        character
        for character in parted
        if not unicodedata.combining(character) and unicodedata.category(character) != "Cf"
    )  # fmt: skip
    # Composed again, as the parts of a Korean syllable are no letters of their own.
    return unicodedata.normalize("NFC", bare)


def _parts(text: str) -> list[_Part]:
    """Return the words of a text, with vowel signs, which are marks and no letters in many alphabets."""
    parts: list[_Part] = []
    letters, after_space, after_hyphen = "", True, False
    for character in f"{_bare(text)} ":
        if character.isalpha() or unicodedata.category(character).startswith("M"):
            letters += character
            continue
        if letters:
            is_initial = len(letters) == 1 and (letters.isupper() or (after_space and character == "."))
            plain = letters.casefold().translate(_LETTERS)
            # A letter without a sound of its own may leave nothing.
            parts += [_Part(plain, after_space, after_hyphen, is_initial)] if plain else []
            letters, after_space, after_hyphen = "", False, False
        after_space = after_space or character.isspace() or character in ",;"
        after_hyphen = after_hyphen or character in _HYPHENS
    return parts
