"""What is wrong with a workbook, and where."""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to correct in a workbook (F4).

    Attributes
    ----------
    sheet : str
        Name of the sheet; empty if the whole file is meant.
    row : int or None
        Number of the row as the spreadsheet shows it; None if the whole sheet or file is meant.
    column : str
        Title of the column, a path of the contract; empty if no single column is meant.
    message : str
        What is wrong and what was wanted.
    cell : str
        Address of the cell, such as "C12"; empty if there is none.
    """

    sheet: str
    row: int | None
    column: str
    message: str
    cell: str = ""

    def __str__(self) -> str:
        where = [self.sheet, self.cell or (str(self.row) if self.row else ""), self.column]
        place = ", ".join(part for part in where if part)
        return f"{place}: {self.message}" if place else self.message


@dataclass(frozen=True, slots=True)
class Place:
    """Where a path of the contract stands in a workbook; empty parts are not known."""

    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""

    @classmethod
    def of(cls, sheet: str, row: int | None, column: str, number: int | None) -> "Place":
        """Place of the column of that number, from 1, or of a whole row or sheet."""
        return cls(sheet, row, column, f"{get_column_letter(number)}{row}" if row and number else "")

    def finding(self, message: str) -> Finding:
        """The message at this place."""
        return Finding(self.sheet, self.row, self.column, message, self.cell)
