"""The contract's types as Thrift structs: one table for the IDL and for reading and writing."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from thrift.Thrift import TType

from planning.fields import ContractField, Kind, Scalar, fields_of
from solver.contract import UniversalData

ROOT = UniversalData
INT32 = 2**31 - 1

OTHER_NAMES = {"from": "from_time", "to": "to_time"}
"""Names in the IDL of the contract's names that are words of the IDL itself."""


@dataclass(frozen=True, slots=True)
class StructField:
    """A field of a struct.

    Attributes
    ----------
    number : int
        Its number on the wire, by the contract's order.
    name : str
        The contract's name, as it is in JSON.
    wire : int
        Thrift's type of a single value.
    depth : int
        How many lists are around it.
    required : bool
        The contract asks for it.
    struct : type or None
        The contract's class, if it is a struct.
    choices : type or None
        The enumeration, if it is one.
    kind : Kind or None
        What a simple value means.
    """

    number: int
    name: str
    wire: int
    depth: int
    required: bool
    struct: type | None = None
    choices: type[Enum] | None = None
    kind: Kind | None = None

    @property
    def idl_name(self) -> str:
        """Name in the IDL."""
        return OTHER_NAMES.get(self.name, self.name)


@cache
def struct_of(entity: type) -> tuple[StructField, ...]:
    """Fields of a contract type as those of a struct."""
    return tuple(_field(number, field) for number, field in enumerate(fields_of(entity), 1))


def _field(number: int, field: ContractField) -> StructField:
    if isinstance(field.type, Scalar):
        scalar = field.type
        return StructField(
            number, field.name, _type(scalar), field.depth, field.required, None, scalar.choices, scalar.kind
        )
    return StructField(number, field.name, TType.STRUCT, field.depth, field.required, field.type)


def _type(scalar: Scalar) -> int:
    if scalar.kind is Kind.INTEGER:
        _low, high = scalar.bounds
        return int(TType.I32 if high is not None and high <= INT32 else TType.I64)
    return int(_TYPES[scalar.kind])


_TYPES: dict[Kind, Any] = {
    Kind.TEXT: TType.STRING,
    Kind.DURATION: TType.STRING,
    Kind.MOMENT: TType.STRING,
    Kind.NUMBER: TType.DOUBLE,
    Kind.FLAG: TType.BOOL,
    Kind.CHOICE: TType.I32,
}


@cache
def numbers_of(choices: type[Enum]) -> dict[str, int]:
    """Numbers of an enumeration's texts, from 1 in the contract's order."""
    return {member.value: number for number, member in enumerate(choices, 1)}


def types_used(entity: type = ROOT) -> Iterator[type]:
    """Contract types that a type is made of, the parts first and the type itself last; some repeatedly."""
    for field in struct_of(entity):
        if field.struct:
            yield from types_used(field.struct)
        elif field.choices:
            yield field.choices
    yield entity
