"""Processes as the contract's audit lists them (AC5)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.expressions import OrderBy

from accounts.models import User
from accounts.scope import seen_by
from audit.columns import as_text, moment, one_of
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
    read,
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

OF_PROCESS = (
    "service", "process_type", "username", "company_key", "status", "points", "elements", "input_file",
    "output_file",
)  # fmt: skip
OF_REQUEST = ("request_code", "username", "company_key", "operation", "env", "pod")
Row = list[Any]
"""These columns, and the last one as text."""


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
    page = _page(rows, wanted) if wanted.offset < found else {}
    return AccountAuditResult(
        actions=_actions(page) if page else [],
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


def _page(rows: QuerySet[Process], wanted: Wanted) -> dict[UUID, datetime]:
    """Return codes and times of a page in its order: alone they come from an index, or a narrow sort."""
    keys = rows.order_by(*_order(wanted)).values_list("process_code", "created_at")
    return dict(keys[wanted.offset : wanted.offset + wanted.limit])


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


def _actions(page: dict[UUID, datetime]) -> list[AuditAction]:
    """Return processes with their requests, both read as plain rows: a page may have ten thousand of them."""
    times = page.values()
    # A page by time is a small piece of the table, and the times let the database know it.
    rows = Process.objects.filter(one_of("process_code", page), created_at__range=(min(times), max(times)))
    columns = ("process_code", as_text("process_code"), *OF_PROCESS, as_text("calculation_info"))
    processes = {code: (key, row) for code, key, *row in rows.order_by().values_list(*columns)}
    requests = _requests([key for key, _ in processes.values()])
    # Retention may have come between.
    found = ((code, *processes[code]) for code in page if code in processes)
    return [_action(code, page[code], row, requests[key]) for code, key, row in found]


def _requests(keys: list[str]) -> dict[str, list[Row]]:
    """Return the requests of processes by the text of their codes, which is compared sooner than a UUID."""
    found: dict[str, list[Row]] = {key: [] for key in keys}
    rows = Request.objects.filter(one_of("process_id", keys)).order_by("time")
    for key, *row in rows.values_list(as_text("process_id"), *OF_REQUEST, as_text("time")):
        found[key].append(row)
    return found


def _action(code: UUID, created_at: datetime, process: Row, requests: list[Row]) -> AuditAction:
    service, kind, username, company, status, points, elements, input_file, output_file, info = process
    service = Service(service)
    return AuditAction(
        process_code=code,
        process_type=ProcessType(kind),
        username=username,
        company=company,
        service=service,
        time=created_at,
        requests=_traces(code, service, requests),
        statistics=AuditActionStatistics(
            request_points_count=points,
            result_elements_count=elements,
            calculation_info=_calculation(status, info),
        ),
        input_file_exists=bool(input_file),
        output_file_exists=bool(output_file),
    )


def _traces(process_code: UUID, service: Service, requests: list[Row]) -> list[Tracedata]:
    return [
        Tracedata(
            process_code=process_code,
            request_code=request_code,
            username=username,
            company=company,
            service=service,
            operation=operation,
            env=env,
            pod=pod,
            time=moment(time),
        )
        for request_code, username, company, operation, env, pod, time in requests
    ]


def _calculation(status: str, info: str) -> CalculationInfo:
    """Return where a calculation stands, from its JSON; a process without one has taken no time.

    Processes recorded before each told its status have none.
    """
    if info != "{}":
        return read(CalculationInfo, info.encode())
    return CalculationInfo(
        status=CalculationStatus(status or CalculationStatus.FINISHED_IN_TIME),
        result_version=0,
        preparing_time=0,
        business_validation_time=0,
        math_validation_time=0,
        waiting_time=0,
        calculation_time=0,
    )
