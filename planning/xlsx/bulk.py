"""A sheet of XlsxWriter that takes whole rows.

Cell by cell the library takes twice as long, cuts numbers to 16 digits and takes a text between ``<r>`` and
``</r>`` for markup; here every digit is kept (F3), and a text is a text (F4).
"""

from collections.abc import Callable, Iterable
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

CellWriter = Callable[[int, Any], str]
"""Row as the spreadsheet numbers it, and value; gives the cell's XML."""


class BulkSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet in the library's constant memory mode: rows are written from top to bottom.

    The first row is written cell by cell, the others by `add_row`.
    """

    def end_of_titles(self, columns: int, rows: int) -> None:
        """Write the first row out; what comes is so many rows of so many columns."""
        self._write_single_row(1)
        self._check_dimensions(rows, columns - 1)

    def add_row(self, number: int, cells: Iterable[str]) -> None:
        """Write a row; numbers count from 1 and grow."""
        self.fh.write(f'<row r="{number}">{"".join(cells)}</row>')


def number_cell(column: int, style: Any) -> CellWriter:
    """Writes numbers into a column, counted from 0."""
    head, tail = _address(column), f'" s="{style._get_xf_index()}"><v>'
    return lambda row, value: f"{head}{row}{tail}{value!r}</v></c>"


def flag_cell(column: int, style: Any) -> CellWriter:
    """Writes TRUE and FALSE."""
    head, tail = _address(column), f'" s="{style._get_xf_index()}" t="b"><v>'
    return lambda row, value: f"{head}{row}{tail}{value:d}</v></c>"


def text_cell(column: int, style: Any) -> CellWriter:
    """Writes texts, which are never formulas."""
    head, tail = _address(column), f'" s="{style._get_xf_index()}" t="inlineStr"><is><t>'
    return lambda row, value: f"{head}{row}{tail}{escape(value)}</t></is></c>"


def _address(column: int) -> str:
    return f'<c r="{xl_col_to_name(column)}'
