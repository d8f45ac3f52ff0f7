"""What the client's pages share: compiled templates, placeholders, lists of texts, dates.

jinja2 is imported when the first page is made, so that importing the kit stays light.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.languages import fill

if TYPE_CHECKING:
    from jinja2 import Environment, Template

TEMPLATES = Path(__file__).parent / "templates"

_INDENT = re.compile(r"\s*\n\s*")
_BETWEEN_TAGS = re.compile(r">\n<")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND_SIGNS = re.compile(r"\s*([{};,>])\s*|(?<=:) ")


def numbered(texts: Mapping[str, str], prefix: str) -> tuple[str, ...]:
    """Return the texts `prefix.1`, `prefix.2` and so on, up to the first that is missing.

    Parameters
    ----------
    texts : mapping of str to str
        Text by key.
    prefix : str
        What comes before the number.

    Returns
    -------
    tuple of str
        In order; empty when there is none.
    """
    found = []
    while (text := texts.get(f"{prefix}.{len(found) + 1}")) is not None:
        found.append(text)
    return tuple(found)


def date_words(date: datetime.date, texts: Mapping[str, str], form: str = "") -> str:
    """Write a date in the words of a language.

    Parameters
    ----------
    date : datetime.date
        What to write.
    texts : mapping of str to str
        May hold `date.months` and `date.weekdays`, names with ";" between, Monday first, and
        `date.first_day`, what the first of a month is called.
    form : str, optional
        With the placeholders weekday, day, month and year; the language's `date.form` when left out.

    Returns
    -------
    str
        Such as "25 Nov 2026"; a language without names of months gets the ISO date.
    """
    months = texts.get("date.months", "").split(";")
    weekdays = texts.get("date.weekdays", "").split(";")
    if len(months) != 12 or len(weekdays) != 7:
        return date.isoformat()
    day = texts.get("date.first_day", 1) if date.day == 1 else date.day
    names = {"weekday": weekdays[date.weekday()].strip(), "month": months[date.month - 1].strip()}
    return fill(form or texts.get("date.form", "{day} {month} {year}"), {**names, "day": day, "year": date.year})


def marked(text: str) -> Any:
    """Return a text as HTML, all of it escaped, with what stands between two asterisks on either side set bold.

    Examples
    --------
    >>> marked("Keep **breathing** & rest.")
    Markup('Keep <b>breathing</b> &amp; rest.')
    """
    from markupsafe import Markup, escape

    parts = (escape(part) for part in text.split("**"))
    return Markup("").join(Markup(f"<b>{part}</b>") if n % 2 else part for n, part in enumerate(parts))


def sentence(text: str) -> str:
    """Return a text with a capital at its head.

    Parameters
    ----------
    text : str
        Such as a muscle's plain name.

    Returns
    -------
    str
        The same text otherwise.
    """
    return text[:1].upper() + text[1:]


def data_block(json: str) -> Any:
    r"""Return JSON that can stand in a page and cannot end its script element.

    Parameters
    ----------
    json : str
        JSON text.

    Returns
    -------
    markupsafe.Markup
        The same JSON with the signs of HTML written as `\u003c` and so on.
    """
    from markupsafe import Markup

    safe = json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(safe.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def page_number(text: str) -> Any:
    """Return a text with `{page}` and `{pages}` as a CSS value that counts printed pages.

    Parameters
    ----------
    text : str
        Such as "Page {page} of {pages}".

    Returns
    -------
    markupsafe.Markup
        Strings and counters; every sign that could end a string is escaped.
    """
    from markupsafe import Markup

    parts = re.split(r"\{(page|pages)\}", text)
    quoted = ('"' + re.sub(r'[\\"<>&\n\r\f]', lambda sign: f"\\{ord(sign[0]):x} ", part) + '"' for part in parts[::2])
    counters = [f"counter({name})" for name in parts[1::2]] + [""]
    return Markup(" ".join(f"{text} {counter}" for text, counter in zip(quoted, counters, strict=True)).strip())


def imprint(guide: Guide, version: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return where a page's content comes from: guide, version, and who reviewed it.

    Parameters
    ----------
    guide : Guide
        The guide.
    version : str
        Its version; the date stands beside it only when it is the guide's own version.
    texts : mapping of str to str
        Text by key.

    Returns
    -------
    dict of str to str
        `guide_version` and `review`.
    """
    date = _guide_date(guide, texts) if version == guide.version else ""
    told = "handout.guide_version" if date else "handout.guide_version_only"
    values = {"guide": texts.get("guide.title", guide.title), "version": version, "date": date}
    review = "handout.reviewed_by" if guide.reviewed_by else "handout.not_reviewed"
    return {
        "guide_version": fill(texts[told], values),
        "review": fill(texts[review], {"reviewer": guide.reviewed_by}),
    }


def _guide_date(guide: Guide, texts: Mapping[str, str]) -> str:
    date = str(guide.settings.get("date", ""))
    try:
        return date_words(datetime.date.fromisoformat(date), texts)
    except ValueError:
        return date


@lru_cache(maxsize=8)
def template(name: str) -> Template:
    """Return a compiled template; compiled once for a process.

    Parameters
    ----------
    name : str
        File name in the templates folder.

    Returns
    -------
    jinja2.Template
        With autoescape on; an unknown name in it is an error.
    """
    return _environment().get_template(name)


def stylesheet(name: str) -> str:
    """Return a style sheet as it stands in a page, without comments and indentation.

    Parameters
    ----------
    name : str
        File name in the templates folder.

    Returns
    -------
    str
        CSS.
    """
    return _source(name)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["marked"] = marked
    return environment


def _source(name: str) -> str:
    # A page is mailed and kept: the indentation that helps its authors would be a tenth of it.
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    if name.endswith(".css"):
        return _AROUND_SIGNS.sub(r"\1", _INDENT.sub(" ", _COMMENT.sub("", text))).replace(";}", "}").strip()
    return _BETWEEN_TAGS.sub("><", _INDENT.sub("\n", text))
