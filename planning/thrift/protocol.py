"""The model's JSON as a struct in Thrift's JSON protocol, and back (F6)."""

from collections.abc import Callable
from typing import Any

from thrift.protocol.TJSONProtocol import TJSONProtocol
from thrift.Thrift import TType
from thrift.transport.TTransport import TMemoryBuffer

from planning.thrift.structs import ROOT, StructField, numbers_of, struct_of

Json = dict[str, Any]


def to_thrift(data: Json) -> str:
    """The model as text.

    Parameters
    ----------
    data : dict
        JSON that keeps the contract's `UniversalData`; unknown fields are left out.
    """
    buffer = TMemoryBuffer()
    _Writer(TJSONProtocol(buffer)).struct(ROOT, data)
    return str(buffer.getvalue().decode("utf-8"))


def from_thrift(text: str) -> Json:
    """The model's JSON of a text that `to_thrift` or another Thrift program wrote.

    Raises
    ------
    thrift.protocol.TProtocol.TProtocolException
        If the text is no struct in Thrift's JSON protocol.
    """
    protocol = TJSONProtocol(TMemoryBuffer(text.encode("utf-8")), string_length_limit=None)
    return _Reader(protocol).struct(ROOT)


class _Writer:
    def __init__(self, protocol: Any) -> None:
        self.protocol = protocol
        self.simple: dict[int, Callable[[Any], object]] = {
            TType.STRING: protocol.writeString,
            TType.DOUBLE: protocol.writeDouble,
            TType.BOOL: protocol.writeBool,
            TType.I32: protocol.writeI32,
            TType.I64: protocol.writeI64,
        }

    def struct(self, entity: type, item: Json) -> None:
        """Write an object."""
        self.protocol.writeStructBegin(entity.__name__)
        for field in struct_of(entity):
            value = item.get(field.name)
            if value is not None:
                kind = TType.LIST if field.depth else field.wire
                self.protocol.writeFieldBegin(field.idl_name, kind, field.number)
                self._value(field, field.depth, value)
                self.protocol.writeFieldEnd()
        self.protocol.writeFieldStop()
        self.protocol.writeStructEnd()

    def _value(self, field: StructField, depth: int, value: Any) -> None:
        if depth:
            self.protocol.writeListBegin(TType.LIST if depth > 1 else field.wire, len(value))
            for inner in value:
                self._value(field, depth - 1, inner)
            self.protocol.writeListEnd()
        elif field.struct:
            self.struct(field.struct, value)
        else:
            self.simple[field.wire](numbers_of(field.choices)[value] if field.choices else value)


class _Reader:
    def __init__(self, protocol: Any) -> None:
        self.protocol = protocol
        self.simple: dict[int, Callable[[], Any]] = {
            TType.STRING: protocol.readString,
            TType.DOUBLE: protocol.readDouble,
            TType.BOOL: protocol.readBool,
            TType.I32: protocol.readI32,
            TType.I64: protocol.readI64,
        }

    def struct(self, entity: type) -> Json:
        """Read an object; fields that are not known here are skipped."""
        known = {field.number: field for field in struct_of(entity)}
        item: Json = {}
        self.protocol.readStructBegin()
        while True:
            _name, kind, number = self.protocol.readFieldBegin()
            if kind == TType.STOP:
                break
            if number in known:
                item[known[number].name] = self._value(known[number], known[number].depth)
            else:
                self.protocol.skip(kind)
            self.protocol.readFieldEnd()
        self.protocol.readStructEnd()
        return item

    def _value(self, field: StructField, depth: int) -> Any:
        if depth:
            _kind, size = self.protocol.readListBegin()
            items = [self._value(field, depth - 1) for _ in range(size)]
            self.protocol.readListEnd()
            return items
        if field.struct:
            return self.struct(field.struct)
        value = self.simple[field.wire]()
        return _text_of(field, value) if field.choices else value


def _text_of(field: StructField, number: int) -> str:
    assert field.choices
    return next(text for text, known in numbers_of(field.choices).items() if known == number)
