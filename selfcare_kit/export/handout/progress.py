"""How it is going: pain and activities then and now, in words and signs, for the client.

What is told comes from a course, which is above this room; here it gets its words and its picture.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal, NamedTuple, Protocol, runtime_checkable

from selfcare_kit.errors import InvalidValueError, quoted
from selfcare_kit.export.handout.client_texts import Texts, client_texts
from selfcare_kit.export.handout.icons import COLOURS, GREYS
from selfcare_kit.export.handout.page import date_words, sentence
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.languages import fill
from selfcare_kit.plan.plan import Plan

Kind = Literal["pain", "can"]
Tone = Literal["clearly_better", "a_little_better", "same", "a_little_worse", "clearly_worse", "once"]

# More places would be a table; those left out are counted, and the strongest pain, then or now, is never among them.
MAX_PLACES = 4
# A row's picture: from 0 to 10, and how large the circles are; y down.
BOX = (116.0, 12.0)
ZERO, STEP, MIDDLE, RADIUS = 8.0, 10.0, 6.0, 5.4
WORSE = "#8a4b00"


class Reading(NamedTuple):
    """What was asked about one place or one activity: the first answer, the last, and what to call the difference.

    `side` is empty for an activity, whose `name` is the client's own words; that of a place is its area's id. `date` is
    the day of the last answer if that is not the last visit.
    """

    kind: Kind
    name: str
    side: str
    first: int
    now: int
    tone: Tone
    date: datetime.date | None = None


class Progress(NamedTuple):
    """A course for the client: the days of the first and the last visit, what was asked, and days done of planned."""

    first: datetime.date
    last: datetime.date
    readings: tuple[Reading, ...]
    days_done: int | None = None
    days_planned: int | None = None


@runtime_checkable
class Followed(Protocol):
    """What tells how a client is doing; a `Course` does, which is above this room."""

    def progress_for(self, routine: Plan) -> Progress | None:
        """Return what there is to tell up to the visit of a routine; None for nothing."""


def progress_of(course: object, routine: Plan) -> Progress | None:
    """Return how it is going up to the visit of a routine; None for nothing to tell."""
    if course is None:
        return None
    if not isinstance(course, Followed):
        raise InvalidValueError(
            f"course must come from read_course, got {quoted(course)}; read the client's files first."
        )
    return course.progress_for(routine)


class ProgressRow(NamedTuple):
    """A row in words: what it is about, the difference, and its picture in words for who does not see it."""

    label: str
    words: str
    described: str
    reading: Reading


class ProgressGroup(NamedTuple):
    """The rows of one scale, with the words for 0 and 10."""

    title: str
    low: str
    high: str
    rows: tuple[ProgressRow, ...]


class ProgressTexts(NamedTuple):
    """A course in the client's words; `notes` are the lines below it, each a sentence or two."""

    title: str
    groups: tuple[ProgressGroup, ...]
    days: str
    notes: tuple[str, ...]


def progress_texts(progress: Progress, guide: Guide, language: str) -> ProgressTexts:
    """Return a course in the words of a language."""
    texts = client_texts(guide, language)
    pains = sorted(_of(progress, "pain"), key=lambda each: -max(each.first, each.now))
    shown, rest = pains[:MAX_PLACES], len(pains) - MAX_PLACES
    groups = (_group("pain", shown, texts), _group("can", _of(progress, "can"), texts))
    days = {"done": progress.days_done, "planned": progress.days_planned}
    dates = {"first": date_words(progress.first, texts), "last": date_words(progress.last, texts)}
    notes = [fill(texts["handout.progress.more"], {"count": rest})] if rest > 0 else []
    if progress.first != progress.last:
        notes.append(f"{fill(texts['handout.progress.key'], dates)} {texts['handout.progress.itself']}")
    return ProgressTexts(
        title=texts["handout.progress.title"],
        groups=tuple(group for group in groups if group.rows),
        days="" if None in days.values() else fill(texts["handout.progress.days"], days),
        notes=tuple(notes),
    )


def _of(progress: Progress, kind: Kind) -> list[Reading]:
    return [reading for reading in progress.readings if reading.kind == kind]


def _group(kind: Kind, readings: Iterable[Reading], texts: Texts) -> ProgressGroup:
    """Return the rows of one scale."""
    title, low, high = (texts[f"handout.progress.{kind}{part}"] for part in ("", ".low", ".high"))
    return ProgressGroup(title, low, high, tuple(_row(reading, texts) for reading in readings))


def _row(reading: Reading, texts: Texts) -> ProgressRow:
    shared = reading.tone in ("same", "once")
    words = texts[f"handout.progress.{reading.tone}" if shared else f"handout.progress.{reading.kind}.{reading.tone}"]
    if reading.date is not None:
        words += f" ({date_words(reading.date, texts, texts.get('date.diary', ''))})"
    values = {"first": reading.first, "now": reading.now}
    described = str(reading.now) if reading.tone == "once" else fill(texts["handout.progress.then_now"], values)
    return ProgressRow(_label(reading, texts), words, described, reading)


def _label(reading: Reading, texts: Texts) -> str:
    if reading.kind == "can":
        return sentence(reading.name)
    side = "" if reading.side == "midline" else texts[f"side.{reading.side}"]
    # An area that the guide no longer has keeps its id.
    return ", ".join(filter(None, (sentence(texts.get(f"area.{reading.name}", reading.name)), side)))


def colour_of(tone: Tone, *, is_grey: bool = False) -> str:
    """Return the colour of a difference; the words beside it say the same."""
    colours = GREYS if is_grey else COLOURS
    if tone == "clearly_worse":
        return colours["ink"] if is_grey else WORSE
    return colours["mark" if tone == "clearly_better" else "quiet"]


@lru_cache(maxsize=128)
def progress_picture(first: int, now: int, tone: Tone, described: str, is_grey: bool = False) -> Any:
    """Return one row's picture as SVG: the scale, an open circle at the first answer, and an arrow to the full one."""
    from markupsafe import Markup, escape

    colour, start, end = colour_of(tone, is_grey=is_grey), ZERO + STEP * first, ZERO + STEP * now
    parts = [
        f'<path d="M{ZERO:g} {MIDDLE:g}h{10 * STEP:g}" stroke="#c9d2d8" stroke-width="2.6" stroke-linecap="round"/>'
    ]
    dots = "".join(f"M{ZERO + STEP * number:g} {MIDDLE:g}h0" for number in range(11))
    parts.append(f'<path d="{dots}" stroke="#fff" stroke-width="1.3" stroke-linecap="round"/>')
    if first != now:
        parts += [*_arrow(start, end, colour), _circle(start, RADIUS - 0.9, "#fff", colour, first, colour)]
    parts.append(_circle(end, RADIUS, colour, colour, now, "#fff"))
    return Markup(
        f'<svg viewBox="0 0 {BOX[0]:g} {BOX[1]:g}" role="img" aria-label="{escape(described)}" fill="none" '
        f'font-family="Arial,Liberation Sans,sans-serif" text-anchor="middle">{"".join(parts)}</svg>'
    )


def _arrow(start: float, end: float, colour: str) -> list[str]:
    """Return an arrow between two circles; there is no room for one between neighbours."""
    along = 1 if end > start else -1
    if abs(end - start) <= STEP:
        return []
    tip, neck = end - along * (RADIUS + 0.3), end - along * (RADIUS + 4.2)
    return [
        f'<path d="M{start:g} {MIDDLE:g}H{neck:g}" stroke="{colour}" stroke-width="1.5"/>',
        f'<path d="M{tip:g} {MIDDLE:g}L{neck:g} {MIDDLE - 2.4:g}v4.8z" fill="{colour}"/>',
    ]


def _circle(x: float, radius: float, fill_colour: str, line: str, number: int, colour: str) -> str:
    weight = ' font-weight="bold"' if radius == RADIUS else ""
    return (
        f'<circle cx="{x:g}" cy="{MIDDLE:g}" r="{radius:g}" fill="{fill_colour}" stroke="{line}" stroke-width=".8"/>'
        f'<text x="{x:g}" y="{MIDDLE + 2.5:g}" font-size="7"{weight} fill="{colour}">{number}</text>'
    )
