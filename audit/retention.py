"""What the audit lets go of: kept bodies first, rows later (AC5). In batches, each a transaction of its own.

A batch holds locks for as long as it takes, well under a second, and only on what nobody asks about any more.
Counters stay: statistics and reports of past years are a few rows a day and user.
"""

import logging
import math
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts import throttle
from audit import blobs
from audit.models import KEPT, DailyPlace, Process, Request

logger = logging.getLogger(__name__)

BATCH = 1_000


def apply(now: datetime, seconds: float = math.inf) -> dict[str, int]:
    """Remove what is over, as much as can be in so many seconds; return how much of each kind."""
    allowed = settings.ENVIRONMENT
    until = time.monotonic() + seconds
    bodies = now - timedelta(days=allowed.kept_days)
    rows = now - timedelta(days=allowed.audit_days)
    done = {
        "bodies": _all_of(lambda: remove_bodies(bodies), until),
        "processes": _all_of(lambda: remove_processes(rows), until),
        "places": _all_of(lambda: remove_places(bodies), until),
        "sign_ins": throttle.forget(now),
    }
    logger.info("Retention removed %s", ", ".join(f"{count} {name}" for name, count in done.items()))
    return done


def remove_bodies(before: datetime) -> int:
    """Remove the kept bodies of one batch of processes; return of how many."""
    found = list(
        Process.objects.filter(KEPT, created_at__lt=before)
        .order_by("created_at")
        .values_list("pk", "input_file", "output_file")[:BATCH]
    )
    for _process, *names in found:
        for name in names:
            blobs.delete(name)
    Process.objects.filter(pk__in=[pk for pk, *_names in found]).update(input_file="", output_file="")
    return len(found)


def remove_processes(before: datetime) -> int:
    """Remove one batch of processes with their requests; return how many.

    What still has bodies waits until those are removed, so that no file is left without a row.
    """
    old = Process.objects.filter(created_at__lt=before).exclude(KEPT)
    found = list(old.order_by("created_at").values_list("pk", flat=True)[:BATCH])
    with transaction.atomic():
        requests = Request.objects.filter(process__in=found)
        requests._raw_delete(requests.db)  # nothing hangs on a request
        processes = Process.objects.filter(pk__in=found)
        processes._raw_delete(processes.db)
    return len(found)


def remove_places(before: datetime) -> int:
    """Remove one batch of places of days that cannot change any more; return how many."""
    old = DailyPlace.objects.filter(counter__date__lt=before.date())
    found = list(old.values_list("pk", flat=True)[:BATCH])
    return DailyPlace.objects.filter(pk__in=found).delete()[0]


def _all_of(remove: Callable[[], int], until: float) -> int:
    total = 0
    while time.monotonic() < until and (removed := remove()):
        total += removed
    return total
