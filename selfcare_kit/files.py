"""Reading files within limits, and writing them atomically, so that nobody ever sees a part of one."""

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
# Far longer than a write takes, even on a slow disk and with a clock that is some hours wrong.
MAX_PART_SECONDS = 6 * 3600
# In seconds. A virus scanner or a preview locks a file for a moment; a program that shows it, as long as it is open.
RETRY_DELAYS = (0.02, 0.08, 0.3)
MAX_LINKS = 40
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def deliver_text(text: str, path: str | Path | None = None, encoding: str = "utf-8") -> str | Path:
    """Return a text, or write it to a path and return the path."""
    return text if path is None else write_atomically(path, text.encode(encoding))


def deliver_bytes(content: bytes, path: str | Path | None = None) -> bytes | Path:
    """Return bytes, or write them to a path and return the path."""
    return content if path is None else write_atomically(path, content)


def is_file(path: str | Path) -> bool:
    """Return whether a path leads to a regular file; False for a path that is not possible."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):
        return False


def read_file(
    path: str | Path, most: int, *, called: str, advice: str, smaller: str = "shorten it",
    error: type[SelfcareError] = FileFormatError,
) -> bytes:  # fmt: skip
    """Return the content of a regular file of at most `most` bytes.

    In messages `called` is its name, `advice` what to do when it cannot be read, `smaller` when it is too large.
    """
    path = Path(path)
    try:
        found = path.stat()
    except ValueError:
        raise error(f"{called} cannot be read (no file can have that name); {advice}.") from None
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
    """Replace a file in one step, so that it has either the whole old content or the whole new one.

    Through a symbolic link it replaces the link's target, or without `follow_links` the link itself. It raises
    InvalidValueError for the path of a folder, a pipe or a device, or in a folder that does not exist, and
    FileWriteError when the system refuses; the old file is then unchanged. The first time that a process writes
    into a folder, it deletes the temporary files of processes that died there.
    """
    if "\x00" in str(path):
        raise InvalidValueError(f"path must name a file, got {quoted(str(path))}; take the NUL out.")
    named = target = Path(path)
    try:
        target = _followed(named) if follow_links else named
        _check_target(target, follow_links=follow_links)
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
    """Write a file under a name that does not exist yet; refuse to touch an existing one."""
    if "\x00" not in str(path) and os.path.lexists(path):
        raise InvalidValueError(f"{quoted(str(path))} is there already, and is left as it is; choose another name.")
    return write_atomically(path, content)


def remove_leftovers(folder: str | Path) -> int:
    """Delete the temporary files of writers that died hours ago, and return how many; folders inside are not searched.

    Younger ones may belong to a writer at work.
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
    """Rename a file, link or folder to a free name such as "routine_kept_1.csv", and return its new path."""
    free = next(name for name in _kept_names(path) if not os.path.lexists(name))
    try:
        return path.rename(free)
    except OSError as error:
        raise _write_error(path, error, is_moving=True) from None


def kept_copies(path: Path) -> list[Path]:
    """Return the existing files that `move_aside` made of a file."""
    return list(takewhile(os.path.lexists, _kept_names(path)))


def _kept_names(path: Path) -> Iterator[Path]:
    return (path.with_stem(f"{path.stem}_kept_{number}") for number in count(1))


@lru_cache(maxsize=256)
def _clear_once(folder: str) -> None:
    remove_leftovers(folder)


def _followed(named: Path) -> Path:
    """Return the target of a path through all of its links, which may not exist yet."""
    target = named
    for _ in range(MAX_LINKS):
        # An open file such as /dev/stdout has no name under which it could be replaced.
        if os.path.realpath(target.parent).startswith("/proc/"):
            raise InvalidValueError(_no_file("what is open already,", named))
        if not target.is_symlink():
            return target
        target = target.parent / target.readlink()
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


def _check_target(target: Path, *, follow_links: bool) -> None:
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
    # Not by tempfile, whose files only their owner may read: this one has the mode of any new file.
    with part.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(part: Path, target: Path) -> None:
    for seconds in (*RETRY_DELAYS, None):
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
