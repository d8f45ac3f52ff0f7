"""Writing a routine as an Excel workbook: the steps, the whole routine, and the plate.

Every text is stored as text, so that no cell is ever a formula.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from selfcare_kit.export.figure import plate_of
from selfcare_kit.export.record.record import ROUTINE_COLUMNS, STEP_COLUMNS, cell_values, routine_to_record
from selfcare_kit.export.record.workbook import encode_text
from selfcare_kit.model.limits import HARD_MAX_SECONDS, MAX_REST_DAYS
from selfcare_kit.model.sides import STEP_SIDES
from selfcare_kit.model.step import MODES
from selfcare_kit.plan.plan import Plan

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# Widths of columns in letters, wide enough for their names.
WIDTHS = {
    "step": 6, "point": 10, "muscle": 24, "side": 8, "mode": 9, "seconds": 10, "pressure": 10, "tool": 18,
    "position": 16, "every_days_min": 17, "every_days_max": 17, "note": 40,
}  # fmt: skip
WHOLE_WIDTHS = (16, 80)
LINE_HEIGHT = 15.0
MAX_LINES = 20
MAX_CENTRED = 40
FONT = "Calibri"
PICTURE_WIDTH = 620
DPI = 144
# Excel accepts a list of choices up to this length.
MAX_LIST_LENGTH = 255
INK, PAPER = "FF1B2733", "FFE6EDF3"
EARLIEST = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def routine_xlsx(routine: Plan) -> bytes:
    """Return a routine as an .xlsx file, the same for the same versions of the packages that draw and pack it."""
    from openpyxl import Workbook

    record = routine_to_record(routine)
    book = Workbook()
    _fill_steps(book.active, routine, record)
    _fill_whole(book.create_sheet("Routine"), record)
    description = _draw_plate(book.create_sheet("Figure"), routine)
    day = datetime.datetime(routine.date.year, routine.date.month, routine.date.day)
    book.properties.creator = "selfcare-kit"
    book.properties.created = day
    packed = io.BytesIO()
    book.save(packed)
    return _repacked(packed.getvalue(), day, description)


def _fill_steps(sheet: Worksheet, routine: Plan, record: dict[str, Any]) -> None:
    sheet.title = "Steps"
    _write_row(sheet, 1, STEP_COLUMNS)
    for number, step in enumerate(record["steps"], start=2):
        _write_row(sheet, number, cell_values(step, STEP_COLUMNS))
    _lay_out(sheet, [WIDTHS[column] for column in STEP_COLUMNS])
    _add_choices(sheet, routine, len(routine.steps) + 1)
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"


def _fill_whole(sheet: Worksheet, record: dict[str, Any]) -> None:
    _write_row(sheet, 1, ("field", "value"))
    for number, column in enumerate(ROUTINE_COLUMNS, start=2):
        _write_row(sheet, number, (column, *cell_values(record, (column,))))
    _lay_out(sheet, WHOLE_WIDTHS)


def _draw_plate(sheet: Worksheet, routine: Plan) -> str:
    """Put the plate on its sheet, and return its description."""
    from openpyxl.drawing.image import Image

    plate = plate_of(routine)
    picture = Image(io.BytesIO(plate.to_png(dpi=DPI)))
    picture.height, picture.width = PICTURE_WIDTH * picture.height / picture.width, PICTURE_WIDTH
    sheet.add_image(picture, "A1")
    sheet.sheet_view.showGridLines = False
    _fit_to_width(sheet)
    return plate.scene.description


def _write_row(sheet: Worksheet, number: int, values: Any) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(number, column)
        if isinstance(value, str):
            cell.number_format = "@"
        if value != "":
            cell.value = encode_text(value) if isinstance(value, str) else value
            cell.data_type = "s" if isinstance(value, str) else "n"


def _lay_out(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Set fonts, widths and heights of a sheet so that it can be read and printed."""
    from openpyxl.styles import Alignment, Font, PatternFill

    for number, row in enumerate(sheet.iter_rows(), start=1):
        for cell, width in zip(row, widths, strict=True):
            is_number = isinstance(cell.value, int)
            side = "center" if is_number and width < MAX_CENTRED else "left"
            cell.alignment = Alignment(side, vertical="top", wrap_text=True)
            # A text that looks like a formula stays a text when its cell is edited, too.
            cell.quotePrefix = not is_number
        lines = max(_lines(cell.value, width) for cell, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = LINE_HEIGHT * min(lines, MAX_LINES)
    for cell in sheet[1]:
        cell.font = Font(name=FONT, bold=True, color=INK)
        cell.fill = PatternFill("solid", fgColor=PAPER)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[_letter(column)].width = width
    sheet.freeze_panes = "A2"
    _fit_to_width(sheet)


def _lines(value: Any, width: int) -> int:
    return sum(1 + len(line) // width for line in str(value or "").split("\n"))


def _fit_to_width(sheet: Worksheet) -> None:
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4


def _add_choices(sheet: Worksheet, routine: Plan, last: int) -> None:
    """Add the allowed values, which a spreadsheet program offers and checks."""
    from openpyxl.worksheet.datavalidation import DataValidation

    dose = routine.guide.dose
    records = routine.guide.records
    lists = {"side": STEP_SIDES, "mode": MODES, "tool": records.tools, "position": records.positions}
    limits = {
        "seconds": (1, min(HARD_MAX_SECONDS, dose.max_area_seconds)),
        "pressure": (1, dose.max_pressure),
        "every_days_min": (dose.every_days_min, MAX_REST_DAYS),
        "every_days_max": (dose.every_days_min, MAX_REST_DAYS),
    }
    rules = {column: DataValidation("list", formula1=f'"{",".join(choices)}"') for column, choices in lists.items()}
    for column, (low, high) in limits.items():
        rules[column] = DataValidation("whole", operator="between", formula1=str(low), formula2=str(high))
    for column, rule in rules.items():
        if len(rule.formula1) <= MAX_LIST_LENGTH:
            letter = _letter(STEP_COLUMNS.index(column) + 1)
            rule.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(rule)


def _letter(column: int) -> str:
    return chr(64 + column)


def _repacked(content: bytes, day: datetime.datetime, description: str) -> bytes:
    """Pack a workbook again without the time, and with a description and spaces that openpyxl cannot write."""
    out = io.BytesIO()
    alternative = f"descr={quoteattr(description)}".encode()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + f"{day.isoformat()}Z".encode(), part)
            elif name.startswith("xl/drawings/drawing"):
                part = part.replace(b'descr="Picture"', alternative)
            elif name.startswith("xl/worksheets/sheet"):
                part = part.replace(b"<is><t>", b'<is><t xml:space="preserve">')
            new.writestr(zipfile.ZipInfo(name, EARLIEST), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
