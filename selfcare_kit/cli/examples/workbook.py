"""The example table of a batch as a workbook, with lists to choose from."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from selfcare_kit.batches.client_request import COLUMNS, MAX_COUNT
from selfcare_kit.clinics.profile import PAPERS, VARIANTS
from selfcare_kit.export.kinds import KINDS
from selfcare_kit.guide.guide import Guide
from selfcare_kit.model.sides import STEP_SIDES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CLIENTS, WORDS = "Clients", "Words"
# Rows that have the lists, enough for a day of any clinic.
LAST_ROW = 500
# Widths of columns in letters; those that are not named have the least.
WIDTHS = {"client": 22, "title": 22, "areas": 34, "none_of_these": 15, "confirm_sides": 14, "agreed": 28, "comment": 60}
MIN_WIDTH = 12
LINE_HEIGHT = 15.0
WORD_WIDTHS = (14, 18, 60)
# More than this a spreadsheet program does not show beside a cell, or take as a list.
MAX_LENGTH = 255
YES = ("yes", "no")
# What a cell may hold beyond one of the list, such as several areas, or another word for yes.
OPEN_COLUMNS = ("areas", "sensations", "template", "confirm_sides", "none_of_these", "kinds")


def clients_workbook(table: str, guide: Guide, day: datetime.date) -> bytes:
    """Return the example table, which is given as CSV, as an .xlsx file with `day` in its column asked_on."""
    from openpyxl import Workbook

    book = Workbook()
    header, *rows = csv.reader(io.StringIO(table, newline=""))
    _fill_clients(book.active, header, rows, day)
    lists = _lists(guide)
    _add_lists(book.active, header, lists, _fill_words(book.create_sheet(WORDS), guide))
    for sheet, widths in ((book.active, [WIDTHS.get(name, MIN_WIDTH) for name in header]), (book[WORDS], WORD_WIDTHS)):
        _lay_out(sheet, widths)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _fill_clients(sheet: Worksheet, header: list[str], rows: list[list[str]], day: datetime.date) -> None:
    sheet.title = CLIENTS
    sheet.append(header)
    for number, row in enumerate(rows, start=2):
        for at, (column, text) in enumerate(zip(header, row, strict=True), start=1):
            cell = sheet.cell(number, at)
            if column == "asked_on" and text:
                cell.value, cell.number_format = day, "yyyy-mm-dd"
            elif text:
                cell.value = int(text) if column == "count" else text
    # As text a code such as 007 or MAR-1 stays as it is typed, below the example, too.
    code = header.index("code") + 1
    for number in range(2, LAST_ROW + 1):
        sheet.cell(number, code).number_format = "@"


def _fill_words(sheet: Worksheet, guide: Guide) -> dict[str, str]:
    """Write the words of the guide, each with what it means, and return the cells of those that are long lists."""
    records = guide.records
    areas = [(area.id, area.label) for area in records.areas.values()]
    questions = [(rule.id, rule.label) for rule in records.asked_rules]
    blocks = (("areas", areas), ("sensations", [(name, "") for name in records.sensations]), ("yes", questions))
    sheet.append(("column", "word", "what it means"))
    cells = {}
    for column, words in blocks:
        first = sheet.max_row + 1
        for word, meaning in words:
            sheet.append((column, word, meaning))
        cells[column] = f"{WORDS}!$B${first}:$B${sheet.max_row}"
    return cells


def _lists(guide: Guide) -> dict[str, tuple[str, ...]]:
    return {
        "side": STEP_SIDES,
        "template": YES,
        "confirm_sides": YES,
        "none_of_these": YES,
        "language": tuple(guide.languages),
        "paper": PAPERS,
        "variant": VARIANTS,
        "kinds": ("html+csv", *KINDS),
    }


def _add_lists(
    sheet: Worksheet, header: Iterable[str], lists: Mapping[str, tuple[str, ...]], cells: Mapping[str, str]
) -> None:
    """Add to each column of ours what it holds, and a list to choose from where there is one."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, column in enumerate(header, start=1):
        if column not in COLUMNS:
            continue
        if column == "count":
            rule = DataValidation("whole", operator="between", formula1="1", formula2=str(MAX_COUNT))
            rule.error = f"Type a number from 1 to {MAX_COUNT}."
        elif column in cells and column in OPEN_COLUMNS:
            rule = DataValidation("list", formula1=cells[column])
        elif column in lists:
            rule = DataValidation("list", formula1=f'"{",".join(lists[column])}"')
            rule.error = f"Choose one of the list: {', '.join(lists[column])}."
        else:
            # Any value, with what the column holds shown beside the cell.
            rule = DataValidation()
        rule.showErrorMessage = bool(rule.error) and column not in OPEN_COLUMNS
        rule.showInputMessage, rule.promptTitle, rule.prompt = True, column, COLUMNS[column][:MAX_LENGTH]
        letter = get_column_letter(at)
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.add_data_validation(rule)


def _lay_out(sheet: Worksheet, widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for cell in sheet[1]:
        cell.font, cell.fill = Font(name="Calibri", bold=True), PatternFill("solid", fgColor="FFE6EDF3")
    alignment = Alignment("left", vertical="top", wrap_text=True)
    for number, row in enumerate(sheet.iter_rows(min_row=2), start=2):
        for cell in row:
            cell.alignment = alignment
        lines = max(1 + len(str(cell.value or "")) // width for cell, width in zip(row, widths, strict=True))
        sheet.row_dimensions[number].height = LINE_HEIGHT * lines
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
