"""Results: what is stored of a plan, and the answer that is streamed from it.

A stored body is the contract's PlanResult without what differs from request to request; a reader gets that in
front, and the body, however big, is passed on without being parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import solver
from accounts.trace import Trace
from audit import blobs, journal, keeping
from planning.line import PROCESS, SERVICE
from planning.models import Calculation
from planning.standing import info as info_of
from solver.contract import (
    CalculationInfo,
    PlanAnalytics,
    PlanResult,
    PlanStatistics,
    UnplannedOrder,
    read,
    write,
)

TRIES = 5
NO_REASONS = b'{"unplanned_orders":[]}'


def result_body(plan: solver.Plan) -> bytes:
    """Return the stored form of a plan."""
    parts = {
        "trips": plan.trips,
        "statistics": plan.statistics,
        "warnings": plan.warnings,
        "unplanned_items": plan.unplanned_items,
        "removed_items": plan.removed_items,
    }
    return b"{" + b",".join(b'"%s":%s' % (name.encode(), write(part)) for name, part in parts.items()) + b"}"


def reasons_body(plan: solver.Plan) -> bytes:
    """Return the stored form of why orders are not planned (U2)."""
    return b'{"unplanned_orders":%s}' % write(plan.reasons)


def reasons_stem(result: str) -> str:
    """Return what the reasons beside a stored result are saved as."""
    return f"{result}.reasons"


def reasons_name(result: str) -> str:
    """Return the name of the stored reasons beside a stored result."""
    return f"{reasons_stem(result)}.gz"


def figures_of(plan: solver.Plan) -> dict[str, Any]:
    """Return the figures that lists show: counts, metres, seconds, money."""
    total = plan.statistics.total_statistics
    return {
        "planned": total.plan_orders_count,
        "waitlist": total.waitlist_orders_count,
        "unplanned": plan.unplanned_items.order_keys_count,
        "demands": planned_demands(plan.statistics),
        "trips": total.trips_count,
        "performers": total.performers_count,
        "distance": total.measurements.distance,
        "driving_time": total.measurements.driving_time,
        "total_time": total.measurements.total_time,
        "cost": total.cost,
        "reward": total.reward,
    }


def planned_demands(found: PlanStatistics) -> int:
    """Return the number of planned demands, which are the elements of a result (AC3)."""
    stops = (stop for trip in found.trips_statistics for stop in trip.stop_statistics)
    return sum(len(stop.stop_demands) for stop in stops)


def head(trace: Trace, progress: int, info: CalculationInfo) -> bytes:
    """Return what stands in front of a stored body, the body's opening brace included."""
    return b'{"tracedata":%s,"calculation_progress":%d,"calculation_info":%s,' % (
        write(trace.tracedata),
        progress,
        write(info),
    )


def stream(calculation: Calculation, trace: Trace) -> Iterator[bytes]:
    """Return the pieces of the contract's PlanResult of this moment; the file is open when this returns.

    Raises
    ------
    Calculation.DoesNotExist
        It was removed in this moment.
    """
    body = _open(calculation)
    return _stream(head(trace, calculation.progress, info_of(calculation)), body)


def stream_reasons(calculation: Calculation, trace: Trace) -> Iterator[bytes]:
    """Return the pieces of the `PlanAnalytics` of this moment; as `stream`."""
    body = _open_reasons(calculation)
    return _stream(head(trace, calculation.progress, info_of(calculation)), body)


def read_reasons(calculation: Calculation) -> list[UnplannedOrder]:
    """Return why orders are not planned at this moment; errors as in `stream`."""
    trace = Trace(SERVICE, "read_plan_analytics", PROCESS, calculation.user, calculation.pk)
    return read(PlanAnalytics, b"".join(stream_reasons(calculation, trace))).unplanned_orders


def read_result(calculation: Calculation) -> PlanResult:
    """Return the result of this moment as an object; errors as in `stream`."""
    trace = Trace(SERVICE, "read_plan_result", PROCESS, calculation.user, calculation.pk)
    return read(PlanResult, b"".join(stream(calculation, trace)))


def keep(calculation: Calculation) -> None:
    """Keep what a calculation ended with for the audit, as it answers the request that started it (AC5)."""
    trace = journal.opening(calculation.pk)
    if trace:
        name = keeping.keep_output(calculation.pk, stream(calculation, trace))
        journal.note_output(calculation.pk, name)


def _open(calculation: Calculation) -> Iterator[bytes]:
    """Open the stored body; a better one may replace it between reading the row and opening the file."""
    for _again in range(TRIES):
        try:
            return blobs.pieces(calculation.result)
        except FileNotFoundError:
            calculation.refresh_from_db()
    return blobs.pieces(calculation.result)


def _open_reasons(calculation: Calculation) -> Iterator[bytes]:
    """Open the stored reasons; a result that plans nothing has none, nor have those of earlier versions."""
    for _again in range(TRIES):
        try:
            return blobs.pieces(reasons_name(calculation.result))
        except FileNotFoundError:
            if blobs.exists(calculation.result):
                break
            calculation.refresh_from_db()
    return iter([NO_REASONS])


def _stream(first: bytes, body: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield next(body)[1:]  # without the opening brace, which the head has
    yield from body
