"""Two plans side by side: figures, and the orders that changed hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from planning.web.formats import amount, duration, km
from planning.web.results import PlanView, TripView


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of both plans; `verdict` is `better`, `worse` or empty, of the second against the first."""

    label: str
    first: str
    second: str
    change: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Move:
    """An order whose driver differs; None where the order is unplanned."""

    order: str
    first: TripView | None
    second: TripView | None


def figures(first: PlanView, second: PlanView) -> list[Figure]:
    """Key figures of both, with the change from the first to the second."""
    a, b = first.figures, second.figures
    return [
        _figure(gettext("orders planned"), first.planned, second.planned, amount, more_is_better=True),
        _figure(gettext("unplanned"), len(first.unplanned), len(second.unplanned), amount),
        _figure(gettext("trips"), a.trips_count, b.trips_count, amount),
        _figure(gettext("distance, km"), a.measurements.distance, b.measurements.distance, km),
        _figure(gettext("total time"), a.measurements.total_time, b.measurements.total_time, duration),
        _figure(gettext("of it waiting"), a.measurements.waiting_time, b.measurements.waiting_time, duration),
        _figure(gettext("cost"), a.cost, b.cost, amount),
        _figure(gettext("profit"), a.profit, b.profit, amount, more_is_better=True),
        _figure(gettext("outside soft windows"), first.soft_violations, second.soft_violations, amount),
    ]


def _figure(
    label: str, first: float, second: float, words: Callable[[Any], str], *, more_is_better: bool = False
) -> Figure:
    change = second - first
    sign = "+" if change > 0 else "−"
    verdict = "" if not change else "better" if (change > 0) == more_is_better else "worse"
    told = f"{sign}{words(abs(change))}" if words(first) != words(second) else ""
    return Figure(label, words(first), words(second), told, verdict if told else "")


def moves(first: PlanView, second: PlanView) -> list[Move]:
    """Orders of both tasks that another driver serves, or that only one of the plans serves."""
    before, after = _trips(first), _trips(second)
    names = {**second.catalog.orders, **first.catalog.orders}
    found = []
    for key in names:
        a, b = before.get(key), after.get(key)
        if (a and a.performer_key) != (b and b.performer_key):
            found.append(Move(first.catalog.order_name(key), a, b))
    return found


def _trips(plan: PlanView) -> dict[str, TripView]:
    return {service.order_key: trip for trip in plan.trips for service in trip.services}
