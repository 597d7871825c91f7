"""The contract's own schema files, and smallest values that keep them."""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "data" / "contract"
EXAMPLES = sorted((DATA / "examples").glob("*.json"))


def definitions(service: str) -> dict[str, Any]:
    """Types of a service by name."""
    found: dict[str, Any] = json.loads((DATA / f"{service}.schema.json").read_bytes())["$defs"]
    return found


DEFINITIONS = definitions("account") | definitions("universal")
OBJECTS = {name: schema for name, schema in DEFINITIONS.items() if "properties" in schema}
ENUMS = {name: schema["enum"] for name, schema in DEFINITIONS.items() if "enum" in schema}


def target(schema: dict[str, Any]) -> str | None:
    """Name of the type a property refers to."""
    reference = schema.get("$ref")
    return str(reference).rsplit("/", 1)[-1] if reference else None


def smallest(schema: dict[str, Any]) -> Any:
    """The smallest value that keeps a schema."""
    name = target(schema)
    if name is not None:
        return smallest(DEFINITIONS[name])
    if "properties" in schema:
        return {key: smallest(schema["properties"][key]) for key in schema.get("required", [])}
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "array":
        return [smallest(schema["items"])] * schema.get("minItems", 0)
    if schema["type"] == "string":
        return _smallest_text(schema)
    return {"boolean": False, "integer": schema.get("minimum"), "number": schema.get("minimum")}[
        schema["type"]
    ]


def _smallest_text(schema: dict[str, Any]) -> str:
    formats = {
        "date-time": "2025-09-21T09:30:00+03:00",
        "date": "2025-09-21",
        "uuid": "11111111-2222-3333-4444-555555555555",
    }
    if "format" in schema:
        return formats[schema["format"]]
    if schema.get("pattern", "").startswith("^P"):
        return "PT0S"
    return "x" * schema.get("minLength", 0)
