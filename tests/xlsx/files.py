"""Files that are no workbook, or one made to harm: by name, their bytes and what is to be found."""

import re
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import repeat

from openpyxl import Workbook

from tests.xlsx.broken import TEMPLATE, repacked

SHEET = "xl/worksheets/sheet3.xml"
"""Part of the sheet locations in the template."""


def of_sheet(change: Callable[[str], str]) -> bytes:
    """The template with the XML of its sheet locations changed."""

    def changed(name: str, content: bytes) -> bytes:
        return change(content.decode()).encode() if name == SHEET else content

    return repacked(changed)


def with_rows(*rows: str) -> bytes:
    """The template with rows put at the end of its sheet locations, piece by piece."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(TEMPLATE)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            before, end, after = content.partition(b"</sheetData>" if name == SHEET else b"\0")
            with new.open(name, "w") as part:
                part.write(before)
                for piece in rows if end else ():
                    part.write(piece.encode())
                part.write(end + after)
    return stream.getvalue()


def without(*names: str) -> bytes:
    """The template without some of its parts."""
    return repacked(lambda name, content: None if name in names else content)


def declared(doctype: str, use: str) -> bytes:
    """The template with a document type before its sheet locations and a text that uses it."""
    return of_sheet(
        lambda xml: re.sub(r"<worksheet", f"{doctype}<worksheet", xml, count=1).replace(
            "<t>depot</t>", f"<t>{use}</t>", 1
        )
    )


def encrypted() -> bytes:
    """The template with the mark of encryption on every part."""
    data = bytearray(TEMPLATE)
    for match in re.finditer(rb"PK\x03\x04|PK\x01\x02", TEMPLATE):
        flag = match.start() + (6 if match.group()[3] == 4 else 8)
        data[flag] |= 1
    return bytes(data)


def spoilt() -> bytes:
    """The template with bytes inside a packed part changed."""
    with zipfile.ZipFile(BytesIO(TEMPLATE)) as archive:
        start = archive.getinfo(SHEET).header_offset
    data = bytearray(TEMPLATE)
    data[start + 100 : start + 140] = bytes(40)
    return bytes(data)


def liar() -> bytes:
    """The template that says of a part that it is small, and it is not."""
    data = bytearray(TEMPLATE)
    with zipfile.ZipFile(BytesIO(TEMPLATE)) as archive:
        size = struct.pack("<L", archive.getinfo(SHEET).file_size)
    at = data.rindex(size)
    data[at : at + 4] = struct.pack("<L", 10)
    return bytes(data)


def archive(**parts: bytes) -> bytes:
    """A ZIP archive that is no workbook."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


def empty_book() -> bytes:
    """A workbook with one empty sheet, as spreadsheets make it."""
    stream = BytesIO()
    Workbook().save(stream)
    return stream.getvalue()


def empty_rows(count: int) -> bytes:
    """Rows that have only a look."""
    return with_rows("".join(f'<row r="{row}"><c r="A{row}" s="2"/></row>' for row in range(10, count)))


BILLION_LAUGHS = (
    '<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;">]>'
)
OUTSIDE = '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/hostname">]>'

FILES: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "text": lambda: b"key;geopoint.latitude\ndepot;55,1\n",
    "page of the web": lambda: b"<html><table><tr><td>key</td></tr></table></html>",
    "old Excel renamed": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "archive of something else": lambda: archive(readme=b"hello"),
    "document of another office": lambda: archive(mimetype=b"application/vnd.oasis.opendocument.text"),
    "half a file": lambda: TEMPLATE[: len(TEMPLATE) // 2],
    "bytes changed": spoilt,
    "password": encrypted,
    "list of sheets missing": lambda: without("xl/workbook.xml"),
    "sheet missing": lambda: without(SHEET),
    "looks missing": lambda: without("xl/styles.xml"),
    "no known sheet": empty_book,
    "unfinished XML": lambda: of_sheet(lambda xml: xml[: len(xml) // 2]),
    "billion laughs": lambda: declared(BILLION_LAUGHS, "&d;"),
    "file from outside": lambda: declared(OUTSIDE, "&a;"),
    "row number beyond the sheet": lambda: with_rows('<row r="9999999999"><c><v>1</v></c></row>'),
    "rows out of order": lambda: with_rows('<row r="2"><c r="A2"><v>1</v></c></row>'),
    "row that is no number": lambda: with_rows('<row r="x"/>'),
    "column beyond the sheet": lambda: with_rows('<row r="9"><c r="ZZZ9"><v>1</v></c></row>'),
    "shared text that is not there": lambda: with_rows('<row r="9"><c r="A9" t="s"><v>7</v></c></row>'),
    "number that is none": lambda: with_rows('<row r="9"><c r="B9"><v>1,5</v></c></row>'),
    "number that is infinite": lambda: with_rows(
        '<row r="9"><c r="A9" t="str"><v>k</v></c><c r="B9"><v>1e999</v></c><c r="C9"><v>nan</v></c></row>'
    ),
    "last row of the sheet": lambda: with_rows('<row r="1048576"><c t="str"><v>far</v></c></row>'),
    "100,000 empty rows": lambda: empty_rows(100_000),
    "size that is a lie": liar,
    "bomb of spaces": lambda: with_rows(*repeat(" " * (1 << 20), 600)),
    "bomb of tags": lambda: with_rows(*repeat("<x/>" * 100_000, 900)),
    "bomb of cells in a row": lambda: with_rows('<row r="9">' + "<c/>" * 3_000_000 + "</row>"),
    "bomb of filled cells": lambda: with_rows(
        *(f'<row r="{row}">{"<c><v>1</v></c>" * 16_000}</row>' for row in range(10, 270))
    ),
    "bomb of one long text": lambda: with_rows(
        '<row r="9"><c r="A9" t="str"><v>', *repeat("x" * (1 << 20), 200), "</v></c></row>"
    ),
    "10,001 parts": lambda: repacked(
        lambda name, content: content, extra={f"p{number}": b"" for number in range(10_001)}
    ),
}  # fmt: skip
