"""The life of a calculation. Nothing else writes its status.

For views and pages::

    submit(user, data, dataset=None)   accept a task: a waiting calculation, or Refused with every reason
    visible(user)                      his calculations for the pages, newest first
    of_api(user, process_code, kind)   his calculation while the API still holds its result, or None
    cancel(calculation)                stop it, keep its best plan; an ended one stays as it is
    withdraw(calculation)              end the API's result; without a dataset everything is removed
    info(calculation)                  the contract's CalculationInfo of this moment
    planning.results.read_result(...)  its PlanResult of this moment

For the worker: `take`, `claim`, `call_next`, `beat`, `progress`, `keep_best`, `finish`, `fail`; for its care:
`sweep`, `clean`.

Every change of status is one conditional UPDATE on what the caller believes to be true (the status and the
attempt); who loses a race changes nothing. Files are written before the row names them and removed after it
no longer does.
"""

import logging
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_q.tasks import async_task

from accounts import quotas
from accounts.language import language
from accounts.models import User
from accounts.refusal import Refused
from accounts.trace import Points, Trace
from audit import blobs, journal
from planning import clock, intake, line, outline, planner, points, results
from planning.line import PROCESS, SERVICE
from planning.models import Calculation, Dataset, Transfer
from planning.standing import info as info

logger = logging.getLogger(__name__)

Status = Calculation.Status
MAX_ATTEMPTS = 2
"""A calculation whose worker died is taken up once more (E5)."""

QUEUED_AGAIN_SECONDS = 30
"""What comes next is queued again after this time: its message may have died with a worker."""


# --- accepting ---


def submit(
    user: User,
    data: bytes,
    *,
    kind: Calculation.Kind = Calculation.Kind.PLAN,
    dataset: Dataset | None = None,
    trace: Trace | None = None,
    sync: bool = False,
) -> Calculation:
    """Accept a task: check it, store it, and put it in line, all or nothing (E1).

    Parameters
    ----------
    data
        JSON of a task of the kind.
    kind
        What is calculated.
    dataset
        The dataset it is a version of; such a calculation outlives the API's result (E3).
    trace
        The request of the API; without it a process is opened in the audit all the same.
    sync
        Somebody waits for the answer: only what the settings allow for that is accepted.

    Raises
    ------
    Refused
        Nothing was stored; OverQuota where a quota is the reason.
    """
    task, _findings = intake.read_checked(intake.TASKS[kind], data)
    if sync:
        _refuse_for_sync(task)
    trace = trace or Trace(SERVICE, f"run_{kind}_calculation_async", PROCESS, user)
    trace.body = data
    calculation = _new(user, kind, task, dataset, trace.process_code)
    try:
        calculation.input = blobs.save(f"{_folder(calculation)}/input.json", data)
        calculation.result = blobs.save(
            f"{_folder(calculation)}/result-0.json", outline.nothing_planned(task)
        )
        with journal.accepting(trace, points.of_task(task)):
            calculation.save(force_insert=True)
            journal.note_calculation(trace.process_code, info(calculation))
            transaction.on_commit(partial(_enqueue, calculation.pk))
    except BaseException:
        blobs.delete_folder(_folder(calculation))
        raise
    return calculation


def _new(
    user: User,
    kind: Calculation.Kind,
    task: intake.Calculated,
    dataset: Dataset | None,
    process_code: UUID,
) -> Calculation:
    wishes = task.plan_settings
    allowed = intake.times(wishes.calculation_settings)
    return Calculation(
        process_code=process_code,
        kind=kind,
        user=user,
        company=user.company,
        dataset=dataset,
        name=outline.storable(task.dataset_name or (dataset.name if dataset else "")),
        counts=outline.counts(task),
        settings_used={
            "configuration": outline.storable(wishes.trips_settings.configuration),
            "geo_provider": outline.storable(wishes.geo_settings.geo_provider),
            "flight_distance": wishes.geo_settings.flight_distance,
            "seconds": allowed.calculation,
            "threads": settings.ENVIRONMENT.solver_threads,
            "seed": 0,
            "language": language(),
            "now": clock.now().isoformat(),
        },
        max_calculation=allowed.calculation,
        max_waiting=allowed.waiting,
        result_ttl=allowed.ttl,
    )


def _refuse_for_sync(task: intake.Calculated) -> None:
    allowed = settings.ENVIRONMENT
    if len(task.orders) > allowed.sync_orders:
        raise Refused(
            _("More than %(limit)d orders are planned by calculation-async only.")
            % {"limit": allowed.sync_orders}
        )
    if task.plan_settings.calculation_settings.max_calculation_time > allowed.sync_seconds:
        raise Refused(
            _("A max_calculation_time over %(limit)d s is for calculation-async only.")
            % {"limit": allowed.sync_seconds}
        )


def _enqueue(process_code: UUID) -> None:
    """Put the id, and nothing else, into the queue."""
    async_task("planning.jobs.run", str(process_code), task_name=f"calculation {process_code}")


def _folder(calculation: Calculation) -> str:
    return f"calculations/{calculation.pk}"


# --- looking ---


def visible(user: User) -> QuerySet[Calculation]:
    """Return a user's calculations, newest first: those of his datasets, and those the API still holds."""
    return Calculation.objects.filter(Q(dataset__isnull=False) | _held(), user=user).order_by("-created_at")


def of_api(user: User, process_code: UUID, kind: str) -> Calculation | None:
    """Return a user's calculation of this kind while the API holds its result; None for any other."""
    return Calculation.objects.filter(_held(), user=user, pk=process_code, kind=kind).first()


def _held() -> Q:
    return Q(withdrawn_at=None) & (Q(expires_at=None) | Q(expires_at__gt=timezone.now()))


# --- stopping ---


def cancel(calculation: Calculation, trace: Trace | None = None) -> None:
    """Stop a calculation: a waiting one at once, a running one within two seconds, an ended one never."""
    with transaction.atomic():
        if trace:
            journal.record(trace, 204)
        if not _end(calculation, Status.CANCELED, only=Status.WAITING):
            Calculation.objects.filter(pk=calculation.pk, status=Status.IN_PROGRESS).update(
                cancel_requested=True
            )


def withdraw(calculation: Calculation, trace: Trace | None = None) -> None:
    """End the API's result; stop the calculation first where it is not done (E3).

    A calculation of a dataset stays for the pages; any other is removed as soon as it no longer runs.
    """
    with transaction.atomic():
        cancel(calculation, trace)
        Calculation.objects.filter(pk=calculation.pk).update(withdrawn_at=timezone.now())
        _drop_if_withdrawn(calculation.pk)


def _drop_if_withdrawn(process_code: UUID) -> None:
    """Remove a withdrawn calculation that is of no dataset and does not run."""
    gone = Calculation.objects.filter(pk=process_code, dataset=None, withdrawn_at__isnull=False)
    if gone.exclude(status__in=Calculation.ACTIVE).delete()[0]:
        transaction.on_commit(partial(blobs.delete_folder, f"calculations/{process_code}"))


# --- working ---


def take() -> Calculation | None:
    """Take the calculation whose turn it is, for this worker; None when nobody waits who may start (E6)."""
    for process_code in line.startable():
        if calculation := claim(process_code):
            return calculation
    return None


def call_next() -> None:
    """Queue the calculation whose turn it is: its own message was spent while its user had no room."""
    for process_code in islice(line.startable(), 1):
        _enqueue(process_code)


def claim(process_code: UUID) -> Calculation | None:
    """Take a waiting calculation for this worker; None when it is taken, gone, or may not start."""
    waiting = Calculation.objects.select_related("user__company", "company")
    calculation = waiting.filter(pk=process_code, status=Status.WAITING).first()
    if calculation is None:
        return None
    allowed = quotas.limits(calculation.user, SERVICE, PROCESS)
    if _turned_away(calculation, allowed):
        return None
    now = timezone.now()
    with transaction.atomic():
        if not line.has_room(calculation.user, allowed):
            return None
        taken = _mine(calculation).update(
            status=Status.IN_PROGRESS,
            started_at=Coalesce("started_at", Value(now)),
            heartbeat=now,
            attempts=F("attempts") + 1,
        )
        if not taken:
            return None
        calculation.refresh_from_db()
        journal.note_calculation(calculation.pk, info(calculation))
    return calculation


def _turned_away(calculation: Calculation, allowed: quotas.Limits) -> bool:
    """End a waiting calculation that may not start: not allowed any more, or in line for too long."""
    late = calculation.created_at + timedelta(seconds=calculation.max_waiting) < timezone.now()
    if not (calculation.user.enabled and calculation.company.enabled):
        status, why = Status.CANCELED_BY_QUOTA, gettext_noop("The user or the company is switched off.")
    elif not allowed.allow(calculation.counts["demands"]):
        status, why = Status.CANCELED_BY_QUOTA, gettext_noop("The quota does not allow it any more.")
    elif late and calculation.started_at is None:  # one whose worker died had waited in time
        status, why = Status.CANCELED_BY_TIMEOUT, gettext_noop("It waited longer than max_waiting_time.")
    else:
        return False
    _end(calculation, status, message=why)
    return True


def beat(calculation: Calculation) -> bool:
    """Show a sign of life; answer whether to go on: nobody canceled it, nobody else took it."""
    if not _mine(calculation).update(heartbeat=timezone.now()):
        return False
    return not _mine(calculation).filter(cancel_requested=True).exists()


def progress(calculation: Calculation, percent: int, **found: Any) -> None:
    """Store how far the search is, never less than before, and the columns given beside it."""
    _mine(calculation).update(progress=Greatest("progress", percent), **found)


def keep_best(
    calculation: Calculation, body: bytes, figures: dict[str, Any], *, reasons: bytes = b""
) -> bool:
    """Store the best plan so far as the next version of the result; False when it is no longer ours."""
    name = _save_result(calculation, body, reasons)
    kept = _mine(calculation).update(result=name, result_version=F("result_version") + 1, figures=figures)
    if not kept:
        _discard(name)
        return False
    _forget(calculation.result)
    calculation.result = name
    calculation.result_version += 1
    return True


def finish(
    calculation: Calculation,
    status: Status,
    body: bytes,
    figures: dict[str, Any],
    timings: dict[str, float],
    *,
    reasons: bytes = b"",
) -> bool:
    """Store the final plan, with why orders are left out, and end the calculation; False when not ours."""
    name, before = _save_result(calculation, body, reasons), calculation.result
    ended = _end(
        calculation,
        status,
        result=name,
        result_version=calculation.result_version + 1,
        figures=figures,
        timings=timings,
        progress=100 if status in Calculation.FINISHED else calculation.progress,
    )
    (_forget if ended else _discard)(before if ended else name)
    return ended


def stop(calculation: Calculation) -> bool:
    """End a canceled calculation with the plan that is stored of it; False when it is no longer ours."""
    return _end(calculation, Status.CANCELED)


def give_back(calculation: Calculation) -> bool:
    """Put a running calculation back in line as the service stops; False when it is canceled or not ours."""
    given = _mine(calculation).filter(cancel_requested=False)
    if not given.update(status=Status.WAITING, attempts=F("attempts") - 1, queued_at=timezone.now()):
        return False
    _enqueue(calculation.pk)
    return True


def fail(calculation: Calculation, message: str) -> bool:
    """End a calculation that cannot be done, with a sentence for its user; it has no plan (table H)."""
    best, back = calculation.result, _points_of(calculation)
    with transaction.atomic():
        failed = _end(calculation, Status.FAILED, message=message, result=_nothing(calculation), figures={})
        if failed:
            journal.note_failure(calculation.pk, back)
    if failed:
        _forget(best)
    return failed


def _points_of(calculation: Calculation) -> Points:
    """Return what a calculation spent; without its input only the number is left to come back."""
    try:
        return points.of_task(planner.task_of(calculation))
    except FileNotFoundError:
        logger.warning("Calculation %s has lost its input", calculation.pk)
        return Points(calculation.counts["demands"])


def _mine(calculation: Calculation) -> QuerySet[Calculation]:
    """Return the row while it is as the caller believes: in this status, at this attempt."""
    return Calculation.objects.filter(
        pk=calculation.pk, status=calculation.status, attempts=calculation.attempts
    )


def _end(calculation: Calculation, status: Status, *, only: Status | None = None, **found: Any) -> bool:
    """End a calculation; False, and nothing changed, when it is not as the caller believes."""
    if calculation.status not in ((only,) if only else Calculation.ACTIVE):
        return False
    now = timezone.now()
    expires = now + timedelta(seconds=calculation.result_ttl)
    with transaction.atomic():
        if not _mine(calculation).update(
            status=status, finished_at=now, expires_at=expires, phase="", **found
        ):
            return False
        calculation.refresh_from_db()
        planned = calculation.figures.get("demands")
        journal.note_calculation(calculation.pk, info(calculation), elements=planned)
        transaction.on_commit(partial(results.keep, calculation))
        _drop_if_withdrawn(calculation.pk)
    return True


def _save_result(calculation: Calculation, body: bytes, reasons: bytes) -> str:
    """Store a result and beside it the reasons (U2); return the result's name."""
    name = blobs.save(f"{_folder(calculation)}/result-{calculation.result_version + 1}.json", body)
    if reasons:
        blobs.save(results.reasons_stem(name), reasons)
    return name


def _discard(name: str) -> None:
    """Remove a stored result with its reasons."""
    blobs.delete(name)
    blobs.delete(results.reasons_name(name))


def _nothing(calculation: Calculation) -> str:
    """Name of the result that plans nothing, which every calculation starts with and keeps."""
    return f"{_folder(calculation)}/result-0.json.gz"


def _forget(name: str) -> None:
    """Remove a result that a later one replaced; the empty one stays."""
    if not name.endswith("/result-0.json.gz"):
        transaction.on_commit(partial(_discard, name))


# --- caring ---


def sweep() -> None:
    """Set right what no worker can: ends of waiting, messages that got lost, workers that died (E5)."""
    waiting = list(
        Calculation.objects.select_related("user__company", "company")
        .filter(status=Status.WAITING)
        .order_by("created_at")
    )
    allowed = {user: quotas.limits(user, SERVICE, PROCESS) for user in {item.user for item in waiting}}
    still = {item.pk: item for item in waiting if not _turned_away(item, allowed[item.user])}
    for process_code in line.startable() if still else ():
        if process_code in still:
            _queue_again(still[process_code])
            break
    silent = timezone.now() - timedelta(seconds=settings.ENVIRONMENT.worker_lost_seconds)
    for calculation in Calculation.objects.filter(status=Status.IN_PROGRESS, heartbeat__lt=silent):
        _lost(calculation)


def _queue_again(calculation: Calculation) -> None:
    """Put the calculation whose turn it is in the queue once more; a message too many does nothing."""
    now = timezone.now()
    overdue = now - timedelta(seconds=QUEUED_AGAIN_SECONDS)
    if calculation.queued_at < overdue and _mine(calculation).filter(queued_at__lt=overdue).update(
        queued_at=now
    ):
        _enqueue(calculation.pk)


def _lost(calculation: Calculation) -> None:
    """Let a calculation whose worker died be taken again, or end it."""
    logger.warning("Calculation %s lost its worker, attempt %d", calculation.pk, calculation.attempts)
    if calculation.cancel_requested:
        _end(calculation, Status.CANCELED)
    elif calculation.attempts >= MAX_ATTEMPTS:
        fail(calculation, gettext_noop("Its worker died twice."))
    else:
        again = _mine(calculation).filter(heartbeat=calculation.heartbeat)
        if again.update(status=Status.WAITING, queued_at=timezone.now()):
            _enqueue(calculation.pk)


def waits_beside_idle_workers() -> bool:
    """Whether work that may start waits although there are more workers than calculations and files."""
    running = Calculation.objects.filter(status=Status.IN_PROGRESS).count()
    carrying = Transfer.objects.filter(status=Transfer.Status.IN_PROGRESS).count()
    return running + carrying < settings.ENVIRONMENT.workers and any(line.startable())


def clean() -> int:
    """End the API's results whose time is over; return how many."""
    expired = Calculation.objects.filter(expires_at__lte=timezone.now(), withdrawn_at=None)
    ended = 0
    for calculation in expired.iterator():
        withdraw(calculation)
        ended += 1
    return ended
