"""LibreOffice opens the table and the workbook with the values that were written, and evaluates none of them."""

import csv
import io
import subprocess
import zipfile

import pytest
from programs import program

import selfcare_kit as kit
from selfcare_kit.export.record.record import STEP_COLUMNS

pytestmark = [pytest.mark.office, pytest.mark.slow]

HOSTILE = (
    "=1+1", "'=1+1", "+49 30 1", "-5", "@SUM(A1)", "\t=1", '=HYPERLINK("http://127.0.0.1:9","x")', "＝1+1", "TRUE",
    "2026-11-23", "1,5", "1-2", "0042", "café – “ok” 😀 _x0041_", "a\nb; c, d", " blanks ", "'quoted", "=WEBSERVICE(A1)",
)  # fmt: skip
# Commas, quotes, UTF-8; as it is shown, nothing counted anew; every sheet a file of its own.
TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
FROM_CSV = "Text - txt - csv (StarCalc):44,34,76,1"
TO_XLSX = "xlsx:Calc MS Excel 2007 XML"


@pytest.fixture(scope="module")
def routine():
    """As many steps as there are notes that a spreadsheet could misread."""
    guide = kit.load_guide()
    made = kit.Routine(title="=2+2", code="0042", screening=kit.screen())
    points = (id for id, point in guide.point_values.items() if not point.show_only)
    for point, note in zip(points, HOSTILE, strict=False):
        made = made.add(point, side="left", seconds=10, note=note)
    return made


@pytest.fixture(scope="module")
def opened(routine, tmp_path_factory):
    """Folder of what LibreOffice made of both files: one run for each way of opening them."""
    office = program("soffice", "libreoffice-calc", "see that it opens what is exported")
    folder = tmp_path_factory.mktemp("office")
    table, book = routine.to_csv(folder / "table.csv"), routine.to_xlsx(folder / "book.xlsx")
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for options, result, path in (([f"--infilter={FROM_CSV}"], TO_XLSX, table), ([], TO_CSV, book)):
        convert = ["--convert-to", result, "--outdir", str(folder / "out"), str(path)]
        subprocess.run([office, "--headless", home, *options, *convert], check=True, capture_output=True, timeout=180)
    return folder / "out"


def rows_of(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_the_workbook_opens_with_the_values_that_were_written(opened, routine):
    head, *rows = rows_of(opened / "book-Steps.csv")
    assert tuple(head) == STEP_COLUMNS
    expected = routine.to_frame().astype(str).to_numpy().tolist()
    assert rows == expected


def test_the_sheet_of_the_whole_routine_opens_with_its_values(opened, routine):
    values = dict(rows_of(opened / "book-Routine.csv"))
    assert (values["title"], values["code"], values["date"]) == ("=2+2", "0042", routine.date.isoformat())


def test_no_formula_of_a_hostile_note_is_evaluated(opened):
    with zipfile.ZipFile(opened / "table.xlsx") as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml").replace(b"<formula", b"")
    notes = [row[-1] for row in rows_of(opened / "book-Steps.csv")[1:]]
    assert notes == list(HOSTILE)


def test_the_table_opens_with_the_values_that_were_written_and_comes_back_from_a_workbook(opened, routine):
    again = kit.read_routine(opened / "table.xlsx")
    assert again.steps == routine.steps
    assert again == routine
