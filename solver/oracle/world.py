"""The task as the rules see it: by key, with the assumptions A1 and A2 and the multipliers in place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from solver.contract import (
    Box,
    Cargo,
    Demand,
    DemandType,
    Location,
    Order,
    Performer,
    PerformerShift,
    PlanTask,
    PossibleEvent,
    TimeWindow,
    Transport,
    TransportShift,
)
from solver.oracle.matrix import Matrix
from solver.oracle.measures import MEASURES, Amounts, amounts, multiplied, summed

Interval = tuple[float, float]  # unix seconds, both ends included

SLACK = 1e-6  # seconds and figures closer than this are equal


def moment(when: datetime) -> float:
    """Unix seconds."""
    return when.timestamp()


def interval(window: TimeWindow) -> Interval:
    """Both ends of a window in unix seconds."""
    return moment(window.start), moment(window.end)


def named_windows(value: Any) -> Iterator[TimeWindow]:
    """Every time window below a value of the task."""
    if isinstance(value, TimeWindow):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from named_windows(item)
    else:
        for name in getattr(value, "__dataclass_fields__", ()):
            yield from named_windows(getattr(value, name))


@dataclass(slots=True)
class Offer:
    """A possible event with its windows as they count."""

    order: Order
    demand: Demand
    event: PossibleEvent
    hard: Interval
    soft: Interval | None


@dataclass(slots=True)
class Work:
    """A performer's shift with its times as they count: working time is inside availability."""

    owner: Performer
    shift: PerformerShift
    available: Interval
    working: Interval


@dataclass(slots=True)
class Use:
    """A transport's shift, and its transport's capacities after multipliers (L6)."""

    owner: Transport
    shift: TransportShift
    available: Interval
    boxes: dict[str, Box]
    room: dict[str, Amounts]
    most: Amounts


class World:
    """A task for the oracle.

    Parameters
    ----------
    task : PlanTask
        As it was sent.

    Attributes
    ----------
    horizon : Interval
        Earliest and latest moment named (X7).
    places, orders : dict
        By key.
    demands : dict of str to (Order, Demand)
    cargos : dict of str to (Order, Cargo)
    offers : dict of (demand key, event key) to Offer
    works, uses : dict
        By shift key.
    """

    def __init__(self, task: PlanTask) -> None:
        self.task = task
        trips = task.plan_settings.trips_settings
        self.assumptions = trips.assumptions
        self.penalties = trips.penalties
        self.strategy = trips.expectations.trip_start_time_strategy
        self.precision = task.plan_settings.calculation_settings.precision
        self.zone = task.plan_settings.calculation_settings.result_timezone
        self.unit = 10.0**-self.precision
        named = [task.locations, task.orders, task.performers, task.transports]
        windows = [interval(window) for part in named for window in named_windows(part)]
        self.horizon = (min(start for start, _ in windows), max(end for _, end in windows))
        self.places: dict[str, Location] = {place.key: place for place in task.locations}
        self.orders: dict[str, Order] = {order.key: order for order in task.orders}
        self.demands = {demand.key: (order, demand) for order in task.orders for demand in order.demands}
        self.cargos = {cargo.key: (order, cargo) for order in task.orders for cargo in order.cargos}
        self.sizes = {key: amounts(cargo.capacity) for key, (_, cargo) in self.cargos.items()}
        self.offers = self._offers()
        self.works = dict(self._works())
        self.uses = dict(self._uses())
        self.separating = self._separating()
        self._opening: dict[str, list[Interval]] = {}
        self.matrices = {item.transport_type: Matrix(item.matrix) for item in task.external_routing}
        self.speeds = {
            item.transport_type: item.speed for item in self.assumptions.transport_speed_multipliers
        }

    def _offers(self) -> dict[tuple[str, str], Offer]:
        """Possible events; under A1 all windows are the span of all of them."""
        found = {
            (demand.key, event.key): Offer(
                order,
                demand,
                event,
                interval(event.hard_time_window),
                interval(event.soft_time_window) if event.soft_time_window else None,
            )
            for order, demand in self.demands.values()
            for event in demand.possible_events
        }
        if self.assumptions.same_order_time_window and found:
            spans = [span for offer in found.values() for span in (offer.hard, offer.soft) if span]
            everything = (min(start for start, _ in spans), max(end for _, end in spans))
            for offer in found.values():
                offer.hard = everything
                offer.soft = everything if offer.soft else None
        return found

    def _stretched(self, shifts: Iterable[Any]) -> dict[str, Interval]:
        """Availability by shift key; under A2 each goes on to the next, the outer ones to the horizon."""
        rows = sorted((interval(shift.availability_time), shift.key) for shift in shifts)
        if not self.assumptions.expand_shift_time_window:
            return {key: span for span, key in rows}
        starts = [self.horizon[0], *(span[0] for span, _ in rows[1:])]
        ends = [*starts[1:], self.horizon[1]]
        return {key: (start, end) for (_, key), start, end in zip(rows, starts, ends, strict=True)}

    def _works(self) -> Iterator[tuple[str, Work]]:
        expanded = self.assumptions.expand_shift_time_window
        for owner in self.task.performers:
            available = self._stretched(owner.shifts)
            for shift in owner.shifts:
                there = available[shift.key]
                working = there if expanded else interval(shift.working_time)
                inside = (max(working[0], there[0]), min(working[1], there[1]))
                yield shift.key, Work(owner, shift, there, inside)

    def _uses(self) -> Iterator[tuple[str, Use]]:
        factors = {
            item.transport_type: amounts(item.capacity)
            for item in self.assumptions.transport_capacity_multipliers
        }
        for owner in self.task.transports:
            available = self._stretched(owner.shifts)
            factor = factors.get(owner.transport_type, dict.fromkeys(MEASURES, 1.0))
            room = {box.key: multiplied(amounts(box.capacity), factor) for box in owner.boxes}
            most = multiplied(amounts(owner.limits.max_capacity, float("inf")), factor)
            boxes = {box.key: box for box in owner.boxes}
            for shift in owner.shifts:
                yield shift.key, Use(owner, shift, available[shift.key], boxes, room, most)

    def _separating(self) -> set[str]:
        """Locations between roundtrips (R1)."""
        ends: set[str | None] = set()
        for work in self.works.values():
            ends |= {work.shift.start_location_key, work.shift.finish_location_key}
        for use in self.uses.values():
            ends |= {use.shift.start_location_key, use.shift.finish_location_key}
        loading = {
            offer.event.location_key
            for offer in self.offers.values()
            if offer.demand.demand_type == DemandType.PICKUP
        }
        if len(ends) == 1 and None not in ends and loading <= ends:
            return {key for key in ends if key}
        if self.assumptions.disable_location_limits:
            return set()
        return {key for key, place in self.places.items() if any(part.limits for part in place.timetable)}

    def opening(self, place: str) -> list[Interval]:
        """Work windows of a location in order of time; empty: always open."""
        if place not in self._opening:
            timetable = self.places[place].timetable
            self._opening[place] = sorted(interval(part.work_window) for part in timetable)
        return self._opening[place]

    def cargo(self, key: str) -> Cargo | None:
        """A cargo by key."""
        return self.cargos[key][1] if key in self.cargos else None

    def load(self, cargos: Iterable[str]) -> Amounts:
        """Sum of the measures of cargos; unknown ones weigh nothing."""
        return summed(self.sizes[key] for key in cargos if key in self.sizes)
