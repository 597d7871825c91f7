"""Rows of a sheet as objects of the contract's JSON (F2).

An object may go over several rows: the first one carries its key and single values, further rows with the
same or an empty key carry further items of its lists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from planning.xlsx.columns import Column, Group, Path

Json = dict[str, Any]
Values = dict[int, Any]

WRONG = object()
"""Stands for the value of a cell that could not be read and has its finding already."""


@dataclass(slots=True)
class Node:
    """A group of the sheet as its header has it, and the object that is being filled.

    `own` are column numbers and columns of the object itself, `inside` all numbers down to the last list.
    """

    group: Group
    own: list[tuple[int, Column]]
    children: list["Node"]
    inside: frozenset[int]
    key: int | None
    current: Json | None = None
    path: str = ""
    row: int = 0

    @classmethod
    def of(cls, group: Group, header: dict[str, int]) -> "Node":
        """Node of a group under a header: titles to column numbers."""
        children = [cls.of(child, header) for child in group.groups]
        own = [(header[column.title], column) for column in group.columns if column.title in header]
        inside = frozenset(number for number, _ in own).union(*(child.inside for child in children))
        key = next((number for number, column in own if column.is_key), None)
        return cls(group, own, children, inside, key)

    def forget(self) -> None:
        """Forget the objects in the lists: a new object begins."""
        for child in self.children:
            if child.current is not None:
                child.current = None
                child.forget()


@dataclass(slots=True)
class Entity:
    """An object read from a sheet.

    Attributes
    ----------
    item : dict
        The object.
    rows : dict
        First row of the object ("") and of every item of its lists (".shifts[1]"), by path from the object.
    parent : str
        Key of the object that it belongs to, where the sheet has such a column.
    """

    item: Json
    rows: dict[str, int]
    parent: str = ""


class RowReader:
    """Puts rows together to objects.

    Parameters
    ----------
    root : Node
        The sheet's columns.
    tell : callable
        Takes row, column number and message of a value that contradicts an earlier row of its object.
    many : bool
        The sheet holds a list of objects, not a single one.

    Attributes
    ----------
    entities : list of Entity
        The objects in the sheet's order.
    """

    def __init__(self, root: Node, tell: Callable[[int, int, str], None], *, many: bool) -> None:
        self.root, self.tell, self.many = root, tell, many
        self.entities: list[Entity] = []

    def add(self, row: int, values: Values, parent: str = "") -> None:
        """Take the values of a row, by column number; `parent` is the key of the object's parent, if told."""
        if self._starts(self.root, values) or (parent and parent != self.entities[-1].parent):
            self.entities.append(Entity({}, {}, parent))
            self._open(self.root, self.entities[-1].item, "", row)
        self._fill(self.root, row, values)

    def _starts(self, node: Node, values: Values) -> bool:
        """Whether the row begins a new object of the node."""
        if node.current is None:
            return True
        if node is self.root and not self.many:
            return False
        if node.group.key:
            key = values.get(node.key) if node.key is not None else None
            return key is not None and key != node.current.get(node.group.key)
        return any(number in values and not column.many for number, column in node.own)

    def _open(self, node: Node, item: Json, path: str, row: int) -> None:
        node.forget()
        node.current, node.path, node.row = item, path, row
        self.entities[-1].rows[path] = row

    def _fill(self, node: Node, row: int, values: Values) -> None:
        assert node.current is not None  # opened before it is filled
        for number, column in node.own:
            if number in values and values[number] is not WRONG:
                self._put(node, node.current, column, number, row, values[number])
        for child in node.children:
            if child.inside.isdisjoint(values):
                continue
            if self._starts(child, values):
                items = _list_at(node.current, child.group.path)
                items.append({})
                self._open(
                    child, items[-1], f"{node.path}.{'.'.join(child.group.path)}[{len(items) - 1}]", row
                )
            self._fill(child, row, values)

    def _put(self, node: Node, item: Json, column: Column, number: int, row: int, value: Any) -> None:
        holder = object_at(item, column.path[:-1])
        name = column.path[-1]
        if name not in holder:
            holder[name] = value
        elif column.many:
            holder[name].extend(item for item in value if item not in holder[name])
        elif holder[name] != value:
            message = _("another value than in row %(row)d; a new object needs a key of its own")
            self.tell(row, number, message % {"row": node.row})


def object_at(holder: Json, path: Path) -> Json:
    """Object at a path; it is made if it is not there."""
    for name in path:
        holder = holder.setdefault(name, {})
    return holder


def _list_at(holder: Json, path: Path) -> list[Json]:
    found: list[Json] = object_at(holder, path[:-1]).setdefault(path[-1], [])
    return found


def fill_required(item: Json, group: Group) -> None:
    """Give the object the empty lists that the contract asks for and a sheet has no cell to say."""
    for column in group.columns:
        if column.many and column.required:
            object_at(item, column.path[:-1]).setdefault(column.path[-1], [])
    for child in group.groups:
        if child.required:
            _list_at(item, child.path)
        for inner in _existing(item, child.path):
            fill_required(inner, child)


def _existing(holder: Any, path: Path) -> list[Json]:
    for name in path:
        holder = holder.get(name, {})
    return holder or []
