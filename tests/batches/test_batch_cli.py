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

import openpyxl
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


@pytest.mark.slow
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


@pytest.fixture
def example(tmp_path, monkeypatch):
    """Write an example table by the shell, and return its path."""
    monkeypatch.chdir(tmp_path)

    def write(name):
        written = CliRunner().invoke(main, ["batch", "--example", name])
        assert written.exit_code == 0, written.output
        assert written.output == f"Wrote {name}; its comments explain each row.\n"
        assert names(tmp_path) == [name]
        return tmp_path / name

    return write


@pytest.fixture(scope="module")
def example_book(tmp_path_factory):
    """The example as a workbook, written and opened once for all that only look at it."""
    path = tmp_path_factory.mktemp("example") / "clients.xlsx"
    written = CliRunner().invoke(main, ["batch", "--example", str(path)])
    assert written.exit_code == 0, written.output
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize("name", ["clients.csv", "clients.xlsx", "Clients.XLSX"])
def test_the_example_that_the_shell_writes_runs_today(name, example):
    done = CliRunner().invoke(main, ["batch", str(example(name)), "--out", "out"])
    assert done.exit_code == 0, done.output
    assert "6 rows: 6 made, 0 unchanged, 0 failed" in done.output


@pytest.mark.slow
def test_the_example_workbook_gives_the_same_files_as_the_example_of_csv(example, tmp_path):
    assert kit.batch(example("clients.xlsx"), tmp_path / "out").counts["made"] == 6
    (tmp_path / "clients.xlsx").rename(tmp_path / "out" / "away.xlsx")
    (tmp_path / "out").rename(tmp_path / ".out")
    assert kit.batch(example("clients.csv"), tmp_path / ".out").counts["unchanged"] == 6


def lists_of(sheet):
    """The lists to choose from by column."""
    columns = {cell.column_letter: cell.value for cell in sheet[1]}
    rules = {
        columns[str(each.sqref).split(":")[0].rstrip("0123456789")]: each
        for each in sheet.data_validations.dataValidation
    }
    return {column: rule for column, rule in rules.items() if rule.type == "list"}


@pytest.mark.slow
def test_the_example_workbook_has_lists_to_choose_from_and_says_what_each_column_holds(example_book, guide):
    clients, words = example_book["Clients"], example_book["Words"]
    lists = lists_of(clients)
    assert lists["side"].formula1 == '"left,right,both"'
    assert lists["none_of_these"].formula1 == '"yes,no"'
    assert lists["paper"].formula1 == '"A4,Letter"'
    areas = [cell.value for (cell,) in words[lists["areas"].formula1.partition("!")[2].replace("$", "")]]
    assert areas == list(guide.records.areas)
    # Another word for yes, or two areas in a cell, is nothing that the list may refuse.
    assert {column for column, rule in lists.items() if rule.showErrorMessage} == {
        "side",
        "language",
        "paper",
        "variant",
    }
    prompts = {each.promptTitle: each.prompt for each in clients.data_validations.dataValidation}
    assert prompts == COLUMNS


@pytest.mark.slow
def test_every_word_of_the_lists_is_taken(example, tmp_path):
    book = openpyxl.load_workbook(example("clients.xlsx"))
    sheet, columns = book["Clients"], [cell.value for cell in book["Clients"][1]]
    sheet.delete_rows(2, sheet.max_row)
    chosen = {
        column: rule.formula1.strip('"').split(",") for column, rule in lists_of(sheet).items() if column != "areas"
    }
    chosen = {column: words for column, words in chosen.items() if column not in ("sensations", "kinds", "template")}
    number = 2
    for column, words in chosen.items():
        for word in words:
            cells = {**row(f"C-{number}", yes="", none_of_these="yes", kinds="html"), column: word}
            cells = {**cells, "yes": "C01" if cells["none_of_these"] == "no" else ""}
            for at, name in enumerate(columns, start=1):
                sheet.cell(number, at, cells.get(name))
            number += 1
    book.save(tmp_path / "clients.xlsx")
    summary = kit.batch(tmp_path / "clients.xlsx", tmp_path / "out")
    assert summary.counts == {"made": number - 2, "unchanged": 0, "failed": 0}, str(summary)


def test_the_words_of_the_example_workbook_are_those_of_the_guide(example_book, guide):
    words = example_book["Words"]
    listed = {(column, word): meaning for column, word, meaning in words.iter_rows(min_row=2, values_only=True)}
    assert listed["areas", "hip_side"] == guide.records.areas["hip_side"].label
    assert {word for column, word in listed if column == "yes"} == {rule.id for rule in guide.records.asked_rules}
    assert {word for column, word in listed if column == "sensations"} == set(guide.records.sensations)


def test_a_code_typed_below_the_example_stays_a_text(example_book):
    sheet = example_book["Clients"]
    assert sheet["A300"].number_format == "@"


def test_an_example_never_overwrites_a_file(example):
    path = example("clients.xlsx")
    before = path.read_bytes()
    again = CliRunner().invoke(main, ["batch", "--example", "clients.xlsx"])
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert path.read_bytes() == before


def test_an_example_that_is_no_table_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["batch", "--example", "clients.ods"])
    assert result.exit_code != 0
    assert (
        "the example table must end in .xlsx or .csv, got 'clients.ods'; name it clients.xlsx or so." in result.output
    )
    assert names(tmp_path) == []


def test_a_sheet_is_named_in_the_shell(shell, tmp_path):
    book = openpyxl.Workbook()
    for name, code in (("Monday", "C-1"), ("Tuesday", "C-2")):
        sheet = book.create_sheet(name)
        sheet.append(list(row()))
        sheet.append(list(row(code).values()))
    del book["Sheet"]
    book.save(tmp_path / "week.xlsx")
    result = CliRunner().invoke(main, ["batch", "week.xlsx", "--out", "out", "--sheet", "Tuesday"])
    assert result.exit_code == 0, result.output
    assert names(tmp_path / "out") == files_of("C-2")


# What a receptionist reads


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"none_of_these": "", "asked_on": ""}, "record the answers in none_of_these or yes, and today in asked_on."),
        ({"none_of_these": "", "yes": "C12"}, "name the client's areas in where, as in C12=foot_top."),
        (
            {"none_of_these": "", "yes": "yes"},
            "yes must name questions by their ids, got 'yes'; see the sheet Words of ",
        ),
        ({"sensations": "hurts"}, "cramp, swelling, got 'hurts'; choose one of them."),
        ({"language": "xx"}, "language must be one of de, en, es, fr, got 'xx'; choose one of them."),
        ({"none_of_these": "", "yes": "R01"}, '"Hip, front" is blocked by R01 (Possible cauda equina syndrome)'),
        ({"areas": "calf_back", "none_of_these": "", "yes": "R05"}, 'and ask "Possible pulmonary embolism"'),
        ({"asked_on": "yesterday"}, "asked_on has a wrong date, got 'yesterday'"),
        ({"areas": "nose"}, "area must be one of low_back, sacrum, tailbone, "),
    ],
)
def test_the_report_speaks_of_the_table_and_not_of_python(cells, said, shell):
    output = shell(table(row(**cells))).output
    assert said in output
    assert not re.search(r"Python|kit\.|guide\.|hip_and_leg|\(\.\.\.\)", output)


def test_the_report_names_no_question_that_the_table_does_not_hold(shell):
    output = shell(table(row(areas="foot_top:left:numb; calf_outer:left:numb"))).output
    assert 'weak dorsiflexion is "New foot drop or severe weakness".' in output
    assert not re.search(r"\b[RC][0-9]{2}\b", output)
