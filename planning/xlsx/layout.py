"""Objects of the contract's JSON as rows of a sheet (F2): what `rows` reads back."""

from collections.abc import Iterator, Mapping
from typing import Any

from planning.fields import Kind
from planning.xlsx.columns import Column, Group, Path
from planning.xlsx.parts import MAX_TEXT
from planning.xlsx.sheet import Role, Sheet
from planning.xlsx.texts import join_list, join_pairs, to_cell

Row = dict[str, Any]
"""Titles of columns to JSON values; a list is a text already."""


def objects_of(sheet: Sheet, data: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Objects of the model that stand on a sheet: path, key of the owner (of a joined one), object."""
    if sheet.role is Role.SINGLE:
        found = at(data, tuple(sheet.place.split(".")))
        return [] if found is None else [(sheet.place, "", found)]
    if sheet.role is Role.JOINED:
        owners, name = sheet.place.split(".")
        return [
            (f"{owners}[{index}].{name}[{inner}]", owner["key"], item)
            for index, owner in enumerate(data.get(owners) or ())
            for inner, item in enumerate(owner.get(name) or ())
        ]
    items = at(data, tuple(sheet.place.split("."))) or ()
    return [
        (f"{sheet.place}[{index}]", "", item)
        for index, item in enumerate(items)
        if sheet.role is Role.LIST or any(at(item, group.path) for group in sheet.group.groups)
    ]


def rows_of(item: dict[str, Any], group: Group) -> list[Row]:
    """Rows of an object: single values in the first, lists over as many as they need.

    An object without a value gets its defaults, for a row without a cell would not be there (F3).
    """
    rows: list[Row] = [{}]
    for column in group.columns:
        value = at(item, column.path)
        if value is None or value == []:
            continue
        if column.many:
            for index, text in enumerate(_chunks(value, column)):
                _row(rows, index)[column.title] = text
        else:
            rows[0][column.title] = to_cell(value) if column.kind is Kind.TEXT else value
    for child in group.groups:
        start = 0
        for inner in at(item, child.path) or ():
            for index, row in enumerate(rows_of(inner, child), start):
                _row(rows, index).update(row)
            start = index + 1
    if rows == [{}]:
        rows = [{column.title: column.default for column in group.columns if column.default is not None}]
    if group.key and len(rows) > 1:
        _repeat_key(rows, group)
    return rows


def _repeat_key(rows: list[Row], group: Group) -> None:
    """Write the key in every row of its object: a filter then shows all of them."""
    title = next(column.title for column in group.columns if column.is_key)
    for row in rows[1:]:
        row.setdefault(title, rows[0].get(title))


def repeated_keys(item: dict[str, Any], group: Group) -> Iterator[str]:
    """Keys that two items of one list have, in all lists of the object: their rows would run together."""
    for child in group.groups:
        items = at(item, child.path) or ()
        if child.key:
            keys = [inner.get(child.key) for inner in items]
            yield from sorted(
                {key for key in keys if keys.count(key) > 1} if len(set(keys)) < len(keys) else ()
            )
        for inner in items:
            yield from repeated_keys(inner, child)


def _row(rows: list[Row], index: int) -> Row:
    if len(rows) == index:
        rows.append({})
    return rows[index]


def at(item: Any, path: Path) -> Any:
    """Value at a path, None if a part of it is absent."""
    for name in path:
        item = item.get(name) if item else None
    return item


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
