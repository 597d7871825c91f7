"""The contract's types, field by field: what workbooks and the THRIFT definition are made from."""

from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from solver.contract.duration import format_duration
from solver.contract.scalars import Duration, Number, Text, Whole


class Kind(StrEnum):
    """Kinds of values of the contract; a pair is an `Attribute` where it is written in one text."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    DURATION = "duration"
    MOMENT = "moment"
    PAIR = "pair"


Bounds = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A simple value.

    Attributes
    ----------
    kind : Kind
        What it is.
    choices : type or None
        The enumeration of a choice.
    bounds : (float or None, float or None)
        Smallest and largest number, or number of characters of a text.
    """

    kind: Kind
    choices: type[Enum] | None = None
    bounds: Bounds = (None, None)

    @property
    def names(self) -> tuple[str, ...]:
        """Texts that a choice allows."""
        return tuple(member.value for member in self.choices) if self.choices else ()


@dataclass(frozen=True, slots=True)
class ContractField:
    """A field of a contract type.

    Attributes
    ----------
    name : str
        The contract's name.
    type : type or Scalar
        Class of an object, or a simple value.
    depth : int
        How many lists are around it: 0 for a single value, 2 for a matrix.
    required : bool
        The contract asks for it.
    default : object
        JSON of the contract's default; None if there is none.
    """

    name: str
    type: type | Scalar
    depth: int
    required: bool
    default: Any


@cache
def fields_of(entity: type) -> tuple[ContractField, ...]:
    """Fields of a contract type in the contract's order."""
    hints = get_type_hints(entity, include_extras=True)
    return tuple(_field(field, hints[field.name]) for field in fields(entity))


def _field(field: Field[Any], hint: Any) -> ContractField:
    bare, extras = _split(hint)
    name = next((extra.alias for extra in extras if isinstance(extra, FieldInfo) and extra.alias), field.name)
    depth = 0
    while get_origin(bare) is list:
        depth += 1
        bare, extras = _split(get_args(bare)[0])
    kind: type | Scalar = bare if isinstance(bare, type) and is_dataclass(bare) else _scalar(bare, extras)
    required = field.default is MISSING and field.default_factory is MISSING
    return ContractField(name, kind, depth, required, _default(field, kind))


def _split(hint: Any) -> tuple[Any, list[Any]]:
    """The type without None and its annotations."""
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    bare, *extras = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    return bare, extras


_DURATION = type(get_args(Duration)[1])
_KINDS = {str: Kind.TEXT, bool: Kind.FLAG, int: Kind.INTEGER, float: Kind.NUMBER, datetime: Kind.MOMENT}


def _scalar(bare: Any, extras: list[Any]) -> Scalar:
    if any(isinstance(extra, _DURATION) for extra in extras):
        return Scalar(Kind.DURATION)
    if issubclass(bare, Enum):
        return Scalar(Kind.CHOICE, bare)
    limits = (extra for extra in extras if isinstance(extra, Whole | Number | Text))
    bounds = next(((limit.minimum, limit.maximum) for limit in limits), (None, None))
    return Scalar(_KINDS[bare], bounds=bounds)


def _default(field: Field[Any], kind: type | Scalar) -> Any:
    if field.default is MISSING or field.default is None or not isinstance(kind, Scalar):
        return None
    return format_duration(field.default) if kind.kind is Kind.DURATION else field.default
