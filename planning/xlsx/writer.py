"""Writes a workbook (F1-F3)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from planning.xlsx.cells import Zone
from planning.xlsx.columns import Column, Group, Kind
from planning.xlsx.layout import MAX_TEXT, Row, Unwritable, rows_of
from planning.xlsx.sheet import Sheet
from planning.xlsx.sheets import INFO, SHEETS
from solver.contract.duration import format_duration, parse_duration

MAX_ROWS = 1_048_576
"""Rows that a sheet holds, its header included."""

API_VERSION = "7.23.2926"
_FORMULA_STARTS = ("=", "+", "-", "@")
_WIDTHS = {Kind.MOMENT: 19, Kind.DURATION: 10, Kind.FLAG: 8, Kind.NUMBER: 10, Kind.INTEGER: 10}
_MIN_WIDTH, _MAX_WIDTH, _SAMPLED = 8, 40, 200


def write_workbook(data: Mapping[str, Any], timezone: int = 0) -> bytes:
    """The model as an XLSX file.

    Parameters
    ----------
    data : mapping
        JSON of the contract's `UniversalData`.
    timezone : int
        Hours east of UTC, -12..12, that the times are written in.

    Raises
    ------
    Unwritable
        If a text or a list does not fit into a sheet.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_urls": False})
    writer = _Writer(book, Zone(timezone))
    info = {"api_version": API_VERSION, "timezone": timezone, "dataset_name": data.get("dataset_name")}
    writer.sheet(INFO, [info])
    for sheet in SHEETS:
        writer.sheet(sheet, items_of(sheet, data))
    book.close()
    return stream.getvalue()


def items_of(sheet: Sheet, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Objects of the model that stand on the sheet."""
    if not sheet.many:
        found = data.get(sheet.place)
        return [found] if found else []
    owners, _dot, name = sheet.place.partition(".")
    items = data.get(owners) or []
    if not name:
        return list(items)
    return [{**inner, PARENT: owner["key"]} for owner in items for inner in owner.get(name) or ()]


PARENT = "\0parent"
"""Name under which an object carries its parent's key to its row."""


class _Writer:
    def __init__(self, book: Any, zone: Zone) -> None:
        self.book, self.zone = book, zone
        self.plain, self.key = self._format(), self._format(bold=True)
        self.guarded = self._format(quote_prefix=True)
        self.guarded_key = self._format(quote_prefix=True, bold=True)
        self.moment = self._format(num_format="yyyy-mm-dd hh:mm:ss")
        self.duration = self._format(num_format="[h]:mm:ss")
        self.title = self._format(bold=True, bg_color="#E8EEF4", bottom=1, text_wrap=True)
        self.required = self._format(bold=True, bg_color="#CFE0EF", bottom=1, text_wrap=True)

    def _format(self, **more: Any) -> Any:
        return self.book.add_format({"font_name": "Calibri", "font_size": 10, "valign": "top", **more})

    def sheet(self, sheet: Sheet, items: list[dict[str, Any]]) -> None:
        page = self.book.add_worksheet(sheet.name)
        rows = list(_rows(sheet, items))
        columns = _columns(sheet, rows)
        if len(rows) >= MAX_ROWS:
            raise Unwritable(
                sheet.place,
                _("%(rows)d rows do not fit into a sheet of %(limit)d")
                % {"rows": len(rows), "limit": MAX_ROWS},
            )
        for number, column in enumerate(columns):
            page.write_string(0, number, column.title, self.required if column.required else self.title)
            page.set_column(number, number, _width(column, rows))
        for index, row in enumerate(rows, 1):
            for number, column in enumerate(columns):
                value = row.get(column.title)
                if value is not None:
                    self._cell(page, index, number, column, value)
        page.freeze_panes(1, 1 if sheet.many else 0)
        if sheet.many and rows:
            page.autofilter(0, 0, len(rows), len(columns) - 1)

    def _cell(self, page: Any, row: int, number: int, column: Column, value: Any) -> None:
        if isinstance(value, bool):
            page.write_boolean(row, number, value, self.plain)
        elif isinstance(value, int | float):
            page.write_number(row, number, value, self.plain)
        elif column.kind is Kind.MOMENT and (moment := _date(value, self.zone)):
            page.write_datetime(row, number, moment, self.moment)
        elif column.kind is Kind.DURATION and (seconds := _seconds(value)) is not None:
            page.write_number(row, number, seconds / 86_400, self.duration)
        else:
            self._text(page, row, number, column, value)

    def _text(self, page: Any, row: int, number: int, column: Column, value: str) -> None:
        """Write a text as a text, whatever it begins with (F4)."""
        if len(value) > MAX_TEXT:
            raise Unwritable(
                column.title,
                _("%(size)d characters do not fit into a cell of %(limit)d")
                % {"size": len(value), "limit": MAX_TEXT},
            )
        guarded = value.startswith(_FORMULA_STARTS)
        formats = (self.guarded_key, self.key) if column.path == ("key",) else (self.guarded, self.plain)
        page.write_string(row, number, value, formats[0] if guarded else formats[1])


def _rows(sheet: Sheet, items: list[dict[str, Any]]) -> Iterator[Row]:
    for item in items:
        for row in rows_of(item, sheet.group):
            if sheet.parent:
                row[sheet.parent] = item[PARENT]
            yield row


def _columns(sheet: Sheet, rows: list[Row]) -> list[Column]:
    """Columns that are written: the required, the usual, and those that hold something."""
    used = set().union(*rows) if rows else set()
    wanted = {column.title for column in _needed(sheet.group)} | sheet.usual | used
    kept = [column for column in sheet.columns if column.title in wanted]
    parent = [Column(sheet.parent, (PARENT,), Kind.TEXT)] if sheet.parent else []
    return kept[:1] + parent + kept[1:]


def _needed(group: Group) -> Iterator[Column]:
    """Columns without which no object of the sheet keeps the contract."""
    yield from (column for column in group.columns if column.required)
    for child in group.groups:
        if child.required:
            yield from _needed(child)


def _width(column: Column, rows: list[Row]) -> int:
    """Width in characters that shows the values and the title's last part."""
    titles = max(len(part) for part in column.title.split("."))
    if column.kind in _WIDTHS:
        return max(_WIDTHS[column.kind], min(titles, 14))
    longest = max((len(str(row[column.title])) for row in rows[:_SAMPLED] if column.title in row), default=0)
    return min(max(longest + 1, titles + 2, _MIN_WIDTH), _MAX_WIDTH)


def _date(text: str, zone: Zone) -> datetime | None:
    """Wall clock time if a spreadsheet keeps it exactly, else None: the text is then written."""
    moment = datetime.fromisoformat(text)
    try:
        local = zone.local(moment)
    except OverflowError:
        return None
    return local if local.microsecond % 1000 == 0 and 1905 <= local.year <= 9999 else None


def _seconds(text: str) -> int | None:
    """Seconds if a spreadsheet's time says the same as the text, else None: the text is then written."""
    seconds = parse_duration(text)
    return seconds if format_duration(seconds) == text else None
