"""What all pages for the client share: templates and style sheets, dates, and texts as HTML or CSS.

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
from selfcare_kit.guide.languages import fill, names_in

if TYPE_CHECKING:
    from jinja2 import Environment, Template

TEMPLATES = Path(__file__).parent / "templates"

_INDENT = re.compile(r"\s*\n\s*")
_BETWEEN_TAGS = re.compile(r">\n<")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND_PUNCTUATION = re.compile(r"\s*([{};,>])\s*|(?<=:) ")


def numbered(texts: Mapping[str, str], prefix: str) -> tuple[str, ...]:
    """Return the texts `prefix.1`, `prefix.2` and so on, up to the first one that is missing."""
    found = []
    while (text := texts.get(f"{prefix}.{len(found) + 1}")) is not None:
        found.append(text)
    return tuple(found)


def date_words(date: datetime.date, texts: Mapping[str, str], form: str = "") -> str:
    """Return a date as a language writes it; in ISO form where the language has no names of months and weekdays."""
    months = names_in(texts.get("date.months", ""))
    weekdays = names_in(texts.get("date.weekdays", ""))
    if len(months) != 12 or len(weekdays) != 7:
        return date.isoformat()
    day = texts.get("date.first_day", 1) if date.day == 1 else date.day
    names = {"weekday": weekdays[date.weekday()], "month": months[date.month - 1]}
    return fill(form or texts.get("date.form", "{day} {month} {year}"), {**names, "day": day, "year": date.year})


def marked(text: str) -> Any:
    """Return a text as escaped HTML, with what has two asterisks on either side in bold.

    Examples
    --------
    >>> marked("Keep **breathing** & rest.")
    Markup('Keep <b>breathing</b> &amp; rest.')
    """
    from markupsafe import Markup, escape

    parts = (escape(part) for part in text.split("**"))
    return Markup("").join(Markup(f"<b>{part}</b>") if n % 2 else part for n, part in enumerate(parts))


def sentence(text: str) -> str:
    """Return a text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def data_block(json: str) -> Any:
    r"""Return JSON that cannot end the script element of a page, with `<` written as `\u003c` and so on."""
    from markupsafe import Markup

    safe = json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup(safe.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def page_number(text: str) -> Any:
    """Return a text with `{page}` and `{pages}` as a CSS value that counts printed pages."""
    from markupsafe import Markup

    parts = re.split(r"\{(page|pages)\}", text)
    quoted = ('"' + re.sub(r'[\\"<>&\n\r\f]', lambda match: f"\\{ord(match[0]):x} ", part) + '"' for part in parts[::2])
    counters = [f"counter({name})" for name in parts[1::2]] + [""]
    return Markup(" ".join(f"{text} {counter}" for text, counter in zip(quoted, counters, strict=True)).strip())


def imprint(guide: Guide, version: str, texts: Mapping[str, str], review: str) -> dict[str, str]:
    """Return the imprint of a page: the guide with its version, dated if it is today's, and the line of its review."""
    date = _guide_date(guide, texts) if version == guide.version else ""
    key = "handout.guide_version" if date else "handout.guide_version_only"
    values = {"guide": texts.get("guide.title", guide.title), "version": version, "date": date}
    return {"guide_version": fill(texts[key], values), "review": review}


def _guide_date(guide: Guide, texts: Mapping[str, str]) -> str:
    date = str(guide.settings.get("date", ""))
    try:
        return date_words(datetime.date.fromisoformat(date), texts)
    except ValueError:
        return date


@lru_cache(maxsize=8)
def template(name: str) -> Template:
    """Return a template by its file name, compiled once for a process; it escapes texts, and unknown names raise."""
    return _environment().get_template(name)


def stylesheet(name: str) -> str:
    """Return a style sheet by its file name, without comments and indentation."""
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
    # A page is mailed and kept; indentation would be a tenth of it.
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    if name.endswith(".css"):
        return _AROUND_PUNCTUATION.sub(r"\1", _INDENT.sub(" ", _COMMENT.sub("", text))).replace(";}", "}").strip()
    return _BETWEEN_TAGS.sub("><", _INDENT.sub("\n", text))
