"""Who of those who wait comes next (E6): fairly between users, none beyond what he may run at once."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Max

from accounts import quotas
from accounts.models import User
from planning.models import Calculation
from solver.contract import ProcessType, Service

Status = Calculation.Status
SERVICE, PROCESS = Service.UNIVERSAL, ProcessType.PLAN
"""What calculations of every kind are to quotas and the audit (AC4)."""

NEVER = datetime.min.replace(tzinfo=UTC)


def startable() -> Iterator[UUID]:
    """Yield what may start now, of each user the oldest, in the order of their turns.

    It is the turn of the user with the fewest running calculations; among equals, of the one who was served
    the longest time ago.
    """
    waiting = Calculation.objects.filter(status=Status.WAITING).order_by("created_at")
    oldest: dict[int, UUID] = {}
    for user, process_code in waiting.values_list("user_id", "pk"):
        oldest.setdefault(user, process_code)
    if not oldest:
        return
    running = Counter(Calculation.objects.filter(status=Status.IN_PROGRESS).values_list("user_id", flat=True))
    served = _served(list(oldest))
    turns = sorted(oldest, key=lambda user: (running[user], served.get(user) or NEVER))
    users = User.objects.select_related("company").in_bulk(turns)
    for user in turns:
        allowed = quotas.limits(users[user], SERVICE, PROCESS)
        if running[user] < allowed.max_concurrent_execution:
            yield oldest[user]


def has_room(user: User, allowed: quotas.Limits) -> bool:
    """Whether one more calculation of a user may run; claims of one user wait for each other here."""
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk").first()
    running = Calculation.objects.filter(user=user, status=Status.IN_PROGRESS).count()
    return running < allowed.max_concurrent_execution


def _served(users: list[int]) -> dict[int, datetime | None]:
    """Return when each user's latest calculation was started; not asked where nobody else waits."""
    if len(users) < 2:
        return {}
    rows = Calculation.objects.filter(user__in=users).order_by().values_list("user_id")
    return dict(rows.annotate(Max("started_at")))
