"""A routine in the client's words: its steps, its cautions, its days and where to get help.

Plain text throughout; escaping is the template's work. What depends on a guide and a language
only is made once and kept with the guide.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from selfcare_kit.body.words import ENGLISH, FigureWords
from selfcare_kit.cautions import riding_cautions
from selfcare_kit.errors import GuideError
from selfcare_kit.export.page import date_words, fill, numbered, sentence
from selfcare_kit.guide import Guide
from selfcare_kit.model import Point, Step
from selfcare_kit.routine import Routine
from selfcare_kit.tables import split

SESSIONS = 8
LINK_STARTS = ("https://", "http://")
MOST_KEPT = 4096

Line = tuple[str, str]


class Texts(dict[str, str]):
    """A language's texts by key; a missing one is told in a sentence."""

    def __missing__(self, key: str) -> str:
        raise GuideError(
            f"a page for the client needs the text {key!r}, got none in the guide's text folder; "
            "copy its row from text/en.csv of the built-in guide."
        )


class StepText(NamedTuple):
    """A step in words; `how` is tool, position and technique, `dose` is how hard and how often."""

    name: str
    latin: str
    side: str
    how_long: str
    where: str
    how: str
    dose: tuple[Line, ...]
    note: str
    videos: tuple[Line, ...]


class Care(NamedTuple):
    """Sentences of care, and the numbers of the steps they belong to; none for all of them."""

    text: str
    steps: tuple[int, ...]


class Session(NamedTuple):
    """One day of the diary; `steps` are told only when some of them still rest."""

    iso: str
    day: str
    steps: tuple[int, ...]


class Help(NamedTuple):
    """One of the boxes that say when to stop and whom to call."""

    name: str
    title: str
    lead: str
    items: tuple[str, ...]
    is_short: bool

    @property
    def letters(self) -> int:
        """How long it is."""
        return len(self.title) + len(self.lead) + sum(len(item) + 2 for item in self.items)


def client_texts(guide: Guide, language: str) -> Texts:
    """Return the texts of a language, checked when they are used.

    Parameters
    ----------
    guide : Guide
        Whose texts.
    language : str
        Such as `"en"`.

    Returns
    -------
    Texts
        Text by key.

    Raises
    ------
    UnknownIdError
        If the guide has no such language.
    """
    key = f"client texts {language}"
    if key not in guide.cache:
        guide.cache[key] = Texts(guide.texts(language))
    return guide.cache[key]


def figure_words(guide: Guide, language: str) -> FigureWords:
    """Return what the figure of a client's page says; a language without words for it gets the English ones.

    Parameters
    ----------
    guide : Guide
        Whose texts and points.
    language : str
        Such as `"en"`.

    Returns
    -------
    FigureWords
        Points are called by their muscle.
    """
    key = f"figure words {language}"
    if key not in guide.cache:
        texts = client_texts(guide, language)
        names = {id: texts.get(f"muscle.{point.muscle_id}", "") for id, point in guide.point_values.items()}
        guide.cache[key] = FigureWords(
            views={view: texts.get(f"figure.view.{view}", title) for view, title in ENGLISH.views.items()},
            letters={"L": texts.get("figure.letter.left", "L"), "R": texts.get("figure.letter.right", "R")},
            sides={side: texts.get(f"side.{side}", word) for side, word in ENGLISH.sides.items()},
            points={id: sentence(name.partition("(")[0].strip()) for id, name in names.items()},
            figure=texts.get("figure.title", ENGLISH.figure),
            where=texts.get("figure.where", ENGLISH.where),
        )
    return guide.cache[key]


def step_text(step: Step, guide: Guide, language: str) -> StepText:
    """Return a step in the client's words.

    Parameters
    ----------
    step : Step
        The step.
    guide : Guide
        Whose point it is.
    language : str
        Such as `"en"`.

    Returns
    -------
    StepText
        Plain text.
    """
    kept = guide.cache.setdefault("step texts", {})
    key = (language, step)
    if key not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[key] = _step_text(step, guide, client_texts(guide, language))
    return kept[key]


def _step_text(step: Step, guide: Guide, texts: Texts) -> StepText:
    point = guide.point(step.point)
    technique = _technique(step, point, guide)
    each_side = "_each_side" if step.side == "both" else ""
    same = "_same" if step.every_days_min == step.every_days_max else ""
    rest = {"low": step.every_days_min, "high": step.every_days_max}
    name, bracket, latin = sentence(texts[f"muscle.{point.muscle_id}"]).partition("(")
    return StepText(
        name=name.strip(),
        latin=f"{bracket}{latin}",
        side=texts[f"side.{step.side}"],
        how_long=fill(texts[f"handout.seconds{each_side}"], {"seconds": step.seconds}),
        where=texts[f"point.{point.id}.where"],
        how=_how(step, technique, texts),
        dose=(
            (texts["handout.step.how_hard"], fill(texts["handout.pressure"], {"pressure": step.pressure})),
            (texts["handout.step.how_often"], fill(texts[f"handout.every_days{same}"], rest)),
        ),
        note=step.note.strip(),
        videos=_videos(point, technique, guide),
    )


def _how(step: Step, technique: str, texts: Texts) -> str:
    tool = f"{sentence(texts[f'tool.{step.tool}'])}." if step.tool else ""
    position = texts[f"position.{step.position}"] if step.position else ""
    work = texts[f"technique.{technique}"] if technique else f"{texts[f'mode.{step.mode}']}."
    return " ".join(part for part in (tool, position, work) if part)


def _technique(step: Step, point: Point, guide: Guide) -> str:
    """Find the technique whose words fit the step as it is now; empty when none does.

    The words of many a technique name a place ("under your foot"), so one is used only where the
    guide itself uses it, or with a tool the guide proposes for the point.
    """
    areas = _areas_of_techniques(guide)
    ranked = []
    for row in guide.table("techniques"):
        tools, positions = split(row["tools"]), split(row["positions"])
        is_known_here = point.area in areas.get(row["id"], ()) or (row["mode"] == "hold" and step.tool in point.tools)
        if row["mode"] == step.mode and step.tool in tools and is_known_here:
            fit = (tools.index(step.tool), step.position not in positions, len(positions), row["id"] != point.technique)
            ranked.append((fit, row["id"]))
    return min(ranked)[1] if ranked else ""


def _areas_of_techniques(guide: Guide) -> dict[str, set[str]]:
    if "areas of techniques" not in guide.cache:
        found: dict[str, set[str]] = {}
        for point in guide.point_values.values():
            found.setdefault(point.technique, set()).add(point.area)
        guide.cache["areas of techniques"] = found
    return guide.cache["areas of techniques"]


def _videos(point: Point, technique: str, guide: Guide) -> tuple[Line, ...]:
    return tuple(
        (row["title"] or row["url"], row["url"])
        for row in guide.table("videos")
        if (row["point"] == point.id or (not row["point"] and technique and row["technique"] == technique))
        and row["url"].startswith(LINK_STARTS)
    )


def rules_of(routine: Routine, language: str) -> tuple[str, ...]:
    """Return the guide's general rules, with the rest its steps ask for.

    Parameters
    ----------
    routine : Routine
        With at least one step.
    language : str
        Such as `"en"`.

    Returns
    -------
    tuple of str
        One sentence or two each.
    """
    low = min(step.every_days_min for step in routine.steps)
    high = max(step.every_days_max for step in routine.steps)
    guide = routine.guide
    key = f"rules {language} {low} {high}"
    if key not in guide.cache:
        texts = client_texts(guide, language)
        values = {"max_seconds": guide.dose.max_area_seconds, "low": low, "high": high}
        guide.cache[key] = tuple(fill(rule, values) for rule in numbered(texts, "handout.before_you_start"))
    return guide.cache[key]


def care_of(routine: Routine, language: str) -> list[Care]:
    """Return what to take care of: first what the client answered, then what the points ask for.

    Parameters
    ----------
    routine : Routine
        With at least one step.
    language : str
        Such as `"en"`.

    Returns
    -------
    list of Care
        No sentence twice, and none that is a general rule anyway.
    """
    told = _care_texts(routine.guide, language)
    findings = routine.screening.findings if routine.screening else ()
    steps_of: dict[str, list[int]] = {told[each.id]: [] for each in findings if told.get(each.id)}
    for_all = {*steps_of, *rules_of(routine, language)}
    points = routine.guide.point_values
    for number, step in enumerate(routine.steps, start=1):
        for id in riding_cautions(points[step.point], routine.guide, routine.screening):
            text = told.get(id)
            if text and text not in for_all:
                steps_of.setdefault(text, []).append(number)
    by_steps: dict[tuple[int, ...], list[str]] = {}
    for text, steps in steps_of.items():
        by_steps.setdefault(tuple(steps), []).append(text)
    return [Care(" ".join(found), steps) for steps, found in sorted(by_steps.items())]


def _care_texts(guide: Guide, language: str) -> dict[str, str]:
    key = f"care {language}"
    if key not in guide.cache:
        texts = client_texts(guide, language)
        rows = guide.rows_by_id["cautions"].items()
        guide.cache[key] = {id: texts.get(f"caution.{id}", row["client"]) for id, row in rows}
    return guide.cache[key]


def help_of(texts: Texts, *, is_long: bool = False) -> list[Help]:
    """Return when to stop and whom to call.

    Parameters
    ----------
    texts : Texts
        Of a language.
    is_long : bool, default=False
        Whole sentences. Otherwise the short words for a page with little room, where the
        language has them.

    Returns
    -------
    list of Help
        What is most urgent first.
    """
    people = {"number": texts["handout.emergency.default_number"], "call": texts["handout.call.default"]}
    is_short = not is_long and "handout.emergency.short.1" in texts
    found = []
    for name in ("emergency", "today", "stop"):
        items = numbered(texts, f"handout.{name}.short" if is_short else f"handout.{name}")
        lead = texts.get(f"handout.{name}.text", "") if is_short or name == "emergency" else ""
        if items:
            filled = tuple(fill(item, people) for item in items)
            found.append(Help(name, texts[f"handout.{name}.title"], fill(lead, people), filled, is_short))
    return found


def sessions_of(routine: Routine, first: datetime.date, language: str) -> tuple[Session, ...]:
    """Return the days of the diary: at the shorter rest of the steps, and none before its rest is over.

    Parameters
    ----------
    routine : Routine
        With at least one step.
    first : datetime.date
        The first day.
    language : str
        Such as `"en"`.

    Returns
    -------
    tuple of Session
        Eight days.
    """
    texts = client_texts(routine.guide, language)
    names = (texts.get("date.months", ""), texts.get("date.weekdays", ""), texts.get("date.diary", ""))
    return _sessions(first, tuple(step.every_days_min for step in routine.steps), names)


@lru_cache(maxsize=256)
def _sessions(first: datetime.date, rests: tuple[int, ...], names: tuple[str, str, str]) -> tuple[Session, ...]:
    texts: Mapping[str, str] = {"date.months": names[0], "date.weekdays": names[1]}
    last_done: dict[int, int] = {}
    found = []
    for day in range(0, SESSIONS * min(rests), min(rests)):
        due = tuple(number for number, rest in enumerate(rests, start=1) if day - last_done.get(number, -rest) >= rest)
        last_done.update(dict.fromkeys(due, day))
        date = first + datetime.timedelta(days=day)
        words = date_words(date, texts, names[2] or "{weekday} {day} {month}")
        found.append(Session(date.isoformat(), words, () if len(due) == len(rests) else due))
    return tuple(found)


def sources_of(routine: Routine) -> str:
    """Return the keys of the sources that the routine's points come from.

    Parameters
    ----------
    routine : Routine
        With at least one step.

    Returns
    -------
    str
        Each key once, with commas.
    """
    rows: Mapping[str, Any] = routine.guide.rows_by_id["points"]
    keys = ";".join([rows[step.point]["source"] for step in routine.steps])
    return ", ".join(dict.fromkeys(split(keys)))
