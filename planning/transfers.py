"""The life of files on their way in or out. Nothing else writes their status.

For pages::

    ask_export(user, dataset)                a workbook of a plan and its result
    ask_import(user, data, name, file_name)  a dropped file that becomes a plan, or findings

For the worker: `claim`, `beat`, `progress`, `finish`, `refuse`, `fail`, `give_back`; for its care: `sweep`,
`clean`, `forget`.

As with calculations every change of status is one conditional UPDATE on what the caller believes to be true,
and files are written before the row names them and removed after it no longer does.
"""

import logging
import uuid
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import get_language
from django_q.tasks import async_task

from accounts.models import User
from audit import blobs
from planning import outline
from planning.models import Dataset, Transfer

logger = logging.getLogger(__name__)

Kind, Status = Transfer.Kind, Transfer.Status
MAX_ATTEMPTS = 2
"""A file whose worker died is taken up once more (E5)."""

QUEUED_AGAIN = timedelta(seconds=30)
KEPT = timedelta(days=1)
"""How long an ended transfer, and its workbook, can be fetched."""


def ask_export(user: User, dataset: Dataset) -> Transfer:
    """Have a worker write a workbook; one that is under way already is not written twice."""
    same = Transfer.objects.filter(owner=user, dataset=dataset, kind=Kind.EXPORT)
    under_way = same.filter(status__in=Transfer.ACTIVE).first()
    return under_way or _accept(Transfer(kind=Kind.EXPORT, owner=user, dataset=dataset, name=dataset.name))


def ask_import(user: User, data: bytes, name: str, file_name: str) -> Transfer:
    """Have a worker read a dropped file."""
    key = uuid.uuid4()
    stored = blobs.save(f"{_folder(key)}/input", data)
    try:
        return _accept(
            Transfer(
                id=key,
                kind=Kind.IMPORT,
                owner=user,
                name=outline.storable(name),
                file_name=outline.storable(file_name),
                input=stored,
            )
        )
    except BaseException:
        blobs.delete_folder(_folder(key))
        raise


def _accept(transfer: Transfer) -> Transfer:
    transfer.language = get_language() or settings.LANGUAGE_CODE
    with transaction.atomic():
        transfer.save(force_insert=True)
        transaction.on_commit(partial(_enqueue, transfer.pk))
    return transfer


def _enqueue(key: UUID) -> None:
    """Put the id, and nothing else, into the queue."""
    async_task("planning.jobs.transfer", str(key), task_name=f"transfer {key}")


def _folder(key: UUID) -> str:
    return f"transfers/{key}"


# --- working ---


def claim(key: UUID) -> Transfer | None:
    """Take a waiting transfer; None when somebody else has it or it is gone."""
    waiting = Transfer.objects.filter(pk=key, status=Status.WAITING)
    if not waiting.update(
        status=Status.IN_PROGRESS, heartbeat=timezone.now(), attempts=F("attempts") + 1
    ):  # fmt: skip
        return None
    return Transfer.objects.select_related("owner").filter(pk=key).first()


def beat(transfer: Transfer) -> bool:
    """Show a sign of life; answer whether to go on."""
    return bool(_mine(transfer).update(heartbeat=timezone.now()))


def progress(transfer: Transfer, percent: int) -> None:
    """Store how far it is, never less than before."""
    _mine(transfer).update(progress=Greatest("progress", percent))


def finish(transfer: Transfer, *, body: bytes = b"", dataset: Dataset | None = None) -> bool:
    """End a transfer with its workbook or its plan; False when it is no longer ours."""
    output = blobs.save(f"{_folder(transfer.pk)}/output", body) if body else ""
    made = {"dataset": dataset} if dataset else {}
    ended = _end(transfer, Status.FINISHED, output=output, progress=100, **made)
    if not ended:
        blobs.delete(output)
    return ended


def refuse(transfer: Transfer, findings: dict[str, Any]) -> bool:
    """End a transfer with what is wrong with its file."""
    return _end(transfer, Status.REFUSED, findings=findings)


def fail(transfer: Transfer) -> bool:
    """End a transfer that cannot be done."""
    return _end(transfer, Status.FAILED)


def give_back(transfer: Transfer) -> bool:
    """Put a transfer back in line as the service stops."""
    if not _mine(transfer).update(
        status=Status.WAITING, attempts=F("attempts") - 1, queued_at=timezone.now()
    ):  # fmt: skip
        return False
    _enqueue(transfer.pk)
    return True


def _mine(transfer: Transfer) -> QuerySet[Transfer]:
    """Return the row while it is as the caller believes: in this status, at this attempt."""
    return Transfer.objects.filter(pk=transfer.pk, status=transfer.status, attempts=transfer.attempts)


def _end(transfer: Transfer, status: Transfer.Status, **found: Any) -> bool:
    with transaction.atomic():
        expires = timezone.now() + KEPT
        if not _mine(transfer).update(status=status, expires_at=expires, input="", **found):
            return False
        transaction.on_commit(partial(blobs.delete, transfer.input))
    return True


# --- caring ---


def sweep() -> None:
    """Set right what no worker can: messages that got lost, workers that died (E5)."""
    now = timezone.now()
    overdue = Transfer.objects.filter(status=Status.WAITING, queued_at__lt=now - QUEUED_AGAIN)
    oldest = overdue.order_by("created_at").first()
    if oldest and _mine(oldest).filter(queued_at=oldest.queued_at).update(queued_at=now):
        _enqueue(oldest.pk)
    silent = now - timedelta(seconds=settings.ENVIRONMENT.worker_lost_seconds)
    for transfer in Transfer.objects.filter(status=Status.IN_PROGRESS, heartbeat__lt=silent):
        logger.warning("Transfer %s lost its worker, attempt %d", transfer.pk, transfer.attempts)
        again = _mine(transfer).filter(heartbeat=transfer.heartbeat)
        if transfer.attempts >= MAX_ATTEMPTS:
            fail(transfer)
        elif again.update(status=Status.WAITING, queued_at=now):
            _enqueue(transfer.pk)


def clean() -> int:
    """Remove transfers whose time is over, with their files; return how many."""
    return _remove(Transfer.objects.filter(expires_at__lte=timezone.now()))


def forget(dataset: Dataset) -> None:
    """Remove the transfers of a plan that is removed; a worker that writes one notices."""
    _remove(dataset.transfers.all())


def _remove(transfers: QuerySet[Transfer]) -> int:
    keys = list(transfers.values_list("pk", flat=True))
    with transaction.atomic():
        Transfer.objects.filter(pk__in=keys).delete()
        for key in keys:
            transaction.on_commit(partial(blobs.delete_folder, _folder(key)))
    return len(keys)
