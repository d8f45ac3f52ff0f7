"""The client's handout: one page on which the numbers of the figure are the numbers of the steps.

The gate stands in `export.kinds.FileKind`, which makes every one. `templates/handout.html` sets the order of its parts.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from selfcare_kit.clinics.profile import PAPERS, VARIANTS, Clinic, check_clinic, with_preferences
from selfcare_kit.errors import check_choice, check_text
from selfcare_kit.export.figure import plate_of
from selfcare_kit.export.handout.cards import Card, step_picture
from selfcare_kit.export.handout.client_texts import MAX_LANGUAGES, client_texts
from selfcare_kit.export.handout.content import HandoutContent, handout_content
from selfcare_kit.export.handout.density import MARGIN, ONE_PAGE, SIZES, columns_of, density_of, share_of
from selfcare_kit.export.handout.icons import icon_styles, scale
from selfcare_kit.export.handout.page import data_block, page_number, template
from selfcare_kit.export.handout.progress import Followed, progress_of, progress_picture
from selfcare_kit.export.handout.videos import check_videos
from selfcare_kit.export.handout.wording import figure_words
from selfcare_kit.export.private import check_private
from selfcare_kit.export.record.record import client_json
from selfcare_kit.guide.guide import Guide
from selfcare_kit.guide.kept import kept_by_guide
from selfcare_kit.plan.plan import Plan

# These have whole sentences, and as many pages as they need.
LONG_VARIANTS = ("large", "detailed")
# Width of the figure's column in mm by its number of views, and the room of a figure in mm by density.
COLUMNS = {1: 40.0, 2: 40.0, 3: 48.0}
MAX_COLUMN = 58.0
FIGURE_HEIGHT = 66.0
ROOMS = {"many": (118.0, 82.0), "large": (180.0, 104.0)}
CLOSE_UP = (46.0, 46.0)


def handout_html(
    routine: Plan,
    *,
    client: str = "",
    language: str = "",
    paper: str = "",
    variant: str = "",
    clinic: Clinic | str | Path | None = None,
    pain_diary: bool = False,
    course: Followed | None = None,
    today: datetime.date | None = None,
) -> str:
    """Return the page that a client takes home, as HTML that runs nothing and loads nothing."""
    guide, settings = routine.guide, check_clinic(clinic)
    given = {"language": language, "paper": paper, "variant": variant}
    language, paper, variant = with_preferences(settings, given, guide.language).values()
    check_choice("paper", paper, PAPERS)
    check_choice("variant", variant, VARIANTS)
    name = check_text("client", client).strip() or routine.code
    check_private(client, routine)
    check_videos(settings, guide)
    is_long, has_figure = variant in LONG_VARIANTS, variant != "no_figure"
    content = handout_content(
        routine,
        client=name,
        language=language,
        clinic=settings,
        today=today or datetime.date.today(),
        is_long=is_long,
        has_figure=has_figure,
        has_pain_diary=pain_diary,
        progress=progress_of(course, routine),
    )
    style = _figure_style(guide, language, variant)
    cards = tuple(_drawn(card, routine, style, language, has_close_up=variant == "detailed") for card in content.cards)
    content = content._replace(cards=cards)
    column = _column(routine) if has_figure else COLUMNS[1]
    density = variant if is_long else density_of(content, paper, column, has_figure=has_figure)
    return template("handout.html").render(
        content._asdict(),
        **_page_texts(guide, language),
        **_layout(content, paper, variant, density, column),
        has_clinic=content.has_clinic,
        footer=content.footer,
        plate=_plate(routine, style, density, column) if has_figure else "",
        scale=scale,
        progress_picture=progress_picture,
        data=data_block(client_json(routine)),
    )


def preview_html(routine: Plan) -> str:
    """Return the figure and the cards of a routine alone, for who writes its guide; it says it is for no client."""
    guide, language, variant, paper = routine.guide, routine.guide.language, VARIANTS[0], PAPERS[0]
    content = handout_content(
        routine, client="", language=language, clinic=check_clinic(None), today=datetime.date.today()
    )
    style, column = _figure_style(guide, language, variant), _column(routine)
    cards = tuple(_drawn(card, routine, style, language, has_close_up=False) for card in content.cards)
    density = density_of(content, paper, column, has_figure=True)
    return template("preview.html").render(
        content._replace(cards=cards)._asdict(),
        **_page_texts(guide, language),
        **_layout(content, paper, variant, density, column),
        plate=_plate(routine, style, density, column),
        scale=scale,
    )


def _layout(content: HandoutContent, paper: str, variant: str, density: str, column: float) -> dict[str, Any]:
    """Return what the style sheets need: sizes, classes, icons, and which of the sheets."""
    is_grey = variant == "black_and_white"
    width, height = (side - 2 * MARGIN for side in SIZES[paper])
    share = share_of(content.help[1:], width)
    return {
        "paper": paper,
        "is_grey": is_grey,
        "is_one_page": density in ONE_PAGE,
        "classes": [density, *([variant] if is_grey else [])],
        "sheets": _sheets(content, variant, density),
        "icons": icon_styles(["care", "clock", "days", *(line.icon for line in content.dose)], is_grey=is_grey),
        "sizes": {
            "wide": f"{SIZES[paper][0]:g}mm",
            "margin": f"{MARGIN:g}mm",
            "high": f"{height - 0.5:g}mm",
            "column": f"{column:g}mm",
            "columns": columns_of(content.help[0].items, width) if content.help else 1,
            "share": f"{share / (1 - share):.2f}" if share < 1 else "1",
        },
    }


def _figure_style(guide: Guide, language: str, variant: str) -> dict[str, Any]:
    """Return how a page draws its figures, as keywords of `Plate`."""
    is_grey = variant == "black_and_white"
    words = figure_words(guide, language)
    return {"style": "high_contrast" if is_grey else "colour", "legend": False, "words": words, "shorts": not is_grey}


def _column(routine: Plan) -> float:
    """Return the width of the figure's column in mm."""
    return COLUMNS.get(len(plate_of(routine).panels), MAX_COLUMN)


def _plate(routine: Plan, style: dict[str, Any], density: str, column: float) -> Any:
    """Draw the figure for the room it has on the page."""
    from markupsafe import Markup

    room = ROOMS.get(density, (column, FIGURE_HEIGHT))
    return Markup(plate_of(routine, **style, room=room, light=True).to_svg(prefix="f"))


def _drawn(card: Card, routine: Plan, style: dict[str, Any], language: str, *, has_close_up: bool) -> Card:
    """Return a card with the pictures of its step: how it is done where there is one, and where it is."""
    from markupsafe import Markup

    step = routine.steps[card.number - 1]
    picture = step_picture(step, routine.guide, style["style"], card.alternative, language)
    close_up = Markup(_close_up(routine, card.number, style)) if has_close_up else ""
    return card._replace(picture=picture, close_up=close_up)


def _close_up(routine: Plan, number: int, style: dict[str, Any]) -> str:
    """Draw the place of a step at close range, with its muscle."""
    from selfcare_kit.body import Plate

    step = routine.steps[number - 1]
    plate = Plate([step], routine.guide, **style, room=CLOSE_UP, frame="close", muscles=True, first_number=number)
    return str(plate.to_svg(prefix=f"step{number}"))


def _sheets(content: HandoutContent, variant: str, density: str) -> list[str]:
    """Return the names of the style sheets that this handout needs besides the common ones, which keeps it small."""
    sheets = {
        "clinic": content.has_clinic,
        "video": any(card.videos for card in content.cards),
        "one": density in ONE_PAGE,
        "duplex": density.startswith("duplex"),
        "many": density == "many",
        variant: variant in LONG_VARIANTS,
        "progress": content.progress is not None,
        "pain_diary": content.diary_rows is not None,
    }
    return [name for name, is_needed in sheets.items() if is_needed]


@kept_by_guide(at_most=MAX_LANGUAGES)
def _page_texts(guide: Guide, language: str) -> dict[str, Any]:
    """Return language, direction and page number, which are the same on every handout of a guide."""
    footer = client_texts(guide, language)["handout.footer"]
    direction = guide.translation(language).direction
    return {"language": language, "direction": direction, "page_number": page_number(footer)}
