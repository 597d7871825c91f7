"""What all objects of the contract have in common: how null, absence and unknown fields are read."""

from collections.abc import Callable
from typing import Any, ClassVar

from pydantic import ConfigDict, GetCoreSchemaHandler
from pydantic_core import core_schema as cs

from solver.contract.scalars import first_of


class Entity:
    """Base of the contract's dataclasses.

    Unknown fields are ignored. Null for an optional field means absent, and absent means the default: the
    contract's own, an empty list, an object with its defaults where all its fields are optional, else None.
    Optional fields that are None are left out when written; required ones that may be null are kept.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="ignore")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> cs.CoreSchema:
        schema = handler(source)
        found = _dataclass_schema(schema)
        fields = found["schema"]["fields"]
        for field in fields:
            field["schema"] = _null_is_absent(field["schema"])
        kept = [field["name"] for field in fields if field["schema"]["type"] == "nullable"]
        if kept:
            found["serialization"] = _keep_nulls(kept)
        return schema


def _dataclass_schema(schema: Any) -> Any:
    """The dataclass inside; a recursive one comes wrapped in its definitions."""
    if schema["type"] == "definitions":
        reference = schema["schema"]["schema_ref"]
        return next(item for item in schema["definitions"] if item["ref"] == reference)
    return schema


def _null_is_absent(schema: Any) -> Any:
    """Let null give a field's default; a default of None is already read so."""
    if schema["type"] != "default" or schema["schema"]["type"] == "nullable":
        return schema
    null = cs.chain_schema([cs.none_schema(), cs.no_info_plain_validator_function(_default(schema))])
    return {**schema, "schema": first_of(schema["schema"], null)}


def _default(schema: Any) -> Callable[[Any], Any]:
    factory = schema.get("default_factory")
    if factory is not None:
        return lambda _null: factory()
    value = schema["default"]
    return lambda _null: value


def _keep_nulls(names: list[str]) -> Any:
    """Write the named fields as null where the writer leaves None out."""

    def serialize(value: Any, handler: Callable[[Any], Any]) -> Any:
        written = handler(value)
        for name in names:
            written.setdefault(name, None)
        return written

    return cs.wrap_serializer_function_ser_schema(serialize)
