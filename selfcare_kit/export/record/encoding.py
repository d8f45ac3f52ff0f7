"""Decoding a file that a spreadsheet program saved, where its encoding is certain."""

from __future__ import annotations

import codecs
import re

from selfcare_kit.errors import FileFormatError
from selfcare_kit.export.record.code_pages import line_in_other_code_page

# Characters that the code pages of Windows for Western, Central European and Turkish texts have in common. With any
# other one in a text, such as è (č elsewhere), its code page is not certain.
SHARED_CHARACTERS = "€‚„…†‡‰‹‘’“”•–—™›\xa0¦§¨©«¬\xad®°±´µ¶·»ÁÂÄÇÉËÍÎÓÔÖ×ÚÜßáâäçéëíîóôö÷úü"
# The letter ñ where no language has ń, which the code page of Central Europe has in its place: Núñez, Peña.
_CERTAIN_LETTER = re.compile("(?<=[aeiouáéíóúü])ñ(?=[aeiouáéíóú])", re.IGNORECASE)
LINE_END = b"\n"
SAVE_AS = 'save it as "CSV UTF-8".'
# Text of another alphabet that has only those characters: a whole word of them, or three in a row.
_OTHER_ALPHABET = re.compile(r"(?<!\w)[Á-öú-ü]{2,}(?!\w)|[Á-öú-ü]{3}")


def decode_table(content: bytes, name: str) -> str:
    """Return the text of a table in UTF-8, UTF-16 or the code page of Windows, without a byte order mark."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16", name)
    # A header begins with a letter of ASCII, so that one of its two bytes in UTF-16 is zero.
    if content[1:2] == b"\0":
        return _decoded(content, "utf-16-le", name)
    if content[:1] == b"\0":
        return _decoded(content, "utf-16-be", name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _windows_text(content, name)


def decode_utf8(content: bytes, name: str) -> str:
    """Return the text of a file that this kit writes in UTF-8 only, without a byte order mark."""
    return _decoded(content, "utf-8-sig", name, "take the file as it was downloaded.")


def _windows_text(content: bytes, name: str) -> str:
    text = content.decode("cp1252", errors="replace")
    beyond_ascii = {character for character in _CERTAIN_LETTER.sub("n", text) if character > "\x7f"}
    if not beyond_ascii <= set(SHARED_CHARACTERS) or _OTHER_ALPHABET.search(text):
        return _decoded(content, "utf-8-sig", name)
    # Only the old Macintosh ended lines so, and its code page has other letters.
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
            f"{name} must be {kind} text, got byte {content[error.start]:#04x} at {error.start} in line "
            f"{content.count(LINE_END, 0, error.start) + 1}; {advice}"
        ) from None
