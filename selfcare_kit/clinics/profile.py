"""What a clinic prints on its clients' pages, name, numbers, logo and videos, and how its pages look.

They are read from the clinic's own file, `clinic.toml`, and go on the page only, never into a routine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from selfcare_kit.clinics.logo import check_logo, read_logo
from selfcare_kit.clinics.place import clinic_file
from selfcare_kit.clinics.toml_file import toml_values
from selfcare_kit.errors import FileFormatError, InvalidValueError, check_choice, check_text, quoted, shown_name
from selfcare_kit.files import read_file

PAPERS = ("A4", "Letter")
VARIANTS = ("standard", "large", "black_and_white", "no_figure", "detailed")
MAX_FILE_BYTES = 100_000
MAX_LETTERS = {
    "name": 60, "phone": 30, "emergency_number": 30, "urgent_number": 30, "footer": 200,
    "contact": 60, "title": 60, "link": 40, "url": 200, "language": 20,
}  # fmt: skip
MAX_LINES = 4
MAX_VIDEOS = 100

_NUMBER = re.compile(r"[0-9+()/.\- \u00a0\u202f]*[0-9][0-9+()/.\- \u00a0\u202f]*")
_ADDRESS = re.compile(r"https?://[!-~]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class ClinicVideo:
    """A video the clinic has for a technique or for a point.

    Parameters
    ----------
    url : str
        Its address, which the printed QR code holds.
    technique, point : str, default=""
        The id of what it shows, of one of them.
    title : str, default=""
        Its title on the page.
    link : str, default=""
        A short address to type; the `url` without "https://" when left out.
    """

    url: str
    technique: str = ""
    point: str = ""
    title: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        for name in ("url", "technique", "point", "title", "link"):
            _check_line(f"a video's {name}", getattr(self, name), MAX_LETTERS.get(name, 60))
        if not _ADDRESS.fullmatch(self.url):
            raise InvalidValueError(
                f"a video's url must begin with https:// and hold no spaces, got {quoted(self.url)}; "
                "copy it from the browser."
            )
        if bool(self.technique) == bool(self.point):
            raise InvalidValueError(
                f"a video must name a technique or a point, and not both, got {quoted(self.technique)} and "
                f"{quoted(self.point)}; keep one."
            )

    @property
    def readable(self) -> str:
        """The address for a client to type."""
        return self.link or re.sub(r"^https?://(www\.)?|/$", "", self.url)


@dataclass(frozen=True)
class Clinic:
    """What a clinic prints on its clients' pages, and how they look when nothing else is said.

    Parameters
    ----------
    name : str, default=""
        Printed at the head of the page.
    contact : tuple of str, default=()
        Up to four lines: address, phone, web.
    phone : str, default=""
        The number to call with questions.
    emergency_number : str, default=""
        Such as "112"; the page says "your local emergency number" without it.
    urgent_number : str, default=""
        The number for advice on the same day, where a country has one.
    footer : str, default=""
        A line at the foot of the page.
    logo : str, default=""
        What `read_logo` returns.
    videos : tuple of ClinicVideo, default=()
        The clinic's own videos.
    paper : {"", "A4", "Letter"}, default=""
        The paper of its pages where none is named; A4 when empty.
    language : str, default=""
        Their language, such as "es"; the guide's own when empty.
    variant : {"", "standard", "large", "black_and_white", "no_figure", "detailed"}, default=""
        The look of its handouts; "standard" when empty.
    path : Path, optional
        The file that the settings were read from; it is no setting.

    Raises
    ------
    InvalidValueError
        If a value is wrong, or too long for a page.

    Examples
    --------
    >>> Clinic("Hillside Clinic", emergency_number="112").emergency_number
    '112'
    """

    name: str = ""
    contact: tuple[str, ...] = ()
    phone: str = ""
    emergency_number: str = ""
    urgent_number: str = ""
    footer: str = ""
    logo: str = ""
    videos: tuple[ClinicVideo, ...] = ()
    paper: str = ""
    language: str = ""
    variant: str = ""
    path: Path | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("name", "footer"):
            _check_line(name, getattr(self, name), MAX_LETTERS[name])
        for name in ("phone", "emergency_number", "urgent_number"):
            number = _check_line(name, getattr(self, name), MAX_LETTERS[name])
            if number and not _NUMBER.fullmatch(number):
                raise InvalidValueError(
                    f"{name} must be a number of digits, spaces and + ( ) / . -, got {quoted(number)}; correct it."
                )
        contact = _check_list("contact", self.contact, MAX_LINES)
        for line in contact:
            _check_line("a line of contact", line, MAX_LETTERS["contact"])
        videos = _check_list("videos", self.videos, MAX_VIDEOS)
        if not all(isinstance(video, ClinicVideo) for video in videos):
            raise InvalidValueError(f"videos must be ClinicVideo values, got {quoted(videos)}; make one of each.")
        for name, choices in (("paper", PAPERS), ("variant", VARIANTS)):
            if getattr(self, name) != "":
                check_choice(name, getattr(self, name), choices)
        language = _check_line("language", self.language, MAX_LETTERS["language"])
        if language and not _LANGUAGE.fullmatch(language):
            raise InvalidValueError(f"language must be a code such as en or es, got {quoted(language)}; correct it.")
        object.__setattr__(self, "contact", contact)
        object.__setattr__(self, "videos", videos)
        object.__setattr__(self, "logo", check_logo(self.logo))


SETTINGS = tuple(each.name for each in fields(Clinic) if each.name != "path")


def clinic() -> Clinic:
    """Return the clinic's settings that are in force, as shell and planner use them.

    They are those of `clinic.toml` in the folder that is worked in, if there is one; otherwise those of the
    clinic's folder among the settings of the user.

    Returns
    -------
    Clinic
        With its `path`; empty, and without a path, where there is no such file. A writer prints it when it is
        given, as in `routine.to_html("page.html", clinic=kit.clinic())`.

    Raises
    ------
    FileFormatError
        If the file is wrong; the message names what to correct.

    See Also
    --------
    save_clinic : Change and keep them.

    Examples
    --------
    >>> clinic().path is None
    True
    """
    path = clinic_file()
    return Clinic() if path is None else read_clinic(path)


def read_clinic(path: str | Path) -> Clinic:
    """Read a clinic's settings.

    Parameters
    ----------
    path : str or Path
        A TOML file; "selfcare-kit clinic --out clinic.toml" writes an example. The path of the logo in it is from
        its folder.

    Returns
    -------
    Clinic
        The settings, with the file's absolute path.

    Raises
    ------
    FileFormatError
        If it is no such file; the message names what to correct.
    """
    path = Path(path)
    name = shown_name(path.name)
    content = read_file(path, MAX_FILE_BYTES, called=name, advice="name the file with your clinic's settings")
    return clinic_of_content(content, path)


def clinic_of_content(content: bytes, path: Path) -> Clinic:
    """Return the settings in the content of a file, which need not be written yet; its name is for messages."""
    name = shown_name(path.name)
    values = toml_values(content, name)
    try:
        return _clinic(values, path)
    except InvalidValueError as error:
        raise FileFormatError(f"{name}: {error}") from None


def check_clinic(clinic: object) -> Clinic:
    """Return a clinic's settings: the given ones, those of a file, or empty ones for None."""
    if clinic is None:
        return Clinic()
    if isinstance(clinic, Clinic):
        return clinic
    if isinstance(clinic, str | Path):
        return read_clinic(clinic)
    raise InvalidValueError(f"clinic must be a path or a Clinic, got {quoted(clinic)}; name the clinic's file.")


def with_preferences(clinic: Clinic, options: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return options of a page: language, paper and variant that are left out are the clinic's, else the usual ones.

    Examples
    --------
    >>> with_preferences(Clinic(paper="Letter", language="es"), {"language": "fr", "variant": ""}, "en")
    {'language': 'fr', 'variant': 'standard', 'paper': 'Letter'}
    """
    usual = {"language": language, "paper": PAPERS[0], "variant": VARIANTS[0]}
    left_out = [name for name in usual if options.get(name, "") == ""]
    return {**options, **{name: getattr(clinic, name) or usual[name] for name in left_out}}


def _clinic(values: dict[str, Any], path: Path) -> Clinic:
    check_names("the clinic's file", values, SETTINGS)
    videos = videos_of(values.pop("videos", ()))
    logo = values.pop("logo", "")
    if logo:
        logo = read_logo(path.parent / _check_line("logo", logo, 1000))
    return Clinic(**values, logo=logo, videos=videos, path=path.absolute())


def videos_of(values: object) -> tuple[ClinicVideo, ...]:
    """Return videos from the tables of a file; a `ClinicVideo` stays as it is."""
    videos = []
    for number, video in enumerate(_check_list("videos", values, MAX_VIDEOS), start=1):
        if isinstance(video, ClinicVideo):
            videos.append(video)
            continue
        if not isinstance(video, dict):
            raise InvalidValueError(f"videos must be [[videos]] tables, got {quoted(video)}; write one for each.")
        check_names(f"video {number}", video, [each.name for each in fields(ClinicVideo)])
        videos.append(ClinicVideo(**{"url": "", **video}))
    return tuple(videos)


def check_names(where: str, values: Iterable[str], allowed: Iterable[str]) -> None:
    """Refuse a name that is not allowed: a mistyped one would leave its value out, and nobody would see it."""
    for name in values:
        if name not in allowed:
            raise InvalidValueError(f"{where} may hold {', '.join(allowed)}, got {quoted(name)}; correct or remove it.")


def _check_list(name: str, value: Any, most: int) -> tuple[Any, ...]:
    if isinstance(value, str) or not isinstance(value, list | tuple):
        raise InvalidValueError(f"{name} must be a list, got {quoted(value)}; put it in square brackets.")
    if len(value) > most:
        raise InvalidValueError(f"{name} must have at most {most} entries, got {len(value)}; remove some.")
    return tuple(value)


def _check_line(name: str, value: Any, most: int) -> str:
    check_text(name, value)
    if len(value) > most:
        raise InvalidValueError(f"{name} must have at most {most} characters, got {len(value)}; shorten it.")
    if any(letter in value for letter in "\n\r\t\u2028\u2029"):
        raise InvalidValueError(f"{name} must be one line, got {quoted(value)}; remove the line breaks.")
    return value
