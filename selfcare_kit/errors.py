"""The errors and the one warning of selfcare-kit, and the checks of values that many modules need.

Every message is one sentence: what is wrong, what is allowed, what was given, what to do next. An error made with
`of` has these as fields, in which each id is marked with its kind, so that the planner can show labels instead.
This module imports no other module of the package.
"""

from __future__ import annotations

import re
import reprlib
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, Self

MAX_SHOWN = 80
MAX_REASON = 160
MAX_TEXT = 10_000
MAX_LETTERS = 20
# A nested value may be too deep for `repr`, or take very long.
_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = MAX_SHOWN + 20
_NOT_WRITABLE = re.compile("[\x00\ud800-\udfff]")


class Named(NamedTuple):
    """An id or a value's name in a sentence, which a reader may know by another name.

    `kind` is "point", "area", "tool", "position", "sensation" or "value"; `shown` is how it is written in a message,
    such as in quotes, and the id when it is empty.
    """

    kind: str
    id: str
    shown: str = ""

    def __str__(self) -> str:
        return self.shown or self.id


# A part of a sentence: its words and the names in it, in order.
Phrase = str | Named | tuple[str | Named, ...]


def parts_of(phrase: Phrase) -> tuple[str | Named, ...]:
    """Return the words and names of a phrase, in order."""
    return (phrase,) if isinstance(phrase, str | Named) else phrase


def listed(kind: str, ids: Iterable[str]) -> tuple[str | Named, ...]:
    """Return ids of one kind as a phrase, separated by commas."""
    return tuple(part for id in ids for part in (", ", Named(kind, id)))[1:]


def worded(phrase: Phrase, name: Callable[[Named], str] = str) -> str:
    """Return the text of a phrase; `name` returns what the reader calls something, its id when left out."""
    return "".join(part if isinstance(part, str) else name(part) for part in parts_of(phrase))


class SelfcareError(Exception):
    """The base of all errors that selfcare-kit raises on purpose.

    Attributes
    ----------
    what, allowed, given, advice : str, Named or tuple of them
        What is wrong, what is allowed, what was given, what to do next; empty for an error made from a sentence.
    """

    what: Phrase = ""
    allowed: Phrase = ""
    given: Phrase = ""
    advice: Phrase = ""

    @classmethod
    def of(cls, what: Phrase, allowed: Phrase, *, given: Phrase = "", advice: Phrase = "") -> Self:
        """Make an error from its fields.

        Parameters
        ----------
        what, allowed : str, Named or tuple of them
            The beginning of the sentence, such as "seconds" and "must be at most 120".
        given, advice : str, Named or tuple of them, default=""
            What follows "got", and what to do next.

        Returns
        -------
        SelfcareError
            Its message is the sentence of these fields.

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
        """Make an error that says where another one occurred.

        Parameters
        ----------
        place : str
            Such as the name of a file.
        error : Exception
            Its message follows the place and a colon.

        Returns
        -------
        SelfcareError
            With the fields of the other error, if it has any.
        """
        if not isinstance(error, SelfcareError) or not error.what:
            return cls(f"{place}: {error}")
        what = (f"{place}: ", *parts_of(error.what))
        return cls.of(what, error.allowed, given=error.given, advice=error.advice)

    def sentence(self, name: Callable[[Named], str] = str) -> str:
        """Return the message, with other names for ids.

        Parameters
        ----------
        name : callable, optional
            Returns what the reader calls something; its id when left out.

        Returns
        -------
        str
            One sentence, with a full stop.
        """
        return _sentence(self.what, self.allowed, self.given, self.advice, name) if self.what else str(self)


def _sentence(what: Phrase, allowed: Phrase, given: Phrase, advice: Phrase, name: Callable[[Named], str]) -> str:
    got = f", got {worded(given, name)}" if given else ""
    then = f"; {worded(advice, name)}" if advice else ""
    return f"{worded(what, name)} {worded(allowed, name)}{got}{then}."


class InvalidValueError(SelfcareError, ValueError):
    """A value is not allowed."""


class UnknownIdError(SelfcareError, LookupError):
    """An id is not in the guide or on the body figure."""


class DoseError(SelfcareError, ValueError):
    """A step, or steps together, would exceed the guide's dose."""


class BlockedError(SelfcareError, ValueError):
    """The screening does not allow a point, an area, a tool or a position."""


class ScreeningRequired(SelfcareError):
    """A file for the client was requested without a screening of today."""


class ReferralRequired(SelfcareError):
    """The safety answers require that the client is seen by somebody else first."""


class GuideError(SelfcareError, ValueError):
    """A guide folder cannot be read as a guide."""


class FileFormatError(SelfcareError, ValueError):
    """A file from outside does not have the expected format."""


class FileWriteError(SelfcareError, OSError):
    """A file cannot be written; an earlier file of that name is unchanged."""


class MissingExtraError(SelfcareError, ImportError):
    """A kind of file needs a package that is not installed."""


class MissingLettersWarning(UserWarning):
    """A file has boxes in place of letters for which there is no font.

    Parameters
    ----------
    letters : iterable of str
        The letters, in any order; they may repeat.
    file : str
        What to call the file, such as "PDF".
    secret : str, default=""
        Letters that must not be shown, such as those of a client's name; their scripts are named instead.

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
        """The message, beginning with a capital letter."""
        return f"{self}"[:1].upper() + f"{self}"[1:]


# Shown every time, as each concerns another file.
warnings.simplefilter("always", MissingLettersWarning, append=True)


@contextmanager
def catch_missing_letters() -> Iterator[list[MissingLettersWarning]]:
    """Collect the warnings of missing letters, each once, instead of showing them; other warnings are shown."""
    caught: list[MissingLettersWarning] = []
    with warnings.catch_warnings():
        show = warnings.showwarning

        def take(message: Warning | str, *rest: Any, **more: Any) -> None:
            if not isinstance(message, MissingLettersWarning):
                show(message, *rest, **more)
            elif str(message) not in map(str, caught):
                caught.append(message)

        warnings.showwarning = take
        warnings.simplefilter("always", MissingLettersWarning)
        yield caught


def needs_font(character: str) -> bool:
    """Return whether a character is a box without a font, unlike spaces and marks that join or direct letters.

    Examples
    --------
    >>> needs_font("a"), needs_font(" "), needs_font("\u200d")
    (True, False, False)
    """
    return not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf")


def _listed(letters: list[str]) -> str:
    more = len(letters) - MAX_LETTERS
    shown = (letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in letters[:MAX_LETTERS])
    return " ".join(shown) + (f" and {more} more" if more > 0 else "")


def _script(letter: str) -> str:
    """Return the script of a letter, such as "Thai", which is the first word of its Unicode name."""
    word = unicodedata.name(letter, "other").split()[0].split("-")[0]
    return word if word == "CJK" else word.capitalize()


def quoted(value: object) -> str:
    """Return a value as it is shown in a message: quoted, printable and shortened to about 80 characters.

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
    """Return a file's name as it is shown in a message: printable, and shortened to about 80 characters with its end.

    Examples
    --------
    >>> shown_name("routine.csv")
    'routine.csv'
    """
    shown = name if name.isprintable() else ascii(name)[1:-1]
    return shown if len(shown) <= MAX_SHOWN else f"{shown[: MAX_SHOWN - 20]}...{shown[-20:]}"


def reason_of(error: Exception) -> str:
    """Return what another library says of a failure as it is shown in a message: printable and shortened.

    Examples
    --------
    >>> reason_of(ValueError("no such part"))
    'no such part'
    """
    reason = str(error)[: MAX_REASON + 1]
    shown = reason if reason.isprintable() else ascii(reason)[1:-1]
    return shown if len(shown) <= MAX_REASON else f"{shown[:MAX_REASON]}..."


def check_choice(name: str, value: Any, choices: Iterable[str]) -> str:
    """Return a value that must be one of some choices; `name` is what the message calls it.

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
    """Return a value that must be a whole number from `low` to `high`, and no bool; `hint` ends the message.

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
    """Return a value that must be text that every file can hold: not too long, without NUL and lone surrogates."""
    if isinstance(value, str) and len(value) <= MAX_TEXT and not _NOT_WRITABLE.search(value):
        return value
    named = Named("value", name)
    if not isinstance(value, str):
        raise InvalidValueError.of(named, "must be text", given=quoted(value), advice="put it in quotes")
    if len(value) > MAX_TEXT:
        allowed = f"must have at most {MAX_TEXT:,} characters"
        raise InvalidValueError.of(named, allowed, given=f"{len(value):,}", advice="shorten it")
    allowed = "must be text without NUL or broken characters"
    raise InvalidValueError.of(named, allowed, given=quoted(value[:20]), advice="type it again")
