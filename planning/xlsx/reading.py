"""A workbook as data of the contract, with every finding at once (F1, F2, F4)."""

import re
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from planning.xlsx.findings import Finding, Place
from planning.xlsx.header import Header
from planning.xlsx.sheet import Sheet
from planning.xlsx.sheets import SHEETS

_INDEX = re.compile(r"\[\d+\]")


@dataclass(slots=True)
class Reading:
    """What was read from a workbook.

    Attributes
    ----------
    data : dict
        The model as JSON with the contract's names; what could not be read is left out.
    findings : list of Finding
        Everything that is wrong; the data is good if there is none.
    notes : list of Finding
        What was assumed or left aside, and is no mistake.
    timezone : int
        Hours east of UTC that the workbook's times are local in.
    """

    data: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    timezone: int = 0
    _rows: dict[str, tuple[Sheet, int]] = field(default_factory=dict)
    _headers: dict[str, Header] = field(default_factory=dict)

    def locate(self, path: str) -> Place:
        """Where a path of the contract stands, such as ``orders[3].demands[0].possible_events[1].duration``.

        A path that stands nowhere in the workbook gives the nearest thing around it that does: the row
        of the object that lacks a value, the sheet of a list that is empty.
        """
        found = self._object(path)
        if found is None:
            name = _INDEX.sub("", path).split(".")[0]
            return Place(name if any(sheet.name == name for sheet in SHEETS) else "")
        sheet, row = found
        title = _INDEX.sub("", path)[len(sheet.place) :].removeprefix(".")
        return self.place(sheet, row, title)

    def _object(self, path: str) -> tuple[Sheet, int] | None:
        while path:
            if path in self._rows:
                return self._rows[path]
            cut = max(path.rfind("."), path.rfind("["))
            path = path[: max(cut, 0)]
        return None

    def place(self, sheet: Sheet, row: int, title: str) -> Place:
        """Place of a title, or of the nearest title around or inside it that the sheet has."""
        numbers = self._headers[sheet.name].numbers if sheet.name in self._headers else {}
        names = [column.title for column in sheet.columns]
        wanted = title
        while wanted:
            if wanted in numbers:
                return Place(sheet.name, row, wanted, f"{get_column_letter(numbers[wanted])}{row}")
            inside = [name for name in names if name == wanted or name.startswith(f"{wanted}.")]
            if inside:
                written = next((name for name in inside if name in numbers), None)
                cell = f"{get_column_letter(numbers[written])}{row}" if written else ""
                return Place(sheet.name, row, written or inside[0], cell)
            wanted = wanted.rpartition(".")[0]
        return Place(sheet.name, row)
