"""Writes a workbook (F1-F3)."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import xlsxwriter

from planning.xlsx.cells import Clock
from planning.xlsx.grids import GRIDS
from planning.xlsx.pages import Pages
from planning.xlsx.sheets import SHEETS
from planning.xlsx.summary import write_summary


class Unwritable(Exception):  # noqa: N818 - it carries all that does not fit
    """The data does not fit into a workbook; nothing is ever cut (F2).

    Attributes
    ----------
    problems : list of (str, str)
        Paths of the contract and why they do not fit.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("\n".join(f"{path}: {message}" for path, message in problems))
        self.problems = problems


def write_workbook(
    data: Mapping[str, Any],
    timezone: int = 0,
    on_progress: Callable[[float], None] = lambda share: None,
    *,
    documents: Mapping[str, str] | None = None,
) -> bytes:
    """The model as an XLSX file.

    Parameters
    ----------
    data : mapping
        JSON that keeps the contract's `UniversalData`.
    timezone : int
        Hours east of UTC, -12..12, that the times are written in.
    on_progress : callable
        Told now and then which share of the work is done, 0..1.
    documents : mapping, optional
        Addresses of the documentation by language: ru, en, zh.

    Raises
    ------
    Unwritable
        If a text, a list or a key does not fit; every such thing is told.
    """
    stream = BytesIO()
    book = new_book(stream)
    pages = Pages(book, Clock(timezone))
    addresses = {f"docs_{language}": address for language, address in (documents or {}).items()}
    pages.info({"dataset_name": data.get("dataset_name"), **addresses})
    write_summary(book, pages.styles, data, pages.clock)
    for count, sheet in enumerate(SHEETS):
        on_progress(count / (len(SHEETS) + 1))
        pages.sheet(sheet, data)
    for grid in GRIDS:
        pages.grid(grid, data.get("external_routing") or [])
    pages.lists_page()
    book.close()
    if pages.problems:
        raise Unwritable(pages.problems)
    return stream.getvalue()


def new_book(stream: BytesIO) -> Any:
    """An empty workbook that is written from top to bottom."""
    return xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_urls": False})
