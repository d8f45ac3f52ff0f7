"""What people and spreadsheet programs make of a clients' table is understood where one thing alone can be meant."""

import datetime
from types import SimpleNamespace

import pytest
from clients import TODAY, files_of, names, row, table

import selfcare_kit as kit
from selfcare_kit.batches.client_request import read_request
from selfcare_kit.errors import FileFormatError
from selfcare_kit.export.record.csv import unguard


@pytest.mark.parametrize(
    "word",
    [
        "TRUE",
        "Y",
        "1",
        "x",
        "X",
        "ja",
        "sí",
        "si",
        "oui",
        "WAHR",
        "VRAI",
        "1,0",
        "✓",
        "✔️",
        "✅",
        "Yes.",
        "Ｙ",
        "on",
        "J",
        "verdadero",
        "Sí.",
    ],
)
def test_yes_is_read_as_it_is_written_in_any_column_that_asks_for_it(word, run, out):
    summary = run(
        row("C-1", none_of_these=word), row("C-2", template=word, areas="", sensations="", confirm_sides=word)
    )
    assert [each.result for each in summary] == ["made", "made"], [each.reason for each in summary]


@pytest.mark.parametrize("word", ["FALSE", "N", "0", "nein", "non", "FALSCH", "FAUX", "não", "off", "0,0", "NO."])
def test_no_is_read_as_it_is_written(word, run, out):
    made, asked = run(row("C-1", template=word), row("C-2", none_of_these=word))
    assert made.result == "made", made.reason
    assert asked.reason == "yes must name what applies when none_of_these is no, got none; name it."


@pytest.mark.parametrize("word", ["ne", "o", "2", "none", "?", "-", "yes, but", "left", "10"])
def test_a_word_that_may_mean_something_else_is_neither_yes_nor_no(word, run):
    assert "none_of_these must be yes, no or empty, got " in run(row(none_of_these=word)).rows[0].reason


@pytest.mark.parametrize("word", ["yes", "x", "1", "TRUE"])
def test_the_column_of_answers_takes_questions_and_no_bare_yes(word, run):
    assert "yes must name questions by their ids, got " in run(row(none_of_these="", yes=word)).rows[0].reason


# Cells at the end of a row


@pytest.mark.parametrize("end", ["", ",", ",,,,", " ,", ',""'])
def test_last_empty_cells_may_be_left_out_or_be_too_many(end, run, out):
    head = "code,areas,side,none_of_these,asked_on,agreed_by,comment"
    lines = (head, f"C-1,hip_side,left,yes,{TODAY},,asked by phone", f"C-2,calf_back,right,yes,{TODAY}{end}")
    assert run(content="\r\n".join((*lines, "")).encode()).counts["made"] == 2
    assert names(out) == files_of("C-1", "C-2")


@pytest.mark.parametrize("blank", [",,", ", ,", ',"",""'])
def test_blank_columns_at_the_end_are_no_column_that_stands_twice(blank, run):
    content = (
        f"code,areas,side,none_of_these,asked_on{blank}\nC-1,hip_side,left,yes,{TODAY},,\nC-2,sacrum,,yes,{TODAY}\n"
    )
    assert run(content=content.encode()).counts["made"] == 2


def test_a_file_that_ends_within_a_row_may_have_lost_an_answer(run):
    content = f"code,areas,side,asked_on,none_of_these,yes\nC-1,sacrum,,{TODAY},yes,\nC-2,sacrum,,{TODAY},yes"
    fine, cut = run(content=content.encode())
    assert fine.result == "made"
    assert cut.reason == (
        "the table, row 3 must have 6 cells or end its line, got 5 at the end of the file, which may have lost the rest; "
        "save it again."
    )
    assert run(content=f"{content},".encode()).counts["failed"] == 0


# Code pages

NAMES = (
    "Köhler",
    "Müller",
    "Jäger",
    "Groß",
    "Meißner",
    "Álvarez",
    "André",
    "Malmö",
    "Zoë",
    "Iván",
    "Ünal",
    "RAÚL",
    "Özil",
)
NOT_IN_CP437 = ("Álvarez", "RAÚL")
SAVED = [
    *((name, "cp850", "\r\n") for name in NAMES),
    *((name, "mac_roman", "\r") for name in NAMES),
    *((name, "mac_roman", "\r\n") for name in ("Díaz", "Benítez", "Vítor", "Luísa", "Óscar", "Ève Test", "Test Óscar")),
    *((name, "cp850", "\r\n") for name in ("Úrsula", "Test Úrsula", "Ève", "Núñez", "Hélène", "Muñoz")),
    *((name, "cp437", "\r\n") for name in NAMES if name not in NOT_IN_CP437),
]


@pytest.mark.parametrize(("name", "code_page", "end"), SAVED)
def test_a_name_in_letters_of_dos_or_the_old_macintosh_is_refused(name, code_page, end, run, out):
    text = f"code;client;areas;none_of_these;asked_on{end}C-1;{name};sacrum;yes;{TODAY}{end}"
    with pytest.raises(FileFormatError, match=r'must be UTF-8 text, got .*save it as "CSV UTF-8"\.$') as told:
        run(content=text.encode(code_page))
    assert name not in str(told.value)
    assert not out.exists() or names(out) == []


def test_the_refusal_names_the_line_and_how_the_file_was_saved(run):
    content = "code;client;areas\r\nC-1;Test;sacrum\r\nC-2;Köhler;sacrum\r\n".encode("cp850")
    with pytest.raises(FileFormatError) as told:
        run(content=content)
    assert str(told.value) == (
        'clients.csv must be UTF-8 text, got letters of another code page in line 3, as "CSV (MS-DOS)" and '
        '"CSV (Macintosh)" write them; save it as "CSV UTF-8".'
    )


@pytest.mark.parametrize(
    "text",
    [
        "Größe", "O’Example", "„Hüfte“", "“Hip”", "Hip – leg", "30°C", "col·lectiu", "dell’Anna", "Sára Zoltán", "Juárez",
        "Damián", "MÁRIA", "500 µg", "Ball™", "client’s", "François", "L’été", "Weiß", "Muñoz", "PEÑA", "Íñigo Núñez",
        "étirement et épaule", "Jusqu’au genou", "D’Angelo", "N’Diaye", "un’altra", "Hüfte über 90°", "äußere Hüfte",
    ],
)  # fmt: skip
def test_signs_that_stand_where_they_belong_are_read_in_the_code_page_of_windows(text, run, out):
    content = f"code;title;areas;none_of_these;asked_on\r\nC-1;{text};sacrum;yes;{TODAY}\r\n".encode("cp1252")
    assert run(content=content, kinds="json").counts["made"] == 1
    assert kit.read_routine(out / f"routine_C-1_{TODAY}.json").title == text


def test_lines_of_the_old_macintosh_are_read_where_all_letters_are_plain_or_utf_8(run, out):
    text = f"code;title;areas;none_of_these;asked_on\rC-1;Größe;sacrum;yes;{TODAY}\r"
    assert run(content=text.encode(), kinds="json").counts["made"] == 1
    assert run(content=text.replace("Größe", "Hip").encode("mac_roman"), kinds="json").counts["made"] == 1


@pytest.mark.parametrize(
    "name",
    [
        "K”hler",
        "KÃ¶hler",
        "Müller".encode().decode("cp1252"),
        "K?hler",
        "K\ufffdhler",
        "????",
        "Andr„s",
        "Lu’s Test",
        "\u05a4igo",
        "Dvo\u0787k",
        "Test \u05a4igo",
    ],
)
def test_a_name_that_was_garbled_before_it_was_saved_is_refused_and_not_quoted(name, run, out):
    said = run(row(client=name)).rows[0].reason
    assert said.startswith(
        "client must be the name as it is written, got one with a character inside a word that no name has"
    )
    assert name not in said
    assert names(out) == []


@pytest.mark.parametrize(
    "name",
    [
        "O'Example", "O’Example", "Oʼexample", "Anna-Maria", "Anna–Maria", "Nicolà Núñez", "Ángeles", "José Ærø", "Ольга", "محمد‌علی",
        "प्रिया", "Мар’яна", "Nguyễn", "N’Diaye", "A\u0301da", "王芳", "김민수", "Gal·la", "Test, Ada (née Example)", "Åsa", "Zoë", "Mª Test", "Test & Example",
    ],
)  # fmt: skip
def test_names_of_all_alphabets_are_not_taken_for_garbled_ones(name, run):
    assert run(row(client=name)).counts["made"] == 1


# What spreadsheet programs spoil


@pytest.mark.parametrize("column", ["client", "title", "code", "areas", "agreed_by", "sensations", "where"])
@pytest.mark.parametrize(
    "value",
    [
        "#N/A",
        "#VALUE!",
        "#NV",
        "#¿NOMBRE?",
        "#DIV/0!",
        "#BEZUG!",
        "Err:508",
        "########",
        " #REF! ",
        "#WERT!",
        "#NOM?",
        "#¡VALOR!",
        "#NAME ?",
        "Fehler:502",
        "Erreur: 502",
        "#LADEN...",
        "#N/D",
        "1.23457E+11",
        "1,23457E+11",
    ],
)
def test_an_error_value_is_refused_with_its_row_in_any_column(column, value, run, out):
    fine, spoiled = run(row("C-1"), row(**{column: value}))
    assert (fine.result, spoiled.row, spoiled.result) == ("made", 3, "failed")
    assert f"row 3: column '{column}' must hold what was " in spoiled.reason
    assert spoiled.reason.count(value.strip()) == 1
    assert names(out) == files_of("C-1")


@pytest.mark.parametrize(
    "code",
    [
        "1.23457E+11",
        "1,23457E+12",
        "1E+11",
        "1.23457e+15",
        "1.2E-02",
        "02. Jan",
        "1-Mar",
        "Mar-01",
        "01-mars",
        "janv-26",
        "02-ene",
        "01. Mrz 26",
    ],
)
def test_codes_that_a_spreadsheet_crushed_are_told_as_that_and_not_as_one_that_stands_twice(code, run, out):
    first, second = run(row(code), row(code, areas="sacrum", side=""))
    for each in (first, second):
        assert f"column 'code' must hold what was typed, got '{code}', a " in each.reason
        assert each.reason.endswith("type it again with an apostrophe in front.")
        assert each.code == ""
    assert names(out) == []


def test_what_looks_crushed_but_has_an_apostrophe_in_front_was_typed(run):
    assert [each.code for each in run(row("'1E+11"), row("'1-Mar"), row("12E-3"), row("MAR-1"))] == [
        "1E+11",
        "1-Mar",
        "12E-3",
        "MAR-1",
    ]


@pytest.mark.parametrize("title", ["Week #3", "#1", "1-Mar", "Hip #N/A", "C#!", "2E", "#tag"])
def test_titles_with_a_number_sign_or_a_day_are_none_of_these(title, run):
    assert run(row(title=title)).counts["made"] == 1


def test_the_nought_that_a_formula_writes_for_an_empty_cell_is_no_name(run):
    assert run(row(client="0")).rows[0].reason == (
        "client must be a name or empty, got '0', as a formula writes it for an empty cell; empty it, or type the name."
    )


def test_an_error_value_in_a_column_of_ones_own_is_passed_over(run):
    assert run(content=table({**row(), "Insurance": "#N/A"}, columns=(*row(), "Insurance"))).counts["made"] == 1


# Days


class Fifth(datetime.date):
    @classmethod
    def today(cls):
        return datetime.date(2026, 12, 5)


def asked_on(day, guide):
    order = read_request(row(asked_on=day))
    return order.routine(guide, order.complaint(guide)).screening.date


@pytest.mark.parametrize(
    "day",
    [
        "12/5/2026", "5/12/2026", "05-12-2026", "12/05/26", "05.12.26", "26-12-05", "5-Dec-26", "5. Dez. 2026",
        "12/5/2026 0:00", "'2026-12-05", "2026/12/05", "5.12.26", "05-Dec-26", "Saturday, December 5, 2026", "05/12/2026 09:30",
        "samedi 5 décembre 2026", "05-déc-26", "5 de diciembre de 2026", "Sa. 05.12.2026", "46361", "46361,5",
        "12/5/2026 9:30 AM", "5/dic/2026", "\u200e5/12/2026",
    ],
)  # fmt: skip
def test_of_two_days_the_questions_were_asked_on_the_one_that_is_today(day, guide, monkeypatch):
    monkeypatch.setattr("selfcare_kit.batches.client_request.datetime", SimpleNamespace(date=Fifth))
    assert asked_on(unguard(day), guide) == datetime.date(2026, 12, 5)


@pytest.mark.parametrize("day", ["12/3/2025", "4-5-2026", "12/4/25", "46000", "5-Dec", "5/12"])
def test_of_two_days_that_are_over_neither_is_guessed_and_the_advice_works_in_excel(day, run):
    reason = run(row(asked_on=day)).rows[0].reason
    assert f"got '{day}'" in reason
    assert "type it with an apostrophe in front, such as '20" in reason


def test_what_the_advice_says_is_read(run):
    assert run(row("C-1", asked_on=f"'{TODAY}"), row("C-2", asked_on=TODAY)).counts["made"] == 2


def test_today_is_read_as_excel_writes_it_in_any_country(run):
    day = datetime.date.today()
    written = (
        f"{day.month}/{day.day}/{day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%m/%d/%y}",
    )
    assert run(*(row(f"C-{at}", asked_on=each) for at, each in enumerate(written))).counts["failed"] == 0


@pytest.mark.parametrize(
    "cell",
    ["Hip, side; Calf, outer:left:numb:6", "hip, side, Calf, outer:left:numb:6", "hip_side, calf outer:left:numb:6"],
)
def test_areas_are_read_as_the_planner_and_the_pages_call_them_comma_and_all(cell, run, out):
    (only,) = run(row(areas=cell))
    assert only.reason == ""
    routine = kit.read_routine(out / f"routine_C-104_{TODAY}.csv")
    assert [(each.area, each.pain) for each in routine.complaint.areas] == [("hip_side", None), ("calf_outer", 6)]


def test_the_areas_of_an_answer_may_be_labels_with_a_comma(guide):
    request = read_request(row(none_of_these="", yes="C12", where="C12=Foot, top, C12=heel"))
    routine = request.routine(guide, request.complaint(guide))
    assert dict(routine.screening.where) == {"C12": ("foot_top", "heel")}
