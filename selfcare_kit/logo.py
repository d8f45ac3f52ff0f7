"""A clinic's logo as it may stand in a client's page: a small PNG or JPEG with nothing in it but the picture.

Cameras and drawing programs write names, places and folders into their files, so only the parts
that draw are kept. SVG is refused: it is a program as much as a picture.
"""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from pathlib import Path

from selfcare_kit.errors import InvalidValueError, quoted
from selfcare_kit.files import read_file

MOST_BYTES = 200_000
MOST_PIXELS = 4_000
PNG_START = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8"
# What draws: the picture itself, its colours, its size on paper.
_PNG_PARTS = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"IDAT", b"IEND"}
_JPEG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# Tables, frames, scans, and the two marks (JFIF, Adobe) that say how colours are meant.
_JPEG_PARTS = _JPEG_FRAMES | {0xC4, 0xCC, 0xDB, 0xDD, 0xDA, 0xE0, 0xEE}
_ADVICE = "save it again as PNG, 600 pixels wide or so"


def read_logo(path: str | Path) -> str:
    """Read a logo as a data address that a page can hold.

    Parameters
    ----------
    path : str or Path
        A PNG or JPEG file of at most 200 kB.

    Returns
    -------
    str
        Begins with `data:image/`.

    Raises
    ------
    InvalidValueError
        If the file cannot be read, is too large, or is no such picture.
    """
    called, advice = f"the logo {quoted(Path(path).name)}", "correct its path in the clinic's file"
    content = read_file(path, MOST_BYTES, called=called, advice=advice, smaller=_ADVICE, error=InvalidValueError)
    return _data_address(content)


def check_logo(logo: object) -> str:
    """Return a logo's data address with nothing in it but the picture.

    Parameters
    ----------
    logo : object
        What was given.

    Returns
    -------
    str
        Empty for no logo.

    Raises
    ------
    InvalidValueError
        If it is not a PNG or JPEG as a data address.
    """
    if logo == "":
        return ""
    start, _, content = logo.partition(",") if isinstance(logo, str) else ("", "", "")
    if start not in ("data:image/png;base64", "data:image/jpeg;base64"):
        raise InvalidValueError(f"logo must be what read_logo returns, got {quoted(logo)}; call read_logo first.")
    try:
        return _data_address(base64.b64decode(content, validate=True))
    except binascii.Error:
        raise InvalidValueError(f"logo must be whole base64, got {quoted(logo)}; call read_logo again.") from None


def _data_address(content: bytes) -> str:
    if content.startswith(PNG_START):
        kind, clean = "png", _clean_png(content)
    elif content.startswith(JPEG_START):
        kind, clean = "jpeg", _clean_jpeg(content)
    else:
        raise InvalidValueError(f"the logo must be a PNG or JPEG picture, got {quoted(content[:12])}; {_ADVICE}.")
    return f"data:image/{kind};base64,{base64.b64encode(clean).decode('ascii')}"


def _clean_png(content: bytes) -> bytes:
    kept = [PNG_START]
    at = len(PNG_START)
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        name, part = content[at + 4 : at + 8], content[at : at + 12 + length]
        if len(part) < 12 + length or struct.pack(">I", zlib.crc32(part[4:-4])) != part[-4:]:
            break
        if (len(kept) == 1) != (name == b"IHDR"):
            break
        if name == b"IHDR":
            _check_size(*struct.unpack(">II", part[8:16]))
        if name in _PNG_PARTS:
            kept.append(part)
        if name == b"IEND":
            return b"".join(kept)
        at += 12 + length
    raise InvalidValueError(f"the logo must be a whole PNG, got a broken one; {_ADVICE}.")


def _clean_jpeg(content: bytes) -> bytes:
    kept = [JPEG_START]
    at = len(JPEG_START)
    has_frame = False
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xD9 and has_frame:
            return b"".join([*kept, b"\xff\xd9"])
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        end = at + 2 + length
        if marker in _JPEG_FRAMES:
            has_frame = True
            high, wide = struct.unpack(">HH", content[at + 5 : at + 9].ljust(4, b"\0"))
            _check_size(wide, high)
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        if marker in _JPEG_PARTS:
            kept.append(content[at:end])
        at = end
        if has_frame and content[at : at + 2] == b"\xff\xd9":
            return b"".join([*kept, b"\xff\xd9"])
    raise InvalidValueError(f"the logo must be a whole JPEG, got a broken one; {_ADVICE}.")


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the next part begins: in a scan, FF is followed by 0 or by a restart mark."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
    return len(content)


def _check_size(wide: int, high: int) -> None:
    if not (0 < wide <= MOST_PIXELS and 0 < high <= MOST_PIXELS):
        raise InvalidValueError(
            f"the logo must be at most {MOST_PIXELS} pixels wide and high, got {wide} by {high}; {_ADVICE}."
        )
