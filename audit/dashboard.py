"""What the usage page shows: points, planned demands and processes by day, and who spent most."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import COUNTED
from audit.charts import Chart, Series, draw
from audit.models import DailyCounter

MOST_DAYS = 366
USERS = 20
FIGURES = ("points", "elements", "processes")


@dataclass(frozen=True, slots=True)
class Period:
    """Days asked for, both included, and of which company and user; empty for all."""

    first: date
    last: date
    company: str = ""
    username: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Period":
        """Return what an address asks for: by default the last thirty days."""
        today = timezone.now().date()
        last = _day(asked.get("to", "")) or today
        first = _day(asked.get("from", "")) or last - timedelta(days=29)
        first = max(min(first, last), last - timedelta(days=MOST_DAYS - 1))
        company, user = (asked.get(name, "").replace("\x00", "")[:256] for name in ("company", "user"))
        return cls(first, last, company, user)

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Usage:
    """Charts and sums of a period."""

    period: Period
    charts: list[Chart]
    services: list[Any]
    users: list[Any]


def usage(counters: QuerySet[DailyCounter], period: Period) -> Usage:
    """Return the usage of a period, of the counters somebody may see."""
    rows = counters.filter(date__gte=period.first, date__lte=period.last)
    if period.company:
        rows = rows.filter(company_key=period.company)
    if period.username:
        rows = rows.filter(username__icontains=period.username)
    sums = {name: Sum(name) for name in FIGURES}
    by_day = {
        (row["date"], row["process_type"]): row
        for row in rows.order_by().values("date", "process_type").annotate(**sums)
    }
    titles = {"points": _("Points"), "elements": _("Planned demands"), "processes": _("Processes")}
    names = [date_format(day, "SHORT_DATE_FORMAT") for day in period.days]
    charts = [
        draw(
            titles[figure], names, [_series(by_day, period, figure, number) for number in range(len(COUNTED))]
        )
        for figure in FIGURES
    ]
    services = rows.order_by("service", "process_type").values("service", "process_type").annotate(**sums)
    users = rows.values("username", "company_key").annotate(**sums).order_by("-points", "username")[:USERS]
    return Usage(period, charts, list(services), list(users))


def _series(by_day: Mapping[Any, Any], period: Period, figure: str, number: int) -> Series:
    kind = COUNTED[number]
    values = [int(by_day.get((day, kind), {}).get(figure) or 0) for day in period.days]
    return Series(kind.value, number + 1, values)
