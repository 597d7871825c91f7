"""Reads a workbook (F1, F2, F4)."""

import difflib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from pydantic_core import to_json

from planning.xlsx.assembly import assemble
from planning.xlsx.cells import Clock, WrongCell, read_cell
from planning.xlsx.findings import Finding, Place
from planning.xlsx.grids import GRIDS, Grid, GridReader, GridRow
from planning.xlsx.header import Header, read_header
from planning.xlsx.package import BadFile, RawSheet, Workbook, open_workbook, readable
from planning.xlsx.parts import Cell
from planning.xlsx.reading import Reading
from planning.xlsx.rows import WRONG, Entity, Node, RowReader, fill_required
from planning.xlsx.sheet import Sheet
from planning.xlsx.sheets import INFO, SHEETS
from planning.xlsx.texts import from_cell
from solver.contract import SchemaErrors, UniversalData, read
from solver.contract.collector import collector_paused

MAX_FINDINGS = 15_001
"""As many as the contract's lists of errors hold."""

PAGES: tuple[Sheet | Grid, ...] = (*SHEETS, *GRIDS)

ORDER = {name: index for index, name in enumerate(("", INFO.name, *(page.name for page in PAGES)))}


def read_workbook(data: bytes, on_progress: Callable[[float], None] = lambda share: None) -> Reading:
    """Read an XLSX file as data of the contract.

    Parameters
    ----------
    data : bytes
        The file.
    on_progress : callable
        Told now and then which share of the work is done, 0..1.

    Returns
    -------
    Reading
        Data, findings (all at once, also those of the contract's schema, at their cells) and notes. A file
        that is no workbook has one finding; no file raises an error (F4).
    """
    reader = _Reader(on_progress)
    reading = reader.reading
    try:
        with collector_paused():
            reader.read(open_workbook(data))
    except BadFile as bad:
        reading.findings.append(Finding("", None, "", str(bad)))
    reading.findings.sort(key=lambda finding: (ORDER.get(finding.sheet, len(ORDER)), finding.row or 0))
    if len(reading.findings) > MAX_FINDINGS:
        more = len(reading.findings) - MAX_FINDINGS + 1
        del reading.findings[MAX_FINDINGS - 1 :]
        reading.findings.append(Finding("", None, "", _("and %(count)d more") % {"count": more}))
    return reading


class _Reader:
    def __init__(self, on_progress: Callable[[float], None]) -> None:
        self.reading = Reading()
        self.clock = Clock()
        self.on_progress = on_progress

    def read(self, book: Workbook) -> None:
        self.clock = Clock(epoch_1904=book.epoch_1904)
        known = self._known(book.sheets)
        self._read_info(known)
        found: dict[str, list[Entity]] = {}
        grids: dict[Grid, list[GridRow]] = {}
        for count, page in enumerate(PAGES):
            self.on_progress(count / (len(PAGES) + 2))
            if page.name not in known:
                continue
            if isinstance(page, Grid):
                grids[page] = self._read_grid(page, known[page.name])
            else:
                found[page.name] = self._read_sheet(page, known[page.name])
        assemble(self.reading, found, grids)
        self._check_schema()

    def _known(self, sheets: list[RawSheet]) -> dict[str, RawSheet]:
        """Sheets of the model by name; others are told if their name looks like a slip."""
        names = [name for name in ORDER if name]
        found: dict[str, RawSheet] = {}
        for sheet in sheets:
            name = sheet.name.strip().lower()
            near = difflib.get_close_matches(name, names, n=1, cutoff=0.8)
            if name in found:
                self._tell(Place(sheet.name), _("the workbook has this sheet twice"))
            elif name in names:
                found[name] = sheet
                if sheet.hidden:
                    self._note(Place(sheet.name), _("the sheet is hidden; it was read"))
            elif near and near[0] not in found:
                message = _("unknown sheet; did you mean %(name)s?") % {"name": near[0]}
                self._tell(Place(sheet.name), message)
        if not found:
            message = _("no known sheet; wanted at least one of %(names)s") % {"names": ", ".join(names)}
            self._tell(Place(), message)
        return found

    def _tell(self, place: Place, message: str) -> None:
        self.reading.findings.append(place.finding(message))

    def _note(self, place: Place, message: str) -> None:
        self.reading.notes.append(place.finding(message))

    def _read_info(self, known: dict[str, RawSheet]) -> None:
        entities = self._read_sheet(INFO, known[INFO.name]) if INFO.name in known else []
        info = entities[0].item if entities else {}
        hours = info.get("timezone")
        if hours is None:
            message = _("no time zone is given; times without one were read as UTC")
            self._note(Place(INFO.name, column="timezone"), message)
        elif not -12 <= hours <= 12:
            place = self.reading.place(INFO, entities[0].rows[""], "timezone")
            self._tell(place, _("wanted whole hours from -12 to 12"))
        else:
            self.clock = replace(self.clock, zone=hours)
        self.reading.timezone = self.clock.zone
        if "dataset_name" in info:
            self.reading.data["dataset_name"] = info["dataset_name"]

    def _read_sheet(self, sheet: Sheet, raw: RawSheet) -> list[Entity]:
        reader = _SheetReader(self, sheet)
        try:
            with readable():
                reader.read(raw)
        except BadFile as bad:
            self._tell(Place(sheet.name), str(bad))
        reader.finish(raw.merged)
        return reader.rows.entities

    def _read_grid(self, grid: Grid, raw: RawSheet) -> list[GridRow]:
        reader = GridReader(grid)
        try:
            with readable():
                reader.read(raw.rows())
        except BadFile as bad:
            self._tell(Place(grid.name), str(bad))
        for place, message in reader.wrong:
            self._tell(place, message)
        return reader.rows

    def _check_schema(self) -> None:
        """Tell what does not keep the contract, at its cells, unless a cell is told already."""
        try:
            read(UniversalData, to_json(self.reading.data))
        except SchemaErrors as errors:
            cells = {(finding.sheet, finding.row, finding.column) for finding in self.reading.findings}
            told: set[tuple[Place, str]] = set()
            for error in errors.errors:
                place, message = self.reading.locate(error.entity or ""), error.message
                if place.column and not place.cell:
                    # Not a cell is wrong but a column: that is told once.
                    place, message = Place(place.sheet, None, place.column), _("the column is missing")
                if (place.sheet, place.row, place.column) not in cells and (place, message) not in told:
                    told.add((place, message))
                    self._tell(place, message)


class _SheetReader:
    """Reads one sheet and tells what is wrong on it."""

    def __init__(self, reader: _Reader, sheet: Sheet) -> None:
        self.reader, self.sheet = reader, sheet
        self.header = Header()
        self.rows = RowReader(Node.of(sheet.group, {}), many=sheet.many)

    def read(self, raw: RawSheet) -> None:
        """Read the header and all rows."""
        rows = raw.rows()
        first, titles = next(rows, (1, []))
        self.header = read_header(self.sheet, titles)
        self.reader.reading.knows_columns(self.sheet, self.header.numbers)
        for number, shown, message in self.header.wrong:
            self._tell(first, number, message, shown)
        self.rows = RowReader(Node.of(self.sheet.group, self.header.numbers), many=self.sheet.many)
        if self.sheet.group.key and self.sheet.group.key not in self.header.numbers:
            self._tell_missing(self.sheet.group.key, has_rows=next(rows, None) is not None)
            return
        for row, cells in rows:
            self._read_row(row, cells)

    def _tell_missing(self, title: str, *, has_rows: bool) -> None:
        """Tell that the rows cannot be told apart, if there are any."""
        if has_rows:
            self.reader._tell(Place(self.sheet.name, None, title), _("the column is missing"))

    def _tell(self, row: int, number: int | None, message: str, title: str = "") -> None:
        column = self.header.columns.get(number or 0)
        shown = title or (column.title if column else "")
        self.reader._tell(Place.of(self.sheet.name, row, shown, number), message)

    def _read_row(self, row: int, cells: list[Cell]) -> None:
        values: dict[int, Any] = {}
        parent = ""
        for cell in cells:
            number = cell.column
            column = self.header.columns.get(number)
            if column:
                try:
                    values[number] = read_cell(cell, column, self.reader.clock)
                except WrongCell as wrong:
                    values[number] = WRONG
                    self._tell(row, number, str(wrong))
            elif number == self.header.parent:
                parent = from_cell(str(cell.value))
            elif number in self.header.unused:
                title = self.header.unused.pop(number)
                self.reader._note(Place(self.sheet.name, None, title), _("the column has no effect here"))
            elif number not in self.header.known:
                self.header.known.add(number)
                self.reader._note(Place.of(self.sheet.name, row, "", number), _("no title above; not read"))
        if values:
            self.rows.add(row, values, parent)

    def finish(self, merged: list[str]) -> None:
        """Tell what shows only when the whole sheet was read."""
        for row, number, message in self.rows.clashes:
            self._tell(row, number, message)
        for cells in merged:
            message = _("cells %(cells)s are merged; split them and fill in each one") % {"cells": cells}
            self.reader._tell(Place(self.sheet.name), message)
        self._tell_repeated()
        for entity in self.rows.entities:
            fill_required(entity.item, self.sheet.group)

    def _tell_repeated(self) -> None:
        """Tell keys that come again after other rows: an object's rows follow one another."""
        first: dict[tuple[str, str], int] = {}
        for entity in self.rows.entities:
            key = entity.item.get(self.sheet.group.key)
            if key is None:
                continue
            row = entity.rows[""]
            earlier = first.setdefault((entity.parent, key), row)
            if earlier != row:
                message = _("the key %(key)s was already given in row %(row)d") % {"key": key, "row": earlier}
                self._tell(row, self.header.numbers.get(self.sheet.group.key), message)
