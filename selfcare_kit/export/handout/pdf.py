"""The client's handout as a tagged PDF, from the page itself. Needs the extra `pdf`."""

from __future__ import annotations

import datetime
import logging
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import MissingExtraError, MissingLettersWarning, needs_font
from selfcare_kit.export.extras import load_extra
from selfcare_kit.export.handout.page import stylesheet

if TYPE_CHECKING:
    from selfcare_kit.plan.plan import Plan

EXTRA = ("weasyprint", "pdf", "writing .pdf")
# Accessible: tagged, titled, with its language and every font inside.
VARIANT = "pdf/ua-1"
# A file in a PDF has dates; the same page gives the same bytes.
LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
# What stands for a picture in a page stands in a PDF as the picture's own title.
_TOLD = re.compile(r'(<svg\b[^>]*\brole="img"[^>]*\baria-label="([^"]*)"[^>]*>)(?!<title>)')
# The routine rides along in the page and in the PDF.
_DATA = re.compile(r'<script type="application/json" id="selfcare-routine">(.*?)</script>', re.DOTALL)
ROUTINE = "selfcare-routine.json"
# Blanks between the items of a list would be tagged as parts of it, which a reader of tags takes for a mistake.
_BETWEEN_ITEMS = re.compile(r"\s+(?=<li\b|</[uo]l>)")


def handout_pdf(routine: Plan, **look: Any) -> bytes:
    """Return the handout of a routine as PDF; `look` is that of `handout_html`."""
    from selfcare_kit.export.handout.handout import handout_html

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

    Warns
    -----
    MissingLettersWarning
        If letters of it are boxes, since no font has them.
    """
    weasyprint = _engine()
    # Nothing is fetched: all a page needs stands in it.
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    styles = [weasyprint.CSS(string=stylesheet("pdf.css"), url_fetcher=fetcher)]
    told = _TOLD.sub(r"\1<title>\2</title>", _BETWEEN_ITEMS.sub("", html))
    page = weasyprint.HTML(string=told, url_fetcher=fetcher)
    with _missing_letters() as missing:
        made = page.write_pdf(stylesheets=styles, pdf_variant=VARIANT, attachments=_attachments(html, weasyprint))
    if missing:
        warnings.warn(MissingLettersWarning(missing, "PDF"), stacklevel=2)
    return made


class _Listener(logging.Filter):
    """Takes down the letters of which WeasyPrint tells, in this thread, that no font has them.

    It keeps them out of logs: one after the other they may be a client's name.
    """

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[str] = []
        self._thread = threading.get_ident()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.thread != self._thread or not str(record.msg).startswith(".notdef glyph"):
            return True
        self.letters += filter(needs_font, record.args[0])
        return False


@contextmanager
def _missing_letters() -> Iterator[list[str]]:
    """Listen for letters that are not in any font; only the one who sets the page knows all fonts it may take."""
    logger, listener = logging.getLogger("weasyprint"), _Listener()
    level = logger.level
    logger.addFilter(listener)
    if not logger.isEnabledFor(logging.WARNING):
        logger.setLevel(logging.WARNING)
    try:
        yield listener.letters
    finally:
        logger.removeFilter(listener)
        logger.setLevel(level)


def _attachments(html: str, weasyprint: ModuleType) -> list[Any]:
    """Return the routine of a page as a file inside the PDF, with which it is read back."""
    found = _DATA.search(html)
    if not found:
        return []
    about = {"name": ROUTINE, "description": "SelfCare routine", "relationship": "Data"}
    return [weasyprint.Attachment(string=found[1].encode(), created=LONG_AGO, modified=LONG_AGO, **about)]


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
