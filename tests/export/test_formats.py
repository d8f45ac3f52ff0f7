"""Files of every format this kit ever wrote are read, and only those."""

import datetime
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import FileFormatError
from selfcare_kit.export import migrate
from selfcare_kit.export.record import routine_from_record, routine_to_record

FILES = Path(__file__).parent / "files"
DAY = datetime.date(2026, 11, 23)


@pytest.fixture
def format_1():
    """What the committed files of format 1 hold."""
    screening = kit.screen(yes=["R18", "C12"], where={"C12": ["foot_top"]}, agreed_by="AB", date=DAY)
    complaint = {
        "hip_side": {"side": "left", "sensations": ["ache"], "pain": 6},
        "foot_top": {"side": "both", "sensations": ["tingling"]},
    }
    made = kit.Routine(
        title='Hip, "outer" leg; größer', code="C-104", date=DAY, screening=screening,
        complaint=kit.suggest(complaint, side="left").complaint,
    )  # fmt: skip
    made = made.add("gmed_2", side="left", note="=not a formula")
    made = made.add("piri_1", side="both", seconds=45, pressure=4, note="after a warm shower,\nthen rest")
    return made.add("ql_s2", side="right", seconds=90, mode="sweep", every_days_min=3, every_days_max=4)


@pytest.mark.parametrize("kind", ["html", "csv", "json", "xlsx"])
def test_a_file_of_format_1_is_read(kind, format_1):
    assert kit.read_routine(FILES / f"format_1.{kind}") == format_1


def test_every_format_has_files_of_every_kind():
    for version in range(1, migrate.FORMAT + 1):
        assert {path.suffix for path in FILES.glob(f"format_{version}.*")} == {".html", ".csv", ".json", ".xlsx"}


def test_every_earlier_format_has_a_way_to_the_next():
    assert set(migrate.MIGRATIONS) == set(range(1, migrate.FORMAT))


def test_an_earlier_format_is_brought_up_to_date_step_by_step(monkeypatch, five_steps):
    def rename(record):
        return {**{name: value for name, value in record.items() if name != "heading"}, "title": record["heading"]}

    monkeypatch.setattr(migrate, "FORMAT", 3)
    monkeypatch.setattr(migrate, "MIGRATIONS", {1: lambda record: {**record, "code": "C-1"}, 2: rename})
    record = routine_to_record(five_steps)
    old = {**record, "format": 1, "heading": record.pop("title")}
    read = routine_from_record(old, "r.json")
    assert (read.title, read.code, read.steps) == (five_steps.title, "C-1", five_steps.steps)
    assert old["format"] == 1


@pytest.mark.parametrize("version", [0, 2, -1, True, "1", None, 1.0])
def test_an_unknown_format_is_refused(version, five_steps):
    record = {**routine_to_record(five_steps), "format": version}
    with pytest.raises(FileFormatError, match=r"must be of format 1 or earlier, got .*; update selfcare-kit"):
        routine_from_record(record, "r.json")
