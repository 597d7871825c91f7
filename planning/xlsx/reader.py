"""Reads a workbook (F1, F2, F4)."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext as _
from pydantic_core import to_json

from accounts.language import language
from planning.xlsx.assembly import assemble
from planning.xlsx.cells import Clock
from planning.xlsx.findings import Place
from planning.xlsx.grids import GRIDS, Grid, GridReader, GridRow
from planning.xlsx.header import MAX_GUESSES, closest
from planning.xlsx.package import BadFile, RawSheet, Workbook, open_workbook, readable
from planning.xlsx.reading import Reading
from planning.xlsx.rows import Entity
from planning.xlsx.sheet import Sheet
from planning.xlsx.sheet_reader import SheetReader
from planning.xlsx.sheets import INFO, SHEETS
from solver.contract import SchemaErrors, UniversalData, read
from solver.contract.collector import collector_paused

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
        reading.tell(Place(), str(bad))
    reading.findings.sort(key=lambda finding: (ORDER.get(finding.sheet, len(ORDER)), finding.row or 0))
    if reading.left_out:
        reading.findings.append(Place().finding(_("and %(count)d more") % {"count": reading.left_out}))
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
        for count, sheet in enumerate(sheets):
            name = sheet.name.strip().lower()
            near = closest(name, names) if count < MAX_GUESSES else ""
            if name in found:
                self.reading.tell(Place(sheet.name), _("the workbook has this sheet twice"))
            elif name in names:
                found[name] = sheet
                if sheet.hidden:
                    self.reading.note(Place(sheet.name), _("the sheet is hidden; it was read"))
            elif near and near not in found:
                message = _("unknown sheet; did you mean %(name)s?") % {"name": near}
                self.reading.tell(Place(sheet.name), message)
        if not found:
            message = _("no known sheet; wanted at least one of %(names)s") % {"names": ", ".join(names)}
            self.reading.tell(Place(), message)
        return found

    def _read_info(self, known: dict[str, RawSheet]) -> None:
        entities = self._read_sheet(INFO, known[INFO.name]) if INFO.name in known else []
        info = entities[0].item if entities else {}
        hours = info.get("timezone")
        if hours is None:
            message = _("no time zone is given; times without one were read as UTC")
            self.reading.note(Place(INFO.name, column="timezone"), message)
        elif not -12 <= hours <= 12:
            place = self.reading.place(INFO, entities[0].rows[""], "timezone")
            self.reading.tell(place, _("wanted whole hours from -12 to 12"))
        else:
            self.clock = replace(self.clock, zone=hours)
        self.reading.timezone = self.clock.zone
        if "dataset_name" in info:
            self.reading.data["dataset_name"] = info["dataset_name"]

    def _read_sheet(self, sheet: Sheet, raw: RawSheet) -> list[Entity]:
        reader = SheetReader(sheet, self.clock, self.reading)
        try:
            with readable():
                reader.read(raw)
        except BadFile as bad:
            self.reading.tell(Place(sheet.name), str(bad))
        return reader.finished()

    def _read_grid(self, grid: Grid, raw: RawSheet) -> list[GridRow]:
        reader = GridReader(grid, self.reading.tell)
        try:
            with readable():
                reader.read(raw.rows())
        except BadFile as bad:
            self.reading.tell(Place(grid.name), str(bad))
        return reader.rows

    def _check_schema(self) -> None:
        """Tell what does not keep the contract, at its cells, unless a cell is told already."""
        if self.reading.left_out:
            return
        try:
            read(UniversalData, to_json(self.reading.data), language())
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
                    self.reading.tell(place, message)
