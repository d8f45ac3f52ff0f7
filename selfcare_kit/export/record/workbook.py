"""Reading the cells of an Excel workbook that may be hostile, by openpyxl behind a guard; nothing in it is run.

openpyxl gets only the parts with names and values, and only if they are within limits and have no document type, and so
no entities. The result of a formula is read, the formula is not; a link to another file is not followed.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree.ElementTree import Element, iterparse
from xml.parsers import expat

from selfcare_kit.errors import FileFormatError, reason_of

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_PARTS = 500
MAX_SHEETS = 20
MAX_CELLS = 50_000
# Of all parts that are read, unpacked together.
MAX_BYTES = 10_000_000
# Tags in a part with cells, for each cell that is allowed, and in any other part.
MAX_TAGS_A_CELL = 8
MAX_TAGS = 100_000
# Built-in patterns of days and times that openpyxl does not know by their numbers, as East Asian programs use them.
DAY_FORMATS = frozenset((*range(27, 37), *range(50, 59)))
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"

WORKBOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
_READ = re.compile(r"\[Content_Types\]\.xml|xl/(?:_rels/)?[^/]+\.(?:xml|rels)|(?:xl/)?worksheets/[^/]+\.xml")
_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet[\s/>]")
_FILLED = re.compile(rb"<(?:[\w.-]+:)?(?:v|is)[\s>]")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# The namespaces of a workbook saved as "Strict Open XML", and the usual ones for the same.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class ErrorValue(str):
    """The error of a formula, such as #N/A, unlike a text that reads the same."""


class Number(float):
    """A number with the pattern by which it is shown, such as a day or with leading zeros."""

    pattern = ""


Value = str | float | bool
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Characters that XML 1.0 cannot hold, the carriage return, which it would change, and texts like an escape.
_NEEDS_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class Sheet(NamedTuple):
    """The filled cells of a sheet: values by column from 0, by the row's number in the program."""

    name: str
    rows: dict[int, dict[int, Value]]
    is_hidden: bool = False


class Limits(NamedTuple):
    """The most cells and bytes that a workbook may hold, and the message for a larger one."""

    cells: int
    bytes: int
    message: str


ROUTINE_LIMITS = Limits(
    MAX_CELLS, MAX_BYTES, "must hold one routine, got a workbook far larger than any; choose an exported routine."
)


class Workbook(NamedTuple):
    """The sheets of a workbook; `starts_1904` is true where its dates count from 1904."""

    sheets: tuple[Sheet, ...]
    starts_1904: bool


def encode_text(text: str) -> str:
    r"""Return a text with the escapes of a workbook, so that no character is lost.

    Examples
    --------
    >>> encode_text("a\rb"), decode_text("a_x000D_b")
    ('a_x000D_b', 'a\rb')
    """
    return _NEEDS_ESCAPE.sub(lambda character: f"_x{ord(character[0]):04X}_", text)


def decode_text(text: str) -> str:
    """Return the text that `encode_text` escaped."""
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), text)


def read_workbook(content: bytes, name: str, limits: Limits = ROUTINE_LIMITS) -> Workbook:
    """Return the cells of an .xlsx file; refuse one that is locked, damaged, no workbook, or above the limits."""
    if content.startswith(OLD_OR_LOCKED):
        raise FileFormatError(
            f"{name} must be an .xlsx file without a password, got an older or a locked one; "
            "save it as .xlsx without one."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _Guard(archive, name, limits).parts()
    except (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError, NotImplementedError, RuntimeError) as error:
        raise FileFormatError(
            f"{name} must be a whole .xlsx file, got a damaged one ({reason_of(error)}); export it again."
        ) from None
    except ValueError as error:
        raise error if isinstance(error, FileFormatError) else _another_file(name) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _opened(parts)
    except Exception:
        # Each part of openpyxl raises other errors at something unexpected.
        raise _another_file(name) from None


def _another_file(name: str) -> FileFormatError:
    return FileFormatError(f"{name} must be a workbook of Excel or LibreOffice, got another file; export it again.")


class _Guard:
    """Unpacks the parts of an archive that are read, if they are within limits."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self.archive, self.name, self.limits = archive, name, limits
        self.bytes_left, self.cells_left = limits.bytes, limits.cells

    def parts(self) -> dict[str, bytes]:
        """Return each part by its name in the archive."""
        infos = self.archive.infolist()
        if len(infos) > MAX_PARTS:
            raise self._too_large()
        parts = {info.filename: self._unpacked(info) for info in infos if _READ.fullmatch(info.filename)}
        if len(_SHEET.findall(parts.get(WORKBOOK, b""))) > MAX_SHEETS:
            raise self._too_large()
        return parts

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        # Other compressions would be unpacked at once, however large the result is.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile("packed in a way no spreadsheet uses")
        with self.archive.open(info) as file:
            part = file.read(self.bytes_left + 1)
        self.bytes_left -= len(part)
        holds_cells = info.filename == STRINGS or "worksheets/" in info.filename
        max_tags = max(self.limits.cells * MAX_TAGS_A_CELL, MAX_TAGS) if holds_cells else MAX_TAGS
        if self.bytes_left < 0 or part.count(b"<") > max_tags:
            raise self._too_large()
        self.cells_left -= sum(1 for _ in _FILLED.finditer(part)) if holds_cells else 0
        if self.cells_left < 0:
            raise self._too_large()
        reader = expat.ParserCreate()
        reader.StartDoctypeDeclHandler = self._refuse_document_type
        reader.Parse(part, True)
        for strict, usual in _STRICT:
            part = part.replace(strict, usual)
        return part

    def _too_large(self) -> FileFormatError:
        return FileFormatError(f"{self.name} {self.limits.message}")

    def _refuse_document_type(self, *_: Any) -> None:
        raise FileFormatError(
            f"{self.name} must be a workbook of Excel or LibreOffice, got one with a document type in it; "
            "export it again."
        )


def _opened(parts: Mapping[str, bytes]) -> Workbook:
    """Return the sheets in their order, read by openpyxl from the parts."""
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = load_workbook(_packed(parts), read_only=True, data_only=True, keep_links=False)
    strings = list(_shared_texts(parts.get(STRINGS, b"<sst/>")))
    sheets = []
    for sheet in book.worksheets:
        rows: dict[int, dict[int, Value]] = {}
        patterns = _Patterns(sheet)
        for cells in _rows(parts[sheet._worksheet_path], strings):
            for cell in cells:
                rows.setdefault(cell["row"], {})[cell["column"] - 1] = _value(cell, patterns)
        sheets.append(Sheet(sheet.title, rows, sheet.sheet_state != "visible"))
    return Workbook(tuple(sheets), book.epoch == CALENDAR_MAC_1904)


def _packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            # openpyxl drops texts like an escape from the shared texts, which are read below.
            archive.writestr(name, "<sst/>" if name == STRINGS else part)
    return packed


def _shared_texts(part: bytes) -> Iterator[str]:
    """Yield the texts that cells share, with all their runs but without phonetic hints."""
    for _, element in iterparse(io.BytesIO(part)):
        if element.tag == f"{_MAIN}si":
            yield "".join(_runs(element))
            element.clear()


def _runs(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_MAIN}t":
            yield child.text or ""
        elif child.tag == f"{_MAIN}r":
            yield from _runs(child)


def _rows(part: bytes, strings: list[str]) -> Iterator[list[dict[str, Any]]]:
    """Yield the filled cells of each row, in any order of the rows."""
    # The sheet's own rows have empty cells up to the last column, and days in the place of numbers.
    from openpyxl.worksheet._reader import WorkSheetParser

    parser = WorkSheetParser(None, strings, data_only=True)
    for _, element in iterparse(io.BytesIO(part)):
        if element.tag == f"{_MAIN}row":
            yield [cell for cell in parser.parse_row(element)[1] if cell["value"] is not None]
            element.clear()


class _Patterns(dict[int, str]):
    """The number pattern of each cell style; "d" for days whose pattern only the program knows."""

    def __init__(self, sheet: ReadOnlyWorksheet) -> None:
        super().__init__()
        self.sheet = sheet

    def __missing__(self, style: int) -> str:
        from openpyxl.cell.read_only import ReadOnlyCell

        cell = ReadOnlyCell(self.sheet, 1, 1, None, style_id=style)
        try:
            self[style] = "d" if cell.style_array.numFmtId in DAY_FORMATS else cell.number_format
        except IndexError:
            self[style] = ""
        return self[style]


def _value(cell: dict[str, Any], patterns: Mapping[int, str]) -> Value:
    value, kind = cell["value"], cell["data_type"]
    if kind == "n":
        number = Number(value)
        number.pattern = patterns[cell["style_id"]]
        return number
    if kind == "e":
        return ErrorValue(value)
    if kind == "s":
        return decode_text(value)
    return value if kind == "b" else value.isoformat()
