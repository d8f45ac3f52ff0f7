"""The intake sheet, which a client fills in on paper before the visit; it is blank, so it needs no screening.

Its questions are those of `kit.questions`, in their order and numbered from 1; `templates/intake.html` sets the order
of its parts. An empty box is no answer until a clinician enters it as one.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from selfcare_kit.body.place.atlas import atlas
from selfcare_kit.body.plate import lightened
from selfcare_kit.body.scene.arrange import Room
from selfcare_kit.body.scene.compose import compose
from selfcare_kit.body.scene.specs import PanelSpec
from selfcare_kit.body.scene.style import STYLES
from selfcare_kit.body.scene.words import FigureWords
from selfcare_kit.clinics.profile import PAPERS, Clinic, check_clinic, with_preferences
from selfcare_kit.errors import InvalidValueError, check_choice, check_text, quoted
from selfcare_kit.export.handout.client_texts import client_texts
from selfcare_kit.export.handout.guidance import people_of
from selfcare_kit.export.handout.page import imprint, page_number, template
from selfcare_kit.export.handout.wording import figure_words
from selfcare_kit.files import deliver_bytes, deliver_text
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.languages import fill
from selfcare_kit.guide.load import load_guide
from selfcare_kit.review.notice import review_of
from selfcare_kit.safety.questions import Question, questions

VIEWS = ("front", "back", "side", "foot_top", "sole")
# Small views are drawn larger, so that a cross fits on them.
SCALES = {"foot_top": 2.0, "sole": 2.0}
# Room of the figure in mm, and its room beside longer questions, by paper.
ROOM = Room(140.0, 64.0)
SMALL_ROOM = {"A4": Room(122.0, 53.0), "Letter": Room(105.0, 42.0)}
# With more letters in all questions the figure is small, and the lines are a little closer.
MAX_LETTERS = {"A4": 7_600, "Letter": 6_800}
# How urgent a yes to a red flag with this action is.
URGENCY_OF_ACTION = {"emergency": "now", "urgent": "today"}


class Item(NamedTuple):
    """A question of the sheet; `urgency` is "now" or "today" where a yes needs help then, else empty."""

    number: int
    text: str
    more: str
    urgency: str
    asks_where: bool


def intake_sheet(
    path: str | Path | None = None,
    *,
    language: str = "",
    code: str = "",
    paper: str = "",
    clinic: Clinic | str | Path | None = None,
    guide: Guide | None = None,
) -> str | Path:
    """Write the sheet that a client fills in before a visit: where it hurts, what it feels like, the safety questions.

    Parameters
    ----------
    path : str or Path, optional
        Where to write, ending in .html or .pdf (which needs the extra `pdf`); replaced atomically. Without it the
        page is returned as HTML.
    language : str, default=""
        Language of the sheet, such as "es"; the clinic's, or else the guide's own, when empty.
    code : str, default=""
        The client's code, such as `"C-104"`; a line to write it on when empty. Never a name.
    paper : {"A4", "Letter"}, optional
        Paper size; the clinic's, or else A4, when left out. The sheet has two sides.
    clinic : Clinic, str or Path, optional
        The clinic's settings or its file; name and numbers are printed.
    guide : Guide, optional
        Whose questions; the built-in one when left out.

    Returns
    -------
    str or Path
        The page, or the path it was written to.

    Raises
    ------
    InvalidValueError
        If the path ends in something else, or a value is not what is allowed.
    UnknownIdError
        If the guide has no such language.
    MissingExtraError
        If a PDF is asked for and WeasyPrint is not installed.

    Examples
    --------
    >>> sheet = intake_sheet(language="es", code="C-104")
    >>> "Antes de su visita" in sheet, "C-104" in sheet
    (True, True)
    """
    ending = "" if path is None else Path(path).suffix.lower()
    if ending not in ("", ".html", ".htm", ".pdf") or (path is not None and not ending):
        raise InvalidValueError(f"an intake sheet must end in .html or .pdf, got {quoted(str(path))}; name it so.")
    guide = guide or load_guide()
    html = intake_html(guide, language, code=code, paper=paper, clinic=clinic)
    if ending != ".pdf":
        return deliver_text(html, path)
    from selfcare_kit.export.handout.pdf import page_pdf

    return deliver_bytes(page_pdf(html), path)


def intake_html(
    guide: Guide, language: str = "", *, code: str = "", paper: str = "", clinic: Clinic | str | Path | None = None
) -> str:
    """Return the intake sheet as a page, as HTML that runs nothing and loads nothing."""
    settings = check_clinic(clinic)
    look = with_preferences(settings, {"language": language, "paper": paper}, guide.language)
    language, paper = look["language"], check_choice("paper", look["paper"], PAPERS)
    texts = client_texts(guide, language)
    all_questions = questions(guide=guide, language=language)
    people = people_of(texts, settings)
    is_close = sum(len(item.question) + len(item.more) for item in all_questions) > MAX_LETTERS[paper]
    room = SMALL_ROOM[paper] if is_close else ROOM
    today = texts["handout.today.action_number" if people["urgent"] else "handout.today.action"]
    return template("intake.html").render(
        language=language,
        direction=guide.translation(language).direction,
        title=texts["intake.title"],
        label={key.removeprefix("intake."): text for key, text in texts.items() if key.startswith("intake.")},
        code=check_text("code", code).strip(),
        clinic=settings,
        figure=_figure(figure_words(guide, language), room),
        figure_width=f"{room.width:g}mm",
        sides=texts["handout.figure.sides"],
        sensations=[texts[f"sensation.{id}"] for id in guide.records.sensations],
        now=fill(texts["handout.emergency.action"], people),
        today=fill(today, people),
        items=[_item(number, question, guide) for number, question in enumerate(all_questions, start=1)],
        is_close=is_close,
        paper=paper,
        page_number=page_number(texts["handout.footer"]),
        **imprint(guide, guide.version, texts, review_of(guide=guide).text(language)),
    )


def _item(number: int, question: Question, guide: Guide) -> Item:
    flag = guide.records.red_flags.get(question.id)
    urgency = URGENCY_OF_ACTION.get(flag.action, "") if flag else ""
    return Item(number, question.question, question.more, urgency, question.where == "required")


def _figure(words: FigureWords, room: Room) -> Any:
    from markupsafe import Markup

    return Markup(_figure_svg(tuple(words.views.items()), tuple(words.letters.items()), words.figure, room))


@lru_cache(maxsize=16)
def _figure_svg(
    views: tuple[tuple[str, str], ...], letters: tuple[tuple[str, str], ...], title: str, room: Room
) -> str:
    """Return the bodies on which the client marks where it hurts, as SVG."""
    from selfcare_kit.body.draw.svg import to_svg

    words = FigureWords(dict(views), dict(letters), {}, {})
    body = atlas()
    panels = []
    for name in VIEWS:
        view = body.view(name)
        # Seen from the front or from below the right foot is at the viewer's left.
        for side in ("both",) if view.is_symmetric else ("right", "left"):
            panels.append(PanelSpec(view, side, "whole", SCALES.get(name, 1.0), (), (), (), True))
    names = ", ".join(words.title(panel.view.name, panel.side) for panel in panels)
    description = title.replace("{views}", names)
    scene = compose(panels, (), STYLES["colour"], description, description, words, room)
    return to_svg(lightened(scene, len(panels)), "i")
