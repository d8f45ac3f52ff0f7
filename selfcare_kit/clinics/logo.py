"""A clinic's logo for a client's page: a small PNG or JPEG that holds the picture and nothing else.

Cameras and drawing programs write names, locations and folders into their files, so Pillow writes the pixels to a new
file, upright and in sRGB, without anything else; of an animation it takes the first frame. SVG is refused, as it can
hold scripts. Where there is no Pillow, as in the planner as one file, only a picture that is bare already is taken.
"""

from __future__ import annotations

import base64
import binascii
import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare_kit.clinics.bare_picture import bare_kind
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
    """Return a PNG, JPEG, WebP or GIF of at most 200 kB as a data URL of a bare PNG or JPEG, for a page."""
    called, advice = f"the logo {quoted(Path(path).name)}", "correct its path in the clinic's file"
    content = read_file(path, MAX_BYTES, called=called, advice=advice, smaller=_ADVICE, error=InvalidValueError)
    return _data_url(content)


def logo_of(content: bytes) -> str:
    """Return the content of such a file as `read_logo` does."""
    if len(content) > MAX_BYTES:
        allowed = f"at most {MAX_BYTES // 1000} kB"
        raise InvalidValueError(f"the logo must be {allowed}, got {len(content):,} bytes; {_ADVICE}.")
    return _data_url(content)


def check_logo(logo: object) -> str:
    """Return the data URL of a logo with nothing in it but the picture; that of `read_logo` stays unchanged."""
    if logo == "":
        return ""
    start, _, content = logo.partition(",") if isinstance(logo, str) else ("", "", "")
    if start not in ("data:image/png;base64", "data:image/jpeg;base64"):
        raise InvalidValueError(f"logo must be what read_logo returns, got {quoted(logo)}; call read_logo first.")
    try:
        return _data_url(base64.b64decode(content, validate=True), is_read=True)
    except binascii.Error:
        raise InvalidValueError(f"logo must be whole base64, got {quoted(logo)}; call read_logo again.") from None


def _data_url(content: bytes, *, is_read: bool = False) -> str:
    name = next((name for name, start in _STARTS.items() if content.startswith(start)), "")
    if not name:
        raise InvalidValueError(
            f"the logo must be a PNG, JPEG, WebP or GIF picture, got {quoted(content[:12])}; {_ADVICE}."
        )
    if find_spec("PIL") is None:
        return _as_it_is(content)
    picture = _opened(content, name)
    # A JPEG loses quality each time it is encoded.
    if is_read and name == "JPEG" and _is_bare(picture, content):
        kind, encoded = "jpeg", content
    else:
        kind, encoded = _encoded(_upright(picture), _png_colours(picture), is_photo=name == "JPEG")
    return f"data:image/{kind};base64,{base64.b64encode(encoded).decode('ascii')}"


def _as_it_is(content: bytes) -> str:
    """Return a picture that holds nothing else already, where there is no Pillow to take it out."""
    kind = bare_kind(content)
    if not kind:
        raise InvalidValueError(
            "the logo must be a PNG or JPEG that holds the picture and nothing else, got one with more in it; let "
            "selfcare-kit on a computer with Python keep it, or leave it out."
        )
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _opened(content: bytes, name: str) -> Image.Image:
    """Return the first picture of a file, whole; refuse a size that would fill the memory before reading it."""
    from PIL import Image

    try:
        with warnings.catch_warnings(), _without_truncated_images():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=[name])
            if max(picture.size) <= MAX_PIXELS:
                picture.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_large("more") from None
    except Exception:
        # Each reader of Pillow raises other errors at a damaged file.
        raise InvalidValueError(f"the logo must be a whole {name}, got a broken one; {_ADVICE}.") from None
    if max(picture.size) > MAX_PIXELS:
        raise _too_large(f"{picture.width} by {picture.height}")
    return picture


@contextmanager
def _without_truncated_images() -> Iterator[None]:
    """Make Pillow refuse truncated pictures, which WeasyPrint makes it accept in the whole process."""
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
    """Return whether a JPEG holds one scan with its tables and nothing else."""
    names = {name for name, _ in getattr(picture, "applist", ())}
    return names <= {"APP0"} and content.count(_JPEG_SCAN) == 1 and content.find(_JPEG_END) == len(content) - 2


def _upright(picture: Image.Image) -> Image.Image:
    """Return the pixels as they are to be seen: turned by the camera's note, and in a mode and colours of the web."""
    from PIL import ImageOps

    profile = picture.info.get("icc_profile")
    # A note that cannot be read is ignored.
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
        picture = _in_srgb(picture, profile)
    return picture.convert("RGB") if picture.mode == "CMYK" else picture


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Return a picture in sRGB, so that its own colour profile, which can hold names, is not needed."""
    with suppress(Exception):
        from PIL import ImageCms

        source, srgb = ImageCms.getOpenProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(picture, source, srgb, outputMode=mode) or picture
    return picture


def _png_colours(picture: Image.Image) -> PngImagePlugin.PngInfo:
    """Return gamma and chromaticities of a PNG without a profile, as chunks for the new file."""
    from PIL import PngImagePlugin

    chunks = PngImagePlugin.PngInfo()
    if "icc_profile" not in picture.info and "srgb" not in picture.info:
        for name, values in ((b"gAMA", [picture.info.get("gamma")]), (b"cHRM", picture.info.get("chromaticity"))):
            if values and None not in values:
                chunks.add(name, struct.pack(f">{len(values)}I", *(round(value * 100_000) for value in values)))
    return chunks


def _encoded(picture: Image.Image, chunks: PngImagePlugin.PngInfo, *, is_photo: bool) -> tuple[str, bytes]:
    """Return a picture as PNG, or as JPEG if it was one or is too large; halve its size while it does not fit."""
    from PIL import Image

    while True:
        picture.info = {}
        for kind in ("jpeg",) if is_photo else ("png", "jpeg"):
            if kind == "jpeg" and picture.mode == "RGBA":
                continue
            out = io.BytesIO()
            jpeg = {"quality": JPEG_QUALITY, "subsampling": 0}
            picture.save(out, kind, **(jpeg if kind == "jpeg" else {"optimize": True, "pnginfo": chunks}))
            if out.tell() <= MAX_BYTES:
                return kind, out.getvalue()
        picture = picture.resize([max(1, side // 2) for side in picture.size], Image.Resampling.LANCZOS)
