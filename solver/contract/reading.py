"""Objects of the contract from JSON and back."""

import codecs
import json
from collections.abc import Mapping
from itertools import islice
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError, to_json

from solver.contract.collecting import adapter, all_errors, one_each, validated
from solver.contract.collector import collector_paused
from solver.contract.issues import SchemaError
from solver.contract.messages import no_utf8, schema_error, wanted

T = TypeVar("T")

MAX_ERRORS = 15_001
"""The longest list of errors the contract allows in one answer."""


class SchemaErrors(ValueError):  # noqa: N818 - it carries a list of errors
    """Data does not keep the contract.

    Attributes
    ----------
    errors : list of SchemaError
        Everything that is wrong, in the order of the data, at most `MAX_ERRORS`.
    """

    def __init__(self, errors: list[SchemaError]) -> None:
        super().__init__(f"{len(errors)} schema errors")
        self.errors = errors

    def __str__(self) -> str:
        return "\n".join(f"{error.entity}: {error.message}" for error in self.errors)


def read(kind: type[T], data: bytes, language: str = "en") -> T:
    """Read an object of the contract.

    Parameters
    ----------
    kind : type
        Class of the contract.
    data : bytes
        JSON in UTF-8, with or without a byte order mark.
    language : str
        Of the errors' messages: ``en`` or ``ru``.

    Raises
    ------
    SchemaErrors
        With every error at once: no JSON, no UTF-8, or values that do not keep the contract.
    """
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _whole_body(no_utf8(data, error.start, language)) from None
    with collector_paused():
        try:
            found = validated(kind, text)
        except ValidationError as error:
            told = islice(all_errors(kind, text, error), MAX_ERRORS)
            raise SchemaErrors([schema_error(*item, language) for item in told]) from None
    if "NaN" in text or "Infinity" in text:
        _refuse_constants(text, language)
    return found


def read_object(kind: type[T], obj: Any) -> T:
    """Read an object of the contract from parsed JSON: dicts, lists, texts, numbers, aware datetimes.

    Raises
    ------
    SchemaErrors
        As `read`.
    """
    try:
        data = to_json(obj, inf_nan_mode="constants")
    except (PydanticSerializationError, UnicodeEncodeError) as error:
        raise _whole_body(wanted("JSON", str(error), "en")) from None
    return read(kind, data)


def read_texts(kind: type[T], texts: Mapping[str, str], language: str = "en") -> T:
    """Read an object of the contract from texts, as the parameters of an address are.

    Raises
    ------
    SchemaErrors
        As `read`.
    """
    try:
        return adapter(kind).validate_strings(dict(texts))
    except ValidationError as error:
        raise SchemaErrors([schema_error(*item, language) for item in one_each(error)]) from None


def write(obj: Any) -> bytes:
    """Compact JSON of an object of the contract, or of a list of them; what is None is left out."""
    if isinstance(obj, list):
        return b"[" + b",".join(write(item) for item in obj) + b"]"
    return adapter(type(obj)).dump_json(obj, by_alias=True, exclude_none=True)


def _refuse_constants(text: str, language: str) -> None:
    """Refuse NaN and infinities in fields the contract ignores: they are no JSON."""
    try:
        json.loads(text, parse_constant=_no_constant)
    except ValueError as error:
        raise _whole_body(wanted("JSON", str(error), language)) from None


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _whole_body(message: str) -> SchemaErrors:
    return SchemaErrors([SchemaError(entity="", message=message)])
