"""Reads a workbook."""

import difflib
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from pydantic_core import to_json

from planning.xlsx.cells import WrongCell, Zone, read_cell
from planning.xlsx.findings import Finding
from planning.xlsx.header import Header, read_header
from planning.xlsx.package import BadFile, Cell, RawSheet, open_workbook, readable
from planning.xlsx.reading import Reading
from planning.xlsx.rows import WRONG, Entity, Node, RowReader, fill_required
from planning.xlsx.sheet import Sheet
from planning.xlsx.sheets import INFO, SHEETS
from planning.xlsx.texts import from_cell
from solver.contract import SchemaErrors, UniversalData, read

MAX_FINDINGS = 15_001
"""As many as the contract's lists of errors hold."""


def read_workbook(data: bytes) -> Reading:
    """Read an XLSX file as data of the contract.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    Reading
        Data, findings (all at once, also those of the contract's schema, at their cells) and notes. A file
        that is no workbook has one finding; no file raises an error (F4).
    """
    reader = _Reader()
    try:
        reader.read(open_workbook(data))
    except BadFile as bad:
        reader.reading.findings.append(Finding("", None, "", str(bad)))
    reading = reader.reading
    if len(reading.findings) > MAX_FINDINGS:
        more = len(reading.findings) - MAX_FINDINGS
        del reading.findings[MAX_FINDINGS:]
        reading.findings.append(Finding("", None, "", _("and %(count)d more") % {"count": more}))
    return reading


class _Reader:
    def __init__(self) -> None:
        self.reading = Reading()
        self.zone = Zone(0)
        self.local_times = False

    def read(self, raw: list[RawSheet]) -> None:
        found = self._known(raw)
        self._read_info(found)
        read = {
            sheet.name: self._read_sheet(sheet, found[sheet.name]) for sheet in SHEETS if sheet.name in found
        }
        for sheet in SHEETS:
            if sheet.name in read and not sheet.parent:
                self._take(sheet, read[sheet.name])
        for sheet in SHEETS:
            if sheet.parent:
                self._join(sheet, read.get(sheet.name, []))
        self._check_schema()

    # sheets

    def _known(self, raw: list[RawSheet]) -> dict[str, RawSheet]:
        """Sheets of the model by name; others are told if their name looks like a slip."""
        names = [sheet.name for sheet in (INFO, *SHEETS)]
        found: dict[str, RawSheet] = {}
        for sheet in raw:
            name = sheet.name.strip().lower()
            near = difflib.get_close_matches(name, names, n=1, cutoff=0.8)
            if name in found:
                self._tell(sheet.name, _("the workbook has this sheet twice"))
            elif name in names:
                found[name] = sheet
                if sheet.hidden:
                    self.reading.notes.append(
                        Finding(sheet.name, None, "", _("the sheet is hidden; it was read"))
                    )
            elif near and near[0] not in found:
                self._tell(sheet.name, _("unknown sheet; did you mean %(name)s?") % {"name": near[0]})
        if not found:
            self._tell(
                "", _("no known sheet; wanted at least one of %(names)s") % {"names": ", ".join(names[1:])}
            )
        return found

    def _tell(
        self, sheet: str, message: str, row: int | None = None, column: str = "", number: int | None = None
    ) -> None:
        cell = f"{get_column_letter(number)}{row}" if number and row else ""
        self.reading.findings.append(Finding(sheet, row, column, message, cell))

    def _read_info(self, found: dict[str, RawSheet]) -> None:
        entities = self._read_sheet(INFO, found[INFO.name]) if INFO.name in found else []
        info = entities[0].item if entities else {}
        if info.get("dataset_name"):
            self.reading.data["dataset_name"] = info["dataset_name"]
        hours = info.get("timezone")
        if hours is None:
            self.reading.notes.append(
                Finding(INFO.name, None, "timezone", _("no time zone is given; times were read as UTC"))
            )
        elif not -12 <= hours <= 12:
            place = self.reading.place(INFO, entities[0].rows[""], "timezone")
            self.reading.findings.append(place.finding(_("wanted whole hours from -12 to 12")))
        else:
            self.zone = Zone(hours)
        self.reading.timezone = self.zone.hours

    def _read_sheet(self, sheet: Sheet, raw: RawSheet) -> list[Entity]:
        try:
            with readable():
                return self._read_rows(sheet, raw)
        except BadFile as bad:
            self._tell(sheet.name, str(bad))
            return []

    def _read_rows(self, sheet: Sheet, raw: RawSheet) -> list[Entity]:
        rows = raw.rows()
        first, cells = next(rows, (0, []))
        header = read_header(sheet, cells)
        self.reading._headers[sheet.name] = header
        for number, shown, message in header.wrong:
            self._tell(sheet.name, message, first, shown, number)
        reader = RowReader(Node.of(sheet.group, header.numbers), many=sheet.many)
        for row, cells in rows:
            self._read_row(sheet, header, reader, row, cells)
        for row, number, message in reader.clashes:
            self._tell(sheet.name, message, row, header.columns[number].title, number)
        for merged in raw.merged:
            self._tell(
                sheet.name,
                _("cells %(cells)s are merged; split them and fill in each one") % {"cells": merged},
            )
        self._tell_repeated(sheet, header, reader.entities)
        for entity in reader.entities:
            fill_required(entity.item, sheet.group)
        return reader.entities

    def _read_row(self, sheet: Sheet, header: Header, reader: RowReader, row: int, cells: list[Cell]) -> None:
        values: dict[int, Any] = {}
        parent = ""
        for cell in cells:
            number = cell.column
            if number == header.parent:
                parent = from_cell(str(cell.value))
            elif number in header.columns:
                column = header.columns[number]
                try:
                    value = read_cell(cell.value, cell.data_type, column, self.zone)
                except WrongCell as wrong:
                    value = WRONG
                    self._tell(sheet.name, str(wrong), row, column.title, number)
                values[number] = value
            elif number in header.unused:
                self._note_unused(sheet, header.unused.pop(number))
        if values:
            reader.add(row, values, parent)

    def _note_unused(self, sheet: Sheet, title: str) -> None:
        self.reading.notes.append(
            Finding(sheet.name, None, title, _("the column has no effect and was not read"))
        )

    def _tell_repeated(self, sheet: Sheet, header: Header, entities: list[Entity]) -> None:
        """Tell keys that come again after other rows: an object's rows follow one another."""
        first: dict[tuple[str, str], int] = {}
        for entity in entities if sheet.group.key else ():
            key = entity.item.get(sheet.group.key)
            if key is None:
                continue
            row = entity.rows[""]
            earlier = first.setdefault((entity.parent, key), row)
            if earlier != row:
                message = _("the key %(key)s was already given in row %(row)d") % {"key": key, "row": earlier}
                self._tell(sheet.name, message, row, sheet.group.key, header.numbers.get(sheet.group.key))

    # objects

    def _take(self, sheet: Sheet, entities: list[Entity]) -> None:
        """Put the objects of a sheet at their place in the data."""
        if sheet.many:
            self.reading.data[sheet.place] = [entity.item for entity in entities]
        elif entities:
            self.reading.data[sheet.place] = entities[0].item
        for index, entity in enumerate(entities):
            self._remember(sheet, f"{sheet.place}[{index}]" if sheet.many else sheet.place, entity)

    def _remember(self, sheet: Sheet, base: str, entity: Entity) -> None:
        for path, row in entity.rows.items():
            self.reading._rows[base + path] = (sheet, row)

    def _join(self, sheet: Sheet, entities: list[Entity]) -> None:
        """Put the objects of a sheet into those that name their keys."""
        owners, name = sheet.place.split(".")
        by_key = {(entity.parent, entity.item.get(sheet.group.key)): entity for entity in entities}
        used: set[int] = set()
        for index, owner in enumerate(self.reading.data.get(owners, [])):
            base = f"{owners}[{index}].{name}"
            named: list[Any] = []
            for key in owner.pop(name, []):
                entity = by_key.get((owner.get("key", ""), key)) or by_key.get(("", key))
                if entity is None:
                    place = self.reading.locate(f"{base}.key")
                    self.reading.findings.append(
                        place.finding(
                            _("%(key)s is not on the sheet %(sheet)s") % {"key": key, "sheet": sheet.name}
                        )
                    )
                    continue
                self._remember(sheet, f"{base}[{len(named)}]", entity)
                named.append(deepcopy(entity.item) if id(entity) in used else entity.item)
                used.add(id(entity))
            if named:
                owner[name] = named
        for entity in entities:
            if id(entity) not in used and sheet.group.key in entity.item:
                place = self.reading.place(sheet, entity.rows[""], sheet.group.key)
                self.reading.findings.append(
                    place.finding(_("no row of the sheet %(sheet)s names this key") % {"sheet": owners})
                )

    def _check_schema(self) -> None:
        """Tell what does not keep the contract, at its cells, unless a cell is told already."""
        try:
            read(UniversalData, to_json(self.reading.data))
        except SchemaErrors as errors:
            told = {(f.sheet, f.row, f.column) for f in self.reading.findings}
            for error in errors.errors:
                place = self.reading.locate(error.entity or "")
                if (place.sheet, place.row, place.column) not in told:
                    self.reading.findings.append(place.finding(error.message))
