"""The leaflet: the guide itself as a page, for anybody, without a screening.

It has no step for one client. `templates/leaflet.html` sets its order: a warning, then how to press, where and with
what; safety is on the back.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from selfcare_kit.clinics.profile import Clinic, check_clinic, with_preferences
from selfcare_kit.errors import UnknownIdError
from selfcare_kit.export.figure import plate_of
from selfcare_kit.export.handout.cards import card_of, step_picture
from selfcare_kit.export.handout.client_texts import Texts, client_texts
from selfcare_kit.export.handout.content import label_of
from selfcare_kit.export.handout.guidance import is_citable, people_of
from selfcare_kit.export.handout.page import imprint, numbered, page_number, template
from selfcare_kit.export.handout.wording import figure_words
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.languages import fill
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import own_step
from selfcare_kit.plan.plan import Plan
from selfcare_kit.plan.templates import guides_steps
from selfcare_kit.plan.templates import template as sequence
from selfcare_kit.review.notice import review_of
from selfcare_kit.review.states import held_points

MAX_SHOWN = 5
BESIDE = ("technique", "where_first")
# Room of the figure, in mm.
FIGURE = (97.0, 70.0)
# With more letters than these the type is a little smaller, so that the leaflet stays one sheet.
MAX_LETTERS = 5700
_NUMBER = re.compile(r"^\W*\d+\W*\s+")


class Section(NamedTuple):
    """A heading and what is under it: paragraphs, then a list, and pictures beside their texts."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...]
    number: str = ""
    pictures: tuple[Any, ...] = ()


def leaflet_html(guide: Guide, language: str = "", clinic: Clinic | str | Path | None = None) -> str:
    """Return a guide as a page, as HTML that runs nothing and loads nothing."""
    settings = check_clinic(clinic)
    language = with_preferences(settings, {"language": language}, guide.language)["language"]
    texts = client_texts(guide, language)
    values = {
        "max_seconds": guide.dose.max_area_seconds,
        "low": guide.dose.every_days_min,
        "high": guide.dose.every_days_max,
        **people_of(texts, settings),
    }
    routine = _first_steps(guide)
    sections = _sections(texts, values)
    return template("leaflet.html").render(
        page_number=page_number(texts["handout.footer"]),
        language=language,
        direction=guide.translation(language).direction,
        clinic=settings,
        title=texts["leaflet.title"],
        intro=numbered(texts, "leaflet.intro"),
        safety_title=texts["leaflet.safety.title"],
        safety=_safety(texts, values),
        beside=[_section(texts, f"leaflet.{name}", values) for name in BESIDE],
        tools=_section(texts, "leaflet.tools", values),
        picture=_section(texts, "leaflet.picture", values) if routine else None,
        plate=_plate(routine, language) if routine else "",
        sides=texts["handout.figure.sides"],
        points_title=texts["leaflet.points.title"],
        points=[_spot(each, routine, language) for each in sections if each.paragraphs and not _is_held(each, guide)],
        groups=[_group(section, guide, language) for section in sections if not section.paragraphs],
        foot_path=_own_section(texts, "leaflet.foot_path", values),
        acupuncture=_own_section(texts, "leaflet.acupuncture", values),
        is_close=_letters(texts) > MAX_LETTERS,
        sources_title=label_of(texts["handout.sources"], texts),
        sources=_sources(guide, routine),
        **imprint(guide, guide.version, texts, review_of(guide=guide).text(language)),
    )


def _letters(texts: Texts) -> int:
    return sum(len(text) for key, text in texts.items() if key.startswith("leaflet."))


def _section(texts: Texts, key: str, values: dict[str, Any]) -> Section:
    paragraphs = [texts[f"{key}.{part}"] for part in ("text", "caption") if f"{key}.{part}" in texts]
    return Section(
        name=key.rpartition(".")[2],
        title=texts[f"{key}.title"],
        paragraphs=tuple(fill(text, values) for text in paragraphs),
        items=tuple(fill(item, values) for item in numbered(texts, key)),
    )


def _own_section(texts: Texts, key: str, values: dict[str, Any]) -> Section | None:
    """Return a section that not every guide has, None where it has no title."""
    return _section(texts, key, values) if f"{key}.title" in texts else None


def _safety(texts: Texts, values: dict[str, Any]) -> list[Section]:
    """Return the sections about safety: emergencies, a doctor today, a clinician first, and what to leave out."""
    keys = ("handout.emergency", "leaflet.today", "leaflet.see_first", "leaflet.safety")
    sections = [_section(texts, key, values) for key in keys if f"{key}.title" in texts]
    # The title of the safety section is that of the whole page.
    left_out = texts.get("leaflet.leave_out.title", "")
    return [section._replace(title=left_out) if section.name == "safety" else section for section in sections]


def _sections(texts: Texts, values: dict[str, Any]) -> list[Section]:
    """Return the sections about points, in the order of the table of texts."""
    ends = [key.removesuffix(".title") for key in texts if key.startswith("leaflet.points.") and key.endswith(".title")]
    return [_section(texts, key, values) for key in ends if key != "leaflet.points"]


def _spot(section: Section, routine: Plan | None, language: str) -> Section:
    """Return the section of a point with its number in the figure and the picture of its step."""
    title = _NUMBER.sub("", section.title)
    point = _point_of(section, routine.guide) if routine else ""
    numbers = {step.point: number for number, step in enumerate(routine.steps, start=1)} if routine else {}
    step = routine.steps[numbers[point] - 1] if routine and point in numbers else None
    drawn = _picture(step, routine.guide, language) if step and routine else ""
    number = str(numbers.get(point, section.name)) if section.name.isdigit() and title != section.title else ""
    return section._replace(title=title, number=number, pictures=(drawn,) if drawn else ())


def _point_of(section: Section, guide: Guide) -> str:
    """Return the point of a numbered section, by the guide's own sequence; empty for none that is shown."""
    points = guides_steps(guide)[:MAX_SHOWN]
    is_shown = section.name.isdigit() and int(section.name) <= len(points)
    return points[int(section.name) - 1] if is_shown else ""


def _is_held(section: Section, guide: Guide) -> bool:
    """Return whether the point of a numbered section is held back by a reviewer."""
    return _point_of(section, guide) in held_points(guide)


def _group(section: Section, guide: Guide, language: str) -> Section:
    """Return the section of a group of points: texts without a picture above, then those with one."""
    points = guide.settings.get("leaflet", {}).get("pictures", {})
    keys = {text: f"{section.name}.{number}" for number, text in enumerate(section.items, start=1)}
    point_of = {text: points.get(key) for text, key in keys.items() if points.get(key) not in held_points(guide)}
    section = section._replace(items=tuple(point_of))
    drawn = {text: _picture(own_step(guide.point(id), "left"), guide, language) for text, id in point_of.items() if id}
    if not any(drawn.values()):
        return section._replace(pictures=("",) * len(section.items))
    above = tuple(text for text in section.items if not drawn.get(text))
    pictured = {text: picture for text, picture in drawn.items() if picture}
    return section._replace(paragraphs=above, items=tuple(pictured), pictures=tuple(pictured.values()))


def _picture(step: Step, guide: Guide, language: str) -> Any:
    return step_picture(step, guide, "colour", card_of(0, step, guide, language).alternative, language)


def _first_steps(guide: Guide) -> Plan | None:
    try:
        routine = sequence(guide=guide)
    except UnknownIdError:
        return None
    shown = guides_steps(guide)[:MAX_SHOWN]
    return replace(routine, steps=tuple(step for step in routine.steps if step.point in shown))


def _plate(routine: Plan, language: str) -> Any:
    from markupsafe import Markup

    words = figure_words(routine.guide, language)
    return Markup(plate_of(routine, legend=False, shorts=True, words=words, room=FIGURE, light=True).to_svg(prefix="f"))


def _sources(guide: Guide, routine: Plan | None) -> list[tuple[str, str]]:
    """Return the guide's first source and, in short, those of the points that are shown, if they can be cited."""
    sources, points = guide.records.sources, guide.point_values
    keys = [key for step in (routine.steps if routine else ()) for key in points[step.point].sources]
    cited = [key for key in dict.fromkeys([*list(sources)[:1], *keys]) if key in sources and is_citable(sources[key])]
    shorts = {key: "" if key == cited[0] else sources[key].short for key in cited}
    return [(key, short or sources[key].citation) for key, short in shorts.items()]
