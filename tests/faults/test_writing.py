"""Whatever a disk, another program or the system does: the old file or the new one, whole, and one sentence."""

import errno
import json
import os
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit import files
from selfcare_kit.errors import FileWriteError, InvalidValueError
from selfcare_kit.files import remove_leftovers, write_atomically

CALLS = ((Path, "open"), (os, "fsync"))


def fail(number):
    def failing(*_, **__):
        raise OSError(number, os.strerror(number))

    return failing


def left_in(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "r.csv"
    path.write_bytes(b"old")
    return path


@pytest.mark.parametrize("call", CALLS)
def test_a_full_disk_keeps_the_old_file_whichever_call_finds_it_full(call, old, monkeypatch):
    monkeypatch.setattr(*call, fail(errno.ENOSPC))
    with pytest.raises(
        FileWriteError, match=r"^'r.csv' cannot be written \(No space left on device\); free some space"
    ) as error:
        write_atomically(old, b"new")
    assert error.value.errno == errno.ENOSPC
    monkeypatch.undo()
    assert old.read_bytes() == b"old"
    assert left_in(old.parent) == ["r.csv"]


def test_a_disk_that_fills_while_it_is_written_keeps_the_old_file(old):
    code = f"""
import resource, signal
from selfcare_kit.files import write_atomically
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    write_atomically({str(old)!r}, bytes(20_000))
except OSError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (
        done.stdout == "'r.csv' cannot be written (File too large); choose another place or name, and write it again.\n"
    )
    assert old.read_bytes() == b"old"
    assert left_in(old.parent) == ["r.csv"]


@pytest.fixture
def on_a_disk(tmp_path):
    """Runs code in a process that has a small disk of its own at `disk`; returns what it printed as JSON."""
    if subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a disk here; the simulated disks above are tested all the same")
    disk = tmp_path / "disk"
    disk.mkdir()
    begin = f"""
import datetime, json, pathlib, subprocess
import selfcare_kit as kit
disk = pathlib.Path({str(disk)!r})
def mount(options, *what):
    subprocess.run(["mount", "-o", options, *what, str(disk)], check=True)
mount("size=200k", "-t", "tmpfs", "tmpfs")
"""

    def run(code):
        command = ["unshare", "-rm", sys.executable, "-c", begin + code]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    return run


@pytest.mark.slow
def test_a_small_disk_that_is_full_keeps_what_is_whole_and_the_batch_goes_on_later(on_a_disk):
    """The batch of 20 needs some 600 of the 200 kB."""
    told = on_a_disk("""
table = "code,areas,side,none_of_these,asked_on\\n"
table += "".join(f"C-{n},hip_side,left,yes,{datetime.date.today()}\\n" for n in range(20))
clients = disk.parent / "c.csv"
clients.write_text(table)
def stamps():
    return {path.name: path.stat().st_mtime_ns for path in (disk / "out").glob("[!.]*")}
first = kit.batch(clients, disk / "out")
whole = [path.read_bytes().rstrip().endswith((b"</html>", b"[],,,,,,,,")) for path in (disk / "out").glob("[!.]*")]
parts, before = len(list((disk / "out").glob(".*.part"))), stamps()
mount("remount,size=4m")
second = kit.batch(clients, disk / "out")
touched = [name for name, stamp in before.items() if stamps()[name] != stamp]
reasons = sorted({each.reason for each in first.failed}, key=len)
print(json.dumps([first.counts, second.counts, reasons, whole, parts, touched]))
""")
    first, second, reasons, whole, parts, touched = told
    assert first["made"] >= 2
    assert first["failed"] == 20 - first["made"]
    assert len(whole) >= 2 * first["made"]
    assert all(whole)
    assert parts == 0
    assert reasons[0].endswith("(No space left on device); free some space on the disk, and write it again.")
    assert reasons[1].startswith("not tried, as nothing more can be written; ")
    assert second["failed"] == 0
    assert touched == []


@pytest.mark.slow
def test_a_read_only_disk_is_one_sentence_for_every_writer_and_row(on_a_disk):
    reasons = on_a_disk("""
(disk / "r.csv").write_text("old")
(disk.parent / "c.csv").write_text("code,areas,side,kinds\\nC-1,hip_side,left,csv\\n")
mount("remount,ro")
told = []
for write in (kit.Routine().add("ql_s2", side="left").to_csv, kit.load_guide().to_html, kit.Body("back").to_svg):
    try:
        write(disk / "r.csv")
    except kit.SelfcareError as error:
        told.append(str(error))
told.append(kit.batch(disk.parent / "c.csv", disk).rows[0].reason)
try:
    kit.batch(disk.parent / "c.csv", disk / "out")
except kit.SelfcareError as error:
    told.append(str(error))
print(json.dumps([told, [path.name for path in disk.iterdir()], (disk / "r.csv").read_text()]))
""")
    told, names, kept = reasons
    assert len(told) == 5
    assert all("(Read-only file system); choose a folder that may be written" in each for each in told[:4])
    assert "Read-only file system" in told[4]
    assert "cannot be made" in told[4]
    assert (names, kept) == (["r.csv"], "old")


def test_a_folder_that_may_not_be_written_is_said(old, monkeypatch):
    monkeypatch.setattr(Path, "open", fail(errno.EACCES))
    with pytest.raises(FileWriteError, match=r"\(Permission denied\); choose a folder that may be written, got "):
        write_atomically(old, b"new")
    monkeypatch.undo()
    assert old.read_bytes() == b"old"


# A file that is open elsewhere, as Windows holds it


def held(times):
    """Replaces `Path.replace` by one that another program holds up so many times."""
    left = [times]
    real = Path.replace

    def replace(self, target):
        if left[0]:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return real(self, target)

    return replace


def test_a_file_that_a_program_holds_for_a_moment_is_written_all_the_same(old, monkeypatch):
    monkeypatch.setattr(files, "RETRY_DELAYS", (0, 0, 0))
    monkeypatch.setattr(Path, "replace", held(3))
    write_atomically(old, b"new")
    assert old.read_bytes() == b"new"
    assert left_in(old.parent) == ["r.csv"]


def test_a_file_that_stays_open_in_a_program_keeps_what_it_held(old, monkeypatch):
    monkeypatch.setattr(files, "RETRY_DELAYS", (0, 0, 0))
    monkeypatch.setattr(Path, "replace", held(99))
    with pytest.raises(
        FileWriteError, match="close it where it may be open, or choose another name, and write it again"
    ):
        write_atomically(old, b"new")
    assert old.read_bytes() == b"old"
    assert left_in(old.parent) == ["r.csv"]


def test_a_batch_tells_of_a_file_that_is_open_and_goes_on(tmp_path, monkeypatch):
    (tmp_path / "c.csv").write_text("code,areas,side,kinds\nC-1,hip_side,left,csv\nC-2,hip_side,left,csv\n")
    monkeypatch.setattr(files, "RETRY_DELAYS", (0, 0, 0))
    monkeypatch.setattr(Path, "replace", held(4))
    summary = kit.batch(tmp_path / "c.csv", tmp_path / "out")
    assert [each.result for each in summary] == ["failed", "made"]
    assert "close it where it may be open" in summary.rows[0].reason
    assert kit.batch(tmp_path / "c.csv", tmp_path / "out").counts == {"made": 1, "unchanged": 1, "failed": 0}


# Paths that are none


@pytest.mark.parametrize("name", ["a\x00b", "x" * 300, "no/such/folder/r.csv", "."])
def test_a_path_that_cannot_be_a_file_is_one_sentence(name, tmp_path):
    with pytest.raises((InvalidValueError, FileWriteError)) as error:
        write_atomically(tmp_path / name, b"new")
    assert str(error.value).endswith(".")
    assert left_in(tmp_path) == []


# Links, pipes and devices


def test_a_link_stays_and_the_file_it_leads_to_is_replaced(old, tmp_path):
    (tmp_path / "folder").mkdir()
    link = tmp_path / "folder" / "link.csv"
    link.symlink_to("../r.csv")
    assert write_atomically(link, b"new") == link
    assert link.is_symlink()
    assert old.read_bytes() == b"new"
    assert left_in(link.parent) == ["link.csv"]


def test_a_link_to_a_link_is_followed_to_the_end(old, tmp_path):
    (tmp_path / "one").symlink_to(old)
    (tmp_path / "two").symlink_to("one")
    write_atomically(tmp_path / "two", b"new")
    assert (tmp_path / "two").is_symlink()
    assert (tmp_path / "one").is_symlink()
    assert old.read_bytes() == b"new"


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "later.csv")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "later.csv").read_bytes() == b"new"


def test_a_link_that_leads_to_itself_is_one_sentence(tmp_path):
    (tmp_path / "link").symlink_to("link")
    with pytest.raises(FileWriteError, match=r"^'link' cannot be written \(.*; choose another place or name"):
        write_atomically(tmp_path / "link", b"new")
    assert left_in(tmp_path) == ["link"]


def test_a_link_to_a_folder_is_told_as_a_folder(tmp_path):
    (tmp_path / "link").symlink_to(".")
    with pytest.raises(InvalidValueError, match="got the folder"):
        write_atomically(tmp_path / "link", b"new")


def test_a_pipe_is_refused_and_stays(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InvalidValueError, match=r"^path must name a file, got the pipe '.*pipe'; name a file, or in "):
        write_atomically(tmp_path / "pipe", b"new")
    assert stat.S_ISFIFO((tmp_path / "pipe").lstat().st_mode)
    assert left_in(tmp_path) == ["pipe"]


def test_a_link_to_a_pipe_is_refused_like_the_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    with pytest.raises(InvalidValueError, match="got the pipe"):
        write_atomically(tmp_path / "link", b"new")


def test_a_socket_is_refused_and_stays(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        with pytest.raises(InvalidValueError, match="got the socket 's'"):
            write_atomically("s", b"new")
    assert stat.S_ISSOCK(Path("s").lstat().st_mode)


def test_a_device_is_refused_and_stays(tmp_path):
    (tmp_path / "null").symlink_to("/dev/null")
    with pytest.raises(InvalidValueError, match="got the device '/dev/null'"):
        write_atomically(tmp_path / "null", b"new")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.parametrize("path", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("is_pipe", [True, False])
def test_what_is_open_already_is_refused_and_stays(path, is_pipe, tmp_path):
    if not os.path.lexists(path):
        pytest.skip(f"no {path} here")
    code = f"""
import sys
from selfcare_kit.files import write_atomically
try:
    write_atomically({path!r}, b"new")
except ValueError as error:
    print(error, file=sys.stderr)
"""
    before = os.lstat(path).st_mode
    with (tmp_path / "out").open("wb") as file:
        out = subprocess.PIPE if is_pipe else file
        done = subprocess.run([sys.executable, "-c", code], stdout=out, stderr=subprocess.PIPE, text=True, check=True)
    assert done.stderr.startswith("path must name a file, got what is open already")
    assert stat.S_IFMT(os.lstat(path).st_mode) == stat.S_IFMT(before)
    assert left_in(tmp_path) == ["out"]


def test_the_planners_notebook_is_copied_through_a_link(tmp_path):
    from selfcare_kit.jupyter import launch

    (tmp_path / "elsewhere").mkdir()
    (tmp_path / launch.COPY).symlink_to("elsewhere/mine.ipynb")
    launch.copy_planner(tmp_path)
    assert (tmp_path / launch.COPY).is_symlink()
    assert (tmp_path / "elsewhere" / "mine.ipynb").read_bytes() == launch.planner_notebook().read_bytes()


def test_a_new_file_gets_the_mode_of_any_new_file_and_an_old_one_keeps_its_own(tmp_path):
    before = os.umask(0o027)
    try:
        new = write_atomically(tmp_path / "new", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE(new.stat().st_mode) == 0o640
    new.chmod(0o604)
    assert stat.S_IMODE(write_atomically(new, b"y").stat().st_mode) == 0o604


# What dead writers left


def part_in(folder, name=".selfcare-00ff.part", hours=7):
    """Half a file as a writer leaves it that was killed so many hours ago."""
    part = folder / name
    part.write_bytes(b"half")
    os.utime(part, (time.time() - hours * 3600,) * 2)
    return part


def test_what_a_dead_writer_left_is_deleted_and_nothing_else(tmp_path):
    part_in(tmp_path)
    others = (
        ".selfcare-batch.json", "mine.part", ".mine.part", ".selfcare-notes.txt", ".selfcare-.part", ".selfcare-notes.part",
        ".selfcare-00ff.part.csv", "x.selfcare-00ff.part",
    )  # fmt: skip
    for name in others:
        part_in(tmp_path, name)
    (tmp_path / ".selfcare-0f.part").mkdir()
    os.utime(tmp_path / ".selfcare-0f.part", (0, 0))
    assert remove_leftovers(tmp_path) == 1
    assert left_in(tmp_path) == sorted((*others, ".selfcare-0f.part"))


def test_what_somebody_may_be_writing_is_left_alone(tmp_path, monkeypatch):
    real, seen = os.fsync, []

    def fsync(handle):
        code = f"from selfcare_kit.files import remove_leftovers; print(remove_leftovers({str(tmp_path)!r}))"
        seen.append(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    write_atomically(tmp_path / "r.csv", b"new")
    assert seen == ["0\n"]
    assert left_in(tmp_path) == ["r.csv"]


def test_a_part_is_left_alone_until_it_is_older_than_six_hours(tmp_path):
    part_in(tmp_path, hours=5.9)
    assert remove_leftovers(tmp_path) == 0
    part_in(tmp_path, hours=6.1)
    assert remove_leftovers(tmp_path) == 1


def test_a_part_of_a_clock_that_is_ahead_is_left_alone(tmp_path):
    part_in(tmp_path, hours=-48)
    assert remove_leftovers(tmp_path) == 0


def test_a_part_that_vanishes_under_its_writer_is_one_sentence_and_keeps_the_old_file(old, monkeypatch):
    real = os.fsync

    def fsync(handle):
        real(handle)
        for part in old.parent.glob(".selfcare-*.part"):
            part.unlink()

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(
        FileWriteError, match=r"^'r.csv' cannot be written \(.*; choose another place or name, and write"
    ):
        write_atomically(old, b"new")
    assert old.read_bytes() == b"old"


def test_a_pipe_or_a_link_with_the_name_of_a_part_holds_nobody_up(tmp_path):
    os.mkfifo(tmp_path / ".selfcare-1.part")
    os.utime(tmp_path / ".selfcare-1.part", (0, 0))
    part_in(tmp_path, "mine")
    (tmp_path / ".selfcare-2.part").symlink_to(tmp_path / "mine")
    os.utime(tmp_path / ".selfcare-2.part", (0, 0), follow_symlinks=False)
    assert remove_leftovers(tmp_path) == 0
    assert (tmp_path / "mine").read_bytes() == b"half"


def test_the_first_write_into_a_folder_clears_it_up(tmp_path):
    part_in(tmp_path)
    kit.Routine().add("ql_s2", side="left").to_csv(tmp_path / "r.csv")
    assert left_in(tmp_path) == ["r.csv"]


def test_of_two_processes_that_write_one_file_at_once_either_leaves_a_whole_one(tmp_path):
    path = tmp_path / "r.csv"
    code = f"""
import sys
from selfcare_kit.files import write_atomically
for _ in range(60):
    write_atomically({str(path)!r}, sys.argv[1].encode() * 300_000)
"""
    writers = [subprocess.Popen([sys.executable, "-c", code, letter]) for letter in "ab"]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        if path.exists():
            seen.add(path.read_bytes())
    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen | {path.read_bytes()} == {b"a" * 300_000, b"b" * 300_000}
    assert left_in(tmp_path) == ["r.csv"]


def test_a_folder_that_is_not_there_has_no_leftovers(tmp_path):
    assert remove_leftovers(tmp_path / "none") == 0
