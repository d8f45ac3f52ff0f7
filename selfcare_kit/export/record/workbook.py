"""Reading the cells of an Excel workbook from outside: within limits, and nothing in it is ever run.

Only the parts that hold names and values are looked at. What a formula gave is read, the formula is
not; a link to elsewhere is not followed; a document type, and with it every entity, is refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple
from xml.parsers import expat

from selfcare_kit.errors import FileFormatError

MAX_PARTS = 500
MAX_SHEETS = 20
MAX_CELLS = 50_000
# Of all parts that are read, unpacked.
MAX_BYTES = 10_000_000
# Patterns of days and times that every program has, so that no workbook spells them out.
DAY_FORMATS = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"

WORKBOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


class ErrorValue(str):
    """What a formula gave that failed, such as #N/A; not a text that looks like it."""


class Number(float):
    """A number that is shown in a way of its own, such as a day, or with zeros in front."""

    pattern = ""


Value = str | float | bool
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
# What XML 1.0 cannot carry, a carriage return, which it would change, and what looks like an escape.
_NEEDS_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class Sheet(NamedTuple):
    """The filled cells of a sheet: value by column from 0, by row as the program numbers it."""

    name: str
    rows: dict[int, dict[int, Value]]
    is_hidden: bool = False


class Limits(NamedTuple):
    """How much a workbook may hold: cells, and bytes of all parts that are read; and what to say of a larger one."""

    cells: int
    bytes: int
    told: str


ROUTINE_LIMITS = Limits(
    MAX_CELLS, MAX_BYTES, "must hold one routine, got a workbook far larger than any; choose an exported routine."
)


class Workbook(NamedTuple):
    """What a workbook holds; `starts_1904` tells from which day its dates count."""

    sheets: tuple[Sheet, ...]
    starts_1904: bool


def encode_text(text: str) -> str:
    r"""Write a text as a workbook does, so that every sign arrives.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The same text where XML can carry it.

    Examples
    --------
    >>> encode_text("a\rb"), decode_text("a_x000D_b")
    ('a_x000D_b', 'a\rb')
    """
    return _NEEDS_ESCAPE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)


def decode_text(text: str) -> str:
    """Undo `encode_text`.

    Parameters
    ----------
    text : str
        The text of a cell.

    Returns
    -------
    str
        The text that was meant.
    """
    return _ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), text)


def read_workbook(content: bytes, name: str, limits: Limits = ROUTINE_LIMITS) -> Workbook:
    """Read the cells of an .xlsx file.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name, for messages.
    limits : Limits, optional
        Those of a routine when left out.

    Returns
    -------
    Workbook
        Its sheets in order.

    Raises
    ------
    FileFormatError
        If it is no workbook, is damaged or locked, or is larger than the limits.
    """
    if content.startswith(OLD_OR_LOCKED):
        raise FileFormatError(
            f"{name} must be an .xlsx file without a password, got an older or a locked one; "
            "save it as .xlsx without one."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Reader(archive, name, limits).read()
    except (zipfile.BadZipFile, zlib.error, EOFError, expat.ExpatError, NotImplementedError, RuntimeError) as error:
        raise FileFormatError(
            f"{name} must be a whole .xlsx file, got a damaged one ({error}); export it again."
        ) from None
    except (KeyError, IndexError, ValueError) as error:
        if isinstance(error, FileFormatError):
            raise
        raise FileFormatError(
            f"{name} must be a workbook of Excel or LibreOffice, got another file; export it again."
        ) from None


class _Reader:
    """Reads the parts of one archive, and counts what it unpacks."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self.archive, self.name, self.limits = archive, name, limits
        self.bytes_left = limits.bytes
        self.cells_left = limits.cells
        if len(archive.infolist()) > MAX_PARTS:
            raise self._too_large()

    def read(self) -> Workbook:
        book = _BookParser()
        self._parse(WORKBOOK, book)
        targets = _RelationsParser()
        self._parse(RELATIONS, targets)
        strings = _StringsParser()
        if STRINGS in self.archive.namelist():
            self._parse(STRINGS, strings)
        styles = _StylesParser()
        if STYLES in self.archive.namelist():
            self._parse(STYLES, styles)
        if len(book.sheets) > MAX_SHEETS:
            raise self._too_large()
        sheets = []
        for title, relation, is_hidden in book.sheets:
            if relation in targets.sheets:
                cells = _CellsParser(strings.found, styles.patterns, self._count_cell)
                self._parse(targets.sheets[relation], cells)
                sheets.append(Sheet(title, cells.rows, is_hidden))
        return Workbook(tuple(sheets), book.starts_1904)

    def _parse(self, part: str, parser: _Parser) -> None:
        reader = expat.ParserCreate(namespace_separator=" ")
        reader.buffer_text = True
        reader.StartDoctypeDeclHandler = self._refuse_doctype
        reader.StartElementHandler = parser.start
        reader.EndElementHandler = parser.end
        reader.CharacterDataHandler = parser.text
        reader.Parse(self._unpack(part), True)

    def _unpack(self, part: str) -> bytes:
        info = self.archive.getinfo(part)
        # The other ways of packing are unpacked in one go, however much that is.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zipfile.BadZipFile("packed in a way no spreadsheet uses")
        with self.archive.open(info) as file:
            content = file.read(self.bytes_left + 1)
        self.bytes_left -= len(content)
        if self.bytes_left < 0:
            raise self._too_large()
        return content

    def _count_cell(self) -> None:
        self.cells_left -= 1
        if self.cells_left < 0:
            raise self._too_large()

    def _too_large(self) -> FileFormatError:
        return FileFormatError(f"{self.name} {self.limits.told}")

    def _refuse_doctype(self, *_: Any) -> None:
        raise FileFormatError(
            f"{self.name} must be a workbook of Excel or LibreOffice, got one with a document type in it; "
            "export it again."
        )


class _Parser:
    """Hears of elements, by their local name, and of text."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.start_element(tag.rpartition(" ")[2], {key.rpartition(" ")[2]: text for key, text in attributes.items()})

    def end(self, tag: str) -> None:
        self.end_element(tag.rpartition(" ")[2])

    def start_element(self, tag: str, attributes: dict[str, str]) -> None:
        """Hear of a start tag."""

    def end_element(self, tag: str) -> None:
        """Hear of an end tag."""

    def text(self, text: str) -> None:
        """Hear of text."""


class _BookParser(_Parser):
    """Collects the sheets' names, each with its relation, and how dates count."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.starts_1904 = False

    def start_element(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            self.sheets.append((attributes["name"], attributes["id"], attributes.get("state", "visible") != "visible"))
        elif tag == "workbookPr":
            self.starts_1904 = attributes.get("date1904") in ("1", "true")


class _RelationsParser(_Parser):
    """Collects where the sheets lie in the archive; what lies outside of it is left out."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}

    def start_element(self, tag: str, attributes: dict[str, str]) -> None:
        is_inside = attributes.get("TargetMode") != "External"
        if tag == "Relationship" and is_inside and attributes["Type"].endswith("/worksheet"):
            self.sheets[attributes["Id"]] = posixpath.join("/xl", attributes["Target"]).lstrip("/")


class _StylesParser(_Parser):
    """Collects the pattern in which the cells of each style show a number; empty where it tells nothing."""

    def __init__(self) -> None:
        self.patterns: list[str] = []
        self.own: dict[str, str] = {}
        self.is_inside = False

    def start_element(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self.own[attributes["numFmtId"]] = attributes["formatCode"]
        elif tag == "xf" and self.is_inside:
            number = attributes.get("numFmtId", "0")
            self.patterns.append(self.own.get(number, "d" if number in DAY_FORMATS else ""))
        self.is_inside = self.is_inside or tag == "cellXfs"

    def end_element(self, tag: str) -> None:
        self.is_inside = self.is_inside and tag != "cellXfs"


class _TextParser(_Parser):
    """Collects the text of runs, without what tells how it is read aloud."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.is_inside = False
        self.is_phonetic = False

    def start_element(self, tag: str, attributes: dict[str, str]) -> None:
        self.is_inside = tag == "t" and not self.is_phonetic
        self.is_phonetic = self.is_phonetic or tag == "rPh"

    def end_element(self, tag: str) -> None:
        self.is_inside = False
        self.is_phonetic = self.is_phonetic and tag != "rPh"

    def text(self, text: str) -> None:
        if self.is_inside:
            self.parts.append(text)

    def taken(self) -> str:
        text, self.parts = "".join(self.parts), []
        return text


class _StringsParser(_TextParser):
    """Collects the texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end_element(self, tag: str) -> None:
        super().end_element(tag)
        if tag == "si":
            self.found.append(decode_text(self.taken()))


class _CellsParser(_TextParser):
    """Collects the values of a sheet's cells."""

    def __init__(self, strings: list[str], patterns: list[str], count: Callable[[], None]) -> None:
        super().__init__()
        self.strings, self.patterns, self.count = strings, patterns, count
        self.rows: dict[int, dict[int, Value]] = {}
        self.kind, self.row, self.column, self.style = "n", 0, -1, 0

    def start_element(self, tag: str, attributes: dict[str, str]) -> None:
        super().start_element(tag, attributes)
        if tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = -1
        elif tag == "c":
            self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", 0))
            self.column = _column(attributes["r"]) if "r" in attributes else self.column + 1
            self.parts = []
        elif tag == "v":
            self.is_inside = True

    def end_element(self, tag: str) -> None:
        super().end_element(tag)
        if tag == "c" and self.parts:
            self.count()
            self.rows.setdefault(self.row, {})[self.column] = self._value(self.taken())

    def _value(self, text: str) -> Value:
        if self.kind == "s":
            return self.strings[int(text)]
        if self.kind == "n":
            return self._number(text)
        if self.kind == "b":
            return text == "1"
        return ErrorValue(text) if self.kind == "e" else decode_text(text)

    def _number(self, text: str) -> float:
        pattern = self.patterns[self.style] if 0 <= self.style < len(self.patterns) else ""
        if not pattern:
            return float(text)
        number = Number(text)
        number.pattern = pattern
        return number


def _column(reference: str) -> int:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    number = 0
    for letter in match[1]:
        number = 26 * number + ord(letter) - 64
    return number - 1
