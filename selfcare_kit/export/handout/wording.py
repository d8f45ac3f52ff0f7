"""The texts of a step in whole sentences, and the texts on the client's figure.

Plain text throughout; the template escapes it. What depends on a guide and a language only is made once and kept with
the guide.
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
    """A step in whole sentences; `work` is the technique's, whose id is `technique`."""

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
        """Tool, position and technique in one text."""
        return " ".join(part for part in (self.tool, self.position, self.work) if part)


@kept_by_guide(at_most=MAX_LANGUAGES)
def figure_words(guide: Guide, language: str) -> FigureWords:
    """Return the texts on a client's figure, with muscles as names of points; English where a language has none."""
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
    """Return the days between sessions in words, such as "every 2 to 3 days"."""
    if high == 1:
        return texts["handout.every_day"]
    key = "handout.every_days_same" if low == high else "handout.every_days"
    return fill(texts[key], {"low": low, "high": high})


def step_text(step: Step, guide: Guide, language: str) -> StepText:
    """Return the texts of a step in a language."""
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
    """Return what to do: the text of the technique that fits, else of the tool, else of the mode."""
    if technique:
        return texts[f"technique.{technique}"]
    of_tool = texts.get(f"tool.{step.tool}.how") if step.mode == "hold" else None
    return of_tool or f"{texts[f'mode.{step.mode}']}."


def technique_of(step: Step, point: Point, guide: Guide) -> str:
    """Return the id of the technique whose text fits a step as it is now; empty when none does.

    The text is about the technique's own tools and positions, and often about a place ("under your foot"). So it is
    used only in areas where the guide uses it, or with a tool that the guide proposes for the point.
    """
    areas = _areas_of_techniques(guide)
    ranked = []
    for technique in techniques_of(step.mode, guide):
        suits = step.tool in technique.tools and not {step.position, "any"}.isdisjoint(technique.positions)
        is_of_point = technique.mode == "hold" and step.tool in point.tools
        if suits and (is_of_point or point.area in areas.get(technique.id, ())):
            fit = (technique.tools.index(step.tool), len(technique.positions), technique.id != point.technique)
            ranked.append((fit, technique.id))
    return min(ranked)[1] if ranked else ""


@kept_by_guide(at_most=1)
def _areas_of_techniques(guide: Guide) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for point in guide.point_values.values():
        found.setdefault(point.technique, set()).add(point.area)
    return found
