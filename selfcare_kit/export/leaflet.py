"""The leaflet: the guide itself as a page, for anybody, without a screening.

It names no step for one client: safety comes first, then where to look, how, and with what.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from selfcare_kit.clinic import Clinic, check_clinic
from selfcare_kit.errors import UnknownIdError
from selfcare_kit.export.client_texts import Texts, client_texts
from selfcare_kit.export.guidance import is_citable, people_of
from selfcare_kit.export.handout_words import label_of
from selfcare_kit.export.page import fill, imprint, numbered, page_number, template
from selfcare_kit.export.wording import figure_words
from selfcare_kit.guide import Guide
from selfcare_kit.routine import Routine
from selfcare_kit.sequences import template as sequence
from selfcare_kit.tables import split

SHOWN = 5
PARTS = ("where_first", "foot_path", "technique", "tools")


class Section(NamedTuple):
    """A heading with what stands under it: paragraphs, then a list."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...]


def leaflet_html(guide: Guide, language: str = "en", clinic: Clinic | str | Path | None = None) -> str:
    """Write the guide as a page.

    Parameters
    ----------
    guide : Guide
        Whose texts, points and sources.
    language : str, default="en"
        Language of the page.
    clinic : Clinic, str or Path, optional
        The clinic's settings or its file; its numbers and its name are printed.

    Returns
    -------
    str
        A whole HTML page: nothing in it runs, and it asks the network for nothing.

    Raises
    ------
    UnknownIdError
        If the guide has no such language.
    GuideError
        If the guide lacks a text the page needs.
    """
    texts = client_texts(guide, language)
    settings = check_clinic(clinic)
    values = {
        "max_seconds": guide.dose.max_area_seconds,
        "low": guide.dose.every_days_min,
        "high": guide.dose.every_days_max,
        **people_of(texts, settings),
    }
    routine = _first_steps(guide)
    return template("leaflet.html").render(
        page_number=page_number(texts["handout.footer"]),
        language=language,
        direction=guide.translation(language).direction,
        clinic=settings,
        title=texts["leaflet.title"],
        intro=numbered(texts, "leaflet.intro"),
        safety_title=texts["leaflet.safety.title"],
        safety=_safety(texts, values),
        sections=[_section(texts, f"leaflet.{name}", values) for name in PARTS],
        picture=_section(texts, "leaflet.picture", values) if routine else None,
        plate=_plate(routine, language) if routine else "",
        sides=texts["handout.figure.sides"],
        points_title=texts["leaflet.points.title"],
        points=_points(texts, values),
        acupuncture=_section(texts, "leaflet.acupuncture", values),
        sources_title=label_of(texts["handout.sources"], texts),
        sources=_sources(guide, routine),
        **imprint(guide, guide.version, texts),
    )


def _section(texts: Texts, key: str, values: dict[str, Any]) -> Section:
    paragraphs = [texts[f"{key}.{part}"] for part in ("text", "caption") if f"{key}.{part}" in texts]
    return Section(
        name=key.rpartition(".")[2],
        title=texts[f"{key}.title"],
        paragraphs=tuple(fill(text, values) for text in paragraphs),
        items=tuple(fill(item, values) for item in numbered(texts, key)),
    )


def _safety(texts: Texts, values: dict[str, Any]) -> list[Section]:
    """Return emergencies, what a doctor sees today, whom a clinician sees first, and what is left out."""
    keys = ("handout.emergency", "leaflet.today", "leaflet.see_first", "leaflet.safety")
    return [_section(texts, key, values) for key in keys if f"{key}.title" in texts]


def _points(texts: Texts, values: dict[str, Any]) -> list[Section]:
    """Return the numbered points, then the other groups of points, in the order of the text table."""
    ends = [key.removesuffix(".title") for key in texts if key.startswith("leaflet.points.") and key.endswith(".title")]
    return [_section(texts, key, values) for key in ends if key != "leaflet.points"]


def _first_steps(guide: Guide) -> Routine | None:
    try:
        routine = sequence(guide=guide)
    except UnknownIdError:
        return None
    return replace(routine, steps=routine.steps[:SHOWN])


def _plate(routine: Routine, language: str) -> Any:
    from markupsafe import Markup

    words = figure_words(routine.guide, language)
    return Markup(routine.figure(legend=False, shorts=True, words=words).to_svg())


def _sources(guide: Guide, routine: Routine | None) -> list[tuple[str, str]]:
    """Return the guide's first source, then those of the points that are shown, without pages of the web."""
    rows = guide.rows_by_id["sources"]
    points = guide.rows_by_id["points"]
    keys = [key for step in (routine.steps if routine else ()) for key in split(points[step.point]["source"])]
    named = [key for key in dict.fromkeys([*list(rows)[:1], *keys]) if key in rows and is_citable(rows[key])]
    return [(key, rows[key]["citation"]) for key in named]
