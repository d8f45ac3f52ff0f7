"""A step in the client's words, and the words on the client's figure.

Plain text throughout; escaping is the template's work. What depends on a guide and a language
only is made once and kept with the guide.
"""

from __future__ import annotations

from typing import NamedTuple

from selfcare_kit.body.scene.words import ENGLISH, FigureWords
from selfcare_kit.export.handout.client_texts import MAX_LANGUAGES, Texts, client_texts
from selfcare_kit.export.handout.page import sentence
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.guide.languages import fill
from selfcare_kit.guide.point import Point
from selfcare_kit.guide.techniques import techniques_of
from selfcare_kit.model.step import Step

MAX_KEPT = 4096


class StepText(NamedTuple):
    """A step in words; `work` is its technique."""

    name: str
    latin: str
    side: str
    how_long: str
    where: str
    tool: str
    position: str
    work: str
    note: str
    technique: str

    @property
    def how(self) -> str:
        """Tool, position and technique in one."""
        return " ".join(part for part in (self.tool, self.position, self.work) if part)


@kept_by_guide(at_most=MAX_LANGUAGES)
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
    texts = client_texts(guide, language)
    names = {id: texts.get(f"muscle.{point.muscle_id}", "") for id, point in guide.point_values.items()}
    return FigureWords(
        views={view: texts.get(f"figure.view.{view}", title) for view, title in ENGLISH.views.items()},
        letters={"L": texts.get("figure.letter.left", "L"), "R": texts.get("figure.letter.right", "R")},
        sides={side: texts.get(f"side.{side}", word) for side, word in ENGLISH.sides.items()},
        points={id: sentence(name.partition("(")[0].strip()) for id, name in names.items()},
        figure=texts.get("figure.title", ENGLISH.figure),
        where=texts.get("figure.where", ENGLISH.where),
    )


def how_often(low: int, high: int, texts: Texts) -> str:
    """Return how many days lie from one session to the next, in words.

    Parameters
    ----------
    low, high : int
        Days, the shortest and the longest.
    texts : Texts
        Of a language.

    Returns
    -------
    str
        Such as "every 2 to 3 days".
    """
    if high == 1:
        return texts["handout.every_day"]
    key = "handout.every_days_same" if low == high else "handout.every_days"
    return fill(texts[key], {"low": low, "high": high})


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
    return _step_text(guide, step, language)


@kept_by_guide(at_most=MAX_KEPT)
def _step_text(guide: Guide, step: Step, language: str) -> StepText:
    texts = client_texts(guide, language)
    point = guide.point(step.point)
    technique = technique_of(step, point, guide)
    each_side = "_each_side" if step.side == "both" else ""
    name, bracket, latin = sentence(texts[f"muscle.{point.muscle_id}"]).partition("(")
    return StepText(
        name=name.strip(),
        latin=f"{bracket}{latin}",
        side=sentence(texts[f"handout.side.{step.side}"]),
        how_long=fill(texts[f"handout.seconds{each_side}"], {"seconds": step.seconds}),
        where=texts[f"point.{point.id}.where"],
        tool=f"{sentence(texts[f'tool.{step.tool}'])}." if step.tool else "",
        position=texts[f"position.{step.position}"] if step.position else "",
        work=_work(step, technique, texts),
        note=step.note.strip(),
        technique=technique,
    )


def _work(step: Step, technique: str, texts: Texts) -> str:
    """Return what to do: in the words of the technique that fits, else of the tool, else of the mode."""
    if technique:
        return texts[f"technique.{technique}"]
    of_tool = texts.get(f"tool.{step.tool}.how") if step.mode == "hold" else None
    return of_tool or f"{texts[f'mode.{step.mode}']}."


def technique_of(step: Step, point: Point, guide: Guide) -> str:
    """Return the technique whose words fit a step as it is now; empty when none does.

    Its words speak of its own tools and positions. The words of many a technique name a place, too ("under your
    foot"), so one is used only where the guide itself uses it, or with a tool the guide proposes for the point.
    """
    areas = _areas_of_techniques(guide)
    ranked = []
    for each in techniques_of(step.mode, guide):
        suits = step.tool in each.tools and not {step.position, "any"}.isdisjoint(each.positions)
        is_known_here = point.area in areas.get(each.id, ()) or (each.mode == "hold" and step.tool in point.tools)
        if suits and is_known_here:
            fit = (each.tools.index(step.tool), len(each.positions), each.id != point.technique)
            ranked.append((fit, each.id))
    return min(ranked)[1] if ranked else ""


@kept_by_guide(at_most=1)
def _areas_of_techniques(guide: Guide) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for point in guide.point_values.values():
        found.setdefault(point.technique, set()).add(point.area)
    return found
