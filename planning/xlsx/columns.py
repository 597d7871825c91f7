"""Columns of a sheet, taken from the contract's types.

One tree of columns serves the reader, the writer, the template and the documentation (F1).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planning.fields import Bounds, ContractField, Kind, Scalar, fields_of
from solver.contract import Attribute

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column.

    Attributes
    ----------
    title : str
        Path from the sheet's entity, with dots: ``shifts.tariff.constraints.stage_length``.
    path : tuple of str
        Path inside the object of the list it belongs to: ``("stage_length",)``.
    kind : Kind
        What a cell holds.
    many : bool
        A cell holds a list.
    required : bool
        The contract asks for it.
    is_key : bool
        It tells the objects of the sheet, or of a list, apart.
    reference : bool
        The cell holds the keys of objects that stand on a sheet of their own.
    choices : tuple of str
        Allowed texts of a choice.
    bounds : (float or None, float or None)
        Smallest and largest number, or number of characters.
    default : object
        JSON of the contract's default; None if there is none.
    """

    title: str
    path: Path
    kind: Kind
    many: bool = False
    required: bool = False
    is_key: bool = False
    reference: bool = False
    choices: tuple[str, ...] = ()
    bounds: Bounds = (None, None)
    default: Any = None


@dataclass(frozen=True, slots=True)
class Group:
    """Columns of one object: the sheet's entity, or an item of a list inside it (F2).

    Attributes
    ----------
    path : tuple of str
        From the enclosing object to the list; empty for the sheet's entity.
    key : str
        Name of the field that tells items apart; empty if nothing does.
    columns : tuple of Column
        In the contract's order, with those of nested single objects.
    groups : tuple of Group
        The lists inside.
    required : bool
        The contract asks for the list.
    """

    path: Path
    key: str
    columns: tuple[Column, ...]
    groups: tuple["Group", ...]
    required: bool = False

    def all_columns(self) -> Iterator[Column]:
        """Every column of this group and those inside, in the order they are written."""
        yield from self.columns
        for group in self.groups:
            yield from group.all_columns()

    def needed(self) -> Iterator[Column]:
        """Columns without which no object keeps the contract."""
        yield from (column for column in self.columns if column.required)
        for group in self.groups:
            if group.required:
                yield from group.needed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which part of a type stands on a sheet.

    Attributes
    ----------
    only : frozenset of str
        Names of the type's own fields; all if empty.
    without : frozenset of str
        Titles of what stands on other sheets.
    references : frozenset of str
        Lists of objects of which only the keys stand here.
    """

    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()

    def has(self, title: Path) -> bool:
        """Whether a field stands on the sheet."""
        return (not self.only or title[0] in self.only) and ".".join(title) not in self.without


def group_of(entity: type, selection: Selection, key: str) -> Group:
    """Columns of a contract type; `key` is the field that tells the entities apart."""
    return _Builder(selection).group(entity, (), (), required=False, key=key)


@dataclass(frozen=True, slots=True)
class _Builder:
    selection: Selection

    def group(self, entity: type, title: Path, path: Path, *, required: bool, key: str = "key") -> Group:
        columns: list[Column] = []
        groups: list[Group] = []
        for field, here, inside, wanted in self._fields(entity, title, (), True):
            if field.depth and isinstance(field.type, type):
                groups.append(self.group(field.type, here, inside, required=wanted))
            else:
                columns.append(_column(".".join(here), inside, field, wanted, is_key=inside == (key,)))
        named = any(column.is_key for column in columns)
        return Group(path, key if named else "", tuple(columns), tuple(groups), required)

    def _fields(
        self, entity: type, title: Path, path: Path, required: bool
    ) -> Iterator[tuple[ContractField, Path, Path, bool]]:
        """Fields with those of nested single objects in their places: field, title, path, required."""
        for field in fields_of(entity):
            here, inside, wanted = (*title, field.name), (*path, field.name), required and field.required
            if not self.selection.has(here):
                continue
            if ".".join(here) in self.selection.references:
                keys = ContractField(field.name, KEYS, 1, required=False, default=None)
                yield keys, (*here, "key"), inside, False
            elif field.type is Attribute:
                yield ContractField(field.name, PAIRS, 1, required=False, default=None), here, inside, False
            elif isinstance(field.type, type) and not field.depth:
                yield from self._fields(field.type, here, inside, wanted)
            else:
                yield field, here, inside, wanted


KEYS, PAIRS = Scalar(Kind.TEXT), Scalar(Kind.PAIR)


def _column(title: str, path: Path, field: ContractField, required: bool, *, is_key: bool) -> Column:
    assert isinstance(field.type, Scalar)  # objects were taken apart
    return Column(
        title=title,
        path=path,
        kind=field.type.kind,
        many=field.depth > 0,
        required=required,
        is_key=is_key,
        reference=field.type is KEYS,
        choices=field.type.names,
        bounds=field.type.bounds,
        default=field.default,
    )
