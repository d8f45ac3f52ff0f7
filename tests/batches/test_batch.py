"""Many clients at once: a row is what one call of the library would be, and a bad row keeps no other."""

import datetime

import pytest
from clients import TODAY, files_of, names, row, table

import selfcare_kit as kit
from selfcare_kit.batches.done import DoneRows
from selfcare_kit.batches.work import Batch
from selfcare_kit.errors import FileFormatError, InvalidValueError, MissingExtraError

YESTERDAY = (datetime.date.today() - datetime.timedelta(days=1)).isoformat()


def reason(summary, number=2):
    (found,) = [each for each in summary if each.row == number]
    assert found.result == "failed"
    assert found.files == ()
    return found.reason


def test_each_row_gets_a_handout_and_a_record(run, out):
    summary = run(row("C-104"), row("C-105", side="right"))
    assert names(out) == files_of("C-104", "C-105")
    assert summary.counts == {"made": 2, "unchanged": 0, "failed": 0}
    assert [(each.row, each.code, each.files) for each in summary] == [
        (2, "C-104", tuple(files_of("C-104"))),
        (3, "C-105", tuple(files_of("C-105"))),
    ]


def test_a_row_is_what_the_library_makes_of_the_same_words(run, out):
    run(
        row(
            areas="hip_side:left:ache:6; top of the foot:right:numb+tingling", sensations="", side="",
            none_of_these="", yes="C01;C12", where="C12=heel; C12=big_toe", agreed_by="AB", count="3",
        )
    )  # fmt: skip
    screening = kit.screen(yes=["C01", "C12"], where={"C12": ["heel", "big_toe"]}, agreed_by="AB")
    complaint = {
        "hip_side": {"side": "left", "sensations": ["ache"], "pain": 6},
        "foot_top": {"side": "right", "sensations": ["numb", "tingling"]},
    }
    found = kit.suggest(complaint, side="left", screening=screening)
    expected = kit.Routine.from_suggestions(found.top(3), title="Hip", code="C-104")
    assert kit.read_routine(out / f"routine_C-104_{TODAY}.csv") == expected
    page = (out / f"handout_C-104_{TODAY}.html").read_bytes()
    assert page == expected.to_html(client="Ada Test").encode()


def test_a_row_can_have_its_own_options_and_kinds(run, out):
    run(row(kinds="html + json;note", paper="Letter", variant="large"), paper="A4")
    assert names(out) == [f"handout_C-104_{TODAY}.html", f"note_C-104_{TODAY}.txt", f"routine_C-104_{TODAY}.json"]
    made = kit.read_routine(out / f"routine_C-104_{TODAY}.json")
    page = made.to_html(client="Ada Test", paper="Letter", variant="large")
    assert (out / f"handout_C-104_{TODAY}.html").read_bytes() == page.encode()


def test_kinds_and_options_of_the_call_hold_where_a_row_says_nothing(run, out):
    run(row(), kinds=["ics", "html"], variant="no_figure")
    assert names(out) == [f"calendar_C-104_{TODAY}.ics", f"handout_C-104_{TODAY}.html"]
    assert b"data-view" not in (out / f"handout_C-104_{TODAY}.html").read_bytes()


def test_a_template_row_gets_the_guides_own_sequence(run, out):
    run(row(template="yes", areas="", side="", sensations="", title=""))
    made = kit.read_routine(out / f"routine_C-104_{TODAY}.csv")
    assert made.steps == kit.template().steps
    assert made.title == kit.template().title


def test_the_guides_own_sequence_is_for_the_side_of_the_row_or_else_of_its_areas(run, out):
    felt = {"template": "yes", "areas": "foot_top:Right", "side": ""}
    run(
        row("C-1", **felt),
        row("C-2", **{**felt, "side": "Left", "confirm_sides": "Yes"}),
        row("C-3", **{**felt, "areas": "foot_top:right;heel:left"}),
    )
    sides = [{step.side for step in kit.read_routine(out / f"routine_C-{n}_{TODAY}.csv").steps} for n in (1, 2, 3)]
    assert sides == [{"right"}, {"left"}, {"left", "right", "both"}]


@pytest.mark.parametrize("between", ["; ", ", ", " | ", "\n"])
def test_what_was_ruled_out_stands_for_each_finding_of_the_row(between, run, out):
    said = between.join(("R18=pulses good; ABI=1.0; AB", "r19 = no fever, AB"))
    made, open_one = run(
        row("C-1", none_of_these="", yes="R18;R19", agreed=said),
        row("C-2", none_of_these="", yes="R18;R19", agreed="R18=pulses good, AB"),
    )
    assert made.result == "made", made.reason
    assert kit.read_routine(out / f"routine_C-1_{TODAY}.csv").screening.agreed == (
        ("R18", "pulses good; ABI=1.0; AB"),
        ("R19", "no fever, AB"),
    )
    assert open_one.result == "failed"
    assert "R19" in open_one.reason


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"agreed": "AB"}, "agreed must look like R18=pulses good; AB, got 'AB'; write it so."),
        ({"agreed": "R18=no"}, "what was ruled out for R18 must be a few words"),
        ({"agreed": "R18=a, AB; R18=b, AB"}, "agreed must name each finding once, got 'R18' twice"),
        ({"agreed": "R18=a, AB", "yes": ""}, "agreed is about an answer, got 'R18=a, AB' without one; name it in yes."),
    ],
)
def test_what_was_ruled_out_is_refused_in_one_sentence(cells, message, run):
    assert message in run(row(**{"none_of_these": "", "yes": "R18", **cells})).rows[0].reason


def test_words_of_an_area_are_read_in_upper_case_like_those_of_the_columns(run, out):
    run(
        row("C-1", areas="hip_side:Left:Ache+NUMB:6", side="", sensations=""),
        row("C-2", side="LEFT", sensations="Ache"),
    )
    felt = [kit.read_routine(out / f"routine_C-{n}_{TODAY}.csv").complaint.to_dict()["hip_side"] for n in (1, 2)]
    assert felt == [
        {"side": "left", "sensations": ["ache", "numb"], "pain": 6},
        {"side": "left", "sensations": ["ache"], "pain": None},
    ]


def test_an_empty_language_of_the_call_is_the_guides_own(run, out):
    assert run(row(), language="").counts["made"] == 1
    assert '<html lang="en"' in (out / f"handout_C-104_{TODAY}.html").read_text(encoding="utf-8")


def test_a_place_on_the_midline_needs_no_side(run, out):
    run(row(areas="sacrum", side=""))
    assert kit.read_routine(out / f"routine_C-104_{TODAY}.csv").complaint.areas[0].side == "midline"


def test_what_the_complaint_asks_to_rule_out_is_told_with_the_row(run):
    summary = run(row(sensations="burning", areas="thigh_outer"))
    burning, nerve = summary.rows[0].alerts
    assert burning.startswith("caution: Burning can come from a nerve")
    assert nerve.startswith("caution: ")
    assert run(row(sensations="burning", areas="thigh_outer")).rows[0].alerts == summary.rows[0].alerts


def test_a_row_that_fails_keeps_no_other(run, out):
    summary = run(row("C-1"), row("C-2", areas="nose"), row("C-3"))
    assert [each.result for each in summary] == ["made", "failed", "made"]
    assert "area must be one of low_back" in reason(summary, 3)
    assert names(out) == files_of("C-1", "C-3")


def test_a_row_whose_last_file_is_refused_gets_none_of_them(run, out):
    summary = run(row(kinds="csv+html", asked_on=YESTERDAY))
    assert "needs a screening of today" in reason(summary)
    assert names(out) == []


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"none_of_these": ""}, "a client's page needs a screening of today, got none"),
        ({"asked_on": ""}, "asked_on must be the day the safety questions were asked, got none; write it as 2026-11-23."),
        ({"asked_on": YESTERDAY}, f"needs a screening of today .*, got one of {YESTERDAY}"),
        ({"asked_on": "03/04/2026"}, "column 'asked_on' must name one day, got '03/04/2026'"),
        ({"asked_on": "today"}, "has a wrong date"),
        ({"none_of_these": "no"}, "yes must name what applies when none_of_these is no, got none; name it."),
        ({"none_of_these": "ne"}, "none_of_these must be yes, no or empty, got 'ne'; correct it."),
        ({"yes": "C01"}, "none_of_these and yes exclude each other, got yes and 'C01'; empty one of them."),
        ({"none_of_these": "", "yes": "R01"}, "R01: Stop. Send the client to an emergency department now"),
        ({"none_of_these": "", "yes": "R05", "areas": "low_back"}, "the safety answers say urgent, got R05"),
        ({"none_of_these": "", "yes": "R19", "areas": "low_back"}, "a clinician has to look .*R19.*agreed_by"),
        ({"none_of_these": "", "yes": "R99"}, "yes must name questions by their ids, got 'R99'"),
        ({"none_of_these": "", "yes": "C12"}, "C12 .* needs the areas it is about, got none"),
        ({"where": "C12"}, "where must look like C12=foot_top, got 'C12'; write it so."),
        ({"where": "C12=heel"}, "where names areas of an answer that is yes, got 'C12', which is not"),
        ({"agreed_by": "none"}, "agreed_by must be the initials of the clinician who looked"),
        ({"side": ""}, "the side of hip_side must be left, right or both, got none"),
        ({"side": "links"}, "side must be one of left, right, both, midline, got 'links'"),
        ({"areas": "", "sensations": ""}, "areas must say where it hurts, got none; name an area, or write yes as template."),
        ({"areas": "", "sensations": "weak"}, "sensations must be of an area, got 'weak' without one; name where in areas."),
        ({"areas": "", "sensations": "weak", "template": "yes"}, "sensations must be of an area, got 'weak' without one"),
        ({"areas": "hip_side; hip_side:right"}, "each area is named once, got hip_side twice; write hip_side:both"),
        ({"areas": "hip_side:left:ache:11"}, "an area must look like foot_top:left:numb"),
        ({"areas": "hip_side:left:ache:6:7"}, "an area must look like foot_top:left:numb"),
        ({"sensations": "sore"}, "sensation must be one of ache"),
        ({"sensations": "weak"}, "a clinician has to look before this routine goes to the client, got weak"),
        ({"areas": "tailbone", "sensations": "numb"}, "the safety answers say emergency"),
        ({"areas": "thigh_inner", "count": "0"}, "count must be a whole number from 1 to 50, got 0"),
        ({"count": "many"}, "count must be a whole number from 1 to 50, got 'many'"),
        ({"template": "maybe"}, "template must be yes, no or empty, got 'maybe'; correct it."),
        ({"kinds": "docx"}, "file must be one of html, pdf, ics, csv"),
        ({"language": "xx"}, "language must be one of de, en, es, fr"),
        ({"paper": "A5"}, "paper must be one of A4, Letter, got 'A5'"),
        ({"variant": "pink"}, "variant must be one of standard"),
        ({"title": "x" * 10_001}, "title must have at most 10,000 characters"),
    ],
)  # fmt: skip
def test_a_wrong_cell_gets_one_sentence_and_writes_nothing(cells, message, run, out):
    found = reason(run(row(**cells)))
    with pytest.raises(ValueError, match=message):
        raise ValueError(found)
    assert found.endswith(".")
    assert names(out) == []


def test_without_answers_the_clinicians_own_files_are_written(run, out):
    summary = run(row(none_of_these="", asked_on="", kinds="csv+json"))
    assert summary.counts["made"] == 1
    assert kit.read_routine(out / f"routine_C-104_{TODAY}.csv").screening is None


def test_an_older_screening_is_kept_in_the_record_but_gives_no_handout(run, out):
    run(row(asked_on=YESTERDAY, kinds="csv"))
    assert kit.read_routine(out / f"routine_C-104_{TODAY}.csv").screening.date.isoformat() == YESTERDAY


def test_a_day_that_begins_while_the_batch_runs_is_a_new_one(tmp_path, guide):
    day = datetime.date.fromisoformat(YESTERDAY)
    begun = Batch(
        table(row(kinds="csv")), "clients.csv", tmp_path, guide, ("csv",), {}, DoneRows(tmp_path, day, {}), day
    )
    (done_row,) = begun.done_rows()
    assert "do not hold for the day that began while the batch ran" in done_row.result.reason
    assert names(tmp_path) == []


# How the table may look


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_any_separator_and_encoding_is_read(delimiter, encoding, run, out):
    content = table(row(title="Größe; Hüfte", areas="hip_side;thigh_outer"), delimiter=delimiter, encoding=encoding)
    assert run(content=content).counts["made"] == 1
    made = kit.read_routine(out / f"routine_C-104_{TODAY}.csv")
    assert (made.title, made.complaint.area_ids) == ("Größe; Hüfte", ("hip_side", "thigh_outer"))


def test_the_line_that_tells_excel_the_separator_is_read(run):
    for sign in ";\t|":
        content = f"sep={sign}\r\n".encode() + table(row(), delimiter=sign, encoding="utf-8")
        assert run(content=content).counts["failed"] == 0


def test_blank_rows_other_columns_and_other_cases_are_free(run, out):
    columns = ("Telephone", "None of these", "ASKED_ON", "Code", "areas", " side ", "")
    cells = {
        "Telephone": "1",
        "None of these": "YES",
        "ASKED_ON": TODAY,
        "Code": "7",
        "areas": "Outer hip",
        " side ": "left",
    }
    content = b"\r\n" + table({}, cells, {}, columns=columns, encoding="utf-8")
    summary = run(content=content)
    assert [(each.row, each.result) for each in summary] == [(4, "made")]
    assert names(out) == files_of("7")


@pytest.mark.parametrize("day", ["{:%d.%m.%Y}", "{:%Y/%m/%d}", "{:%Y-%m-%d} 00:00:00"])
def test_a_day_as_a_spreadsheet_writes_it_is_read(day, run):
    assert run(row(asked_on=day.format(datetime.date.today()))).counts["made"] == 1


def test_rows_are_numbered_as_a_spreadsheet_does_whatever_their_cells_hold(run):
    summary = run(row("C-1", title="two\nlines"), row("C-2", areas="nose"))
    assert [each.row for each in summary] == [2, 3]


@pytest.mark.parametrize("column", ["sensation", "agreed by whom", "asked on", "cliant", "Sensations ", "whree"])
def test_a_column_that_is_nearly_one_is_not_passed_over(column, run, out):
    content = table({**row(), column: "numb"}, columns=(*row(), column))
    if column in ("asked on", "Sensations "):
        message = "must have each column once"
    elif column == "agreed by whom":
        message = "perhaps 'agreed_by' was meant"
    else:
        message = "perhaps '(sensations|client|where)' was meant; correct it, or give a column of your own another name"
    with pytest.raises(FileFormatError, match=message):
        run(content=content)
    assert not out.exists() or names(out) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "must have the columns code in its first row, got none called 'code'"),
        (b"Ada Test;1980;left\n", "must have the columns code in its first row"),
        (b"code,code\n1,2\n", "must have each column once, got 'code' twice; delete one of them"),
        (b'code,areas\n1,"a\n', "clients.csv is not a CSV table"),
        (b"PK\x03\x04rest", "must be a CSV file, got a packed one such as a workbook; rename it to .xlsx, or save it"),
        (b"code,title\n1,\xff\n", "must be UTF-8 text, got byte 0xff at 13"),
        (b"x" * 30_000, "got a first line far longer"),
        (b"code\n" + b"1\n" * 100_001, "must have at most 100,000 rows, got more; split it into several files"),
        (b"code\n" + b" " * 20_000_000, "must be at most 20 MB, got 20,000,005 bytes; split it into several files"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_gets_one_sentence(content, message, run, out):
    with pytest.raises(FileFormatError, match=message) as error:
        run(content=content)
    assert "Ada" not in str(error.value)
    assert not out.exists() or names(out) == []


def test_a_table_that_is_broken_far_down_writes_nothing(run, out):
    with pytest.raises(FileFormatError, match="is not a CSV table"):
        run(content=table(row("C-1"), row("C-2")) + b'C-3,"open')
    assert not out.exists() or names(out) == []


def test_a_row_with_too_many_cells_fails_alone(run, out):
    content = table(row("C-1"), encoding="utf-8") + b"C-2" + b"," * 30 + b"x\r\n" + b"C-3,,,sacrum\r\n"
    summary = run(content=content, kinds="csv")
    assert [each.result for each in summary] == ["made", "failed", "made"]
    assert "row 3 must have at most 19 cells, one for each column, got 31" in reason(summary, 3)


def test_a_table_without_rows_gives_an_empty_summary(run):
    summary = run()
    assert len(summary) == 0
    assert str(summary) == "0 rows: 0 made, 0 unchanged, 0 failed"


# The call


def test_a_missing_table_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        FileNotFoundError,
        match="a batch is read from a CSV file or an .xlsx workbook, got 'none.csv', which is no file",
    ):
        kit.batch("none.csv", "out")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kinds": ["docx"]}, "file must be one of html"),
        ({"kinds": []}, "kinds must name at least one kind of file, got none"),
        ({"client": "Ada"}, "got 'client'; leave it out, and name clients in the table"),
        ({"papre": "A4"}, "options for all handouts must be among language, paper, variant.*, got 'papre'"),
    ],
)
def test_a_wrong_argument_is_said_before_anything_is_written(options, message, run, out):
    with pytest.raises(InvalidValueError, match=message):
        run(row(), **options)
    assert not out.exists() or names(out) == []


def test_one_kind_can_be_named_without_brackets(run, out):
    run(row(), kinds="json")
    assert names(out) == [f"routine_C-104_{TODAY}.json"]


def test_an_extra_that_is_missing_is_said_at_once(run, out, monkeypatch):
    monkeypatch.setattr("selfcare_kit.export.extras.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r'pip install "selfcare-kit\[pdf\]"'):
        run(row(), kinds=["csv", "pdf"])
    assert 'pip install "selfcare-kit[pdf]"' in reason(run(row(kinds="pdf")))
    assert names(out) == []


def test_a_file_where_the_folder_should_be_is_said(run, out):
    out.write_text("mine")
    with pytest.raises(InvalidValueError, match="out must be a folder, got the file"):
        run(row())
    assert out.read_text() == "mine"


def test_a_guide_of_ones_own_is_used(run, out, guide, tmp_path):
    import shutil

    own = tmp_path / "own"
    shutil.copytree(guide.folder, own)
    settings = own / "guide.toml"
    settings.write_text(settings.read_text().replace('version = "1.1.0"', 'version = "9.9.9"'))
    run(row(), guide=kit.load_guide(own))
    assert "9.9.9" in (out / f"routine_C-104_{TODAY}.csv").read_text()


# The summary


def test_the_summary_is_a_frozen_table(run):
    summary = run(row("C-1"), row("C-2", areas="nose"))
    df = summary.to_frame()
    assert list(df.index) == [2, 3]
    assert list(df["result"]) == ["made", "failed"]
    assert df.loc[3, "reason"].startswith("area must be one of")
    with pytest.raises(AttributeError):
        summary.rows = ()
    assert repr(summary) == "BatchSummary(2 rows: 1 made, 0 unchanged, 1 failed)"
    assert [each.row for each in summary.failed] == [3]


def test_a_long_summary_shows_what_somebody_has_to_look_at(run):
    summary = run(*(row(f"C-{number}", kinds="csv") for number in range(50)), row("C-99", areas="nose"))
    lines = str(summary).splitlines()
    assert len(lines) == 3
    assert lines[1].split()[:3] == ["52", "C-99", "failed"]
    assert lines[2] == "51 rows: 50 made, 0 unchanged, 1 failed"


def test_a_notebook_shows_the_summary_escaped(run):
    page = run(row("<b>1", areas="<script>"))._repr_html_()
    assert "&lt;b&gt;1" in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"none_of_these": "", "where": "C12=heel"}, "where is about an answer, got 'C12=heel' without one"),
        (
            {"none_of_these": "", "agreed_by": "AB", "kinds": "csv"},
            "agreed_by is about an answer, got 'AB' without one",
        ),
        ({"template": "yes", "count": "2"}, "count is for the best points"),
        ({"side": "midline"}, "the side of hip_side must be left, right or both, got 'midline'"),
    ],
)
def test_a_cell_that_would_be_passed_over_is_refused(cells, message, run):
    assert message in run(row(**cells)).rows[0].reason


def test_the_guides_sequence_takes_the_side_of_the_areas(run, out):
    run(row(areas="hip_side:right", side="", template="yes"))
    made = kit.read_routine(out / f"routine_C-104_{TODAY}.csv")
    assert {step.side for step in made.steps} == {"right"}


def test_words_may_be_written_large_or_small(run, out):
    run(row(side="LEFT", sensations="Ache", language="ES", paper="letter", variant="Large"))
    made = kit.read_routine(out / f"handout_C-104_{TODAY}.html")
    assert made.complaint.areas[0].side == "left"
    assert made.complaint.areas[0].sensations == ("ache",)


def test_a_guide_that_is_none_is_told(run):
    with pytest.raises(InvalidValueError, match="guide must come from load_guide, got 'hip_and_leg'"):
        run(row(), guide="hip_and_leg")
