"""A calculation and the trace of a request."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from solver.contract.entity import Entity
from solver.contract.scalars import AnyText, Duration, Label, Login, Moment, Uuid, Whole


class Service(StrEnum):
    """The services of the platform."""

    UNIVERSAL = "UNIVERSAL"
    ROUTING = "ROUTING"
    ACCOUNT = "ACCOUNT"
    ADMIN = "ADMIN"
    STUDIO = "STUDIO"
    MONITOR = "MONITOR"
    PACKER = "PACKER"
    AGRO = "AGRO"


@dataclass(slots=True, kw_only=True)
class Tracedata(Entity):
    """Which request of whom was answered, when and by what."""

    process_code: Uuid
    request_code: Uuid
    username: Login
    company: Label
    service: Service
    operation: Label
    env: Login
    pod: Login
    time: Moment


class CalculationStatus(StrEnum):
    """Where a calculation stands."""

    WAITING = "WAITING"
    IN_PROGRESS = "IN_PROGRESS"
    FINISHED_IN_TIME = "FINISHED_IN_TIME"
    FINISHED_OUT_OF_TIME = "FINISHED_OUT_OF_TIME"
    CANCELED = "CANCELED"
    CANCELED_BY_TIMEOUT = "CANCELED_BY_TIMEOUT"
    CANCELED_BY_QUOTA = "CANCELED_BY_QUOTA"
    FAILED = "FAILED"


@dataclass(slots=True, kw_only=True)
class CalculationInfo(Entity):
    """Status of a calculation and what it spent its time on, in seconds."""

    status: CalculationStatus
    message: AnyText | None = None
    result_version: Annotated[int, Whole(0, 1_000_000)]
    preparing_time: Duration
    business_validation_time: Duration
    math_validation_time: Duration
    waiting_time: Duration
    calculation_time: Duration


@dataclass(slots=True, kw_only=True)
class CalculationState(Entity):
    """Progress of a calculation in per cent, and its status."""

    tracedata: Tracedata
    calculation_progress: Annotated[int, Whole(0, 100)]
    calculation_info: CalculationInfo


@dataclass(slots=True, kw_only=True)
class CalculationAsyncResult(Entity):
    """The code a calculation is asked for by."""

    tracedata: Tracedata
    process_code: Uuid
