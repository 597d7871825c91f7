"""Simple values of the contract: texts, numbers, durations, moments, each with its bounds."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, GetCoreSchemaHandler
from pydantic_core import PydanticCustomError
from pydantic_core import core_schema as cs

from solver.contract.duration import MAX_LENGTH, MIN_LENGTH, PATTERN, format_duration, parse_duration

FIRST, OTHER = "\0first", "\0other"
"""Labels of two ways to read a value in the path of an error; no field has such a name."""

FIRST_MOMENT = datetime(1, 1, 8, tzinfo=UTC)
LAST_MOMENT = datetime(9999, 12, 24, tzinfo=UTC)
"""A week from the calendar's ends, so that no time zone or delay can leave it."""

_RFC_3339 = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:?[0-9]{2})$"
)


@dataclass(frozen=True, slots=True)
class Whole:
    """Bounds of a whole number, both included; 5.0 is whole, "5" and true are no numbers."""

    minimum: int
    maximum: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> cs.CoreSchema:
        bounded = cs.int_schema(strict=True, ge=self.minimum, le=self.maximum)
        from_float = cs.chain_schema(
            [
                cs.float_schema(strict=True, allow_inf_nan=False),
                cs.no_info_plain_validator_function(_whole),
                bounded,
            ]
        )
        return first_of(bounded, from_float)


@dataclass(frozen=True, slots=True)
class Number:
    """Bounds of a number, both included; NaN and infinities are no numbers."""

    minimum: float
    maximum: float

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> cs.CoreSchema:
        return cs.float_schema(strict=True, allow_inf_nan=False, ge=self.minimum, le=self.maximum)


@dataclass(frozen=True, slots=True)
class Text:
    """Length of a text in characters, both bounds included; ``word``: one letter, digit or _ at least."""

    minimum: int
    maximum: int | None
    word: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> cs.CoreSchema:
        return cs.str_schema(
            strict=True,
            min_length=self.minimum or None,
            max_length=self.maximum,
            pattern=r"\w+" if self.word else None,
        )


def Size(minimum: int, maximum: int | None) -> Any:  # noqa: N802 - reads as a type beside Whole and Text
    """Bounds of a list's length, both included."""
    return Field(min_length=minimum, max_length=maximum)


def first_of(first: cs.CoreSchema, other: cs.CoreSchema) -> cs.CoreSchema:
    """Schema that tries the first and then the other; only the first one's errors are told."""
    return cs.union_schema(
        [(first, FIRST), (other, OTHER)],
        mode="left_to_right",
    )


def _whole(value: float) -> int:
    if not value.is_integer():
        raise PydanticCustomError("int_type", "Input should be a valid integer")
    return int(value)


class _DurationSchema:
    """Seconds in Python, ISO 8601 in JSON."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> cs.CoreSchema:
        return cs.chain_schema(
            [
                cs.str_schema(strict=True),
                cs.no_info_plain_validator_function(_read_duration),
            ],
            serialization=cs.plain_serializer_function_ser_schema(
                format_duration, return_schema=cs.str_schema()
            ),
            metadata={"pattern": PATTERN, "minLength": MIN_LENGTH, "maxLength": MAX_LENGTH},
        )


def _read_duration(text: str) -> int:
    try:
        return parse_duration(text)
    except ValueError:
        raise PydanticCustomError("duration", "Input should be an ISO 8601 duration") from None


class _MomentSchema:
    """Aware datetime in Python, RFC 3339 in JSON."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> cs.CoreSchema:
        return cs.chain_schema(
            [
                cs.str_schema(strict=True, pattern=_RFC_3339),
                cs.datetime_schema(strict=False, tz_constraint="aware", ge=FIRST_MOMENT, le=LAST_MOMENT),
            ]
        )


Key = Annotated[str, Text(1, 1024)]
Tag = Annotated[str, Text(1, 256)]
Name = Annotated[str, Text(0, 128)]
DatasetName = Annotated[str, Text(0, 512)]
Login = Annotated[str, Text(2, 256, word=True)]
Label = Annotated[str, Text(3, 256, word=True)]
AnyText = Annotated[str, Text(0, None)]
Duration = Annotated[int, _DurationSchema()]
"""Seconds, written as ISO 8601."""
Moment = Annotated[datetime, _MomentSchema()]
"""Aware datetime; whole or fractional seconds."""
Uuid = UUID
Day = date
