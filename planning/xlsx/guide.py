"""Help inside the workbook: comments on the titles, drop-down lists and limits of the cells (F5)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from planning.fields import Kind
from planning.xlsx.columns import Column
from planning.xlsx.descriptions import describe
from planning.xlsx.parts import MAX_ROW
from planning.xlsx.sheet import Sheet
from planning.xlsx.sheets import SHEETS
from planning.xlsx.styles import Styles, prepare_print

LISTS, HELP = "lists", "help"
"""Names of the hidden sheet with the texts of the drop-down lists, and of the one with the help."""

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
    lines = [column.title, describe(sheet.name, column)]
    if column.required:
        lines.append(_("Required.") if column.title in sheet.needed else _("Required if its list is used."))
    return "\n".join((*lines, *_notes(column)))


def _notes(column: Column) -> Iterator[str]:
    yield _form(column)
    low, high = column.bounds
    if column.kind in (Kind.NUMBER, Kind.INTEGER) and high is not None:
        yield _("From %(low)s to %(high)s.") % {"low": _shown(low), "high": _shown(high)}
    elif column.kind is Kind.TEXT and high is not None:
        yield _("At most %(count)d characters.") % {"count": high}
    if column.default not in (None, ""):
        shown = _shown(column.default) if column.kind is Kind.NUMBER else str(column.default).upper()
        yield _("Empty: %(default)s.") % {"default": shown}


def _shown(number: float | None) -> str:
    return f"{int(number):,}" if number is not None and float(number).is_integer() else str(number)


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


def write_help(book: Any, styles: Styles, sheets: Iterable[Sheet]) -> None:
    """Write the sheet help: the rules of filling in, and what every column means."""
    page = book.add_worksheet(HELP)
    page.hide_gridlines(2)
    for number, width in enumerate((18, 70, 66, 12, 110)):
        page.set_column(number, number, width)
    for row, rule in enumerate(_rules()):
        page.write_string(row, 0, rule, styles.plain)
    first = row + 2
    for number, title in enumerate((_("Sheet"), _("Column"), _("Meaning"), _("Required"), _("Form"))):
        page.write_string(first, number, title, styles.key_title)
    row = first
    for sheet in sheets:
        for column in sheet.columns:
            row += 1
            required = _("yes") if column.title in sheet.needed else _("in a list") if column.required else ""
            notes = " ".join(_notes(column)).replace("\n", " ")
            told = (sheet.name, column.title, describe(sheet.name, column), required, notes)
            for number, text in enumerate(told):
                page.write_string(row, number, text, styles.plain)
    page.autofilter(first, 0, row, 4)
    prepare_print(page)


def _rules() -> Iterator[str]:
    yield _("Fill in the blue sheets and upload the file; the example can be planned as it is.")
    yield _("Dark titles are required, bold ones are keys; every title has a comment.")
    yield _("An object may go over several rows: repeat its key and fill in only the next item of its lists.")
    yield _("Times are local in the time zone of the sheet info.")
    yield _("A column whose title begins with # is yours; it is not read.")


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
