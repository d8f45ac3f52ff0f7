"""Files of every format this kit ever wrote are read, and only those."""

import csv
import datetime
import io
from dataclasses import replace
from pathlib import Path

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import BlockedError, FileFormatError
from selfcare_kit.export.record import migrate
from selfcare_kit.export.record.record import plan_from_record, routine_to_record
from selfcare_kit.model.outcome import Activity, DiaryDay, Outcome, Score
from selfcare_kit.model.step import Step
from selfcare_kit.plan.dosing import brought_up_to_date
from selfcare_kit.routine import routine_from_bytes
from selfcare_kit.safety.verdict import Judge

FILES = Path(__file__).parent / "files"
DAY = datetime.date(2026, 11, 23)
# What the files of format 3 hold.
FOUND = Outcome(
    days_planned=7,
    days_done=5,
    change=-2,
    helped=(("tfl_1", "left"), ("piri_1", "left")),
    sore=(("vl_4", "left"),),
    diary=(
        DiaryDay(datetime.date(2026, 11, 10), done=True, pain=6),
        DiaryDay(datetime.date(2026, 11, 12), done=False),
        DiaryDay(datetime.date(2026, 11, 14), pain=0),
    ),
    activities=(Activity("=climb the stairs; größer", 4), Activity("sleep on my left side")),
    scores=(Score("Our leg score", 12.5, "lower"), Score("Steps a day", 4000, "higher")),
)


def written(guide):
    """What the committed files hold, as it was when they were written: some of it is not allowed any more."""
    screening = kit.screen(yes=["R18", "C12"], where={"C12": ["foot_top"]}, agreed_by="AB", date=DAY)
    complaint = {
        "hip_side": {"side": "left", "sensations": ["ache"], "pain": 6},
        "foot_top": {"side": "both", "sensations": ["tingling"]},
    }
    how = {"tool": "massage_ball", "position": "wall_standing"}
    piri = {"seconds": 45, "pressure": 4, "note": "after a warm shower,\nthen rest"}
    steps = (
        Step("gmed_2", "left", note="=not a formula", **how),
        Step("piri_1", "both", **piri, **how),
        Step("ql_s2", "right", seconds=90, mode="sweep", every_days_min=3, every_days_max=4, **how),
    )
    complete = (replace(step, muscle=guide.point(step.point).muscle) for step in steps)
    return tuple(complete), guide.complaint(complaint), screening


@pytest.mark.parametrize("kind", ["html", "csv", "json", "xlsx"])
def test_a_file_of_format_1_is_read_as_far_as_todays_rules_allow(kind, guide):
    read = kit.read_routine(FILES / f"format_1.{kind}")
    steps, complaint, screening = written(guide)
    allowed, told = brought_up_to_date(steps, Judge.of(guide, complaint, screening))
    assert (read.title, read.code, read.date) == ('Hip, "outer" leg; größer', "C-104", DAY)
    assert (read.complaint, read.steps, read.changed_on_reading) == (complaint, allowed, told)
    assert [step.key for step in read.steps] == [step.key for step in steps]
    assert (read.screening.yes, read.screening.where, read.screening.date) == (screening.yes, screening.where, DAY)
    assert read.guide_version != guide.version


@pytest.mark.parametrize("kind", ["html", "csv", "json", "xlsx"])
def test_a_file_of_format_2_is_read_with_what_was_agreed_set_aside_and_confirmed(kind):
    read = kit.read_routine(FILES / f"format_2.{kind}")
    agreed = {"R18": "pulses good, both feet; AB"}
    screening = kit.screen(
        ["R18", "C12"],
        {"C12": ["foot_top"]},
        # Questions that came later were not asked then.
        asked=read.screening.asked,
        agreed=agreed,
        not_relevant=["C07"],
        date=read.screening.date,
    )
    assert len(screening.asked) == 53
    assert (read.screening, read.sides_confirmed) == (screening, ("sol_1 right",))
    assert [(step.key, step.seconds, step.note) for step in read.steps] == [
        (("gas_1", "left"), 60, "=not a formula"),
        (("sol_1", "both"), 45, "after a warm shower,\nthen rest"),
    ]
    assert [str(each) for each in read.sides_meant] == [
        "sol_1 is worked on the right side, and what it can explain hurts on the left"
    ]


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("kind", ["html", "csv", "json", "xlsx"])
def test_what_an_earlier_format_could_not_hold_was_not_asked(kind, version):
    assert kit.read_routine(FILES / f"format_{version}.{kind}").outcome.is_empty


def test_a_column_of_somebodys_own_in_an_earlier_table_stays_theirs():
    rows = list(csv.reader(io.StringIO((FILES / "format_2.csv").read_text(encoding="utf-8-sig"), newline="")))
    out = io.StringIO(newline="")
    more = (["change", "diary"], *([f"step {number}", "no"] for number in range(1, len(rows))))
    csv.writer(out).writerows([*row, *cells] for row, cells in zip(rows, more, strict=True))
    assert routine_from_bytes(out.getvalue().encode(), "r.csv") == kit.read_routine(FILES / "format_2.csv")


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_file_of_format_3_is_read_with_what_was_found_at_the_visit(kind):
    read = kit.read_routine(FILES / f"format_3.{kind}")
    assert (read.code, read.title, read.date) == ("C-104", "Hip and outer leg", DAY)
    assert read.outcome == FOUND


def test_the_handout_of_a_visit_holds_the_clients_activities_and_nothing_else_that_was_said():
    read = kit.read_routine(FILES / "format_3.html")
    assert read.outcome == Outcome(activities=FOUND.activities)
    other = kit.read_routine(FILES / "format_3.json")
    assert replace(read, outcome=FOUND) == other


def test_what_an_older_file_had_and_todays_rules_do_not_allow_is_told_as_a_hint(guide, five_steps):
    record = {**routine_to_record(five_steps), "guide_version": "0.9"}
    record["steps"][1]["tool"] = "opposite_knee"
    record["steps"][4] |= {"position": "floor_lying", "pressure": 7}
    read = plan_from_record(record, "r.json")
    assert read.steps[4].position == "wall_standing"
    assert any("position from lying on the floor to standing at a wall" in hint for hint in read.hints)
    assert read.steps[0] == five_steps.steps[0]


def test_the_same_file_of_todays_guide_is_refused(five_steps):
    record = routine_to_record(five_steps)
    record["steps"][4]["position"] = "floor_lying"
    with pytest.raises(BlockedError, match="the position floor_lying is blocked"):
        plan_from_record(record, "r.json")


def test_every_format_has_files_of_every_kind():
    for version in range(1, migrate.FORMAT + 1):
        assert {path.suffix for path in FILES.glob(f"format_{version}.*")} == {".html", ".csv", ".json", ".xlsx"}


def test_every_earlier_format_has_a_way_to_the_next():
    assert set(migrate.MIGRATIONS) == set(range(1, migrate.FORMAT))


def test_an_earlier_format_is_brought_up_to_date_step_by_step(monkeypatch, five_steps):
    def rename(record):
        return {**{name: value for name, value in record.items() if name != "heading"}, "title": record["heading"]}

    monkeypatch.setattr(migrate, "FORMAT", 5)
    to_next = {3: lambda record: {**record, "code": "C-1"}, 4: rename}
    monkeypatch.setattr(migrate, "MIGRATIONS", {**migrate.MIGRATIONS, **to_next})
    record = routine_to_record(five_steps)
    old = {**record, "format": 1, "heading": record.pop("title")}
    read = plan_from_record(old, "r.json")
    assert (read.title, read.code, read.steps) == (five_steps.title, "C-1", five_steps.steps)
    assert old["format"] == 1


@pytest.mark.parametrize("version", [0, 4, -1, True, "1", None, 1.0])
def test_an_unknown_format_is_refused(version, five_steps):
    record = {**routine_to_record(five_steps), "format": version}
    with pytest.raises(FileFormatError, match=r"must be of format 3 or earlier, got .*; update selfcare-kit"):
        plan_from_record(record, "r.json")
