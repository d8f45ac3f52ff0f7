"""The client's handout as a tagged PDF, from the page itself. Needs the extra `pdf`."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from types import ModuleType
from typing import Any

from selfcare_kit.errors import MissingExtraError
from selfcare_kit.export.extras import load_extra
from selfcare_kit.export.page import stylesheet

EXTRA = ("weasyprint", "pdf", "writing .pdf")
# Accessible: tagged, titled, with its language and every font inside.
VARIANT = "pdf/ua-1"
# Blanks between the items of a list would be tagged as parts of it, which a reader of tags takes for a mistake.
_BETWEEN_ITEMS = re.compile(r"\s+(?=<li\b|</[uo]l>)")


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
    page = weasyprint.HTML(string=_BETWEEN_ITEMS.sub("", html), url_fetcher=fetcher)

    def rendered(*names: str) -> Any:
        sheets = [weasyprint.CSS(string=stylesheet(name), url_fetcher=fetcher) for name in names]
        return page.render(stylesheets=sheets, pdf_variant=VARIANT)

    document = rendered("pdf.css")
    if len(document.pages) == 2:
        closer = rendered("pdf.css", "pdf_close.css")
        document = min(document, closer, key=lambda each: len(each.pages))
    return document.write_pdf(pdf_variant=VARIANT)


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
