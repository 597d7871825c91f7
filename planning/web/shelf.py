"""What a user has: his plans with their latest calculations, and the results behind them, read once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from threading import Lock
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext

from accounts.models import User
from audit import blobs
from planning import calculations, datasets, results
from planning.models import Calculation, Dataset
from planning.web.reading import read_plan
from planning.web.results import PlanView
from solver.contract import PlanTask, read
from solver.contract.collector import collector_paused

Status = Calculation.Status

VIEWS_KEPT = 6
"""Readings kept in memory: pages of one plan follow each other."""


@dataclass(frozen=True)
class Row:
    """A plan (a dataset) with its latest calculation, as lists and page heads show it.

    `clock` is hours from UTC of whoever reads; figures are None while there is no plan.
    """

    plan: Dataset
    calculation: Calculation | None
    clock: int = 0

    @property
    def name(self) -> str:
        """The plan's name, never empty."""
        return self.plan.name or gettext("Plan without a name")

    @property
    def status(self) -> str:
        """The calculation's status, empty before there is one."""
        return self.calculation.status if self.calculation else ""

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return bool(self.calculation and self.calculation.is_active)

    @property
    def goal(self) -> str:
        """The configuration it is planned by."""
        return str(self.calculation.settings_used.get("configuration", "")) if self.calculation else ""

    @property
    def figures(self) -> dict[str, Any]:
        """Figures of an ended calculation, else nothing."""
        if self.calculation is None or self.active:
            return {}
        return dict(self.calculation.figures)

    @property
    def orders(self) -> int | None:
        """Orders of the task."""
        count: int | None = self.plan.counts.get("orders")
        return count

    @property
    def unplanned(self) -> int | None:
        """Orders of the task that no trip serves, those cut out before planning included."""
        if "planned" not in self.figures or self.orders is None:
            return None
        return int(self.orders) - int(self.figures["planned"]) - int(self.figures.get("waitlist", 0))

    @property
    def trips(self) -> int | None:
        """Trips of the plan."""
        return self.figures.get("trips")

    @property
    def distance(self) -> int | None:
        """Metres."""
        return self.figures.get("distance")

    @property
    def time(self) -> int | None:
        """Seconds of all trips."""
        return self.figures.get("total_time")

    @property
    def cost(self) -> float | None:
        """Money, in the task's unit."""
        return self.figures.get("cost")

    @cached_property
    def created(self) -> datetime:
        """When the plan was made, on the reader's clock."""
        return self.plan.created_at.astimezone(timezone(timedelta(hours=self.clock)))


def plans_of(user: User) -> QuerySet[Dataset]:
    """A user's own plans (AC1), newest first, with the code of the latest calculation as `latest`."""
    latest = Calculation.objects.filter(dataset=OuterRef("pk")).order_by("-created_at").values("pk")[:1]
    return Dataset.objects.filter(owner=user).annotate(latest=Subquery(latest)).order_by("-created_at")


def rows(plans: Iterable[Dataset], user: User) -> list[Row]:
    """Plans of `plans_of` with their latest calculations; one query for all of them."""
    listed = list(plans)
    codes: list[UUID] = [code for plan in listed if (code := getattr(plan, "latest", None))]
    found = Calculation.objects.in_bulk(codes)
    return [Row(plan, found.get(getattr(plan, "latest", None)), user.timezone) for plan in listed]


def row_or_404(user: User, key: UUID) -> Row:
    """A user's own plan.

    Raises
    ------
    Http404
        There is none by that key, or it is somebody else's.
    """
    found = rows(plans_of(user).filter(pk=key), user)
    if not found:
        raise Http404
    return found[0]


def api_calculations(user: User, limit: int) -> list[Row]:
    """A user's calculations that came by the API and are not kept as plans yet, newest first."""
    found = calculations.visible(user).filter(dataset=None)[:limit]
    return [
        Row(Dataset(name=item.name, created_at=item.created_at, counts=item.counts), item, user.timezone)
        for item in found
    ]


def keep_calculation(user: User, code: UUID) -> Dataset:
    """Make a calculation of the API a plan that stays (E3).

    Raises
    ------
    Http404
        The API no longer holds it, or it is somebody else's.
    """
    calculation = calculations.visible(user).filter(pk=code).first()
    if calculation is None:
        raise Http404
    if calculation.dataset:
        return calculation.dataset
    plan = datasets.keep(user, blobs.read(calculation.input), Dataset.Source.API, calculation.name)
    kept = Calculation.objects.filter(pk=code, dataset=None).update(dataset=plan)
    if not kept:
        datasets.remove(plan)
        raise Http404
    return plan


def task_bytes(row: Row) -> bytes:
    """The task as it was planned last, with the settings then used; before that, as it was handed in."""
    return blobs.read(row.calculation.input) if row.calculation else datasets.task_bytes(row.plan)


def read_task(row: Row) -> PlanTask:
    """The same, as an object."""
    return read(PlanTask, task_bytes(row))


def has_result(calculation: Calculation | None) -> bool:
    """Whether there is anything to show: a plan, the best so far, or the list of what stays unplanned."""
    return bool(calculation and calculation.result_version and calculation.status != Status.FAILED)


_views: OrderedDict[tuple[UUID, int], PlanView] = OrderedDict()
_views_lock = Lock()


def view_of(calculation: Calculation | None) -> PlanView | None:
    """The reading of a calculation's result of this moment, None where there is nothing to show."""
    if calculation is None or not has_result(calculation):
        return None
    key = (calculation.pk, calculation.result_version)
    with _views_lock:
        if key in _views:
            _views.move_to_end(key)
            return _views[key]
    with collector_paused():
        task = read(PlanTask, blobs.read(calculation.input))
        view = read_plan(task, results.read_result(calculation), results.read_reasons(calculation))
    with _views_lock:
        _views[key] = view
        while len(_views) > VIEWS_KEPT:
            _views.popitem(last=False)
    return view


def ticked_trips(wanted: str | None, count: int, most: int = 8) -> list[int]:
    """Trips shown at first: those the URL names (`1-4,9`), else all, or a few where all would be a tangle."""
    if wanted is None:
        return list(range(1, (count if count <= most + most // 2 else most) + 1))
    found: set[int] = set()
    for part in wanted.split(","):
        first, _dash, last = part.partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            found.update(range(max(1, int(first)), min(count, int(last or first)) + 1))
    return sorted(found)
