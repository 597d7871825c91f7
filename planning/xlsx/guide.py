"""Help inside the workbook: comments on the titles, drop-down lists and limits of the cells (F5)."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from planning.fields import Kind
from planning.xlsx.columns import Column
from planning.xlsx.descriptions import describe
from planning.xlsx.parts import MAX_ROW
from planning.xlsx.sheet import Sheet
from planning.xlsx.sheets import SHEETS

LISTS = "lists"
"""Name of the hidden sheet with the texts of the drop-down lists."""

_OWN_KEYS = {
    "location_key": "locations",
    "start_location_key": "locations",
    "finish_location_key": "locations",
    "performer_key": "performers",
    "transport_key": "transports",
    "order_key": "orders",
    "orders.key": "orders",
    "transports.key": "transports",
    "trip_key": "trips",
    "target_box_key": "transports.boxes",
}
"""Columns that hold a key of another sheet, by the end of their title."""


def comment(sheet: Sheet, column: Column) -> str:
    """What is to be filled in below a title: meaning, form, limits, default."""
    return "\n".join((column.title, describe(sheet.name, column), *_notes(column)))


def _notes(column: Column) -> Iterator[str]:
    if column.required:
        yield _("Required.")
    yield _form(column)
    low, high = column.bounds
    if column.kind in (Kind.NUMBER, Kind.INTEGER) and high is not None:
        yield _("From %(low)s to %(high)s.") % {"low": f"{low:,g}", "high": f"{high:,g}"}
    elif column.kind is Kind.TEXT and high is not None:
        yield _("At most %(count)d characters.") % {"count": high}
    if column.default not in (None, ""):
        yield _("Empty: %(default)s.") % {"default": str(column.default).upper()}


def _form(column: Column) -> str:
    if column.kind is Kind.PAIR:
        return _("Several with commas between them; a comma inside is written \\,")
    if column.many:
        listed = _("Several with commas between them; a comma inside is written \\,")
        return f"{listed}\n{', '.join(column.choices)}" if column.choices else listed
    return {
        Kind.TEXT: _("Text."),
        Kind.INTEGER: _("Whole number."),
        Kind.NUMBER: _("Number."),
        Kind.FLAG: "TRUE / FALSE",
        Kind.CHOICE: ", ".join(column.choices),
        Kind.DURATION: _("Time such as 1:45:00 or text such as PT1H45M."),
        Kind.MOMENT: _("Date and time."),
    }[column.kind]


def choices() -> list[tuple[str, ...]]:
    """Different lists of choices in all sheets, in a fixed order."""
    found = {column.choices for sheet in SHEETS for column in sheet.columns if column.choices}
    return sorted(found)


def validation(column: Column, lists: Sequence[tuple[str, ...]]) -> dict[str, Any] | None:
    """Rule for the cells below a title, for XlsxWriter; None where any text may stand."""
    if column.many:
        return None
    if column.choices:
        letter = xl_col_to_name(lists.index(column.choices))
        source = f"={LISTS}!${letter}$1:${letter}${len(column.choices)}"
        return {"validate": "list", "source": source, "error_title": column.title[:32]}
    if column.kind is Kind.FLAG:
        return {"validate": "list", "source": ["TRUE", "FALSE"], "error_title": column.title[:32]}
    if column.kind in (Kind.NUMBER, Kind.INTEGER) and None not in column.bounds:
        low, high = column.bounds
        kind = "integer" if column.kind is Kind.INTEGER else "decimal"
        return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    owner = next((name for end, name in _OWN_KEYS.items() if f".{column.title}".endswith(f".{end}")), None)
    if column.kind is Kind.TEXT and owner:
        # A key may be filled in before its own row is: the list helps and does not insist.
        return {"validate": "list", "source": f"='{owner}'!$A$2:$A${MAX_ROW}", "error_type": "information"}
    return None
