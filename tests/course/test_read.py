"""A client's visits are read from whatever files there are, and what is not read is told."""

import datetime
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st
from outcomes import outcomes

import selfcare_kit as kit
from selfcare_kit.course.example import VISITS, example_records, example_visits
from selfcare_kit.course.read import visit_from_record
from selfcare_kit.errors import FileFormatError, InvalidValueError
from selfcare_kit.export.read import plain_record

FILES = Path(__file__).parents[1] / "export" / "files"


@pytest.mark.slow
def test_six_visits_in_five_kinds_of_file_and_two_formats_are_one_course(tmp_path):
    written = example_records(tmp_path, ("json", "csv", "xlsx", "html", "pdf"))
    course = kit.read_course(tmp_path, code="C-104")
    assert {path.suffix for path in written} == {".json", ".csv", ".xlsx", ".html", ".pdf"}
    formats = {json.loads(path.read_text(encoding="utf-8"))["format"] for path in written if path.suffix == ".json"}
    assert len(formats) == 2
    assert course.unread == ()
    assert [visit.date for visit in course.visits] == [routine.date for routine in example_visits()]
    assert [visit.outcome for visit in course.visits] == [routine.outcome for routine in example_visits()]
    assert [visit.steps for visit in course.visits] == [routine.steps for routine in example_visits()]
    assert sum(len(visit.files) for visit in course.visits) == len(written)


def test_pain_is_kept_by_area_and_a_gap_stays_a_gap(course):
    assert course.areas == (("hip_side", "left"), ("low_back", "left"), ("thigh_outer", "left"))
    for index, area in enumerate(("hip_side", "low_back", "thigh_outer")):
        assert course.pains(area, "left") == tuple(visit.pains[index] for visit in VISITS)
    assert course.pains("thigh_outer", "left")[3] is None


def test_the_same_visit_in_several_kinds_counts_once_and_knows_all_that_any_of_them_knows(visit, tmp_path):
    routine = replace(visit(days_done=5, change=2, activities={"climb the stairs": 4}), screening=kit.screen())
    routine.to_html(tmp_path / "a.html")
    assert kit.read_course(tmp_path).visits[0].outcome.change is None
    for kind in ("json", "csv", "xlsx"):
        getattr(routine, f"to_{kind}")(tmp_path / f"b.{kind}")
    course = kit.read_course(tmp_path)
    assert course.unread == ()
    assert [(each.files, each.outcome) for each in course.visits] == [
        (("a.html", "b.csv", "b.json", "b.xlsx"), routine.outcome)
    ]


def test_another_title_is_the_same_visit(visit, tmp_path):
    visit().to_json(tmp_path / "a.json")
    replace(visit(), title="Hip").to_json(tmp_path / "b.json")
    course = kit.read_course(tmp_path)
    assert (len(course), course.visits[0].title, course.unread) == (1, "Hip", ())


@pytest.mark.parametrize("other", [{"pains": {"hip_side": 2}}, {"change": 1}, {"pains": {"low_back": 6}}])
def test_two_different_routines_of_one_code_and_day_are_told(other, visit, tmp_path):
    visit(change=2).to_json(tmp_path / "a.json")
    visit(**{"change": 2, **other}).to_json(tmp_path / "b.json")
    course = kit.read_course(tmp_path)
    assert [each.outcome.change for each in course.visits] == [2]
    assert course.unread == (
        ("b.json", "b.json must hold the same visit as a.json of 2026-06-01, got another one; keep one of them."),
    )


def test_what_cannot_be_read_is_told_with_its_reason(visit, tmp_path):
    visit().to_json(tmp_path / "a.json")
    visit(code=" ").to_json(tmp_path / "nobody.json")
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    (tmp_path / "cut.html").write_text("<html>")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "broken.xlsx").write_bytes(b"PK\x03\x04")
    unread = dict(kit.read_course(tmp_path, "C-104").unread)
    assert set(unread) == {"nobody.json", "notes.csv", "cut.html", "old/broken.xlsx"}
    assert unread["nobody.json"] == "nobody.json must have the client's code, got none; open it and enter the code."
    assert all(reason.endswith(".") for reason in unread.values())


def test_files_of_the_kit_that_hold_no_record_and_locks_are_no_trouble(visit, tmp_path):
    routine = visit()
    routine.to_json(tmp_path / "a.json")
    routine.to_note(tmp_path / "note_C-104_2026-06-01.txt")
    routine.to_fhir(tmp_path / "careplan_C-104_2026-06-01.json")
    (tmp_path / "~$a.xlsx").write_bytes(b"locked")
    (tmp_path / ".hidden.json").write_text("{}")
    (tmp_path / "letter.docx").write_bytes(b"a letter")
    assert kit.read_course(tmp_path).unread == ()


def test_a_guide_that_later_blocks_a_point_does_not_lose_the_past(visit, tmp_path):
    record = json.loads(visit().to_json())
    record["steps"][0] |= {"point": "gas_3", "tool": "a tool of old", "seconds": 120}
    record["steps"].append({**record["steps"][0], "step": 2, "point": "gone_9"})
    (tmp_path / "a.json").write_text(json.dumps(record))
    with pytest.raises(kit.SelfcareError):
        kit.read_routine(tmp_path / "a.json")
    course = kit.read_course(tmp_path)
    assert [step.point for step in course.visits[0].steps] == ["gas_3", "gone_9"]
    assert course.visits[0].steps[0].tool == "a tool of old"


def test_a_table_of_a_point_that_is_gone_is_read_too(visit, tmp_path):
    (tmp_path / "a.csv").write_bytes(visit().to_csv().replace("tfl_1", "gone_9").encode())
    assert kit.read_course(tmp_path).visits[0].steps[0].point == "gone_9"


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_file_of_every_format_and_kind_is_read(version, tmp_path):
    for path in FILES.glob(f"format_{version}.*"):
        shutil.copy(path, tmp_path)
    course = kit.read_course(tmp_path)
    assert (len(course), course.unread) == (1, ())
    assert len(course.visits[0].files) == 4


def test_a_file_of_a_newer_kit_is_told(visit, tmp_path):
    visit().to_json(tmp_path / "a.json")
    (tmp_path / "b.json").write_text(json.dumps({**json.loads(visit(7).to_json()), "format": 99}))
    assert "update selfcare-kit" in kit.read_course(tmp_path).unread[0].reason


def test_a_code_is_found_in_whatever_case_and_other_clients_are_left_alone(visit, tmp_path):
    visit().to_json(tmp_path / "a.json")
    visit(7, code="c-104 ").to_json(tmp_path / "b.json")
    visit(7, code="C-105").to_json(tmp_path / "c.json")
    assert len(kit.read_course(tmp_path, "C-104")) == 2
    assert kit.read_course(tmp_path, "c-105").unread == ()
    with pytest.raises(InvalidValueError, match="must be of one client where no code is given, got those of 2; say"):
        kit.read_course(tmp_path)


def test_files_may_be_named_one_by_one(visit, tmp_path):
    paths = [visit(day).to_json(tmp_path / f"{day}.json") for day in (14, 0)]
    assert [each.date.day for each in kit.read_course(paths).visits] == [1, 15]
    assert len(kit.read_course(str(paths[0]))) == 1


def test_where_no_visit_is_found_the_message_says_what_was_there(visit, tmp_path):
    visit().to_json(tmp_path / "a.json")
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    with pytest.raises(
        InvalidValueError, match=r"of 'C-999', got 1 of other clients and 1 that cannot be read \(notes.csv must"
    ):
        kit.read_course(tmp_path, "C-999")
    with pytest.raises(FileNotFoundError, match="a course is read from a folder or files"):
        kit.read_course(tmp_path / "nowhere")
    with pytest.raises(InvalidValueError, match="read from a folder or files, got 7; name one"):
        kit.read_course(7)


def test_a_file_that_leads_nowhere_is_told_and_not_waited_for(visit, tmp_path):
    visit().to_json(tmp_path / "a.json")
    (tmp_path / "gone.json").symlink_to(tmp_path / "nowhere.json")
    os.mkfifo(tmp_path / "pipe.json")
    assert [each.file for each in kit.read_course(tmp_path).unread] == ["gone.json", "pipe.json"]


def test_what_was_changed_at_each_visit_is_that_of_the_routines(course):
    before, after = example_visits()[:2]
    assert course.changes()[0] == (after.date, after.changes_since(before))
    assert [len(changes) for _, changes in course.changes()] == [1, 2, 0, 1, 0]
    assert course.visits[0].changes == ()


def test_the_order_is_that_of_the_days_and_not_of_the_names(visit, course_of):
    course = course_of(visit(28), visit(0), visit(14))
    assert [(each.date - course.visits[0].date).days for each in course.visits] == [0, 14, 28]


ATOMS = st.none() | st.booleans() | st.integers(-5, 500) | st.text(max_size=8) | st.just("2026-06-01")
KEYS = st.sampled_from(["side", "pain", "label", "date", "point"])
JUNK = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@examples(200)
@given(data=st.data())
def test_whatever_a_record_holds_it_is_a_visit_or_one_sentence(data, guide):
    record = json.loads(kit.Routine(code="C-104", date=datetime.date(2026, 6, 1)).add("tfl_1", side="left").to_json())
    for key in data.draw(st.lists(st.sampled_from(sorted(record)), max_size=3)):
        record[key] = data.draw(JUNK)
    try:
        message = f"r.json: {type(visit_from_record(record, 'r.json', guide).visit.outcome).__name__}."
    except FileFormatError as error:
        message = str(error)
    assert message.startswith("r.json")
    assert message.endswith(".")


@pytest.mark.parametrize("kind", ["csv", "json"])
@examples(60)
@given(outcome=outcomes())
def test_a_visit_is_what_was_written_whatever_was_found_at_it(kind, outcome, guide):
    complaint = guide.complaint({"hip_side": {"side": "left", "sensations": ["ache"], "pain": 6}})
    routine = kit.Routine(code="C-104", complaint=complaint, outcome=outcome).add("tfl_1", note="x, y")
    content = getattr(routine, f"to_{kind}")().encode()
    visit = visit_from_record(plain_record(content, f"r.{kind}"), f"r.{kind}", guide).visit
    assert (visit.steps, visit.complaint, visit.outcome) == (routine.steps, routine.complaint, outcome)
