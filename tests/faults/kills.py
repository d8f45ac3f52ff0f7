"""Kills writers at random moments and looks at what they leave; a script, so that it can fork in peace.

`python kills.py batch|export KILLS FOLDER` prints JSON: how many were killed while they worked, and what was torn.
The alarm's default is to end the process within the kernel: no line of Python runs any more.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import selfcare_kit as kit
from selfcare_kit.batches.done import FILE

ROWS = 4
KINDS = ("html", "csv", "json")
MAX_TRIES = 5
WRITERS = ("html", "csv", "json", "xlsx", "ics", "fhir", "note")


def in_child(work, seconds=None):
    """Run something in a child, which is killed after so many seconds; return whether it was."""
    child = os.fork()
    if child == 0:
        if seconds is not None:
            signal.setitimer(signal.ITIMER_REAL, seconds)
        work()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        return True
    if status:
        raise RuntimeError(f"a child failed: {status}")
    return False


def write_clients(path, title):
    rows = (f"C-{n},Name,{title},hip_side;thigh_outer,left,yes,{datetime.date.today()}\n" for n in range(ROWS))
    path.write_text("code,client,title,areas,side,none_of_these,asked_on\n" + "".join(rows))


def torn_files(out, titles):
    """Files that are neither what a run made nor what one before it made."""
    found = []
    for path in out.iterdir():
        if path.name == FILE:
            json.loads(path.read_bytes())
        elif not path.name.endswith(".part"):
            try:
                read = kit.read_routine(path)
                is_whole = len(read) == 5 and read.title in titles
                is_whole &= path.suffix != ".html" or path.read_bytes().rstrip().endswith(b"</html>")
            except kit.SelfcareError:
                is_whole = False
            if not is_whole:
                found.append(path.name)
    return found


def leftovers(folder):
    return [path for path in folder.iterdir() if path.name.endswith(".part")]


def as_of_yesterday(parts):
    """Half-written files as they are a day later."""
    for part in parts:
        os.utime(part, (time.time() - 24 * 3600,) * 2)
    return len(parts)


def kill_batches(count, folder):
    clients, out = folder / "clients.csv", folder / "out"
    chance = random.Random(1)

    def work():
        kit.batch(clients, out, kinds=KINDS)

    durations = []
    for title in ("warm", "warmer", "warmest"):
        write_clients(clients, title)
        begun = time.perf_counter()
        work()
        durations.append(time.perf_counter() - begun)
    told = {"tries": 0, "killed": 0, "parts": 0, "torn": [], "left": [], "failed": 0}
    before = title
    while told["killed"] < count and told["tries"] < MAX_TRIES * count:
        told["tries"] += 1
        title = f"T{told['tries']}"
        write_clients(clients, title)
        told["killed"] += in_child(work, max(1e-5, chance.random() * min(durations)))
        told["torn"] += torn_files(out, {before, title})
        told["parts"] += as_of_yesterday(leftovers(out))
        again = kit.batch(clients, out, kinds=KINDS)
        told["failed"] += len(again.failed)
        told["torn"] += torn_files(out, {title})
        told["left"] += [path.name for path in leftovers(out)]
        before = title
    told["kept"] = [path.name for path in out.iterdir() if "_kept_" in path.name]
    return told


def kill_exports(count, folder):
    chance = random.Random(2)
    screening = kit.screen()
    routines = [
        kit.Routine(title=title, screening=screening).add("ql_s2", side="left").add("piri_1", side="left")
        for title in ("old", "new")
    ]
    told = {"tries": 0, "killed": 0, "parts": 0, "torn": [], "left": []}
    while told["killed"] < count and told["tries"] < MAX_TRIES * count:
        kind = WRITERS[told["tries"] % len(WRITERS)]
        told["tries"] += 1
        path = folder / f"r.{kind}"
        writers = [getattr(routine, f"to_{kind}") for routine in routines]
        contents = []
        for write in writers:
            begun = time.perf_counter()
            contents.append(write(path).read_bytes())
            duration = time.perf_counter() - begun

        def work(writers=writers, path=path):
            for write in writers * 3:
                write(path)

        told["killed"] += in_child(work, max(1e-5, chance.random() * 3 * duration))
        if path.read_bytes() not in contents:
            told["torn"].append(path.name)
    told["parts"] += as_of_yesterday(leftovers(folder))
    # The first write of another process clears up.
    subprocess.run(
        [
            sys.executable,
            "-c",
            f"import selfcare_kit as kit; kit.Routine().add('ql_s2', side='left').to_csv({str(path)!r})",
        ],
        check=True,
    )
    told["left"] = [path.name for path in leftovers(folder)]
    return told


if __name__ == "__main__":
    what, kills, where = sys.argv[1:]
    kill = {"batch": kill_batches, "export": kill_exports}[what]
    print(json.dumps(kill(int(kills), Path(where))))
