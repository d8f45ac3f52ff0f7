"""A clinic's logo as it may stand in a client's page: a small PNG or JPEG with nothing in it but the picture.

Cameras and drawing programs write names, places and folders into their files, so Pillow draws the picture anew,
upright and in the usual colours, and nothing else is taken over; of one that moves, the first picture counts. SVG is
refused: it is a program as much as a picture.
"""

from __future__ import annotations

import base64
import binascii
import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare_kit.errors import InvalidValueError, quoted
from selfcare_kit.files import read_file

if TYPE_CHECKING:
    from PIL import Image, PngImagePlugin

MAX_BYTES = 200_000
MAX_PIXELS = 4_000
JPEG_QUALITY = 88
_STARTS = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8", "GIF": b"GIF8", "WebP": b"RIFF"}
_JPEG_SCAN, _JPEG_END = b"\xff\xda", b"\xff\xd9"
_ADVICE = "save it again as PNG, 600 pixels wide or so"


def read_logo(path: str | Path) -> str:
    """Read a PNG, JPEG, WebP or GIF of at most 200 kB as a data address that a page can hold: a PNG or JPEG, bare."""
    called, advice = f"the logo {quoted(Path(path).name)}", "correct its path in the clinic's file"
    content = read_file(path, MAX_BYTES, called=called, advice=advice, smaller=_ADVICE, error=InvalidValueError)
    return _data_address(content)


def check_logo(logo: object) -> str:
    """Return a logo's data address with nothing in it but the picture: unchanged for what `read_logo` returned."""
    if logo == "":
        return ""
    start, _, content = logo.partition(",") if isinstance(logo, str) else ("", "", "")
    if start not in ("data:image/png;base64", "data:image/jpeg;base64"):
        raise InvalidValueError(f"logo must be what read_logo returns, got {quoted(logo)}; call read_logo first.")
    try:
        return _data_address(base64.b64decode(content, validate=True), is_read=True)
    except binascii.Error:
        raise InvalidValueError(f"logo must be whole base64, got {quoted(logo)}; call read_logo again.") from None


def _data_address(content: bytes, *, is_read: bool = False) -> str:
    name = next((name for name, start in _STARTS.items() if content.startswith(start)), "")
    if not name:
        raise InvalidValueError(
            f"the logo must be a PNG, JPEG, WebP or GIF picture, got {quoted(content[:12])}; {_ADVICE}."
        )
    picture = _opened(content, name)
    # A JPEG loses a little each time it is packed.
    if is_read and name == "JPEG" and _is_bare(picture, content):
        kind, packed = "jpeg", content
    else:
        kind, packed = _packed(_upright(picture), _colour_notes(picture), is_photo=name == "JPEG")
    return f"data:image/{kind};base64,{base64.b64encode(packed).decode('ascii')}"


def _opened(content: bytes, name: str) -> Image.Image:
    """Return the first picture of a file with all its pixels; a size that would fill the memory is refused before."""
    from PIL import Image

    try:
        with warnings.catch_warnings(), _whole_only():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[name])
            if max(picture.size) <= MAX_PIXELS:
                picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_large("more") from None
    except Exception:
        # What a harmed file raises is different in every reader of Pillow.
        raise InvalidValueError(f"the logo must be a whole {name}, got a broken one; {_ADVICE}.") from None
    if max(picture.size) > MAX_PIXELS:
        raise _too_large(f"{picture.width} by {picture.height}")
    return picture


@contextmanager
def _whole_only() -> Iterator[None]:
    """Have Pillow refuse half a picture, whatever another package has told it; WeasyPrint lets it pass everywhere."""
    from PIL import ImageFile

    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _too_large(size: str) -> InvalidValueError:
    return InvalidValueError(f"the logo must be at most {MAX_PIXELS} pixels wide and high, got {size}; {_ADVICE}.")


def _is_bare(picture: Image.Image, content: bytes) -> bool:
    """Return whether a JPEG holds one scan and what says how to draw it, and nothing before, between or behind."""
    names = {name for name, _ in getattr(picture, "applist", ())}
    return names <= {"APP0"} and content.count(_JPEG_SCAN) == 1 and content.find(_JPEG_END) == len(content) - 2


def _upright(picture: Image.Image) -> Image.Image:
    """Return the pixels as they are meant to be seen: turned as the camera says, and in the colours of screens."""
    from PIL import ImageOps

    profile = picture.info.get("icc_profile")
    # Notes that cannot be read turn nothing.
    with suppress(Exception), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = ImageOps.exif_transpose(picture)
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif picture.has_transparency_data:
        picture = picture.convert("RGBA")
    elif picture.mode not in ("L", "RGB", "CMYK"):
        picture = picture.convert("L" if picture.mode == "1" else "RGB")
    if profile:
        picture = _in_usual_colours(picture, profile)
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _in_usual_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    """Apply a colour profile, which can hold names, so that it is not needed any more."""
    with suppress(Exception):
        from PIL import ImageCms

        source, usual = ImageCms.getOpenProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(picture, source, usual, outputMode=mode) or picture
    return picture


def _colour_notes(picture: Image.Image) -> PngImagePlugin.PngInfo:
    """Return the numbers by which a PNG without a profile says how its colours are meant."""
    from PIL import PngImagePlugin

    notes = PngImagePlugin.PngInfo()
    if "icc_profile" not in picture.info and "srgb" not in picture.info:
        for name, values in ((b"gAMA", [picture.info.get("gamma")]), (b"cHRM", picture.info.get("chromaticity"))):
            if values and None not in values:
                notes.add(name, struct.pack(f">{len(values)}I", *(round(value * 100_000) for value in values)))
    return notes


def _packed(picture: Image.Image, notes: PngImagePlugin.PngInfo, *, is_photo: bool) -> tuple[str, bytes]:
    """Pack a picture as PNG, or as JPEG what was one or would be too large; what is still too large is made smaller."""
    from PIL import Image

    while True:
        picture.info = {}
        for kind in ("jpeg",) if is_photo else ("png", "jpeg"):
            if kind == "jpeg" and picture.mode == "RGBA":
                continue
            out = io.BytesIO()
            look = (
                {"quality": JPEG_QUALITY, "subsampling": 0} if kind == "jpeg" else {"optimize": True, "pnginfo": notes}
            )
            picture.save(out, kind, **look)
            if out.tell() <= MAX_BYTES:
                return kind, out.getvalue()
        picture = picture.resize([max(1, side // 2) for side in picture.size], Image.Resampling.LANCZOS)
