"""Reads the rows of one sheet and tells what is wrong on it."""

from typing import Any

from django.utils.translation import gettext as _

from planning.xlsx.cells import Clock, WrongCell, read_cell
from planning.xlsx.columns import KEYS, Column
from planning.xlsx.findings import Place
from planning.xlsx.header import Header, read_header
from planning.xlsx.package import RawSheet
from planning.xlsx.parts import Cell, TooMuch
from planning.xlsx.reading import Reading
from planning.xlsx.rows import WRONG, Entity, Node, RowReader, fill_required
from planning.xlsx.sheet import Role, Sheet

MAX_OBJECTS = 15_001
"""Objects that a list of the contract holds at most."""


class SheetReader:
    """Reader of one sheet.

    Parameters
    ----------
    sheet : Sheet
        What stands on it.
    clock : Clock
        How its times are told.
    reading : Reading
        Takes findings, notes and the places of the columns.
    """

    def __init__(self, sheet: Sheet, clock: Clock, reading: Reading) -> None:
        self.sheet, self.clock, self.reading = sheet, clock, reading
        self.header = Header()
        self.raw: RawSheet | None = None
        self.rows = self._row_reader()

    def _row_reader(self) -> RowReader:
        root = Node.of(self.sheet.group, self.header.numbers)
        return RowReader(root, self._tell, many=self.sheet.many)

    def read(self, raw: RawSheet) -> None:
        """Read the header and all rows; raises what a broken file provokes."""
        self.raw, rows = raw, raw.rows()
        first, titles = next(rows, (1, []))
        self.header = read_header(self.sheet, titles)
        self.reading.knows_columns(self.sheet, self.header.numbers)
        for number, shown, message in self.header.wrong:
            self.reading.tell(Place.of(self.sheet.name, first, shown, number), message)
        self.rows = self._row_reader()
        key = self.sheet.group.key
        if key and key not in self.header.numbers:
            if next(rows, None):
                self.reading.tell(Place(self.sheet.name, None, key), _("the column is missing"))
            return
        for row, cells in rows:
            self._read_row(row, cells)

    def finished(self) -> list[Entity]:
        """The objects; what shows only when the whole sheet was read is told."""
        for cells in self.raw.merged if self.raw else ():
            message = _("cells %(cells)s are merged; split them and fill in each one") % {"cells": cells}
            self.reading.tell(Place(self.sheet.name), message)
        self._tell_repeated()
        for entity in self.rows.entities:
            fill_required(entity.item, self.sheet.group)
        return self.rows.entities

    def _tell(self, row: int, number: int | None, message: str) -> None:
        column = self.header.columns.get(number or 0)
        title = column.title if column else self.sheet.parent
        self.reading.tell(Place.of(self.sheet.name, row, title, number), message)

    def _read_row(self, row: int, cells: list[Cell]) -> None:
        values: dict[int, Any] = {}
        parent = ""
        for cell in cells:
            number = cell.column
            column = self.header.columns.get(number)
            if column:
                values[number] = self._value(row, cell, column)
            elif number == self.header.parent:
                found = self._value(row, cell, _PARENT)
                parent = found if isinstance(found, str) else ""
            else:
                self._note_unread(row, number)
        if values:
            self.rows.add(row, values, parent)
            if self.sheet.role is not Role.JOINED and len(self.rows.entities) > MAX_OBJECTS:
                raise TooMuch(_("more than %(limit)d objects on one sheet") % {"limit": MAX_OBJECTS})

    def _value(self, row: int, cell: Cell, column: Column) -> Any:
        try:
            return read_cell(cell, column, self.clock)
        except WrongCell as wrong:
            self._tell(row, cell.column, str(wrong))
            return WRONG

    def _note_unread(self, row: int, number: int) -> None:
        """Note, once a column, that its values go nowhere."""
        if number in self.header.unused:
            title = self.header.unused.pop(number)
            self.reading.note(Place(self.sheet.name, None, title), _("the column has no effect here"))
        elif number not in self.header.known:
            self.header.known.add(number)
            self.reading.note(Place.of(self.sheet.name, row, "", number), _("no title above; not read"))

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


_PARENT = Column(title="", path=(), kind=KEYS.kind)
