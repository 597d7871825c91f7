"""The services' own documentation, made from the operations and types that run."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override
from pydantic import TypeAdapter

from accounts.api.views import Operation
from solver.contract import Service


@dataclass(frozen=True, slots=True)
class OperationEntry:
    """One operation as it is printed."""

    name: str
    method: str
    path: str
    view: type[Operation]

    @property
    def summary(self) -> str | Promise:
        """What it does, in a sentence."""
        return self.view.summaries[self.method]

    @property
    def accepts(self) -> str:
        """Name of the body's type."""
        return self.view.accepts.__name__ if self.view.accepts else ""

    @property
    def answers(self) -> str:
        """Name of the answer's type; an operation that removes answers nothing."""
        return self.view.answers.__name__ if self.view.answers and self.method != "DELETE" else ""

    @property
    def types(self) -> list[type]:
        """The contract's types it speaks in."""
        return [kind for kind in (self.view.accepts, self.view.answers) if kind and kind is not str]


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One field of a type as it is printed."""

    name: str
    required: bool
    meaning: str


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
    found = list(operations(service))
    schemas: dict[str, Any] = {}
    for operation in found:
        for kind in operation.types:
            _collect(kind, schemas)
    with override(language):
        context = {
            "service": service.title(),
            "language": language,
            "version": settings.VERSION,
            "megabytes": settings.MAX_BODY_BYTES // 2**20,
            "operations": found,
            "types": [_type(name, schemas[name]) for name in sorted(schemas)],
        }
        return render_to_string("api/document.html", context)


def operations(service: Service) -> Iterator[OperationEntry]:
    """Yield every operation of a service that has an address."""
    for path, pattern in _patterns(get_resolver(), "/"):
        view = getattr(pattern.callback, "cls", None)
        if not (isinstance(view, type) and issubclass(view, Operation)):
            continue
        options = getattr(pattern.callback, "initkwargs", {})
        if options.get("service", view.service) == service:
            for method, name in options.get("operations", view.operations).items():
                yield OperationEntry(name, method, path, view)


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern).replace("<str:", "{").replace(">", "}")
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, path)
        else:
            yield path, pattern


def _collect(kind: type, schemas: dict[str, Any]) -> None:
    """Add the JSON schema of a type, and of every type it names."""
    schema = TypeAdapter(kind).json_schema(by_alias=True)
    schemas.update(schema.pop("$defs", {}))
    if "$ref" not in schema:
        schemas.setdefault(kind.__name__, schema)


def _type(name: str, schema: dict[str, Any]) -> TypeEntry:
    required = schema.get("required", [])
    fields = [
        FieldEntry(field, field in required, ", ".join(meaning(about)))
        for field, about in schema.get("properties", {}).items()
    ]
    return TypeEntry(name, schema.get("description", ""), fields, schema.get("enum", []))


def meaning(schema: dict[str, Any]) -> Iterator[str]:
    """Yield what a field holds: its type, bounds, default, and whether null may stand for absent."""
    choices = schema.get("anyOf", [schema])
    yield _kind(choices[0])  # the other ones are null, or another way to write the same
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
