"""A table that came back from Excel or LibreOffice is read, where only one thing can be meant."""

import csv
import datetime
import io
import json

import pytest

import selfcare_kit as kit
from selfcare_kit.errors import FileFormatError, UnknownIdError
from selfcare_kit.export.record.dates import read_date
from selfcare_kit.export.record.record import ROUTINE_COLUMNS, STEP_COLUMNS
from selfcare_kit.plan.dosing import propose
from selfcare_kit.routine import routine_from_bytes
from selfcare_kit.safety.verdict import Judge

DAY = datetime.date(2026, 11, 23)
COLUMNS = len(STEP_COLUMNS) + len(ROUTINE_COLUMNS)


@pytest.fixture
def routine():
    made = kit.Routine(title="Größe; Hüfte", code="C-104", date=DAY, screening=kit.screen(date=DAY))
    made = made.add("gmed_2", side="left", note="nach dem Duschen").add("piri_1", side="both", pressure=4)
    return made.add("ql_s2", side="right", seconds=90)


def rows_of(routine):
    return list(csv.reader(io.StringIO(routine.to_csv(), newline="")))


def saved(rows, delimiter=",", encoding="utf-8-sig", line_end="\r\n"):
    """As a spreadsheet program saves it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return out.getvalue().encode(encoding)


def with_cell(routine, column, text, row=1):
    rows = rows_of(routine)
    rows[row][rows[0].index(column)] = text
    return rows


def without(routine, *columns):
    rows = rows_of(routine)
    keep = [index for index, name in enumerate(rows[0]) if name not in columns]
    return [[row[index] for index in keep] for row in rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_any_separator_encoding_and_line_end_is_read(delimiter, encoding, line_end, routine):
    assert routine_from_bytes(saved(rows_of(routine), delimiter, encoding, line_end), "r.csv") == routine


def test_the_line_that_tells_excel_the_separator_is_read(routine):
    assert routine_from_bytes(b"sep=;\r\n" + saved(rows_of(routine), ";", "utf-8"), "r.csv") == routine


@pytest.mark.parametrize("ending", ["txt", "tsv", "CSV"])
def test_other_endings_of_a_table_are_read(ending, routine):
    assert routine_from_bytes(saved(rows_of(routine), "\t", "utf-16"), f"r.{ending}") == routine


def test_the_order_of_rows_and_columns_is_free(routine):
    head, *rows = rows_of(routine)
    turned = [list(reversed(row)) for row in (head, *reversed(rows))]
    assert routine_from_bytes(saved(turned), "r.csv") == routine


def test_blank_rows_and_columns_of_ones_own_are_passed_over(routine):
    rows = [["", *row, "seen by AB", ""] for row in rows_of(routine)]
    rows[0][0], rows[0][-2], rows[0][-1] = "", "My column", ""
    blank = [""] * len(rows[0])
    assert routine_from_bytes(saved([blank, rows[0], blank, *rows[1:], blank, ["  "]]), "r.csv") == routine


def test_headers_and_choices_in_other_cases_are_read(routine):
    rows = rows_of(routine)
    rows[0] = [name.replace("_", " ").title() for name in rows[0]]
    for row in rows[1:]:
        row[3], row[4] = f" {row[3].upper()} ", row[4].title()
    assert routine_from_bytes(saved(rows), "r.csv") == routine


@pytest.mark.parametrize("text", ["90,0", "90.0", "90,00", " 90 ", "+90"])
def test_a_whole_number_with_decimals_is_read(text, routine):
    assert routine_from_bytes(saved(with_cell(routine, "seconds", text, row=3), ";"), "r.csv") == routine


@pytest.mark.parametrize("text", ["90,5", "90.000", "90,000", "1e2", "ninety", "", "TRUE", "-90"])
def test_a_number_that_is_not_whole_or_not_clear_is_refused(text, routine):
    with pytest.raises(FileFormatError, match="row 4: column 'seconds' must be a whole number, got "):
        routine_from_bytes(saved(with_cell(routine, "seconds", text, row=3), ";"), "r.csv")


@pytest.mark.parametrize(
    "text",
    [
        "23.11.2026",
        "23/11/2026",
        "11/23/2026",
        "11/23/26",
        "23-Nov-2026",
        "23. Nov. 2026",
        "Nov 23, 2026",
        "'2026-11-23",
        "23-11-2026",
        "2026/11/23",
        "2026-11-23 00:00:00",
        " 2026-11-23 ",
        "46349",
        "lundi 23 novembre 2026",
        "23/11/2026 14:05",
    ],
)
def test_a_date_that_excel_wrote_its_way_is_read_where_one_day_is_meant(text, routine):
    rows = rows_of(routine)
    for row in rows[1:]:
        row[rows[0].index("date")] = text
    assert routine_from_bytes(saved(rows), "r.csv") == routine


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "03/04/2026",
            "got '03/04/2026', which is 2026-04-03 in some countries and 2026-03-04 in others; "
            "type it with an apostrophe in front, such as '2026-04-03.",
        ),
        ("24/11/26", "has a wrong date"),
        ("13/13/2026", "has a wrong date"),
        ("23. November", "has a wrong date, got .*; type it with an apostrophe in front, such as '2026-11-23"),
        ("31.02.2026", "has a wrong date, got .*; type it with an apostrophe in front, such as '2026-11-23"),
        ("46000", "has a wrong date"),
    ],
)
def test_a_date_that_may_be_two_days_or_none_is_refused(text, message, routine):
    rows = rows_of(routine)
    for row in rows[1:]:
        row[rows[0].index("date")] = text
    with pytest.raises(FileFormatError, match=message):
        routine_from_bytes(saved(rows), "r.csv")


def test_what_a_deleted_column_held_is_proposed_by_the_guide(routine):
    optional = [name for name in STEP_COLUMNS if name not in ("point", "side")]
    read = routine_from_bytes(saved(without(routine, *optional)), "r.csv")
    proposed = kit.Routine(screening=routine.screening)
    for step in routine.steps:
        proposed = proposed.add(step.point, step.side)
    assert read.steps == proposed.steps


def test_a_deleted_dose_stays_within_the_safety_answers():
    mild = kit.Routine(screening=kit.screen(yes=["C01"])).add("piri_1", side="left")
    assert mild.steps[0].pressure == 3
    assert routine_from_bytes(saved(without(mild, "pressure")), "r.csv") == mild


def test_a_table_of_another_guide_is_told_so_before_its_points_are_looked_up(routine):
    rows = with_cell(routine, "point", "neck_1")
    for row in rows[1:]:
        row[rows[0].index("guide")] = "neck"
    with pytest.raises(FileFormatError) as told:
        routine_from_bytes(saved(rows), "r.csv")
    assert str(told.value) == (
        "r.csv is of guide 'neck', got guide 'hip_and_leg' to read it with; open it with the guide it was made with."
    )


def test_a_deleted_tool_is_none_that_what_is_felt_forbids():
    felt = {"heel": {"side": "left", "sensations": ["numb"]}}
    answers = kit.screen()
    made = kit.Routine(screening=answers, complaint=kit.suggest(felt, side="left").complaint).add("fibt_1", side="left")
    assert kit.Routine().add("fibt_1", side="left").steps[0].tool != "supported_fingers"
    read = routine_from_bytes(saved(without(made, "tool")), "r.csv")
    assert read.steps[0].tool == "supported_fingers"


def test_points_and_sides_alone_are_a_routine(guide):
    read = routine_from_bytes(b"Side;Point\nleft;GMED-2\nright;ql_s2\n", "r.csv")
    assert [step.key for step in read.steps] == [("gmed_2", "left"), ("ql_s2", "right")]
    assert (read.title, read.code, read.screening, read.date) == ("", "", None, datetime.date.today())
    assert (read.guide_id, read.guide_version) == (guide.id, guide.version)


@pytest.mark.parametrize("column", ["point", "side"])
def test_point_and_side_are_never_guessed(column, routine):
    with pytest.raises(FileFormatError, match=f"got none called '{column}'"):
        routine_from_bytes(saved(without(routine, column)), "r.csv")


@pytest.mark.parametrize("text", ["", "l", "links", "TRUE"])
def test_a_side_that_is_not_one_is_refused(text, routine):
    with pytest.raises(FileFormatError, match="side must be one of left, right, both"):
        routine_from_bytes(saved(with_cell(routine, "side", text)), "r.csv")


def test_a_deleted_row_leaves_a_gap_that_is_closed(routine):
    rows = rows_of(routine)
    del rows[2]
    assert routine_from_bytes(saved(rows), "r.csv") == routine.remove("piri_1")


def test_a_new_row_needs_what_belongs_to_the_step_only(routine):
    rows = rows_of(routine)
    rows.append(["4", "sol_1", "", "left", "hold", "60", "5", "", "", "2", "3", ""] + [""] * len(ROUTINE_COLUMNS))
    added = routine.add("sol_1", side="left", seconds=60, pressure=5)
    assert routine_from_bytes(saved(rows), "r.csv") == added


def test_a_row_added_with_point_and_side_alone_gets_what_the_guide_proposes(routine, guide):
    rows = rows_of(routine)
    columns = rows[0]
    added = {"step": str(len(rows)), "point": "sol_3", "side": "left", "note": "after the bath"}
    rows.append([added.get(column, "") for column in columns])
    step = routine_from_bytes(saved(rows), "r.csv").steps[-1]
    assert step == propose("sol_3", "left", Judge.of(guide, routine.complaint, routine.screening)).changed(
        note="after the bath"
    )


def test_a_row_without_a_number_follows_the_row_above_it(routine):
    rows = rows_of(routine)
    added = {"point": "sol_1", "side": "right"}
    rows.insert(2, [added.get(column, "") for column in rows[0]])
    read = routine_from_bytes(saved(rows), "r.csv")
    assert [step.point for step in read.steps] == ["gmed_2", "sol_1", "piri_1", "ql_s2"]


def test_an_emptied_dose_is_asked_for_and_not_guessed(routine):
    with pytest.raises(FileFormatError, match="row 2: column 'seconds' must be a whole number, got ''"):
        routine_from_bytes(saved(with_cell(routine, "seconds", "")), "r.csv")


@pytest.mark.parametrize(
    ("column", "text", "error", "message"),
    [
        ("seconds", "121", FileFormatError, "row 2: seconds must be a whole number from 1 to 120, got 121"),
        ("side", "links", FileFormatError, "row 2: side must be one of left, right, both, got 'links'"),
        ("mode", "press", FileFormatError, "row 2: mode must be one of hold, sweep, scrape, got 'press'"),
        ("point", "piri_9", UnknownIdError, "row 2: point must be one of .*, got 'piri_9'"),
    ],
)
def test_what_is_wrong_in_a_step_is_told_with_its_row(column, text, error, message, routine):
    with pytest.raises(error, match=message):
        routine_from_bytes(saved(with_cell(routine, column, text)), "r.csv")


def test_two_columns_of_one_name_are_refused(routine):
    rows = [[*row, row[3]] for row in rows_of(routine)]
    with pytest.raises(FileFormatError, match="must have each column once, got 'side' twice; delete one of them"):
        routine_from_bytes(saved(rows), "r.csv")


def test_a_cell_outside_the_table_is_refused(routine):
    rows = rows_of(routine)
    rows[1].append("x")
    with pytest.raises(
        FileFormatError, match=f"row 2 must have at most {COLUMNS} cells, one for each column, got {COLUMNS + 1}"
    ):
        routine_from_bytes(saved(rows), "r.csv")


def test_last_cells_that_a_program_left_out_are_empty_ones(routine):
    rows = rows_of(routine)
    note = rows[0].index("note")
    short = [rows[0], rows[1], *([*row[:note]] for row in rows[2:])]
    assert routine_from_bytes(saved(short), "r.csv") == routine


def test_a_file_that_ends_within_a_row_is_refused(routine):
    cut = saved([*rows_of(routine)[:-1], rows_of(routine)[-1][:4]])[:-2]
    with pytest.raises(
        FileFormatError, match=f"row 4 must have {COLUMNS} cells or end its line, got 4 at the end of the file"
    ):
        routine_from_bytes(cut, "r.csv")


def test_a_code_with_zeros_in_front_and_a_note_like_a_date_keep_their_apostrophe_and_come_back():
    made = kit.Routine(title="1-2", code="0042").add("ql_s2", side="left", note="2026-11-23")
    cells = rows_of(made)[1]
    assert {"'0042", "'1-2", "'2026-11-23"} <= set(cells)
    assert routine_from_bytes(saved(rows_of(made), ";"), "r.csv") == made


def test_plain_numbers_the_date_and_the_version_are_not_guarded(routine):
    head, first, *_ = rows_of(kit.Routine(title="104", code="7", date=DAY).add("ql_s2", side="left", note="30"))
    cells = dict(zip(head, first, strict=True))
    assert (cells["title"], cells["code"], cells["note"], cells["date"]) == ("104", "7", "30", "2026-11-23")
    assert cells["guide_version"][0] != "'"


def test_an_n_with_a_tilde_between_vowels_is_certain(routine):
    spanish = routine.change("gmed_2", note="Señor Núñez, mañana")
    assert routine_from_bytes(saved(rows_of(spanish), ";", "cp1252"), "r.csv") == spanish


@pytest.mark.parametrize("letters", [b"\xe8", b"ba\xf1ka", b"na\xefve", b"\xf8re", b"\x8e\x81"])
def test_windows_text_that_another_code_page_reads_otherwise_is_refused(letters, routine):
    content = saved(rows_of(routine.change("gmed_2", note="?")), ";", "cp1252").replace(b"?", letters, 1)
    with pytest.raises(FileFormatError, match='must be UTF-8 text, got byte .*; save it as "CSV UTF-8"'):
        routine_from_bytes(content, "r.csv")


@pytest.mark.parametrize("text", ["вдоль", "Привет", "καλά"])
def test_another_alphabet_is_not_taken_for_western_text(text, routine):
    encoding = "cp1253" if text == "καλά" else "cp1251"
    content = saved(rows_of(routine.change("gmed_2", note="?")), ";", "cp1252").replace(b"?", text.encode(encoding), 1)
    with pytest.raises(FileFormatError, match="must be UTF-8 text"):
        routine_from_bytes(content, "r.csv")


def test_a_workbook_named_as_a_table_is_told_its_name(routine):
    with pytest.raises(FileFormatError, match=r"must be \.csv, got a packed file such as a workbook; rename it to"):
        routine_from_bytes(routine.to_xlsx(), "r.csv")


def test_a_nested_cell_that_was_broken_is_named(routine):
    rows = rows_of(routine)
    for row in rows[1:]:
        row[rows[0].index("screening")] = "{'yes': []}"
    with pytest.raises(FileFormatError, match="column 'screening' must be JSON as exported"):
        routine_from_bytes(saved(rows), "r.csv")


def test_a_table_cannot_bring_its_own_findings(routine):
    rows = rows_of(routine)
    at = rows[0].index("screening")
    forged = {**json.loads(rows[1][at]), "yes": ["R01"]}
    for row in rows[1:]:
        row[at] = json.dumps(forged)
    with pytest.raises(kit.SelfcareError, match="R01"):
        routine_from_bytes(saved(rows), "r.csv")


@pytest.mark.parametrize("column", ["title", "code", "note"])
@pytest.mark.parametrize("text", ["#N/A", "#WERT!", "#######", "1.23457E+11"])
def test_what_a_spreadsheet_spoiled_is_told_with_row_and_column(column, text, routine):
    with pytest.raises(
        FileFormatError, match=rf"r\.csv, row 3: column '{column}' must hold what was (meant|typed), got "
    ):
        routine_from_bytes(saved(with_cell(routine, column, text, row=2)), "r.csv")


@pytest.mark.parametrize("text", ["#N/A", "#######", "1.23457E+11", "Err:508", "1-Mar"])
def test_a_text_that_only_looks_spoiled_is_guarded_and_comes_back(text):
    made = kit.Routine(title=text, code=text).add("ql_s2", side="left", note=text)
    assert rows_of(made)[1].count(f"'{text}") == 3
    assert routine_from_bytes(saved(rows_of(made)), "r.csv") == made


@pytest.mark.parametrize(
    "text", ["12/5/2026", "5/12/2026", "05-12-2026", "12/05/26", "2026/12/5", "5-Dec-26", "12/5/2026 0:00"]
)
def test_the_day_of_the_safety_questions_decides_which_of_two_days_is_meant(text):
    day = datetime.date(2026, 12, 5)
    made = kit.Routine(date=day, screening=kit.screen(date=day)).add("ql_s2", side="left")
    assert routine_from_bytes(saved(with_cell(made, "date", text)), "r.csv") == made


@pytest.mark.parametrize("text", ["12/5/2026", "5-12-2026"])
def test_a_day_that_has_not_come_yet_is_not_the_one_meant(text):
    november = datetime.date(2026, 11, 28)
    assert read_date(text, "r.csv", latest=november) == "2026-05-12"
    with pytest.raises(FileFormatError, match="must name one day"):
        read_date(text, "r.csv", latest=datetime.date(2026, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "MAR-1", "12E-3", "May 2026", "(5)", "$5", "3-5 May", "1-2", "0042", "1/2", "1 1/2", "5%", ".5", "10:30", "5 pm", "5 €",
        "MARCH1", "SEPT2", "5. Mai", "Mo 5.5.", "TRUE", "wahr", "1,000", "1e5", "20 000", "Fri, 5 June 2026", "1234567890123456",
        "5 de mayo", "½", "1st May", "30 août", "'MAR-1", " 5", "DEC 10",
        "123456789012", "2026-05-01T10:00", "007", "+5", "-3", "févr-26", "VRAI", "1’000", "01-mars", "#¡VALOR!",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_change_is_guarded_and_comes_back(text):
    made = kit.Routine(title=text, code=text).add("ql_s2", side="left", note=text)
    assert rows_of(made)[1].count(f"'{text}") == 3
    assert routine_from_bytes(saved(rows_of(made), ";"), "r.csv") == made


@pytest.mark.parametrize(
    "text", ["C-104", "March", "Hip 2", "104", "0", "L5", "5 steps", "May be", "A-5", "E5", "Maria 2", "x1"]
)
def test_what_no_spreadsheet_changes_is_not_guarded(text):
    made = kit.Routine(title=text, code=text).add("ql_s2", side="left", note=text)
    assert rows_of(made)[1].count(text) == 3


def test_days_and_change_typed_by_hand_into_one_row_are_those_of_the_visit(routine):
    rows = with_cell(routine, "days_done", "5,0")
    rows[2][rows[0].index("days_planned")] = "7"
    read = routine_from_bytes(saved(rows), "r.csv")
    assert (read.outcome.days_done, read.outcome.days_planned, read.outcome.change) == (5, 7, None)


@pytest.mark.parametrize(
    ("typed", "change"), [("-2", -2), ("\N{MINUS SIGN}2", -2), ("+2", 2), ("'+2", 2), ("0", 0), (" -5,0 ", -5)]
)
def test_a_change_typed_by_hand_is_read_with_its_sign(typed, change, routine):
    assert (
        routine_from_bytes(saved(with_cell(routine, "change", typed), encoding="utf-8"), "r.csv").outcome.change
        == change
    )


@pytest.mark.parametrize(
    ("column", "typed", "message"),
    [
        ("days_done", "five", "column 'days_done' must be a whole number, got 'five'"),
        ("days_done", "-1", "column 'days_done' must be a whole number, got '-1'"),
        ("days_done", "1000", "days_done must be a whole number from 0 to 400, got 1000"),
        ("change", "6", "change must be a whole number from -5 to 5, got 6"),
        ("change", "--2", "column 'change' must be a whole number, got '--2'"),
        ("activities", "stairs", "column 'activities' must be JSON as exported, got 'stairs'"),
        ("activities", '[{"label":"stairs","score":11}]', "must be a whole number from 0 to 10, got 11"),
        ("diary", '[{"date":"soon"}]', "a day of the diary must be a date, got 'soon'"),
        ("sore", '["tfl_1"]', "sore must be steps, each a point with its side, got 'tfl_1'"),
        ("scores", '{"a":1}', "scores must be a list of records"),
    ],
)  # fmt: skip
def test_a_wrong_cell_of_the_outcome_gets_one_sentence(column, typed, message, routine):
    with pytest.raises(FileFormatError, match=message) as error:
        routine_from_bytes(saved(with_cell(routine, column, typed)), "r.csv")
    assert str(error.value).startswith("r.csv")
