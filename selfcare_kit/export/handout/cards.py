"""A step as a card of the handout: short words where the guide has them, and whole ones where there is room.

Plain text throughout; escaping is the template's work.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from selfcare_kit.export.handout.client_texts import Texts, client_texts
from selfcare_kit.export.handout.page import sentence
from selfcare_kit.export.handout.videos import Video
from selfcare_kit.export.handout.wording import StepText, step_text
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.languages import field_names, fill
from selfcare_kit.guide.short_texts import how_key, phrase, short_how
from selfcare_kit.model.step import Step

MAX_KEPT = 4096
# Words about a place and a side that are a whole sentence, such as "Rest your left calf on your right knee."
SENTENCES = ("wall", "floor", "knee")


class Card(NamedTuple):
    """What a card says of its step.

    `hard` says of `pressure` how it is meant, `days` is told where other steps rest otherwise, `care` are the step's
    cautions; `picture` and `close_up` are `svg` elements, or empty, and `alternative` says what the first one shows.
    """

    number: int
    name: str
    side: str
    latin: str
    how_long: str
    pressure: int
    hard: str
    where: str
    how: str
    days: str = ""
    care: tuple[str, ...] = ()
    note: str = ""
    videos: tuple[Video, ...] = ()
    alternative: str = ""
    picture: Any = ""
    close_up: Any = ""


def card_of(number: int, step: Step, guide: Guide, language: str, *, is_long: bool = False) -> Card:
    """Return the card of a step by itself: the short texts where the guide has them, the whole ones where `is_long`."""
    return _card(guide, step, language, is_long)._replace(number=number)


@kept_by_guide(at_most=MAX_KEPT)
def _card(guide: Guide, step: Step, language: str, is_long: bool) -> Card:
    texts, told = client_texts(guide, language), step_text(step, guide, language)
    name = texts.get(f"point.{step.point}.name") or told.name
    where = "" if is_long else texts.get(f"point.{step.point}.where.short", "")
    short = card_how(step, guide, texts, told.technique)
    each_side = "_each_side" if step.side == "both" else ""
    seconds = texts.get(f"handout.card.seconds{each_side}")
    side = texts.get(f"handout.card.side.{step.side}")
    how = short if short and not is_long else long_how(step, guide, texts, told)
    return Card(
        number=0,
        name=name,
        side=side or told.side,
        latin=told.latin.strip("()"),
        how_long=fill(seconds, {"seconds": step.seconds}) if seconds else told.how_long,
        pressure=step.pressure,
        hard=fill(texts["handout.pressure.own"], {"pressure": step.pressure}),
        where=where or told.where,
        how=how,
        note=told.note,
        alternative=fill(texts.get("handout.card.picture", "{how}"), {"how": short or told.how}),
    )


def long_how(step: Step, guide: Guide, texts: Texts, told: StepText) -> str:
    """Return how a step is done in whole sentences, with how the body lies or stands to the tool."""
    point = guide.point(step.point)
    template = texts.get(how_key(texts, point, **_way(step)), "")
    way = [phrase(texts, kind, point, step.side) for kind in field_names(template) if kind in SENTENCES]
    # How to stand at a wall says that one stands at a wall.
    position = "" if way and "{wall}" in template else told.position
    return " ".join(part for part in (told.tool, position, *way, told.work) if part)


def card_how(step: Step, guide: Guide, texts: Texts, technique: str) -> str:
    """Return how a step is done in few words, empty where there are none that fit: a technique's name its own place."""
    if step.mode != "hold" and not technique:
        return ""
    return sentence(short_how(texts, guide.point(step.point), side=step.side, **_way(step)))


def _way(step: Step) -> dict[str, str]:
    return {"mode": step.mode, "position": step.position, "tool": step.tool}


def tool_name(tool: str, texts: Texts) -> str:
    """Return a tool's short name, without what stands in brackets in its long one."""
    return texts.get(f"handout.card.tool.{tool}") or texts[f"tool.{tool}"].partition(" (")[0]


def step_picture(step: Step, guide: Guide, style: str, told: str) -> Any:
    """Return how a step is done as an `svg` element with words instead of it; empty where there is no picture."""
    from markupsafe import Markup

    from selfcare_kit.body.draw.sketch import sketch_svg
    from selfcare_kit.body.positions import PositionPicture

    way = {"position": step.position, "tool": step.tool}
    if not PositionPicture.exists(step.point, guide=guide, **way):
        return ""
    drawn = PositionPicture(step.point, side=step.side, guide=guide, mode=step.mode, style=style, **way)
    return Markup(sketch_svg(drawn.sketch._replace(title=told)))
