"""The OpenAPI document of a service, made from the operations and types that run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.api.answers import JsonAnswer
from accounts.api.views import Open, Operation
from solver.contract import (
    Custom400WithErrorsAndWarnings,
    General400,
    General402,
    General403,
    General404,
    General429,
    General500,
    ProcessType,
    Service,
)
from solver.contract.json_schema import schemas
from solver.contract.scalars import Text, Uuid

JSON = "application/json"
PLACE = "#/components/schemas/{model}"
OF_ADDRESS = {"process_code": Uuid, "filename": Annotated[str, Text(6, 128)]}
"""Types of the variable parts of addresses."""

EVERYWHERE: dict[int, Any] = {
    404: General404, 405: General500, 406: General500, 413: General500, 415: General500, 429: General429,
    431: None, 500: General500, 501: General500, 502: None, 503: General500, 504: None,
}  # fmt: skip
"""Errors of every operation; those without a body may come from a proxy before us (H1)."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One operation: a method of an address.

    Attributes
    ----------
    options
        What the address says of the view, before the view itself.
    """

    name: str
    method: str
    path: str
    view: type[Operation]
    options: dict[str, Any]

    def option(self, name: str) -> Any:
        """Return a property of the view as this address has it."""
        return self.options.get(name, getattr(self.view, name))

    @property
    def accepts(self) -> Any:
        """Type of the body; None for none."""
        return self.option("accepts") if self.method in {"POST", "PUT"} else None

    @property
    def answers(self) -> Any:
        """Type of the answer; a removal answers nothing."""
        return None if self.method == "DELETE" else self.option("answers")

    @property
    def codes(self) -> tuple[int, ...]:
        """What it answers with when nothing is wrong."""
        usual = (204,) if self.method == "DELETE" else (200,)
        found: tuple[int, ...] = self.option("codes").get(self.method, usual)
        return found

    @property
    def errors(self) -> dict[int, Any]:
        """Type of the body of each error it may answer with."""
        if issubclass(self.view, Open):
            return EVERYWHERE
        account = self.option("service") == Service.ACCOUNT
        refused = General400 if account else Custom400WithErrorsAndWarnings
        found: dict[int, Any] = {400: refused, 401: General500, 402: General402, **EVERYWHERE}
        if account or self.option("process_type") == ProcessType.CONVERT:
            found[403] = General403
        return dict(sorted(found.items()))

    @property
    def kinds(self) -> list[Any]:
        """Every type it speaks in."""
        return [self.accepts, self.answers, self.view.parameters, *self.errors.values()]


def operations(service: Service) -> Iterator[Offered]:
    """Yield every operation of a service that has an address."""
    for path, pattern in _patterns(get_resolver(), "/"):
        view = getattr(pattern.callback, "cls", None)
        if not (isinstance(view, type) and issubclass(view, Operation)):
            continue
        options = getattr(pattern.callback, "initkwargs", {})
        if options.get("service", view.service) == service:
            for method, name in options.get("operations", view.operations).items():
                yield Offered(name, method, path, view, options)


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        path = before + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, path)
        else:
            yield path, pattern


@cache
def document(service: Service, language: str) -> dict[str, Any]:
    """Return the document of a service, its sentences in a language."""
    with override(language):
        return _Writer(service).document()


class _Writer:
    """Puts the document of one service together."""

    def __init__(self, service: Service) -> None:
        self.service = service
        # An address with a name of its own is one of those its sibling with a variable part tells of.
        self.operations = list({entry.name: entry for entry in operations(service)}.values())
        kinds = {
            repr(kind): kind for entry in self.operations for kind in [*entry.kinds, *OF_ADDRESS.values()]
        }
        found, self.definitions = schemas(kinds.values(), PLACE)
        self.schemas = dict(zip(kinds, found, strict=True))

    def schema(self, kind: Any) -> dict[str, Any]:
        return self.schemas[repr(kind)]

    def document(self) -> dict[str, Any]:
        paths: dict[str, dict[str, Any]] = {}
        for entry in self.operations:
            paths.setdefault(entry.path, {})[entry.method.lower()] = self.operation(entry)
        return {
            "openapi": "3.1.0",
            "info": {"title": f"Marshrut {self.service.title()}", "version": settings.VERSION},
            "paths": paths,
            "components": {
                "schemas": self.definitions,
                "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
            },
        }

    def operation(self, entry: Offered) -> dict[str, Any]:
        told: dict[str, Any] = {
            "operationId": entry.name,
            "summary": str(entry.view.summaries[entry.method]),
            "parameters": [*self.parts(entry), *self.parameters(entry)],
            "security": [{"bearer": []}] if entry.view.authentication_classes else [],
            "responses": {},
        }
        if body := self.body(entry):
            told["requestBody"] = {"required": True, "content": body}
        for code in entry.codes:
            told["responses"][str(code)] = self.answer(entry, code)
        for code, kind in entry.errors.items():
            content = {"content": {JSON: {"schema": self.schema(kind)}}} if kind else {}
            told["responses"][str(code)] = {"description": str(meaning(code)), **content}
        return told

    def parts(self, entry: Offered) -> Iterator[dict[str, Any]]:
        for name in re.findall(r"{(\w+)}", entry.path):
            schema = self.schema(OF_ADDRESS[name])
            yield {"name": name, "in": "path", "required": True, "schema": schema}

    def parameters(self, entry: Offered) -> Iterator[dict[str, Any]]:
        if entry.view.parameters is None:
            return
        kind = self.definitions[entry.view.parameters.__name__]
        for name, schema in kind.get("properties", {}).items():
            required = name in kind.get("required", [])
            yield {"name": name, "in": "query", "required": required, "schema": without_null(schema)}

    def body(self, entry: Offered) -> dict[str, Any]:
        media = [parser.media_type for parser in entry.view.parser_classes]
        if entry.accepts is not None:
            return {name: {"schema": self.schema(entry.accepts)} for name in media}
        files = [name for name in media if name != JSON] if entry.method == "POST" else []
        return {name: {"schema": {"type": "string", "format": "binary"}} for name in files}

    def answer(self, entry: Offered, code: int) -> dict[str, Any]:
        told: dict[str, Any] = {"description": str(meaning(code))}
        if entry.answers is not None:
            schema = self.schema(entry.answers)
            told["content"] = {name: {"schema": schema} for name in media_types(entry.view)}
        if links := self.links(entry):
            told["links"] = links
        return told

    def links(self, entry: Offered) -> dict[str, Any]:
        """What can be asked of the process an answer names."""
        names = self.definitions.get(getattr(entry.answers, "__name__", ""), {}).get("properties", {})
        if "process_code" not in names:
            return {}
        kind = entry.path.rsplit("/", 1)[0]
        return {
            other.name: {
                "operationId": other.name,
                "parameters": {"process_code": "$response.body#/process_code"},
            }
            for other in self.operations
            if other.path.startswith(kind) and "{process_code}" in other.path
        }


def media_types(view: type[Operation]) -> list[str]:
    """Return what an answer comes as; JSON beside something else is for errors."""
    kinds = [renderer for renderer in view.renderer_classes if renderer is not JsonAnswer]
    return [str(kind.media_type) for kind in kinds or [JsonAnswer]]


def without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a parameter: one that is not given is left out."""
    choices = [choice for choice in schema.get("anyOf", []) if choice != {"type": "null"}]
    rest = {name: value for name, value in schema.items() if name != "anyOf"}
    return {**choices[0], **rest} if len(choices) == 1 else schema


def meaning(code: int) -> str | Promise:
    """Return what a code says."""
    return {
        200: _("Done; the calculation is finished."),
        202: _("The calculation waits or runs."),
        204: _("Done, nothing to say."),
        299: _("The calculation was canceled or has failed; the message says why."),
        400: _("The request is refused; every error is listed."),
        401: _("There is no good token."),
        402: _("A quota is used up; the message names it."),
        403: _("The role may not do this."),
        404: _("The process is unknown, expired or of somebody else."),
        405: _("The method is not offered here."),
        406: _("The wanted kind of answer is not offered here."),
        413: _("The body is too large."),
        415: _("The kind of body is not accepted here."),
        429: _("Too many requests; Retry-After says when to come again."),
        431: _("The headers are too large."),
        500: _("The service failed."),
        501: _("Not offered by this installation."),
        502: _("The service cannot be reached."),
        503: _("The service is too busy; the calculation waited too long."),
        504: _("The service does not answer in time."),
    }[code]
