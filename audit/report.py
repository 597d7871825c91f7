"""The report on usage as a workbook (AC6)."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from audit.models import DailyCounter
from audit.statistics import Period

FIGURES = ("points", "unique_points", "elements", "processes")
WIDTH, NAME_WIDTH = 14, 26
"""Of columns, in characters."""


def workbook(period: Period, rows: Iterable[DailyCounter]) -> bytes:
    """Return the workbook: a line a day, user, service and type, and sums of all days."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    found = list(rows)
    names = [_("Company"), _("User"), _("Service"), _("Type")]
    figures = [_("Points"), _("Unique points by day"), _("Planned demands"), _("Processes")]
    days = [[row.date, *_names(row), *_figures(row)] for row in found]
    _sheet(book, _("Days"), [_("Date"), *names, *figures], days)
    _sheet(book, _("Sums"), [*names, *figures], sums(found))
    book.set_properties({"title": _("Usage"), "comments": f"{period.start} - {period.end}"})
    book.close()
    return file.getvalue()


def sums(rows: Iterable[DailyCounter]) -> list[list[Any]]:
    """Return the sums of each company, user, service and type."""
    found: dict[tuple[str, ...], list[int]] = {}
    for row in rows:
        line = found.setdefault(tuple(_names(row)), [0] * len(FIGURES))
        line[:] = [so_far + more for so_far, more in zip(line, _figures(row), strict=True)]
    return [[*names, *figures] for names, figures in sorted(found.items())]


def _names(row: DailyCounter) -> list[str]:
    return [row.company_key, row.username, row.service, row.process_type]


def _figures(row: DailyCounter) -> list[int]:
    return [getattr(row, name) for name in FIGURES]


def _sheet(book: Any, title: str, head: list[str], lines: list[list[Any]]) -> None:
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    count = book.add_format({"num_format": "#,##0"})
    names = len(head) - len(FIGURES)
    sheet.set_column(0, names - 1, NAME_WIDTH)
    sheet.set_column(names, len(head) - 1, WIDTH, count)
    sheet.write_row(0, 0, head, bold)
    for number, line in enumerate(lines, 1):
        for column, value in enumerate(line):
            write = sheet.write_string if isinstance(value, str) else sheet.write
            write(number, column, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(lines), len(head) - 1)
