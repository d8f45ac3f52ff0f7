"""Measures start and memory of each clinician on the trial's hub: `make hub-measure`, or `measure.py --users 8`.

Memory is PSS, which counts what processes share once, so that it can be added up; RSS counts it for each.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from hub import FIRST_ACCOUNT, Hub, running_hub

MB = 1024


def account_of(process: Path) -> int:
    """Return the account that a process runs as."""
    return process.stat().st_uid


def memory(process: Path) -> tuple[float, float]:
    """Return RSS and PSS of a process in MB (2^20 bytes)."""
    lines = dict(line.split(":", 1) for line in (process / "smaps_rollup").read_text().splitlines()[1:])
    return tuple(int(lines[name].split()[0]) / MB for name in ("Rss", "Pss"))


def processes(hub: Hub) -> dict[str, list[tuple[float, float]]]:
    """Return the memory of the hub's own processes, of the clinicians' servers and of their kernels."""
    found: dict[str, list[tuple[float, float]]] = {"hub and proxy": [], "server": [], "kernel": []}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text().split("\0")
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            if "ipykernel_launcher" in command and account_of(process) > FIRST_ACCOUNT:
                found["kernel"].append(memory(process))
            elif "jupyterhub.singleuser" in command and account_of(process) > FIRST_ACCOUNT:
                found["server"].append(memory(process))
            elif hub.process.pid in (int(process.name), parent):
                found["hub and proxy"].append(memory(process))
        except (OSError, ValueError):
            continue
    return found


def open_planner(hub: Hub, number: int) -> tuple[float, float]:
    """Log a clinician in and return the seconds to the planner's page, and those to open it once more."""
    begun = time.perf_counter()
    clinician = hub.log_in(f"clinician_{number}")
    clinician.open_planner()
    first = time.perf_counter()
    clinician.open_planner()
    again = time.perf_counter()
    return first - begun, again - first


def main() -> None:
    """Print what was measured."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--users", type=int, default=8, help="how many clinicians log in (default: %(default)s)")
    reader.add_argument(
        "--at-once", type=int, default=1, help="how many of them at the same time (default: %(default)s)"
    )
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        with running_hub(Path(folder) / "hub") as hub, ThreadPoolExecutor(given.at_once) as pool:
            times = list(pool.map(lambda number: open_planner(hub, number), range(1, given.users + 1)))
            time.sleep(3)
            found = processes(hub)
    day, computer = time.strftime("%Y-%m-%d"), f"{os.cpu_count()} processors, {platform.machine()}"
    print(f"{day}, {computer}, Python {platform.python_version()}: {given.users} clinicians, {given.at_once} at once")
    for name, column in zip(
        ("login to the planner's page", "the page once more"), zip(*times, strict=True), strict=True
    ):
        print(f"{name}: median {statistics.median(column):.1f} s, slowest {max(column):.1f} s")
    for name, all_of_them in found.items():
        rss, pss = (sum(column) for column in zip(*all_of_them, strict=True))
        print(f"{name}: {len(all_of_them)} processes, RSS {rss:.0f} MB, PSS {pss:.0f} MB")
    one = [[statistics.mean(column) for column in zip(*found[name], strict=True)] for name in ("server", "kernel")]
    rss, pss = (sum(column) for column in zip(*one, strict=True))
    print(f"a clinician with one page, a server and a kernel: RSS {rss:.0f} MB, PSS {pss:.0f} MB")


if __name__ == "__main__":
    main()
