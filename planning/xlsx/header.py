"""The header row: which column of the model stands where."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from planning.xlsx.columns import Column
from planning.xlsx.parts import FORMULA, Cell
from planning.xlsx.sheet import Sheet

MAX_GUESSES = 50
"""Unknown names that are compared with the known ones; each takes a millisecond."""

OWN_MARK = "#"
"""A title that begins so is the user's own column, which is not read."""


@dataclass(slots=True)
class Header:
    """Columns found on a sheet.

    Attributes
    ----------
    numbers : dict
        Title of the model to number of the column, from 1.
    columns : dict
        Number of the column to what its cells hold.
    parent : int or None
        Number of the column with the parent's key.
    unused : dict
        Number to title of columns that the format's description has and the contract does not.
    wrong : list of (int, str, str)
        Number, title and message of columns that cannot be read.
    known : set of int
        Numbers of all columns with a title.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    columns: dict[int, Column] = field(default_factory=dict)
    parent: int | None = None
    unused: dict[int, str] = field(default_factory=dict)
    wrong: list[tuple[int, str, str]] = field(default_factory=list)
    known: set[int] = field(default_factory=set)


def read_header(sheet: Sheet, cells: list[Cell]) -> Header:
    """Columns of the sheet by the titles in its first row that is not empty."""
    header, known = Header(), {column.title.lower(): column for column in sheet.columns}
    aliases = {old.lower(): meant for old, meant in sheet.aliases.items()}
    for cell in cells:
        header.known.add(cell.column)
        shown = str(cell.value).strip()
        title = re.sub(r"\s*\.\s*", ".", shown.rstrip("*").strip()).lower()
        if shown.startswith(OWN_MARK):
            continue
        if cell.type == FORMULA:
            message = _("a formula; formulas are not calculated here, paste the value itself")
            header.wrong.append((cell.column, "", message))
        elif title in aliases and not aliases[title]:
            header.unused[cell.column] = shown
        elif sheet.parent and title == sheet.parent:
            header.parent = cell.column
        elif title in known or title in aliases:
            meant = aliases.get(title) or (known[title].title,)
            _add(header, cell.column, [known[name.lower()] for name in meant], shown)
        else:
            guess = closest(title, [*known, *aliases]) if len(header.wrong) < MAX_GUESSES else ""
            header.wrong.append((cell.column, shown, _unknown(guess)))
    return header


def _add(header: Header, number: int, columns: list[Column], shown: str) -> None:
    for column in columns:
        earlier = header.numbers.get(column.title)
        if earlier is None:
            header.numbers[column.title] = number
            header.columns[number] = column
        elif len(columns) == 1:
            header.wrong.append((number, shown, _("the column stands on the sheet twice")))


def _unknown(guess: str) -> str:
    if guess:
        return _("unknown column; did you mean %(name)s?") % {"name": guess}
    text = _("unknown column; to keep a column of your own, begin its title with %(mark)s")
    return text % {"mark": OWN_MARK}


def closest(name: str, known: Iterable[str]) -> str:
    """The known name that another one is a slip of; empty if it is of none."""
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.8)), "")
