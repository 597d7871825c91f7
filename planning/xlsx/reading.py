"""What was read from a workbook, and the way back from the contract's paths to its cells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from planning.xlsx.findings import Finding, Place
from planning.xlsx.grids import Grid, grid_place
from planning.xlsx.sheet import Sheet
from planning.xlsx.sheets import INFO, SHEETS

MAX_FINDINGS = 15_001
"""As many as the contract's lists of errors hold."""

_INDEX = re.compile(r"\[(\d+)\]")


@dataclass(slots=True)
class Reading:
    """What was read from a workbook.

    Attributes
    ----------
    data : dict
        The model as JSON with the contract's names; what could not be read is left out.
    findings : list of Finding
        Everything that is wrong, in the order of the sheets; the data is good if there is none.
    notes : list of Finding
        What was assumed or left aside, and is no mistake.
    timezone : int
        Hours east of UTC that the workbook's times are local in.
    left_out : int
        Number of findings beyond `MAX_FINDINGS`.
    """

    data: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    timezone: int = 0
    left_out: int = 0
    _rows: dict[str, tuple[Sheet | Grid, int]] = field(default_factory=dict)
    _numbers: dict[str, dict[str, int]] = field(default_factory=dict)

    def tell(self, place: Place, message: str) -> None:
        """Keep a finding."""
        if len(self.findings) < MAX_FINDINGS - 1:
            self.findings.append(place.finding(message))
        else:
            self.left_out += 1

    def note(self, place: Place, message: str) -> None:
        """Keep a note."""
        self.notes.append(place.finding(message))

    def knows_columns(self, sheet: Sheet, numbers: dict[str, int]) -> None:
        """Remember where the columns of a sheet stand: titles to numbers."""
        self._numbers[sheet.name] = numbers

    def knows_rows(self, sheet: Sheet | Grid, rows: Iterable[tuple[str, int]]) -> None:
        """Remember where objects and their lists' items begin: paths and rows."""
        self._rows.update((path, (sheet, row)) for path, row in rows)

    def locate(self, path: str) -> Place:
        """Where a path of the contract stands, such as ``orders[3].demands[0].possible_events[1].duration``.

        A path that stands nowhere in the workbook gives the nearest thing around it that does: the row
        of the object that lacks a value, the sheet of a list that is empty.
        """
        found = self._found(path)
        if found is None:
            return self._unread(_INDEX.sub("", path))
        known, (sheet, row) = found
        if isinstance(sheet, Grid):
            index = _INDEX.match(path, len(known))
            return grid_place(sheet, row, int(index[1]) + 2 if index else None)
        return self.place(sheet, row, _INDEX.sub("", path)[len(sheet.place) :].removeprefix("."))

    def _found(self, path: str) -> tuple[str, tuple[Sheet | Grid, int]] | None:
        while path:
            if path in self._rows:
                return path, self._rows[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return None

    def _unread(self, path: str) -> Place:
        """Place of a path of which no row was read."""
        if path == "dataset_name":
            return self.place(INFO, 2, path)
        inside = [sheet for sheet in SHEETS if f"{path}.".startswith(f"{sheet.place}.")]
        return Place(max(inside, key=lambda sheet: len(sheet.place)).name if inside else "")

    def place(self, sheet: Sheet, row: int, title: str) -> Place:
        """Place of a title, or of the nearest title around or inside it that the sheet has."""
        numbers = self._numbers.get(sheet.name, {})
        names = [column.title for column in sheet.columns]
        while title:
            inside = [name for name in names if name == title or name.startswith(f"{title}.")]
            if inside:
                shown = next((name for name in inside if name in numbers), inside[0])
                return Place.of(sheet.name, row, shown, numbers.get(shown))
            title = title.rpartition(".")[0]
        return Place(sheet.name, row)
