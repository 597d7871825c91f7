"""Looks of the workbook: fonts, number formats, widths."""

from typing import Any

from planning.fields import Kind
from planning.xlsx.columns import Column
from planning.xlsx.layout import Row

FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
MOMENT_FORMAT, DURATION_FORMAT = "yyyy-mm-dd hh:mm:ss", "[h]:mm:ss"
DISTANCE_FORMAT, MONEY_FORMAT, SHARE_FORMAT = "#,##0", "#,##0.00", "0.0%"

TASK_COLOUR, RESULT_COLOUR, SETTINGS_COLOUR = "#3B7DB8", "#4C9A5B", "#B98A2F"
_NARROWEST, _WIDEST, _SAMPLED = 9, 42, 200
_WIDTHS = {Kind.MOMENT: 18, Kind.DURATION: 11}
_TITLE_LINES = 3


class Styles:
    """Formats of one workbook.

    Parameters
    ----------
    book : xlsxwriter.Workbook
        The workbook.
    """

    def __init__(self, book: Any) -> None:
        self._book = book
        self.plain, self.key = self.add(), self.add(bold=True)
        self.guarded, self.guarded_key = self.add(quote_prefix=True), self.add(quote_prefix=True, bold=True)
        self.moment = self.add(num_format=MOMENT_FORMAT, align="left")
        self.duration = self.add(num_format=DURATION_FORMAT)
        self.title = self.add(bold=True, bg_color="#E9EEF3", bottom=1, text_wrap=True)
        self.required = self.add(bold=True, bg_color="#CFE0EF", bottom=1, text_wrap=True)
        self.heading = self.add(bold=True, font_size=14)

    def title_of(self, column: Column) -> Any:
        """Format of a title: required columns stand out."""
        return self.required if column.required else self.title

    def add(self, **more: Any) -> Any:
        """A format of its own."""
        return self._book.add_format({**FONT, **more})


def width_of(column: Column, rows: list[Row]) -> int:
    """Width in characters that shows the values, and the title in three lines."""
    title = max(len(column.title) // _TITLE_LINES + 3, _NARROWEST)
    values = _WIDTHS.get(column.kind) or 1 + max(
        (len(str(row[column.title])) for row in rows[:_SAMPLED] if column.title in row), default=0
    )
    return min(max(title, values), _WIDEST)
