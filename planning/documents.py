"""The services' own documentation as pages, made from their OpenAPI documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from planning import openapi
from solver.contract import Service


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One field of a type, or parameter of an address, as it is printed."""

    name: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class OperationEntry:
    """One operation as it is printed; bodies by the name of their type, empty for a text or a file."""

    name: str
    method: str
    path: str
    summary: str
    parameters: list[FieldEntry]
    accepts: list[tuple[str, str]]
    answers: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One type as it is printed: an object with fields, or a list of allowed words."""

    name: str
    description: str
    fields: list[FieldEntry]
    words: list[str]


def page(service: Service, filename: str) -> str | None:
    """Return a document as HTML; None where there is no such one.

    There is one for each language, such as ``universal_en.html``.
    """
    for language, _name in settings.LANGUAGES:
        if filename == f"{service.lower()}_{language}.html":
            return _page(service, language)
    return None


@cache
def _page(service: Service, language: str) -> str:
    with override(language):
        context = {"language": language, **contents(service, language)}
        return render_to_string("api/document.html", context)


def contents(service: Service, language: str) -> dict[str, Any]:
    """Return what a page about a service shows, in a language."""
    told = openapi.document(service, language)
    types = told["components"]["schemas"]
    return {
        "service": service.title(),
        "version": settings.VERSION,
        "megabytes": settings.MAX_BODY_BYTES // 2**20,
        "operations": [
            _operation(path, method.upper(), operation)
            for path, methods in told["paths"].items()
            for method, operation in methods.items()
        ],
        "codes": _codes(told),
        "types": [_type(name, types[name]) for name in sorted(types)],
    }


def _operation(path: str, method: str, told: dict[str, Any]) -> OperationEntry:
    """Return an operation as it is printed."""
    done = {code: answer for code, answer in told["responses"].items() if code < "300"}
    return OperationEntry(
        name=told["operationId"],
        method=method,
        path=path,
        summary=told["summary"],
        parameters=[
            FieldEntry(one["name"], one["required"], ", ".join(meaning(one["schema"])))
            for one in told["parameters"]
            if one["in"] == "query"
        ],
        accepts=_bodies(told.get("requestBody", {})),
        answers=[(code, *body) for code, answer in done.items() for body in _bodies(answer) or [("", "")]],
    )


def _bodies(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Return kind of content and name of the type of each way a body may come."""
    return [
        (media, str(content["schema"].get("$ref", "")).rpartition("/")[2])
        for media, content in told.get("content", {}).items()
    ]


def _codes(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Return every code that an operation may answer with, and what it says."""
    found = {
        code: answer["description"]
        for methods in told["paths"].values()
        for operation in methods.values()
        for code, answer in operation["responses"].items()
    }
    return sorted(found.items())


def _type(name: str, schema: dict[str, Any]) -> TypeEntry:
    """Return a type as it is printed."""
    required = schema.get("required", [])
    fields = [
        FieldEntry(field, field in required, ", ".join(meaning(about)))
        for field, about in schema.get("properties", {}).items()
    ]
    return TypeEntry(name, schema.get("description", ""), fields, schema.get("enum", []))


def meaning(schema: dict[str, Any]) -> Iterator[str]:
    """Yield what a field holds: its type, bounds, default, and whether null may stand for absent."""
    choices = schema.get("anyOf", [schema])
    yield _kind(choices[0])  # the other one is null
    if schema.get("default") not in (None, ""):
        yield _("default %(value)s") % {"value": schema["default"]}
    if any(choice.get("type") == "null" for choice in choices):
        yield _("or null")


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        inner = _kind(schema.get("items", {}))
        return _("list of %(items)s%(bounds)s") % {"items": inner, "bounds": _bounds(schema, "Items")}
    names = {
        "string": _("text"),
        "integer": _("whole number"),
        "number": _("number"),
        "boolean": _("true or false"),
    }
    name = names.get(schema.get("type", ""), _("object"))
    return name + _bounds(schema, "Length") + _bounds(schema, "imum")


def _bounds(schema: dict[str, Any], of: str) -> str:
    least, most = schema.get(f"min{of}"), schema.get(f"max{of}")
    if least is None and most is None:
        return ""
    return f" [{'' if least is None else least} .. {'' if most is None else most}]"
