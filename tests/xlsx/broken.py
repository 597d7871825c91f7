"""Workbooks with one thing wrong each, made from the template's small day."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from planning.xlsx import write_template

Change = Callable[[Workbook], object]

TEMPLATE = write_template()


def changed(change: Change) -> bytes:
    """The template after a change, as another program saves it."""
    book = load_workbook(BytesIO(TEMPLATE))
    change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(change: Callable[[str, bytes], bytes | None], *, extra: dict[str, bytes] | None = None) -> bytes:
    """The template with its parts changed, by name, or left out."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(TEMPLATE)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return stream.getvalue()


def column(sheet: Worksheet, title: str) -> int:
    """Number of the column with a title."""
    return next(cell.column for cell in sheet[1] if cell.value == title)


def put(sheet: str, row: int, title: str, value: Any, number_format: str | None = None) -> Change:
    """Set a cell."""

    def change(book: Workbook) -> None:
        cell = book[sheet].cell(row, column(book[sheet], title))
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return change


def text(sheet: str, row: int, title: str, value: str) -> Change:
    """Set a cell to a text, even one that begins like a formula."""

    def change(book: Workbook) -> None:
        cell = book[sheet].cell(row, column(book[sheet], title))
        cell.value, cell.data_type = value, "s"

    return change


def retitle(sheet: str, title: str, new: str) -> Change:
    """Change a title."""
    return put(sheet, 1, title, new)


def both(*changes: Change) -> Change:
    """Several changes at once."""

    def change(book: Workbook) -> None:
        for one in changes:
            one(book)

    return change


def rename(sheet: str, new: str) -> Change:
    """Change a sheet's name."""
    return lambda book: setattr(book[sheet], "title", new)


def remove(*sheets: str) -> Change:
    """Take sheets away."""

    def change(book: Workbook) -> None:
        for sheet in sheets:
            book.remove(book[sheet])

    return change


def hide(sheet: str) -> Change:
    """Hide a sheet."""
    return lambda book: setattr(book[sheet], "sheet_state", "hidden")


def rows(sheet: str, *lines: dict[str, Any]) -> Change:
    """Add rows below."""

    def change(book: Workbook) -> None:
        page = book[sheet]
        for line in lines:
            row = page.max_row + 1
            for title, value in line.items():
                page.cell(row, column(page, title), value)

    return change


EVENT = "demands.possible_events"
OPENS = f"{EVENT}.hard_time_window.from"

KINDS: dict[str, Change] = {
    # numbers
    "word for a number": put("locations", 2, "geopoint.latitude", "north"),
    "decimal comma": put("locations", 3, "geopoint.latitude", "55,7137"),
    "thousands separator": put("transports.boxes", 2, "capacity.mass", "1 500"),
    "number with a unit": put("orders.cargos", 2, "capacity.mass", "12.5 kg"),
    "number as a text": put("locations", 2, "geopoint.latitude", "55.6858"),
    "fraction of a whole number": put("performers", 2, "shifts.max_stops", 2.5),
    "number out of range": put("locations", 2, "geopoint.latitude", 99),
    "negative number": put("orders.cargos", 2, "capacity.mass", -1),
    "date for a number": put("orders.cargos", 2, "capacity.mass", datetime(2026, 1, 2)),
    "truth for a number": put("orders.cargos", 2, "capacity.mass", True),
    # texts
    "number for a key": both(put("performers", 2, "key", 17), put("performers", 2, "name", 5.5)),
    "date for a key": put("locations", 2, "key", datetime(2026, 3, 1)),
    "truth for a key": put("performers", 2, "key", True),
    "spaces around a key": put("performers", 2, "key", "  performer-1  "),
    "text too long for the contract": put("performers", 2, "name", "x" * 129),
    "key of spaces": put("performers", 2, "key", "   "),
    # choices and flags
    "unknown choice": put("transports", 2, "transport_type", "LORRY"),
    "choice in small letters": put("transports", 2, "transport_type", "truck_3000"),
    "unknown choice in a list": put("orders.cargos", 2, "compatibilities.rotation", "YAW, SPIN"),
    "word for a flag": put("plan_settings", 2, "geo_settings.toll_roads", "maybe"),
    "flag as a text": put("plan_settings", 2, "geo_settings.toll_roads", "false"),
    # times
    "date as a text": put("orders", 2, OPENS, "17.06.2026 07:00"),
    "date as ISO text": put("orders", 2, OPENS, "2026-06-17T07:00"),
    "date as ISO text with an offset": put("orders", 2, OPENS, "2026-06-17T04:00:00Z"),
    "impossible date as ISO text": put("orders", 2, OPENS, "2026-02-30T07:00"),
    "date without a time": put("orders", 2, OPENS, date(2026, 6, 17)),
    "time without a date": put("orders", 2, OPENS, time(7, 0)),
    "number for a date": put("orders", 2, OPENS, 46190.5, "General"),
    "word for a date": put("orders", 2, OPENS, "tomorrow"),
    "date before the calendar": put("orders", 2, OPENS, -5, "yyyy-mm-dd"),
    "half a window": put("orders", 2, OPENS, None),
    "number for a duration": put("locations", 2, "arrival_duration", 10, "General"),
    "word for a duration": put("locations", 2, "arrival_duration", "ten minutes"),
    "duration as a time": put("locations", 2, "arrival_duration", time(0, 10)),
    "duration of days": put("locations", 2, "arrival_duration", timedelta(hours=30)),
    "duration as a text": put("locations", 2, "arrival_duration", "0:07"),
    "negative duration": put("locations", 2, "arrival_duration", -0.5, "[h]:mm"),
    "date for a duration": put("locations", 2, "arrival_duration", datetime(2026, 1, 1)),
    # keys and rows
    "missing key": put("locations", 3, "key", None),
    "key given twice": rows("locations", {"key": "depot", "geopoint.latitude": 1, "geopoint.longitude": 1}),
    "two objects run together": put("locations", 3, "key", "depot"),
    "missing required value": put("locations", 2, "geopoint.latitude", None),
    "demand without an event": both(*(put("orders", 2, f"{EVENT}.{x}", None) for x in (
        "key", "location_key", "duration", "hard_time_window.from", "hard_time_window.to"))),
    "unknown box": put("transports", 2, "boxes.key", "transport-1-box, other"),
    "box of nobody": rows("transports.boxes", {"key": "spare"}),
    "cargo of nobody": put("orders", 2, "cargos.key", None),
    "box sheet taken away": remove("transports.boxes"),
    # cells
    "formula": put("locations", 2, "geopoint.latitude", "=1+1"),
    "formula for a key": put("locations", 3, "key", '="client"&"-1"'),
    "link to another workbook": put("locations", 2, "geopoint.latitude", "='[other.xlsx]Sheet1'!A1"),
    "error of the spreadsheet": put("locations", 2, "geopoint.latitude", "#REF!"),
    "text that looks like a formula": text("locations", 2, "name", "=SUM(A1:A9)"),
    "merged cells": lambda book: book["locations"].merge_cells("A2:A3"),
    "attribute without a value": text("locations", 2, "attributes", "floor=2, gate"),
    # sheets and titles
    "sheets taken away": remove("orders", "orders.cargos"),
    "slip in a sheet's name": rename("locations", "location"),
    "sheet in capitals": rename("locations", "LOCATIONS "),
    "hidden sheet": hide("performers"),
    "sheet of the user's own": lambda book: book.create_sheet("Notes").append(["key", 1]),
    "slip in a title": retitle("locations", "geopoint.latitude", "geopoint.lattitude"),
    "title of another program": retitle("locations", "name", "Customer"),
    "column of the user's own": retitle("locations", "name", "# Customer"),
    "title twice": retitle("locations", "attributes", "name"),
    "title taken away": retitle("locations", "key", None),
    "titles with spaces and capitals": retitle("locations", "geopoint.latitude", " Geopoint .Latitude"),
    "titles of the description": both(
        retitle("locations", "timetable.work_window.from", "timetable.work_windows.from"),
        retitle("locations", "timetable.work_window.to", "timetable.work_windows.to")),
    "empty rows before the titles": lambda book: book["locations"].insert_rows(1, 3),
    "empty rows between": lambda book: book["orders"].insert_rows(4, 2),
    "time zone out of range": put("info", 2, "timezone", 25),
    "time zone as a word": put("info", 2, "timezone", "Moscow"),
    "no info": remove("info"),
    "everything at once": both(
        put("locations", 2, "geopoint.latitude", "55,68"),
        put("transports", 2, "transport_type", "LORRY"),
        put("orders", 6, f"{EVENT}.duration", "=A1"),
        put("orders", 6, OPENS, "soon")),
}  # fmt: skip
