"""What is done is not done again; what changed is; and nothing that somebody else wrote is lost."""

import datetime
import json
import time

import pytest
from clients import TODAY, contents, files_of, names, row, table
from PIL import Image

import selfcare_kit as kit
from selfcare_kit.batches.done import FILE, DoneRows
from selfcare_kit.export import kinds

HANDOUT, RECORD = files_of("C-104")


@pytest.fixture
def made(monkeypatch):
    """Counts the files that are made."""
    names = []
    real = kinds.FileKind.to_bytes

    def to_bytes(self, routine, **options):
        names.append(f"{self.name} {routine.code}")
        return real(self, routine, **options)

    monkeypatch.setattr(kinds.FileKind, "to_bytes", to_bytes)
    return names


def stamps(folder):
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir() if path.name in names(folder)}


def test_a_second_run_makes_nothing_and_touches_nothing(run, out, made):
    run(row("C-1"), row("C-2"))
    before, count = stamps(out), len(made)
    again = run(row("C-1"), row("C-2"))
    assert again.counts == {"made": 0, "unchanged": 2, "failed": 0}
    assert stamps(out) == before
    assert len(made) == count


def test_only_a_changed_row_is_made_again(run, out, made):
    run(row("C-1"), row("C-2"))
    del made[:]
    again = run(row("C-1"), row("C-2", side="right"))
    assert [each.result for each in again] == ["unchanged", "made"]
    assert made == ["html C-2", "csv C-2"]
    assert kit.read_routine(out / files_of("C-2")[1]).complaint.areas[0].side == "right"


@pytest.mark.parametrize(
    "cells", [{"client": "Bea Test"}, {"title": "Knee"}, {"paper": "Letter"}, {"agreed_by": "AB"}, {"count": "2"}]
)
def test_whatever_changes_in_a_row_makes_it_new(cells, run):
    run(row())
    assert run(row(**cells)).counts["made"] == 1


def test_order_blank_rows_and_columns_of_ones_own_make_nothing_new(run):
    run(row("C-1"), row("C-2"))
    content = table({}, row("C-2", mine="x"), row("C-1"), columns=("mine", *row()), delimiter=";")
    assert run(content=content).counts["unchanged"] == 2


def test_a_change_and_its_taking_back_are_both_made(run, out):
    run(row(title="First"))
    run(row(title="Second"))
    assert run(row(title="First")).counts["made"] == 1
    assert b"First" in (out / RECORD).read_bytes()
    assert names(out) == files_of("C-104")


@pytest.mark.parametrize("change", [{"kinds": ["html", "csv", "json"]}, {"paper": "Letter"}, {"variant": "large"}])
def test_another_wish_of_the_call_is_done(change, run):
    run(row())
    assert run(row(), **change).counts["made"] == 1
    assert run(row(), **change).counts["unchanged"] == 1


def test_what_the_clinics_file_holds_and_its_logo_count(run, tmp_path):
    settings, logo = tmp_path / "clinic.toml", tmp_path / "logo.png"
    for text, colour, result in (
        ("a", "red", "made"), ("a", "red", "unchanged"), ("b", "red", "made"), ("b", "blue", "made"),
    ):  # fmt: skip
        settings.write_text(f'name = "{text}"\nlogo = "logo.png"')
        Image.new("RGB", (4, 4), colour).save(logo)
        assert run(row(), clinic=settings).rows[0].result == result


def test_a_new_version_of_the_kit_or_another_rule_of_the_guide_makes_all_new(run, monkeypatch, guide, tmp_path):
    import shutil

    own = tmp_path / "own"
    shutil.copytree(guide.folder, own)
    run(row(), guide=kit.load_guide(own))
    assert run(row(), guide=kit.load_guide(own)).counts["unchanged"] == 1
    rules = own / "text" / "en.csv"
    before = rules.read_text(encoding="utf-8")
    assert "Keep it off" in before
    rules.write_text(before.replace("Keep it off", "Keep all off"), encoding="utf-8")
    assert run(row(), guide=kit.load_guide(own)).counts["made"] == 1
    monkeypatch.setattr("selfcare_kit.batches.done.__version__", "99")
    assert run(row(), guide=kit.load_guide(own)).counts["made"] == 1


@pytest.fixture
def tomorrow(monkeypatch):
    """Sets the clock of this process a day on, by a time zone that is a day ahead."""

    def set_clock():
        monkeypatch.setenv("TZ", "DAY-24")
        time.tzset()

    yield set_clock
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the clock of a process cannot be set on this system")
def test_a_new_day_needs_new_answers_and_leaves_the_files_of_the_day_before(run, out, tomorrow):
    run(row())
    before = contents(out)
    tomorrow()
    summary = run(row())
    assert "needs a screening of today" in summary.rows[0].reason
    assert {name: contents(out)[name] for name in names(out)} == {name: before[name] for name in (HANDOUT, RECORD)}
    asked_again = run(row(asked_on=datetime.date.today().isoformat()))
    assert asked_again.counts["made"] == 1
    assert names(out) == sorted([*files_of("C-104"), *files_of("C-104", day=datetime.date.today())])


@pytest.mark.parametrize("harm", ["deleted", "emptied", "cut", "changed"])
@pytest.mark.parametrize("name", [HANDOUT, RECORD])
def test_a_file_that_is_not_whole_is_made_again(harm, name, run, out):
    run(row())
    before = contents(out)
    path = out / name
    harmed = {"emptied": b"", "cut": before[name][:-100], "changed": before[name] + b"mine"}.get(harm)
    if harmed is None:
        path.unlink()
    else:
        path.write_bytes(harmed)
    (result,) = run(row())
    assert result.result == "made"
    assert path.read_bytes() == before[name]
    if harmed is not None:
        kept = out / f"{path.stem}_kept_1{path.suffix}"
        assert kept.read_bytes() == harmed
        assert f"Another file was at {name}; it is kept as {kept.name}." in result.reason
    assert run(row()).counts["unchanged"] == 1


def test_what_somebody_else_had_there_is_never_lost(run, out):
    out.mkdir()
    (out / RECORD).write_text("edited by hand")
    (out / f"routine_C-104_{TODAY}_kept_1.csv").write_text("kept before")
    (out / HANDOUT).mkdir()
    run(row())
    assert (out / f"routine_C-104_{TODAY}_kept_1.csv").read_text() == "kept before"
    assert (out / f"routine_C-104_{TODAY}_kept_2.csv").read_text() == "edited by hand"
    assert (out / f"handout_C-104_{TODAY}_kept_1.html").is_dir()


def test_what_an_earlier_run_wrote_is_replaced_without_keeping_it(run, out):
    run(row(title="First"))
    assert run(row(title="Second")).rows[0].reason == ""
    assert names(out) == files_of("C-104")


# Answers that changed


def test_a_handout_made_under_other_answers_is_taken_back(run, out):
    run(row(kinds="html+csv+ics"))
    summary = run(row(none_of_these="", yes="R01"))
    (reason,) = [each.reason for each in summary]
    assert "R01: Stop. Send the client to an emergency department now" in reason
    assert f"An earlier {HANDOUT} was deleted. An earlier calendar_C-104_{TODAY}.ics was deleted." in reason
    assert names(out) == [RECORD]


def test_a_handout_that_somebody_else_put_there_is_told_and_left(run, out):
    out.mkdir()
    (out / HANDOUT).write_text("from the planner")
    summary = run(row(none_of_these="", yes="R01"))
    assert f"Do not hand out the older file {HANDOUT}." in summary.rows[0].reason
    assert names(out) == [HANDOUT]


def test_a_second_row_of_a_code_takes_nothing_back(run, out):
    run(row())
    run(row(), row(none_of_these="", yes="R01"))
    assert names(out) == files_of("C-104")


# The list of what is done


def test_the_list_holds_nothing_of_a_client_and_no_time(run, out):
    run(row(title="Secret title"))
    content = (out / FILE).read_text()
    assert set(json.loads(content)) == {"format", "day", "rows"}
    for word in ("Ada", "Secret", "C-104", "hip", "html"):
        assert word not in content


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"format":1}', b'{"format":2,"day":"x","rows":{}}', b"\xff\xfe", b"[" * 100_000,
     b'{"format":1,"day":"DAY","rows":[1]}', b'{"format":1,"day":"DAY","rows":{"a":{"b":1}}}'],
)  # fmt: skip
def test_a_list_that_is_damaged_only_means_more_work(content, run, out):
    run(row())
    before = stamps(out)
    (out / FILE).write_bytes(content.replace(b"DAY", TODAY.encode()))
    assert run(row()).counts["made"] == 1
    assert stamps(out) == before
    assert run(row()).counts["unchanged"] == 1


def test_a_list_cannot_lead_out_of_the_folder_or_call_a_foreign_file_done(run, out):
    run(row())
    forged = json.loads((out / FILE).read_text())
    forged["rows"] = dict.fromkeys(forged["rows"], "../../x 00")
    (out / FILE).write_text(json.dumps(forged))
    assert run(row()).counts["made"] == 1


def test_saving_the_list_takes_little_of_the_time(tmp_path, monkeypatch):
    done = DoneRows(tmp_path, datetime.date.today(), {f"{n:032}": f"{n:032} {n:032}" for n in range(20_000)})
    saves = []
    monkeypatch.setattr(
        "selfcare_kit.batches.done.write_atomically", lambda path, content, **how: saves.append(len(content))
    )
    for number in range(2_000):
        done.add(f"new {number}", ("a", "b"))
    assert len(saves) <= 2


def test_a_list_that_cannot_be_saved_fails_nothing(run, out, monkeypatch):
    from selfcare_kit.errors import FileWriteError

    def full(path, content, **how):
        raise FileWriteError("the disk is full.")

    monkeypatch.setattr("selfcare_kit.batches.done.write_atomically", full)
    assert run(row()).counts["made"] == 1
    assert run(row()).counts["made"] == 1
    assert sorted(path.name for path in out.iterdir()) == files_of("C-104")


# One process


def test_the_number_of_jobs_is_still_taken_changes_nothing_and_says_so(run, out):
    rows = [row("C-1"), row("C-2", side="right"), row("C-3", areas="nose")]
    with pytest.warns(DeprecationWarning, match=r"^jobs does nothing any more: .*; leave it out\.$"):
        first = run(*rows, jobs=4)
    before = contents(out)
    again = run(*rows)
    assert [each.result for each in (*first, *again)] == ["made", "made", "failed", "unchanged", "unchanged", "failed"]
    assert contents(out) == before


def test_what_lies_beside_the_table_is_not_run(run, tmp_path, monkeypatch):
    for name in ("csv.py", "pickle.py", "selfcare_kit.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    assert run(row("C-1"), row("C-2")).counts["made"] == 2
    assert not (tmp_path / "ran").exists()


# What lies there from an earlier run, when the row now says something else


def urgent(**cells):
    return row(none_of_these="", yes="R05", **cells)


def handout(out, suffix=""):
    return out / f"handout_C-104_{TODAY}{suffix}.html"


def test_a_handout_under_answers_that_no_longer_hold_is_taken_back_when_only_records_are_wanted(run, out):
    run(row())
    result = run(urgent(kinds="csv")).rows[0]
    assert result.result == "made"
    assert result.reason == f"An earlier {handout(out).name} was deleted."
    assert not handout(out).exists()


def test_a_refused_handout_names_its_kept_copies(run, out):
    run(row())
    handout(out).write_text("changed by hand", encoding="utf-8")
    run(row())
    reason = run(urgent()).rows[0].reason
    assert f"An earlier {handout(out).name} was deleted." in reason
    assert f"Do not hand out the older file {handout(out, '_kept_1').name}." in reason
    assert handout(out, "_kept_1").read_text(encoding="utf-8") == "changed by hand"


@pytest.mark.parametrize("cells", [{"title": "Hip of Ada Test"}, {"areas": "nose"}, {"paper": "A7"}, {"kinds": "docx"}])
def test_a_slip_in_a_row_keeps_its_handout_and_says_not_to_hand_it_out(cells, run, out):
    run(row())
    result = run(row(**cells)).rows[0]
    assert (result.result, result.code) == ("failed", "C-104")
    assert f"Do not hand out the older file {handout(out).name}." in result.reason
    assert handout(out).exists()


def test_a_row_with_too_few_cells_still_tells_of_its_handout(run, out):
    run(row())
    header = ",".join(row())
    result = run(content=f"{header}\nC-104,Ada Test\n".encode()).rows[0]
    assert f"Do not hand out the older file {handout(out).name}" in result.reason


@pytest.mark.parametrize("options", [{"language": "sp"}, {"paper": "a4"}, {"variant": "pink"}, {"clinic": 5}])
def test_an_option_that_is_wrong_for_all_is_told_before_any_row(options, run, out):
    run(row())
    with pytest.raises(kit.SelfcareError):
        run(row(), **options)
    assert handout(out).exists()


def test_a_second_row_of_a_code_leaves_the_handout_of_the_first(run, out):
    summary = run(row(), urgent())
    assert [each.result for each in summary] == ["made", "failed"]
    assert handout(out).exists()


# Several tables in one folder


@pytest.mark.parametrize(
    ("first", "second"),
    [("morning.csv", "evening.csv"), ("a/clients.csv", "b/clients.csv"), ("clients.csv", "clients.txt")],
)
def test_a_second_table_does_not_replace_the_files_of_the_first(first, second, tmp_path, out):
    paths = [tmp_path / first, tmp_path / second]
    for path, title in zip(paths, ("Morning", "Evening"), strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(table(row("C-104", title=title), row(f"C-{title}")))
    assert kit.batch(paths[0], out).counts["made"] == 2
    before = contents(out)
    clash, other = kit.batch(paths[1], out)
    assert (clash.result, other.result) == ("failed", "made")
    assert clash.reason == (
        "the files of a code must be made from one table, got 'C-104' once more, of which another table made other files "
        "here today; choose another folder, or delete those files if this row is the right one."
    )
    assert {name: (out / name).read_bytes() for name in before if not name.startswith(".")} == {
        name: content for name, content in before.items() if not name.startswith(".")
    }
    assert kit.batch(paths[0], out).counts == {"made": 0, "unchanged": 2, "failed": 0}


def test_the_same_row_in_two_tables_is_done_once(tmp_path, out):
    for name in ("morning.csv", "evening.csv"):
        (tmp_path / name).write_bytes(table(row()))
    assert kit.batch(tmp_path / "morning.csv", out).counts["made"] == 1
    assert kit.batch(tmp_path / "evening.csv", out).counts["unchanged"] == 1


def test_a_row_of_another_table_is_made_when_the_files_of_the_first_are_deleted(tmp_path, out):
    for name, title in (("morning.csv", "Morning"), ("evening.csv", "Evening")):
        (tmp_path / name).write_bytes(table(row(title=title)))
        kit.batch(tmp_path / name, out)
    for name in names(out):
        (out / name).unlink()
    assert kit.batch(tmp_path / "evening.csv", out).counts["made"] == 1
    assert b"Evening" in (out / f"routine_C-104_{TODAY}.csv").read_bytes()


def test_a_table_that_was_changed_replaces_its_own_files(tmp_path, out):
    for title in ("First", "Second"):
        (tmp_path / "clients.csv").write_bytes(table(row(title=title)))
        assert kit.batch(tmp_path / "clients.csv", out).counts["made"] == 1


def test_answers_in_a_second_table_that_refuse_a_page_take_back_that_of_the_first(tmp_path, out):
    (tmp_path / "morning.csv").write_bytes(table(row()))
    (tmp_path / "evening.csv").write_bytes(table(row(none_of_these="", yes="R01")))
    kit.batch(tmp_path / "morning.csv", out)
    (refused,) = kit.batch(tmp_path / "evening.csv", out)
    assert f"An earlier handout_C-104_{TODAY}.html was deleted." in refused.reason


def test_the_name_of_a_table_is_not_in_the_list(tmp_path, out):
    (tmp_path / "Ada Test.csv").write_bytes(table(row(client="")))
    kit.batch(tmp_path / "Ada Test.csv", out)
    assert b"Ada" not in (out / FILE).read_bytes()
