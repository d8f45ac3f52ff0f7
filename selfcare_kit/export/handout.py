"""The client's handout: one page on which the numbers of the figure are the numbers of the steps.

The gate is the caller's: `Routine.to_html` passes it before it comes here.
"""

from __future__ import annotations

import datetime
import math
from functools import lru_cache
from typing import Any, NamedTuple

from selfcare_kit.errors import check_choice, check_text
from selfcare_kit.export.page import data_block, date_words, fill, imprint, page_number, template
from selfcare_kit.export.record import routine_json
from selfcare_kit.export.wording import (
    Care,
    StepText,
    Texts,
    care_of,
    client_texts,
    figure_words,
    help_of,
    rules_of,
    sessions_of,
    sources_of,
    step_text,
)
from selfcare_kit.guide import Guide
from selfcare_kit.routine import Routine

PAPERS = ("A4", "Letter")
VARIANTS = ("standard", "large", "black_and_white", "no_figure")

# A page is set closer the more it holds, in lines of its steps, so that it stays one page; measured in a browser.
# By paper: up to so many lines, the style sheets, the width and height of the figure in mm beside the rules.
SETTINGS = {
    "A4": ((44.5, (), 84.0, 67.0), (47.8, ("close",), 84.0, 64.0), (60, ("close", "dense"), 76.0, 64.0)),
    "Letter": ((44.5, (), 84.0, 56.0), (45.5, ("close",), 84.0, 52.0), (58, ("close", "dense"), 72.0, 52.0)),
}
# What the figure gains with each line that stays free, and how large it becomes at most.
MM_A_FREE_LINE = 1.0
TALLEST_FIGURE = 88.0
WIDEST_FIGURE = 96.0
# Above the text: on a page that others follow, and in large print.
PAGE_WIDTHS = {"A4": 186.0, "Letter": 191.9}
SPREAD_HEIGHT = 105.0
LARGE_HEIGHT = 150.0
LETTERS_A_LINE = 46
CARE_LETTERS_A_LINE = 40
TITLE_LETTERS = 40
# A line of the small print, in lines of the steps, and the room around a box of it.
SMALL_LINE = 0.75
SMALL_LETTERS_A_LINE = 60
BOX_ROOM = 0.7


def handout_html(
    routine: Routine,
    *,
    client: str = "",
    language: str = "en",
    paper: str = "A4",
    variant: str = "standard",
    today: datetime.date | None = None,
) -> str:
    """Write the page a client takes home.

    Parameters
    ----------
    routine : Routine
        With at least one step; it has passed the gate for a client's page.
    client : str, default=""
        Name to print. It stands in the visible page only, not in the data that rides along.
    language : str, default="en"
        Language of the client's texts.
    paper : {"A4", "Letter"}, default="A4"
        Paper size.
    variant : {"standard", "large", "black_and_white", "no_figure"}, default="standard"
        Appearance.
    today : datetime.date, optional
        For tests; the real date when left out.

    Returns
    -------
    str
        A whole HTML page: nothing in it runs, and it asks the network for nothing.

    Raises
    ------
    InvalidValueError
        If the paper, the variant or the client's name is not what is allowed.
    UnknownIdError
        If the guide has no such language.
    GuideError
        If the guide lacks a text the page needs.
    """
    check_choice("paper", paper, PAPERS)
    check_choice("variant", variant, VARIANTS)
    name = check_text("client", client).strip() or routine.code
    texts = client_texts(routine.guide, language)
    today = today or datetime.date.today()
    fixed = _fixed_texts(routine.guide, language, is_long=variant == "large")
    title = routine.title or texts["handout.title_default"]
    words = [step_text(step, routine.guide, language) for step in routine.steps]
    care = care_of(routine, language)
    shared, steps = _told_once(words, texts)
    lines = tuple(_lines(step, how, dose) for _, step, how, dose in steps)
    layout = _layout(paper, variant, _all_lines(title, lines, care))
    return template("handout.html").render(
        fixed,
        language=language,
        paper=paper,
        variant=variant,
        density=layout.density,
        title=title,
        client=fill(texts["handout.for_client"], {"client": name}) if name else "",
        made_on=fill(texts["handout.made_on"], {"date": date_words(today, texts)}),
        **_plate(routine, language, variant, layout),
        rules=rules_of(routine, language),
        care=care,
        shared=shared,
        total=fill(texts["handout.total"], {"minutes": -(-routine.total_seconds // 60)}),
        steps=steps,
        help_beside=_best_split(lines, fixed["help_letters"]),
        sessions=sessions_of(routine, max(routine.date, today), language),
        source_keys=sources_of(routine),
        **imprint(routine.guide, routine.guide_version, texts),
        data=data_block(routine_json(routine)),
    )


def _fixed_texts(guide: Guide, language: str, *, is_long: bool) -> dict[str, Any]:
    """Return the texts that are the same for every routine of a guide."""
    key = f"handout {language} {is_long}"
    if key not in guide.cache:
        texts = client_texts(guide, language)
        help = help_of(texts, is_long=is_long)
        guide.cache[key] = {
            "page_number": page_number(texts["handout.footer"]),
            "label": {name: texts[f"handout.step.{name}"] for name in ("where", "how", "note", "video", "care")},
            "rules_title": texts["handout.before_you_start.title"],
            "about": texts["handout.what_this_is"],
            "captions": [texts["handout.figure.sides"], texts["handout.figure.search"]],
            "help": help,
            "help_letters": tuple(each.letters for each in help),
            "diary_title": texts["handout.diary.title"],
            "diary_hint": texts["handout.diary.hint"],
            "sources_title": texts["handout.sources"],
            "disclaimer": texts["handout.not_a_diagnosis"],
        }
    return guide.cache[key]


class _Layout(NamedTuple):
    """How a page is set: names of the style sheets that set it closer, and the figure's room in mm."""

    density: tuple[str, ...]
    width: float
    height: float


def _layout(paper: str, variant: str, lines: float) -> _Layout:
    """Choose how close a page is set so that it stays one page, and how large its figure can be."""
    if variant == "large":
        return _Layout((), PAGE_WIDTHS[paper], LARGE_HEIGHT)
    for most, density, width, height in SETTINGS[paper]:
        if lines <= most:
            gain = 0.0 if density else min(TALLEST_FIGURE - height, MM_A_FREE_LINE * (most - lines))
            return _Layout(density, min(WIDEST_FIGURE, width + gain), height + gain)
    return _Layout(("spread",), PAGE_WIDTHS[paper], SPREAD_HEIGHT)


def _plate(routine: Routine, language: str, variant: str, layout: _Layout) -> dict[str, Any]:
    """Draw the figure for the room it has on the page."""
    from markupsafe import Markup

    if variant == "no_figure":
        return {"plate": ""}
    style = "high_contrast" if variant == "black_and_white" else "colour"
    words = figure_words(routine.guide, language)
    has_shorts = style == "colour"
    plate = routine.figure(
        style=style, legend=False, shorts=has_shorts, room=(layout.width, layout.height), words=words
    )
    scene = plate.scene
    width = min(layout.width, layout.height * scene.width / scene.height)
    return {"plate": Markup(plate.to_svg()), "figure_width": f"{width:.1f}"}


def _told_once(words: list[StepText], texts: Texts) -> tuple[list[tuple[str, str]], list[tuple[Any, ...]]]:
    """Split off what all steps share of the dose; a way that an earlier step told is named by its number."""
    same_as = texts.get("handout.step.same_as", "")
    shared = [line for line in words[0].dose if all(line in each.dose for each in words)]
    first_with: dict[str, int] = {}
    steps = []
    for number, each in enumerate(words, start=1):
        first = first_with.setdefault(each.how, number)
        how = fill(same_as, {"number": first}) if same_as and first < number else each.how
        steps.append((number, each, how, [line for line in each.dose if line not in shared]))
    return shared, steps


def _lines(step: StepText, how: str, dose: list[tuple[str, str]]) -> int:
    heading = 2 + (len(step.name) + 0.7 * len(step.latin) > LETTERS_A_LINE - 2)
    own = sum(len(name) + len(value) for name, value in dose)
    return heading + math.ceil((len(step.where) + len(how) + own + len(step.note) + 12) / LETTERS_A_LINE)


def _all_lines(title: str, lines: tuple[int, ...], care: list[Care]) -> float:
    care_lines = sum(len(each.text) for each in care) / CARE_LETTERS_A_LINE
    return sum(lines) + care_lines + 2 * (len(title) // TITLE_LETTERS)


@lru_cache(maxsize=1024)
def _best_split(steps: tuple[int, ...], help_letters: tuple[int, ...]) -> int:
    """Choose how many boxes of help stand in the columns after the steps, so that the page ends highest.

    The rest stands side by side below both columns. A browser fills columns evenly but never
    breaks a step, so the boxes are what can level them.
    """

    def height(count: int) -> float:
        boxes = [SMALL_LINE * math.ceil(n / SMALL_LETTERS_A_LINE) + BOX_ROOM for n in help_letters[:count]]
        blocks = [*steps, *boxes]
        columns = min(max(sum(blocks[:cut]), sum(blocks[cut:])) for cut in range(1, len(blocks) + 1))
        rest = help_letters[count:]
        if not rest:
            return columns
        return columns + SMALL_LINE * math.ceil(max(rest) * len(rest) / (2 * SMALL_LETTERS_A_LINE)) + BOX_ROOM

    return min(range(len(help_letters) + 1), key=height)
