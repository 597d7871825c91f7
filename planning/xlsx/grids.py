"""Sheets of an external matrix: a row for each row of the matrix, a column for each of its columns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from planning.xlsx.cells import WrongCell, whole
from planning.xlsx.findings import Place
from planning.xlsx.parts import MAX_COLUMN, TEXT, Cell

OWNER = "transport_type"


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet with the matrices of one kind, those of all transport types below one another."""

    name: str
    field: str


GRIDS = (Grid("external_routing.distances", "distances"), Grid("external_routing.durations", "durations"))

MAX_POINTS = MAX_COLUMN - 1
"""Points of a matrix that a sheet holds beside the column of the transport type."""


@dataclass(slots=True)
class GridRow:
    """A row of a matrix with its number on the sheet."""

    row: int
    owner: str
    values: list[int]


class GridReader:
    """Rows of a grid.

    Parameters
    ----------
    grid : Grid
        The sheet.
    tell : callable
        Takes the place and the message of what could not be read.

    Attributes
    ----------
    rows : list of GridRow
        What could be read.
    """

    def __init__(self, grid: Grid, tell: Callable[[Place, str], None]) -> None:
        self.grid, self.tell = grid, tell
        self.rows: list[GridRow] = []

    def read(self, rows: Iterator[tuple[int, list[Cell]]]) -> None:
        """Read all rows; the first one has the titles."""
        first, titles = next(rows, (1, []))
        if titles and (titles[0].column != 1 or str(titles[0].value).strip().lower() != OWNER):
            self._tell(first, 1, _("wanted the title %(title)s") % {"title": OWNER})
        owner = ""
        for row, cells in rows:
            if cells[0].column == 1:
                cell = cells.pop(0)
                owner = cell.value.strip().upper() if cell.type == TEXT else ""
            self.rows.append(GridRow(row, owner, self._values(row, cells)))

    def _values(self, row: int, cells: list[Cell]) -> list[int]:
        values: list[int] = []
        for cell in cells:
            if cell.column != len(values) + 2:
                self._tell(row, len(values) + 2, _("wanted a whole number, -1 if there is no way"))
                values.extend([-1] * (cell.column - 2 - len(values)))
            try:
                values.append(whole(cell))
            except WrongCell as wrong:
                values.append(-1)
                self._tell(row, cell.column, str(wrong))
        return values

    def _tell(self, row: int, number: int, message: str) -> None:
        self.tell(grid_place(self.grid, row, number), message)


def grid_place(grid: Grid, row: int, number: int | None) -> Place:
    """Place of a cell of a grid; its columns are titled by the number of the point, from 1."""
    return Place.of(grid.name, row, OWNER if number == 1 else str((number or 1) - 1), number)


def grid_rows(grid: Grid, matrices: list[dict[str, Any]]) -> Iterator[tuple[str, list[int]]]:
    """Rows of a grid: transport type and numbers."""
    for matrix in matrices:
        for values in matrix["matrix"][grid.field]:
            yield matrix["transport_type"], values
