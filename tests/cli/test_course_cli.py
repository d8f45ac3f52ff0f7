"""`selfcare-kit course` says what the library says."""

import pytest
from click.testing import CliRunner

import selfcare_kit as kit
from selfcare_kit.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["course", *arguments])


def test_it_prints_the_summary_and_writes_the_table(run, tmp_path):
    written = run("--example", "records")
    assert (written.exit_code, written.output) == (0, "Wrote 8 made-up records of C-104 to records.\n")
    done = run("records", "--code", "c-104", "--out", "c.csv")
    course = kit.read_course(tmp_path / "records")
    assert done.output == f"{course.summary()}\nWrote c.csv\n"
    assert (tmp_path / "c.csv").read_bytes().decode("utf-8-sig") == course.to_csv()


def test_what_could_not_be_read_goes_to_the_standard_error(run, tmp_path):
    kit.Routine(code="C-104").add("tfl_1", side="left").to_json(tmp_path / "a.json")
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    done = run(".", "--out", "-")
    assert done.stderr.startswith("! notes.csv must have the columns point, side")
    assert done.stdout.lstrip("\ufeff").startswith("code,visit,date,")


def test_an_error_is_one_sentence(run, tmp_path):
    assert run("nowhere").output.startswith("Error: a course is read from a folder or files, got 'nowhere'")
    assert "--out must end in .csv" in run(".", "--out", "c.doc").output
    assert run(".").exit_code == 1
