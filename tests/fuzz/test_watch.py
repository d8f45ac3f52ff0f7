"""The watch over the readers sees what it is there for."""

import subprocess
import sys
import time

import pytest
from watch import Reading, check_sentence

import selfcare_kit as kit


def refuse(text):
    raise kit.SelfcareError(text)


@pytest.mark.parametrize(
    ("deed", "message"),
    [
        (lambda folder: (folder.parent / "x").write_text("out"), r"did \[\('open'"),
        (lambda folder: subprocess.run([sys.executable, "-c", ""], check=True), "subprocess.Popen"),
        (lambda folder: (folder / "x").rename(folder.parent / "y"), "os.rename"),
        (lambda folder: 1 / 0, "ZeroDivisionError"),
        (lambda folder: refuse("a sentence without an end"), "without an end"),
        (lambda folder: refuse("\x1b[2J."), "x1b"),
        (lambda folder: refuse("x" * 5_000 + "."), "5001 letters"),
    ],
)
def test_a_reader_that_does_more_than_read_is_caught(deed, message, tmp_path):
    folder = tmp_path / "allowed"
    folder.mkdir()
    (folder / "x").write_text("mine")
    with pytest.raises(AssertionError, match=message):
        Reading()(lambda: deed(folder), "a case", folder=str(folder))


@pytest.mark.parametrize(
    ("limit", "action"),
    [("SECONDS_A_CASE", lambda: sum(range(2_000_000))), ("MAX_SECONDS_BY_THE_CLOCK", lambda: time.sleep(0.02))],
    ids=["works", "waits"],
)
def test_a_reader_that_takes_long_is_caught(limit, action, monkeypatch):
    monkeypatch.setattr(f"watch.{limit}", 0.01)
    with pytest.raises(AssertionError, match=r"took 0\.\d s"):
        Reading()(action, "a case")


def test_a_reader_that_keeps_much_memory_is_caught():
    reading = Reading()
    reading.check_memory()
    # The most that this process has ever had only grows: as if it had had less when the reading began.
    reading.begun_with -= 500 * 1024
    with pytest.raises(AssertionError, match="grew by"):
        reading.check_memory()


def test_what_reads_and_refuses_is_let_be(tmp_path):
    reading = Reading()
    assert reading(lambda: (tmp_path / "x").write_text("in"), "a case", folder=str(tmp_path)) == 2
    assert isinstance(reading(lambda: refuse("a sentence."), "a case"), kit.SelfcareError)
    assert (reading.read, reading.refused) == (1, 1)
    check_sentence("another one.", "a case")
