"""Many clients from a workbook: the same as from the CSV file that a careful person would have saved."""

import datetime
import io
import re

import openpyxl
import pytest
from clients import FINE, TODAY, files_of, names, row

import selfcare_kit as kit
from selfcare_kit.batches.from_workbook import table_of_workbook
from selfcare_kit.errors import FileFormatError, InvalidValueError

DAY = datetime.date.today()


def book_of(*rows, columns=tuple(FINE)):
    book = openpyxl.Workbook()
    book.active.append(columns)
    for each in rows:
        book.active.append([each.get(column) for column in columns])
    return book


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def batch(tmp_path, out):
    def run_batch(book, name="clients.xlsx", **options):
        path = tmp_path / name
        path.write_bytes(book if isinstance(book, bytes) else saved(book))
        return kit.batch(path, out, **options)

    return run_batch


def cell_in(book, column, value, number_format=None, line=2):
    sheet = book.active
    cell = sheet.cell(line, [each.value for each in sheet[1]].index(column) + 1, value)
    if number_format:
        cell.number_format = number_format
    return book


def test_a_workbook_gives_the_files_of_the_same_table(batch, run, out):
    assert batch(book_of(row("C-104"), row("C-105", side="right"))).counts["made"] == 2
    assert names(out) == files_of("C-104", "C-105")
    assert run(row("C-104"), row("C-105", side="right")).counts["unchanged"] == 2


@pytest.mark.parametrize(
    ("value", "shown_as"),
    [
        (DAY, "yyyy-mm-dd"), (DAY, "m/d/yyyy"), (DAY, 'dd"."mm"."yyyy'), (DAY, "[$-409]d-mmm-yy;@"), (DAY, "mm-dd-yy"),
        (datetime.datetime.combine(DAY, datetime.time(9, 30)), "m/d/yy h:mm"), (TODAY, "@"),
        ((DAY - datetime.date(1899, 12, 30)).days, "General"), (f"{DAY:%d.%m.%Y}", "General"),
    ],
)  # fmt: skip
def test_a_day_is_the_day_however_the_sheet_shows_it(value, shown_as, batch):
    summary = batch(cell_in(book_of(row()), "asked_on", value, shown_as))
    assert summary.counts["made"] == 1, summary.rows[0].reason


def test_a_day_counts_from_1904_where_the_workbook_does(batch):
    book = book_of(row(asked_on=DAY))
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert batch(book).counts["made"] == 1


@pytest.mark.parametrize(
    ("value", "shown_as", "code"),
    [
        (42, "0000", "0042"), (42, '"C-"0000', "C-0042"), (12345, r"00\-000", "12-345"), (104, "General", "104"),
        (123456789012, "General", "123456789012"), (104, "0.00", "104"), ("0042", "@", "0042"), (12345, "0000", "12345"),
        (7, '"C1-"00', "C1-07"), (7, "000", "007"), (104.0, "General", "104"), (104, '"C-"General', "C-104"), (7, "##0", "7"),
        (12345, "##-000", "12-345"), (104, '"C-"#', "C-104"), (1234, "#,##0", "1234"), (7, "00.00", "7"), ("1E+11", "@", "1E+11"), ("MAR-1", "@", "MAR-1"),
            ("'0042", "@", "0042"),
    ],
)  # fmt: skip
def test_a_code_is_what_the_sheet_shows(value, shown_as, code, batch, out):
    summary = batch(cell_in(book_of(row()), "code", value, shown_as))
    assert [each.code for each in summary] == [code], summary.rows[0].reason
    assert names(out) == files_of(code.replace("+", "_"))


@pytest.mark.parametrize("value", [1234567890123456, datetime.date(2026, 3, 1)])
def test_a_code_that_lost_digits_or_became_a_day_is_refused(value, batch):
    (failed,) = batch(cell_in(book_of(row()), "code", value))
    assert "row 2: column 'code' must hold what was typed, got " in failed.reason


@pytest.mark.parametrize("error", ["#N/A", "#VALUE!", "#REF!"])
def test_the_error_of_a_formula_is_refused_with_its_row_and_a_text_like_it_is_not(error, batch):
    book = cell_in(book_of(row("C-1"), row("C-2")), "client", error, line=3)
    assert [each.result for each in batch(book)] == ["made", "failed"]
    cell = book.active["B3"]
    cell.data_type = "s"
    assert [each.result for each in batch(book)] == ["unchanged", "made"]


def test_truth_values_and_numbers_are_read_as_they_are_meant(batch, out):
    book = cell_in(book_of(row(count=None), columns=(*FINE, "count")), "none_of_these", True)
    assert batch(cell_in(book, "count", 2), kinds="csv").counts["made"] == 1
    assert len(kit.read_routine(out / f"routine_C-104_{TODAY}.csv")) == 2


def test_rows_are_numbered_as_the_sheet_numbers_them(batch):
    book = book_of(row("C-1"), {}, {}, row("C-2", areas="nose"))
    book.active.insert_rows(1)
    assert [(each.row, each.result) for each in batch(book)] == [(3, "made"), (6, "failed")]


def test_the_first_sheet_that_is_shown_is_read_or_the_one_that_is_named(batch, out):
    book = book_of(row("C-1"))
    book.active.title = "Monday"
    hidden = book.create_sheet("Lists", 0)
    hidden.append(["left", "right"])
    hidden.sheet_state = "hidden"
    other = book.create_sheet("Tuesday")
    for cells in book_of(row("C-2")).active.iter_rows(values_only=True):
        other.append(cells)
    assert [each.code for each in batch(book)] == ["C-1"]
    assert [each.code for each in batch(book, sheet="tuesday")] == ["C-2"]
    with pytest.raises(
        InvalidValueError, match="sheet must be one of 'Lists', 'Monday', 'Tuesday' in clients.xlsx, got 'Friday'"
    ):
        batch(book, sheet="Friday")


def test_a_cell_outside_of_the_table_fails_its_row(batch):
    book = book_of(row("C-1"), row("C-2"))
    book.active["L3"] = "x"
    assert "row 3 must have at most 8 cells, one for each column, got 12" in batch(book).rows[1].reason


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"code\n1\n", "clients.xlsx", "clients.xlsx must be a whole .xlsx file, got a damaged one"),
        (b"\xd0\xcf\x11\xe0rest", "clients.xlsx", "must be an .xlsx file without a password, got an older or a locked one"),
        (b"\xd0\xcf\x11\xe0rest", "clients.xls", "must be an .xlsx file without a password, got an older or a locked one"),
        (b"PK\x03\x04rest", "clients.ods", "clients.ods must be an .xlsx workbook or a CSV file, got another one; save it as .xlsx."),
        (b"PK\x03\x04rest", "clients.csv", "must be a CSV file, got a packed one such as a workbook; rename it to .xlsx, or"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_gets_one_sentence(content, name, message, batch, out):
    with pytest.raises(FileFormatError, match=re.escape(message)):
        batch(content, name=name)
    assert not out.exists()


def test_a_sheet_cannot_be_named_for_a_csv_file(run):
    with pytest.raises(InvalidValueError, match="sheet is of a workbook, got 'Monday' for clients.csv, which has none"):
        run(row(), sheet="Monday")


def test_an_empty_sheet_and_one_without_codes_are_told_what_they_need(batch):
    for book in (openpyxl.Workbook(), book_of({"client": "x"}, columns=("client",))):
        with pytest.raises(FileFormatError, match=r"clients\.xlsx must have the columns code in its first row"):
            batch(book)


@pytest.mark.parametrize("cell", ["A1048576", "XFD2"])
def test_a_cell_far_away_is_refused_soon(cell):
    book = book_of(row())
    book.active[cell] = "x"
    with pytest.raises(FileFormatError, match="must hold one table of clients, got more than any; split it"):
        table_of_workbook(saved(book), "clients.xlsx", "", 20_000_000)


def test_a_table_that_grows_too_large_is_refused():
    with pytest.raises(FileFormatError, match="must hold one table of clients, got more than any; split it"):
        table_of_workbook(saved(book_of(*(row() for _ in range(50)))), "clients.xlsx", "", 1_000)


def test_a_workbook_does_not_replace_the_files_of_a_csv_file_nor_one_sheet_those_of_another(batch, run, out):
    assert run(row(title="From CSV")).counts["made"] == 1
    (clash,) = batch(book_of(row(title="From a workbook")))
    assert "must be made from one table" in clash.reason
    book = book_of(row("C-2", title="Monday"))
    book.active.title = "Monday"
    other = book.create_sheet("Tuesday")
    for cells in book_of(row("C-2", title="Tuesday")).active.iter_rows(values_only=True):
        other.append(cells)
    assert batch(book, sheet="MONDAY").counts["made"] == 1
    assert batch(book, sheet="Tuesday").counts["failed"] == 1
    assert cell_in(book, "title", "Monday, too") is book
    assert batch(book).counts["made"] == 1
    assert b"From CSV" in (out / f"routine_C-104_{TODAY}.csv").read_bytes()
