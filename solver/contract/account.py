"""Objects of the account service."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from solver.contract.basics import Attribute
from solver.contract.calculation import CalculationInfo, Service, Tracedata
from solver.contract.entity import Entity
from solver.contract.issues import SchemaError
from solver.contract.scalars import AnyText, Day, Label, Login, Moment, Size, Text, Uuid, Whole


class ProcessType(StrEnum):
    """Kinds of processes a quota counts."""

    NOTRACE = "NOTRACE"
    TRACE = "TRACE"
    PLAN = "PLAN"
    CONVERT = "CONVERT"
    VALIDATE = "VALIDATE"
    ROUTE = "ROUTE"
    MATRIX = "MATRIX"


@dataclass(slots=True, kw_only=True)
class AuditActionStatistics(Entity):
    """Points, elements and calculation of a process."""

    request_points_count: Annotated[int, Whole(0, 100_000_000)] | None = None
    result_elements_count: Annotated[int, Whole(0, 100_000_000)] | None = None
    calculation_info: CalculationInfo


@dataclass(slots=True, kw_only=True)
class AuditAction(Entity):
    """One process with all its requests."""

    process_code: Uuid
    process_type: ProcessType
    username: Login
    company: Label
    service: Service
    time: Moment
    requests: Annotated[list[Tracedata], Size(0, None)]
    statistics: AuditActionStatistics
    input_file_exists: bool = False
    output_file_exists: bool = False


@dataclass(slots=True, kw_only=True)
class AuditCountersDetail(Entity):
    """A number of processes."""

    total: Annotated[int, Whole(0, 100_000_000)]


@dataclass(slots=True, kw_only=True)
class AuditCounters(Entity):
    """How many processes there are, before and after the filters."""

    overall: AuditCountersDetail
    filter: AuditCountersDetail


@dataclass(slots=True, kw_only=True)
class AccountAuditResult(Entity):
    """Processes of the period asked for."""

    actions: Annotated[list[AuditAction], Size(0, 2_001)]
    counters: AuditCounters


@dataclass(slots=True, kw_only=True)
class ProcessStatistics(Entity):
    """What a user spent on a process type in a day."""

    process_type: ProcessType
    unique_points_per_day: Annotated[int, Whole(0, 100_000_000)]
    points_per_day: Annotated[int, Whole(0, 100_000_000)]
    elements_per_day: Annotated[int, Whole(0, 100_000_000)]
    processes_per_day: Annotated[int, Whole(0, 100_000_000)]


@dataclass(slots=True, kw_only=True)
class ServiceStatistics(Entity):
    """Statistics of a service by process type."""

    service: Service
    processes: Annotated[list[ProcessStatistics], Size(1, 100)]


@dataclass(slots=True, kw_only=True)
class DateStatistics(Entity):
    """Statistics of a day."""

    date: Day
    services: Annotated[list[ServiceStatistics], Size(0, 8)]


class FlowStage(StrEnum):
    """Stage of a kept body."""

    RAW = "RAW"


class FlowType(StrEnum):
    """Direction of a kept body."""

    INPUT = "INPUT"
    OUTPUT = "OUTPUT"


@dataclass(slots=True, kw_only=True)
class General400(Entity):
    """Answer to an input that does not keep the contract."""

    tracedata: Tracedata
    message: AnyText | None = None
    schema_errors: Annotated[list[SchemaError], Size(0, 15_001)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class InfoChangeRequest(Entity):
    """What a user changes of himself; null clears a field, an absent one stays: see the body (AC7)."""

    specification: Annotated[str, Text(2, 256)] | None = None
    email: Annotated[str, Text(5, 256)] | None = None
    phone: Annotated[str, Text(5, 32)] | None = None
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class PasswordChangeRequest(Entity):
    """The old and the new password."""

    current_password: Annotated[str, Text(10, 256)] | None
    new_password: Annotated[str, Text(10, 256)] | None


@dataclass(slots=True, kw_only=True)
class ProcessQuota(Entity):
    """What a user may spend on a process type."""

    process_type: ProcessType
    points_per_request: Annotated[int, Whole(0, 1_000_000)]
    points_per_day: Annotated[int, Whole(0, 100_000_000)]
    max_concurrent_execution: Annotated[int, Whole(0, 1_000)]


@dataclass(slots=True, kw_only=True)
class ServiceQuota(Entity):
    """Quotas of a service by process type."""

    service: Service
    processes: Annotated[list[ProcessQuota], Size(1, 100)]


@dataclass(slots=True, kw_only=True)
class QuotaBase(Entity):
    """Quotas by service."""

    services: Annotated[list[ServiceQuota], Size(1, 8)]


@dataclass(slots=True, kw_only=True)
class QuotasResult(Entity):
    """Quotas of a user."""

    base: QuotaBase


@dataclass(slots=True, kw_only=True)
class TokenRequest(Entity):
    """Who asks for a token, and for how many seconds it shall live."""

    username: Login
    password: Annotated[str, Text(10, 256)] | None
    ttl_seconds: Annotated[int, Whole(60, 31_556_926)] = 86_400


class UserRole(StrEnum):
    """What a user may do."""

    ADMIN = "ADMIN"
    PARTNER = "PARTNER"
    USER = "USER"
    BOT = "BOT"
    COMPANYOWNER = "COMPANYOWNER"
    OVERLORD = "OVERLORD"


@dataclass(slots=True, kw_only=True)
class TokenValidationResult(Entity):
    """Whether a token is valid, and the roles it stands for."""

    valid: bool
    roles: Annotated[list[UserRole], Size(0, 2)]


@dataclass(slots=True, kw_only=True)
class User(Entity):
    """A user of the service."""

    username: Login
    password: Annotated[str, Text(10, 256)] | None = None
    specification: Annotated[str, Text(2, 256)] | None = None
    email: Annotated[str, Text(5, 256)] | None = None
    phone: Annotated[str, Text(5, 32)] | None = None
    company_key: Label
    enabled: bool = True
    roles: Annotated[list[UserRole], Size(0, 2)]
    timezone: Annotated[int, Whole(-12, 12)] = 0
    edit_date: Moment | None = None
    creation_date: Moment | None = None
    attributes: Annotated[list[Attribute], Size(0, 250)] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class UserStatistics(Entity):
    """Statistics of a user by day."""

    username: Login
    dates: Annotated[list[DateStatistics], Size(0, 3_653)]
