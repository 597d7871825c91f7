"""Pages of a workbook: sheets of objects, grids, and the help for those who fill them in."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from planning.fields import Kind
from planning.xlsx.bulk import BulkSheet, CellWriter, flag_cell, number_cell, text_cell
from planning.xlsx.cells import Clock, duration_days
from planning.xlsx.columns import Column
from planning.xlsx.grids import MAX_POINTS, OWNER, Grid, grid_rows
from planning.xlsx.guide import LISTS, choices, comment, validation
from planning.xlsx.layout import Row, objects_of, repeated_keys, rows_of
from planning.xlsx.parts import MAX_CELLS, MAX_ROW, MAX_TEXT
from planning.xlsx.sheet import Area, Sheet
from planning.xlsx.sheets import INFO
from planning.xlsx.styles import COLOURS, Styles, prepare_print, width_of
from planning.xlsx.texts import to_cell

API_VERSION = "7.23.2926"
FORMULA_STARTS = ("=", "+", "-", "@")
COMMENT = {"x_scale": 2.2, "y_scale": 1.4, "font_size": 9}
TITLE_HEIGHT = 28


class Pages:
    """Writes the pages of one workbook.

    Parameters
    ----------
    book : xlsxwriter.Workbook
        The workbook, in its constant memory mode.
    clock : Clock
        How times are told.
    every_column : bool
        Write also the optional columns that hold nothing.

    Attributes
    ----------
    problems : list of (str, str)
        Paths of the contract that do not fit, and why.
    """

    def __init__(self, book: Any, clock: Clock, *, every_column: bool = False) -> None:
        self.book, self.clock, self.every_column = book, clock, every_column
        self.styles = Styles(book)
        self.lists = choices()
        self.problems: list[tuple[str, str]] = []

    def info(self, data: Mapping[str, Any]) -> None:
        """Write what the workbook is."""
        told = {"api_version": API_VERSION, "timezone": self.clock.zone, **data}
        self._page(INFO, rows_of(told, INFO.group))

    def lists_page(self) -> None:
        """Write the hidden sheet with the texts of the drop-down lists."""
        page = self.book.add_worksheet(LISTS)
        for row in range(max(map(len, self.lists))):
            for number, texts in enumerate(self.lists):
                if row < len(texts):
                    page.write_string(row, number, texts[row])
        page.hide()

    def sheet(self, sheet: Sheet, data: Mapping[str, Any]) -> None:
        """Write the objects of the model that stand on a sheet."""
        rows = list(self._rows(sheet, data))
        if rows or sheet.always:
            self._page(sheet, rows)

    def _rows(self, sheet: Sheet, data: Mapping[str, Any]) -> Iterator[Row]:
        """Rows of all objects; what cannot be told apart or does not fit is noted."""
        keys: set[tuple[str, Any]] = set()
        count = 0
        for path, owner, item in objects_of(sheet, data):
            key = (owner, item.get(sheet.group.key))
            repeated = [key[1]] if key in keys and sheet.group.key else []
            keys.add(key)
            for name in (*repeated, *repeated_keys(item, sheet.group)):
                self.problems.append((path, _("the key %(key)s is there twice") % {"key": name}))
            for row in rows_of(item, sheet.group):
                count += 1
                self._check_texts(path, row)
                if owner:
                    row[sheet.parent] = to_cell(owner)
                yield row
        if count >= MAX_ROW:
            message = _("%(count)d rows do not fit on a sheet of %(limit)d")
            self.problems.append((sheet.place, message % {"count": count, "limit": MAX_ROW}))

    def _check_texts(self, path: str, row: Row) -> None:
        for title, value in row.items():
            if isinstance(value, str) and len(value) > MAX_TEXT:
                message = _("%(count)d characters do not fit into a cell of %(limit)d")
                self.problems.append((f"{path}.{title}", message % {"count": len(value), "limit": MAX_TEXT}))

    def _page(self, sheet: Sheet, rows: list[Row]) -> None:
        page = self.book.add_worksheet(sheet.name, BulkSheet)
        page.set_tab_color(COLOURS[sheet.area])
        columns = self._columns(sheet, rows)
        page.set_row(0, TITLE_HEIGHT)
        for number, column in enumerate(columns):
            page.write_string(0, number, column.title, self.styles.title_of(sheet, column))
            page.write_comment(0, number, comment(sheet, column), COMMENT)
            page.set_column(number, number, width_of(column, rows))
            if rule := validation(column, self.lists):
                page.data_validation(1, number, MAX_ROW - 1, number, rule)
        page.end_of_titles(len(columns), len(rows))
        cells = [(column.title, self._cell_writer(number, column)) for number, column in enumerate(columns)]
        for index, row in enumerate(rows[: MAX_ROW - 1], 2):
            page.add_row(index, (write(index, row[title]) for title, write in cells if title in row))
        page.freeze_panes(1, 1 if sheet.many else 0)
        prepare_print(page)
        if sheet.many:
            page.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)

    def _columns(self, sheet: Sheet, rows: list[Row]) -> list[Column]:
        """Columns that are written: the required, the usual, and those that hold something."""
        wanted = set(sheet.needed | sheet.usual)
        for row in rows:
            wanted.update(row)
        kept = [column for column in sheet.columns if self.every_column or column.title in wanted]
        owner = [Column(title=sheet.parent, path=(), kind=Kind.TEXT)] if sheet.parent else []
        return kept[:1] + owner + kept[1:]

    def _cell_writer(self, number: int, column: Column) -> CellWriter:
        """How the cells of a column, counted from 0, are written."""
        styles = self.styles
        if column.kind in (Kind.NUMBER, Kind.INTEGER) and not column.many:
            return number_cell(number, styles.plain)
        if column.kind is Kind.FLAG:
            return flag_cell(number, styles.plain)
        plain = text_cell(number, styles.key if column.is_key else styles.plain)
        guarded = text_cell(number, styles.guarded_key if column.is_key else styles.guarded)

        def text(row: int, value: str) -> str:
            """A text stays one, whatever it begins with, even if somebody edits the cell (F4)."""
            return (guarded if value.startswith(FORMULA_STARTS) else plain)(row, value)

        if column.kind is Kind.MOMENT:
            return _time_cell(self.clock.days, number_cell(number, styles.moment), text)
        if column.kind is Kind.DURATION:
            return _time_cell(duration_days, number_cell(number, styles.duration), text)
        return text

    def grid(self, grid: Grid, matrices: list[dict[str, Any]]) -> None:
        """Write the matrices of one kind."""
        rows = list(grid_rows(grid, matrices))
        if not rows:
            return
        widest, cells = (
            max(len(values) for _owner, values in rows),
            sum(len(values) for _owner, values in rows),
        )
        if widest > MAX_POINTS or cells > MAX_CELLS:
            message = _("%(count)d points, %(cells)d cells; a sheet takes %(limit)d and %(most)d")
            figures = {"count": widest, "cells": cells, "limit": MAX_POINTS, "most": MAX_CELLS}
            self.problems.append((f"external_routing.matrix.{grid.field}", message % figures))
            return
        page = self.book.add_worksheet(grid.name, BulkSheet)
        page.set_tab_color(COLOURS[Area.TASK])
        page.write_string(0, 0, OWNER, self.styles.required)
        for number in range(1, widest + 1):
            page.write_number(0, number, number, self.styles.title)
        page.end_of_titles(widest + 1, len(rows))
        key = text_cell(0, self.styles.key)
        numbers = [number_cell(number, self.styles.plain) for number in range(1, widest + 1)]
        for index, (owner, values) in enumerate(rows, 2):
            written = [write(index, value) for write, value in zip(numbers, values, strict=False)]
            page.add_row(index, [key(index, owner), *written])
        page.set_column(0, 0, 18)
        page.freeze_panes(1, 1)
        prepare_print(page)


def _time_cell(days_of: Callable[[str], float | None], number: CellWriter, text: CellWriter) -> CellWriter:
    """Writes a time of the spreadsheet, or a text where it would not keep it."""

    def write(row: int, value: str) -> str:
        days = days_of(value)
        return text(row, value) if days is None else number(row, days)

    return write
