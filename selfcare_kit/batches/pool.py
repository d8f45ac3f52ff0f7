"""Several processes that share the rows of a batch, each a command of its own.

Not a pool of the standard library: its processes live on when this one is killed, and on some systems
they run the caller's script again. These read the whole batch, work on every n-th row, tell
what came of it, and end when nobody listens any more. Names of clients go through pipes only.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from selfcare_kit.batches.work import Batch, Outcome
from selfcare_kit.errors import SelfcareError

# "-P": what lies in the folder of the clients' table is never imported.
COMMAND = (sys.executable, "-P", "-m", "selfcare_kit.batches.pool")
PACKAGE_FOLDER = Path(__file__).resolve().parents[2]


def shared_outcomes(batch: Batch, shares: int) -> Iterator[Outcome]:
    """Work on a batch in several processes.

    Parameters
    ----------
    batch : Batch
        What to do.
    shares : int
        How many processes.

    Returns
    -------
    iterator of Outcome
        One for each row, in the order of the table. A process that is ahead waits until its
        outcome is taken, so that no more is kept in memory.

    Raises
    ------
    SelfcareError
        If one of the processes ends early.
    """
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for share in range(shares):
            processes.append(_start())
            _send(processes[-1], (batch, share, shares))
        yield from _in_turn(processes)
    finally:
        for process in processes:
            process.kill()
            process.wait()
            process.stdout.close()


def _start() -> subprocess.Popen[bytes]:
    paths = (str(PACKAGE_FOLDER), os.environ.get("PYTHONPATH", ""))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    # Who stops the batch with the keyboard stops the process that listens; this one has nobody to tell, even
    # before its own code has begun.
    own = {"preexec_fn": partial(signal.signal, signal.SIGINT, signal.SIG_IGN)} if os.name == "posix" else {}
    return subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, **own)


def _send(process: subprocess.Popen[bytes], task: tuple[Batch, int, int]) -> None:
    try:
        with process.stdin as pipe:
            pickle.dump(task, pipe)
    except OSError:
        raise _ended_early() from None


def _in_turn(processes: list[subprocess.Popen[bytes]]) -> Iterator[Outcome]:
    while True:
        for process in processes:
            try:
                outcome = pickle.load(process.stdout)
            except (EOFError, pickle.UnpicklingError):
                raise _ended_early() from None
            if outcome is None:
                return
            yield outcome


def _ended_early() -> SelfcareError:
    return SelfcareError(
        "one of the processes that shared the batch has ended early, which may be for want of memory; "
        "what was done is kept, so run the batch again, with fewer jobs."
    )


def work(source: BinaryIO, sink: BinaryIO) -> None:
    """Do one share of a batch.

    Parameters
    ----------
    source : binary file
        Holds the batch, the number of the share, and of how many.
    sink : binary file
        Gets an outcome for each row of the share, and None at the end.
    """
    batch, share, shares = pickle.load(source)
    for outcome in batch.outcomes(share, shares):
        pickle.dump(outcome, sink)
        sink.flush()
    pickle.dump(None, sink)
    sink.flush()


if __name__ == "__main__":
    # Where it could not be said before.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        work(sys.stdin.buffer, sys.stdout.buffer)
    except (BrokenPipeError, EOFError, pickle.UnpicklingError):
        # Who started it was killed.
        os._exit(1)
