"""The client's handout as a tagged PDF, from the page itself. Needs the extra `pdf`."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from itertools import count
from types import ModuleType
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import MissingExtraError
from selfcare_kit.export.extras import load_extra
from selfcare_kit.export.page import stylesheet

if TYPE_CHECKING:
    from selfcare_kit.routine import Routine

EXTRA = ("weasyprint", "pdf", "writing .pdf")
# Accessible: tagged, titled, with its language and every font inside.
VARIANT = "pdf/ua-1"
NAME = "selfcare-box-"
# For the last box of a column it wants its border and the blank inside it once more, in px.
BELOW = 6.0
Box = tuple[float, float, float, float]
# Blanks between the items of a list would be tagged as parts of it, which a reader of tags takes for a mistake.
_BETWEEN_ITEMS = re.compile(r"\s+(?=<li\b|</[uo]l>)")


def handout_pdf(routine: Routine, **look: Any) -> bytes:
    """Return the handout of a routine as PDF; `look` is that of `handout_html`."""
    from selfcare_kit.export.handout import handout_html

    return page_pdf(handout_html(routine, **look))


def page_pdf(html: str) -> bytes:
    """Return a handout as PDF.

    Parameters
    ----------
    html : str
        The whole page, as `handout_html` gives it.

    Returns
    -------
    bytes
        The same for the same page, the same fonts on the computer and the same version of WeasyPrint.

    Raises
    ------
    MissingExtraError
        If WeasyPrint, a library of the system that it needs, or every font is missing.
    """
    weasyprint = _engine()
    # Nothing is fetched: all a page needs stands in it.
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    page, usual = _named(_BETWEEN_ITEMS.sub("", html)), stylesheet("pdf.css")

    def rendered(*styles: str) -> Any:
        sheets = [weasyprint.CSS(string=style, url_fetcher=fetcher) for style in styles]
        return weasyprint.HTML(string=page, url_fetcher=fetcher).render(stylesheets=sheets, pdf_variant=VARIANT)

    document = rendered(usual)
    if len(document.pages) == 2:
        boxes = _boxes(document)
        closer = rendered(usual, stylesheet("pdf_close.css"), _even_columns(boxes))
        # What finds no room in columns of a given height goes into another one, beside the paper.
        if len(closer.pages) == 1 and _right_edge(_boxes(closer)) <= _right_edge(boxes):
            document = closer
    return document.write_pdf(pdf_variant=VARIANT)


def _named(page: str) -> str:
    """Return a page in which the two columns, and each step and box in them, have a name."""
    before, top, flow = page.partition('<div class="flow">')
    flow, bottom, after = flow.partition("</div>")
    steps, end, boxes = flow.partition("</ol>")
    numbers = count(1)

    def named(match: re.Match[str]) -> str:
        return f'{match[0]} id="{NAME}{next(numbers)}"'

    flow = re.sub("<li", named, steps) + end + re.sub("<section", named, boxes)
    return f"{before}{top.replace('>', f' id={NAME}0>')}{flow}{bottom}{after}"


def _boxes(document: Any) -> dict[str, Box]:
    """Return where on the first page what has a name lies, in px: left, top, right, bottom."""
    return {name: box for name, box in document.pages[0].anchors.items() if name.startswith(NAME)}


def _right_edge(boxes: dict[str, Box]) -> float:
    return max((box[2] for box in boxes.values()), default=0.0)


def _even_columns(boxes: dict[str, Box]) -> str:
    """Return a style that makes two columns as high as what stands in them.

    WeasyPrint makes them higher by up to a whole step, for which a page may have no room.
    """
    if f"{NAME}0" not in boxes:
        return ""
    _, top, _, _ = boxes[f"{NAME}0"]
    bottom = max((box[3] for name, box in boxes.items() if name != f"{NAME}0"), default=top)
    height = bottom - top + BELOW
    return f".flow{{height:{height:.1f}px!important;column-fill:auto!important}}"


def _engine() -> ModuleType:
    if not _has_font():
        raise MissingExtraError(
            "writing .pdf needs a font on this computer, got none; install one, such as Liberation Sans."
        )
    return load_extra(*EXTRA)


@lru_cache(maxsize=1)
def _has_font() -> bool:
    """Listen to what WeasyPrint says when it is loaded: without a font it would never end a page."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        load_extra(*EXTRA)
    return not any("font" in str(warning.message).lower() for warning in told)
