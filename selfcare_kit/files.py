"""Writing a file so that nobody ever sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from selfcare_kit.errors import InvalidValueError


def deliver_text(text: str, path: str | Path | None = None, encoding: str = "utf-8") -> str | Path:
    """Return a text, or write it to a path.

    Parameters
    ----------
    text : str
        What to deliver; its line ends are kept.
    path : str or Path, optional
        Where to write; None returns the text.
    encoding : str, default="utf-8"
        Of the file.

    Returns
    -------
    str or Path
        The text, or the path it was written to.
    """
    return text if path is None else write_atomically(path, text.encode(encoding))


def deliver_bytes(content: bytes, path: str | Path | None = None) -> bytes | Path:
    """Return bytes, or write them to a path.

    Parameters
    ----------
    content : bytes
        What to deliver.
    path : str or Path, optional
        Where to write; None returns the bytes.

    Returns
    -------
    bytes or Path
        The bytes, or the path they were written to.
    """
    return content if path is None else write_atomically(path, content)


def write_atomically(path: str | Path, content: bytes) -> Path:
    """Replace a file in one move, so that it is always the old one or the new one, whole.

    Parameters
    ----------
    path : str or Path
        Where to write; its folder must exist.
    content : bytes
        The whole new content.

    Returns
    -------
    Path
        The path.

    Raises
    ------
    InvalidValueError
        If the folder does not exist, or the path is a folder.
    OSError
        If the disk is full or the folder may not be written; the old file is then unchanged.
    """
    target = Path(path)
    if target.is_dir():
        raise InvalidValueError(f"path must name a file, got the folder {str(path)!r}; add a file name.")
    if not target.parent.is_dir():
        raise InvalidValueError(
            f"path must lie in a folder that exists, got {str(path)!r}; make {str(target.parent)!r} first."
        )
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_usual_mode(target))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return target


def _usual_mode(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
