"""The errors selfcare-kit raises, its one warning, and the checks that raise the commonest of them.

Every message is one sentence: what is wrong, what is allowed, what was given, what to do next. An error made with
`of` carries these as fields, in which ids know what they are, so that a reader who knows no ids is told labels.
This module imports nothing of ours.
"""

from __future__ import annotations

import re
import reprlib
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

MAX_SHOWN = 80
MAX_TEXT = 10_000
MAX_LETTERS = 20
# What is nested may be so deep that it cannot be shown, or so long that it takes for ever.
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = MAX_SHOWN + 20
_NOT_CARRIED = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Named:
    """Something in a sentence that a reader may know by another name.

    Parameters
    ----------
    kind : {"point", "area", "tool", "position", "sensation", "value"}
        What it is: an id of a guide's table, or what the library calls one of its values.
    id : str
        By which the library knows it.
    shown : str, default=""
        How it stands in a message, such as in quotes; the id when left out.
    """

    kind: str
    id: str
    shown: str = ""

    def __str__(self) -> str:
        return self.shown or self.id


# A piece of a sentence, with the names in it apart from the words between them.
Phrase = str | Named | tuple[str | Named, ...]


def parts_of(phrase: Phrase) -> tuple[str | Named, ...]:
    """Return the words and names of a phrase, in their order."""
    return phrase if isinstance(phrase, tuple) else (phrase,)


def listed(kind: str, ids: Iterable[str]) -> tuple[str | Named, ...]:
    """Return ids of a kind as a phrase, with commas between them."""
    return tuple(part for id in ids for part in (", ", Named(kind, id)))[1:]


def worded(phrase: Phrase, name: Callable[[Named], str] = str) -> str:
    """Write a phrase, with names as a reader knows them; as the library knows them when left out."""
    return "".join(part if isinstance(part, str) else name(part) for part in parts_of(phrase))


class SelfcareError(Exception):
    """The base of every error that selfcare-kit raises on purpose.

    Attributes
    ----------
    what, allowed, given, advice : str, Named or tuple of them
        What is wrong, what is allowed, what was given, what to do next; empty where it has only a sentence.
    """

    what: Phrase = ""
    allowed: Phrase = ""
    given: Phrase = ""
    advice: Phrase = ""

    @classmethod
    def of(cls, what: Phrase, allowed: Phrase, *, given: Phrase = "", advice: Phrase = "") -> Self:
        """Make an error of its fields.

        Parameters
        ----------
        what, allowed : str, Named or tuple of them
            The beginning of its sentence, such as "seconds" and "must be at most 120".
        given, advice : str, Named or tuple of them, default=""
            What follows "got", and what to do next.

        Returns
        -------
        SelfcareError
            With the sentence they make.

        Examples
        --------
        >>> str(DoseError.of("pressure", "must be at most 7", given="9", advice="lower it"))
        'pressure must be at most 7, got 9; lower it.'
        """
        error = cls(_sentence(what, allowed, given, advice, str))
        error.what, error.allowed, error.given, error.advice = what, allowed, given, advice
        return error

    @classmethod
    def in_place(cls, place: str, error: Exception) -> Self:
        """Make an error that says where another one came up.

        Parameters
        ----------
        place : str
            Such as the name of a file.
        error : Exception
            Its sentence follows the place and a colon.

        Returns
        -------
        SelfcareError
            With the fields of the other one, where that has some.
        """
        if not isinstance(error, SelfcareError) or not error.what:
            return cls(f"{place}: {error}")
        what = (f"{place}: ", *parts_of(error.what))
        return cls.of(what, error.allowed, given=error.given, advice=error.advice)

    def sentence(self, name: Callable[[Named], str] = str) -> str:
        """Return its sentence.

        Parameters
        ----------
        name : callable, optional
            Names an id as its reader knows it; the id itself when left out.

        Returns
        -------
        str
            With a full stop.
        """
        return _sentence(self.what, self.allowed, self.given, self.advice, name) if self.what else str(self)


def _sentence(what: Phrase, allowed: Phrase, given: Phrase, advice: Phrase, name: Callable[[Named], str]) -> str:
    got = f", got {worded(given, name)}" if given else ""
    then = f"; {worded(advice, name)}" if advice else ""
    return f"{worded(what, name)} {worded(allowed, name)}{got}{then}."


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
    raise InvalidValueError.of(
        Named("value", name), f"must be one of {', '.join(allowed)}", given=quoted(value), advice="choose one of them"
    )


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
    raise InvalidValueError.of(
        Named("value", name),
        f"must be a whole number from {low} to {high}",
        given=quoted(value),
        advice=hint or "choose one in between",
    )


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
    named = Named("value", name)
    if not isinstance(value, str):
        raise InvalidValueError.of(named, "must be text", given=quoted(value), advice="put it in quotes")
    if len(value) > MAX_TEXT:
        allowed = f"must have at most {MAX_TEXT:,} characters"
        raise InvalidValueError.of(named, allowed, given=f"{len(value):,}", advice="shorten it")
    if _NOT_CARRIED.search(value):
        allowed = "must be text without NUL or broken characters"
        raise InvalidValueError.of(named, allowed, given=quoted(value[:20]), advice="type it again")
    return value
