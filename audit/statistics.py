"""What users spent by day; the API's statistics, the report and the admin all read it here (AC6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusal import Refused
from accounts.scope import seen_by
from audit.models import DailyCounter
from audit.usage import today
from solver.contract import (
    DateStatistics,
    ProcessStatistics,
    ProcessType,
    SchemaError,
    Service,
    ServiceStatistics,
    UserStatistics,
)

MAX_DAYS = 3_653
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both ends included; none where the end is before the start."""

    start: date
    end: date

    @classmethod
    def asked(cls, user: User, now: datetime, start: date | None, end: date | None) -> "Period":
        """Return the period asked for: by default from the first of this month up to yesterday.

        Raises
        ------
        Refused
            It is longer than the contract's list of days.
        """
        day = today(user, now)
        found = cls(start or day.replace(day=1), end or day - ONE_DAY)
        if (found.end - found.start).days >= MAX_DAYS:
            told = _("At most %(days)d days are wanted.") % {"days": MAX_DAYS}
            wrong = SchemaError(entity="to", message=told)
            raise Refused(_("The period is too long."), schema_errors=[wrong])
        return found

    def days(self) -> Iterator[date]:
        """Yield every day."""
        for number in range((self.end - self.start).days + 1):
            yield self.start + number * ONE_DAY


def counters(
    period: Period, service: Service | None = None, process_type: ProcessType | None = None
) -> QuerySet[DailyCounter]:
    """Return what was spent in a period; all services and types unless one is named."""
    rows = DailyCounter.objects.filter(
        date__gte=period.start, date__lte=period.end, processes__gt=0
    ).order_by("date", "company_key", "username", "service", "process_type")
    if service is not None:
        rows = rows.filter(service=service)
    return rows if process_type is None else rows.filter(process_type=process_type)


def seen(user: User, rows: QuerySet[DailyCounter]) -> QuerySet[DailyCounter]:
    """Return those counters that a user may see: his own, and by his roles those of others (AC1)."""
    return rows.filter(seen_by(user))


def of_user(
    user: User, period: Period, service: Service | None, process_type: ProcessType | None
) -> UserStatistics:
    """Return a user's own statistics, every day of the period, also those without any process."""
    rows = counters(period, service, process_type).filter(user=user)
    by_day = {day: list(found) for day, found in groupby(rows, key=lambda row: row.date)}
    return UserStatistics(
        username=user.username,
        dates=[DateStatistics(date=day, services=_services(by_day.get(day, []))) for day in period.days()],
    )


def _services(rows: list[DailyCounter]) -> list[ServiceStatistics]:
    return [
        ServiceStatistics(service=Service(service), processes=[_process(row) for row in found])
        for service, found in groupby(rows, key=lambda row: row.service)
    ]


def _process(row: DailyCounter) -> ProcessStatistics:
    return ProcessStatistics(
        process_type=ProcessType(row.process_type),
        unique_points_per_day=row.unique_points,
        points_per_day=row.points,
        elements_per_day=row.elements,
        processes_per_day=row.processes,
    )
