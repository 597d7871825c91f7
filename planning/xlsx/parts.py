"""XML parts of a workbook, decoded while they stream by: sheets and shared texts."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cache
from typing import IO, Any, NamedTuple
from xml.parsers.expat import ParserCreate

from defusedxml import DTDForbidden
from django.utils.translation import gettext as _
from openpyxl.utils import column_index_from_string

MAX_CELLS = 4_000_000
"""Cells in one part, empty ones included, or shared texts."""

MAX_OTHERS = 1_000_000
"""XML elements in one part that are neither cells nor rows nor texts."""

MAX_TEXT = 32_767
"""Characters that a cell holds."""

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
"""Rows and columns of a sheet."""

MAX_MERGED = 1_000
"""Ranges of merged cells that are told."""

_CHUNK = 1 << 18
_ESCAPED = 7
"""Characters that one takes at most where it is escaped: _x000D_."""

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

NUMBER, DATE, TEXT, FLAG, ERROR, FORMULA = "number", "date", "text", "flag", "error", "formula"
"""Types of cells; a date is a number of days that the spreadsheet shows as a date, a time or a duration."""


class TooMuch(Exception):  # noqa: N818 - a limit, not a mistake of ours
    """The file passes a limit; the text says which."""


class Cell(NamedTuple):
    """A cell that is not empty; columns count from 1; dates are in days since the workbook's epoch."""

    column: int
    value: Any
    type: str


class _Part(ABC):
    """A part that is parsed chunk by chunk; document types, and with them entities, are refused."""

    def __init__(self) -> None:
        self.cells = self.others = self.size = 0
        self.wanted = self.phonetic = False
        self.parts: list[str] = []

    def feed(self, stream: IO[bytes]) -> Iterator[None]:
        """Parse the part; pauses after every chunk."""
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = _refuse_doctype
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
            yield
        parser.Parse(b"", True)
        yield

    @abstractmethod
    def start(self, name: str, attrs: dict[str, str]) -> None:
        """An element begins."""

    @abstractmethod
    def end(self, name: str) -> None:
        """An element ends."""

    def characters(self, content: str) -> None:
        """Text; kept if it is asked for."""
        if self.wanted:
            self.parts.append(content)
            self.size += len(content)
            if self.size > MAX_TEXT * _ESCAPED:
                raise TooMuch(_("a cell has more than %(limit)d characters") % {"limit": MAX_TEXT})

    def new_text(self) -> None:
        """Begin a cell or a shared text."""
        self.parts.clear()
        self.size = 0
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise TooMuch(_("more than %(limit)d cells or texts in one part") % {"limit": MAX_CELLS})

    def other(self) -> None:
        """Count an element that is of no use here."""
        self.others += 1
        if self.others > MAX_OTHERS:
            raise TooMuch(_("more than %(limit)d XML elements that are no cells") % {"limit": MAX_OTHERS})


class SharedTexts(_Part):
    """Shared texts; those in several formats are joined, readings of East Asian signs are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """Ask for the texts inside an item."""
        name = local_name(name)
        if name == "t":
            self.wanted = not self.phonetic
        elif name == "si":
            self.new_text()
        elif name == "rPh":
            self.phonetic = True
        else:
            self.other()

    def end(self, name: str) -> None:
        """Keep a text that is complete."""
        name = local_name(name)
        if name == "t":
            self.wanted = False
        elif name == "si":
            self.found.append(_unescaped("".join(self.parts)))
        elif name == "rPh":
            self.phonetic = False


class SheetPart(_Part):
    """Rows of a sheet.

    Parameters
    ----------
    texts : list of str
        The workbook's shared texts.
    date_styles : frozenset of int
        Styles that show a number as a date.

    Attributes
    ----------
    rows : list of (int, list of Cell)
        Rows that are complete; the reader takes them away.
    merged : list of str
        Ranges of merged cells.
    """

    def __init__(self, texts: list[str], date_styles: frozenset[int]) -> None:
        super().__init__()
        self.shared = texts
        self.date_styles = {str(style) for style in date_styles}
        self.rows: list[tuple[int, list[Cell]]] = []
        self.merged: list[str] = []
        self.row = self.column = 0
        self.row_cells: list[Cell] = []
        self.in_cell = self.formula = False
        self.kind, self.style = "", ""

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """Note where a cell is and ask for its text."""
        name = local_name(name)
        if name == "c":
            self._start_cell(attrs)
        elif self.in_cell:
            if name == "v" or (name == "t" and not self.phonetic):
                self.wanted = True
            elif name == "f":
                self.formula = True
            elif name == "rPh":
                self.phonetic = True
            elif name != "is":
                self.other()
        elif name == "row":
            self._start_row(attrs)
        else:
            self.other()
            if name == "mergeCell" and len(self.merged) < MAX_MERGED:
                self.merged.append(attrs["ref"])

    def end(self, name: str) -> None:
        """Decode a cell or a row that is complete."""
        self.wanted = False
        name = local_name(name)
        if name == "c":
            self.in_cell = False
            if self.parts or self.formula:
                self._end_cell("".join(self.parts))
        elif name == "row":
            if self.row_cells:
                self.rows.append((self.row, self.row_cells))
        elif name == "rPh":
            self.phonetic = False

    def _start_row(self, attrs: dict[str, str]) -> None:
        row = int(attrs.get("r", self.row + 1))
        if not self.row < row <= MAX_ROW:
            raise ValueError(f"row {row} after row {self.row}")
        self.row, self.column, self.row_cells = row, 0, []

    def _start_cell(self, attrs: dict[str, str]) -> None:
        address = attrs.get("r")
        column = _column_number(address.rstrip("0123456789")) if address else self.column + 1
        if not self.column < column <= MAX_COLUMN:
            raise ValueError(f"cell {address or column} of row {self.row}")
        self.column, self.in_cell, self.formula = column, True, False
        self.kind, self.style = attrs.get("t", "n"), attrs.get("s", "0")
        self.new_text()

    def _end_cell(self, content: str) -> None:
        value: Any = content
        if self.formula:
            kind = FORMULA
        elif self.kind == "n":
            value, kind = _number(content), DATE if self.style in self.date_styles else NUMBER
        elif self.kind == "b":
            value, kind = content.strip() in ("1", "true"), FLAG
        elif self.kind == "e":
            kind = ERROR
        else:
            value, kind = self.shared[int(content)] if self.kind == "s" else _unescaped(content), TEXT
            if not value or value.isspace():
                return
        self.row_cells.append(Cell(self.column, value, kind))


def local_name(name: str) -> str:
    """Name of an element without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


def _refuse_doctype(name: str, system: str | None, public: str | None, _inside: int) -> None:
    raise DTDForbidden(name, system, public)


@cache
def _column_number(letters: str) -> int:
    return column_index_from_string(letters)


def _number(text: str) -> int | float:
    return int(text) if len(text) < 16 and text.isdecimal() else float(text)


def _unescaped(text: str) -> str:
    """Text of a cell, in which signs that XML cannot hold are written as _x000D_."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
