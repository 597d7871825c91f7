"""Columns of a sheet, taken from the contract's types.

One tree of columns serves the reader, the writer, the template and the documentation (F1).
"""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from solver.contract import Attribute
from solver.contract.scalars import Duration

Path = tuple[str, ...]


class Kind(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    DURATION = "duration"
    MOMENT = "moment"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
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
    choices : tuple of str
        Allowed texts of a choice.
    reference : bool
        The cell holds the keys of objects that stand on a sheet of their own.
    """

    title: str
    path: Path
    kind: Kind
    many: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    reference: bool = False


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

    def walk(self) -> Iterator["Group"]:
        """The group itself and all inside it."""
        yield self
        for group in self.groups:
            yield from group.walk()

    def all_columns(self) -> Iterator[Column]:
        """Every column of this group and those inside, in the order they are written."""
        yield from self.columns
        for group in self.groups:
            yield from group.all_columns()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a contract type: the contract's name, the type without None, a list's item type."""

    name: str
    type: Any
    many: bool
    required: bool
    default: Any


def fields_of(entity: type) -> list[Field]:
    """Fields of a contract type in the contract's order."""
    hints = get_type_hints(entity, include_extras=True)
    return [_field(field, hints[field.name]) for field in fields(entity)]


def _field(field: Any, hint: Any) -> Field:
    name, hint = field.name, _without_none(hint)
    for extra in get_args(hint)[1:] if get_origin(hint) is Annotated else ():
        if isinstance(extra, FieldInfo) and extra.alias:
            name = extra.alias
    bare = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    many = get_origin(bare) is list
    default = None if field.default is MISSING else field.default
    required = field.default is MISSING and field.default_factory is MISSING
    return Field(name, get_args(bare)[0] if many else hint, many, required, default)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    return hint


def group_of(
    entity: type,
    *,
    without: frozenset[str] = frozenset(),
    references: frozenset[str] = frozenset(),
    key: str = "key",
) -> Group:
    """Columns of a contract type.

    Parameters
    ----------
    entity : type
        Class of the contract.
    without : frozenset of str
        Titles (paths) that stand on other sheets.
    references : frozenset of str
        Lists of objects of which only the keys stand here, the objects on a sheet of their own.
    key : str
        Name of the field that tells the entities apart.
    """
    return _Tree(without, references).group(entity, key=key)


@dataclass(frozen=True, slots=True)
class _Tree:
    without: frozenset[str]
    references: frozenset[str]

    def group(
        self, entity: type, *, title: Path = (), path: Path = (), required: bool = False, key: str = "key"
    ) -> Group:
        columns: list[Column] = []
        groups: list[Group] = []
        self._collect(entity, title, (), True, columns, groups)
        names = {column.path for column in columns}
        return Group(path, key if (key,) in names else "", tuple(columns), tuple(groups), required)

    def _collect(
        self,
        entity: type,
        title: Path,
        path: Path,
        required: bool,
        columns: list[Column],
        groups: list[Group],
    ) -> None:
        for field in fields_of(entity):
            here, inside = (*title, field.name), (*path, field.name)
            name, wanted = ".".join(here), required and field.required
            if name in self.without:
                continue
            if name in self.references:
                columns.append(Column(f"{name}.key", inside, Kind.TEXT, many=True, reference=True))
            elif field.type is Attribute:
                columns.append(Column(name, inside, Kind.PAIR, many=True))
            elif is_dataclass(field.type) and field.many:
                assert isinstance(field.type, type)
                groups.append(self.group(field.type, title=here, path=inside, required=wanted))
            elif is_dataclass(field.type):
                assert isinstance(field.type, type)
                self._collect(field.type, here, inside, wanted, columns, groups)
            else:
                columns.append(_column(name, inside, field, wanted))


def _column(title: str, path: Path, field: Field, required: bool) -> Column:
    kind, choices = kind_of(field.type)
    return Column(title, path, kind, field.many, required, choices)


def kind_of(hint: Any) -> tuple[Kind, tuple[str, ...]]:
    """Kind of a scalar type of the contract, and the texts a choice allows."""
    bare, *extras = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    if any(isinstance(extra, _DURATION) for extra in extras):
        return Kind.DURATION, ()
    if issubclass(bare, Enum):
        return Kind.CHOICE, tuple(member.value for member in bare)
    return _KINDS[bare], ()


_DURATION = type(get_args(Duration)[1])
_KINDS = {str: Kind.TEXT, bool: Kind.FLAG, int: Kind.INTEGER, float: Kind.NUMBER, datetime: Kind.MOMENT}
