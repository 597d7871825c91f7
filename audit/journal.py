"""The only writer of processes and requests.

A request that changes something calls `record` inside its own transaction, so that both are stored or
neither; every other answered request is recorded by the signal of `accounts.trace`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.trace import Points, Spent, Trace
from audit import keeping, usage
from audit.models import Process, Request
from solver.contract import CalculationInfo, CalculationStatus, ProcessType, Service, write


def record(trace: Trace, http_status: int) -> None:
    """Store a request, and the process it opens, with the code it is, or will be, answered with.

    A joined process that retention has removed since is opened again.
    """
    if http_status in keeping.KEPT_ANSWERS:
        keeping.keep_input(trace)
    with transaction.atomic():
        if not (trace.joined and Process.objects.filter(pk=trace.process_code).exists()):
            open_process(trace, http_status)
        Request.objects.create(
            request_code=trace.request_code,
            process_id=trace.process_code,
            operation=trace.operation,
            username=trace.username,
            company_key=trace.company,
            env=settings.ENVIRONMENT.env,
            pod=settings.ENVIRONMENT.pod,
            time=trace.time,
            http_status=http_status,
        )
    trace.recorded_status = http_status


def open_process(trace: Trace, http_status: int) -> Process:
    """Store the process a request opens; where a calculation follows, that tells its status from then on."""
    return Process.objects.create(
        process_code=trace.process_code,
        service=trace.service,
        process_type=trace.process_type,
        user=trace.user,
        username=trace.username,
        company=trace.user.company if trace.user else None,
        company_key=trace.company,
        created_at=trace.time,
        status=status_of(http_status),
        points=trace.spent.points.count if trace.spent else None,
        elements=trace.spent.elements if trace.spent and trace.spent.elements else None,
        counter_id=trace.spent.counter if trace.spent else None,
        input_file=trace.kept_input,
    )


def status_of(http_status: int) -> CalculationStatus:
    """Return how a process without a calculation ended."""
    return CalculationStatus.FINISHED_IN_TIME if http_status < 400 else CalculationStatus.FAILED


@contextmanager
def accepting(trace: Trace, points: Points, elements: int = 0) -> Iterator[None]:
    """Accept a request: what it spends, its record and what the block stores are kept, or nothing is.

    Raises
    ------
    OverQuota
        Nothing was counted, and the block did not run.
    """
    keeping.keep_input(trace)
    try:
        with transaction.atomic():
            usage.spend(trace, points, elements)
            record(trace, 200)
            yield
    except BaseException:
        keeping.forget_input(trace)
        trace.spent = trace.recorded_status = None
        raise


def accept(trace: Trace, points: Points, elements: int = 0) -> None:
    """Accept a request that is answered at once; errors as in `accepting`."""
    with accepting(trace, points, elements):
        pass


def on_answered(sender: type, trace: Trace, http_status: int, **_: Any) -> None:
    """Store an answered request that did not store itself, or the code it was answered with in the end."""
    if trace.recorded_status is None:
        record(trace, http_status)
    elif trace.recorded_status != http_status:
        _answered_otherwise(trace, http_status)
    follows_later = trace.process_type == ProcessType.PLAN and http_status == 200
    if trace.answer is not None and http_status in keeping.KEPT_ANSWERS and not follows_later:
        note_output(trace.process_code, keeping.keep_output(trace.process_code, [trace.answer]))


def _answered_otherwise(trace: Trace, http_status: int) -> None:
    """Correct the code; what was accepted and then not carried out was not accepted after all."""
    with transaction.atomic():
        Request.objects.filter(pk=trace.request_code).update(http_status=http_status)
        at_once = trace.process_type != ProcessType.PLAN
        if at_once and http_status >= 400 and trace.spent:
            usage.forget_process(trace.spent)
            Process.objects.filter(pk=trace.process_code).update(
                status=status_of(http_status), points=None, elements=None, counter=None
            )


def note_calculation(process_code: UUID, info: CalculationInfo, *, elements: int | None = None) -> None:
    """Store where the calculation of a process stands.

    Parameters
    ----------
    elements
        Planned demands, told once, when it ended with a plan; they are counted on the process's day (AC3).
    """
    known = {} if elements is None else {"elements": elements}
    mine = Process.objects.filter(pk=process_code)
    mine.update(status=info.status, calculation_info=json.loads(write(info)), **known)
    if elements:
        for counter in mine.exclude(counter=None).values_list("counter", flat=True):
            usage.add_elements(counter, elements)


def note_output(process_code: UUID, name: str) -> None:
    """Store in which file the output of a process is kept."""
    Process.objects.filter(pk=process_code).update(output_file=name)


def opening(process_code: UUID) -> Trace | None:
    """Return the trace of the request that opened a process; None when retention has removed it."""
    first = (
        Request.objects.filter(process=process_code)
        .select_related("process__user__company")
        .order_by("time")
        .first()
    )
    if first is None:
        return None
    return Trace(
        Service(first.process.service),
        first.operation,
        ProcessType(first.process.process_type),
        first.process.user,
        process_code,
        first.request_code,
        first.time,
    )


def note_failure(process_code: UUID, points: Points) -> None:
    """Let the points of a failed calculation come back (AC3)."""
    mine = Process.objects.filter(pk=process_code, points__gt=0).exclude(counter=None)
    for counter in mine.values_list("counter", flat=True):
        usage.return_points(Spent(points, counter))
        mine.update(points=F("points") - points.count)
