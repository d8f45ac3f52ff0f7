"""The client's handout as a tagged PDF, from the page itself. Needs the extra `pdf`."""

from __future__ import annotations

from selfcare_kit.export.extras import load_extra
from selfcare_kit.export.page import stylesheet

EXTRA = ("weasyprint", "pdf", "writing .pdf")
# Accessible: tagged, titled, with its language and every font inside.
VARIANT = "pdf/ua-1"


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
        If WeasyPrint, or a library of the system that it needs, is not installed.
    """
    weasyprint = load_extra(*EXTRA)
    # Nothing is fetched: all a page needs stands in it.
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    sheet = weasyprint.CSS(string=stylesheet("pdf.css"), url_fetcher=fetcher)
    return page.write_pdf(stylesheets=[sheet], pdf_variant=VARIANT)
