"""Looks of the workbook: fonts, number formats, widths."""

from typing import Any

from planning.fields import Kind
from planning.xlsx.columns import Column
from planning.xlsx.layout import Row
from planning.xlsx.sheet import Area, Sheet

FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
MOMENT_FORMAT, DURATION_FORMAT = "yyyy-mm-dd hh:mm:ss", "[h]:mm:ss"
COUNT_FORMAT, KILOMETRE_FORMAT = "#,##0", "#,##0.0"
MONEY_FORMAT, SHARE_FORMAT = "#,##0.00", "0.0%"

COLOURS = {Area.TASK: "#3B7DB8", Area.RESULT: "#4C9A5B", Area.SETTINGS: "#B98A2F"}
_NARROWEST, _WIDEST, _SAMPLED = 9, 54, 200
_WIDTHS = {Kind.MOMENT: 18, Kind.DURATION: 11}
_TITLE_LINES, _ONE_LINE = 2, 20
_TITLE, _REQUIRED_TITLE = "#EDF1F5", "#CFE0EF"


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
        self.title = self.add(bg_color=_TITLE, bottom=1, text_wrap=True)
        self.key_title = self.add(bg_color=_REQUIRED_TITLE, bottom=1, text_wrap=True, bold=True)
        self.optional_key_title = self.add(bg_color=_TITLE, bottom=1, text_wrap=True, bold=True)
        self.required = self.add(bg_color=_REQUIRED_TITLE, bottom=1, text_wrap=True)
        self.number_title = self.add(bg_color=_TITLE, bottom=1, text_wrap=True, align="right")
        self.apart, self.apart_title = self.add(indent=1), self.add(bg_color=_TITLE, bottom=1, indent=1)
        self.heading = self.add(bold=True, font_size=14)

    def title_of(self, sheet: Sheet, column: Column) -> Any:
        """Format of a title: keys are bold (F2), required columns stand out."""
        if column.is_key:
            return self.key_title if column.title in sheet.needed else self.optional_key_title
        return self.required if column.title in sheet.needed else self.title

    def add(self, **more: Any) -> Any:
        """A format of its own."""
        return self._book.add_format({**FONT, **more})


def prepare_print(page: Any) -> None:
    """Print a sheet as wide as the paper, with its titles on every page."""
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def width_of(column: Column, rows: list[Row]) -> int:
    """Width in characters that shows the values, and the title in two lines."""
    title = max(len(column.title) // _TITLE_LINES + 4, min(len(column.title) + 2, _ONE_LINE), _NARROWEST)
    values = _WIDTHS.get(column.kind) or 1 + max(
        (len(str(row[column.title])) for row in rows[:_SAMPLED] if column.title in row), default=0
    )
    return min(max(title, values), _WIDEST)
