"""What a schema error says: the path, what was wanted and what came."""

import json
from typing import Any

from pydantic_core import ErrorDetails

from solver.contract.issues import SchemaError

LONGEST_ENTITY = 1024
LONGEST_CAME = 60

_WANTED = {
    "bool_parsing": ("true or false", "true или false"),
    "bool_type": ("true or false", "true или false"),
    "dataclass_type": ("an object", "объект"),
    "dataclass_exact_type": ("an object", "объект"),
    "date_parsing": ("a date such as 2025-09-21", "дата, например 2025-09-21"),
    "date_type": ("a date such as 2025-09-21", "дата, например 2025-09-21"),
    "duration": (
        "an ISO 8601 duration of at most 16 characters such as PT1H45M",
        "длительность ISO 8601 не длиннее 16 знаков, например PT1H45M",
    ),
    "enum": ("one of {expected}", "одно из значений {expected}"),
    "finite_number": ("a finite number", "конечное число"),
    "float_type": ("a number", "число"),
    "greater_than_equal": ("{ge} or more", "не меньше {ge}"),
    "int_parsing": ("a whole number", "целое число"),
    "int_parsing_size": ("a whole number", "целое число"),
    "int_type": ("a whole number", "целое число"),
    "less_than_equal": ("{le} or less", "не больше {le}"),
    "list_type": ("a list", "список"),
    "string_too_long": (
        "a text of at most {max_length} characters",
        "текст, в котором знаков не больше {max_length}",
    ),
    "string_too_short": (
        "a text of at least {min_length} characters",
        "текст, в котором знаков не меньше {min_length}",
    ),
    "string_type": ("a text", "текст"),
    "string_unicode": ("a text in UTF-8", "текст в UTF-8"),
    "too_long": (
        "a list of at most {max_length} items",
        "список, в котором элементов не больше {max_length}",
    ),
    "too_short": (
        "a list of at least {min_length} items",
        "список, в котором элементов не меньше {min_length}",
    ),
    "uuid_parsing": ("a UUID", "UUID"),
    "uuid_type": ("a UUID", "UUID"),
}
"""What each of pydantic's errors wanted, in English and Russian."""

_MOMENT = (
    "a date and time with its offset such as 2025-09-21T09:30:00+03:00",
    "дата и время со смещением, например 2025-09-21T09:30:00+03:00",
)
_WORD = (
    "a text with at least one letter, digit or underscore",
    "текст хотя бы с одной буквой, цифрой или знаком подчёркивания",
)
_VALUE, _NOTHING = ("a value", "значение"), ("nothing", "ничего")
_OBJECT, _LIST, _OR = ("an object", "объект"), ("a list of {}", "список из {}"), (" or ", " или ")


def schema_error(place: tuple[int | str, ...], detail: ErrorDetails, language: str) -> SchemaError:
    """A `SchemaError` of one error that pydantic found at a place, in a language such as ``ru``."""
    russian = language.lower().startswith("ru")
    return SchemaError(entity=_path(place)[:LONGEST_ENTITY], message=_message(detail, russian))


def wanted(what: str, came: str, language: str) -> str:
    """The sentence of every message."""
    if language.lower().startswith("ru"):
        return f"ожидалось: {what}; пришло: {came}"
    return f"wanted {what}, came {came}"


def no_utf8(data: bytes, place: int, language: str) -> str:
    """What to say of a byte that is no UTF-8."""
    byte = f"0x{data[place]:02x}"
    russian = language.lower().startswith("ru")
    return wanted(
        "UTF-8", f"байт {byte} на месте {place}" if russian else f"byte {byte} at {place}", language
    )


def _path(place: tuple[int | str, ...]) -> str:
    path = ""
    for step in place:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += f".{step}" if path else step
    return path


def _message(detail: ErrorDetails, russian: bool) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    came = str(context["actual_length"]) if kind in ("too_long", "too_short") else ""
    if kind == "json_invalid":
        what, came = "JSON", context["error"]
    elif kind == "missing":
        what, came = _VALUE[russian], _NOTHING[russian]
    elif kind.startswith(("datetime", "timezone")):
        what = _MOMENT[russian]
    elif kind == "string_pattern_mismatch":
        what = (_MOMENT if "T" in context["pattern"] else _WORD)[russian]
    else:
        what = _what(detail, _plain(context), russian)
    return wanted(what, came or _short(detail["input"], russian), "ru" if russian else "en")


def _what(detail: ErrorDetails, context: dict[str, Any], russian: bool) -> str:
    """What was wanted of a kind of error that has a text of its own."""
    if detail["type"] not in _WANTED:
        return detail["msg"]
    if russian and "expected" in context:
        context["expected"] = context["expected"].replace(_OR[False], _OR[True])
    return _WANTED[detail["type"]][russian].format(**context)


def _plain(context: dict[str, Any]) -> dict[str, Any]:
    """Bounds without a needless fraction: 90, not 90.0."""
    return {key: f"{value:.12g}" if isinstance(value, float) else value for key, value in context.items()}


def _short(value: Any, russian: bool) -> str:
    """The value as JSON, cut to a readable length."""
    if isinstance(value, dict):
        return _OBJECT[russian]
    if isinstance(value, list):
        return _LIST[russian].format(len(value))
    if isinstance(value, str):
        value = value[:LONGEST_CAME]
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_CAME + 2 else text[:LONGEST_CAME] + "..."
