"""The text of a file, whatever a spreadsheet program saved it as, where that can be told for sure."""

from __future__ import annotations

import codecs
import re

from selfcare_kit.errors import FileFormatError
from selfcare_kit.export.record.code_pages import line_in_other_code_page

# Signs that the code pages of Windows for Western, Central European and Turkish texts all read alike.
# One more in a text, such as è (č elsewhere), and nobody can tell which of them it was.
SHARED_SIGNS = "€‚„…†‡‰‹‘’“”•–—™›\xa0¦§¨©«¬\xad®°±´µ¶·»ÁÂÄÇÉËÍÎÓÔÖ×ÚÜßáâäçéëíîóôö÷úü"
SAVE_AS = 'save it as "CSV UTF-8".'
# Text of another alphabet that happens to hold those signs only: a whole word of them, or three in a row.
_OTHER_ALPHABET = re.compile(r"(?<!\w)[Á-öú-ü]{2,}(?!\w)|[Á-öú-ü]{3}")


def decode_table(content: bytes, name: str) -> str:
    """Return the text of a table that a spreadsheet program saved.

    Parameters
    ----------
    content : bytes
        The whole file: UTF-8, UTF-16, or the code page of Windows where it is safe to tell.
    name : str
        The file's name, for messages.

    Returns
    -------
    str
        Without a byte order mark.

    Raises
    ------
    FileFormatError
        If its encoding cannot be told.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16", name)
    # The first sign of a header is plain Latin, so half of its two bytes is zero.
    if content[1:2] == b"\0":
        return _decoded(content, "utf-16-le", name)
    if content[:1] == b"\0":
        return _decoded(content, "utf-16-be", name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows_text(content, name)


def decode_utf8(content: bytes, name: str) -> str:
    """Return the text of a file that this kit writes in UTF-8 only.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name, for messages.

    Returns
    -------
    str
        Without a byte order mark.

    Raises
    ------
    FileFormatError
        If it is not UTF-8.
    """
    return _decoded(content, "utf-8-sig", name, "take the file as it was downloaded.")


def _windows_text(content: bytes, name: str) -> str:
    text = content.decode("cp1252", errors="replace")
    beyond_ascii = {sign for sign in text if sign > "\x7f"}
    if not beyond_ascii <= set(SHARED_SIGNS) or _OTHER_ALPHABET.search(text):
        return _decoded(content, "utf-8-sig", name)
    # Lines that end as only the old Macintosh ended them are of its own code page, whose letters are others.
    line = 1 if "\n" not in text and "\r" in text else line_in_other_code_page(text)
    if line:
        raise FileFormatError(
            f'{name} must be UTF-8 text, got letters of another code page in line {line}, as "CSV (MS-DOS)" and '
            f'"CSV (Macintosh)" write them; {SAVE_AS}'
        )
    return text


def _decoded(content: bytes, encoding: str, name: str, advice: str = SAVE_AS) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        kind = "UTF-16" if encoding.startswith("utf-16") else "UTF-8"
        raise FileFormatError(
            f"{name} must be {kind} text, got byte {content[error.start]:#04x} at {error.start}; {advice}"
        ) from None
