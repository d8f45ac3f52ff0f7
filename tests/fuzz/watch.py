"""How many cases are tried, and what a reader may do with a file: refuse it in one sentence, or read it; nothing else."""

from __future__ import annotations

import os
import resource
import sys
import time

from examples import share_of

import selfcare_kit as kit

# Fewer than a hundred would be too few to come upon a file that can still be read.
CASES = int(os.environ.get("FUZZ_CASES", max(share_of(300), 100)))
# Of the processor, as a machine with more to do is no fault of a reader; and by the clock, for one that waits.
SECONDS_A_CASE = 5
MAX_SECONDS_BY_THE_CLOCK = 60
MAX_MEGABYTES = 400
MAX_SENTENCE_LENGTH = 3_000
# What runs something, speaks to somebody, or changes a file.
FORBIDDEN = (
    "os.system", "os.exec", "os.posix_spawn", "os.spawn", "subprocess.Popen", "socket.connect", "socket.getaddrinfo", "os.remove",
    "os.rename", "os.rmdir", "os.mkdir", "os.symlink", "os.link", "os.chmod", "os.truncate", "shutil.rmtree", "webbrowser.open",
    "pickle.find_class", "ctypes.dlopen", "code.__new__",
)  # fmt: skip
_watch: dict[str, object] = {"deeds": None, "folder": ""}


def _is_allowed(path):
    # A number is a file that was opened under its name before.
    return isinstance(path, int) or path is None or (_watch["folder"] and str(path).startswith(str(_watch["folder"])))


def _hook(event, arguments):
    deeds = _watch["deeds"]
    if deeds is None:
        return
    if event == "open":
        path, mode, flags = arguments
        writes = bool(set(mode or "") & set("wax+")) or bool((flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
        if writes and not _is_allowed(path):
            deeds.append((event, str(path)[:80]))
    elif event in FORBIDDEN and not (event.startswith("os.") and all(map(_is_allowed, arguments))):
        deeds.append((event, str(arguments)[:120]))


sys.addaudithook(_hook)


class Reading:
    """Runs readings, each watched; `folder` is where it may write."""

    def __init__(self):
        self.begun_with = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        self.refused = self.read = 0

    def __call__(self, action, what, folder=""):
        """Return what a reading gives, or its error; anything but the two fails, with a word on the case."""
        _watch.update(deeds=[], folder=folder)
        begun, begun_by_the_clock = time.process_time(), time.monotonic()
        try:
            value = action()
            self.read += 1
        except (kit.SelfcareError, FileNotFoundError) as error:
            value = error
            self.refused += 1
        except BaseException as error:
            raise AssertionError(f"{what}: {type(error).__name__}: {str(error)[:300]}") from error
        finally:
            deeds, _watch["deeds"] = _watch["deeds"], None
        seconds, waited = time.process_time() - begun, time.monotonic() - begun_by_the_clock
        assert not deeds, f"{what} did {deeds}"
        assert seconds < SECONDS_A_CASE, f"{what} took {seconds:.1f} s"
        assert waited < MAX_SECONDS_BY_THE_CLOCK, f"{what} took {waited:.1f} s"
        if isinstance(value, BaseException):
            check_sentence(str(value), what)
        return value

    def check_memory(self):
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - self.begun_with) / 1024
        assert grown < MAX_MEGABYTES, f"grew by {grown:.0f} MB"


def check_sentence(text, what):
    assert text.endswith("."), f"{what}: {text[-200:]!r}"
    assert text.isprintable(), f"{what}: {text[:400]!r}"
    assert len(text) < MAX_SENTENCE_LENGTH, f"{what}: {len(text)} letters: {text[:200]!r}"
