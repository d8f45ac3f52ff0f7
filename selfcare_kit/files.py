"""Writing a file so that nobody ever sees half of one, and clearing up after runs that died."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import count, takewhile
from pathlib import Path

from selfcare_kit.errors import FileFormatError, FileWriteError, InvalidValueError, SelfcareError, quoted

try:
    import fcntl
except ImportError:  # Windows, which itself keeps a file that is open from being deleted
    fcntl = None  # type: ignore[assignment]

PART_START, PART_END = ".selfcare-", ".part"
# A virus scanner or a preview holds a file for a moment; a program that shows it, for as long as it is open.
WAITS = (0.02, 0.08, 0.3)
NO_LOCK = -1
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

    The first time that this process writes into a folder, it removes what processes that died left
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
        part, lock = _fill_part(target.parent, content)
    except OSError as error:
        raise _write_error(named, error) from None
    try:
        with suppress(FileNotFoundError):
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        _move(part, target)
    except OSError as error:
        raise _write_error(named, error, is_moving=True) from None
    finally:
        part.unlink(missing_ok=True)
        _unlock(lock)
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
    """Delete what runs that died left half-written in a folder.

    Parameters
    ----------
    folder : str or Path
        Only this folder is looked through, not those in it.

    Returns
    -------
    int
        How many were deleted. What somebody is writing at this moment is left alone.
    """
    deleted = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(PART_START) and entry.name.endswith(PART_END):
                with suppress(OSError):
                    deleted += entry.is_file(follow_symlinks=False) and _delete_abandoned(entry.path)
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


def _fill_part(folder: Path, content: bytes) -> tuple[Path, int]:
    """Write a new file beside the target; it stays locked as long as the handle that comes along is open."""
    part, handle = _new_part(folder)
    lock = NO_LOCK
    try:
        with os.fdopen(handle, "wb") as file:
            # Windows moves no file that is open.
            lock = NO_LOCK if fcntl is None else os.dup(handle)
            file.write(content)
            file.flush()
            os.fsync(handle)
    except BaseException:
        _unlock(lock)
        part.unlink(missing_ok=True)
        raise
    return part, lock


def _unlock(lock: int) -> None:
    if lock != NO_LOCK:
        os.close(lock)


def _new_part(folder: Path) -> tuple[Path, int]:
    """Make an empty file that is locked until its handle is closed, or its process ends, however it ends."""
    while True:
        part = folder / f"{PART_START}{os.urandom(8).hex()}{PART_END}"
        # Not tempfile, whose files nobody else may read: the system gives it the mode of any new file.
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
        if fcntl is None:
            return part, handle
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        # In the moment before it was locked somebody may have taken it for a dead writer's.
        if os.fstat(handle).st_nlink:
            return part, handle
        os.close(handle)


def _delete_abandoned(part: str) -> bool:
    """Delete a part unless a writer lives that holds its lock; Windows keeps what is open by itself."""
    if fcntl is None:
        Path(part).unlink()
        return True
    handle = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        Path(part).unlink()
    finally:
        os.close(handle)
    return True


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
