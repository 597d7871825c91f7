"""Processes as the contract's audit lists them (AC5)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.expressions import OrderBy

from accounts.models import User
from accounts.scope import seen_by
from audit.models import Process, Request
from solver.contract import (
    AccountAuditResult,
    AuditAction,
    AuditActionStatistics,
    AuditCounters,
    AuditCountersDetail,
    CalculationInfo,
    CalculationStatus,
    ProcessType,
    Service,
    Tracedata,
    read_object,
)

SORTED_BY = {
    "time": "created_at",
    "process_code": "process_code",
    "process_type": "process_type",
    "username": "username",
    "company": "company_key",
    "service": "service",
    "status": "status",
    "request_points_count": "points",
    "result_elements_count": "elements",
}
"""Fields of the answer a list can be sorted by, and our columns; what is not there comes first."""

OF_REQUEST = ("process_id", "request_code", "username", "company_key", "operation", "env", "pod", "time")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which processes are asked for: a period, both ends included, filters, an order, a page."""

    start: datetime
    end: datetime
    service: Service | None = None
    operation: str | None = None
    process_type: ProcessType | None = None
    status: CalculationStatus | None = None
    sort_field: str = "time"
    descending: bool = False
    offset: int = 0
    limit: int = 100


def seen(user: User, process_code: UUID) -> Process | None:
    """Return a process this user may see; None for any other."""
    return Process.objects.filter(seen_by(user), pk=process_code).first()


def listed(user: User, wanted: Wanted) -> AccountAuditResult:
    """Return a page of processes with the numbers of all: in the period, and after the filters."""
    # In UTC: the contract allows offsets up to a day, PostgreSQL only up to 16 hours.
    start, end = wanted.start.astimezone(UTC), wanted.end.astimezone(UTC)
    period = Process.objects.filter(seen_by(user), created_at__gte=start, created_at__lte=end).order_by()
    rows = _filtered(period, wanted)
    overall = period.count()
    found = overall if rows is period else rows.count()
    page = rows.order_by(*_order(wanted))[wanted.offset : wanted.offset + wanted.limit]
    return AccountAuditResult(
        actions=_actions(list(page) if wanted.offset < found else []),
        counters=AuditCounters(
            overall=AuditCountersDetail(total=overall), filter=AuditCountersDetail(total=found)
        ),
    )


def _filtered(rows: QuerySet[Process], wanted: Wanted) -> QuerySet[Process]:
    for name in ("service", "process_type", "status"):
        value = getattr(wanted, name)
        if value is not None:
            rows = rows.filter(**{name: value})
    if wanted.operation is not None:
        asked = Request.objects.filter(process=OuterRef("pk"), operation=wanted.operation)
        rows = rows.filter(Exists(asked))
    return rows


def _order(wanted: Wanted) -> list[str | OrderBy]:
    """Return the order; processes that are equal in it come in the order of their codes."""
    column = SORTED_BY[wanted.sort_field]
    sign = "-" if wanted.descending else ""
    if column == "process_code":
        return [f"{sign}{column}"]
    if not Process._meta.get_field(column).null:
        return [f"{sign}{column}", "process_code"]
    first: OrderBy = F(column).desc(nulls_last=True) if wanted.descending else F(column).asc(nulls_first=True)
    return [first, "process_code"]


def _actions(processes: list[Process]) -> list[AuditAction]:
    """Return processes with their requests, which are read as plain rows: a page may have ten thousand."""
    services = {process.pk: Service(process.service) for process in processes}
    requests: dict[UUID, list[Tracedata]] = defaultdict(list)
    rows = Request.objects.filter(process__in=list(services)).order_by("time").values_list(*OF_REQUEST)
    for process_code, request_code, username, company, operation, env, pod, time in rows:
        requests[process_code].append(
            Tracedata(
                process_code=process_code,
                request_code=request_code,
                username=username,
                company=company,
                service=services[process_code],
                operation=operation,
                env=env,
                pod=pod,
                time=time,
            )
        )
    return [_action(process, requests[process.pk]) for process in processes]


def _action(process: Process, requests: list[Tracedata]) -> AuditAction:
    return AuditAction(
        process_code=process.pk,
        process_type=ProcessType(process.process_type),
        username=process.username,
        company=process.company_key,
        service=Service(process.service),
        time=process.created_at,
        requests=requests,
        statistics=AuditActionStatistics(
            request_points_count=process.points,
            result_elements_count=process.elements,
            calculation_info=_calculation(process),
        ),
        input_file_exists=bool(process.input_file),
        output_file_exists=bool(process.output_file),
    )


def _calculation(process: Process) -> CalculationInfo:
    """Return where the calculation stands; a process without one has taken no time.

    Processes recorded before each told its status have none.
    """
    if process.calculation_info:
        return read_object(CalculationInfo, process.calculation_info)
    return CalculationInfo(
        status=CalculationStatus(process.status or CalculationStatus.FINISHED_IN_TIME),
        result_version=0,
        preparing_time=0,
        business_validation_time=0,
        math_validation_time=0,
        waiting_time=0,
        calculation_time=0,
    )
