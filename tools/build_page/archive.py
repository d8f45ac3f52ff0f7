"""Archives whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping
from functools import lru_cache

EARLIEST = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive in which nothing is compressed: all of it is compressed once, when it is put in the page.

    Examples
    --------
    >>> zipped({"a": b"1", "b": b"2"}) == zipped({"b": b"2", "a": b"1"})
    True
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), files[name])
    return made.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the files of a zip archive by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


# Pages of several clinics differ in one part only.
@lru_cache(maxsize=8)
def packed(content: bytes) -> bytes:
    """Return content as browsers can unpack it."""
    return gzip.compress(content, 9, mtime=0)
