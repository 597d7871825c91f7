"""What users spend: points, unique points, elements and processes of each day (AC3, AC6).

The only writer of `DailyCounter`. Every function runs inside the caller's transaction. A day's counter is
changed by conditional updates of one row, which also make requests of the same user and day wait for each
other: nothing is lost or counted twice, and no limit is passed, however many ask at once.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from itertools import islice

from django.db.models import F, QuerySet
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from accounts import quotas
from accounts.models import User
from accounts.refusal import OverQuota
from accounts.trace import Points, Spent, Trace
from audit.models import DailyCounter, DailyPlace
from solver.contract import ProcessType, Service

CHUNK = 500
"""Places looked up by one query."""


def today(user: User, now: datetime) -> date:
    """Return the day of a moment in the user's time zone."""
    return now.astimezone(timezone(timedelta(hours=user.timezone))).date()


def spend(trace: Trace, points: Points, elements: int = 0) -> None:
    """Count the points of a request that is being accepted, and the planned demands it already tells of.

    Raises
    ------
    OverQuota
        A limit is passed; nothing was counted.
    """
    user = trace.user
    if user is None:
        raise TypeError("points of nobody")
    allowed = quotas.limits(user, trace.service, trace.process_type)
    _refuse_at_once(trace, points, allowed)
    counter = _counter(trace, user)
    taken = DailyCounter.objects.filter(
        pk=counter.pk, points__lte=F("forgiven") + (allowed.points_per_day - points.count)
    ).update(
        points=F("points") + points.count,
        processes=F("processes") + 1,
        elements=F("elements") + elements,
    )
    if not taken:
        raise _over(trace, "points_per_day", allowed.points_per_day, points.count)
    new = _come(counter.pk, points.places)
    if new:
        DailyCounter.objects.filter(pk=counter.pk).update(unique_points=F("unique_points") + new)
    trace.spent = Spent(points, counter.pk, elements)


def exceeds(user: User, service: Service, process_type: ProcessType, points: int, now: datetime) -> bool:
    """Whether a request of so many points would be refused at a moment; nothing is counted."""
    allowed = quotas.limits(user, service, process_type)
    if not allowed.allow(points):
        return True
    spent = DailyCounter.objects.filter(
        user=user, date=today(user, now), service=service, process_type=process_type
    ).values_list(F("points") - F("forgiven"), flat=True)
    return int(sum(spent)) + points > allowed.points_per_day


def return_points(spent: Spent) -> None:
    """Let the points of a process that failed come back; it stays counted as a process."""
    left = F("points") - spent.points.count
    DailyCounter.objects.filter(pk=spent.counter).update(points=left, forgiven=Least(F("forgiven"), left))
    gone = _go(spent.counter, spent.points.places)
    if gone:
        DailyCounter.objects.filter(pk=spent.counter).update(unique_points=F("unique_points") - gone)


def forget_process(spent: Spent) -> None:
    """Take back everything of a request that was not accepted in the end."""
    return_points(spent)
    DailyCounter.objects.filter(pk=spent.counter).update(
        processes=F("processes") - 1, elements=F("elements") - spent.elements
    )


def add_elements(counter: int, elements: int) -> None:
    """Count planned demands, on the day their process was accepted."""
    DailyCounter.objects.filter(pk=counter).update(elements=F("elements") + elements)


def _refuse_at_once(trace: Trace, points: Points, allowed: quotas.Limits) -> None:
    if allowed.max_concurrent_execution == 0:
        raise _over(trace, "max_concurrent_execution", 0, points.count)
    if points.count > allowed.points_per_request:
        raise _over(trace, "points_per_request", allowed.points_per_request, points.count)


def _over(trace: Trace, name: str, limit: int, points: int) -> OverQuota:
    return OverQuota(
        _("The quota %(name)s of %(process_type)s allows %(limit)d; %(points)d points were asked for.")
        % {"name": name, "process_type": trace.process_type, "limit": limit, "points": points}
    )


def _counter(trace: Trace, user: User) -> DailyCounter:
    return DailyCounter.objects.get_or_create(
        user=user,
        date=today(user, trace.time),
        service=trace.service,
        process_type=trace.process_type,
        defaults={"username": user.username, "company": user.company, "company_key": user.company.key},
    )[0]


def _come(counter: int, places: Iterable[int]) -> int:
    """Note the places of a request; return how many are new on this day."""
    new = 0
    for chunk in _chunks(places):
        known = set(_of(counter, chunk).values_list("place", flat=True))
        _of(counter, known).update(uses=F("uses") + 1)
        added = [DailyPlace(counter_id=counter, place=place) for place in chunk if place not in known]
        DailyPlace.objects.bulk_create(added)
        new += len(added)
    return new


def _go(counter: int, places: Iterable[int]) -> int:
    """Take the places of a request out again; return how many nobody else named."""
    gone = 0
    for chunk in _chunks(places):
        _of(counter, chunk).update(uses=F("uses") - 1)
        gone += _of(counter, chunk).filter(uses=0).delete()[0]
    return gone


def _of(counter: int, places: Iterable[int]) -> QuerySet[DailyPlace]:
    return DailyPlace.objects.filter(counter=counter, place__in=list(places))


def _chunks(places: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(sorted(places))
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
