"""A step as a card of the handout: short texts where the guide has them, whole sentences where there is room.

Plain text throughout; the template escapes it.
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
# Fields whose text is a whole sentence, such as "Rest your left calf on your right knee."
SENTENCE_FIELDS = ("wall", "floor", "knee")


class StepPicture(NamedTuple):
    """How a step is done as an `svg` element, empty where there is none, with a caption that not every picture has."""

    svg: Any = ""
    caption: str = ""

    def __bool__(self) -> bool:
        return bool(self.svg)

    def __html__(self) -> str:
        from markupsafe import Markup

        return self.svg + (Markup('<p class="caption">{}</p>').format(self.caption) if self.caption else "")


class Card(NamedTuple):
    """The texts and pictures of a step's card.

    `pressure_text` explains `pressure`; `days` is empty where all steps have the same rest; `care` are the step's own
    cautions; `alternative` describes `picture`; `close_up` is an `svg` element, or empty.
    """

    number: int
    name: str
    side: str
    latin: str
    how_long: str
    pressure: int
    pressure_text: str
    where: str
    how: str
    days: str = ""
    care: tuple[str, ...] = ()
    note: str = ""
    videos: tuple[Video, ...] = ()
    alternative: str = ""
    picture: StepPicture = StepPicture()
    close_up: Any = ""


def card_of(number: int, step: Step, guide: Guide, language: str, *, is_long: bool = False) -> Card:
    """Return the card of a step alone: short texts where the guide has them, whole sentences where `is_long`."""
    return _card(guide, step, language, is_long)._replace(number=number)


@kept_by_guide(at_most=MAX_KEPT)
def _card(guide: Guide, step: Step, language: str, is_long: bool) -> Card:
    texts, whole = client_texts(guide, language), step_text(step, guide, language)
    name = texts.get(f"point.{step.point}.name") or whole.name
    where = "" if is_long else texts.get(f"point.{step.point}.where.short", "")
    short = card_how(step, guide, texts, whole.technique)
    each_side = "_each_side" if step.side == "both" else ""
    seconds = texts.get(f"handout.card.seconds{each_side}")
    side = texts.get(f"handout.card.side.{step.side}")
    how = short if short and not is_long else long_how(step, guide, texts, whole)
    return Card(
        number=0,
        name=name,
        side=side or whole.side,
        latin=whole.latin.strip("()"),
        how_long=fill(seconds, {"seconds": step.seconds}) if seconds else whole.how_long,
        pressure=step.pressure,
        pressure_text=fill(texts["handout.pressure.own"], {"pressure": step.pressure}),
        where=where or whole.where,
        how=how,
        note=whole.note,
        alternative=fill(texts.get("handout.card.picture", "{how}"), {"how": short or whole.how}),
    )


def long_how(step: Step, guide: Guide, texts: Texts, whole: StepText) -> str:
    """Return how a step is done in whole sentences, with how the client stands or lies."""
    point = guide.point(step.point)
    template = texts.get(how_key(texts, point, **_method(step)), "")
    placed = [phrase(texts, kind, point, step.side) for kind in field_names(template) if kind in SENTENCE_FIELDS]
    # The sentence for the wall already says to stand at a wall.
    position = "" if placed and "{wall}" in template else whole.position
    return " ".join(part for part in (whole.tool, position, *placed, whole.work) if part)


def card_how(step: Step, guide: Guide, texts: Texts, technique: str) -> str:
    """Return how a step is done in short; empty where no short text fits, as techniques name places of their own."""
    if step.mode != "hold" and not technique:
        return ""
    return sentence(short_how(texts, guide.point(step.point), side=step.side, **_method(step)))


def _method(step: Step) -> dict[str, str]:
    return {"mode": step.mode, "position": step.position, "tool": step.tool}


def tool_name(tool: str, texts: Texts) -> str:
    """Return a tool's short name, or its long one without the part in brackets."""
    return texts.get(f"handout.card.tool.{tool}") or texts[f"tool.{tool}"].partition(" (")[0]


def step_picture(step: Step, guide: Guide, style: str, title: str, language: str = "") -> StepPicture:
    """Return the picture of how a step is done with a title; of its posture alone, which says so, where that is all."""
    from markupsafe import Markup

    from selfcare_kit.body.draw.sketch import sketch_svg
    from selfcare_kit.body.postures import PosturePicture, picture_of_way

    way = {"side": step.side, "position": step.position, "tool": step.tool, "mode": step.mode}
    drawn = picture_of_way(step.point, **way, guide=guide, style=style, language=language)
    if drawn is None:
        return StepPicture()
    if isinstance(drawn, PosturePicture):
        return StepPicture(Markup(drawn.to_svg()), drawn.caption)
    return StepPicture(Markup(sketch_svg(drawn.sketch._replace(title=title))))
