"""JSON schemas of the contract's types, as the contract itself writes them."""

from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema as cs

from solver.contract.duration import MAX_LENGTH, MIN_LENGTH, PATTERN, format_duration
from solver.contract.scalars import FIRST, OTHER

_DURATION = {"type": "string", "pattern": PATTERN, "minLength": MIN_LENGTH, "maxLength": MAX_LENGTH}
_MOMENT = {"type": "string", "format": "date-time"}


def schemas(kinds: Iterable[Any], template: str) -> tuple[list[JsonSchemaValue], dict[str, JsonSchemaValue]]:
    """Return the schema of each type, in their order, and the definitions of all objects in them by name.

    Parameters
    ----------
    template
        Where definitions will stand, such as ``#/components/schemas/{model}``.
    """
    adapters = [(number, "validation", TypeAdapter(kind)) for number, kind in enumerate(kinds)]
    found, shared = TypeAdapter.json_schemas(
        adapters,  # type: ignore[arg-type]  # a mode is a text to the checker
        ref_template=template,
        schema_generator=_AsTheContract,
    )
    return [found[number, "validation"] for number in range(len(adapters))], shared.get("$defs", {})


class _AsTheContract(GenerateJsonSchema):
    """Leaves out what the ways of reading a value add, and titles that repeat the names of fields."""

    def chain_schema(self, schema: cs.ChainSchema) -> JsonSchemaValue:
        """Tell a duration and a moment by what they are in JSON."""
        if "pattern" in schema.get("metadata", {}):
            return dict(_DURATION)
        if any(step["type"] == "datetime" for step in schema["steps"]):
            return dict(_MOMENT)
        return super().chain_schema(schema)

    def union_schema(self, schema: cs.UnionSchema) -> JsonSchemaValue:
        """Tell the first of two ways to read a value; the other one may be null."""
        labels = [choice[1] if isinstance(choice, tuple) else None for choice in schema["choices"]]
        if labels != [FIRST, OTHER]:
            return super().union_schema(schema)
        first, other = (choice[0] for choice in schema["choices"] if isinstance(choice, tuple))
        told = self.generate_inner(first)
        null = other["type"] == "chain" and other["steps"][0]["type"] == "none"
        return self.get_flattened_anyof([told, {"type": "null"}]) if null else told

    def default_schema(self, schema: cs.WithDefaultSchema) -> JsonSchemaValue:
        """Tell defaults as they would be written; a default of null says only that null is allowed."""
        told = super().default_schema(schema)
        if "default" in told and told["default"] is None:
            del told["default"]
        if _DURATION in told.get("anyOf", [told]) and "default" in told:
            told["default"] = format_duration(told["default"])
        return told

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never."""
        return False
