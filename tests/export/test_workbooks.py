"""A workbook holds text as text; one from outside is read within limits, and nothing in it runs."""

import csv
import datetime
import io
import json
import re
import time
import tracemalloc
import zipfile
from functools import lru_cache

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import selfcare_kit as kit
from selfcare_kit.errors import FileFormatError
from selfcare_kit.export.record.record import ROUTINE_COLUMNS, STEP_COLUMNS
from selfcare_kit.export.record.workbook import MAX_BYTES, decode_text, encode_text, read_workbook
from selfcare_kit.routine import routine_from_bytes

STEPS = "xl/worksheets/sheet1.xml"
WORKSHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@lru_cache(maxsize=1)
def workbook_of(routine):
    """The workbook of a routine, made once for all tests that read or harm the same: drawing its figure takes longest."""
    return routine.to_xlsx()


def changed(content, changes=None, compression=zipfile.ZIP_DEFLATED, **more):
    """The same workbook with other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        parts = {name: old.read(name) for name in old.namelist()} | (changes or {}) | more
        for name, part in parts.items():
            new.writestr(name, part, compression)
    return out.getvalue()


def part_of(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def edited(routine, change):
    """The workbook after somebody changed cells of its first sheet and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(routine)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# What is written


def test_the_steps_have_the_columns_of_the_csv_in_order_and_numbers_are_numbers(five_steps):
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_of(five_steps)))["Steps"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == STEP_COLUMNS
    assert rows[2][:7] == (2, "piri_1", "piriformis", "left", "hold", 60, 4)
    assert len(rows) == 6


def test_a_sheet_holds_the_whole_routine_and_another_its_plate(five_steps):
    content = workbook_of(five_steps)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Steps", "Routine", "Figure"]
    assert [row[0] for row in book["Routine"].iter_rows(values_only=True)] == ["field", *ROUTINE_COLUMNS]
    assert len(book["Figure"]._images) == 1
    assert 'descr="Where to work: 1 Gluteus medius' in part_of(content, "xl/drawings/drawing1.xml")


def test_no_cell_is_a_formula_whatever_was_typed():
    notes = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")', "#N/A", "TRUE")
    routine = kit.Routine(title="=2+2", code="=3")
    for point, note in zip(kit.load_guide().point_values, notes, strict=False):
        routine = routine.add(point, side="left", seconds=10, note=note)
    content = routine.to_xlsx()
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        assert all(cell.data_type in "sn" for row in sheet.iter_rows() for cell in row)
    assert "<f>" not in part_of(content, STEPS)
    assert routine_from_bytes(content, "r.xlsx") == routine


def test_a_program_that_edits_it_offers_what_is_allowed(five_steps):
    rules = openpyxl.load_workbook(io.BytesIO(workbook_of(five_steps)))["Steps"].data_validations.dataValidation
    by_cell = {str(rule.sqref): rule for rule in rules}
    assert by_cell["D2:D6"].formula1 == '"left,right,both"'
    assert (by_cell["F2:F6"].formula1, by_cell["F2:F6"].formula2) == ("1", "120")
    assert (by_cell["G2:G6"].formula1, by_cell["G2:G6"].formula2) == ("1", "7")


@given(text=st.text())
def test_every_text_survives_the_escapes_of_a_workbook(text):
    assert decode_text(encode_text(text)) == text
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff]", encode_text(text))


# What comes back


def test_changed_cells_and_a_changed_order_are_read(five_steps):
    def change(book):
        sheet = book["Steps"]
        sheet["F2"], sheet["L2"], sheet["A2"], sheet["A3"] = 30, "=not run", 2, 1
        sheet["L2"].data_type = "s"
        book["Routine"]["B2"] = "Other title"
        sheet["P1"], sheet["P3"] = "mine", "seen"

    read = routine_from_bytes(edited(five_steps, change), "r.xlsx")
    assert [step.point for step in read.steps[:2]] == ["piri_1", "gmed_2"]
    assert (read.steps[1].seconds, read.steps[1].note, read.title) == (30, "=not run", "Other title")


def test_of_a_formula_the_value_it_gave_is_read(five_steps):
    xml = part_of(workbook_of(five_steps), STEPS)
    seconds = re.search(r'<c r="F2"[^>]*><v>60</v></c>', xml)[0]
    counted = seconds.replace("<v>60", "<f>30+15</f><v>45")
    content = changed(workbook_of(five_steps), {STEPS: xml.replace(seconds, counted)})
    assert routine_from_bytes(content, "r.xlsx").steps[0].seconds == 45
    empty = seconds.replace("<v>60</v>", "<f>30+15</f>")
    content = changed(workbook_of(five_steps), {STEPS: xml.replace(seconds, empty)})
    with pytest.raises(FileFormatError, match="row 2: column 'seconds' must be a whole number, got ''"):
        routine_from_bytes(content, "r.xlsx")


def test_a_date_that_became_a_number_of_days_is_read_in_both_calendars(five_steps):
    for epoch in (openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH):

        def change(book, epoch=epoch):
            book.epoch = epoch
            book["Routine"]["B4"] = five_steps.date

        assert routine_from_bytes(edited(five_steps, change), "r.xlsx") == five_steps


@pytest.mark.parametrize("error", ["#N/A", "#VALUE!", "#REF!", "#DIV/0!"])
def test_the_error_of_a_formula_is_told_with_its_row_and_a_text_like_it_is_read(error, five_steps):
    def change(book):
        book["Steps"]["L3"].value = error
        assert book["Steps"]["L3"].data_type == "e"

    with pytest.raises(
        FileFormatError, match=f"r.xlsx, row 3: column 'note' must hold what was meant, got the error '{error}'"
    ):
        routine_from_bytes(edited(five_steps, change), "r.xlsx")

    def change_title(book):
        book["Routine"]["B2"].value = error

    with pytest.raises(
        FileFormatError, match="r.xlsx, sheet 'Routine', row 2: column 'title' must hold what was meant"
    ):
        routine_from_bytes(edited(five_steps, change_title), "r.xlsx")
    named = kit.Routine(title=error).add("ql_s2", side="left", note=error)
    assert routine_from_bytes(named.to_xlsx(), "r.xlsx") == named


def test_numbers_and_truths_where_text_belongs_are_read_as_text(five_steps):
    def change(book):
        book["Routine"]["B3"], book["Routine"]["B2"], book["Steps"]["L2"] = 104, 1.5, True

    read = routine_from_bytes(edited(five_steps, change), "r.xlsx")
    assert (read.code, read.title, read.steps[0].note) == ("104", "1.5", "TRUE")


def test_a_csv_that_was_saved_as_a_workbook_is_read():
    import csv

    routine = kit.Routine(title="=1+1", code="0042").add("ql_s2", side="left", note="'quoted")
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(routine.to_csv(), newline="")):
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    assert routine_from_bytes(out.getvalue(), "r.xlsx") == routine


def test_only_the_steps_are_needed(five_steps):
    def change(book):
        del book["Routine"]
        del book["Figure"]

    read = routine_from_bytes(edited(five_steps, change), "r.xlsx")
    assert read.steps == five_steps.steps
    assert (read.title, read.screening) == ("", None)


STEPS_ALONE = (
    "does not hold the title, code, date, guide, complaint and safety answers, as in the sheet of steps alone; open the "
    "workbook itself, or enter them again."
)


def test_the_sheet_of_steps_saved_as_csv_says_what_it_lacks(five_steps):
    rows = openpyxl.load_workbook(io.BytesIO(workbook_of(five_steps)))["Steps"].iter_rows(values_only=True)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    read = routine_from_bytes(out.getvalue().encode("utf-8-sig"), "r.csv")
    assert read.steps == five_steps.steps
    assert f"r.csv {STEPS_ALONE}" in read.hints


def test_a_workbook_whose_sheet_of_the_whole_routine_was_deleted_says_what_it_lacks(five_steps):
    read = routine_from_bytes(edited(five_steps, lambda book: book.remove(book["Routine"])), "r.xlsx")
    assert f"r.xlsx {STEPS_ALONE}" in read.hints


def test_a_column_or_a_row_of_the_whole_routine_that_was_deleted_is_said(five_steps):
    def change(book):
        sheet = book["Routine"]
        for number in range(sheet.max_row, 1, -1):
            if sheet.cell(number, 1).value in ("code", "screening"):
                sheet.delete_rows(number)

    expected = "does not hold the code and safety answers; open the file as it was exported, or enter them again."
    assert f"r.xlsx {expected}" in routine_from_bytes(edited(five_steps, change), "r.xlsx").hints
    rows = list(csv.reader(io.StringIO(five_steps.to_csv(), newline="")))
    keep = [at for at, column in enumerate(rows[0]) if column not in ("code", "screening")]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([row[at] for at in keep] for row in rows)
    assert f"r.csv {expected}" in routine_from_bytes(out.getvalue().encode(), "r.csv").hints


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json", "html"])
def test_of_a_whole_file_nothing_is_said_to_be_missing_even_where_it_is_empty(kind):
    made = kit.Routine(screening=kit.screen()).add("ql_s2", side="left")
    content = getattr(made, f"to_{kind}")()
    read = routine_from_bytes(content if kind == "xlsx" else content.encode(), f"r.{kind}")
    assert read.changed_on_reading == ()


def test_no_file_can_say_itself_what_it_lacks():
    record = json.loads(kit.Routine().add("ql_s2", side="left").to_json())
    assert routine_from_bytes(json.dumps({**record, "missing": ["title"]}).encode(), "r.json").changed_on_reading == ()


def test_a_workbook_without_steps_is_refused(five_steps):
    def change(book):
        book["Steps"]["B1"] = "punkt"

    with pytest.raises(FileFormatError, match="must have a sheet with the columns of an exported routine"):
        routine_from_bytes(edited(five_steps, change), "r.xlsx")


# What wants to do harm


def refused(content, message, seconds=5.0, megabytes=150):
    """It is refused in words, soon, and without much memory."""
    tracemalloc.start()
    begun = time.process_time()
    try:
        with pytest.raises(FileFormatError, match=message):
            routine_from_bytes(content, "r.xlsx")
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1_000_000
    finally:
        tracemalloc.stop()
    assert time.process_time() - begun < seconds


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"hello", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_refused(content):
    refused(content, "r.xlsx must be ")


def test_a_truncated_workbook_is_refused_at_any_length(five_steps):
    content = workbook_of(five_steps)
    for length in range(0, len(content) - 1, len(content) // 60):
        refused(content[:length], "must be a whole .xlsx file, got a damaged one")


def test_a_locked_or_old_workbook_is_told_apart():
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "got an older or a locked one; save it as .xlsx without")


def test_a_zip_bomb_is_refused(five_steps):
    bomb = b"<worksheet>" + b" " * (MAX_BYTES + 1_000_000)
    refused(changed(workbook_of(five_steps), {STEPS: bomb}), "got a workbook far larger than any")


@pytest.mark.slow
def test_a_bomb_packed_another_way_is_refused(five_steps):
    for compression in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        content = changed(workbook_of(five_steps), {STEPS: bytes(50_000_000)}, compression)
        refused(content, "packed in a way no spreadsheet uses")


def test_a_size_that_lies_is_refused(five_steps):
    content = changed(workbook_of(five_steps), {STEPS: b"<worksheet>" + b" " * 3_000_000 + b"</worksheet>"})
    size = (3_000_023).to_bytes(4, "little")
    assert content.count(size) == 2
    refused(content.replace(size, (100).to_bytes(4, "little")), "got a damaged one")


def test_what_is_told_of_a_damaged_part_is_short(five_steps):
    content = bytearray(workbook_of(five_steps))
    # The name in front of a part, longer than it is: the library would quote all of what is taken for it.
    part = content.index(STEPS.encode()) - 30
    content[part + 26 : part + 28] = (3_000).to_bytes(2, "little")
    with pytest.raises(FileFormatError, match="got a damaged one") as caught:
        routine_from_bytes(bytes(content), "r.xlsx")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 300


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
) + "]>"


@pytest.mark.parametrize("doctype", [LAUGHS, '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
@pytest.mark.parametrize("part", [STEPS, "xl/workbook.xml"])
def test_entities_and_document_types_are_refused(doctype, part, five_steps):
    xml = re.sub(r"^<\?xml.*?\?>", "", part_of(workbook_of(five_steps), part))
    refused(changed(workbook_of(five_steps), {part: doctype + xml}), "got one with a document type in it")


@pytest.mark.slow
def test_a_huge_sheet_is_refused(five_steps):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 60_000))
    refused(
        changed(workbook_of(five_steps), {STEPS: f"{WORKSHEET}<sheetData>{rows}</sheetData></worksheet>"}),
        "larger than",
    )


def test_a_cell_far_away_costs_nothing(five_steps):
    xml = part_of(workbook_of(five_steps), STEPS)
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    content = changed(workbook_of(five_steps), {STEPS: xml.replace("</sheetData>", far)})
    assert routine_from_bytes(content, "r.xlsx") == five_steps


@pytest.mark.slow
def test_a_thousand_parts_or_sheets_are_refused(five_steps):
    refused(changed(workbook_of(five_steps), {f"xl/media/{n}.png": b"" for n in range(1000)}), "larger than any")
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1000))
    xml = re.sub(
        r"<sheets>.*</sheets>", f"<sheets>{sheets}</sheets>", part_of(workbook_of(five_steps), "xl/workbook.xml")
    )
    refused(changed(workbook_of(five_steps), {"xl/workbook.xml": xml}), "larger than any")


@pytest.mark.slow
def test_a_link_to_elsewhere_is_not_followed(five_steps):
    name = "xl/_rels/workbook.xml.rels"
    for target in ("http://127.0.0.1:9/x.xml", "file:///etc/passwd", "../../../etc/passwd", "/etc/passwd"):
        xml = re.sub(
            r'Target="/?[^"]*sheet1.xml"',
            f'Target="{target}" TargetMode="External"',
            part_of(workbook_of(five_steps), name),
        )
        refused(changed(workbook_of(five_steps), {name: xml}), "must have a sheet with the columns")
        inside = xml.replace(' TargetMode="External"', "")
        refused(changed(workbook_of(five_steps), {name: inside}), "must have a sheet with the columns")


def test_a_shared_text_that_is_not_there_is_refused(five_steps):
    cell = f'{WORKSHEET}<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>'
    refused(changed(workbook_of(five_steps), {STEPS: cell}), "got another file")


@pytest.mark.slow
def test_deep_nesting_is_harmless(five_steps):
    deep = WORKSHEET + "<a>" * 100_000 + "</a>" * 100_000 + "</worksheet>"
    refused(changed(workbook_of(five_steps), {STEPS: deep}), "must have a sheet with the columns")


NOTES = ("_x0041_ x005F_ _x005F_x0041_ \x0b _", "x005F_", "_x005F_", "_x000D_")


@pytest.mark.parametrize("note", NOTES)
def test_a_text_that_looks_like_an_escape_comes_back_as_it_is(note):
    routine = kit.Routine(title=note).add("ql_s2", side="left", note=note)
    assert routine_from_bytes(routine.to_xlsx(), "r.xlsx") == routine


def with_shared_texts(content, *items):
    """The same workbook with the texts of its first sheet shared, as Excel keeps them, and more cells of more texts."""
    xml, texts = part_of(content, STEPS), []

    def shared(cell):
        texts.append(cell[2])
        return f'<c{cell[1]}t="s"><v>{len(texts) - 1}</v></c>'

    xml = re.sub(r'<c([^>]*)t="inlineStr"><is>(.*?)</is></c>', shared, xml)
    more = "".join(f'<c t="s"><v>{len(texts) + at}</v></c>' for at in range(len(items)))
    parts = "".join(f"<si>{text}</si>" for text in (*texts, *items))
    sheet = xml.replace("</sheetData>", f'<row r="99">{more}</row></sheetData>')
    return changed(
        content, {STEPS: sheet, "xl/sharedStrings.xml": f"{WORKSHEET.replace('worksheet', 'sst')}{parts}</sst>"}
    )


@pytest.mark.parametrize("note", NOTES)
def test_texts_that_cells_share_are_read_as_they_were_typed(note):
    routine = kit.Routine(title=note).add("ql_s2", side="left", note=note)
    assert routine_from_bytes(with_shared_texts(routine.to_xlsx()), "r.xlsx") == routine


def test_of_a_shared_text_all_runs_are_read_and_not_how_it_is_read_aloud(five_steps):
    runs = '<r><rPr><b/></rPr><t xml:space="preserve">a </t></r><r><t>b</t></r><rPh sb="0" eb="1"><t>aloud</t></rPh>'
    book = read_workbook(with_shared_texts(workbook_of(five_steps), runs, "<t/>", "<t>&lt;c&gt;</t>"), "r.xlsx")
    assert book.sheets[0].rows[99] == {0: "a b", 1: "", 2: "<c>"}


def test_rows_in_any_order_are_read_at_their_numbers(five_steps):
    xml = part_of(workbook_of(five_steps), STEPS)
    rows = re.findall(r"<row .*?</row>", xml, re.DOTALL)
    turned = xml.replace("".join(rows), "".join(reversed(rows)))
    assert turned != xml
    assert routine_from_bytes(changed(workbook_of(five_steps), {STEPS: turned}), "r.xlsx") == five_steps


def test_a_workbook_that_was_saved_as_strict_is_read(five_steps):
    strict = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    content = workbook_of(five_steps)
    names = (
        STEPS,
        "xl/worksheets/sheet2.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    )
    parts = {name: part_of(content, name) for name in names}
    for usual, other in strict.items():
        parts = {name: part.replace(usual, other) for name, part in parts.items()}
    assert all("purl.oclc.org" in part for part in parts.values())
    assert routine_from_bytes(changed(content, parts), "r.xlsx") == five_steps


def test_parts_that_hold_no_values_may_hold_anything(five_steps):
    parts = dict.fromkeys(
        ("docProps/core.xml", "xl/theme/theme1.xml", "xl/drawings/drawing1.xml", "customXml/x.xml"), b"<" * 200_000
    )
    content = changed(workbook_of(five_steps), parts, **{"xl/media/photo.png": bytes(30_000_000)})
    assert routine_from_bytes(content, "r.xlsx") == five_steps


def test_a_day_that_only_the_program_knows_by_its_number_is_told_from_a_number(five_steps):
    book = openpyxl.Workbook()
    book.active.append([45_000])
    book.active["A1"].number_format = "yyyy"
    out = io.BytesIO()
    book.save(out)
    styles = re.sub(r"<numFmts.*?</numFmts>", "", part_of(out.getvalue(), "xl/styles.xml")).replace(
        'numFmtId="164"', 'numFmtId="31"'
    )
    assert 'numFmtId="31"' in styles
    content = changed(out.getvalue(), {"xl/styles.xml": styles})
    assert read_workbook(content, "r.xlsx").sheets[0].rows[1][0].pattern == "d"


def test_markup_that_holds_no_cells_is_refused_when_there_is_much_of_it(five_steps):
    content = workbook_of(five_steps)
    refused(
        changed(content, {STEPS: f"{WORKSHEET}<sheetData><row>{'<c/>' * 500_000}</row></sheetData></worksheet>"}),
        "larger than any",
    )
    xfs = part_of(content, "xl/styles.xml").replace("</cellXfs>", "<xf/>" * 200_000 + "</cellXfs>")
    refused(changed(content, {"xl/styles.xml": xfs}), "larger than any")


@pytest.mark.slow
@pytest.mark.parametrize(
    "part",
    ['<dataValidation sqref="A1"/>', "<conditionalFormatting/>", "<a>", '<row r="1048576"><c r="XFD1048576"/></row>'],
)
def test_much_that_is_within_the_limits_is_read_soon(part, five_steps):
    xml = f"{WORKSHEET}<sheetData>{part * 190_000}{'</a>' * 190_000 if part == '<a>' else ''}</sheetData></worksheet>"
    content = changed(workbook_of(five_steps), {STEPS: xml})
    begun = time.process_time()
    with pytest.raises(FileFormatError, match=r"must have a sheet with the columns|larger than any"):
        routine_from_bytes(content, "r.xlsx")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_entities_are_refused_in_every_encoding(encoding, five_steps):
    xml = re.sub(r"^<\?xml.*?\?>", "", part_of(workbook_of(five_steps), STEPS))
    hidden = f'<?xml version="1.0" encoding="{encoding}"?>{LAUGHS}{xml}'.encode(encoding)
    refused(changed(workbook_of(five_steps), {STEPS: hidden}), "got one with a document type in it")


def test_a_workbook_cannot_bring_in_an_overdose_or_a_point_that_is_only_shown(five_steps):
    for cell, value, message in (
        ("F2", 600, "seconds must be"),
        ("G2", 9, "pressure must be"),
        ("B2", "gas_3", "shown"),
    ):

        def change(book, cell=cell, value=value):
            book["Steps"][cell] = value

        with pytest.raises(kit.SelfcareError, match=message):
            routine_from_bytes(edited(five_steps, change), "r.xlsx")


@pytest.mark.parametrize(
    ("value", "shown_as", "code"), [(7, "000", "007"), (104.0, "General", "104"), (42, '"C-"0000', "C-0042")]
)
def test_a_code_that_is_a_number_is_what_the_sheet_shows(five_steps, value, shown_as, code):
    def change(book):
        row = next(row for row in book["Routine"].iter_rows() if row[0].value == "code")
        row[1].value, row[1].number_format = value, shown_as

    assert routine_from_bytes(edited(five_steps, change), "r.xlsx").code == code


@pytest.mark.parametrize("value", [datetime.date(2026, 3, 1), 1234567890123456])
def test_a_code_that_became_a_day_or_lost_digits_is_refused(five_steps, value):
    def change(book):
        next(row for row in book["Routine"].iter_rows() if row[0].value == "code")[1].value = value

    with pytest.raises(FileFormatError, match="row [0-9]+: column 'code' must hold what was typed, got "):
        routine_from_bytes(edited(five_steps, change), "r.xlsx")
