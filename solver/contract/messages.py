"""What a schema error says: the path, what was wanted and what came."""

import json
from typing import Any

from pydantic_core import ErrorDetails

from solver.contract.issues import SchemaError

LONGEST_ENTITY = 1024
LONGEST_CAME = 60

_WANTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "dataclass_type": "an object",
    "dataclass_exact_type": "an object",
    "date_parsing": "a date such as 2025-09-21",
    "date_type": "a date such as 2025-09-21",
    "duration": "an ISO 8601 duration of at most 16 characters such as PT1H45M",
    "enum": "one of {expected}",
    "finite_number": "a finite number",
    "float_type": "a number",
    "greater_than_equal": "{ge} or more",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "int_type": "a whole number",
    "less_than_equal": "{le} or less",
    "list_type": "a list",
    "string_too_long": "a text of at most {max_length} characters",
    "string_too_short": "a text of at least {min_length} characters",
    "string_type": "a text",
    "string_unicode": "a text in UTF-8",
    "too_long": "a list of at most {max_length} items",
    "too_short": "a list of at least {min_length} items",
    "uuid_parsing": "a UUID",
    "uuid_type": "a UUID",
}
_MOMENT = "a date and time with its offset such as 2025-09-21T09:30:00+03:00"


def schema_error(place: tuple[int | str, ...], detail: ErrorDetails) -> SchemaError:
    """A `SchemaError` of one error that pydantic found at a place."""
    return SchemaError(entity=_path(place)[:LONGEST_ENTITY], message=_message(detail))


def _path(place: tuple[int | str, ...]) -> str:
    path = ""
    for step in place:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += f".{step}" if path else step
    return path


def _message(detail: ErrorDetails) -> str:
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "json_invalid":
        return f"wanted JSON, came {context['error']}"
    if kind == "missing":
        return "wanted a value, came nothing"
    if kind.startswith(("datetime", "timezone")) or (
        kind == "string_pattern_mismatch" and "T" in context["pattern"]
    ):
        wanted = _MOMENT
    elif kind == "string_pattern_mismatch":
        wanted = "a text with at least one letter, digit or underscore"
    else:
        wanted = _WANTED[kind].format(**_plain(context)) if kind in _WANTED else detail["msg"]
    if kind in ("too_long", "too_short"):
        return f"wanted {wanted}, came {context['actual_length']}"
    return f"wanted {wanted}, came {_short(detail['input'])}"


def _plain(context: dict[str, Any]) -> dict[str, Any]:
    """Bounds without a needless fraction: 90, not 90.0."""
    return {key: f"{value:.12g}" if isinstance(value, float) else value for key, value in context.items()}


def _short(value: Any) -> str:
    """The value as JSON, cut to a readable length."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    if isinstance(value, str):
        value = value[:LONGEST_CAME]
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_CAME + 2 else text[:LONGEST_CAME] + "..."
