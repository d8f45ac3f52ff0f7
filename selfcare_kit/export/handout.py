"""The client's handout: one page on which the numbers of the figure are the numbers of the steps.

The gate is the caller's: `Routine.to_html` passes it before it comes here.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from selfcare_kit.body.words import FigureWords
from selfcare_kit.client_name import holds_name
from selfcare_kit.clinic import Clinic, check_clinic
from selfcare_kit.errors import InvalidValueError, check_choice, check_text
from selfcare_kit.export.client_texts import client_texts
from selfcare_kit.export.handout_words import HandoutWords, PrintedStep, handout_words
from selfcare_kit.export.measure import MM_A_POINT, Run, count_lines
from selfcare_kit.export.page import data_block, page_number, template
from selfcare_kit.export.record import routine_json
from selfcare_kit.export.setting import (
    PAGES,
    PICTURED,
    SMALLEST,
    SPREAD,
    STEP,
    TITLE,
    VIDEO_TEXT,
    Content,
    Layout,
    Paragraph,
    StepContent,
    choose_layout,
    long_layout,
)
from selfcare_kit.export.videos import Video, check_videos
from selfcare_kit.export.wording import figure_words
from selfcare_kit.guide import Guide
from selfcare_kit.routine import Routine

PAPERS = tuple(PAGES)
VARIANTS = ("standard", "large", "black_and_white", "no_figure", "detailed")
# Of these the length does not count: they fill as many pages as they need.
LONG_VARIANTS = ("large", "detailed")
# Room of the figure in large print, and of the picture of one step, in mm.
LARGE_FIGURE = (180.0, 120.0)
PICTURE = (58.0, 52.0)
# The clinic's block: width of its words, and height of its logo, in mm.
CLINIC_WIDTH, LOGO_WIDTH, LOGO_HEIGHT = 90.0, 43.0, 14.0


def handout_html(
    routine: Routine,
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
    routine : Routine
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
    _check_private(client, routine)
    guide, settings = routine.guide, check_clinic(clinic)
    check_videos(settings, guide)
    words = handout_words(
        routine,
        client=name,
        language=language,
        clinic=settings,
        today=today or datetime.date.today(),
        is_long=variant == "large",
        has_figure=variant != "no_figure",
        has_pictures=variant == "detailed",
    )
    content = content_of(words)
    layout = _layout(content, paper, variant, 0 if variant == "no_figure" else len(routine.figure().panels))
    drawn = _figures(routine, words, figure_words(guide, language), variant, layout)
    return template("handout.html").render(
        words._asdict(),
        **drawn,
        **_page_texts(guide, language),
        has_clinic=words.has_clinic,
        footer=words.footer,
        paper=paper,
        margin=f"{layout.setting.margin:g}",
        is_spread=layout.is_spread,
        is_grey=variant == "black_and_white",
        is_detailed=variant == "detailed",
        kinds=[variant, "several" if layout.is_spread else "one", *(["run-on"] if layout.setting.is_dense else [])],
        sheets=_sheets(words, variant, layout),
        sizes=_sizes(content, layout, drawn["figure_width"], words.sessions[0].rest if words.sessions else 0),
        beside=layout.beside,
        later=layout.later,
        data=data_block(routine_json(routine)),
    )


def _check_private(client: str, routine: Routine) -> None:
    """Refuse a client's name that would get into records by what was typed elsewhere; it is not quoted."""
    if not client:
        return
    if holds_name(routine.code, client, any_word=True):
        raise InvalidValueError(
            "the client's name must be given as client only, as code gets into records and names of files, got a word "
            "of it in code, too; take it out there."
        )
    typed = {"title": routine.title}
    if routine.screening:
        typed |= {"agreed_by": routine.screening.agreed_by}
        typed |= {f"agreed of {id}": text for id, text in routine.screening.agreed}
    typed |= {f"the note of step {number}": step.note for number, step in enumerate(routine.steps, start=1)}
    named = next((place for place, text in typed.items() if text and holds_name(text, client)), None)
    if named:
        raise InvalidValueError(
            f"the client's name must be given as client only, as {named} gets into records, got it there, too; "
            "take it out there."
        )


def _layout(content: Content, paper: str, variant: str, panels: int) -> Layout:
    if variant not in LONG_VARIANTS:
        return choose_layout(content, paper, panels)
    layout = long_layout(content, paper, panels, PICTURED if variant == "detailed" else SPREAD)
    return layout._replace(figure=LARGE_FIGURE) if variant == "large" else layout


def content_of(words: HandoutWords) -> Content:
    """Return the texts of a page in the sizes that the style sheets give them.

    Parameters
    ----------
    words : HandoutWords
        What the page says.

    Returns
    -------
    Content
        What a layout is chosen for.
    """
    who = f"{words.client} {words.made_on}"
    care = tuple((Run(f"{'00. ' * len(each.steps)}{each.text}", STEP),) for each in words.care)
    rules = [((Run(words.label["rules"], STEP, True),), *((Run(rule, STEP),) for rule in words.rules))]
    if care:
        rules.append(((Run(words.label["care_title"], STEP, True),), *care))
    if words.caption:
        rules.append(((), (Run(words.caption, STEP),)))
    dose = [run for name, value in words.shared for run in (Run(name, STEP, True), Run(f" {value}    ", STEP))]
    return Content(
        head=(Run(words.title, TITLE, True),),
        who=(Run(who, 10),),
        clinic=_clinic_height(words.clinic) if words.has_clinic else 0.0,
        rules=tuple(rules),
        dose=(*dose, Run(words.total, STEP)),
        steps=tuple(_step_content(step, words.label) for step in words.steps),
        help=words.help,
        diary=(Run(words.label["diary"], 10.5, True), Run(f" {words.diary_hint}", 9.5)) if words.sessions else (),
        has_tags=any(session.steps for session in words.sessions),
        footer=tuple(Run(text, 9, is_bold) for text, is_bold in words.footer),
    )


def _step_content(step: PrintedStep, label: dict[str, str]) -> StepContent:
    told = step.words
    heading = (
        Run(told.name, STEP, True), Run(f" {told.latin}", 9), Run(f"\n{told.side} · {told.how_long}", STEP, True),
    )  # fmt: skip
    lines = [(label["where"], told.where), (label["how"], step.how), *step.dose]
    if told.note:
        lines.append((label["note"], told.note))
    paragraphs: tuple[Paragraph, ...] = tuple((Run(name, STEP, True), Run(f" {text}", STEP)) for name, text in lines)
    videos = sum(_video_height(video) for video in step.videos)
    return StepContent(heading, paragraphs, videos)


def _clinic_height(clinic: Clinic) -> float:
    room = CLINIC_WIDTH - (LOGO_WIDTH if clinic.logo else 0.0)
    name = count_lines((Run(clinic.name, 11, True),), room) * 11 * 1.13 * MM_A_POINT if clinic.name else 0.0
    contact = (Run(" · ".join(clinic.contact), SMALLEST),)
    lines = count_lines(contact, room) * SMALLEST * 1.13 * MM_A_POINT if clinic.contact else 0.0
    return max(name + lines, LOGO_HEIGHT if clinic.logo else 0.0)


def _video_height(video: Video) -> float:
    titles = count_lines((Run(video.title, SMALLEST),), VIDEO_TEXT) if video.title else 0
    links = count_lines((Run(" ".join(video.link), SMALLEST),), VIDEO_TEXT)
    return video.size + (titles + links) * SMALLEST * 1.15 * MM_A_POINT


def _figures(
    routine: Routine, words: HandoutWords, spoken: FigureWords, variant: str, layout: Layout
) -> dict[str, Any]:
    """Draw the figure for the room it has on the page, and the picture of each step where there is one."""
    from markupsafe import Markup

    if variant == "no_figure":
        return {"plate": "", "figure_width": 0.0}
    look = {"style": "high_contrast" if variant == "black_and_white" else "colour", "legend": False, "words": spoken}
    look["shorts"] = look["style"] == "colour"
    wide, high = layout.figure
    plate = routine.figure(**look, room=(wide, high), light=True)
    scene = plate.scene
    drawn = {"plate": Markup(plate.to_svg(prefix="f")), "figure_width": min(wide, high * scene.width / scene.height)}
    if variant == "detailed":
        drawn["steps"] = tuple(
            step._replace(picture=Markup(_picture(routine, step.number, look))) for step in words.steps
        )
    return drawn


def _picture(routine: Routine, number: int, look: dict[str, Any]) -> str:
    """Draw the own picture of a step: close, with its muscle."""
    from selfcare_kit.body import Plate

    step = routine.steps[number - 1]
    plate = Plate([step], routine.guide, **look, room=PICTURE, frame="close", muscles=True, first_number=number)
    return str(plate.to_svg(prefix=f"step{number}"))


def _sheets(words: HandoutWords, variant: str, layout: Layout) -> list[str]:
    """Return the names of the style sheets besides those that every handout has: a page is kept small."""
    sheets = {
        "clinic": words.has_clinic,
        "video": any(step.videos for step in words.steps),
        "run": not layout.setting.is_list,
        "dense": layout.setting.is_dense,
        "one": not layout.is_spread,
        variant: variant in ("large", "detailed", "no_figure"),
    }
    return [name for name, is_needed in sheets.items() if is_needed]


def _sizes(content: Content, layout: Layout, figure: float, rest: int) -> str:
    """Return the sizes of a layout, and the dots for days of rest, as custom properties."""
    from markupsafe import Markup

    setting = layout.setting
    rules, columns = layout.rules_size(content.rules, figure)
    values = {
        "wide": f"{PAGES[layout.paper][0]:g}mm", "high": f"{setting.page(layout.paper)[1] - 0.5:g}mm",
        "figure": f"{figure:.1f}mm", "lead": setting.lead,
        "small": f"{setting.small:g}pt", "tight": setting.tight, "gap": f"{setting.gap}mm", "rules": f"{rules:g}pt",
        "columns": columns, "rest": f"'{'•' * rest}'",
    }  # fmt: skip
    if setting.margin != SPREAD.margin:
        values["margin"] = f"{setting.margin:g}mm"
    return Markup(";".join(f"--{name}:{value}" for name, value in values.items()))


def _page_texts(guide: Guide, language: str) -> dict[str, Any]:
    """Return what a page says about itself: the same for every routine of a guide."""
    key = f"page {language}"
    if key not in guide.cache:
        footer = client_texts(guide, language)["handout.footer"]
        direction = guide.translation(language).direction
        guide.cache[key] = {"language": language, "direction": direction, "page_number": page_number(footer)}
    return guide.cache[key]
