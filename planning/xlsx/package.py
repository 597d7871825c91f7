"""The file: opened with limits, sheet by sheet and row by row."""

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, Any

import defusedxml
from django.utils.translation import gettext as _
from openpyxl import load_workbook

# The public read-only sheet hides merged cells and walks through every row that is not there.
from openpyxl.worksheet._reader import WorkSheetParser

MAX_BYTES = 64 << 20
"""Largest file that is read."""

MAX_UNPACKED = 512 << 20
"""Largest sum of the unpacked parts."""

MAX_TAGS, MAX_TAGS_IN_ROW = 40_000_000, 400_000
"""XML tags in the file and between two ends of rows or texts: more is no workbook but an attack."""

MAX_PARTS = 10_000
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class BadFile(Exception):  # noqa: N818 - it carries a message for the user
    """The file is no workbook that can be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not empty; columns count from 1."""

    column: int
    value: Any
    data_type: str


@dataclass(slots=True)
class RawSheet:
    """A sheet of the file; `merged` is known after `rows` has been read to the end."""

    name: str
    hidden: bool
    parser: "WorkSheetParser | None"
    merged: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Row numbers and cells, empty rows and cells left out."""
        if self.parser is None:
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, cells in self.parser.parse():
                found = [
                    Cell(c["column"], c["value"], c["data_type"]) for c in cells if _is_filled(c["value"])
                ]
                if found:
                    yield number, found
        if self.parser.merged_cells:
            self.merged = [merged.ref for merged in self.parser.merged_cells.mergeCell]


def _is_filled(value: Any) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def open_workbook(data: bytes) -> list[RawSheet]:
    """Sheets of an XLSX file.

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
        raise BadFile(
            _("this is an old or a password-protected Excel file; save it as .xlsx without a password")
        )
    if not data.startswith(b"PK"):
        raise BadFile(_("this is not an .xlsx file"))
    with readable():
        _measure(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        return [_sheet(workbook, sheet) for sheet in workbook.worksheets]


class readable:  # noqa: N801 - reads as a statement: with readable()
    """Turns whatever a broken file provokes in the libraries into `BadFile`."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        """Tell the error if it is the file's."""
        if error is None or isinstance(error, BadFile) or not isinstance(error, Exception):
            return
        if isinstance(error, defusedxml.DefusedXmlException):
            raise BadFile(_("the file defines XML entities, which no spreadsheet does")) from error
        raise BadFile(
            _("the file is damaged: %(error)s") % {"error": error or kind.__name__ if kind else ""}
        ) from error


def _sheet(workbook: Any, sheet: Any) -> RawSheet:
    parser = WorkSheetParser(
        sheet._get_source(),
        sheet._shared_strings,
        epoch=workbook.epoch,
        date_formats=workbook._date_formats,
        timedelta_formats=workbook._timedelta_formats,
    )
    return RawSheet(sheet.title, sheet.sheet_state != "visible", parser)


def _measure(data: bytes) -> None:
    """Refuse what would not fit into memory: the unpacked size, the number of tags, those of a row."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
            raise BadFile(
                _(
                    "the file unpacks to %(size)d bytes in %(parts)d parts; the limits are %(limit)d and %(most)d"
                )
                % {"size": unpacked, "parts": len(parts), "limit": MAX_UNPACKED, "most": MAX_PARTS}
            )
        tags = 0
        for part in parts:
            with archive.open(part) as stream:
                tags += _count_tags(stream)
            if tags > MAX_TAGS:
                raise BadFile(_("the file has more than %(limit)d XML tags") % {"limit": MAX_TAGS})


def _count_tags(stream: IO[bytes]) -> int:
    """Number of tags in a part; `BadFile` if they come without an end of a row or a text."""
    total = run = 0
    while chunk := stream.read(_CHUNK):
        total += chunk.count(b"<")
        end = max(chunk.rfind(b"</row"), chunk.rfind(b"</si"), chunk.rfind(b":row"), chunk.rfind(b":si"))
        run = chunk.count(b"<", end) if end >= 0 else run + chunk.count(b"<")
        if run > MAX_TAGS_IN_ROW:
            raise BadFile(_("more than %(limit)d XML tags in one row") % {"limit": MAX_TAGS_IN_ROW})
    return total
