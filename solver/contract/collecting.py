"""Every schema error of a big body, piece by piece, so that a body of nothing but errors stays cheap.

Each error costs about a kilobyte while it is found, and two bytes of JSON can be one. So a big body is first
read by a validator that leaves every list at its first error; only if that fails are the pieces validated one
by one, until there are as many errors as an answer can hold.
"""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, SchemaValidator, from_json, to_json

from solver.contract.scalars import FIRST, OTHER

T = TypeVar("T")
Place = tuple[int | str, ...]
Found = tuple[Place, ErrorDetails]

SMALL_BODY = 100_000
"""Characters up to which a body is read by the validator that tells everything."""

SMALL_PIECE = 3_000
"""Values up to which a piece of a body is validated at once."""

_BOUNDS = ("greater_than_equal", "less_than_equal")
_adapters: dict[Any, TypeAdapter[Any]] = {}
_hasty: dict[Any, SchemaValidator] = {}


def adapter(kind: type[T]) -> TypeAdapter[T]:
    """The reader and writer of a type; made once, two threads may make it twice."""
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def validated(kind: type[T], text: str) -> T:
    """An object read from JSON.

    Raises
    ------
    pydantic.ValidationError
        With some or all errors; `all_errors` tells the others.
    """
    if len(text) <= SMALL_BODY:
        return adapter(kind).validate_json(text)
    if kind not in _hasty:
        _hasty[kind] = SchemaValidator(_leaving_lists_early(adapter(kind).core_schema))
    found: T = _hasty[kind].validate_json(text)
    return found


def all_errors(kind: type[T], text: str, known: ValidationError) -> Iterator[Found]:
    """Places and details of all errors of a body that `validated` refused."""
    if len(text) <= SMALL_BODY or any(
        item["type"] == "json_invalid" for item in known.errors(include_url=False)
    ):
        return one_each(known)
    return _pieces(kind, from_json(text), ())


def one_each(error: ValidationError) -> Iterator[Found]:
    """One error a value: of two ways to read it the first one's, unless the second reached its bounds."""
    found: dict[Place, ErrorDetails] = {}
    for item in error.errors(include_url=False):
        if OTHER not in item["loc"] or item["type"] in _BOUNDS:
            found[tuple(step for step in item["loc"] if step not in (FIRST, OTHER))] = item
    return iter(found.items())


def _leaving_lists_early(schema: Any) -> Any:
    """A copy of a core schema in which every list stops at its first error."""
    if isinstance(schema, dict):
        copy = {key: _leaving_lists_early(value) for key, value in schema.items()}
        return copy | {"fail_fast": True} if schema.get("type") == "list" else copy
    if isinstance(schema, list):
        return [_leaving_lists_early(item) for item in schema]
    if isinstance(schema, tuple):
        return tuple(_leaving_lists_early(item) for item in schema)
    return schema


def _pieces(kind: Any, value: Any, place: Place) -> Iterator[Found]:
    """Errors of a value, taken apart until its pieces are small."""
    kind = _present(kind)
    if _is_small(value):
        yield from _whole(kind, value, place)
    elif is_dataclass(kind) and isinstance(value, dict):
        yield from _fields(kind, value, place)
    elif (item_kind := _item_kind(kind)) is not None and isinstance(value, list):
        yield from _whole(_any_list(kind), value, place)
        for number, item in enumerate(value):
            yield from _pieces(item_kind, item, (*place, number))
    else:
        yield from _whole(kind, value, place)


def _whole(kind: Any, value: Any, place: Place) -> Iterator[Found]:
    """Errors of a value validated at once."""
    try:
        adapter(kind).validate_json(to_json(value, inf_nan_mode="constants"))
    except ValidationError as error:
        for inner, detail in one_each(error):
            yield (*place, *inner), detail


def _fields(kind: Any, value: dict[str, Any], place: Place) -> Iterator[Found]:
    hints = get_type_hints(kind, include_extras=True)
    for field in fields(kind):
        name = _alias(hints[field.name]) or field.name
        required = field.default is MISSING and field.default_factory is MISSING
        if name in value and (value[name] is not None or required):
            yield from _pieces(hints[field.name], value[name], (*place, name))
        elif required:
            yield (*place, name), ErrorDetails(type="missing", loc=(name,), msg="", input=None)


def _alias(hint: Any) -> str | None:
    """The contract's name of a field, where ours differs."""
    return next(
        (item.alias for item in getattr(hint, "__metadata__", ()) if getattr(item, "alias", None)), None
    )


def _present(kind: Any) -> Any:
    """The type of a value that may be None, when it is not."""
    if isinstance(kind, UnionType) or get_origin(kind) is Union:
        return next(item for item in get_args(kind) if item is not type(None))
    return kind


def _item_kind(kind: Any) -> Any:
    """Type of a list's items; None for what is no list."""
    plain = get_args(kind)[0] if hasattr(kind, "__metadata__") else kind
    return get_args(plain)[0] if get_origin(plain) is list else None


def _any_list(kind: Any) -> Any:
    """A list of the same bounds with anything in it."""
    bounds = getattr(kind, "__metadata__", ())
    found: Any = list[Any]
    for bound in bounds:
        found = Annotated[found, bound]
    return found


def _is_small(value: Any) -> bool:
    """Whether a value has few values in it."""
    count, rest = 0, [value]
    while rest:
        item = rest.pop()
        count += 1
        if count > SMALL_PIECE:
            return False
        if isinstance(item, dict):
            rest.extend(item.values())
        elif isinstance(item, list):
            if len(item) > SMALL_PIECE:
                return False
            rest.extend(item)
    return True
