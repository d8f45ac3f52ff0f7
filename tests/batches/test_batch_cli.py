"""The shell's batch: the library's words, a table at the end, and an exit code; and what is written about it."""

import csv
import datetime
import os
import pty
import re
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from click.testing import CliRunner
from clients import TODAY, files_of, names, row, table

import selfcare_kit as kit
from selfcare_kit.batches.client_request import COLUMNS
from selfcare_kit.cli import main

DOCS = Path(kit.__file__).resolve().parent.parent / "docs"
EXAMPLE = Path(kit.__file__).resolve().parent / "cli" / "examples" / "clients.csv"


@pytest.fixture
def shell(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(content, *arguments):
        Path("c.csv").write_bytes(content)
        return CliRunner().invoke(main, ["batch", "c.csv", "--out", "out", *arguments])

    return run


def test_a_table_tells_of_each_row_and_the_exit_code_of_all(shell):
    good = shell(table(row("C-1")))
    assert good.exit_code == 0
    assert good.output.splitlines() == [
        "  row  code          result     files, or what to look at",
        f"    2  C-1           made       handout_C-1_{TODAY}.html; routine_C-1_{TODAY}.csv",
        "1 row: 1 made, 0 unchanged, 0 failed",
    ]
    bad = shell(table(row("C-1"), row("C-2", areas="nose")))
    assert bad.exit_code == 1
    assert "    2  C-1           unchanged  handout_C-1" in bad.output
    assert "    3  C-2           failed     area must be one of low_back" in bad.output
    assert "Traceback" not in bad.output


def test_the_clinics_settings_go_on_every_page_and_a_draft_language_is_told_once(shell, tmp_path):
    (tmp_path / "clinic.toml").write_text('name = "Hillside Clinic"')
    rows = table(row("C-1", language="es"), row("C-2", language="es"), row("C-3"))
    result = shell(rows)
    assert result.exit_code == 0, result.output
    assert result.output.count("drafted by a machine") == 1
    for page in (tmp_path / "out").glob("*.html"):
        assert "Hillside Clinic" in page.read_text(encoding="utf-8")
    without = shell(rows, "--no-clinic")
    assert "3 made" in without.output
    assert not any("Hillside" in page.read_text(encoding="utf-8") for page in (tmp_path / "out").glob("*.html"))


def test_options_say_what_rows_leave_open(shell, tmp_path):
    result = shell(table(row()), "--kinds", "html+ics", "--paper", "Letter", "--variant", "no_figure")
    assert result.exit_code == 0, result.output
    assert names(tmp_path / "out") == [f"calendar_C-104_{TODAY}.ics", f"handout_C-104_{TODAY}.html"]
    assert "Letter" in (tmp_path / "out" / f"handout_C-104_{TODAY}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--kinds", "docx"], "file must be one of html"),
        (["--kinds", "+"], "kinds must name at least one"),
        (["--paper", "A5"], "paper must be one of A4, Letter, got 'A5'"),
    ],
)
def test_a_wrong_option_is_one_line(arguments, message, shell):
    result = shell(table(row()), *arguments)
    assert result.exit_code == 1
    assert message in result.output
    assert "Traceback" not in result.output


def test_the_number_of_jobs_is_still_taken_and_not_offered_any_more(shell):
    result = shell(table(row()), "--jobs", "2")
    assert result.exit_code == 0
    assert "--jobs does nothing any more: a batch runs in one process, which is as fast; leave it out." in result.output
    assert "1 made" in result.output
    assert "--jobs" not in shell(table(row()), "--help").output


def test_who_stops_it_is_told_how_to_go_on(shell, monkeypatch, tmp_path):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("selfcare_kit.export.kinds.FileKind.to_bytes", stop)
    result = shell(table(row()))
    assert result.exit_code == 130
    assert "Stopped. Every file is whole; run it again to go on." in result.output
    assert names(tmp_path / "out") == []


def test_a_bar_shows_the_progress_on_a_terminal_only(tmp_path):
    (tmp_path / "c.csv").write_bytes(table(row("C-1"), row("C-2")))
    command = [sys.executable, "-m", "selfcare_kit", "batch", str(tmp_path / "c.csv"), "--out", str(tmp_path / "out")]
    piped = subprocess.run(command, capture_output=True, text=True, check=True)
    assert piped.stderr == ""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    subprocess.run(command, stderr=theirs, stdout=subprocess.PIPE, check=True)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "2/2" in shown


# What is written about it


def test_the_documentation_lists_every_column_in_the_words_of_the_code():
    listed = dict(
        re.findall(r"^\| `(\w+)` \| (.+?) \|$", (DOCS / "batch.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert listed == COLUMNS


def test_the_example_runs_with_todays_date_and_says_what_each_row_shows(tmp_path):
    text = (EXAMPLE).read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert set(rows[0]) == {*COLUMNS, "comment"}
    assert all(each["comment"].endswith(".") for each in rows)
    old = kit.batch(EXAMPLE, tmp_path / "old")
    assert {each.result for each in old if each.code != "C-109"} == {"failed"}
    (tmp_path / "c.csv").write_text(text.replace("2026-11-23", datetime.date.today().isoformat()), encoding="utf-8")
    summary = kit.batch(tmp_path / "c.csv", tmp_path / "new")
    assert summary.counts == {"made": len(rows), "unchanged": 0, "failed": 0}, str(summary)
    assert set(files_of("C-104", "C-105")) <= set(names(tmp_path / "new"))


def test_the_example_that_the_shell_writes_runs_today(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    written = CliRunner().invoke(main, ["batch", "--example", "clients.csv"])
    assert written.exit_code == 0, written.output
    assert written.output == "Wrote clients.csv; its comments explain each row.\n"
    assert names(tmp_path) == ["clients.csv"]
    done = CliRunner().invoke(main, ["batch", "clients.csv", "--out", "out"])
    assert done.exit_code == 0, done.output


def test_an_example_that_is_no_csv_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["batch", "--example", "clients.ods"])
    assert result.exit_code != 0
    assert "the example table must end in .csv, got 'clients.ods'; name it clients.csv or so." in result.output
    assert names(tmp_path) == []
