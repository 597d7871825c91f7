"""Answers that are no result."""

from dataclasses import dataclass, field
from typing import Annotated

from solver.contract.calculation import Tracedata
from solver.contract.entity import Entity
from solver.contract.issues import EntityError, EntityWarning, SchemaError
from solver.contract.scalars import AnyText, Number, Size, Text, Whole


@dataclass(slots=True, kw_only=True)
class Custom400WithErrorsAndWarnings(Entity):
    """Answer to an input that is refused."""

    tracedata: Tracedata
    message: AnyText | None = None
    schema_errors: Annotated[list[SchemaError], Size(0, 15_001)] = field(default_factory=list)
    logical_errors: Annotated[list[EntityError], Size(0, 15_001)] = field(default_factory=list)
    warnings: Annotated[list[EntityWarning], Size(0, 15_001)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class General402(Entity):
    """Answer when a quota is used up."""

    tracedata: Tracedata
    message: AnyText | None = None


@dataclass(slots=True, kw_only=True)
class General403(Entity):
    """Answer to someone who may not do this."""

    tracedata: Tracedata
    message: AnyText | None = None


@dataclass(slots=True, kw_only=True)
class General404Detail(Entity):
    """Trace of a request that found nothing."""

    tracedata: Tracedata


@dataclass(slots=True, kw_only=True)
class General404(Entity):
    """Answer when there is no such process or file."""

    resource_key: AnyText | None = None
    detail: General404Detail | None = None


@dataclass(slots=True, kw_only=True)
class General429(Entity):
    """Answer to too many requests."""

    tracedata: Tracedata
    message: AnyText | None = None


@dataclass(slots=True, kw_only=True)
class General500(Entity):
    """Answer when the service itself failed."""

    tracedata: Tracedata
    message: AnyText | None = None


@dataclass(slots=True, kw_only=True)
class CheckResult(Entity):
    """Health of the service, 0 to 1."""

    health: Annotated[float, Number(0, 1)]


@dataclass(slots=True, kw_only=True)
class VersionResult(Entity):
    """Version of the service."""

    major: Annotated[int, Whole(1, 100)]
    minor: Annotated[int, Whole(0, 111)]
    build: Annotated[str, Text(1, 64)]
