"""The file: a ZIP archive of XML parts, opened with limits and read sheet by sheet and row by row.

Cells are decoded here rather than by openpyxl: that takes more than twice as long where texts stand in their
cells, and cannot stop inside a row that never ends. openpyxl knows the number formats.
"""

import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from planning.xlsx.parts import Cell, SharedTexts, SheetPart, TooMuch

MAX_BYTES = 64 << 20
"""Largest file that is read."""

MAX_UNPACKED = 512 << 20
"""Largest sum of the unpacked parts."""

MAX_SMALL_PART = 16 << 20
"""Largest part that is read in one piece: the list of sheets, the styles."""

MAX_PARTS = 10_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_DATE_FORMATS = frozenset({*range(27, 37), *range(50, 59)})
"""Numbers of the dates' formats of East Asian spreadsheets, which have no text."""

_DAMAGE = (
    ArithmeticError,
    EOFError,
    ExpatError,
    LookupError,
    NotImplementedError,
    OSError,
    ParseError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What broken archives and broken XML raise."""


class BadFile(Exception):  # noqa: N818 - it carries a message for the user
    """The file, or one of its sheets, cannot be read; the message says why."""


@contextmanager
def readable() -> Iterator[None]:
    """Turn what a broken file provokes into `BadFile`."""
    try:
        yield
    except TooMuch as error:
        raise BadFile(str(error)) from error
    except DefusedXmlException as error:
        raise BadFile(_("the file defines XML entities, which no spreadsheet does")) from error
    except _DAMAGE as error:
        raise BadFile(
            _("the file is damaged: %(error)s") % {"error": str(error) or type(error).__name__}
        ) from error


@dataclass(slots=True)
class RawSheet:
    """A sheet of the file; `merged`, the ranges of merged cells, is known after `rows` has been read."""

    name: str
    hidden: bool
    part: str
    book: "Workbook"
    merged: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Row numbers and cells; empty rows and cells are left out.

        Raises
        ------
        Exception
            Whatever a broken file provokes: read inside `readable`.
        """
        part = SheetPart(self.book.texts, self.book.date_styles)
        with self.book.archive.open(self.part) as stream:
            for _chunk in part.feed(stream):
                yield from part.rows
                part.rows.clear()
        self.merged = part.merged


@dataclass(slots=True)
class Workbook:
    """An opened file.

    Attributes
    ----------
    archive : ZipFile
        Its parts.
    sheets : list of RawSheet
        In the file's order; charts are left out.
    texts : list of str
        Shared texts, which cells name by number.
    date_styles : frozenset of int
        Numbers of the cell styles that show a number as a date, a time or a duration.
    epoch_1904 : bool
        Dates count from 1904, not from 1900.
    """

    archive: zipfile.ZipFile
    sheets: list[RawSheet] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    date_styles: frozenset[int] = frozenset()
    epoch_1904: bool = False


def open_workbook(data: bytes) -> Workbook:
    """Open an XLSX file.

    Raises
    ------
    BadFile
        If the file is too big, damaged, or no workbook.
    """
    if len(data) > MAX_BYTES:
        raise BadFile(
            _("the file has %(size)d bytes, more than %(limit)d") % {"size": len(data), "limit": MAX_BYTES}
        )
    if data.startswith(_OLE):
        raise BadFile(_("an old or a password-protected Excel file; save it as .xlsx without a password"))
    if not data.startswith(b"PK"):
        raise BadFile(_("this is not an .xlsx file"))
    with readable():
        return _opened(zipfile.ZipFile(BytesIO(data)))


def _opened(archive: zipfile.ZipFile) -> Workbook:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        text = _("the file unpacks to more than %(limit)d bytes or %(most)d parts")
        raise BadFile(text % {"limit": MAX_UNPACKED, "most": MAX_PARTS})
    if any(part.flag_bits & 1 for part in parts):
        raise BadFile(_("an old or a password-protected Excel file; save it as .xlsx without a password"))
    names = archive.namelist()
    relations = _relations(archive, "").values() if "_rels/.rels" in names else ()
    main = next((target for kind, target in relations if kind == "officeDocument"), None)
    if main not in names:
        raise BadFile(_("this is not an .xlsx file"))
    return _workbook(archive, main)


def _workbook(archive: zipfile.ZipFile, main: str) -> Workbook:
    book = Workbook(archive)
    tree, relations = _tree(archive, main), _relations(archive, main)
    for element in _all(tree, "workbookPr"):
        book.epoch_1904 = element.get("date1904") in ("1", "true")
    for element in _all(tree, "sheet"):
        link = next(value for name, value in element.attrib.items() if name.endswith("}id"))
        kind, part = relations[link]
        if kind == "worksheet":
            hidden = element.get("state", "visible") != "visible"
            book.sheets.append(RawSheet(element.attrib["name"], hidden, part, book))
    for kind, part in relations.values():
        if kind == "sharedStrings":
            book.texts = _texts(archive, part)
        elif kind == "styles":
            book.date_styles = _date_styles(_tree(archive, part))
    return book


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to inside the file: identifier to kind and part."""
    folder, name = posixpath.split(part)
    tree = _tree(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for element in _all(tree, "Relationship"):
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, element.attrib["Target"]))
            found[element.attrib["Id"]] = (element.attrib["Type"].rpartition("/")[2], target.lstrip("/"))
    return found


def _tree(archive: zipfile.ZipFile, part: str) -> Element:
    if archive.getinfo(part).file_size > MAX_SMALL_PART:
        raise TooMuch(_("a part has more than %(limit)d bytes") % {"limit": MAX_SMALL_PART})
    found: Element = fromstring(archive.read(part), forbid_dtd=True)
    return found


def _all(tree: Element, name: str) -> Iterator[Element]:
    """Elements of that name in any namespace: strict and transitional files have different ones."""
    return (element for element in tree.iter() if element.tag.rpartition("}")[2] == name)


def _texts(archive: zipfile.ZipFile, part: str) -> list[str]:
    texts = SharedTexts()
    with archive.open(part) as stream:
        for _chunk in texts.feed(stream):
            pass
    return texts.found


def _date_styles(tree: Element) -> frozenset[int]:
    formats: dict[int, Any] = dict(BUILTIN_FORMATS)
    for element in _all(tree, "numFmt"):
        formats[int(element.attrib["numFmtId"])] = element.get("formatCode", "")
    numbers = [int(style.get("numFmtId", 0)) for styles in _all(tree, "cellXfs") for style in styles]
    return frozenset(index for index, number in enumerate(numbers) if _is_date(number, formats))


def _is_date(number: int, formats: dict[int, Any]) -> bool:
    if number in _LOCAL_DATE_FORMATS and number not in formats:
        return True
    code = re.sub(r'"[^"]*"', "", formats.get(number, ""))
    return bool(is_date_format(code))
