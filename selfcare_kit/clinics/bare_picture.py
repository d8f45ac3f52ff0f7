"""Whether a picture holds nothing but the picture: read by hand, where no package can."""

from __future__ import annotations

import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = frozenset((b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IDAT", b"IEND"))
# Tables, frames and the one scan; the other markers hold comments, profiles and what cameras know.
_JPEG_MARKERS = frozenset((0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xE0))
_JPEG_START, _JPEG_SCAN, _JPEG_END = b"\xff\xd8", 0xDA, b"\xff\xd9"


def bare_kind(content: bytes) -> str:
    """Return "png" or "jpeg" for a picture without notes, profiles or anything behind it; empty for another.

    Examples
    --------
    >>> bare_kind(b"GIF89a")
    ''
    """
    try:
        if content.startswith(_PNG):
            return "png" if _is_bare_png(content) else ""
        return "jpeg" if content.startswith(_JPEG_START) and _is_bare_jpeg(content) else ""
    except struct.error:
        return ""


def _is_bare_png(content: bytes) -> bool:
    at, name = len(_PNG), b""
    while at < len(content) and name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, at)
        if name not in _PNG_CHUNKS:
            return False
        at += length + 12
    return name == b"IEND" and at == len(content)


def _is_bare_jpeg(content: bytes) -> bool:
    at = len(_JPEG_START)
    while True:
        start, marker, length = struct.unpack_from(">BBH", content, at)
        if start != 0xFF or marker not in _JPEG_MARKERS | {_JPEG_SCAN}:
            return False
        # The application's part may hold the size of a pixel and no small picture.
        if marker == 0xE0 and length != 16:
            return False
        at += length + 2
        if marker == _JPEG_SCAN:
            # What follows is the picture, in which a marker is no other than "start again" until the end.
            return content.endswith(_JPEG_END) and not _markers_between(content, at)


def _markers_between(content: bytes, at: int) -> bool:
    """Return whether another marker than the end stands in or behind the data of the scan."""
    while (at := content.find(b"\xff", at, len(content) - 2)) >= 0:
        if content[at + 1] != 0x00 and not 0xD0 <= content[at + 1] <= 0xD7:
            return True
        at += 2
    return False
