"""The client's handout as a tagged PDF, and the routine read back from one. Needs the extra `pdf`."""

from __future__ import annotations

import datetime
import io
import json
import logging
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from selfcare_kit.errors import FileFormatError, MissingExtraError, MissingLettersWarning, needs_font
from selfcare_kit.export.extras import load_extra
from selfcare_kit.export.handout.page import stylesheet

if TYPE_CHECKING:
    from selfcare_kit.plan.plan import Plan

WEASYPRINT = ("weasyprint", "pdf", "writing .pdf")
PYPDF = ("pypdf", "pdf", "reading .pdf")
# Accessible: tagged, titled, with its language and every font inside.
VARIANT = "pdf/ua-1"
# A file in a PDF has dates; the same page gives the same bytes.
LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
# WeasyPrint takes the alternative text of a picture from its title, not from `aria-label`. The titles are added here:
# they would make the page itself larger than the 56 kB that it may have.
_LABELLED_PICTURE = re.compile(r'(<svg\b[^>]*\brole="img"[^>]*\baria-label="([^"]*)"[^>]*>)(?!<title>)')
# The routine's data in a page, which becomes a file inside the PDF.
_DATA = re.compile(r'<script type="application/json" id="selfcare-routine">(.*?)</script>', re.DOTALL)
ROUTINE_FILE = "selfcare-routine.json"


def handout_pdf(routine: Plan, **options: Any) -> bytes:
    """Return the handout of a routine as PDF, with the options of `handout_html`."""
    from selfcare_kit.export.handout.handout import handout_html

    return page_pdf(handout_html(routine, **options))


def page_pdf(html: str) -> bytes:
    """Return a page as PDF, always the same bytes with the same fonts and the same version of WeasyPrint."""
    weasyprint = _engine()
    # Nothing is fetched: a page holds all that it needs.
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    styles = [weasyprint.CSS(string=stylesheet("pdf.css"), url_fetcher=fetcher)]
    titled = _LABELLED_PICTURE.sub(r"\1<title>\2</title>", html)
    page = weasyprint.HTML(string=titled, url_fetcher=fetcher)
    with _missing_letters() as missing:
        content = page.write_pdf(stylesheets=styles, pdf_variant=VARIANT, attachments=_attachments(html, weasyprint))
    if missing:
        warnings.warn(MissingLettersWarning(missing, "PDF"), stacklevel=2)
    return content


def record_from_pdf(content: bytes, name: str) -> Any:
    """Return the record inside a handout's PDF as `json.loads` reads it; `name` is for messages."""
    pypdf = load_extra(*PYPDF)
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        found = next((file.content for file in reader.attachment_list if file.name == ROUTINE_FILE), None)
    # A damaged PDF makes pypdf raise more than its own errors.
    except Exception:
        raise FileFormatError(f"{name} cannot be read as a PDF; choose an exported handout.") from None
    if found is None:
        raise FileFormatError(
            f"{name} must be a handout with its routine inside, got a PDF without one; choose an exported handout."
        )
    return json.loads(found)


class _Listener(logging.Filter):
    """Collects the letters that WeasyPrint, in this thread, reports as missing in every font.

    It keeps them out of the logs: one after the other they may be a client's name.
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
    """Collect letters that no font has; only WeasyPrint knows which fonts it can use."""
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
    """Return the routine's data in a page as the file inside the PDF that `read_routine` reads."""
    found = _DATA.search(html)
    if not found:
        return []
    about = {"name": ROUTINE_FILE, "description": "SelfCare routine", "relationship": "Data"}
    return [weasyprint.Attachment(string=found[1].encode(), created=LONG_AGO, modified=LONG_AGO, **about)]


def _engine() -> ModuleType:
    if not _has_font():
        raise MissingExtraError(
            "writing .pdf needs a font on this computer, got none; install one, such as Liberation Sans."
        )
    return load_extra(*WEASYPRINT)


@lru_cache(maxsize=1)
def _has_font() -> bool:
    """Return whether WeasyPrint finds a font, by its warnings when loaded; without one it would never end a page."""
    with warnings.catch_warnings(record=True) as messages:
        warnings.simplefilter("always")
        load_extra(*WEASYPRINT)
    return not any("font" in str(warning.message).lower() for warning in messages)
