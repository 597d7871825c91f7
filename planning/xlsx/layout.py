"""Objects of the contract's JSON as rows of a sheet (F2): what `rows` reads back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planning.xlsx.columns import Column, Group, Kind, Path
from planning.xlsx.texts import join_list, join_pairs, to_cell

MAX_TEXT = 32_767
"""Characters that a cell holds."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unwritable(Exception):  # noqa: N818 - it carries a path and a message
    """The data does not fit into a workbook; nothing is ever cut (F2).

    Attributes
    ----------
    path : str
        Path of the contract.
    message : str
        Why it does not fit.
    """

    path: str
    message: str


def rows_of(item: dict[str, Any], group: Group) -> list[Row]:
    """Rows of an object: titles of columns to JSON values; lists go over several rows."""
    rows: list[Row] = [{}]
    for column in group.columns:
        value = _at(item, column.path)
        if value is None or value == []:
            continue
        cells = _chunks(value, column) if column.many else [_scalar(value, column)]
        for index, cell in enumerate(cells):
            _row(rows, index)[column.title] = cell
    for child in group.groups:
        start = 0
        for inner in _at(item, child.path) or ():
            for index, row in enumerate(rows_of(inner, child), start):
                _row(rows, index).update(row)
            start = index + 1
    _repeat_key(rows, group)
    return rows


def _repeat_key(rows: list[Row], group: Group) -> None:
    """Write the key in every row of its object: a filter then shows all of them."""
    if not group.key:
        return
    title = next(column.title for column in group.columns if column.path == (group.key,))
    for row in rows[1:]:
        row.setdefault(title, rows[0].get(title))


def _row(rows: list[Row], index: int) -> Row:
    while len(rows) <= index:
        rows.append({})
    return rows[index]


def _at(item: Any, path: Path) -> Any:
    for name in path:
        item = item.get(name) if item else None
    return item


def _scalar(value: Any, column: Column) -> Any:
    return to_cell(value) if column.kind is Kind.TEXT else value


def _chunks(items: list[Any], column: Column) -> Iterator[str]:
    """Texts of a list; one that is too long for a cell goes on in the next row."""
    chunk = ""
    for text in (_item_text(item, column) for item in items):
        if chunk and len(chunk) + 2 + len(text) > MAX_TEXT:
            yield chunk
            chunk = text
        else:
            chunk = f"{chunk}, {text}" if chunk else text
    yield chunk


def _item_text(item: Any, column: Column) -> str:
    if column.kind is Kind.PAIR:
        return join_pairs([(item["key"], item["value"])])
    return join_list([item["key"] if column.reference else item])
