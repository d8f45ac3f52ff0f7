"""The client's handout: one page on which the numbers of the figure are the numbers of the steps.

The gate is the caller's: `Routine.to_html` passes it before it comes here.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from selfcare_kit.clinic.profile import Clinic, check_clinic
from selfcare_kit.errors import check_choice, check_text
from selfcare_kit.export.figure import plate_of
from selfcare_kit.export.handout.cards import Card, step_picture
from selfcare_kit.export.handout.client_texts import MAX_LANGUAGES, client_texts
from selfcare_kit.export.handout.density import MARGIN, ONE_PAGE, SIZES, columns_of, density_of, share_of
from selfcare_kit.export.handout.page import data_block, page_number, template
from selfcare_kit.export.handout.signs import scale, sign_styles
from selfcare_kit.export.handout.videos import check_videos
from selfcare_kit.export.handout.wording import figure_words
from selfcare_kit.export.handout.words import HandoutWords, handout_words
from selfcare_kit.export.private import check_private
from selfcare_kit.export.record.record import routine_json
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.plan.plan import Plan

PAPERS = tuple(SIZES)
VARIANTS = ("standard", "large", "black_and_white", "no_figure", "detailed")
# They say all in whole sentences, and fill as many pages as they need.
LONG_VARIANTS = ("large", "detailed")
# How wide the column of the figure is, by its views; and the room of a figure in mm.
COLUMNS = {1: 40.0, 2: 40.0, 3: 48.0}
MAX_COLUMN = 58.0
FIGURE_HEIGHT = 66.0
ROOMS = {"many": (118.0, 82.0), "large": (180.0, 104.0)}
CLOSE_UP = (46.0, 46.0)


def handout_html(
    routine: Plan,
    *,
    client: str = "",
    language: str = "en",
    paper: str = "A4",
    variant: str = "standard",
    clinic: Clinic | str | Path | None = None,
    today: datetime.date | None = None,
) -> str:
    """Write the page a client takes home.

    Parameters
    ----------
    routine : Plan
        With at least one step; it has passed the gate for a client's page.
    client : str, default=""
        Name to print. It stands in the visible page only, not in the data that rides along.
    language : str, default="en"
        Language of the client's texts.
    paper : {"A4", "Letter"}, default="A4"
        Paper size.
    variant : {"standard", "large", "black_and_white", "no_figure", "detailed"}, default="standard"
        Appearance.
    clinic : Clinic, str or Path, optional
        The clinic's settings or its file; they stand in the visible page only.
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
    FileFormatError
        If the clinic's file is not what it should be.
    UnknownIdError
        If the guide has no such language, or not what a video of the clinic shows.
    GuideError
        If the guide lacks a text the page needs.
    """
    check_choice("paper", paper, PAPERS)
    check_choice("variant", variant, VARIANTS)
    name = check_text("client", client).strip() or routine.code
    check_private(client, routine)
    guide, settings = routine.guide, check_clinic(clinic)
    check_videos(settings, guide)
    is_long, has_figure = variant in LONG_VARIANTS, variant != "no_figure"
    words = handout_words(
        routine,
        client=name,
        language=language,
        clinic=settings,
        today=today or datetime.date.today(),
        is_long=is_long,
        has_figure=has_figure,
    )
    look = _look(guide, language, variant)
    cards = tuple(_drawn(card, routine, look, has_close_up=variant == "detailed") for card in words.cards)
    words = words._replace(cards=cards)
    column = _column(routine) if has_figure else COLUMNS[1]
    density = variant if is_long else density_of(words, paper, column, has_figure=has_figure)
    return template("handout.html").render(
        words._asdict(),
        **_page_texts(guide, language),
        **_setting(words, paper, variant, density, column),
        has_clinic=words.has_clinic,
        footer=words.footer,
        plate=_plate(routine, look, density, column) if has_figure else "",
        scale=scale,
        data=data_block(routine_json(routine)),
    )


def _setting(words: HandoutWords, paper: str, variant: str, density: str, column: float) -> dict[str, Any]:
    """Return what the style sheets are told: sizes, classes, and which of them are needed."""
    is_grey = variant == "black_and_white"
    width, height = (side - 2 * MARGIN for side in SIZES[paper])
    share = share_of(words.help[1:], width)
    return {
        "paper": paper,
        "is_grey": is_grey,
        "is_one_page": density in ONE_PAGE,
        "kinds": [density, *([variant] if is_grey else [])],
        "sheets": _sheets(words, variant, density),
        "signs": sign_styles(["care", "clock", "days", *(line.sign for line in words.dose)], is_grey=is_grey),
        "sizes": {
            "wide": f"{SIZES[paper][0]:g}mm",
            "margin": f"{MARGIN:g}mm",
            "high": f"{height - 0.5:g}mm",
            "column": f"{column:g}mm",
            "columns": columns_of(words.help[0].items, width) if words.help else 1,
            "share": f"{share / (1 - share):.2f}" if share < 1 else "1",
        },
    }


def _look(guide: Guide, language: str, variant: str) -> dict[str, Any]:
    is_grey = variant == "black_and_white"
    words = figure_words(guide, language)
    return {"style": "high_contrast" if is_grey else "colour", "legend": False, "words": words, "shorts": not is_grey}


def _column(routine: Plan) -> float:
    """Return how wide the column of the figure is: a view takes about as much room beside another as alone."""
    return COLUMNS.get(len(plate_of(routine).panels), MAX_COLUMN)


def _plate(routine: Plan, look: dict[str, Any], density: str, column: float) -> Any:
    """Draw the figure for the room it has on the page."""
    from markupsafe import Markup

    room = ROOMS.get(density, (column, FIGURE_HEIGHT))
    return Markup(plate_of(routine, **look, room=room, light=True).to_svg(prefix="f"))


def _drawn(card: Card, routine: Plan, look: dict[str, Any], *, has_close_up: bool) -> Card:
    """Return a card with the pictures of its step: how it is done where there is one, and where it is."""
    from markupsafe import Markup

    step = routine.steps[card.number - 1]
    picture = step_picture(step, routine.guide, look["style"], card.alternative)
    close_up = Markup(_close_up(routine, card.number, look)) if has_close_up else ""
    return card._replace(picture=picture, close_up=close_up)


def _close_up(routine: Plan, number: int, look: dict[str, Any]) -> str:
    """Draw where a step is: close, with its muscle."""
    from selfcare_kit.body import Plate

    step = routine.steps[number - 1]
    plate = Plate([step], routine.guide, **look, room=CLOSE_UP, frame="close", muscles=True, first_number=number)
    return str(plate.to_svg(prefix=f"step{number}"))


def _sheets(words: HandoutWords, variant: str, density: str) -> list[str]:
    """Return the names of the style sheets besides those that every handout has: a page is kept small."""
    sheets = {
        "clinic": words.has_clinic,
        "video": any(card.videos for card in words.cards),
        "one": density in ONE_PAGE,
        "duplex": density.startswith("duplex"),
        "many": density == "many",
        variant: variant in LONG_VARIANTS,
    }
    return [name for name, is_needed in sheets.items() if is_needed]


@kept_by_guide(at_most=MAX_LANGUAGES)
def _page_texts(guide: Guide, language: str) -> dict[str, Any]:
    """Return what a page says about itself: the same for every routine of a guide."""
    footer = client_texts(guide, language)["handout.footer"]
    direction = guide.translation(language).direction
    return {"language": language, "direction": direction, "page_number": page_number(footer)}
