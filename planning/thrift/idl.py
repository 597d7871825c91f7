"""The Thrift definition (IDL) of the model (F6)."""

from collections.abc import Iterator
from enum import Enum

from thrift.Thrift import TType

from planning.fields import Kind
from planning.thrift.structs import StructField, numbers_of, struct_of, types_used

HEADER = """\
/**
 * The model of the universal service: tasks, trips, facts, statistics.
 *
 * The answer of json-to-thrift is a UniversalData struct in Apache Thrift's JSON protocol (TJSONProtocol).
 * Moments are RFC 3339 texts, durations ISO 8601 texts, as in JSON. The contract's names from and to are
 * words of Thrift; here they are from_time and to_time. Numbers of fields never change.
 */
namespace * marshrut.universal

/** RFC 3339, such as 2025-09-21T09:30:00+03:00. */
typedef string Moment

/** ISO 8601, such as PT1H45M. */
typedef string Duration
"""

_NAMES = {
    TType.STRING: "string",
    TType.I32: "i32",
    TType.I64: "i64",
    TType.DOUBLE: "double",
    TType.BOOL: "bool",
}
_MEANINGS = {Kind.MOMENT: "Moment", Kind.DURATION: "Duration"}


def idl() -> str:
    """Text of the definition; `universal.thrift` keeps it, so that no number changes unseen."""
    return HEADER + "".join(_definition(entity) for entity in dict.fromkeys(types_used()))


def _definition(entity: type) -> str:
    lines = _enum(entity) if issubclass(entity, Enum) else _struct(entity)
    keyword = "enum" if issubclass(entity, Enum) else "struct"
    body = "".join(f"  {line}\n" for line in lines)
    return f"\n{keyword} {entity.__name__} {{\n{body}}}\n"


def _enum(choices: type[Enum]) -> Iterator[str]:
    for text, number in numbers_of(choices).items():
        yield f"{text} = {number}"


def _struct(entity: type) -> Iterator[str]:
    for field in struct_of(entity):
        need = "required" if field.required else "optional"
        name = "list<" * field.depth + _type_name(field) + ">" * field.depth
        yield f"{field.number}: {need} {name} {field.idl_name}"


def _type_name(field: StructField) -> str:
    named = field.struct or field.choices
    if named:
        return named.__name__
    return (_MEANINGS.get(field.kind) if field.kind else None) or _NAMES[field.wire]
