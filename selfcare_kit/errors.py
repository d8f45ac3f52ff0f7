"""The errors selfcare-kit raises, its one warning, and the checks that raise the commonest of them.

Every message is one sentence: what is wrong, what is allowed, what was given, what to do next.
This module imports nothing of ours.
"""

from __future__ import annotations

import re
import reprlib
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

MAX_SHOWN = 80
MAX_TEXT = 10_000
MAX_LETTERS = 20
# What is nested may be so deep that it cannot be shown, or so long that it takes for ever.
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = MAX_SHOWN + 20
_NOT_CARRIED = re.compile("[\x00\ud800-\udfff]")


class SelfcareError(Exception):
    """The base of every error that selfcare-kit raises on purpose."""


class InvalidValueError(SelfcareError, ValueError):
    """A value is outside what is allowed."""


class UnknownIdError(SelfcareError, LookupError):
    """An id is not in the guide or on the body figure."""


class DoseError(SelfcareError, ValueError):
    """A step, or steps together, would exceed the guide's dose."""


class BlockedError(SelfcareError, ValueError):
    """The screening does not allow a point, an area, a tool or a position."""


class ScreeningRequired(SelfcareError):
    """A client's page was asked for without a screening of today."""


class ReferralRequired(SelfcareError):
    """The safety answers say that somebody else has to look first."""


class GuideError(SelfcareError, ValueError):
    """A guide folder cannot be read as a guide."""


class FileFormatError(SelfcareError, ValueError):
    """A file from outside is not what it should be."""


class FileWriteError(SelfcareError, OSError):
    """A file cannot be written; what was there before is unchanged."""


class MissingExtraError(SelfcareError, ImportError):
    """A kind of file needs a package that is not installed."""


class MissingLettersWarning(UserWarning):
    """Letters for which there is no font are boxes in a file.

    Parameters
    ----------
    letters : iterable of str
        The letters, each once or more.
    file : str
        What the file is called, such as "PDF".
    secret : str, default=""
        Letters that must not be shown, such as those of a client's name; their scripts are told instead.

    Attributes
    ----------
    letters : tuple of str
        Each once, in the order of their code points.

    Examples
    --------
    >>> MissingLettersWarning("語日語", "PDF").letters
    ('日', '語')
    """

    def __init__(self, letters: Iterable[str], file: str, secret: str = "") -> None:
        self.letters, self.file = tuple(sorted(set(letters))), file
        shown = [letter for letter in self.letters if letter not in secret]
        hidden = sorted({_script(letter) for letter in self.letters if letter in secret})
        named = " and ".join(filter(None, (_listed(shown), f"letters ({', '.join(hidden)})" if hidden else "")))
        super().__init__(
            f"the {file} has boxes in place of {named}, for which there is no font on this computer; install one that "
            "has them, such as one of the Noto fonts, and write it again."
        )

    @property
    def sentence(self) -> str:
        """What it says, with a capital at its beginning."""
        return f"{self}"[:1].upper() + f"{self}"[1:]


# Told each time: another page with the same boxes is another page.
warnings.simplefilter("always", MissingLettersWarning, append=True)


@contextmanager
def heard_letters() -> Iterator[list[MissingLettersWarning]]:
    """Collect the warnings of missing letters, for whoever tells them in another way; others go where they went.

    Yields
    ------
    list of MissingLettersWarning
        Grows while the block runs; each is in it once.
    """
    heard: list[MissingLettersWarning] = []
    with warnings.catch_warnings():
        show = warnings.showwarning

        def take(message: Warning | str, *rest: Any, **more: Any) -> None:
            if not isinstance(message, MissingLettersWarning):
                show(message, *rest, **more)
            elif str(message) not in map(str, heard):
                heard.append(message)

        warnings.showwarning = take
        warnings.simplefilter("always", MissingLettersWarning)
        yield heard


def is_seen(letter: str) -> bool:
    """Return whether a letter would be a box without a font; marks that join letters or change direction are not seen.

    Parameters
    ----------
    letter : str
        One character.

    Returns
    -------
    bool
        False for blanks, too.

    Examples
    --------
    >>> is_seen("a"), is_seen(" "), is_seen("\u200d")
    (True, False, False)
    """
    return not letter.isspace() and unicodedata.category(letter) not in ("Cc", "Cf")


def _listed(letters: list[str]) -> str:
    more = len(letters) - MAX_LETTERS
    shown = (letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in letters[:MAX_LETTERS])
    return " ".join(shown) + (f" and {more} more" if more > 0 else "")


def _script(letter: str) -> str:
    """Return the first word of a letter's name, such as "Thai"."""
    word = unicodedata.name(letter, "other").split()[0].split("-")[0]
    return word if word == "CJK" else word.capitalize()


def quoted(value: object) -> str:
    """Show a value in a message: quoted, and cut where it is long.

    Parameters
    ----------
    value : object
        What was given.

    Returns
    -------
    str
        At most about 80 characters, safe to print.

    Examples
    --------
    >>> quoted("left")
    "'left'"
    """
    if isinstance(value, str):
        value = value[: MAX_SHOWN + 1]
        shown = repr(value) if value.isprintable() else ascii(value)
    else:
        try:
            shown = _SHORT.repr(value)
        except (ValueError, RecursionError):
            shown = f"<{type(value).__name__}>"
        shown = shown if shown.isprintable() else ascii(shown)[1:-1]
    return shown if len(shown) <= MAX_SHOWN else f"{shown[:MAX_SHOWN]}..."


def shown_name(name: str) -> str:
    """Return the name of a file as it can stand in a message, without signs that a screen would obey.

    Parameters
    ----------
    name : str
        What somebody called it.

    Returns
    -------
    str
        At most about 80 characters, safe to print; the end is kept.

    Examples
    --------
    >>> shown_name("routine.csv")
    'routine.csv'
    """
    shown = name if name.isprintable() else ascii(name)[1:-1]
    return shown if len(shown) <= MAX_SHOWN else f"{shown[: MAX_SHOWN - 20]}...{shown[-20:]}"


def check_choice(name: str, value: Any, choices: Iterable[str]) -> str:
    """Return `value` if it is one of `choices`.

    Parameters
    ----------
    name : str
        What the value is called in the message.
    value : object
        What was given.
    choices : iterable of str
        What is allowed.

    Returns
    -------
    str
        The value, unchanged.

    Raises
    ------
    InvalidValueError
        If the value is not one of the choices.

    Examples
    --------
    >>> check_choice("side", "left", ("left", "right"))
    'left'
    """
    allowed = tuple(choices)
    if isinstance(value, str) and value in allowed:
        return value
    raise InvalidValueError(f"{name} must be one of {', '.join(allowed)}, got {quoted(value)}; choose one of them.")


def check_whole_number(name: str, value: Any, low: int, high: int, hint: str = "") -> int:
    """Return `value` if it is a whole number from `low` to `high`.

    Parameters
    ----------
    name : str
        What the value is called in the message.
    value : object
        What was given; a bool or a float is refused.
    low, high : int
        The limits, both allowed.
    hint : str, default=""
        What to do next, as the end of the sentence.

    Returns
    -------
    int
        The value, unchanged.

    Raises
    ------
    InvalidValueError
        If the value is not a whole number in the limits.

    Examples
    --------
    >>> check_whole_number("pressure", 5, 1, 7)
    5
    """
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return value
    end = hint or "choose one in between"
    raise InvalidValueError(f"{name} must be a whole number from {low} to {high}, got {quoted(value)}; {end}.")


def check_text(name: str, value: Any) -> str:
    """Return `value` if it is text that every export can carry.

    Parameters
    ----------
    name : str
        What the value is called in the message.
    value : object
        What was given.

    Returns
    -------
    str
        The value, unchanged.

    Raises
    ------
    InvalidValueError
        If it is not text, is longer than 10,000 characters, or holds a NUL or half a
        character pair.
    """
    if not isinstance(value, str):
        raise InvalidValueError(f"{name} must be text, got {quoted(value)}; put it in quotes.")
    if len(value) > MAX_TEXT:
        raise InvalidValueError(f"{name} must have at most {MAX_TEXT:,} characters, got {len(value):,}; shorten it.")
    if _NOT_CARRIED.search(value):
        raise InvalidValueError(
            f"{name} must be text without NUL or broken characters, got {quoted(value[:20])}; type it again."
        )
    return value
