"""How long calculations waited, and how many did, hour by hour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit.charts import Chart, Series, draw
from planning.models import Calculation

HOUR = timedelta(hours=1)
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Wait:
    """When a calculation was accepted, when it was taken up or given up, and how it stands."""

    accepted: datetime
    left: datetime
    started: bool

    @property
    def seconds(self) -> float:
        """How long it waited, or has waited so far."""
        return max(0.0, (self.left - self.accepted).total_seconds())


@dataclass(frozen=True, slots=True)
class Line:
    """The queue now and over the last hours; times in seconds."""

    waiting: int
    running: int
    started: int
    median_wait: float
    longest_wait: float
    charts: list[Chart]


def line(rows: QuerySet[Calculation], now: datetime, hours: int) -> Line:
    """Return the queue of the calculations somebody may see, over so many hours until now."""
    first = now.replace(minute=0, second=0, microsecond=0) - (hours - 1) * HOUR
    active = Q(status__in=Calculation.ACTIVE)
    found = rows.filter(Q(created_at__gte=first - HOUR) | Q(started_at__gte=first) | active)
    waits = list(_waits(found.values("created_at", "started_at", "finished_at")[:MOST_ROWS], now))
    starts = [first + number * HOUR for number in range(hours)]
    began = [[one for one in waits if one.started and start <= one.left < start + HOUR] for start in starts]
    seconds = [one.seconds for hour in began for one in hour]
    names = [date_format(localtime(start), "H:i") for start in starts]
    return Line(
        waiting=rows.filter(status=Calculation.Status.WAITING).count(),
        running=rows.filter(status=Calculation.Status.IN_PROGRESS).count(),
        started=len(seconds),
        median_wait=median(seconds or [0]),
        longest_wait=max(seconds, default=0),
        charts=[
            draw(
                _("Longest queue of the hour"),
                names,
                [Series(_("waiting"), 1, [_most(waits, at) for at in starts])],
            ),
            draw(
                _("Median waiting time, s"),
                names,
                [Series(_("seconds"), 2, [median([one.seconds for one in hour] or [0]) for hour in began])],
                unit=" s",
            ),
        ],
    )


def _waits(rows: Iterable[Any], now: datetime) -> Iterable[Wait]:
    for row in rows:
        left = row["started_at"] or row["finished_at"] or now
        yield Wait(row["created_at"], left, row["started_at"] is not None)


def _most(waits: list[Wait], start: datetime) -> int:
    """Return how many waited at the same time in the hour from ``start`` at most."""
    steps = sorted(
        step
        for one in waits
        if one.accepted < start + HOUR and one.left > start
        for step in ((max(one.accepted, start), 1), (min(one.left, start + HOUR), -1))
    )
    most = now = 0
    for _moment, change in steps:
        now += change
        most = max(most, now)
    return most
