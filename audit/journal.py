"""The only writer of processes and requests.

A request that changes something calls `record` inside its own transaction, so that both are stored or
neither; every other answered request is recorded by the signal of `accounts.trace`.
"""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.trace import Trace
from audit.models import Process, Request
from solver.contract import CalculationInfo, write


def record(trace: Trace, http_status: int) -> None:
    """Store a request, and the process it opens, with the code it is, or will be, answered with.

    A joined process that retention has removed since is opened again.
    """
    with transaction.atomic():
        if not (trace.joined and Process.objects.filter(pk=trace.process_code).exists()):
            open_process(trace)
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


def open_process(trace: Trace) -> Process:
    """Store the process a request opens."""
    return Process.objects.create(
        process_code=trace.process_code,
        service=trace.service,
        process_type=trace.process_type,
        user=trace.user,
        username=trace.username,
        company=trace.user.company if trace.user else None,
        company_key=trace.company,
        created_at=trace.time,
    )


def on_answered(sender: type, trace: Trace, http_status: int, **_: Any) -> None:
    """Store an answered request that did not store itself, or the code it was answered with in the end."""
    if trace.recorded_status is None:
        record(trace, http_status)
    elif trace.recorded_status != http_status:
        Request.objects.filter(pk=trace.request_code).update(http_status=http_status)


def note_calculation(process_code: UUID, info: CalculationInfo, **counts: int | None) -> None:
    """Store where the calculation of a process stands.

    Parameters
    ----------
    counts
        ``points``: demands of the task; ``elements``: planned demands (AC3). None leaves what is stored.
    """
    known = {name: count for name, count in counts.items() if count is not None}
    Process.objects.filter(pk=process_code).update(
        status=info.status, calculation_info=json.loads(write(info)), **known
    )
