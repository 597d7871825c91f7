"""What a task calls things: names, places and windows by key, looked up once for every view of its result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo

from solver.contract import Demand, Location, Order, PlanTask, PossibleEvent


@dataclass(frozen=True, slots=True)
class Place:
    """A location as people read it; coordinates in degrees (WGS 84)."""

    key: str
    name: str
    latitude: float
    longitude: float


class Catalog:
    """Read-only lookups over one task.

    Parameters
    ----------
    task : PlanTask
        The task as it was handed in; keys that a result names are found here.
    """

    def __init__(self, task: PlanTask) -> None:
        self.task = task
        self.timezone: tzinfo = plan_timezone(task)
        self.places = {location.key: _place(location) for location in task.locations}
        self.orders: dict[str, Order] = {order.key: order for order in task.orders}
        self.performers = {performer.key: performer.name or performer.key for performer in task.performers}
        self.transports = {transport.key: transport for transport in task.transports}
        self.performer_shifts = {shift.key: shift for item in task.performers for shift in item.shifts}
        self.transport_shifts = {shift.key: shift for item in task.transports for shift in item.shifts}
        self._locations = {location.key: location for location in task.locations}
        self._demands: dict[str, tuple[Order, Demand]] = {
            demand.key: (order, demand) for order in task.orders for demand in order.demands
        }

    def place(self, key: str) -> Place | None:
        """The place of a location key, or None where the task has none by that key."""
        return self.places.get(key)

    def order_name(self, key: str) -> str:
        """The order's name, or its key where it has no name."""
        order = self.orders.get(key)
        return (order.name or key) if order else key

    def performer_name(self, key: str) -> str:
        """The performer's name, or its key where it has no name."""
        return self.performers.get(key, key)

    def transport_name(self, key: str) -> str:
        """The transport's name, or its key where it has no name."""
        transport = self.transports.get(key)
        return (transport.name or key) if transport else key

    def demand(self, key: str) -> tuple[Order, Demand] | None:
        """The demand of a key and the order it belongs to."""
        return self._demands.get(key)

    def event(self, demand_key: str, event_key: str) -> PossibleEvent | None:
        """The possible event that was chosen for a demand."""
        found = self._demands.get(demand_key)
        if found is None:
            return None
        return next((event for event in found[1].possible_events if event.key == event_key), None)

    def events(self, order: Order) -> Iterator[PossibleEvent]:
        """Every possible event of an order, demand by demand."""
        for demand in order.demands:
            yield from demand.possible_events

    def opening(self, location_key: str, moment: datetime) -> tuple[datetime, datetime] | None:
        """The opening hours of a location that hold the moment, None where it has none."""
        location = self._locations.get(location_key)
        for element in (location.timetable if location else None) or ():
            if element.work_window.start <= moment <= element.work_window.end:
                return element.work_window.start, element.work_window.end
        return None

    def local(self, moment: datetime) -> datetime:
        """The moment on the plan's clock."""
        return moment.astimezone(self.timezone)


def plan_timezone(task: PlanTask) -> timezone:
    """The clock of a plan's results: `result_timezone`, hours from UTC."""
    settings = task.plan_settings
    calculation = settings.calculation_settings if settings else None
    hours = (calculation.result_timezone if calculation else 0) or 0
    return timezone(timedelta(hours=hours))


def _place(location: Location) -> Place:
    point = location.geopoint
    return Place(location.key, location.name or location.key, point.latitude, point.longitude)
