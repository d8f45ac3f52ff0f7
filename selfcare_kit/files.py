"""Writing a file so that nobody ever sees half of one, and clearing up after runs that died."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import count, takewhile
from pathlib import Path

from selfcare_kit.errors import FileFormatError, FileWriteError, InvalidValueError, SelfcareError, quoted

PART = re.compile(r"\.selfcare-[0-9a-f]+\.part")
# Far longer than a write takes, also on a slow disk and by a clock that is some hours off.
MAX_PART_SECONDS = 6 * 3600
# A virus scanner or a preview holds a file for a moment; a program that shows it, for as long as it is open.
WAITS = (0.02, 0.08, 0.3)
MAX_LINKS = 40
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


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


def is_file(path: str | Path) -> bool:
    """Tell whether there is a file to read, whatever the path is like.

    Parameters
    ----------
    path : str or Path
        Links are followed.

    Returns
    -------
    bool
        False for a folder, a pipe, a device, and for a path that no system could have.
    """
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def read_file(
    path: str | Path, most: int, *, called: str, advice: str, smaller: str = "shorten it",
    error: type[SelfcareError] = FileFormatError,
) -> bytes:  # fmt: skip
    """Return what a file holds; nothing is read of what is no file, or too large.

    Parameters
    ----------
    path : str or Path
        Links are followed.
    most : int
        Bytes it may hold.
    called, advice, smaller : str
        What it is called in a message, and what to do when it cannot be read or is too large.
    error : type, default=FileFormatError
        Of the error.

    Returns
    -------
    bytes
        The whole content.

    Raises
    ------
    SelfcareError
        Of the given type, if it cannot be read.
    """
    path = Path(path)
    try:
        found = path.stat()
    except ValueError:
        raise error(f"{called} cannot be read (no file can be called so); {advice}.") from None
    except OSError as reason:
        raise error(f"{called} cannot be read ({reason.strerror}); {advice}.") from None
    if not stat.S_ISREG(found.st_mode):
        raise error(f"{called} must be a file, got something else; {advice}.")
    if found.st_size > most:
        size = f"{most // 1_000_000} MB" if most >= 1_000_000 else f"{most // 1000} kB"
        raise error(f"{called} must be at most {size}, got {found.st_size:,} bytes; {smaller}.")
    try:
        return path.read_bytes()
    except OSError as reason:
        raise error(f"{called} cannot be read ({reason.strerror}); {advice}.") from None


def write_atomically(path: str | Path, content: bytes, *, follow_links: bool = True) -> Path:
    """Replace a file in one move, so that it is always the old one or the new one, whole.

    The first time that this process writes into a folder, it removes what writers that died hours ago left
    half-written there.

    Parameters
    ----------
    path : str or Path
        Where to write; its folder must exist.
    content : bytes
        The whole new content.
    follow_links : bool, default=True
        Whether a symbolic link stays, and the file it leads to is replaced; otherwise the link itself is.

    Returns
    -------
    Path
        The path.

    Raises
    ------
    InvalidValueError
        If the folder does not exist, or the path is a folder, a pipe, a device or no path at all.
    FileWriteError
        If the disk is full, the folder may not be written, or the file is open in a program that
        keeps it; the old file is then unchanged.
    """
    if "\x00" in str(path):
        raise InvalidValueError(f"path must name a file, got {quoted(str(path))}; take the NUL out.")
    named = target = Path(path)
    try:
        target = _followed(named) if follow_links else named
        _check_place(target, follow_links=follow_links)
        _clear_once(str(target.parent.absolute()))
    except OSError as error:
        raise _write_error(named, error) from None
    part, is_moving = target.parent / f".selfcare-{os.urandom(8).hex()}.part", False
    try:
        _fill(part, content)
        is_moving = True
        with suppress(FileNotFoundError):
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        _move(part, target)
    except OSError as error:
        raise _write_error(named, error, is_moving=is_moving) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return named


def write_new(path: str | Path, content: bytes) -> Path:
    """Write a file where there is none yet; what is there is never touched.

    Parameters
    ----------
    path : str or Path
        Where to write; its folder must exist.
    content : bytes
        The whole content.

    Returns
    -------
    Path
        The path.

    Raises
    ------
    InvalidValueError
        If anything has this name, or it is none.
    FileWriteError
        If it cannot be written.
    """
    if "\x00" not in str(path) and os.path.lexists(path):
        raise InvalidValueError(f"{quoted(str(path))} is there already, and is left as it is; choose another name.")
    return write_atomically(path, content)


def remove_leftovers(folder: str | Path) -> int:
    """Delete what writers that died left half-written in a folder, hours ago, and return how many files.

    Only this folder is looked through, not those in it. What somebody may be writing at this moment is too young.
    """
    deleted, latest = 0, time.time() - MAX_PART_SECONDS
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if PART.fullmatch(entry.name):
                with suppress(OSError):
                    if _is_abandoned(entry, latest):
                        Path(entry.path).unlink()
                        deleted += 1
    return deleted


def move_aside(path: Path) -> Path:
    """Give a file another name, so that nothing is lost when its own is needed.

    Parameters
    ----------
    path : Path
        What lies there: a file, a link or a folder.

    Returns
    -------
    Path
        Its new name, such as "routine_kept_1.csv"; nothing lay there before.

    Raises
    ------
    FileWriteError
        If it cannot be renamed.
    """
    free = next(name for name in _kept_names(path) if not os.path.lexists(name))
    try:
        return path.rename(free)
    except OSError as error:
        raise _write_error(path, error, is_moving=True) from None


def kept_copies(path: Path) -> list[Path]:
    """Return what `move_aside` has made of a file.

    Parameters
    ----------
    path : Path
        Of the file.

    Returns
    -------
    list of Path
        Those that are there, up to the first that is not.
    """
    return list(takewhile(os.path.lexists, _kept_names(path)))


def _kept_names(path: Path) -> Iterator[Path]:
    return (path.with_stem(f"{path.stem}_kept_{number}") for number in count(1))


@lru_cache(maxsize=256)
def _clear_once(folder: str) -> None:
    remove_leftovers(folder)


def _followed(named: Path) -> Path:
    """Return the file that a path leads to through all of its links, which may not be there yet."""
    target = named
    for _ in range(MAX_LINKS):
        # What is open already, such as /dev/stdout, has no name to be replaced under.
        if os.path.realpath(target.parent).startswith("/proc/"):
            raise InvalidValueError(_no_file("what is open already,", named))
        if not target.is_symlink():
            return target
        target = target.parent / target.readlink()
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


def _check_place(target: Path, *, follow_links: bool) -> None:
    if target.is_dir():
        raise InvalidValueError(f"path must name a file, got the folder {str(target)!r}; add a file name.")
    with suppress(FileNotFoundError, NotADirectoryError):
        mode = target.stat(follow_symlinks=follow_links).st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISLNK(mode):
            called = "the pipe" if stat.S_ISFIFO(mode) else "the socket" if stat.S_ISSOCK(mode) else "the device"
            raise InvalidValueError(_no_file(called, target))
    if not target.parent.is_dir():
        raise InvalidValueError(
            f"path must lie in a folder that exists, got {str(target)!r}; make {str(target.parent)!r} first."
        )


def _no_file(called: str, path: Path) -> str:
    return f"path must name a file, got {called} {str(path)!r}; name a file, or in the shell - for the standard output."


def _is_abandoned(entry: os.DirEntry[str], latest: float) -> bool:
    found = entry.stat(follow_symlinks=False)
    return stat.S_ISREG(found.st_mode) and found.st_mtime < latest


def _fill(part: Path, content: bytes) -> None:
    # Not tempfile, whose files nobody else may read: the system gives it the mode of any new file.
    with part.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(part: Path, target: Path) -> None:
    for seconds in (*WAITS, None):
        try:
            part.replace(target)
        except PermissionError:
            if seconds is None:
                raise
            time.sleep(seconds)
        else:
            return


def _write_error(target: Path, error: OSError, *, is_moving: bool = False) -> FileWriteError:
    why = error.strerror or type(error).__name__
    if error.errno in NO_ROOM:
        advice = "free some space on the disk"
    elif error.errno in _FORBIDDEN and is_moving:
        advice = "close it where it may be open, or choose another name"
    elif error.errno in _FORBIDDEN:
        advice = f"choose a folder that may be written, got {str(target.parent)!r}"
    else:
        advice = "choose another place or name"
    made = FileWriteError(f"{quoted(target.name)} cannot be written ({why}); {advice}, and write it again.")
    made.errno = error.errno
    return made
