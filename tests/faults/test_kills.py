"""A writer that is killed at any moment leaves the old file or the new one, whole, and nothing for ever.

`make fuzz` kills 200; `FUZZ_KILLS` says how many.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import selfcare_kit as kit

KILLS = int(os.environ.get("FUZZ_KILLS", "24"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork"),
]


def killed(what, folder, kills=KILLS // 2):
    command = [sys.executable, str(Path(__file__).with_name("kills.py")), what, str(kills), str(folder)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(what, told)
    return told


def test_no_file_of_a_batch_that_is_killed_is_torn_and_the_next_run_finishes_it(tmp_path):
    told = killed("batch", tmp_path)
    assert told["killed"] == KILLS // 2
    assert (told["torn"], told["left"], told["failed"], told["kept"]) == ([], [], 0, [])


def test_no_file_of_an_export_that_is_killed_is_torn(tmp_path):
    told = killed("export", tmp_path)
    assert told["killed"] == KILLS // 2
    assert (told["torn"], told["left"]) == ([], [])


STEPS = ("open", "os.chmod", "os.rename")
KILLED_AT = """
import os, signal, sys
from selfcare_kit.files import write_atomically
path, last, content = sys.argv[1], int(sys.argv[2]), sys.argv[3].encode() * 100_000
write_atomically(path, b"old")
seen = []
def watch(event, arguments):
    if event in {steps}:
        seen.append(event)
        if len(seen) == last:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
real = os.fsync
def fsync(handle):
    watch("open", ())
    real(handle)
os.fsync = fsync
write_atomically(path, content)
print(seen)
""".replace("{steps}", repr(STEPS))


def test_a_write_that_is_killed_at_any_of_its_steps_leaves_the_old_file_or_the_new(tmp_path):
    path = tmp_path / "r.csv"
    outcomes = []
    for last in range(1, 20):
        done = subprocess.run(
            [sys.executable, "-c", KILLED_AT, str(path), str(last), "x"], capture_output=True, text=True
        )
        outcomes.append((done.returncode, path.read_bytes()[:3]))
        for part in tmp_path.glob(".selfcare-*.part"):
            os.utime(part, (0, 0))
        assert path.read_bytes() in (b"old", b"x" * 100_000)
        if done.returncode == 0:
            break
    assert outcomes[-1] == (0, b"xxx")
    assert outcomes[:-1] == [(-signal.SIGKILL, b"old")] * (len(outcomes) - 1)
    assert len(outcomes) > 4
    assert [path.name for path in tmp_path.iterdir()] == ["r.csv"]


def test_who_stops_a_batch_with_the_keyboard_gets_whole_files_and_goes_on(tmp_path):
    clients = tmp_path / "c.csv"
    clients.write_text("code,areas,side,kinds\n" + "".join(f"C-{n},hip_side,left,csv\n" for n in range(1_500)))
    command = [sys.executable, "-m", "selfcare_kit", "batch", str(clients), "--out", str(tmp_path / "out")]
    # Where the tests run in the background, their keyboard's signal is ignored, which would be inherited.
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob("out/routine_*"))) < 20 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate(timeout=60)[1] == "Stopped. Every file is whole; run it again to go on.\n"
    assert process.returncode == 130
    done = len(list(tmp_path.glob("out/routine_*")))
    assert 20 <= done < 1_500
    assert list(tmp_path.glob("out/.*.part")) == []
    summary = kit.batch(clients, tmp_path / "out")
    assert summary.counts["failed"] == 0
    assert summary.counts["unchanged"] >= done - 50
